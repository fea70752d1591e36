"""The chat on pages that are built oddly, in windows that are small, and under keyboards that compose."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.widget.conftest import PAGE, Served, Visit

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.e2e]
IN_HEAD = """<!doctype html><html lang="en"><head><title>A clinic</title>
<script async src="{bot}/embed.js" {attributes}></script></head><body><main><h1>A clinic</h1></main></body></html>"""

SWAP = "document.body.replaceWith(Object.assign(document.createElement('body'), {innerHTML: '<main>New</main>'}))"


@pytest.mark.parametrize("rule", ["transform: scale(1)", "filter: blur(0)", "zoom: 1.5", "contain: paint"])
async def test_a_body_with_effects_does_not_carry_the_launcher_away(visit: Visit, served: Served, rule: str) -> None:
    chat = await visit(served.clinic.origin)
    name, value = rule.split(": ")
    await chat.page.evaluate(f"document.body.style.setProperty('{name}', '{value}')")
    await chat.page.evaluate("document.body.style.minHeight = '5000px'; scrollTo(0, 900)")
    box = await chat.launcher.bounding_box() or {}
    assert (box["x"], box["y"] + box["height"], box["width"]) == (20, 700, 60)
    await chat.open()
    frame = await chat.page.locator("iframe").bounding_box() or {}
    assert (frame["x"], frame["width"]) == (20, 400)


async def test_a_page_that_replaces_its_body_keeps_the_chat_and_the_conversation(visit: Visit, served: Served) -> None:
    chat = await visit(served.clinic.origin, viewport={"width": 360, "height": 640})
    await chat.open()
    await chat.ask("which first?")
    await chat.button("Close the chat").click()
    await chat.page.evaluate(SWAP)
    await chat.open()
    await expect(chat.answers).to_have_count(2)
    await chat.button("Close the chat").click()
    await expect(chat.page.locator("body")).to_have_js_property("inert", False)


async def test_a_body_that_is_replaced_behind_the_open_chat_waits_there_too(visit: Visit, served: Served) -> None:
    chat = await visit(served.clinic.origin, viewport={"width": 360, "height": 640})
    await chat.open()
    await chat.page.evaluate(SWAP)
    await expect(chat.page.locator("body")).to_have_js_property("inert", True)
    await chat.ask("which first?")
    await chat.page.evaluate(SWAP)
    await expect(chat.page.locator("body")).to_have_js_property("inert", True)
    await chat.button("Close the chat").click()
    await expect(chat.page.locator("body")).to_have_js_property("inert", False)
    await chat.page.evaluate(SWAP)
    await expect(chat.page.locator("body")).to_have_js_property("inert", False)


async def test_a_body_that_brings_the_tag_again_brings_no_second_chat(visit: Visit, served: Served) -> None:
    chat = await visit(served.clinic.origin)
    await chat.open()
    await chat.ask("which first?")
    again = """bot => new Promise(loaded => {
        const body = document.createElement("body");
        const tag = Object.assign(document.createElement("script"), {src: `${bot}/embed.js`, onload: loaded});
        body.append(tag);
        document.body.replaceWith(body);
    })"""
    await chat.page.evaluate(again, served.origin)
    await expect(chat.launcher).to_have_count(1)
    await chat.ask("dates")
    await expect(chat.answers).to_have_count(3)


async def test_a_tag_in_the_head_works(visit: Visit, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served.clinic, "html", IN_HEAD)
    chat = await visit(served.clinic.origin)
    await chat.open()
    await chat.ask("which first?")
    await expect(chat.launcher).to_have_count(1)


async def test_a_page_with_three_tags_has_one_chat(
    visit: Visit, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = '<script async src="{bot}/embed.js"></script>'
    monkeypatch.setattr(served.clinic, "html", PAGE.replace("</html>", f"{tag}{tag}</html>"))
    chat = await visit(served.clinic.origin)
    await chat.page.wait_for_load_state("load")
    await expect(chat.launcher).to_have_count(1)


@pytest.mark.parametrize("event", ["{isComposing: true}", "{keyCode: 229}"])
async def test_the_enter_key_that_ends_a_composition_sends_nothing(visit: Visit, served: Served, event: str) -> None:
    chat = await visit()
    await chat.open()
    await chat.input.fill("に")
    heard = len(served.bot.heard)
    pressed = f"new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true, cancelable: true, ...{event}}})"
    assert await chat.input.evaluate(f"input => input.dispatchEvent({pressed})")
    await expect(chat.input).to_have_value("に")
    assert len(served.bot.heard) == heard


@pytest.mark.parametrize("size", [(740, 360), (640, 300), (320, 256)])
async def test_in_a_very_low_window_a_question_can_be_asked_and_its_answer_read(
    visit: Visit, size: tuple[int, int]
) -> None:
    chat = await visit(viewport={"width": size[0], "height": size[1]})
    await chat.open()
    await expect(chat.input).to_be_in_viewport(ratio=1)
    await chat.ask("dates")
    await expect(chat.log.get_by_text("That is too soon.")).to_be_in_viewport(ratio=1)
    await chat.input.focus()
    await expect(chat.input).to_be_in_viewport(ratio=1)
    await chat.button("Close the chat").click()
    await expect(chat.launcher).to_be_focused()


@pytest.mark.parametrize(
    ("size", "left"),
    [
        pytest.param((360, 640), 300, id="upright"),
        pytest.param((740, 360), 160, id="landscape"),
        pytest.param((568, 320), 130, id="a small phone, landscape"),
    ],
)
async def test_above_a_phone_s_keyboard_the_chat_is_as_high_as_what_is_left(
    visit: Visit, size: tuple[int, int], left: int
) -> None:
    chat = await visit(viewport={"width": size[0], "height": size[1]})
    await chat.open()
    keyboard = """height => {
        Object.defineProperty(visualViewport, "height", {value: height, configurable: true});
        visualViewport.dispatchEvent(new Event("resize"));
    }"""
    for height in (left, size[1], left):
        await chat.page.evaluate(keyboard, height)
        assert (await chat.page.locator("iframe").bounding_box() or {})["height"] == height
        await expect(chat.input).to_be_in_viewport(ratio=1)
    await chat.ask("dates")
    await expect(chat.input).to_be_focused()
    for seen in (chat.input, chat.log.get_by_text("That is too soon.")):
        box = await seen.bounding_box() or {}
        assert 0 <= box["y"] and box["y"] + box["height"] <= left


async def test_below_a_dialog_of_the_page_the_chat_waits_and_goes_on_after_it(visit: Visit, served: Served) -> None:
    chat = await visit(served.clinic.origin)
    await chat.open()
    await chat.ask("which first?")
    show = "document.body.insertAdjacentHTML('beforeend', '<dialog><button>Cookies?</button></dialog>'); "
    await chat.page.evaluate(f"{show} document.querySelector('dialog').showModal()")
    # What is drawn over the rest of the page takes its clicks and its keys.
    frame = await chat.page.locator("iframe").bounding_box() or {}
    await chat.page.mouse.click(frame["x"] + 50, frame["y"] + 50)
    await chat.page.keyboard.type("lost")
    await chat.page.evaluate("document.querySelector('dialog').close()")
    await expect(chat.input).to_have_value("")
    await chat.ask("dates")
    await expect(chat.answers).to_have_count(3)
