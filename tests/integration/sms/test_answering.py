"""How a text is answered beside a wish about texts: a red flag first, and whatever the sender wished before."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sqlalchemy.engine import Engine

from bot.channels.asking import OnNewMessage
from bot.channels.exclusive import ConversationLocks
from bot.channels.offload import Offload
from bot.channels.sms.answering import Answering
from bot.channels.sms.wording import STARTED, STOPPED
from tests.integration.sms.stores import WORDING, Stores, is_red_flag

CLINIC = SimpleNamespace(name="Demo Clinic", phone="403-555-0100", email=None)
CALL = "Call 911 now."
STOP_SAID, START_SAID = WORDING.say(STOPPED, "en"), WORDING.say(STARTED, "en")


async def bot(message: UserMessage) -> None:
    """Answer as the bot does: a red flag with a fixed text that stands alone."""
    topic = "emergency" if is_red_flag(message.text) else "order"
    answer: dict[str, Any] = {"topic": topic, "language": "en", "sources": []}
    text = CALL if topic == "emergency" else "Botox first."
    await message.output_channel.send_response(message.sender_id, {"text": text, "answer": answer})


@pytest.fixture
def stores(migrated: Engine) -> Stores:
    return Stores(migrated)


async def failing(message: UserMessage) -> None:
    raise RuntimeError


async def sorry(message: UserMessage) -> None:
    await message.output_channel.send_response(message.sender_id, {"text": "Sorry.", "apology": True})


async def sent(stores: Stores, *texts: str, bot: OnNewMessage = bot) -> list[str]:
    """What goes out for some texts that arrive one after the other, each answered before the next."""
    answering = Answering(
        stores.inbox, stores.vault, Offload(stores.bound), ConversationLocks(stores.bound), CLINIC, bot, is_red_flag
    )
    bodies = []
    for text in texts:
        stores.text(text)
        while await answering.answer(stores.name()):
            pass
        bodies += stores.sent_bodies()
    return [body.removeprefix(body[: body.index("opt out. ") + 9] if "opt out. " in body else "") for body in bodies]


@pytest.mark.parametrize("stop", ["STOP", "stop texting me", "Stop. Thank you"])
async def test_after_a_stop_a_red_flag_is_answered_and_nothing_else_is(stores: Stores, stop: str) -> None:
    assert await sent(stores, stop, "which goes first?", "i can't breathe", "and now?") == [STOP_SAID, CALL]
    assert stores.sender().has_opted_out


@pytest.mark.parametrize(
    "text",
    ["STOP. i can't breathe", "i can't breathe. stop texting me", "Stop - i can't breathe", "STOP\ni can't breathe"],
)
async def test_a_red_flag_with_a_stop_is_answered_first_and_the_stop_stands(stores: Stores, text: str) -> None:
    assert await sent(stores, text, "which goes first?") == [CALL]
    assert stores.sender().has_opted_out


async def test_a_red_flag_that_waits_when_a_stop_comes_is_answered_all_the_same(stores: Stores) -> None:
    stores.text("which goes first?")
    stores.text("i can't breathe")
    assert await sent(stores, "STOP") == [STOP_SAID, CALL]
    assert stores.inbox_states() == ["ignored", "answered", "answered"]


async def test_after_a_start_texts_are_answered_again(stores: Stores) -> None:
    assert await sent(stores, "STOP", "START", "which goes first?") == [STOP_SAID, START_SAID, "Botox first."]


@pytest.mark.parametrize("text", ["Liked “Botox first.”", "Loved an image"])
async def test_a_reaction_of_a_phone_gets_no_answer(stores: Stores, text: str) -> None:
    assert await sent(stores, text) == []
    assert stores.inbox_states() == ["answered"]


@pytest.mark.parametrize("bot", [failing, sorry])
@pytest.mark.parametrize(("text", "number"), [("I can't breathe since my botox", "911"), ("I want to die", "9-8-8")])
async def test_a_red_flag_gets_its_text_alone_whatever_fails(
    stores: Stores, bot: OnNewMessage, text: str, number: str
) -> None:
    (body,) = await sent(stores, text, bot=bot)
    assert number in body and "**" not in body and "Sorry" not in body
