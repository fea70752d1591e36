"""Reads days named from today: "yesterday", "on Tues", "next weekend", "early last week", "the other day".

Where people differ, both days are readings, the nearest first:

- ``last Tuesday`` is the latest one; if that lies in the running week (Monday to yesterday, today not being
  Sunday) or was yesterday, the one of the week before may be meant as well.
- ``next Tuesday`` is the coming one, and the one of next week where a week that starts on Monday or on Sunday
  makes it a later one.
- ``this Friday`` is the coming one, with the latest one as the alternative; a bare weekday is either.
- Weeks run from Monday to Sunday; early is Monday to Wednesday, mid Tuesday to Thursday, late Thursday on.
- A month's beginning, middle and end are days 1-10, 11-20, and 21 to the last; years and seasons have thirds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.consult.dates import calendar
from bot.consult.dates.absolute import NTH, STEPS, tense_of
from bot.consult.dates.calendar import WEEK, nearest_first, one_day
from bot.consult.dates.grammar import Draft, Line, Match, Readings, Table, number
from bot.consult.dates.lengths import VAGUE, days_of
from bot.consult.types import Period, Tense

# -- days --------------------------------------------------------------------------------------------------

_DAYS: Mapping[str, tuple[int, Tense | None]] = {
    "BEFOREYESTERDAY": (-2, "past"),
    "YESTERDAY": (-1, "past"),
    "EARLIER": (0, "past"),
    "TODAY": (0, None),
    "TONIGHT": (0, "future"),
    "TOMORROW": (1, "future"),
    "AFTERTOMORROW": (2, "future"),
}
_OTHER_DAY = (10, 1)


def _day(match: Match, line: Line) -> Draft:
    days, tense = _DAYS[match["named"]]
    return Draft("t", (one_day(line.today + timedelta(days)),), tense=tense)


def _other_day(match: Match, line: Line) -> Draft:
    farthest, nearest = (line.today - timedelta(days) for days in _OTHER_DAY)
    return Draft("p", (Period(farthest, nearest),), tense="past")


# -- weekdays ----------------------------------------------------------------------------------------------


def _weekday(match: Match, line: Line) -> Draft:
    """Read a weekday with what says which one is meant."""
    weekday, said = int(match["weekday"]), match["which"] or match["after"]
    if said is None:
        return Draft("w", calendar.either_weekday(line.today, weekday))
    coming, latest = (find(line.today, weekday) for find in (calendar.weekday_after, calendar.weekday_before))
    if said == "THIS":
        now = (one_day(line.today),) if line.today.weekday() == weekday else ()
        return Draft("v", (*now, one_day(coming)), (one_day(latest),))
    readings: dict[str, Readings] = {
        "LAST": calendar.last_weekday(line.today, weekday),
        "NEXT": calendar.next_weekday(line.today, weekday),
        "UPNEXT": calendar.next_weekday(line.today, weekday),
        "COMING": (one_day(coming),),
        "PAST": (one_day(latest),),
        "GONE": (one_day(latest),),
        "WEEK": (one_day(coming + timedelta(WEEK)),),
        "AFTERNEXT": (one_day(coming + timedelta(WEEK)),),
        "BEFORELAST": (one_day(latest - timedelta(WEEK)),),
    }
    return Draft("v", readings[said], tense=tense_of(STEPS.get(said, 1)))


def _weekday_and_day(match: Match, line: Line) -> Draft | None:
    """Read ``fri 27``, where the two agree."""
    found = calendar.on_weekday(calendar.monthly(int(match["day"]), line.today)[0], int(match["weekday"]))
    return Draft("d", found) if found else None


def _weekdays_ago(match: Match, line: Line) -> Draft:
    """Read ``two tuesdays ago``."""
    latest = calendar.weekday_before(line.today, int(match["weekday"]))
    return Draft("d", (one_day(latest - timedelta(WEEK * (int(number(match["num"])) - 1))),), tense="past")


def _weekends_ago(match: Match, line: Line) -> Draft:
    return Draft("p", (calendar.unit_away("WEEKEND", -int(number(match["num"])), line.today),), tense="past")


def _nth_of_month(match: Match, line: Line) -> Draft:
    """Read ``the first Monday of December``, ``the first week of next month``, ``the last weekend of november``."""
    kind, nth = match["kind"], NTH[match["nth"]]
    find: dict[str, Callable[[Period], Period]] = {
        "WEEK": lambda month: calendar.nth_week(month, nth),
        "WEEKEND": lambda month: calendar.nth_weekend(month, nth),
    }
    found = find.get(kind) or (
        lambda month: calendar.nth_weekday(month.first.year, month.first.month, int(kind[1:]), nth)
    )
    if match["month"] is None:
        step = STEPS.get(match["which"] or "", 0)
        return Draft("p", (found(calendar.unit_away("MONTH", step, line.today)),), tense=tense_of(step))
    month = int(match["month"])
    return Draft("p", *calendar.nearest(lambda year: found(calendar.month_of(year, month)), line.today))


# -- weeks, weekends, months, years ------------------------------------------------------------------------


def _unit(match: Match, line: Line) -> Draft:
    unit, step = match["unit"], STEPS.get(match["which"], 0)
    period = calendar.unit_away(unit, step, line.today)
    if unit != "WEEKEND":
        return Draft("k" if unit == "WEEK" else "p", (period,), tense=tense_of(step))
    this, week = calendar.weekend_of(line.today), timedelta(WEEK)
    if step == 0 and line.today == this.last:
        return Draft("p", (this, calendar.weekend_of(line.today + week)))
    if step == 0:
        return Draft("p", (this,), (calendar.weekend_of(line.today - week),))
    either = step == 1 and line.today < this.first
    return Draft("p", (this, period) if either else (period,), tense=tense_of(step))


def _the_weekend(match: Match, line: Line) -> Draft:
    """Read ``on the weekend``: the last one or the coming one."""
    this, week = calendar.weekend_of(line.today), timedelta(WEEK)
    other = calendar.weekend_of(line.today - week if line.today < this.first else line.today + week)
    return Draft("p", nearest_first((this, other), line.today))


def _rolling(match: Match, line: Line) -> Draft:
    """Read ``in the past month`` and ``the next few days``: the days up to today or from it."""
    groups = match.groupdict()
    most = VAGUE[groups["vague"]][1] if groups.get("vague") else 1
    _, days = days_of(match["unit"], most, most)
    ahead = match["which"] in ("NEXT", "COMING")
    first, last = (0, days) if ahead else (-days, 0)
    return Draft("p", (calendar.shifted(one_day(line.today), first, last),), tense="future" if ahead else "past")


def _side_of_unit(match: Match, line: Line) -> Draft:
    """Read ``later this week`` and ``earlier this month``; on a week's last day, later is in the next."""
    today, this = line.today, calendar.unit_away(match["unit"], 0, line.today)
    if match["side"] == "EARLIERIN":
        return Draft("p", (Period(this.first, max(today - timedelta(1), this.first)),), tense="past")
    unit = this if this.last > today else calendar.unit_away(match["unit"], 1, today)
    return Draft("p", (Period(max(today + timedelta(1), unit.first), unit.last),), tense="future")


# -- seasons -----------------------------------------------------------------------------------------------


def _season(match: Match, line: Line) -> Draft:
    """Read ``last summer``, ``in the fall``; three whole months each."""
    month, step = int(match["season"]), STEPS.get(match["which"] or match["after"] or "", 0)
    past, now, coming = calendar.around_today(lambda year: _three_months(year, month), line.today)
    if step:
        return Draft("p", calendar.known(past if step < 0 else coming), tense=tense_of(step))
    both = nearest_first(calendar.known(past, now, coming), line.today)
    return Draft("p", both[:1], both[1:2] if not now else (), at="it")


def _three_months(year: int, month: int) -> Period:
    return Period(calendar.month_of(year, month).first, calendar.month_of(year, month + 2).last)


# -- parts of a period -------------------------------------------------------------------------------------

_WEEK_PARTS = {
    "EARLY": (0, 2), "FIRSTDAYS": (0, 1), "MID": (1, 3), "LATE": (3, 6), "LASTDAYS": (5, 6), "FIRSTHALF": (0, 3),
    "SECONDHALF": (3, 6),
}  # fmt: skip
_MID_MONTH = 15
_MONTH_PARTS = {
    "EARLY": (0, 9), "FIRSTDAYS": (0, 4), "MID": (10, 19), "LATE": (20, 30), "FIRSTHALF": (0, _MID_MONTH - 1),
    "SECONDHALF": (_MID_MONTH, 30),
}  # fmt: skip
_PIECES = {
    "EARLY": (3, 0), "FIRSTDAYS": (3, 0), "MID": (3, 1), "LATE": (3, 2), "LASTDAYS": (3, 2), "FIRSTHALF": (2, 0),
    "SECONDHALF": (2, 1),
}  # fmt: skip
_LAST_DAYS = 5
_SHORTEST_PERIOD = 6


def part_of(period: Period, part: str) -> Period:
    """Narrow a week, a month, a season or a year to a part of it."""
    if (period.last - period.first).days < WEEK:
        return _slice(period, *_WEEK_PARTS[part])
    if period.first.month != period.last.month:
        return _months_in(period, *_PIECES[part])
    if part == "LASTDAYS":
        return Period(period.last - timedelta(_LAST_DAYS - 1), period.last)
    return _slice(period, *_MONTH_PARTS[part])


def _slice(period: Period, first: int, last: int) -> Period:
    return Period(period.first + timedelta(first), min(period.last, period.first + timedelta(last)))


def _months_in(period: Period, pieces: int, place: int) -> Period:
    year, month = period.first.year, period.first.month
    months = (period.last.year - year) * calendar.MONTHS_A_YEAR + period.last.month - month + 1
    first, last = (month + months * part // pieces for part in (place, place + 1))
    return Period(calendar.month_of(year, first).first, calendar.month_of(year, last - 1).last)


def _part(match: Match, line: Line) -> Draft | None:
    """Read the part of a period that the words before it name: ``end of``, ``mid``, ``early``."""
    whole = line.draft(match["it"])
    if not whole.readings or any((each.last - each.first).days < _SHORTEST_PERIOD for each in whole.readings):
        return None
    begins, ends = match["part"], match["also"] or match["part"]
    readings = _parts(whole.readings, begins, ends)
    others = _parts(_other_years(whole, line.today), begins, ends)
    alternatives = tuple(each for each in others if not _are_one_side(each, readings[0], line.today))
    return Draft("p", readings, alternatives, tense=whole.tense)


def _parts(periods: Readings, begins: str, ends: str) -> Readings:
    """Narrow periods to what lies from the beginning of one part to the end of another."""
    return tuple(Period(part_of(each, begins).first, part_of(each, ends).last) for each in periods)


def _other_years(whole: Draft, today: date) -> Readings:
    """Return the alternatives of a period; the running month has some once only a part of it is meant."""
    first = whole.readings[0].first
    if whole.shape != "m" or whole.alternatives or first > today:
        return whole.alternatives
    return tuple(calendar.month_of(first.year + step, first.month) for step in (1, -1))


def _are_one_side(one: Period, two: Period, today: date) -> bool:
    both_past = one.last < today and two.last < today
    return both_past or (one.first > today and two.first > today) or two.first <= today <= two.last


def _part_of_unit(match: Match, line: Line) -> Draft:
    """Read ``end of the month``; a weekend is too short for a part of it."""
    unit = calendar.unit_away(match["unit"], 0, line.today)
    return Draft("p", (unit if match["unit"] == "WEEKEND" else part_of(unit, match["part"]),))


_UNIT = r"(?P<unit>WEEK|WEEKEND|MONTH|YEAR)"
_PARTS = r"(?P<part>EARLY|MID|LATE|FIRSTHALF|SECONDHALF|FIRSTDAYS|LASTDAYS)"
_WHICH = r"(?P<which>LAST|PAST|NEXT|COMING|THIS)"
_AROUND = r"(?:(?:IN|OVER|WITHIN|DURING|BY) )"
_NTH = r"(?P<nth>O[1-4]|LAST)"
RELATIVE: Table = {
    "DAY|TONIGHT|EARLIER|TOMORROW": (
        (rf"{{the}}(?P<named>{'|'.join(_DAYS)}){{part}}", _day),
        (r"OTHERDAY", _other_day),
    ),
    "WEEK|MONTH|YEAR|COUPLE|FEW|SEVERAL": (
        (rf"{_WHICH} {_UNIT}", _unit),
        (rf"{{the}}{_UNIT} (?P<which>GONE|UPNEXT|COMING|BEFORELAST|AFTERNEXT)", _unit),
        (rf"{_AROUND}?{{the}}(?P<which>PAST) (?P<unit>WEEK|MONTH|YEAR)", _rolling),
        (rf"{_AROUND}THE (?P<which>LAST) (?P<unit>WEEK|MONTH|YEAR)", _rolling),
        (rf"{_AROUND}?{{the}}(?P<which>LAST|PAST|NEXT|COMING) (?P<vague>COUPLE|FEW|SEVERAL) {{unit}}", _rolling),
        (rf"(?P<side>LATERIN|EARLIERIN) {_UNIT}", _side_of_unit),
        (r"(?:THE|IN) WEEKEND(?! (?:{of}|BEFORE|AFTER))", _the_weekend),
        (rf"{{the}}{_PARTS} (?:{{of}} )?{{the}}{_UNIT}(?! {{of}} M)", _part_of_unit),
    ),
    r"W\d|\bO\d|LAST|WEEKENDS": (
        (rf"(?<!EVERY )(?<!ONLY )(?<!- )(?:{_WHICH} )?{{weekday}}(?: (?P<after>GONE|PAST|UPNEXT|COMING))?"
         r"{part}(?! - W)", _weekday),
        (r"{the}{weekday} (?P<after>WEEK|AFTERNEXT|BEFORELAST)(?P<which>(?!))?", _weekday),
        (r"{weekday}(?: ,)? (?P<day>[12]?\d|3[01])(?! (?:[/:-]|(?:OF )?M\d)){no_unit}", _weekday_and_day),
        (r"(?P<num>{num}) WEEKENDS AGO", _weekends_ago),
        (r"(?P<num>{num}) W(?P<weekday>\d)S AGO", _weekdays_ago),
        (rf"{{the}}{_NTH} (?P<kind>W\d|WEEK|WEEKEND) (?:OF|IN) {{month}}(?P<which>(?!))?", _nth_of_month),
        (rf"{{the}}{_NTH} (?P<kind>WEEK|WEEKEND) (?:OF|IN) (?P<which>LAST|THIS|NEXT|THE) MONTH(?P<month>(?!))?",
         _nth_of_month),
        (r"OPEN(?: FROM)? W\d (?:TO|AU|-) W\d", lambda match, line: Draft("n")),
    ),
    r"S\d": (
        (r"(?P<which>LAST|PAST|NEXT|COMING|THIS) (?P<it>S(?P<season>\d\d))(?P<after>(?!))?", _season),
        (r"(?:(?:IN|OF|OVER|DURING|SINCE|BY|EARLY|MID|LATE|TO|AU|DU|BEFORE|AFTER|FROM) {the}|THE )"
         r"(?P<it>S(?P<season>\d\d))(?P<which>(?!))?(?P<after>(?!))?", _season),
        (r"{the}(?P<it>S(?P<season>\d\d)) (?P<after>GONE|UPNEXT|COMING)(?P<which>(?!))?", _season),
    ),
}  # fmt: skip
_ALSO = _PARTS.replace("part", "also")
PARTS: Table = {
    "@": ((rf"{{the}}{_PARTS}(?: (?:TO|OR|AND|-|/) {_ALSO})? (?:{{of}} )?{{the}}(?P<it>@[kmp]\d+)", _part),)
}
