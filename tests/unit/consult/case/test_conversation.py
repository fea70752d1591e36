"""What a conversation remembers, for how long, and in what form it is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.consult.case.memory import FADES_AFTER_SECONDS, Memory, remembered
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
