"""The tag on other sites: one that is listed, one that is not."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

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


async def test_a_site_that_is_not_listed_does_not_get_the_chat(visit: Visit, served: Served) -> None:
    chat = await visit(served.foreign.origin)
    await chat.launcher.click()
    await chat.page.wait_for_function("document.querySelector('#tandem-chat').shadowRoot.querySelector('iframe')")
    await chat.page.wait_for_timeout(500)
    assert "chrome-error" in chat.page.frames[1].url
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
