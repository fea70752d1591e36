"""Resolves the reading of a message and the memory of its conversation into the case, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal

from bot.consult.case.case import SUBJECTS, Asks, Case, Lean, Unit
from bot.consult.case.evidence import NO_GUESS, Evidence
from bot.consult.case.guesses import CLEAR_FROM, asked_in_parts, likely, nearly_on_timing, standing, sureness
from bot.consult.case.leaning import FEW_WORDS, leaning
from bot.consult.case.memory import Memory
from bot.consult.case.thread import at_hand, is_alone
from bot.consult.case.times import Times, times_of
from bot.consult.reading.message import Reading
from bot.consult.safety.state import step
from bot.consult.types import ClinicQuestion, TreatmentId

_ASKED_BY: dict[Asks, tuple[str, ...]] = {
    "how_long": ("how_long",),
    "waits": ("waiting_itself",),
    "why": ("why",),
    "at_once": ("same_day",),
    "sessions": ("counts_sessions",),
    "reason_beside": ("and_why",),
}
"""What a message asks, by the cues that say so."""
_UNITS: dict[Unit, str] = {"hour": "in_hours", "week": "in_weeks", "month": "in_months"}


def case_of(reading: Reading, memory: Memory, evidence: Evidence, today: date, now: float = 0.0) -> Case:
    """Return the case that a message puts.

    Args:
        reading: What its words say.
        memory: What its conversation remembers.
        evidence: What the classifier says.
        today: The clinic's day.
        now: Seconds since 1970, for what days of silence change.
    """
    memory = memory.taken_up(reading.whose)
    safe = step(replace(reading.safety, whose=memory.whose), memory.safe, now)
    guesses = standing(evidence, reading, memory)
    guess = guesses[0] if guesses else NO_GUESS
    clear = guess.confidence >= CLEAR_FROM
    lean = leaning(reading, memory, guesses, clear, evidence.turn)
    hand = at_hand(reading, memory)
    times, proposed = _without_rule(_without_story(times_of(reading, memory, lean, hand, today), reading), reading)
    if proposed and lean and lean.kind == "retimes":
        lean = Lean("how_long")
    return Case(
        language=reading.language,
        safe=safe,
        assess=next(iter(reading.safety.asks), None),
        named=reading.covered,
        others=reading.uncovered,
        brand=_brand(reading),
        pair=reading.pair,
        about=_about(reading, memory),
        first=times.first,
        thread=times.thread,
        joined=reading.direction.joined,
        done=any(status == "done" for _, status in reading.direction.status),
        told=times.told,
        known=times.known,
        proposed=proposed,
        unit=_unit(reading),
        asks=_asks(reading),
        clinic=reading.clinic or _hours_of_day(reading, memory, today),
        guess=guess,
        likely=likely(guesses),
        tells=reading.question is not None,
        asks_of_dates=reading.asks_of_dates,
        parts=asked_in_parts(evidence, reading),
        sureness=sureness(guess, evidence, reading, memory),
        nearly=nearly_on_timing(guesses) or bool(reading.direction.first and reading.has("how_long")),
        lean=_moved(lean, reading),
        whose=reading.whose,
        begun=memory.turns > 0,
        before=memory.topic,
        at_hand=hand,
        offered=memory.offered,
    )


def _hours_of_day(reading: Reading, memory: Memory, today: date) -> tuple[ClinicQuestion, ...]:
    """As in "are you open today?" ... "tomorrow?": a day alone, after a question on the hours."""
    days = [period.first for each in reading.times for period in each.readings if period.first >= today]
    alone = memory.topic == "location_hours" and not reading.mentions and reading.words <= FEW_WORDS
    return (ClinicQuestion("hours_on", "location_hours", min(days)),) if alone and days else ()


def _without_story(times: Times, reading: Reading) -> Times:
    """A question on the rule itself leaves nothing to explain where its story tells neither treatment's time."""
    of_the_rule = reading.has("which", "same_day", "how_long") or "as_rule" in reading.manners
    if reading.question is None or times.told.times or not of_the_rule:
        return times
    told, known = (replace(each, unexplained=False, loose=()) for each in (times.told, times.known))
    return replace(times, told=told, known=known)


def _without_rule(times: Times, reading: Reading) -> tuple[Times, tuple[int, int] | None]:
    """A length that is taken for the rule is no gap of one's own; whether it is enough asks for one's own."""
    lengths = [time.days for time in reading.times if time.kind == "length" and time.days]
    if len(lengths) != 1 or times.told.times or not _names_rule(reading):
        return times, None
    told, known = (replace(each, gap=None) for each in (times.told, times.known))
    return replace(times, told=told, known=known), lengths[0]


def _names_rule(reading: Reading) -> bool:
    if "alternatives" in reading.manners or ("as_rule" in reading.manners and not reading.has("suffices")):
        return True
    own = reading.has("suffices", "leave", "speaker", "planned", "done", "done_behind")
    return "confirm" in reading.manners and not own  # "it was so long after Botox, right?"


def _unit(reading: Reading) -> Unit:
    """The one unit that time is counted in; days where there are several or none."""
    named = [unit for unit, cue in _UNITS.items() if reading.has(cue)]
    return named[0] if len(named) == 1 and not reading.has("in_days") else "day"


def _about(reading: Reading, memory: Memory) -> Literal["one", "both"] | None:
    if len(reading.covered) > 1 or (reading.covered and _speaks_of_other(reading, memory)):
        return "both"
    return "one" if is_alone(reading, memory) else None


def _speaks_of_other(reading: Reading, memory: Memory) -> bool:
    """The other treatment is meant too: in words, or by an earlier turn where a day or a wait is in question."""
    timed = (reading.times or reading.has("how_long", "same_day")) and not reading.uncovered
    return reading.has("other_one", "both") or bool(timed and set(memory.named) - set(reading.covered))


def _brand(reading: Reading) -> tuple[str, TreatmentId] | None:
    return next(((m.text, m.treatment) for m in reading.mentions if m.covered and m.brand), None)


def _asks(reading: Reading) -> tuple[Asks, ...]:
    asked: list[Asks] = [kind for kind, cues in _ASKED_BY.items() if reading.has(*cues)]
    asked += [kind for kind, is_asked in _ASKED_AS.items() if is_asked(reading)]
    named = [subject for subject in SUBJECTS if reading.has(subject)]
    return tuple(dict.fromkeys((*asked, *reading.manners, *(named if len(named) == 1 else ()))))


def _asks_which(reading: Reading) -> bool:
    named = reading.has("which") and bool(reading.covered) and "compares" not in reading.manners
    return reading.direction.asks_which or named


def _asks_sessions(reading: Reading) -> bool:
    """Between a treatment and itself lie sessions."""
    twice = len(reading.covered) == 1 and sum(m.covered for m in reading.mentions) > 1
    return twice and reading.has("between")


def _speaks_of_rule(reading: Reading) -> bool:
    """As in "and that wait of so many weeks, does it still stand?"."""
    return any(time.kind == "length" for time in reading.times) and not reading.timeline.says_when


_ASKED_AS: dict[Asks, Callable[[Reading], bool]] = {
    "which": _asks_which,
    "sessions": _asks_sessions,
    "waits": _speaks_of_rule,
}
"""What a message asks, by more than a word."""


def _moved(lean: Lean | None, reading: Reading) -> Lean | None:
    return Lean("moves", None, reading.moved_by or 0) if lean and lean.kind == "moves" else lean
