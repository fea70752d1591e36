"""What growth costs a turn: the arithmetic of pairs and targets, and what is grown for it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench.environment import BenchError
from bench.growth.knowledge import enlarge, made_up
from bench.growth.measure import QUICK, USUAL, WINDOW
from bench.growth.pairs import Pairs, in_turn
from bench.growth.report import TARGETS, Target, is_met, line
from bench.growth.stored import CHUNK, multiply
from bench.growth.talks import talk_on, texts
from bot.knowledge.files import read_knowledge
from bot.settings import PROJECT_ROOT

OURS = PROJECT_ROOT / "data" / "knowledge"
SCHEMA = """
CREATE TABLE website_conversations (id TEXT PRIMARY KEY, started_at TEXT);
CREATE TABLE website_turns (id INTEGER PRIMARY KEY, conversation_id TEXT, text TEXT);
CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT);
INSERT INTO website_conversations VALUES ('aaaaaaaa-first', 'noon'), ('bbbbbbbb-second', 'noon');
INSERT INTO website_turns VALUES (7, 'aaaaaaaa-first', 'one'), (8, 'bbbbbbbb-second', 'two');
INSERT INTO events VALUES (1, 'aaaaaaaa-first', 'a'), (2, 'bbbbbbbb-second', 'b'), (3, 'aaaaaaaa-first', 'c');
"""


@pytest.mark.parametrize(
    ("grown", "plain", "ratio"),
    [
        ([20.0], [10.0], 2.0),
        ([11.0, 22.0, 33.0], [10.0, 20.0, 30.0], 1.1),
        # One text that was disturbed on one side spoils nothing.
        ([10.0, 900.0, 30.0], [10.0, 20.0, 30.0], 1.0),
        ([10.0, 12.0], [10.0, 10.0], 1.1),
    ],
)
def test_the_ratio_is_the_median_of_each_text_s_own(grown: list[float], plain: list[float], ratio: float) -> None:
    assert Pairs(grown, plain).ratio == pytest.approx(ratio)


def test_pairs_are_joined_and_written_with_both_sides_medians() -> None:
    joined = Pairs([10.0], [10.0]) + Pairs([30.0, 22.0], [20.0, 20.0])

    assert joined.as_json() == {"pairs": 3, "grown_p50_ms": 22.0, "plain_p50_ms": 20.0, "ratio": 1.1}


def test_both_sides_are_asked_every_text_and_take_turns_in_being_first() -> None:
    said: list[tuple[str, str]] = []

    def side(name: str):
        async def say(text: str) -> bool:
            said.append((name, text))
            return True

        return say

    pairs = asyncio.run(in_turn(side("grown"), side("plain"), ["1", "2"]))

    assert said == [("plain", "1"), ("grown", "1"), ("grown", "2"), ("plain", "2")]
    assert (len(pairs.grown), len(pairs.plain)) == (2, 2)


def test_a_turn_without_an_answer_ends_the_measurement() -> None:
    async def silent(_: str) -> bool:
        return False

    with pytest.raises(BenchError, match="not answered"):
        asyncio.run(in_turn(silent, silent, ["1"]))
    with pytest.raises(BenchError, match="not answered"):
        asyncio.run(talk_on([silent], ["1"]))


@pytest.mark.parametrize(
    ("target", "ratio", "holds"),
    [
        (Target(1.05), 1.05, True),
        (Target(1.05), 1.06, False),
        (Target(4.2, at_least=True), 4.2, True),
        (Target(4.2, at_least=True), 4.1, False),
    ],
)
def test_a_target_holds_up_to_its_ratio(target: Target, ratio: float, holds: bool) -> None:
    assert target.holds(ratio) is holds


def test_the_targets_are_those_that_were_set() -> None:
    assert {name: target.says for name, target in TARGETS.items()} == {"talk": "<= 1.1 x", "stored": "<= 1.05 x"}


@pytest.mark.parametrize(
    ("name", "ratio", "said"),
    [
        ("talk", 1.1, "turn 200 beside turn 5: 1.10 x PASS (<= 1.1 x) (pairs 100)"),
        ("stored", 1.2, "many stored conversations beside a few: 1.20 x FAIL (<= 1.05 x) (pairs 100)"),
        ("knowledge", 3.0, "a hundred times the knowledge: 3.00 x (pairs 100)"),
    ],
)
def test_a_line_says_the_ratio_the_verdict_and_the_rest(name: str, ratio: float, said: str) -> None:
    assert line(name, {"pairs": 100, "ratio": ratio}) == said
    assert is_met(name, {"ratio": ratio}) is ("FAIL" not in said)


@pytest.mark.parametrize("times", [1, 2, CHUNK + 2])
def test_every_conversation_is_stored_as_often_as_asked_under_ids_of_its_own(tmp_path: Path, times: int) -> None:
    database = tmp_path / "tandem.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(SCHEMA)
    counted = multiply(database, times)
    with closing(sqlite3.connect(database)) as connection:
        conversations = {name for (name,) in connection.execute("SELECT id FROM website_conversations")}
        turns = {name for (name,) in connection.execute("SELECT conversation_id FROM website_turns")}
        talks = connection.execute("SELECT group_concat(data, '') FROM events GROUP BY sender_id").fetchall()

    assert counted == len(conversations) == 2 * times
    assert turns == conversations
    assert sorted(talks) == [("ac",)] * times + [("b",)] * times


def test_a_knowledge_is_enlarged_and_says_the_same(tmp_path: Path) -> None:
    enlarge(OURS, tmp_path / "larger", 3)
    ours, larger = read_knowledge(OURS), read_knowledge(tmp_path / "larger")
    uncovered = [each for each in ours.treatments if not each.covered]

    assert len(larger.sources) == 3 * len(ours.sources)
    assert len(larger.passages) == 3 * len(ours.passages)
    assert len(larger.all_facts) == 3 * len(ours.all_facts)
    assert len(larger.treatments) == len(ours.treatments) + 2 * len(uncovered)
    assert [fact for fact in larger.all_facts if fact.use != "do_not_repeat"] == [
        fact for fact in ours.all_facts if fact.use != "do_not_repeat"
    ]
    assert larger.rules == ours.rules


def test_the_words_that_nobody_writes_differ() -> None:
    assert len({made_up(number) for number in range(2, 101)}) == 99


@pytest.mark.parametrize("plan", [USUAL, QUICK])
def test_there_is_enough_to_say(plan) -> None:
    said = texts(max(plan.long_turn + WINDOW, plan.talks * WINDOW))

    assert len(set(said)) == max(plan.long_turn + WINDOW, plan.talks * WINDOW)
