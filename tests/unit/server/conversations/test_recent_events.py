"""What is read of a conversation for its next turn: enough to go on, and no more with every turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from bot.database import engine, writing
from bot.server.conversations.recent_events import BY_TYPE, EVENTS, recent
from bot.server.conversations.store import HonestTrackerStore

Kept = Callable[..., list[str]]
OPENING = ["session_started", "slot carried", "action action_listen"]


@pytest.fixture
def kept(database_url: str) -> Iterator[Kept]:
    """Keeps events by type and name, among somebody else's, and returns the numbers of those that are read again."""
    bound = HonestTrackerStore(host=database_url).engine

    def read(*events: str) -> list[str]:
        parted = [event.partition(" ") for event in events]
        rows = [
            {"sender_id": sender, "type_name": kind, "action_name": name or None, "data": str(number)}
            for number, (kind, _, name) in enumerate(parted)
            for sender in ("anna", "somebody else")
        ]
        with writing(bound) as connection:
            connection.execute(sa.insert(EVENTS), rows)
        with bound.connect() as connection:
            return [row.data for row in recent(connection, "anna")]

    yield read
    bound.dispose()


def turn(*more: str) -> list[str]:
    """The events of one turn, from its message to the bot's listening for the next."""
    answered = ["action action_answer", "bot", "slot consultation"]
    return ["user", "slot language", *more, *answered, "followup action_listen", "action action_listen"]


@pytest.mark.parametrize("turns", [0, 1, 2])
def test_a_short_conversation_is_read_whole(kept: Kept, turns: int) -> None:
    events = [*OPENING, *(event for _ in range(turns) for event in turn())]

    assert kept(*events) == [str(number) for number in range(len(events))]


@pytest.mark.parametrize("turns", [3, 10, 100])
def test_of_a_long_one_the_opening_the_slots_and_the_last_turns_are_read(kept: Kept, turns: int) -> None:
    events = [*OPENING, *(event for _ in range(turns) for event in turn())]
    length, before = len(turn()), len(events) - 2 * len(turn()) - 1
    last_turn_before = before - length + 1

    assert kept(*events) == [
        *("0", "1", "2"),
        # The last values that the language and the memory had before the last turns.
        *(str(last_turn_before + 1), str(last_turn_before + 4)),
        *(str(number) for number in range(before, len(events))),
    ]


def test_a_form_that_was_open_before_keeps_everything(kept: Kept) -> None:
    events = [*OPENING, *turn("active_loop request_form"), *turn(), *turn(), *turn()]

    assert len(kept(*events)) == len(events)


def test_a_form_that_has_ended_is_left_behind(kept: Kept) -> None:
    events = [*OPENING, *turn("active_loop request_form"), *turn("active_loop"), *turn(), *turn()]

    assert len(kept(*events)) == len(OPENING) + 2 + 2 * len(turn()) + 1


@pytest.mark.parametrize("unknown", ["rewind", "restart", "reset_slots", "undo"])
def test_what_may_mean_anything_keeps_everything(kept: Kept, unknown: str) -> None:
    events = [*OPENING, *turn(unknown), *turn(), *turn(), *turn()]

    assert len(kept(*events)) == len(events)


def test_of_an_earlier_session_nothing_is_read(kept: Kept) -> None:
    earlier = [*OPENING, *turn(), *turn("active_loop request_form"), *turn("rewind")]
    events = [*earlier, "action action_session_start", *OPENING, *turn()]

    assert kept(*events) == [str(number) for number in range(len(earlier) + 1, len(events))]


def test_a_message_that_nobody_listened_for_starts_the_last_turns_itself(kept: Kept) -> None:
    events = [*OPENING, *turn(), "bot", *turn(), *turn()]

    assert kept(*events)[-2 * len(turn()) - 1 :] == [
        str(len(OPENING) + 4),  # the memory's last value before them
        *(str(number) for number in range(len(events) - 2 * len(turn()), len(events))),
    ]


def test_a_table_of_an_older_release_gets_its_index(database_url: str) -> None:
    made = HonestTrackerStore(host=database_url).engine
    with writing(made) as connection:
        BY_TYPE.drop(connection)
    made.dispose()
    HonestTrackerStore(host=database_url).engine.dispose()
    bound = engine(database_url)

    assert BY_TYPE.name in {each["name"] for each in sa.inspect(bound).get_indexes("events")}
    bound.dispose()
