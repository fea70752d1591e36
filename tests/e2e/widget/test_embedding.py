"""The tag on other sites: one that is listed, one that is not."""

from __future__ import annotations

import pytest
from playwright.async_api import Response, expect

from bot.settings import PROJECT_ROOT
from tests.e2e.widget.conftest import Served, Visit

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.e2e]


async def test_a_listed_site_carries_the_chat_in_its_own_name_colour_and_place(visit: Visit, served: Served) -> None:
    chat = await visit(served.clinic.origin)
    await chat.open()
    await chat.ask("which first?")
    await expect(chat.frame.get_by_role("heading", name="Other Clinic")).to_be_visible()
    assert await chat.launcher.evaluate("button => getComputedStyle(button).backgroundColor") == "rgb(255, 212, 0)"
    assert (await chat.launcher.bounding_box() or {})["x"] == 20
    await chat.page.reload()
    await expect(chat.answers).to_have_count(2)


async def test_the_clinic_s_pictures_stand_on_the_launcher_and_in_the_header(
    visit: Visit, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.clinic, "attributes", 'data-logo="/logo.svg" data-avatar="/avatar.svg"')
    chat = await visit(served.clinic.origin)
    drawn = "async image => { await image.decode(); return image.naturalWidth }"
    assert await chat.launcher.locator("img").evaluate(drawn) == 8
    await chat.open()
    assert await chat.frame.locator("header img").evaluate(drawn) == 8


@pytest.mark.parametrize("wrong", ["javascript:alert(1)", "http://", "data:image/png;base64,x"])
async def test_an_address_that_is_none_is_left_out(
    visit: Visit, served: Served, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    attributes = f'data-logo="{wrong}" data-avatar="{wrong}" data-privacy="{wrong}"'
    monkeypatch.setattr(served.clinic, "attributes", attributes)
    chat = await visit(served.clinic.origin)
    await chat.open()
    await expect(chat.launcher.locator("img")).to_have_count(0)
    await expect(chat.frame.locator("header img")).to_have_count(0)
    link = chat.frame.get_by_role("link", name="How it is handled")
    assert await link.get_attribute("href") == "/page/privacy.html"


async def test_before_the_first_message_stands_a_line_on_privacy_with_its_link(
    visit: Visit, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.clinic, "attributes", 'data-privacy="/privacy"')
    chat = await visit(served.clinic.origin)
    await chat.open()
    link = chat.frame.get_by_role("link", name="How it is handled")
    assert await link.get_attribute("href") == f"{served.clinic.origin}/privacy"
    await chat.ask("which first?")
    await expect(link).to_have_count(0)
    page = await visit(f"{served.origin}/page/privacy.html")
    await expect(page.page.get_by_role("heading", name="How the chat handles what you write")).to_be_visible()


async def test_a_teaser_comes_quietly_once_and_opens_the_chat(
    visit: Visit, served: Served, axe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.clinic, "attributes", 'data-teaser="Planning both?" data-greet="0.2"')
    chat = await visit(served.clinic.origin)
    teaser = chat.page.get_by_role("button", name="Planning both?")
    await expect(teaser).to_be_visible()
    assert await chat.page.evaluate("document.activeElement === document.body")
    assert await chat.page_violations(axe) == []
    await teaser.click()
    await expect(chat.input).to_be_focused()
    await expect(teaser).to_be_hidden()
    await chat.page.keyboard.press("Escape")
    await chat.page.reload()
    await chat.page.wait_for_timeout(400)
    await expect(teaser).to_be_hidden()


async def test_a_teaser_waits_for_its_time(visit: Visit, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served.clinic, "attributes", 'data-teaser="Planning both?" data-greet="3600"')
    chat = await visit(served.clinic.origin)

    await expect(chat.launcher).to_be_visible()
    await expect(chat.page.get_by_role("button", name="Planning both?")).to_be_hidden()


async def test_a_teaser_that_is_dismissed_stays_away(
    visit: Visit, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.clinic, "attributes", 'data-greet="0.1"')
    chat = await visit(served.clinic.origin)
    teaser = chat.page.get_by_role("button", name="Questions about Botox or microneedling?")
    await expect(teaser).to_be_visible()
    await chat.page.get_by_role("button", name="Dismiss").click()
    await expect(teaser).to_be_hidden()
    await expect(chat.launcher).to_have_attribute("aria-expanded", "false")


async def test_a_site_that_is_not_listed_does_not_get_the_chat(visit: Visit, served: Served) -> None:
    chat = await visit(served.foreign.origin)
    await chat.launcher.click()
    await chat.page.wait_for_function("document.querySelector('#tandem-chat').shadowRoot.querySelector('iframe')")
    while "chrome-error" not in chat.page.frames[1].url:
        await chat.page.wait_for_timeout(100)
    status = await chat.page.evaluate(
        """async bot => (await fetch(bot + "/webhooks/website/session", {method: "POST"}).catch(() => null))?.status""",
        served.origin,
    )
    assert status is None


async def test_no_other_address_is_called(visit: Visit, served: Served) -> None:
    chat = await visit(served.clinic.origin)
    called: set[str] = set()
    chat.page.on("request", lambda request: called.add("/".join(request.url.split("/")[:3])))
    await chat.open()
    await chat.ask("dates")
    assert called == {served.origin}


async def test_page_and_chat_weigh_on_the_wire_what_the_guide_says(visit: Visit, served: Served) -> None:
    chat = await visit()
    loaded: dict[str, Response] = {}
    chat.page.on("response", lambda response: loaded.update({response.url.removeprefix(served.origin): response}))
    await chat.page.reload()
    await expect(chat.launcher).to_be_visible()
    script = loaded.pop("/embed.js")
    loaded.clear()
    await chat.open()
    files = [response for path, response in loaded.items() if path.startswith("/widget/")]
    assert [await file.header_value("content-encoding") for file in (script, *files)] == ["br"] * 4
    assert await _weight(script) <= 4_000
    assert sum([await _weight(file) for file in files]) <= 30_000
    guide = (PROJECT_ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    assert "4 KB" in guide and "30 KB" in guide


async def _weight(response: Response) -> int:
    sizes = await response.request.sizes()
    return sizes["responseBodySize"]


async def test_messages_of_other_windows_are_not_heard(visit: Visit, served: Served) -> None:
    chat = await visit(served.clinic.origin)
    await chat.open()
    forged = """() => {
        postMessage({tandem: "close"}, "*");
        document.querySelector("#tandem-chat").shadowRoot.querySelector("iframe").contentWindow
            .postMessage({tandem: "hidden"}, "http://elsewhere.example");
    }"""
    await chat.page.evaluate(forged)
    # A message that is heard comes after these two.
    await chat.ask("which first?")
    await expect(chat.launcher).to_have_attribute("aria-expanded", "true")


async def test_the_page_is_told_nothing_of_what_is_said(visit: Visit, served: Served) -> None:
    chat = await visit(served.clinic.origin)
    await chat.page.evaluate("window.told = []; addEventListener('message', event => told.push(event.data))")
    await chat.open()
    served.bot.may_answer.clear()
    await chat.say("a secret")
    await chat.page.keyboard.press("Escape")
    served.bot.may_answer.set()
    await expect(chat.launcher).to_have_accessible_name("Open the chat with Other Clinic, 1 new message")
    assert await chat.page.evaluate("told") == [
        {"tandem": "ready"},
        {"tandem": "close"},
        {"tandem": "unread", "count": 1},
    ]


async def test_the_tag_twice_is_one_chat(visit: Visit, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = f'></script><script async src="{served.origin}/embed.js"'
    monkeypatch.setattr(served.clinic, "attributes", tag)
    chat = await visit(served.clinic.origin)
    await expect(chat.launcher).to_have_count(1)
    await chat.open()
    await expect(chat.log).to_contain_text("I'm the clinic's automated assistant.")
