"""How far a message moves the day last spoken of: "and the day after that?", "a week later then?".

Calendar words only; what is moved, and what becomes of it, is decided where the answer is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from bot.consult.reading.cues import Cues
from bot.consult.reading.sentence import When

_DAYS = {"day_later": 1, "day_earlier": -1, "week_later": 7, "week_earlier": -7}
_BEHIND = {"later_by": 1, "sooner_by": -1}
_BEFORE = {"postpones": 1, "advances": -1}
_CLOSE = 1


def moved_by(cues: Cues, whens: Sequence[When]) -> int | None:
    """Return the days that a plan is moved by; None where a day is named or nothing is moved."""
    if any(when.expression.kind == "point" for when in whens):
        return None
    exact = _exact(whens)
    if not exact:
        return next((days for label, days in _DAYS.items() if cues.has(label)), None)
    return next((sign * days for when, days in exact if (sign := _sign(cues, when))), None)


def _exact(whens: Sequence[When]) -> list[tuple[When, int]]:
    """The lengths that say one number of days, with that number."""
    return [(when, days[0]) for when in whens if (days := when.expression.days) and days[0] == days[1]]


def _sign(cues: Cues, when: When) -> int:
    """Return 1 where a length is said to make it later, -1 sooner, 0 neither."""
    behind = (sign for label, sign in _BEHIND.items() for cue in cues.of(label) if 0 <= cue.start - when.end <= _CLOSE)
    before = (sign for label, sign in _BEFORE.items() for cue in cues.of(label) if 0 <= when.start - cue.end <= _CLOSE)
    return next(chain(behind, before), 0)
