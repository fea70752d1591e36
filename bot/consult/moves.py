"""How far a message moves the day last spoken of: "and the day after that?", "a week later then?".

Calendar words only; what is moved, and what becomes of it, is decided where the answer is made.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.consult.cues import Cues
from bot.consult.sentence import When

_DAYS = {"day_later": 1, "day_earlier": -1, "week_later": 7, "week_earlier": -7}
_DIRECTIONS = {"later_by": 1, "sooner_by": -1}
_LEADS = {"postpones": 1, "advances": -1}
_CLOSE = 1


def moved_by(cues: Cues, whens: Sequence[When]) -> int | None:
    """Return the days that a plan is moved by; None where a day is named or nothing is moved."""
    if any(when.expression.kind == "point" for when in whens):
        return None
    exact = [when for when in whens if when.expression.days and len(set(when.expression.days)) == 1]
    for when in exact:
        for label, sign in _DIRECTIONS.items():
            if any(when.end <= cue.start <= when.end + _CLOSE for cue in cues.of(label)):
                assert when.expression.days
                return sign * when.expression.days[0]
        for label, sign in _LEADS.items():
            if any(when.start - _CLOSE <= cue.end <= when.start for cue in cues.of(label)):
                assert when.expression.days
                return sign * when.expression.days[0]
    return next((days for label, days in _DAYS.items() if cues.has(label)), None) if not exact else None
