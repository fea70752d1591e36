"""What a conversation remembers, for how long, and in what form it is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.consult.case.memory import FADES_AFTER_SECONDS, Memory, remembered
from bot.consult.reading.whose import MINE, THEIRS
from bot.consult.safety.reading import ALARMS
from bot.consult.safety.state import SafeMemory
from bot.consult.timeline.open_dates import TreatmentTime
from bot.consult.types import Period

NOV_3 = TreatmentTime((Period(date(2026, 11, 3), date(2026, 11, 3)),))
FULL = Memory(
    turns=4,
    introduced=True,
    topic="date_check",
    first="botox",
    times=(("botox", NOV_3),),
    awaiting="microneedling",
    asked_dates=1,
    safe=SafeMemory(facts=("pregnancy",), at=1000.0),
    not_understood=1,
    offered=True,
    asked_to_call=True,
    sources=("optimal-sequence-3",),
    treatment_done=True,
    language="fr",
    at=1000.0,
)


def test_what_was_kept_is_read_back_unchanged() -> None:
    kept = json.loads(json.dumps(FULL.as_json()))

    assert remembered(kept, now=1000.0) == FULL


@pytest.mark.parametrize("slot", [None, {}])
def test_an_empty_slot_is_a_new_conversation(slot: dict[str, object] | None) -> None:
    assert remembered(slot, now=5.0) == Memory(at=5.0)


def test_a_memory_of_an_older_release_lacks_fields_and_is_read_all_the_same() -> None:
    assert remembered({"turns": 2, "topic": "order", "at": 0.0}, now=1.0) == Memory(turns=2, topic="order")


def test_within_the_time_nothing_fades() -> None:
    assert FULL.faded(1000.0 + FADES_AFTER_SECONDS) == FULL


def test_later_the_subject_is_gone_and_safety_stays() -> None:
    faded = FULL.faded(1001.0 + FADES_AFTER_SECONDS)

    assert faded == Memory(
        turns=4,
        introduced=True,
        safe=SafeMemory(facts=("pregnancy",), at=1000.0),
        treatment_done=True,
        language="fr",
        at=1000.0,
    )


SAFE = [*(SafeMemory(alarm) for alarm in ALARMS), SafeMemory(facts=("minor",)), SafeMemory(pending="in_doubt", asked=1)]


@pytest.mark.parametrize("safe", SAFE, ids=str)
def test_no_safe_state_fades(safe: SafeMemory) -> None:
    long_after = 10 * FADES_AFTER_SECONDS

    assert replace(FULL, safe=safe).faded(long_after).safe == safe


def test_a_treatment_s_time_is_remembered_by_name() -> None:
    assert (FULL.time_of("botox"), FULL.time_of("microneedling")) == (NOV_3, TreatmentTime())


NOV_20 = TreatmentTime((Period(date(2026, 11, 20), date(2026, 11, 20)),))
OWN, HERS = (("botox", NOV_3),), (("botox", NOV_20),)


def test_each_ones_times_are_kept_apart() -> None:
    of_both = Memory(times=OWN, first="botox").taken_up("sister")
    assert (of_both.whose, of_both.times, of_both.first) == ("sister", (), None)
    back = replace(of_both, times=HERS).taken_up(MINE)
    assert (back.whose, back.times) == (MINE, OWN)
    assert back.taken_up(THEIRS).times == HERS
    assert remembered(json.loads(json.dumps(back.as_json())), 0.0) == back


@pytest.mark.parametrize(
    ("at_hand", "told", "then"),
    [(MINE, None, MINE), ("sister", None, "sister"), ("sister", THEIRS, "sister"), (MINE, THEIRS, THEIRS)],
)
def test_who_is_not_told_is_the_one_at_hand(at_hand: str, told: str | None, then: str) -> None:
    assert Memory(whose=at_hand).taken_up(told).whose == then
