"""Reads lengths of time: "three weeks", "10d", "a month and a half", "2-3 weeks", "almost 2 weeks"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.consult.dates.grammar import Build, Rule, compiled, expanded, number
from bot.consult.dates.ranges import (
    COUPLE,
    FEW,
    ROUNDINGS,
    SEVERAL,
    UNIT_DAYS,
    Days,
    days_of,
)
from bot.consult.types import TimeExpression

Match = re.Match[str]


def length(span: tuple[int, int], days: Days, doubtful: bool = False) -> TimeExpression:
    """Draft a length; it is vague unless it is one exact number of days."""
    return TimeExpression("length", "", *span, days=days, doubtful=doubtful, vague=days[0] != days[1])


def _units(match: Match) -> tuple[float, float] | None:
    """Return the smallest and the largest number of units that a match means."""
    groups = match.groupdict()
    if groups.get("vague"):
        return {"c": COUPLE, "s": SEVERAL, "p": SEVERAL}.get(groups["vague"][0], FEW)
    low = number(groups.get("low") or "1") * (0.5 if "halved" in groups else 1) + (0.5 if "half" in groups else 0)
    high = number(groups["high"]) if groups.get("high") else low
    return (low, high) if low <= high else None


def _length(match: Match, today: date) -> Iterable[TimeExpression]:
    units = _units(match)
    if units and not _is_no_length(match):
        yield length(match.span("it"), days_of(match["unit"], *units))


_DAY_ZERO = re.compile(r"\bDAY (?:0|N0)\b")


def _day_counted(match: Match, today: date) -> Iterable[TimeExpression]:
    """Read the ``day 12`` of "if Botox is day 0, is day 12 ok"."""
    if number(match["low"]) > 0 and _DAY_ZERO.search(match.string):
        yield from _length(match, today)


_REPEATED = re.compile(r"\b(?:aged?|every|each|per|tous les|toutes les|aux|chaque|ai|elle a|il a|on a|avez) $")
_RATED = re.compile(r"(?:\b(?:once|twice|times|units?|x|what|such|quite|half|not)|\d|_) $")
_NOT_AFTER = re.compile(
    r"(?: (?:old|of age|younger|older|of experience|experience|exp|warranty|to live)\b|old|/o| y/o| o\b)"
)
_AGED = re.compile(r"\b(?:i'm|im|i am|turning|just turned) $")
_SOME_DAY = re.compile(r" (?:i|we|i'd|i'll|id|ill|when|maybe|soon|my|you)\b")
_MINUTE_AGO = re.compile(r" (?:ago|back)\b")


def _is_no_length(match: Match) -> bool:
    """Tell ages, rates and sayings: ``4 months old``, ``once a week``, ``wait a minute``."""
    before = match.string[max(0, match.start() - 16) : match.start()]
    if _REPEATED.search(before) or _NOT_AFTER.match(match.string, match.end()):
        return True
    if match["unit"] == "YEAR" and _AGED.search(before):
        return True
    return _is_article(match) and _is_saying(match, before)


def _is_article(match: Match) -> bool:
    return match.groupdict().get("low") in ("a", "an", "un", "une", "N1", "another")


def _is_saying(match: Match, before: str) -> bool:
    if match["unit"] == "MINUTE":
        return not _MINUTE_AGO.match(match.string, match.end())
    if match["low"] in ("N1", "another"):
        return match["unit"] == "DAY" and (match["low"] != "N1" or bool(_SOME_DAY.match(match.string, match.end())))
    return bool(_RATED.search(before))


_TABLE: tuple[tuple[str, Build], ...] = (
    (
        r"(?P<it>(?P<low>{num}|{one})(?: ?ish|\+)?(?: (?:full|whole|more|solid|entire|bonnes?"
        r"|bons?|pleines?|short))? ?(?:de )? ?{unit}(?: de DAYs)?)(?!\w)",
        _length,
    ),
    (r"(?P<it>(?P<unit>DAY|WEEK|FORTNIGHT|MONTH|YEAR))(?= ago\b)", _length),
    (
        r"(?P<it>(?P<unit>DAY) (?P<low>{num}))(?= (?:post|after|since|of|following|apres)"
        r"\b)",
        _length,
    ),
    (r"(?P<it>(?P<unit>DAY) (?P<low>{num}))", _day_counted),
    (r"(?P<it>(?P<halved>)1/2 (?:an? )?(?P<unit>DAY|WEEK|MONTH|YEAR|HOUR))", _length),
    (
        r"(?P<it>(?P<low>{num}|{one}) ?(?:-|to|or maybe|or|maybe|a|ou|/|, ?(?:maybe )?|– ) ?(?P<high>{num})"
        r" ?{unit})",
        _length,
    ),
    (
        r"(?P<it>(?:(?:somewhere |anywhere )?(?:between|btw|btwn|from)|entre|de) (?P<low>{num}) ?(?:and|n|&|et|to|a|-)"
        r" ?(?P<high>{num}) ?{unit})",
        _length,
    ),
    (
        r"(?P<it>(?P<low>{num}|{one}) {unit} (?:or|ou|to|maybe|or maybe) (?P<high>N\d+|deux|"
        r"\d))(?! ?(?:[A-Z]|%|_))",
        _length,
    ),
    (r"(?P<it>(?:(?P<low>{num}|{one}) )?(?P<half>){unit} (?:and|n|&) (?:a )?half)", _length),
    (r"(?P<it>(?:(?P<low>{num}|{one}) )(?P<half>){unit} et demie?)", _length),
    (
        r"(?P<it>(?P<low>{num}|{one})(?P<half>) (?:(?:and|&|n) (?:a )?(?:half|1/2)|1/2) "
        r"{unit})",
        _length,
    ),
    (r"(?P<it>(?P<halved>)(?:a |une? )?(?:half|demi|demie)[ -](?:a |an |of a )?{unit})", _length),
    (
        r"(?P<it>(?:(?<!y )a )?(?P<vague>couple|cpl|coupla|few|several|quelques|plusieurs)"
        r"(?: of| more| good)? {unit})",
        _length,
    ),
)


def rules() -> tuple[Rule, ...]:
    """Compile the rules of this module."""
    return compiled(_TABLE)


# -- the words around a length -----------------------------------------------------------------------------

_NOT_ASKED = "".join(f"(?<!{word} )" for word in "what how question questions worried asking ask".split())
_BEFORE = {
    "around": rf"(?:{_NOT_ASKED}about|around|roughly|approximately|approx\.?|circa|~|environ|a peu pres"
    r"|autour de|vers|some|like|maybe like|say)",
    "almost": r"(?:almost|nearly|just under|a (?:bit|little) under|not quite|close to|just shy of"
    "|presque|pas tout a "
    r"fait|a peine moins de)",
    "at_most": r"(?:at most|up to|no more than|not more than|no longer than|not longer than|max"
    "|maximum|within|au plus|jusqu'a)",
    "at_least": r"(?:at least|no less than|not less than|a minimum of|minimum|min|au moins|a good)",
    "over": r"(?:over|more than|just over|a (?:bit|little) over|a (?:bit|little) more than|past|longer than|"
    r"greater than|plus de|plus d')",
    "under": r"(?:less than|fewer than|under|not even|moins de|moins d'|even less than)",
    "barely": r"(?:barely|hardly|only just|a peine)",
}
_AFTER = {
    "around": r"(?:ish| ish|-ish| or so| or thereabouts| approx| approximately| roughly"
    "| give or take| environ| "
    r"a peu pres| or something| ou quelque chose)",
    "at_least": r"(?:\+| plus(?! tard)| \+| or more| ou plus| minimum| at least| et plus)(?! (?:\d|N))",
    "at_most": r"(?: or less| max| tops| at most)",
}
_FILLERS = ("like", "say")


def _compiled(words: dict[str, str], form: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(form.format(expanded(pattern))) for name, pattern in words.items()}


_BEFORE_PATTERNS = _compiled(_BEFORE, r"(?<!\w){0} ?$")
_AFTER_PATTERNS = _compiled(_AFTER, r"{0}(?!\w)")
_ISH = re.compile(r"\d ?ish")
_WINDOW = 24


def rounded(text: str, found: TimeExpression) -> TimeExpression:
    """Widen or narrow a length by the words around it, and take them into its span."""
    return _rounded_before(text, _rounded_after(text, _rounded_inside(text, found)))


def _rounded_inside(text: str, found: TimeExpression) -> TimeExpression:
    """Read ``2ish weeks``."""
    inside = text[found.start : found.end]
    if "+" in inside:
        return _round(found, "at_least", found.start, found.end)
    return _round(found, "around", found.start, found.end) if _ISH.search(inside) else found


def _rounded_before(text: str, found: TimeExpression) -> TimeExpression:
    offset = max(0, found.start - _WINDOW)
    window = text[offset : found.start]
    for name, pattern in _BEFORE_PATTERNS.items():
        if (match := pattern.search(window)) and not _is_other_sense(name, match, text, found):
            name = "as_said" if match.group().strip() in _FILLERS else name
            return _round(found, name, offset + match.start(), found.end)
    return found


_LIKED = re.compile(r"\b(?:would|i'd|id|looks?|feels?|seems?|you|u|i|we|they) $")
_WAITED = re.compile(r"\b(?:like|maybe) (?:a|an|the) $")


def _is_other_sense(name: str, match: Match, text: str, found: TimeExpression) -> bool:
    """``I'd like 2 weeks`` and ``a couple of weeks is like a month``; ``past 2 weeks`` after the article."""
    before = match.string[: match.start()]
    if match.group().startswith("like"):
        return bool(_LIKED.search(before))
    return match.group().startswith("past") and bool(re.search(r"\b(?:the|these|this|in) $", before))


def _rounded_after(text: str, found: TimeExpression) -> TimeExpression:
    for name, pattern in _AFTER_PATTERNS.items():
        if match := pattern.match(text, found.end):
            return _round(found, name, found.start, match.end())
    return found


def _round(found: TimeExpression, name: str, start: int, end: int) -> TimeExpression:
    """Round a length; "about" makes it vague, not doubtful: whoever says it knows roughly."""
    grown = length((start, end), ROUNDINGS[name](found.days or (0, 0)), found.doubtful)
    return replace(grown, vague=grown.vague or name == "around")


_ORDER = tuple(UNIT_DAYS)


def added(text: str, one: TimeExpression, two: TimeExpression) -> TimeExpression | None:
    """Join ``2 weeks and 3 days``: a smaller unit behind a larger one."""
    if not one.days or not two.days or not re.fullmatch(r" |,? and | et | & ", text[one.end : two.start]):
        return None
    larger, smaller = _unit_of(text, one), _unit_of(text, two)
    if larger is None or smaller is None or smaller >= larger:
        return None
    days = (one.days[0] + two.days[0], one.days[1] + two.days[1])
    return length((one.start, two.end), days, one.doubtful or two.doubtful)


def _unit_of(text: str, found: TimeExpression) -> int | None:
    names = re.findall(r"[A-Z]{3,}", text[found.start : found.end])
    return _ORDER.index(names[-1]) if names and names[-1] in _ORDER else None
