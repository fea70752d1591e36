"""Joins neighbouring drafts, and a draft with the words around it, into what they mean together.

"10 days" + "ago", "Tuesday" + "Nov 24", "tuesday" + "next week", "between" + "the 3rd" + "and" + "the 5th",
"three weeks" + "from" + "Friday", "the week before" + "Christmas".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest

from bot.consult.dates import calendar
from bot.consult.dates.absolute import stretch
from bot.consult.dates.calendar import WEEK
from bot.consult.dates.grammar import Readings, draft, nearest_first, one_day, shifted
from bot.consult.dates.lengths import added, rounded
from bot.consult.dates.ranges import HALF_YEAR, Days
from bot.consult.dates.relative import narrowed
from bot.consult.types import Period, Tense, TimeExpression

Pair = Callable[[str, TimeExpression, TimeExpression, date], TimeExpression | None]
_WINDOW = 32

# -- a length counted from today ---------------------------------------------------------------------------

_AGO = re.compile(r"(?:'|s')?(?: (?:ago|agoo|ago now)| back(?! (?:to|in|at|on|for|up|then)\b))(?!\w)")
_IL_Y_A = re.compile(
    r"(?<!\w)(?:il y a|y a|ya|voila|il ya|(?:date|dates|datent|datait) (?:deja )?(?:de|d')|remontent? a) "
    r"(?:deja |a peine )?$"
)
_AHEAD = re.compile(r"(?:'|s')?(?: (?:from now|hence|away|time|into the future|d'ici))(?!\w)")
_IN = re.compile(
    r"(?<!\w)(?:(?<!how many )in(?: another| the next| only| just)?|within the next|in the next"
    r"|(?:the|these|over "
    r"the) (?:next|coming)|dans|d'ici|d'ici a) $"
)
_RECENT = re.compile(r"(?<!\w)(?:(?:in|over|within|during|for) )?(?:the|these) (?:last|past) $")
_RECENT_VAGUE = re.compile(r"(?<!\w)(?:last|past) $")
_COMING_VAGUE = re.compile(r"(?<!\w)next $")


def from_today(text: str, found: TimeExpression, today: date) -> TimeExpression:
    """Turn a length into a point where the words around it count it from today."""
    if found.days is None:
        return found
    return _past_point(text, found, today) or _future_point(text, found, today) or found


def _past_point(text: str, found: TimeExpression, today: date) -> TimeExpression | None:
    if match := _AGO.match(text, found.end):
        return _point(found, found.start, match.end(), _ago(_widened(text, found), today), "past")
    if (start := _starts(_IL_Y_A, text, found)) is not None:
        return _point(found, start, found.end, _ago(_widened(text, found), today), "past")
    start = _starts(_RECENT, text, found)
    if start is None and _is_loose(text, found):
        start = _starts(_RECENT_VAGUE, text, found)
    if start is not None and found.days:
        return _point(found, start, found.end, _ago((0, found.days[1]), today), "past")
    return None


def _future_point(text: str, found: TimeExpression, today: date) -> TimeExpression | None:
    ahead = _AHEAD.match(text, found.end)
    start = _starts(_IN, text, found)
    if ahead is None and _words(text, found) in ("a DAY", "N1 DAY"):
        return None  # "both in one day"
    if ahead is None and start is None:
        return _next_few(text, found, today)
    first = found.start if start is None else start
    if found.days and start is not None and re.search(r"\b(?:next|coming) $", text[start : found.start]):
        return _point(found, first, found.end, _ahead((0, found.days[1]), today), "future")
    return _point(found, first, ahead.end() if ahead else found.end, _ahead(_widened(text, found), today), "future")


def _next_few(text: str, found: TimeExpression, today: date) -> TimeExpression | None:
    start = _starts(_COMING_VAGUE, text, found) if _is_loose(text, found) else None
    if start is None or not found.days:
        return None
    return _point(found, start, found.end, _ahead((0, found.days[1]), today), "future")


def _is_loose(text: str, found: TimeExpression) -> bool:
    """``last few weeks`` is a date, ``last 3 months`` and ``last a few weeks`` may be what an effect does."""
    return text[found.start : found.end].startswith(("few", "couple", "coupla", "cpl", "several"))


def _starts(pattern: re.Pattern[str], text: str, found: TimeExpression) -> int | None:
    """Find where the words right before a draft begin that match a pattern."""
    offset = max(0, found.start - _WINDOW)
    match = pattern.search(text[offset : found.start])
    return offset + match.start() if match else None


def _widened(text: str, found: TimeExpression) -> Days:
    """Years counted from today are rounded: half a year either side."""
    least, most = found.days or (0, 0)
    whole_years = "YEAR" in _words(text, found) and least >= HALF_YEAR
    return (least - HALF_YEAR, most + HALF_YEAR) if whole_years else (least, most)


def _ago(days: Days, today: date) -> Period:
    return Period(today - timedelta(days[1]), today - timedelta(days[0]))


def _ahead(days: Days, today: date) -> Period:
    return Period(today + timedelta(days[0]), today + timedelta(days[1]))


def _point(found: TimeExpression, start: int, end: int, period: Period, tense: Tense | None) -> TimeExpression:
    return draft((start, end), (period,), tense=tense, doubtful=found.doubtful)


# -- pairs -------------------------------------------------------------------------------------------------


def _gap(text: str, one: TimeExpression, two: TimeExpression) -> str:
    return text[one.end : two.start]


def _words(text: str, found: TimeExpression) -> str:
    return text[found.start : found.end]


_WEEKDAY = re.compile(r"(?:(?:this|next|last|nxt|past|coming|this past|this coming|ce) )?W(\d)")
_APPOSED = re.compile(r" | ?, (?:the )?| ?\((?:a )?| le | the ")


def _weekday_with_date(text: str, one: TimeExpression, two: TimeExpression, today: date) -> TimeExpression | None:
    """Read ``Tuesday Nov 24`` and ``the 24th (Tuesday)``; a weekday that contradicts its date is a doubt."""
    if not _APPOSED.fullmatch(_gap(text, one, two)) or one.days or two.days:
        return None
    for weekday, other in ((one, two), (two, one)):
        match = _WEEKDAY.fullmatch(_words(text, weekday))
        if match and not _WEEKDAY.fullmatch(_words(text, other)) and other.readings and not other.vague:
            return _on_weekday(text, int(match[1]), weekday, other)
    return None


def _on_weekday(text: str, weekday: int, named: TimeExpression, dated: TimeExpression) -> TimeExpression | None:
    first, last = sorted((named, dated), key=lambda each: each.start)
    span = (
        first.start,
        last.end + (text[first.end : last.start + 1].count("(") and text[last.end :].startswith(")")),
    )
    readings = calendar.on_weekday(dated.readings, weekday)
    alternatives = calendar.on_weekday(dated.alternatives, weekday)
    tense = dated.tense or named.tense
    if readings or alternatives:
        return draft(span, readings or alternatives, alternatives if readings else (), tense, dated.doubtful)
    relative = dated.tense or _words(text, dated) == "TODAY"
    contradicts = not relative and named.start < dated.start and "," not in text[named.end : dated.start]
    return replace(dated, start=span[0], end=span[1], doubtful=True) if contradicts else None


def _same_day_twice(text: str, one: TimeExpression, two: TimeExpression, today: date) -> TimeExpression | None:
    """Read ``tomorrow, Nov 23``: two names of one day."""
    if one.days or two.days or one.vague or two.vague or not _APPOSED.fullmatch(_gap(text, one, two)):
        return None
    both = tuple(each for each in one.readings if each in (*two.readings, *two.alternatives))
    if not both:
        return None
    return draft((one.start, two.end), both, (), one.tense or two.tense, one.doubtful or two.doubtful)


_RESTATED = re.compile(
    r",? (?:so|that makes it|makes it|meaning|which (?:was|is|makes it)|that's|thats|aka|i\.?e\.?,?|that is|or rather"
    r"|donc|soit|c'etait)(?: (?:that's|thats|makes it|it was|that was|was|like|on|the|le|i guess|by my math))* | ?= ?"
)
_BESIDE_IT = re.compile(r",? on (?:the )?| ?\((?:so |on |the )?|, (?:le|the) ")


def _restated(text: str, one: TimeExpression, two: TimeExpression, today: date) -> TimeExpression | None:
    """Read ``8 days ago, so the 14th`` as one day; where the two are not the same day, that is a doubt."""
    counted = next((each for each in (one, two) if _is_counted_back(text, each)), None)
    dated = two if counted is one else one
    if counted is None or not _is_past_day(dated, today):
        return None
    lately = bool(dated.readings) and dated.readings[0].first <= today  # "a while ago, on the 25th I needle"
    if not _RESTATED.fullmatch(_gap(text, one, two)) and not (lately and _BESIDE_IT.fullmatch(_gap(text, one, two))):
        return None
    same = tuple(each for each in counted.readings if each in (*dated.readings, *dated.alternatives))
    closed = text[two.end :].startswith(")") and "(" in _gap(text, one, two)
    span = (one.start, two.end + closed)
    return draft(span, same or counted.readings, (), "past", not same or one.doubtful or two.doubtful)


def _is_counted_back(text: str, found: TimeExpression) -> bool:
    return found.kind == "point" and found.tense == "past" and not found.vague and _words(text, found)[-3:] == "ago"


def _is_past_day(found: TimeExpression, today: date) -> bool:
    """A day of the calendar that may lie behind; a weekday only says which day of a week was meant."""
    days = (*found.readings, *found.alternatives)
    return found.kind == "point" and found.tense is None and any(p.is_day and p.first <= today for p in days)


_IN_WEEK = re.compile(r" (?:(?:of|on|de|in) )?(?:the )?")


def _weekday_of_week(text: str, one: TimeExpression, two: TimeExpression, today: date) -> TimeExpression | None:
    """Read ``tuesday last week`` and ``next week on thursday``."""
    if not _IN_WEEK.fullmatch(_gap(text, one, two)):
        return None
    for weekday, week in ((one, two), (two, one)):
        match = re.fullmatch(r"W(\d)", _words(text, weekday).split(" ")[0])
        if match and re.search(r"\bWEEK\b", _words(text, week)) and _is_week(week):
            day = week.readings[0].first + timedelta(int(match[1]))
            return draft((one.start, two.end), (one_day(day),), tense=week.tense)
    return None


def _is_week(found: TimeExpression) -> bool:
    return len(found.readings) == 1 and (found.readings[0].last - found.readings[0].first).days == WEEK - 1


_SIGNS = {
    "from": 1, "after": 1, "following": 1, "past": 1, "post": 1,
    "apres": 1, "a partir de": 1, "a partir du": 1,
    "before": -1, "prior to": -1, "ahead of": -1, "avant": -1,
}  # fmt: skip


def _length_from_point(text: str, one: TimeExpression, two: TimeExpression, today: date) -> TimeExpression | None:
    """Read ``three weeks from Friday`` and ``10 days after nov 3``."""
    said = _gap(text, one, two).strip().removesuffix(" le").removesuffix(" la")
    if one.days is None or not two.readings or said not in _SIGNS:
        return None
    if said == "from":
        two = _coming(text, two, today)
    sign = _SIGNS[said]
    least, most = sorted((sign * one.days[0], sign * one.days[1]))
    readings = tuple(shifted(each, least, most) for each in two.readings)
    alternatives = tuple(shifted(each, least, most) for each in two.alternatives)
    tense: Tense | None = "future" if sign > 0 and "future" in (two.tense, _counts_ahead(text, said, two)) else None
    return draft((one.start, two.end), readings, alternatives, tense, one.doubtful or two.doubtful)


def _counts_ahead(text: str, said: str, two: TimeExpression) -> Tense | None:
    return "future" if said == "from" and _words(text, two) == "TODAY" else None


def _coming(text: str, found: TimeExpression, today: date) -> TimeExpression:
    """``from Friday`` counts from the coming one."""
    if not re.fullmatch(r"W\d.*", _words(text, found)):
        return found
    return replace(found, readings=tuple(each for each in found.readings if each.first > today), tense="future")


_ON = re.compile(r" (?:on |le )?|, (?=TODAY)")
_COUNTED_UP = re.compile(
    r"\b(?:been|it'll be|itll be|it will be|that'll be|makes it|be exactly|will have been|ca fait"
    r"|ca fera|it's been)"
    r"(?: exactly| already| just| only)? $"
)
_SINCE = re.compile(r" (?:since|post|after|from|depuis|apres)\b")


def _length_to_day(text: str, one: TimeExpression, two: TimeExpression, today: date) -> TimeExpression | None:
    """Read ``a week tomorrow``, ``it's been 2 weeks today since``: ahead of the day, or up to it."""
    if one.days is None or one.vague or not _is_counting_day(text, one, two):
        return None
    since = bool(_SINCE.match(text, two.end)) or bool(_COUNTED_UP.search(text[max(0, one.start - 30) : one.start]))
    if since or two.tense == "past":
        return _counted(one, two.readings, -1, (one.start, two.end))
    return _counted(one, _coming(text, two, today).readings, 1, (one.start, two.end))


def _is_counting_day(text: str, one: TimeExpression, two: TimeExpression) -> bool:
    """A bare weekday needs "on", or "a week" before it."""
    gap, named = _gap(text, one, two), _words(text, two)
    if re.fullmatch(r"TODAY|TOMORROW|YESTERDAY", named):
        return gap in (" ", " le ")
    if not re.fullmatch(r"W\d", named):
        return False
    return gap == " on " or (gap == " " and _words(text, one).startswith(("a WEEK", "un")))


def _counted(length: TimeExpression, days: Readings, sign: int, span: tuple[int, int]) -> TimeExpression:
    moved = sign * (length.days or (0, 0))[0]
    readings = tuple(shifted(each, moved, moved) for each in days)
    return draft(span, readings, tense="future" if sign > 0 else "past", doubtful=length.doubtful)


def _ago_on_day(text: str, one: TimeExpression, two: TimeExpression, today: date) -> TimeExpression | None:
    """Read ``a week ago yesterday`` and ``2 weeks ago on tuesday``."""
    if not _words(text, one).endswith("ago") or _gap(text, one, two) not in (" ", " on "):
        return None
    return _moved_back((one.start, two.end), text, one, two, today)


def _moved_back(
    span: tuple[int, int], text: str, ago: TimeExpression, day: TimeExpression, today: date
) -> TimeExpression | None:
    """Count the days of "2 weeks ago" from a named day; a weekday needs whole weeks."""
    named = _words(text, day)
    if ago.vague or not ago.readings or not _COUNTED_FROM.fullmatch(named):
        return None
    days = (today - ago.readings[0].last).days
    if days % WEEK and "W" in named:
        return None
    readings = nearest_first((shifted(each, -days, -days) for each in day.readings), today)
    return draft(span, readings, tense="past", doubtful=ago.doubtful)


_COUNTED_FROM = re.compile(r"TODAY|YESTERDAY|TOMORROW|(?:last |this )?W\d")


def _day_ago(text: str, one: TimeExpression, two: TimeExpression, today: date) -> TimeExpression | None:
    """Read ``tuesday 2 weeks ago``."""
    if not re.fullmatch(r"W\d", _words(text, one)) or _gap(text, one, two) not in (" ", ", "):
        return None
    if not _words(text, two).endswith(("WEEK ago", "WEEKs ago", "WEEKs back")):
        return None
    return _moved_back((one.start, two.end), text, two, one, today)


# -- stretches ---------------------------------------------------------------------------------------------

_TO = re.compile(r" ?- ?|/| (?:to|til|till|until|thru|through|au|a) (?:le )?")
_AND = re.compile(r" (?:and|&|et) ")
_BETWEEN = re.compile(r"(?<!\w)(?:between|entre|btw|btwn) $")
_FROM = re.compile(r"(?<!\w)(?:from|du|depuis) $")
_APART = re.compile(
    r"\b(?:time|gap|long|days|weeks|DAYs|WEEKs|spacing|spaced|interval|wait|apart|enough|far|mov\w*|push\w*|"
    r"chang\w*|resched\w*|switch\w*|bump\w*|postpon\w*|delay\w*|deplac\w*)\b"
)


def _from_to(text: str, one: TimeExpression, two: TimeExpression, today: date) -> TimeExpression | None:
    """Read ``nov 3 to nov 5``, ``between the 3rd and the 5th``; two dates to compare stay two."""
    if one.days or two.days or not one.readings or not two.readings or _is_between_visits(text, one, two):
        return None
    between = _starts(_BETWEEN, text, one)
    if between is not None and _AND.fullmatch(_gap(text, one, two)):
        return _checked(stretch((between, two.end), one, two), one, two)
    if not _TO.fullmatch(_gap(text, one, two)):
        return None
    start = _starts(_FROM, text, one)
    return _checked(stretch((one.start if start is None else start, two.end), one, two), one, two)


def _is_between_visits(text: str, one: TimeExpression, two: TimeExpression) -> bool:
    clause = re.split(r"[.!?\n,;]", text[: one.start])[-1] + " " + re.split(r"[.!?\n,;]", text[two.end :])[0]
    return bool(_APART.search(clause))


def _checked(whole: TimeExpression, one: TimeExpression, two: TimeExpression) -> TimeExpression | None:
    if not whole.readings:
        return None
    return replace(whole, tense=one.tense or two.tense, doubtful=one.doubtful or two.doubtful)


PAIRS: Sequence[Pair] = (
    lambda text, one, two, today: added(text, one, two),
    _weekday_of_week,
    _ago_on_day,
    _day_ago,
    _weekday_with_date,
    _same_day_twice,
    _restated,
    _length_from_point,
    _length_to_day,
    _from_to,
)

# -- the words before a point ------------------------------------------------------------------------------

_BESIDE = re.compile(
    r"(?<!\w)(?:the )?(?P<unit>DAY|night|WEEK|WEEKEND|jour|veille|lendemain) (?P<side>before"
    r"|after|of|de|avant|apres|du)"
    r" (?:le |la )?$"
)
_SIDES = {"before": -1, "avant": -1, "after": 1, "apres": 1}


def beside(text: str, found: TimeExpression, today: date) -> TimeExpression:
    """Read ``the day before Christmas``, ``the week of nov 9``, ``the weekend after thanksgiving``."""
    offset = max(0, found.start - _WINDOW)
    match = _BESIDE.search(text[offset : found.start])
    if not match or not found.readings or found.vague:
        return found
    unit, side = match["unit"], _SIDES.get(match["side"], 0)
    readings = tuple(_beside(each, unit, side) for each in found.readings)
    alternatives = tuple(_beside(each, unit, side) for each in found.alternatives)
    return draft((offset + match.start(), found.end), readings, alternatives, found.tense, found.doubtful)


def _beside(day: Period, unit: str, side: int) -> Period:
    if unit == "WEEK":
        return _week_beside(day.first, side)
    if unit == "WEEKEND":
        return _weekend_beside(day.first, side)
    return shifted(day, side, side)


def _week_beside(day: date, side: int) -> Period:
    """The week of a day is Monday to Sunday; the week before or after it, the seven days next to it."""
    if side == 0:
        return calendar.week_of(day)
    near, far = sorted((day + timedelta(side), day + timedelta(side * WEEK)))
    return Period(near, far)


def _weekend_beside(day: date, side: int) -> Period:
    weekend = calendar.weekend_of(day)
    if side < 0 and weekend.last >= day:
        return shifted(weekend, -WEEK, -WEEK)
    if side > 0 and weekend.first <= day:
        return shifted(weekend, WEEK, WEEK)
    return weekend


# -- everything in order -----------------------------------------------------------------------------------


def joined(text: str, drafts: Sequence[TimeExpression], today: date) -> list[TimeExpression]:
    """Apply the words around each draft, then join neighbours until nothing more joins."""
    lengths = [rounded(text, each) if each.days else each for each in drafts]
    points = [narrowed(text, each, today) if each.days is None else each for each in _paired(text, lengths, today, 1)]
    placed = [from_today(text, each, today) for each in points]
    found = [each if each.days else beside(text, each, today) for each in _paired(text, placed, today)]
    return [_in_shared_week(text, each, following) for each, following in zip_longest(found, found[1:])]


_SHARED = re.compile(r" (?:or|and|&|ou|et) ")


def _in_shared_week(text: str, one: TimeExpression, two: TimeExpression | None) -> TimeExpression:
    """Read ``tues or thurs next week``: the week belongs to both days."""
    weekday = re.fullmatch(r"W(\d)", _words(text, one))
    if not weekday or not two or not _SHARED.fullmatch(_gap(text, one, two)):
        return one
    if not re.fullmatch(r"W\d .*\bWEEK\b.*", _words(text, two)) or len(two.readings) != 1:
        return one
    day = calendar.week_of(two.readings[0].first).first + timedelta(int(weekday[1]))
    return replace(one, readings=(one_day(day),), tense=two.tense)


def _paired(text: str, drafts: Sequence[TimeExpression], today: date, rules: int = len(PAIRS)) -> list[TimeExpression]:
    found: list[TimeExpression] = []
    for each in drafts:
        found.append(each)
        while len(found) > 1 and (pair := _pair(text, found[-2], found[-1], today, rules)):
            found[-2:] = [pair]
    return found


def _pair(text: str, one: TimeExpression, two: TimeExpression, today: date, rules: int) -> TimeExpression | None:
    pairs = (join(text, one, two, today) for join in PAIRS[:rules])
    return next((pair for pair in pairs if pair), None)
