"""The second look: what the danger classifier adds to what the lexicon read.

The lexicon's alarm stands. The layer only asks where the classifier sees no danger, and one word of a long story raised
the alarm, or the message also speaks of the past, of the abstract, of what was seen or heard, or laughs; and where the
classifier is as sure as can be. Where the lexicon is silent, a very sure second look raises the alarm and a less sure
one asks. Where the lexicon saw the words and why they are none (denied, past, a pet, a figure of speech), or
saw an ordinary effect, the second look has to be surer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.consult.safety.reading import ALARMS, PRECEDENCE, SECOND_LOOK, Doubt, Match, Route, SafetyReading

FEWEST_WORDS = 4
LONG = 20
"""From so many words on a message is a story."""


@dataclass(frozen=True)
class Danger:
    """The classifier's word on one message: how likely each danger is."""

    red_flag: float = 0.0
    self_harm: float = 0.0
    words: int = 0
    """How long the message is."""

    @property
    def any(self) -> float:
        """How likely it is that there is a danger at all."""
        return self.red_flag + self.self_harm


@dataclass(frozen=True)
class Thresholds:
    """From which probability on the second look speaks, chosen on messages of writers whom it had not seen."""

    alarm: float = 0.75
    surer: float = 0.9
    """An alarm for self-harm, which in few words is near to ordinary talk, and one beside a fact of health."""
    doubt: float = 0.5
    hinted: float = 0.6
    """A doubt where the lexicon saw an ordinary effect, or a fact of health."""
    beside_fact: float = 0.75
    """A doubt about self-harm beside a fact of health ("on tret every night, do I stop it?")."""
    spared: float = 0.9
    """A doubt where the lexicon spared the message."""
    denied: float = 0.95
    """A doubt where the message seems to deny self-harm."""
    unseen: float = 0.03
    """Below this there is no danger to be seen in a story."""
    distant: float = 0.2
    """Below this there is none where the words around a red flag take it out of the present: it is asked about."""
    distant_harm: float = 0.1
    """The same for self-harm."""
    told: float = 0.02
    """Below this such a sign is only told, and not asked about."""
    ruled_out: float = 0.02
    """Below this there is none in any message."""

    def of_alarm(self, reading: SafetyReading, harms_self: bool) -> float:
        """From where on the classifier raises an alarm by itself."""
        return self.surer if harms_self or reading.facts or _is_explained(reading) else self.alarm

    def of_none(self, reading: SafetyReading, danger: Danger) -> float:
        """Below which probability the lexicon's alarm is asked about."""
        if reading.distant or reading.less_plain:
            return self.distant_harm if reading.route == "self_harm" else self.distant
        raised = sum(match.route in ALARMS for match in reading.matches)
        return self.unseen if raised == 1 and danger.words >= LONG else self.ruled_out

    def of_doubt(self, reading: SafetyReading, harms_self: bool) -> float:
        """From where on a message is in doubt."""
        if _is_explained(reading):
            return self.spared
        if harms_self and reading.facts:
            return self.beside_fact
        return self.hinted if reading.hint or reading.facts else self.doubt


def danger_of(found: Mapping[str, float] | None, text: str) -> Danger:
    """Return the classifier's word on a text; on a word or two it has none, the lexicon knows those."""
    words = len(text.split())
    return Danger(**found, words=words) if found and words >= FEWEST_WORDS else Danger()


def combined(reading: SafetyReading, danger: Danger, thresholds: Thresholds = Thresholds()) -> SafetyReading:
    """Put both looks together.

    Args:
        reading: What the lexicon read.
        danger: What the classifier says.
        thresholds: From where on it counts.
    """
    if reading.route in ALARMS:
        return _less(reading, danger, thresholds) if _is_ruled_out(reading, danger, thresholds) else reading
    route = _route(reading, danger, thresholds)
    if route is None:
        return reading
    seen = Match(SECOND_LOOK, route, "present", "", 0, 0)
    found = {route, *((reading.route,) if reading.route else ()), *reading.also}
    routes = tuple(known for known in PRECEDENCE if known in found)
    return replace(
        reading,
        route=routes[0],
        also=routes[1:],
        matches=(*reading.matches, seen),
        dismissed=(),
        hint=False,
    )


def _is_ruled_out(reading: SafetyReading, danger: Danger, thresholds: Thresholds) -> bool:
    """Tell whether the classifier sees no danger where the lexicon raised an alarm."""
    plain = reading.outright and not reading.less_plain  # "I will jump off a cliff lol" is asked about
    if plain or reading.foreign or danger.words < FEWEST_WORDS:
        return False
    return danger.any < thresholds.of_none(reading, danger)


def _less(reading: SafetyReading, danger: Danger, thresholds: Thresholds) -> SafetyReading:
    """Ask instead of the alarm; a sign that is surely only told raises nothing."""
    told = (reading.distant or reading.less_plain) and not reading.outright
    only_told = told and danger.any < thresholds.told
    doubt = None if only_told else _doubt(reading.route == "self_harm")
    matches = tuple(replace(m, route=doubt) if m.route in ALARMS else m for m in reading.matches)
    found = {match.route for match in matches}
    routes = tuple(known for known in PRECEDENCE if known in found)
    return replace(reading, route=next(iter(routes), None), also=routes[1:], matches=matches, spared=only_told)


def _route(reading: SafetyReading, danger: Danger, thresholds: Thresholds) -> Route | None:
    harms_self = danger.self_harm > danger.red_flag
    if harms_self and _is_denied(reading):  # "no, I'm not going to hurt myself, I'm only upset"
        return "in_doubt_self_harm" if danger.any >= thresholds.denied else None
    if danger.any >= thresholds.of_alarm(reading, harms_self):
        return "self_harm" if harms_self else "emergency_911"
    if danger.any >= thresholds.of_doubt(reading, harms_self):
        return _doubt(harms_self)
    return None


def _is_denied(reading: SafetyReading) -> bool:
    denied = "self_harm" in reading.dismissed or reading.says("safe")
    return denied and not reading.says("blocked")


def _doubt(harms_self: bool) -> Doubt:
    return "in_doubt_self_harm" if harms_self else "in_doubt"


def _is_explained(reading: SafetyReading) -> bool:
    """Tell whether the lexicon knows what the words mean here: distress over looks is no self-harm.

    Of another language the classifier has learned nothing; the lexicon has that language's signs.
    """
    return reading.spared or reading.foreign or reading.route == "distress"
