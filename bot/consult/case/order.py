"""Which order and which times of a case a topic goes by."""

from __future__ import annotations

from dataclasses import replace

from bot.consult.case.case import RESUMED, Case
from bot.consult.timeline.timeline import ONE_DAY, Timeline
from bot.consult.topics import Topic, waited_after
from bot.consult.types import TreatmentId


def first_for(topic: Topic, case: Case) -> TreatmentId | None:
    """Return the treatment put first: by the message, by the topic, or by earlier turns unless the order is asked."""
    return case.first or waited_after(topic) or (None if topic == "order" else case.thread)


def times_for(topic: Topic, case: Case) -> Timeline:
    """Return the times in play: own dates count with those of earlier turns, other questions have only their own."""
    if topic == "date_check":
        return case.known
    if topic == "same_day":
        return _both_at_once(case)
    return _told_of_first(case) if case.tells and not case.asks_of_dates else case.told


def _both_at_once(case: Case) -> Timeline:
    """Both on the day that is told of one, or on any; two days that are told speak for themselves."""
    resumed = case.lean is not None and case.lean.kind in RESUMED
    speaks = len(case.told.times) > 1 or case.told.gap or case.told.unexplained or resumed
    return case.told if speaks else replace(case.told, gap=ONE_DAY)


def _told_of_first(case: Case) -> Timeline:
    """Of a story whose question is not about its days only the first treatment's one known day counts."""
    times = dict(case.told.times)
    first = times.get(case.pair[0])
    alone = first is not None and len(times) == 1 and first.known and not case.told.unexplained
    return Timeline(tuple(times.items())) if alone else Timeline()
