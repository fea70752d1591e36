"""What a safe conversation does next: one message's reading and the memory in, the turn and the new memory out.

Pure, and independent of topics: it knows what was read of danger and what was said to its own questions. While
``held``, a question on timing gets no number; the decision table says which questions these are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import parse_obj_as

from bot.consult.safety.reading import (
    DOUBTS,
    PRECEDENCE,
    WRITER,
    AlarmRoute,
    Doubt,
    Fact,
    Person,
    Route,
    SafetyReading,
    Said,
)
from bot.consult.types import to_json

SafeState = Literal["self_harm", "emergency_911", "emergency_today", "clinician_only"]
Pending = Literal["in_doubt", "in_doubt_self_harm", "abstract"]
AFTER_SECONDS = 72 * 60 * 60
"""After so long a silence the next answer begins with the question whether it is over."""
TEXTS: Mapping[str, str] = {
    "self_harm": "call_988",
    "emergency_911": "call_911",
    "emergency_today": "seen_today",
    "in_doubt": "in_doubt",
    "in_doubt_self_harm": "in_doubt_self_harm",
    "distress": "distress",
}
"""Which fixed text a route has, by its key in safety_texts.yml."""
_CLEAR: tuple[Said, ...] = ("yes", "ok", "seen", "well", "safe", "misunderstanding")


@dataclass(frozen=True)
class SafeMemory:
    """What the safety of a conversation rests on between turns."""

    alarm: AlarmRoute | None = None
    about: Person = "self"
    """Whom the alarm was about."""
    pending: Pending | None = None
    """What the last turn left open: a doubt that was asked about, or a red flag asked about in the abstract."""
    asked: int = 0
    """How often the doubt was asked about."""
    asked_back: bool = False
    """After days of silence it was asked whether it is over."""
    facts: tuple[Fact, ...] = ()
    """The facts of health that only a clinician may weigh."""
    facts_of: tuple[str, ...] = (WRITER,)
    """Whom the facts are about."""
    whose: str = WRITER
    """Whose case is at hand."""
    at: float = 0.0
    """When the last message was, in seconds since 1970."""

    @property
    def safe_state(self) -> SafeState | None:
        """What holds timing back now."""
        if self.alarm:
            return self.alarm
        return "clinician_only" if self.facts and self.whose in self.facts_of else None

    def as_json(self) -> object:
        """Return what can be kept."""
        return to_json(self)


@dataclass(frozen=True)
class SafeTurn:
    """What the safety layer has to say to one message."""

    memory: SafeMemory
    route: Route | None = None
    """Binds the turn's topic; None where an ordinary answer may follow."""
    text: str | None = None
    """The fixed text to say, by its key; it stands alone."""
    held: SafeState | None = None
    """Questions on timing get no number."""
    stay: str | None = None
    """The fixed text for what is held after an alarm."""
    released: bool = False
    """What held the conversation was taken back with this message."""
    both_languages: bool = False
    """The message is in another language: the text is said in English and French."""


def remembered(kept: Mapping[str, object] | None) -> SafeMemory:
    """Read what was kept; nothing kept is a new conversation."""
    return parse_obj_as(SafeMemory, dict(kept)) if kept else SafeMemory()


def step(reading: SafetyReading, memory: SafeMemory, now: float) -> SafeTurn:
    """Take a conversation one message further.

    Args:
        reading: What both looks read in the message.
        memory: The conversation's safety so far.
        now: Seconds since 1970; a clock that stepped back releases nothing.
    """
    turn = _turn(reading, memory, silent=now - memory.at >= AFTER_SECONDS)
    return replace(turn, memory=replace(turn.memory, at=now), both_languages=reading.foreign)


def _turn(reading: SafetyReading, memory: SafeMemory, silent: bool) -> SafeTurn:
    if reading.alarm and not (reading.is_guessed and _answers_what_was_asked(reading, memory)):
        return _alarm(reading, memory, reading.alarm)
    if memory.pending and reading.is_guessed and _says_no(reading):
        reading = replace(reading, route=None, also=())  # "no, nothing like that": what the second look saw is denied
    if memory.pending and (answered := _answer(reading, memory, memory.pending)):
        return answered
    memory = replace(memory, pending=None, asked=0)
    if memory.alarm:
        return _after_alarm(reading, memory, silent)
    return _ordinary(reading, memory)


def _answers_what_was_asked(reading: SafetyReading, memory: SafeMemory) -> bool:
    """Tell whether words of danger answer the bot's question, or tell how the alarm before them ended."""
    if memory.pending:
        return reading.says("yes")
    return memory.alarm is not None and _releases(reading, memory)


def _alarm(reading: SafetyReading, memory: SafeMemory, route: AlarmRoute) -> SafeTurn:
    """Raise an alarm; the graver of two stays."""
    alarm = min((known for known in (route, memory.alarm) if known), key=PRECEDENCE.index)
    memory = replace(
        _with_facts(reading, memory), alarm=alarm, about=reading.person, pending=None, asked=0, asked_back=False
    )
    return SafeTurn(memory, route, TEXTS[route], memory.safe_state, _stay(memory))


def _answer(reading: SafetyReading, memory: SafeMemory, pending: Pending) -> SafeTurn | None:
    """Read the message as the answer to what was left open; None where it goes on."""
    if pending == "abstract":
        return _alarm(reading, memory, "emergency_911") if reading.says("yes") else None
    denied = _denies(reading)
    if pending == "in_doubt_self_harm":
        return None if denied else _alarm(reading, memory, "self_harm")
    if reading.says("yes", "ok") and not denied:
        return _alarm(reading, memory, "emergency_911")
    return None if denied else _ask_again(reading, memory)


def _denies(reading: SafetyReading) -> bool:
    """Tell a plain no, without a new sign and without a yes beside it."""
    return _says_no(reading) and reading.route not in DOUBTS


def _says_no(reading: SafetyReading) -> bool:
    return reading.says("no", "misunderstanding") and not reading.says("yes", "blocked")


def _ask_again(reading: SafetyReading, memory: SafeMemory) -> SafeTurn:
    """Ask once more; then have it seen today, and go on."""
    if reading.route == "in_doubt_self_harm":
        return _doubt(memory, reading.route)
    if memory.asked < 2:
        return _doubt(memory, "in_doubt")
    memory = replace(memory, pending=None, asked=0)
    return SafeTurn(memory, "in_doubt", "seen_today", memory.safe_state, _stay(memory))


def _doubt(memory: SafeMemory, route: Doubt) -> SafeTurn:
    memory = replace(memory, asked=memory.asked + 1 if memory.pending == route else 1, pending=route)
    return SafeTurn(memory, route, TEXTS[route], memory.safe_state, _stay(memory))


def _after_alarm(reading: SafetyReading, memory: SafeMemory, silent: bool) -> SafeTurn:
    if _releases(reading, memory):
        return _released(reading, memory)
    if reading.route == "in_doubt_self_harm" and not (reading.is_guessed and reading.says("well")):
        return _doubt(memory, reading.route)
    if silent and not memory.asked_back:
        key = "after_days_self_harm" if memory.alarm == "self_harm" else "after_days"
        return _keep(reading, replace(memory, asked_back=True), key)
    if reading.route == "in_doubt" or reading.says("seen", "well", "called", "safe", "misunderstanding"):
        return _keep(reading, memory, _ask_back(memory))
    return _keep(reading, memory, None)


def _released(reading: SafetyReading, memory: SafeMemory) -> SafeTurn:
    """Take back the alarm, not what was told of somebody's health before it."""
    said = tuple(said for said in reading.said if said != "misunderstanding")
    matches = tuple(match for match in reading.matches if match.fact != "past_reaction")
    rest = replace(reading, said=said, matches=matches)
    if reading.is_guessed or (reading.facts and not rest.facts):
        rest = replace(rest, route=None, also=())  # what is seen in it is what is over ("the fever is gone")
    return replace(_ordinary(rest, replace(memory, alarm=None, asked_back=False)), released=True)


def _keep(reading: SafetyReading, memory: SafeMemory, text: str | None) -> SafeTurn:
    memory = _with_facts(reading, memory)
    route = memory.alarm if text else None
    return SafeTurn(memory, route, text, memory.safe_state, _stay(memory))


def _releases(reading: SafetyReading, memory: SafeMemory) -> bool:
    """Tell whether the message ends the alarm: seen and well, of that person and done, or a misunderstanding."""
    if reading.says("blocked"):
        return False
    if reading.says("misunderstanding") or (memory.asked_back and reading.says(*_CLEAR)):
        return True
    if memory.alarm == "self_harm":
        return reading.says("safe")
    return reading.says("seen") and reading.says("well") and reading.person == memory.about


def _ordinary(reading: SafetyReading, memory: SafeMemory) -> SafeTurn:
    if reading.route in DOUBTS:
        return _doubt(_with_facts(reading, memory), reading.route)
    withdrawn = _withdraws(reading, memory)
    memory = _without_facts(memory, reading.whose) if withdrawn else _with_facts(reading, memory)
    memory = replace(memory, pending="abstract" if reading.abstract else None)
    route = reading.route if reading.binding else None
    return SafeTurn(memory, route, TEXTS.get(route or ""), memory.safe_state, _stay(memory), released=withdrawn)


def _withdraws(reading: SafetyReading, memory: SafeMemory) -> bool:
    told = reading.says("withdrawn", "misunderstanding") and not reading.facts
    return bool(told and memory.facts and reading.whose in memory.facts_of)


def _with_facts(reading: SafetyReading, memory: SafeMemory) -> SafeMemory:
    """Add what the message tells of somebody's health; another person is another case.

    What the writer tells of herself holds for her and for whoever is at hand.
    """
    memory = replace(memory, whose=reading.whose)
    if not reading.facts:
        return memory
    told_of = (*(memory.facts_of if memory.facts else ()), reading.whose)
    facts_of = (*told_of, WRITER) if reading.person == "self" else told_of
    facts = tuple(dict.fromkeys((*memory.facts, *reading.facts)))
    return replace(memory, facts=facts, facts_of=tuple(dict.fromkeys(facts_of)))


def _without_facts(memory: SafeMemory, whose: str) -> SafeMemory:
    left = tuple(person for person in memory.facts_of if person != whose)
    return replace(memory, whose=whose, facts=memory.facts if left else (), facts_of=left or (WRITER,))


def _stay(memory: SafeMemory) -> str | None:
    if memory.alarm is None:
        return None
    return "stays_safe_self_harm" if memory.alarm == "self_harm" else "stays_safe"


def _ask_back(memory: SafeMemory) -> str:
    return "stays_safe_self_harm" if memory.alarm == "self_harm" else "were_you_seen"
