"""Nobody can make the bot obey: no typed text reaches an intent by Rasa's slash syntax."""

from __future__ import annotations

from itertools import product

import pytest
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.channels.website import Limits, Rate
from tests.integration.website.conftest import Start

PREFIXES = [
    "",
    " ",
    "\n",
    "\t",
    "\u00a0",
    "\u2003",
    "\u3000",
    "\u200b",
    "\ufeff",
    "\u2060",
    "\u202e",
    "\u0338",
    "\u3164",
]
SLASHES = ["/", "\uff0f", "\u2044", "\u2215", "\u29f8", "\u2571", "//"]
COMMANDS = ['order{"x": 1}', "order@0.9", "session_start", " order"]


@pytest.mark.parametrize("slash", SLASHES)
async def test_a_typed_command_reaches_the_bot_marked(start: Start, slash: str) -> None:
    texts = [f"{prefix}{slash}{command}" for prefix, command in product(PREFIXES, COMMANDS)]
    async with start(Limits(per_conversation=Rate(burst=1000, per_second=1000))) as running:
        me = await running.session()
        for number, text in enumerate(texts):
            assert (await running.send(me, f"m{number}", text=text)).status_code == 200
        heard = [text for _, text in running.bot.heard]
    assert len(heard) == len(texts)
    assert all(text.startswith("[command] /") for text in heard)
    assert [_intent(text) for text in heard] == [None] * len(texts)


async def test_the_understanding_still_reads_the_words(start: Start) -> None:
    async with start() as running:
        await running.send(await running.session(), text='/order{"first": "botox"}')
        assert running.bot.heard[0][1] == '[command] /order{"first": "botox"}'


def _intent(text: str) -> str | None:
    """What Rasa's own handler of slash messages would make of it."""
    message = YAMLStoryReader.unpack_regex_message(Message(data={TEXT: text}))
    intent = message.get(INTENT)
    return intent["name"] if intent else None


def test_rasa_would_obey_the_same_text_unmarked() -> None:
    """Else the test above would prove nothing."""
    assert _intent('/order{"x": 1}') == "order"
