"""What is in view after an answer: its beginning, and what can be done next where both fit."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.widget.conftest import Served, Visit

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.e2e]
SIZES = [
    pytest.param({"width": 1280, "height": 800}, id="1280 by 800"),
    pytest.param({"width": 360, "height": 740}, id="360 by 740"),
]


@pytest.mark.parametrize("viewport", SIZES)
async def test_after_an_answer_its_buttons_are_in_view(visit: Visit, viewport: dict[str, int]) -> None:
    chat = await visit(viewport=viewport)
    await chat.open()
    for _ in range(2):
        await chat.ask("which first?")
        await expect(chat.button("Talk to someone")).to_be_in_viewport(ratio=1)
        await expect(chat.button("Why wait?")).to_be_in_viewport(ratio=1)
        await expect(chat.log.get_by_text("Generally Botox goes first.").last).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("viewport", SIZES)
@pytest.mark.parametrize(("asked", "below"), [("long", "Why wait?"), ("long form", "Send request")])
async def test_a_long_answer_is_read_from_its_beginning_whatever_stands_below(
    visit: Visit, viewport: dict[str, int], asked: str, below: str
) -> None:
    chat = await visit(viewport=viewport)
    await chat.open()
    await chat.ask(asked)
    await expect(chat.log.get_by_text("It begins here.")).to_be_in_viewport(ratio=1)
    await expect(chat.button(below)).not_to_be_in_viewport()


@pytest.mark.parametrize("viewport", SIZES)
async def test_with_motion_too_the_buttons_of_an_answer_come_into_view(visit: Visit, viewport: dict[str, int]) -> None:
    chat = await visit(viewport=viewport, reduced_motion="no-preference")
    await chat.open()
    for asked in ("dates", "gap 21 dated", "which first?"):
        await chat.ask(asked)
    await expect(chat.button("Why wait?")).to_be_in_viewport(ratio=1)
    await expect(chat.button("Talk to someone")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("viewport", SIZES)
@pytest.mark.parametrize(("asked", "field"), [("/consult", "Your name"), ("card", "Botox")])
async def test_the_first_field_of_a_form_is_in_view(
    visit: Visit, served: Served, viewport: dict[str, int], asked: str, field: str
) -> None:
    chat = await visit(viewport=viewport)
    await chat.open()
    await chat.ask("dates")
    if asked == "card":
        await chat.ask(asked)
    else:
        await chat.ask("which first?")
        await chat.button("Talk to someone").click()
    await expect(chat.frame.get_by_label(field, exact=True)).to_be_in_viewport(ratio=1)
    await expect(chat.input).to_be_focused()


async def test_where_the_whole_chat_scrolls_the_answer_comes_into_view(visit: Visit) -> None:
    chat = await visit(viewport={"width": 700, "height": 340})
    await chat.open()
    await chat.ask("which first?")
    await chat.ask("dates")
    await expect(chat.log.get_by_text("That is too soon.")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("viewport", SIZES)
async def test_what_is_said_below_the_conversation_covers_none_of_its_buttons(
    visit: Visit, viewport: dict[str, int]
) -> None:
    chat = await visit(viewport=viewport)
    await chat.open()
    await chat.ask("dates")
    await chat.ask("which first?")
    await expect(chat.button("Why wait?")).to_be_in_viewport(ratio=1)
    await chat.button("Not helpful").last.click()
    await expect(chat.frame.get_by_role("status")).to_contain_text("Thank you.")
    await expect(chat.button("Why wait?")).to_be_in_viewport(ratio=1)
