"""What is read of a conversation for its next turn: enough to go on, and no more with every turn."""

from __future__ import annotations

from collections import namedtuple

import pytest

from bot.server.conversations.recent_events import recent

Row = namedtuple("Row", "type_name action_name data")
OPENING = ["action action_session_start", "session_started", "slot carried", "action action_listen"]


def rows(*events: str) -> list[Row]:
    """Events by type and name, numbered in the order in which they came."""
    parted = [event.partition(" ") for event in events]
    return [Row(kind, name or None, str(number)) for number, (kind, _, name) in enumerate(parted)]


def turn(*more: str) -> list[str]:
    """The events of one turn, from its message to the bot's listening for the next."""
    answered = ["action action_answer", "bot", "slot consultation"]
    return ["user", "slot language", *more, *answered, "followup action_listen", "action action_listen"]


def kept(*events: str) -> list[str]:
    return [row.data for row in recent(rows(*events))]


@pytest.mark.parametrize("turns", [0, 1, 2])
def test_a_short_conversation_is_read_whole(turns: int) -> None:
    events = [*OPENING, *(event for _ in range(turns) for event in turn())]

    assert kept(*events) == [str(number) for number in range(len(events))]


@pytest.mark.parametrize("turns", [3, 10, 100])
def test_of_a_long_one_the_opening_the_slots_and_the_last_turns_are_read(turns: int) -> None:
    events = [*OPENING, *(event for _ in range(turns) for event in turn())]
    length, before = len(turn()), len(events) - 2 * len(turn()) - 1
    last_turn_before = before - length + 1

    assert kept(*events) == [
        *("0", "1", "2", "3"),
        # The last values that the language and the memory had before the last turns.
        *(str(last_turn_before + 1), str(last_turn_before + 4)),
        *(str(number) for number in range(before, len(events))),
    ]


def test_a_form_that_was_open_before_keeps_everything() -> None:
    events = [*OPENING, *turn("active_loop request_form"), *turn(), *turn(), *turn()]

    assert len(kept(*events)) == len(events)


def test_a_form_that_has_ended_is_left_behind() -> None:
    events = [*OPENING, *turn("active_loop request_form"), *turn("active_loop"), *turn(), *turn()]

    assert len(kept(*events)) == len(OPENING) + 2 + 2 * len(turn()) + 1


@pytest.mark.parametrize("unknown", ["rewind", "restart", "reset_slots", "undo", "session_started"])
def test_what_may_mean_anything_keeps_everything(unknown: str) -> None:
    events = [*OPENING, *turn(unknown), *turn(), *turn(), *turn()]

    assert len(kept(*events)) == len(events)
