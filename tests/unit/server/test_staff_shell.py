import asyncio

import pytest
from rasa.core.channels import BUILTIN_CHANNELS

from bot.server.staff_shell import NO_ANSWER, StaffShell, readable

QUOTE = {"id": "optimal-sequence-1", "heading": "Optimal Sequence", "quote": "words"}
OTHER = {"id": "botox-2", "heading": "Botox", "quote": "words"}
BUTTON = {"title": "Talk to someone", "payload": "/consult"}


@pytest.mark.parametrize(
    "message, shown",
    [
        ({"text": "Botox first."}, "Botox first."),
        ({"text": "Botox first.", "answer": {"sources": [QUOTE], "timing": None}}, "Botox first."),
        ({"text": "Botox first.", "buttons": [BUTTON]}, "Botox first.\n  > Talk to someone  (/consult)"),
        ({"answer": {"timing": {"days": 3}}}, ""),
    ],
)
def test_a_message_is_shown_as_text_with_its_buttons(message, shown):
    assert readable(message) == shown


async def turn(bot, text="hi"):
    queue = asyncio.Queue()
    await StaffShell.on_message_wrapper(bot, text, queue, "staff", "cmdline", None)
    return [queue.get_nowait() for _ in range(queue.qsize())]


async def test_a_turn_is_its_messages_then_its_passages_once_and_then_its_end():
    async def bot(message):
        for said in (
            {"text": "One\n\nTwo", "answer": {"sources": [QUOTE, OTHER, QUOTE]}},
            {"answer": {}},
            {"text": "Three"},
        ):
            await message.output_channel.send_response("staff", said)

    assert await turn(bot) == [
        {"recipient_id": "staff", "text": "One\n\nTwo"},
        {"recipient_id": "staff", "text": "Three"},
        {"recipient_id": "staff", "text": "[optimal-sequence-1, botox-2]"},
        "DONE",
    ]


async def test_a_turn_that_yields_nothing_says_so():
    async def bot(message):
        return None

    assert await turn(bot) == [{"recipient_id": "staff", "text": NO_ANSWER}, "DONE"]


async def silent(message):
    return None


async def failing(message):
    raise RuntimeError


async def sorry(message):
    await message.output_channel.send_response("staff", {"text": "Sorry.", "apology": True})


FAILURES = {"silent": silent, "failing": failing, "sorry": sorry}


@pytest.mark.parametrize("bot", FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize(("text", "number"), [("I can't breathe since my botox", "911"), ("I want to die", "9-8-8")])
async def test_a_red_flag_gets_its_text_alone_whatever_fails(bot, text, number):
    said, end = await turn(bot, text)
    assert number in said["text"] and "Sorry." not in said["text"]
    assert end == "DONE"


@pytest.mark.parametrize(("bot", "told"), [(failing, NO_ANSWER), (sorry, "Sorry.")])
async def test_another_message_is_told_that_something_failed_once(bot, told):
    assert await turn(bot) == [{"recipient_id": "staff", "text": told}, "DONE"]


async def test_an_answer_that_was_read_already_is_an_answer():
    async def bot(message):
        await message.output_channel.send_response("staff", {"text": "Hello."})
        message.output_channel.messages.get_nowait()

    assert await turn(bot) == ["DONE"]


def test_rasa_shell_uses_this_channel():
    assert isinstance(BUILTIN_CHANNELS["cmdline"].from_credentials(None), StaffShell)
