"""What the classifier of turns adds to the whole forms of follow-ups."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.consult.case.evidence import Guess, TurnGuess
from bot.consult.case.leaning import leaning
from bot.consult.case.memory import Memory
from bot.consult.reading.message import Reading

Read = Callable[[str], Reading]
TALKED = Memory(turns=1, topic="order")
UNSURE = (Guess("fallback", 0.1),)


@pytest.mark.parametrize(
    ("message", "seen", "kind"),
    [
        ("well that settles that", TurnGuess("ack", 0.9), "ack"),
        ("well that settles that", TurnGuess("ack", 0.2), None),
        ("but where does one park", TurnGuess("ack", 0.9), None),
        ("is it near the station", TurnGuess("ack", 0.9), None),
        ("what would the reason be", TurnGuess("why", 0.9), "why"),
        ("after my botox maybe", TurnGuess("ack", 0.9), None),
        ("nine days i mean", TurnGuess("ack", 0.9), None),
    ],
)
def test_a_turn_is_taken_for_what_it_looks_like(message: str, seen: TurnGuess, kind: str | None, read: Read) -> None:
    lean = leaning(read(message), Memory(turns=1), UNSURE, clear=False, seen=seen)

    assert (lean.kind if lean else None) == kind


def test_a_first_message_follows_nothing(read: Read) -> None:
    assert leaning(read("well that settles that"), Memory(), UNSURE, False, TurnGuess("ack", 0.9)) is None


def test_a_clear_topic_of_its_own_stands(read: Read) -> None:
    guesses = (Guess("price", 0.9),)

    assert leaning(read("the cost of that"), TALKED, guesses, True, TurnGuess("ack", 0.9)) is None


def test_a_length_asked_after_sessions_is_theirs(read: Read) -> None:
    memory = Memory(turns=1, topic="number_of_sessions")
    lean = leaning(read("how many weeks would that be"), memory, UNSURE, False, TurnGuess("how_long", 0.9))

    assert lean is not None
    assert lean.kind == "more"
