"""The request form on the website: what reaches the bot, and what the conversation shows of it afterwards."""

from __future__ import annotations

import pytest
from rasa.core.channels.channel import UserMessage

from bot.server.messages import ChatMessage, FormMessage
from tests.integration.website.conftest import Running, say, say_answer

GIVEN = {"name": "Sam", "phone": "12", "email": "", "time": "", "note": ""}


async def shown(running: Running, headers: dict[str, str]) -> list[str]:
    return [line["text"] for line in await running.so_far(headers) if line["from"] == "user"]


async def seal(message: UserMessage) -> None:
    """Do as the bot's processor does: only what may be written down is left in the message's text."""
    assert isinstance(message, ChatMessage)
    message.text = "[name]"
    message.was_read = True
    await say(message, text="Thank you.")


async def test_a_form_reaches_the_bot_beside_a_text_that_says_nothing(running: Running) -> None:
    heard: list[UserMessage] = []

    async def listen(message: UserMessage) -> None:
        heard.append(message)
        await seal(message)

    running.bot.replies["/consult"] = listen
    me = await running.session()
    answered = await running.send(me, form=GIVEN)

    assert answered.json()["messages"] == [{"text": "Thank you.", "buttons": []}]
    assert isinstance(heard[0], FormMessage)
    assert (heard[0].filled, heard[0].metadata) == (GIVEN, {"language": None})
    assert await shown(running, me) == ["[name]"]


async def test_a_form_that_the_bot_did_not_read_shows_nothing(running: Running) -> None:
    me = await running.session()
    await running.send(me, form=GIVEN)

    assert await shown(running, me) == ["[…]"]


async def test_what_the_bot_seals_is_not_shown_again(running: Running) -> None:
    running.bot.replies["Sam"] = seal
    me = await running.session()
    await running.send(me, text="Sam")

    assert await shown(running, me) == ["[name]"]


@pytest.mark.parametrize("was_read", [True, False])
async def test_a_message_whose_turn_failed_after_its_answer_is_shown_only_if_it_was_read(
    running: Running, was_read: bool
) -> None:
    async def fail(message: UserMessage) -> None:
        message.was_read = was_read
        await say_answer(message)
        raise RuntimeError

    running.bot.replies["Sam"] = fail
    me = await running.session()
    await running.send(me, text="Sam")

    assert await shown(running, me) == ["Sam" if was_read else "[…]"]


async def test_a_message_is_not_written_down_before_it_was_read(running: Running) -> None:
    seen: list[str] = []
    me = await running.session()

    async def look(message: UserMessage) -> None:
        seen.extend(await shown(running, me))
        await say_answer(message)

    running.bot.replies["Sam"] = look
    await running.send(me, text="Sam")

    assert (seen, await shown(running, me)) == ([], ["Sam"])


@pytest.mark.parametrize(
    ("form", "heard", "text"),
    [
        (
            {"botox_date": "2026-11-12", "microneedling_date": "2026-11-24"},
            '/date_check{"day": "2026-11-12 2026-11-24"}',
            "botox 2026-11-12, microneedling 2026-11-24",
        ),
        ({"microneedling_date": "2026-11-24"}, '/date_check{"day": "- 2026-11-24"}', "microneedling 2026-11-24"),
        ({"botox_date": None, "microneedling_date": ""}, '/date_check{"day": "- -"}', "–"),
    ],
)
async def test_a_date_card_is_told_by_its_fields_and_shown_as_its_days(
    running: Running, form: dict[str, str | None], heard: str, text: str
) -> None:
    me = await running.session()
    answered = await running.send(me, form=form)

    assert (answered.status_code, running.bot.heard[-1][1], await shown(running, me)) == (200, heard, [text])


async def test_the_same_form_again_is_not_filled_in_twice(running: Running) -> None:
    me = await running.session()
    first, second = await running.send(me, "m1", form=GIVEN), await running.send(me, "m1", form=GIVEN)

    assert first.json() == second.json()
    assert len(running.bot.heard) == 1
