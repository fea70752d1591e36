"""WCAG 2.2 AA: axe in every state, the keyboard alone, focus, and what a screen reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.widget.chat import Chat
from tests.e2e.widget.conftest import PAGE, Served, Visit

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.e2e]
DESKTOP = {"width": 1280, "height": 720}
PHONE = {"width": 320, "height": 640}
ZOOMED = {"width": 640, "height": 360}
"""1280 by 720 magnified to 200 %."""
LOOKS = [
    pytest.param(DESKTOP, "light", "ltr", id="desktop, light"),
    pytest.param(DESKTOP, "dark", "ltr", id="desktop, dark"),
    pytest.param(DESKTOP, "light", "rtl", id="desktop, from right to left"),
    pytest.param(PHONE, "light", "ltr", id="320 px, light"),
    pytest.param(PHONE, "dark", "ltr", id="320 px, dark"),
    pytest.param(PHONE, "dark", "rtl", id="320 px, from right to left"),
    pytest.param(ZOOMED, "light", "ltr", id="200 %, light"),
    pytest.param(ZOOMED, "dark", "ltr", id="200 %, dark"),
]
DIRECTION = "direction => document.documentElement.dir = direction"


@pytest.mark.parametrize(("viewport", "scheme", "direction"), LOOKS)
async def test_axe_finds_nothing_in_any_state(
    visit: Visit, served: Served, axe: str, viewport: dict[str, int], scheme: str, direction: str
) -> None:
    chat = await visit(viewport=viewport, color_scheme=scheme)
    await chat.page.evaluate(DIRECTION, direction)
    found = {"closed": await chat.violations(axe)}
    await chat.open()
    await chat.page.frames[1].evaluate(DIRECTION, direction)
    found["page with the open chat"] = await chat.page_violations(axe)
    found["open"] = await chat.violations(axe)
    served.bot.may_answer.clear()
    await chat.say("dates")
    await expect(chat.frame.get_by_role("status")).to_have_text("Answering…")
    found["answering"] = await chat.violations(axe)
    served.bot.may_answer.set()
    await expect(chat.answers.first).to_be_visible()
    await chat.answers.last.locator("summary").click()
    found["answered"] = await chat.violations(axe)
    await chat.button("Not helpful").last.click()
    found["rated"] = await chat.violations(axe)
    await chat.ask("card")
    found["date card"] = await chat.violations(axe)
    await chat.ask("chest")
    found["urgent"] = await chat.violations(axe)
    await chat.ask("/consult")
    await chat.ask("which first?")
    await chat.button("Talk to someone").click()
    await chat.button("Send request").click()
    await expect(chat.frame.get_by_label("Your name")).to_be_focused()
    found["form"] = await chat.violations(axe)
    await chat.page.context.set_offline(True)
    await chat.say("lost")
    await expect(chat.frame.get_by_role("alert").first).to_contain_text("no connection")
    found["error"] = await chat.violations(axe)
    await chat.page.context.set_offline(False)
    await chat.settled()
    await chat.button("Options").click()
    found["options"] = await chat.violations(axe)
    await chat.button("End the chat").click()
    found["ending"] = await chat.violations(axe)
    await chat.frame.get_by_role("dialog").get_by_role("button", name="End the chat").click()
    found["ended"] = await chat.violations(axe)
    assert {state: violations for state, violations in found.items() if violations} == {}


@pytest.mark.parametrize("color", ["#ffd400", "#7a7a7a"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_contrast_is_kept_with_any_colour(
    visit: Visit, served: Served, axe: str, color: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.clinic, "attributes", f'data-color="{color}"')
    chat = await visit(served.clinic.origin, color_scheme=scheme)
    await chat.open()
    await chat.ask("dates")
    assert await chat.violations(axe) == []
    assert await chat.page_violations(axe) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("viewport", [PHONE, ZOOMED])
async def test_nothing_scrolls_sideways(visit: Visit, viewport: dict[str, int], direction: str) -> None:
    chat = await visit(viewport=viewport)
    await chat.page.evaluate(DIRECTION, direction)
    await chat.open()
    await chat.page.frames[1].evaluate(DIRECTION, direction)
    await chat.ask("dates")
    await chat.ask("w" * 400)
    for frame in chat.page.frames:
        scrolling = "[document.documentElement, ...document.querySelectorAll('.log')]"
        assert set(await frame.evaluate(f"{scrolling}.map(e => e.scrollWidth - e.clientWidth)")) == {0}


async def test_from_right_to_left_all_stands_mirrored_but_the_time_line(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("dates")
    user, bot = chat.log.locator(".user .bubble").last, chat.log.locator(".bot .bubble").last
    assert await _left_of(bot, user) and await _left_of(chat.input, chat.button("Send"))
    assert await _left_of(chat.button("Options"), chat.button("Close the chat"))
    await chat.page.frames[1].evaluate(DIRECTION, "rtl")
    assert await _left_of(user, bot) and await _left_of(chat.button("Send"), chat.input)
    assert await _left_of(chat.button("Close the chat"), chat.button("Options"))
    line = chat.log.locator(".timeline")
    assert await _left_of(line.get_by_text("Botox"), line.get_by_text("Earliest"))
    assert await line.evaluate("line => getComputedStyle(line).direction") == "ltr"


async def test_what_is_written_from_right_to_left_is_shown_so_in_a_chat_that_is_not(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    arabic = "\N{ARABIC LETTER LAM}\N{ARABIC LETTER ALEF}"
    direction = "element => getComputedStyle(element).direction"
    await chat.input.fill(arabic)
    assert await chat.input.evaluate(direction) == "rtl"
    await chat.ask(f"{arabic} (botox)?")
    assert await chat.log.locator(".user bdi").last.evaluate(direction) == "rtl"
    assert await chat.log.locator(".bot").last.evaluate(direction) == "ltr"
    await chat.ask("which first?")
    assert await chat.log.locator(".user bdi").last.evaluate(direction) == "ltr"


async def test_a_page_from_right_to_left_has_its_launcher_and_its_line_where_it_wants_them(
    visit: Visit, served: Served, axe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.clinic, "html", PAGE.replace('lang="en"', 'lang="ar" dir="rtl"'))
    monkeypatch.setattr(served.clinic, "attributes", 'data-lang="en" data-teaser="Planning both?" data-position="left"')
    chat = await visit(served.clinic.origin)
    teaser = chat.page.get_by_role("button", name="Planning both?")
    await expect(teaser).to_be_visible()
    assert await teaser.evaluate("button => getComputedStyle(button).direction") == "ltr"
    assert (await chat.launcher.bounding_box() or {})["x"] == 20
    assert await chat.page_violations(axe) == []
    await chat.open()
    assert (await chat.page.locator("iframe").bounding_box() or {})["x"] == 20
    assert await chat.page.frames[1].evaluate("document.documentElement.dir") == ""


async def test_a_whole_conversation_by_keyboard_alone(visit: Visit, served: Served) -> None:
    chat = await visit()
    keys = chat.page.keyboard
    await _tab_to(chat, "Open the chat with Demo Clinic")
    await keys.press("Enter")
    await expect(chat.input).to_be_focused()
    await keys.type("which first?")
    await keys.press("Enter")
    await expect(chat.answers.nth(1)).to_be_visible()
    await expect(chat.input).to_be_focused()
    await _tab_to(chat, "Why wait?", back=True)
    await keys.press("Enter")
    await expect(chat.answers.last).to_contain_text("Because the article says so.")
    await expect(chat.input).to_be_focused()
    await _tab_to(chat, "summary", back=True)
    await keys.press("Enter")
    await expect(chat.answers.last.locator("blockquote")).to_be_visible()
    await _tab_to(chat, "Options", back=True)
    await keys.press("Enter")
    await _tab_to(chat, "End the chat")
    await keys.press("Enter")
    await expect(chat.button("Keep it")).to_be_focused()
    await keys.press("Escape")
    await expect(chat.frame.get_by_role("dialog")).to_be_hidden()
    await expect(chat.button("Options")).to_be_focused()
    await keys.press("Escape")
    await expect(chat.launcher).to_be_focused()
    await expect(chat.input).to_be_hidden()
    assert [text for _, text in served.bot.heard[-2:]] == ["which first?", "/why_timing"]


async def test_the_focus_goes_from_top_to_bottom(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("which first?")
    await chat.button("Options").focus()
    order = [await _focused(chat)]
    for _ in range(11):
        await chat.page.keyboard.press("Tab")
        order.append(await _focused(chat))
    assert order == [
        "Options",
        "Close the chat",
        "Conversation",
        "tel:+14035550100",
        "summary",
        "Talk to someone",
        "Helpful",
        "Not helpful",
        "Why wait?",
        "Your question",
        "Send",
        "",
    ]


async def test_escape_closes_the_options_before_the_chat(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.button("Options").click()
    await expect(chat.button("Download the conversation")).to_be_visible()
    await chat.page.keyboard.press("Escape")
    await expect(chat.button("Download the conversation")).to_be_hidden()
    await expect(chat.button("Options")).to_be_focused()
    await chat.page.keyboard.press("Escape")
    await expect(chat.launcher).to_have_attribute("aria-expanded", "false")


async def test_an_answer_never_moves_the_focus(visit: Visit, served: Served) -> None:
    chat = await visit()
    await chat.open()
    served.bot.may_answer.clear()
    await chat.say("which first?")
    await chat.button("Options").focus()
    served.bot.may_answer.set()
    await expect(chat.answers.nth(1)).to_be_visible()
    await expect(chat.button("Options")).to_be_focused()


async def test_on_a_phone_the_chat_covers_the_page_and_keeps_the_focus(visit: Visit) -> None:
    chat = await visit(viewport=PHONE)
    await chat.open()
    assert await chat.page.locator("iframe").bounding_box() == {"x": 0, "y": 0, **PHONE}
    await expect(chat.page.locator("body")).to_have_js_property("inert", True)
    await chat.button("Close the chat").click()
    await expect(chat.launcher).to_be_focused()
    await expect(chat.page.locator("body")).to_have_js_property("inert", False)


async def test_a_screen_reader_is_told_of_answers_but_not_of_history(visit: Visit, served: Served) -> None:
    chat = await visit()
    await chat.open()
    tree = await _tree(chat)
    assert (_live(tree, "log"), _live(tree, "status"), _live(tree, "alert")) == ("polite", "polite", "assertive")
    assert _news(tree) == []
    served.bot.may_answer.clear()
    await chat.say("dates")
    await expect(chat.frame.locator(".dots")).to_be_visible()
    tree = await _tree(chat)
    assert _texts(tree, _one(tree, "status")) == ["Answering…"]
    assert _news(tree) == ["You:", "dates"]
    served.bot.may_answer.set()
    await chat.settled()
    tree = await _tree(chat)
    assert _texts(tree, _one(tree, "status")) == []
    assert _news(tree)[2:4] == ["Assistant:", "That is too soon."]
    await chat.page.reload()
    await expect(chat.answers).to_have_count(1)
    assert _news(await _tree(chat)) == []
    await chat.ask("markup")
    assert _news(await _tree(chat))[:3] == ["You:", "markup", "Assistant:"]


async def test_a_screen_reader_is_told_of_a_problem(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.page.context.set_offline(True)
    await chat.say("lost")
    await expect(chat.button("Try again")).to_be_visible()
    tree = await _tree(chat)
    assert _texts(tree, _one(tree, "alert")) == ["Your message could not be sent: no connection. It is kept here."]


async def test_who_wants_less_motion_gets_none(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("dates")
    moving = "document.getAnimations().length"
    assert [await frame.evaluate(moving) for frame in chat.page.frames] == [0, 0]


async def test_everything_to_press_is_large_enough(visit: Visit) -> None:
    chat = await visit(viewport=PHONE)
    await chat.open()
    await chat.ask("which first?")
    sizes = "[...document.querySelectorAll('button, summary, textarea')].filter(e => e.checkVisibility())"
    sizes += ".map(e => e.getBoundingClientRect()).map(r => Math.min(r.width, r.height))"
    assert min(await chat.page.frames[1].evaluate(sizes)) >= 24


async def _left_of(one: Locator, other: Locator) -> bool:
    first, second = await one.bounding_box() or {}, await other.bounding_box() or {}
    return float(first["x"]) < float(second["x"])


async def _tab_to(chat: Chat, name: str, back: bool = False) -> None:
    for _ in range(25):
        if await _focused(chat) == name:
            return
        await chat.page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{name!r} cannot be reached with the keyboard.")


async def _focused(chat: Chat) -> str:
    """Name what has the focus, on the page or in the frame."""
    name = """() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        if (!active || active === document.body) return "";
        if (active.tagName === "IFRAME") return "iframe";
        if (active.tagName === "SUMMARY") return "summary";
        return active.getAttribute("aria-label") ?? active.getAttribute("href") ?? active.textContent;
    }"""
    focused = await chat.page.evaluate(name)
    return str(await chat.page.frames[1].evaluate(name) if focused == "iframe" else focused)


Node = dict[str, Any]


async def _tree(chat: Chat) -> dict[str, Node]:
    """The frame's accessibility tree, as the browser gives it to a screen reader."""
    session = await chat.page.context.new_cdp_session(chat.page)
    root = (await session.send("Page.getFrameTree"))["frameTree"]
    frame = root["childFrames"][0]["frame"]["id"]
    nodes = (await session.send("Accessibility.getFullAXTree", {"frameId": frame}))["nodes"]
    document = (await session.send("DOM.getDocument", {"depth": -1, "pierce": True}))["root"]
    await session.detach()
    silent = set(_silent(document))
    return {node["nodeId"]: {**node, "silent": node.get("backendDOMNodeId") in silent} for node in nodes}


def _silent(element: Node) -> Iterator[int]:
    """The elements that are live regions switched off: the tree itself leaves that out."""
    attributes = element.get("attributes", [])
    if dict(zip(attributes[::2], attributes[1::2], strict=False)).get("aria-live") == "off":
        yield element["backendNodeId"]
    within = [element.get("contentDocument"), *element.get("shadowRoots", []), *element.get("children", [])]
    for child in filter(None, within):
        yield from _silent(child)


def _role(node: Node) -> str:
    return str(node.get("role", {}).get("value", ""))


def _one(tree: dict[str, Node], role: str) -> Node:
    (node,) = (node for node in tree.values() if _role(node) == role)
    return node


def _live(tree: dict[str, Node], role: str) -> str | None:
    properties = _one(tree, role).get("properties", [])
    return next((str(p["value"]["value"]) for p in properties if p["name"] == "live"), None)


def _texts(tree: dict[str, Node], node: Node, skip_silent: bool = False) -> list[str]:
    """All the text below a node, in order."""
    if skip_silent and node["silent"]:
        return []
    if _role(node) == "StaticText":
        return [str(node["name"]["value"])]
    children = [tree[child] for child in node.get("childIds", []) if child in tree]
    return [text for child in children for text in _texts(tree, child, skip_silent)]


def _news(tree: dict[str, Node]) -> list[str]:
    """What of the conversation is announced: all that is in the live region, but not in its silent part."""
    return _texts(tree, _one(tree, "log"), skip_silent=True)
