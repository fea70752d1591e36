"""On a site of another host the browser locks the frame's storage: the conversation goes on by its cookie alone."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.widget.chat import Chat
from tests.e2e.widget.conftest import Served, Visit

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.e2e]
LOCKED = "() => { try { sessionStorage.length; return ''; } catch (error) { return error.name; } }"


async def opened(visit: Visit, address: str) -> Chat:
    chat = await visit(address)
    await chat.open()
    assert await chat.page.frames[1].evaluate(LOCKED) == "SecurityError"
    return chat


async def test_a_reload_and_another_page_go_on_with_the_conversation(visit: Visit, served: Served) -> None:
    chat = await opened(visit, served.elsewhere.origin)
    await chat.ask("which first?")
    said = await chat.log.inner_text()
    await chat.page.reload()
    await expect(chat.answers).to_have_count(2)
    assert await chat.log.inner_text() == said
    await chat.page.goto(f"{served.elsewhere.origin}/another-page")
    await expect(chat.answers).to_have_count(2)
    await chat.ask("dates")
    assert [text for _, text in served.bot.heard[-2:]] == ["which first?", "dates"]
    assert served.bot.heard[-1][0] == served.bot.heard[-2][0]


async def test_the_cookie_is_the_sites_own_unseen_by_scripts_and_gone_with_the_browser(
    visit: Visit, served: Served
) -> None:
    chat = await opened(visit, served.elsewhere.origin)
    await chat.ask("which first?")
    (cookie,) = await chat.page.context.cookies()
    kept = ("name", "path", "expires", "httpOnly", "secure", "sameSite", "partitionKey")
    assert [cookie.get(each) for each in kept] == [
        "tandem-session",
        "/webhooks/website/session",
        -1,
        True,
        True,
        "None",
        "http://localhost",
    ]
    assert [await frame.evaluate("document.cookie") for frame in chat.page.frames] == ["", ""]


async def test_ending_the_chat_clears_the_cookie_and_the_next_one_is_new(visit: Visit, served: Served) -> None:
    chat = await opened(visit, served.elsewhere.origin)
    await chat.ask("which first?")
    await chat.choose("End the chat")
    await chat.frame.get_by_role("dialog").get_by_role("button", name="End the chat").click()
    await expect(chat.log).to_have_text("The chat has ended.Start a new chat")
    assert await chat.page.context.cookies() == []
    await chat.page.reload()
    await expect(chat.button("Which goes first?")).to_be_visible()
    await chat.ask("a new one")
    assert served.bot.heard[-1][0] != served.bot.heard[-2][0]


async def test_where_the_frame_has_storage_there_is_no_cookie(visit: Visit, served: Served) -> None:
    chat = await visit(served.clinic.origin)
    await chat.open()
    await chat.ask("which first?")
    assert await chat.page.context.cookies() == []
