"""Reads days named from today: "yesterday", "on Tues", "next weekend", "early last week", "the other day".

Where people differ, both days are readings, the nearest first:

- ``last Tuesday`` is the latest one; if that lies in the running week (Monday to yesterday, today not being
  Sunday) or was yesterday, the one of the week before may be meant as well.
- ``next Tuesday`` is the coming one, and the one of next week where a week that starts on Monday or on Sunday
  makes it a later one.
- ``this Friday`` is the coming one, with the latest one as the alternative; a bare weekday is either.
- Weeks run from Monday to Sunday; early is Monday to Wednesday, mid Tuesday to Thursday, late Thursday on.
- Months, years and seasons have thirds: early, mid, late.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.consult.dates import calendar
from bot.consult.dates.calendar import WEEK
from bot.consult.dates.grammar import (
    Build,
    Readings,
    Rule,
    compiled,
    draft,
    nearest_first,
    number,
    one_day,
)
from bot.consult.dates.ranges import OTHER_DAY, UNCOUNTED, days_of
from bot.consult.types import Period, Tense, TimeExpression

Drafts = Iterable[TimeExpression]
Match = re.Match[str]


# -- days --------------------------------------------------------------------------------------------------


def _day_away(days: int, tense: Tense | None) -> Build:
    def build(match: Match, today: date) -> Drafts:
        yield draft(match.span(), (one_day(today + timedelta(days)),), tense=tense)

    return build


def _other_day(match: Match, today: date) -> Drafts:
    nearest, farthest = OTHER_DAY
    period = Period(today - timedelta(farthest), today - timedelta(nearest))
    yield draft(match.span(), (period,), tense="past")


_COUNTED = re.compile(
    r"(?:\d|\b(?:a|an|one|of|many|few|couple|coupla|cpl|several|some|more|ish|half|full|whole|solid)) ?$"
)


def _uncounted_ago(match: Match, today: date) -> Drafts:
    """Read ``weeks ago`` and ``months ago``."""
    if _COUNTED.search(match.string[max(0, match.start() - 10) : match.start()]):
        return
    least, most = days_of(match["unit"], *UNCOUNTED)
    yield draft(match.span(), (Period(today - timedelta(most), today - timedelta(least)),), tense="past")


# -- weekdays ----------------------------------------------------------------------------------------------


def last_weekday(weekday: int, today: date) -> Readings:
    """Return the days that ``last Tuesday`` may mean."""
    latest = calendar.weekday_before(today, weekday)
    ago = (today - latest).days
    same_week = today.weekday() < WEEK - 1 and latest.weekday() < today.weekday() and ago < WEEK
    either = same_week or ago == 1
    return tuple(map(one_day, [latest, latest - timedelta(WEEK)] if either else [latest]))


def next_weekday(weekday: int, today: date) -> Readings:
    """Return the days that ``next Tuesday`` may mean."""
    coming = calendar.weekday_after(today, weekday)
    monday = today - timedelta(today.weekday())
    sunday = today - timedelta((today.weekday() + 1) % WEEK)
    by_monday = monday + timedelta(WEEK + weekday)
    by_sunday = sunday + timedelta(WEEK + (weekday + 1) % WEEK)
    return nearest_first(map(one_day, (coming, by_monday, by_sunday)), today)


def _last_weekday(match: Match, today: date) -> Drafts:
    yield draft(match.span(), last_weekday(int(match["weekday"]), today), tense="past")


def _latest_weekday(match: Match, today: date) -> Drafts:
    """Read ``this past tuesday``."""
    day = calendar.weekday_before(today, int(match["weekday"]))
    yield draft(match.span(), (one_day(day),), tense="past")


def _next_weekday(match: Match, today: date) -> Drafts:
    yield draft(match.span(), next_weekday(int(match["weekday"]), today), tense="future")


def _coming_weekday(match: Match, today: date) -> Drafts:
    """Read ``this coming tuesday``."""
    day = calendar.weekday_after(today, int(match["weekday"]))
    yield draft(match.span(), (one_day(day),), tense="future")


def _this_weekday(match: Match, today: date) -> Drafts:
    weekday = int(match["weekday"])
    coming = one_day(calendar.weekday_after(today, weekday))
    latest = one_day(calendar.weekday_before(today, weekday))
    now = (one_day(today),) if today.weekday() == weekday else ()
    yield draft(match.span(), (*now, coming), (latest,))


_HABIT = re.compile(
    r"(?:\b(?:every|each|tous les|chaque|most|only) |W\d ?- ?|\bopen(?: from)? W\d (?:to|through|thru) )$"
)
_HOURS = re.compile(r" ?- ?W\d| gras\b")
_OPEN = re.compile(r"\b(?:open|hours)(?: from)? $")


def _is_habit(match: Match) -> bool:
    """Tell ``every friday`` and ``open mon-fri`` from a day."""
    before = match.string[max(0, match.start() - 30) : match.start()]
    if _HABIT.search(before) or _HOURS.match(match.string, match.end()):
        return True
    return bool(_OPEN.search(before) and re.match(r" (?:to|through|thru) W\d", match.string[match.end() :]))


def _weekday(match: Match, today: date) -> Drafts:
    if not _is_habit(match):
        weekday = int(match["weekday"])
        both = calendar.weekday_after(today, weekday), calendar.weekday_before(today, weekday)
        yield draft(match.span(), nearest_first(map(one_day, both), today))


def _weekday_and_day(match: Match, today: date) -> Drafts:
    """Read ``fri 27``, where the two agree."""
    found = calendar.on_weekday(calendar.monthly(int(match["day"]), today), int(match["weekday"]))
    if found:
        yield draft(match.span(), found)


def _weekday_after_next(match: Match, today: date) -> Drafts:
    """Read ``tuesday week`` and ``tuesday after next``."""
    day = calendar.weekday_after(today, int(match["weekday"])) + timedelta(WEEK)
    yield draft(match.span(), (one_day(day),), tense="future")


def _weekday_before_last(match: Match, today: date) -> Drafts:
    day = calendar.weekday_before(today, int(match["weekday"])) - timedelta(WEEK)
    yield draft(match.span(), (one_day(day),), tense="past")


def _weekdays_ago(match: Match, today: date) -> Drafts:
    """Read ``two tuesdays ago``."""
    latest = calendar.weekday_before(today, int(match["weekday"]))
    day = latest - timedelta(WEEK * (int(number(match["num"])) - 1))
    yield draft(match.span(), (one_day(day),), tense="past")


_SATURDAY = 5
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "O1": 1, "O2": 2, "O3": 3, "O4": 4}


def _nth_weekday(match: Match, today: date) -> Drafts:
    """Read ``the first Monday of December``."""
    month, weekday, nth = int(match["month"]), int(match["weekday"]), _NTH[match["nth"]]
    readings, alternatives = calendar.nearest(lambda year: calendar.nth_weekday(year, month, weekday, nth), today)
    yield draft(match.span(), readings, alternatives)


def _nth_week(match: Match, today: date) -> Drafts:
    """Read ``the first week of December``: its first seven days."""
    month, nth = int(match["month"]), _NTH[match["nth"]]
    readings, alternatives = calendar.nearest(lambda year: _week_in(calendar.month_of(year, month), nth), today)
    yield draft(match.span(), readings, alternatives)


def _nth_weekend(match: Match, today: date) -> Drafts:
    """Read ``the last weekend of november``: the nth one that has its Saturday in the month."""
    month, nth = int(match["month"]), _NTH[match["nth"]]

    def in_year(year: int) -> Period:
        saturday = calendar.nth_weekday(year, month, _SATURDAY, nth).first
        return Period(saturday, saturday + timedelta(1))

    readings, alternatives = calendar.nearest(in_year, today)
    yield draft(match.span(), readings, alternatives)


def _nth_week_near(match: Match, today: date) -> Drafts:
    """Read ``the last week of next month``."""
    which = _STEPS.get(match["which"], 0)
    month = calendar.month_of(today.year, today.month + which)
    yield draft(match.span(), (_week_in(month, _NTH[match["nth"]]),), tense=_tense(which))


def _week_in(month: Period, nth: int) -> Period:
    if nth < 0:
        return Period(month.last - timedelta(WEEK - 1), month.last)
    first = month.first + timedelta(WEEK * (nth - 1))
    return Period(first, first + timedelta(WEEK - 1))


# -- weeks, weekends, months, years ------------------------------------------------------------------------

_STEPS: Mapping[str, int] = {
    "last": -1, "past": -1, "previous": -1, "prev": -1,
    "dernier": -1, "derniere": -1, "passe": -1, "passee": -1,
    "next": 1, "coming": 1, "upcoming": 1, "nxt": 1, "prochain": 1, "prochaine": 1, "qui vient": 1,
    "this": 0, "ce": 0, "cet": 0, "cette": 0, "the": 0, "current": 0, "before last": -2, "after next": 2,
}  # fmt: skip


def _tense(step: int) -> Tense | None:
    return None if step == 0 else "future" if step > 0 else "past"


def unit_away(unit: str, step: int, today: date) -> Period:
    """Return the calendar's week, weekend, month or year a number of steps from today's."""
    if unit == "MONTH":
        return calendar.month_of(today.year, today.month + step)
    if unit == "YEAR":
        return calendar.year_of(today.year + step)
    day = today + timedelta(WEEK * step)
    return calendar.week_of(day) if unit == "WEEK" else calendar.weekend_of(day)


def _unit(match: Match, today: date) -> Drafts:
    step = _STEPS[match["which"].removeprefix("the ").removeprefix("this ")]
    period = unit_away(match["unit"], step, today)
    if match["unit"] == "WEEKEND":
        yield _weekend(match, step, period, today)
    else:
        yield draft(match.span(), (period,), tense=_tense(step))


def _weekend(match: Match, step: int, period: Period, today: date) -> TimeExpression:
    """On Sundays ``this weekend`` may be the coming one; on weekdays ``next weekend`` may be this week's."""
    if step == 0:
        return draft(match.span(), *_this_weekend(today))
    if step == 1 and today.weekday() < WEEK - 2:
        return draft(match.span(), (calendar.weekend_of(today), period), tense="future")
    return draft(match.span(), (period,), tense=_tense(step))


def _this_weekend(today: date) -> tuple[Readings, Readings]:
    this, week = calendar.weekend_of(today), timedelta(WEEK)
    coming, latest = calendar.weekend_of(today + week), calendar.weekend_of(today - week)
    return ((this, coming), ()) if today == this.last else ((this,), (latest,))


def _the_weekend(match: Match, today: date) -> Drafts:
    """Read ``on the weekend``: the last one or the coming one."""
    this, week = calendar.weekend_of(today), timedelta(WEEK)
    if today < this.first:
        yield draft(match.span(), nearest_first((this, calendar.weekend_of(today - week)), today))
    else:
        yield draft(match.span(), (this, calendar.weekend_of(today + week)))


def _rolling(match: Match, today: date) -> Drafts:
    """Read ``in the past month``: the days up to today."""
    _, days = days_of(match["unit"], 1, 1)
    yield draft(match.span(), (Period(today - timedelta(days), today),), tense="past")


def _rest_of_unit(match: Match, today: date) -> Drafts:
    """Read ``later this week``."""
    period = unit_away(match["unit"], 0, today)
    if period.last == today:
        period = unit_away(match["unit"], 1, today)
    first = max(today + timedelta(1), period.first)
    yield draft(match.span(), (Period(first, period.last),), tense="future")


def _so_far_in_unit(match: Match, today: date) -> Drafts:
    """Read ``earlier this month``."""
    period = unit_away(match["unit"], 0, today)
    last = max(today - timedelta(1), period.first)
    yield draft(match.span(), (Period(period.first, last),), tense="past")


# -- parts -------------------------------------------------------------------------------------------------

PARTS: Mapping[str, str] = {
    "first_days": r"(?:very )?(?:first|O1) (?:(?:few|couple|coupla|N2|N3|2|3)(?: of)? )?DAYs (?:of|in)"
    r"|(?:first|O1) (?:few|couple)(?: of| in)?|very (?:beginning|start) of|(?:tout )?premiers DAYs (?:de|du|d')",
    "last_days": r"(?:very )?(?:last|final) (?:(?:few|couple|coupla|N2|N3|2|3)(?: of)? )?DAYs (?:of|in)"
    r"|(?:very|right at the(?: very)?) end of|derniers DAYs (?:de|du|d')",
    "early": r"early(?: on)?(?: in)?|(?:beginning|start|top|debut|first part)(?: of| in| de| du| d')?"
    r"|(?:first|O1) third of",
    "mid": r"mid|(?:middle|milieu)(?: of| de| du)?|mi",
    "late": r"late(?: in)?|latter part of|(?:tail |very )?(?:end|fin)(?: of| in| de| du| d')?"
    r"|last part of|ending",
    "first_half": r"(?:first|O1) half of",
    "second_half": r"(?:second|O2|last|latter) half of",
}
_PART_BEFORE = {
    name: re.compile(rf"(?<!\w)(?:(?:the|a la|la|le|au|right at the|near the) )?(?:{words})(?: (?:the|la|le|l'))? ?$")
    for name, words in PARTS.items()
}
_THIRDS = {"early": 0, "first_days": 0, "mid": 1, "late": 2, "last_days": 2}
_WEEK_PARTS = {
    "early": (0, 2),
    "first_days": (0, 1),
    "mid": (1, 3),
    "late": (3, 6),
    "last_days": (5, 6),
    "first_half": (0, 3),
    "second_half": (3, 6),
}
_FEW_DAYS = 5
_MONTH_PARTS = {
    "early": (1, 10),
    "mid": (11, 20),
    "late": (21, 31),
    "first_half": (1, 15),
    "second_half": (16, 31),
}
_PERIOD_DAYS = 6


def part_of(period: Period, part: str) -> Period:
    """Narrow a week, a month, a season or a year to a part of it."""
    days = (period.last - period.first).days + 1
    if days <= WEEK:
        return _slice(period, *_WEEK_PARTS[part])
    if period.first.month == period.last.month:
        if part == "last_days":
            return Period(period.last - timedelta(_FEW_DAYS - 1), period.last)
        first, last = (1, _FEW_DAYS) if part == "first_days" else _MONTH_PARTS[part]
        return _slice(period, first - 1, last - 1)
    return _months_in(period, part)


def _slice(period: Period, first: int, last: int) -> Period:
    return Period(period.first + timedelta(first), min(period.last, period.first + timedelta(last)))


def _months_in(period: Period, part: str) -> Period:
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    pieces, place = (3, _THIRDS[part]) if part in _THIRDS else (2, int(part == "second_half"))
    first = period.first + relativedelta(months=months * place // pieces)
    return Period(first, period.first + relativedelta(months=months * (place + 1) // pieces, days=-1))


def narrowed(text: str, found: TimeExpression, today: date) -> TimeExpression:
    """Read the part of a period that the words before it name: ``end of``, ``mid``, ``early``."""
    if not found.readings or any((each.last - each.first).days < _PERIOD_DAYS for each in found.readings):
        return found
    offset = max(0, found.start - 30)
    for part, pattern in _PART_BEFORE.items():
        if match := pattern.search(text[offset : found.start]):
            running = re.fullmatch(r"M\d\d", text[found.start : found.end]) and found.readings[0].last >= today
            return _part(_with_years(found, today) if running else found, part, offset + match.start(), today)
    return found


def _with_years(found: TimeExpression, today: date) -> TimeExpression:
    """Give the running month its neighbours in other years, now that only a part of it is meant."""
    first = found.readings[0].first
    if found.alternatives or first > today:
        return found
    around = tuple(calendar.month_of(first.year + step, first.month) for step in (1, -1))
    return replace(found, alternatives=around)


def _part(found: TimeExpression, part: str, start: int, today: date) -> TimeExpression:
    readings, others = (
        tuple(part_of(each, part) for each in periods) for periods in (found.readings, found.alternatives)
    )
    alternatives = tuple(each for each in others if not _are_one_side(each, readings[0], today))
    return draft((start, found.end), readings, alternatives, found.tense, found.doubtful)


def _are_one_side(one: Period, two: Period, today: date) -> bool:
    both_past = one.last < today and two.last < today
    return both_past or (one.first > today and two.first > today) or two.first <= today <= two.last


def _part_of_unit(match: Match, today: date) -> Drafts:
    """Read ``end of the month``."""
    part = next(name for name, words in PARTS.items() if re.fullmatch(words, match["part"]))
    yield draft(match.span(), (part_of(unit_away(match["unit"], 0, today), part),))


# -- seasons -----------------------------------------------------------------------------------------------

_SEASONS = {
    "spring": 3, "printemps": 3, "summer": 6, "ete": 6, "fall": 9, "autumn": 9, "automne": 9,
    "winter": 12, "hiver": 12,
}  # fmt: skip


def _season(match: Match, today: date) -> Drafts:
    """Read ``last summer``, ``in the fall``; three whole months each."""
    month, said = _SEASONS[match["season"]], (match["which"] or match["after"] or "the").removeprefix("in ")
    step = _STEPS.get(said, 0)
    past, now, coming = calendar.around_today(lambda year: _three_months(year, month), today)
    if step:
        yield draft(match.span(), tuple(calendar.known(past if step < 0 else coming)), tense=_tense(step))
    else:
        both = nearest_first(calendar.known(past, now, coming), today)
        yield draft(match.span("it"), both[:1], both[1:2] if not now else ())


def _three_months(year: int, month: int) -> Period:
    return Period(calendar.month_of(year, month).first, calendar.month_of(year, month + 2).last)


_WORDS = {
    "{ordinal}": r"(?P<nth>first|second|third|fourth|last|O1|O2|O3|O4)",
    "{the}": r"(?:(?:the|la|le|l') ?)?",
    "{period}": r"(?P<unit>WEEK|WEEKEND|MONTH|YEAR)",
    "{season}": rf"(?P<season>{'|'.join(_SEASONS)})",
    "{parts}": "|".join(PARTS.values()),
}

_TABLE: tuple[tuple[str, Build], ...] = (
    (r"TODAY{part}", _day_away(0, None)),
    (r"{this} (?:afternoon|aft|arvo|apres[- ]midi|midi)", _day_away(0, None)),
    (
        r"TONIGHT|{this} (?:evening|soir|nuit)|later TODAY|later on TODAY|plus tard TODAY",
        _day_away(0, "future"),
    ),
    (
        r"{this} (?:morning|matin|am)|earlier TODAY|just now|tout a l'HOUR|a (?:moment|sec|"
        r"second|O2) ago",
        _day_away(0, "past"),
    ),
    (r"last (?:night|nite)|YESTERDAY{part}|(?:the )?night before last", _day_away(-1, "past")),
    (r"TOMORROW{part}", _day_away(1, "future")),
    (
        r"(?:the )?(?:DAY|night) before YESTERDAY|avant[- ]YESTERDAY|before YESTERDAY",
        _day_away(-2, "past"),
    ),
    (r"(?:the )?(?:DAY|night) after TOMORROW|(?:d')?apres[- ]TOMORROW|overmorrow", _day_away(2, "future")),
    (r"the other (?:DAY|night|WEEK)|l'autre DAY", _other_day),
    (r"(?P<unit>DAY|WEEK|MONTH|YEAR)s (?:and (?:DAY|WEEK|MONTH|YEAR)s )?ago", _uncounted_ago),
    (r"{weekday}{part}", _weekday),
    (
        r"{weekday},? (?P<day>[12]?\d|3[01])(?![/:.-]\d){no_unit}(?= ?(?:$|[,.;!?)]| [a-z])"
        r")",
        _weekday_and_day,
    ),
    (r"(?:this past|this last|past) {weekday}{part}", _latest_weekday),
    (r"(?:last|previous|prev) {weekday}{part}", _last_weekday),
    (r"{weekday} (?:dernier|passe|past|gone)", _latest_weekday),
    (r"(?:next|nxt) {weekday}{part}", _next_weekday),
    (r"{weekday} prochain", _next_weekday),
    (r"(?:(?:{this}|the) )?(?:coming|upcoming) {weekday}{part}", _coming_weekday),
    (r"{weekday} (?:coming|qui vient)", _coming_weekday),
    (r"{this} {weekday}{part}", _this_weekday),
    (r"(?:the )?{weekday} (?:WEEK|after next|en N8|en 8)", _weekday_after_next),
    (r"(?:the )?{weekday} before last", _weekday_before_last),
    (r"(?P<num>{num}) {weekday}s ago", _weekdays_ago),
    (r"(?:the )?{ordinal} {weekday} (?:of|in) {month}", _nth_weekday),
    (r"(?:the )?{ordinal} WEEK (?:of|in|de|d') ?{month}", _nth_week),
    (r"(?:the )?{ordinal} WEEKEND (?:of|in|de|d') ?{month}", _nth_weekend),
    (r"(?:the )?{ordinal} WEEK (?:of|in) (?P<which>last|this|next|the) MONTH", _nth_week_near),
    (
        r"(?P<which>last|previous|prev|next|nxt|this|this coming|coming|upcoming|the coming|"
        r"ce|cet|cette|the previous) {period}",
        _unit,
    ),
    (r"{the}{period} (?P<which>dernier|derniere|passe|passee|prochain|prochaine|qui vient)", _unit),
    (r"(?:the )?{period} (?P<which>before last|after next)", _unit),
    (r"(?:this|the) (?P<which>past) (?P<unit>WEEKEND)", _unit),
    (r"(?:in |over |within |during |for )?(?:the|this) past (?P<unit>WEEK|MONTH|YEAR)", _rolling),
    (r"(?:in|over|within|during) the last (?P<unit>WEEK|MONTH|YEAR)", _rolling),
    (r"later (?:on )?this (?P<unit>WEEK|MONTH|YEAR)", _rest_of_unit),
    (r"earlier this (?P<unit>WEEK|MONTH|YEAR)", _so_far_in_unit),
    (r"(?:the|le|la) WEEKEND", _the_weekend),
    (
        r"(?:(?:the|la|a la|le) )?(?P<part>{parts}) (?:the |this |la |le )?(?P<unit>WEEK|"
        r"MONTH|YEAR)(?! (?:of|de) M\d| d'M)",
        _part_of_unit,
    ),
    (
        r"(?P<which>last|this|next|this past|this coming) (?P<it>{season})(?P<after>(?!)"
        r")?",
        _season,
    ),
    (
        r"(?:in|of|over|during|since|by|early|mid|late|until|til|before|after|en|cet|l'|"
        r"au|cette|pendant) ?(?:the |l')?(?P<it>{season})(?P<which>(?!))?(?P<after>(?!))"
        r"?",
        _season,
    ),
    (r"{the}(?P<it>{season}) (?P<after>dernier|passe|prochain)(?P<which>(?!))?", _season),
)


def rules() -> tuple[Rule, ...]:
    """Compile the rules of this module."""
    return compiled(_TABLE, _WORDS)
