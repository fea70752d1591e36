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


async def turn(bot):
    queue = asyncio.Queue()
    await StaffShell.on_message_wrapper(bot, "hi", queue, "staff", "cmdline", None)
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

    assert await turn(bot) == [{"text": NO_ANSWER}, "DONE"]


def test_rasa_shell_uses_this_channel():
    assert isinstance(BUILTIN_CHANNELS["cmdline"].from_credentials(None), StaffShell)
