"""Reads dates of the calendar: "Nov 3", "the 3rd of November 2026", "11/20", "the 12th", "in May".

A date without a year is the nearest one; the same day on the other side of today is its alternative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.consult.dates import calendar
from bot.consult.dates.calendar import nearest_first
from bot.consult.dates.grammar import Draft, Line, Match, Readings, Table, expanded
from bot.consult.types import Period, Tense

_LONGEST_MONTH = 31
_LAST_DAY_WRITTEN = 39
_YEARS_BACK, _YEARS_AHEAD = 20, 10
_LONGEST_STRETCH = 62
_SOON = 62
NTH = {"O1": 1, "O2": 2, "O3": 3, "O4": 4, "LAST": -1}
STEPS = {"LAST": -1, "PAST": -1, "GONE": -1, "NEXT": 1, "COMING": 1, "UPNEXT": 1, "BEFORELAST": -2, "AFTERNEXT": 2}
"""How far the words for this, the last and the next one go."""


def tense_of(step: int) -> Tense | None:
    """Return the tense that a step from today implies."""
    return None if step == 0 else "future" if step > 0 else "past"


# -- a day of a named month --------------------------------------------------------------------------------


def on_day(month: int, day: int, year: int | None, today: date, at: str | int = 0) -> Draft:
    """Draft a day of a month, in its year or in the nearest one that has it; impossible where no year has."""
    if year is not None:
        return Draft("d", calendar.known(calendar.day_of(year, month, day)), at=at)
    return Draft("d", *calendar.nearest(lambda each: calendar.day_of(each, month, day), today), at=at)


def said_year(match: Match, today: date) -> int | None:
    """Return the year that a match names, in figures or as last, this or next year."""
    groups = match.groupdict()
    if groups.get("near"):
        return today.year + STEPS.get(groups["near"], 0)
    return _whole_year(groups["year"], today) if groups.get("year") else None


def _whole_year(text: str, today: date) -> int:
    """Complete a year of two figures to one of this century."""
    figures = int(text.strip("'"))
    return figures if figures > 99 else today.year // 100 * 100 + figures


def _dated(match: Match, line: Line) -> Draft | None:
    """Read ``Nov 3``, ``the 3rd of November 2026`` and ``03-nov-26``; two figures are a year where it is near."""
    day, year = int(match["day"]), said_year(match, line.today)
    short = len(match["year"] or "") == len("26")
    if not 0 < day <= _LAST_DAY_WRITTEN or (short and abs((year or 0) - line.today.year) > 1):
        return None
    return on_day(int(match["month"]), day, year, line.today)


def _last_dated(match: Match, line: Line) -> Draft:
    """Read ``last nov 3``."""
    month, day = int(match["month"]), int(match["day"])
    past, _, _ = calendar.around_today(lambda each: calendar.day_of(each, month, day), line.today)
    return Draft("d", calendar.known(past), tense="past")


def _dated_twice(match: Match, line: Line) -> Iterator[Draft]:
    """Read ``nov 3 and 20`` and ``3-5 nov``: the month belongs to both days."""
    year = said_year(match, line.today)
    if int(match["two_day"]) > _SMALL or _CLAUSE_WITHOUT_NAME.match(line.text, match.end()):
        for name in ("one", "two"):
            yield on_day(int(match["month"]), int(match[f"{name}_day"]), year, line.today, at=name)


def _dated_with_slash(match: Match, line: Line) -> Draft | None:
    """Read ``nov 3/4`` as two days in a row and ``nov 3/26`` as a year."""
    month, day, last = (int(match[name]) for name in ("month", "day", "year"))
    year = _whole_year(match["year"], line.today)
    if last - day == 1:
        return stretch(*(on_day(month, each, None, line.today) for each in (day, last)))
    return on_day(month, day, year, line.today) if abs(year - line.today.year) <= 1 else None


def stretch(first: Draft, last: Draft) -> Draft | None:
    """Draft the period from one point to the next that follows it; none where none follows."""
    if first.is_impossible or last.is_impossible:
        return Draft("d")
    ends = (*last.readings, *last.alternatives)
    readings, alternatives = _stretches(first.readings, ends), _stretches(first.alternatives, ends)
    if not readings and not alternatives:
        return None
    return Draft("p", readings or alternatives, alternatives if readings else ())


def _stretches(starts: Readings, ends: Readings) -> Readings:
    pairs = ((start, min((end.last for end in ends if end.last > start.first), default=None)) for start in starts)
    return tuple(
        Period(start.first, end) for start, end in pairs if end and (end - start.first).days <= _LONGEST_STRETCH
    )


# -- figures only ------------------------------------------------------------------------------------------


def _in_figures(match: Match, line: Line) -> Draft | None:
    """Read ``11/20``, ``20/11/26`` in both orders, where the calendar has both, and ``2026-11-20``."""
    one, two, *rest = (int(part) for part in re.split(r"[-/.]", match["it"].rstrip(".")))
    if rest and one > _LONGEST_MONTH:
        return on_day(two, rest[0], one, line.today, at="it")
    year = _whole_year(str(rest[0]), line.today) if rest else None
    if year is not None and not _is_near(year, line.today):
        return None
    orders = {(two, one)} if match["it"].endswith(".") else {(one, two), (two, one)}
    return _in_orders(list(filter(_is_plausible, orders)), year, line.today)


def _is_near(year: int, today: date) -> bool:
    """Tell whether people speak of a year in figures: some decades back, one ahead."""
    return -_YEARS_BACK <= year - today.year <= _YEARS_AHEAD


def _in_orders(orders: Sequence[tuple[int, int]], year: int | None, today: date) -> Draft | None:
    dates = [on_day(month, day, year, today) for month, day in orders]
    readings = nearest_first((period for each in dates for period in each.readings), today)
    alternatives = nearest_first((period for each in dates for period in each.alternatives), today)
    return Draft("d", readings, alternatives, at="it") if dates else None


def _is_plausible(order: tuple[int, int]) -> bool:
    """Tell whether a month and a day in figures may be those of a calendar."""
    month, day = order
    return 1 <= month <= calendar.MONTHS_A_YEAR and 1 <= day <= _LONGEST_MONTH


def _two_figures(match: Match, line: Line) -> Draft | None:
    """Tell a half, a mark out of ten and a count of sessions from a date."""
    written = match["it"].startswith("0") or "/0" in match["it"]
    return None if not written and _is_counted(match, line) else _in_figures(match, line)


def _is_counted(match: Match, line: Line) -> bool:
    """Tell whether figures are so many of so many: beside a word that says so, or by themselves a fraction."""
    one, two = map(int, match["it"].split("/"))
    if one > two or two > _MOST_SESSIONS:
        return False
    if not match["cue"] and (two in _RATINGS or (one < two and two in _FRACTIONS)):
        return True
    before = _CLAUSE_END.split(line.text[: match.start("it")])[-1]
    counted = _RATED.search(before) or _RATED.match(line.text[match.end() + 1 :])
    return counted is not None and not f" {before}".endswith(" ON ")


_FRACTIONS, _RATINGS = (2, 3, 4, 8), (5, 10)
_MOST_SESSIONS = 12
_CLAUSE_END = re.compile(r" (?:[.,!?;]|BUT|AND) ")
_RATED = re.compile(r"(?<!\S)(?:RATED(?!\S)|SESSIONS? $)")


# -- a day of the month ------------------------------------------------------------------------------------


def _day_of_month(match: Match, line: Line) -> Draft | None:
    """Read ``the 12th``: the last and the next one; a small ordinal counts sessions unless a clause ends."""
    day = int(match["day"])
    is_day = 1 <= day <= _LONGEST_MONTH and (day > _SMALL or not _counts_sessions(match, line))
    return Draft("d", *calendar.monthly(day, line.today), at="it") if is_day else None


def _counts_sessions(match: Match, line: Line) -> bool:
    """Tell "the 2nd needling" and "the first nurse" from the day of "botox the 2nd needling the 20th"."""
    told = _BEFORE_A_DAY.search(line.text, 0, match.start("it"))
    if told and told[0].startswith("X") and not _NAMES_A_DAY.match(match["it"]):
        return True  # "tox first" puts it first, "le premier" too; "le 3" is a day
    return not (_CLAUSE if told else _CLAUSE_WITHOUT_NAME).match(line.text, match.end())


_SMALL = 3
_NAMES_A_DAY = re.compile(r"THE |LE \d")
_BEFORE_A_DAY = re.compile(r"(?<!\S)(?:ON|X|W\d) $")
_CLAUSE = re.compile(expanded("{clause}"))
_CLAUSE_WITHOUT_NAME = re.compile(rf"{_CLAUSE.pattern}(?! X)")


def _days_of_month(match: Match, line: Line) -> Iterator[Draft]:
    """Read ``the 1st and 12th`` and ``the 3rd or 4th``."""
    for name in ("one", "two"):
        if 1 <= (day := int(match[f"{name}_day"])) <= _LONGEST_MONTH:
            yield Draft("d", *calendar.monthly(day, line.today), at=name)


def _day_of_near_month(match: Match, line: Line) -> Draft:
    """Read ``the 15th of last month``."""
    day, said = int(match["day"]), match["which"] or match["after"] or "THE"
    if said == "THE":
        return Draft("d", *calendar.monthly(day, line.today))
    step = STEPS.get(said, 0)
    month = calendar.unit_away("MONTH", step, line.today).first
    return Draft("d", calendar.known(calendar.day_of(month.year, month.month, day)), tense=tense_of(step))


# -- months and years --------------------------------------------------------------------------------------


def _month(match: Match, line: Line) -> Draft:
    """Read a month by itself: the nearest one, and the same month on the other side of today."""
    month, year = int(match["month"]), said_year(match, line.today)
    if year is not None:
        return Draft("p", (calendar.month_of(year, month),))
    return Draft("m", *calendar.nearest(lambda each: calendar.month_of(each, month), line.today))


def _month_named(match: Match, line: Line) -> Draft:
    """Read ``last may``; where that is only weeks away, the year beyond may be meant too."""
    month, step = int(match["month"]), STEPS[match["which"]]
    past, _, coming = calendar.around_today(lambda each: calendar.month_of(each, month), line.today)
    near = calendar.known(past if step < 0 else coming)
    beyond = (calendar.month_of(each.first.year + step, month) for each in near)
    also = tuple(beyond) if any(_is_soon(each, line.today) for each in near) else ()
    return Draft("p", (*near, *also), tense=tense_of(step))


def _is_soon(period: Period, today: date) -> bool:
    return min(abs((period.first - today).days), abs((period.last - today).days)) <= _SOON


def _year(match: Match, line: Line) -> Draft | None:
    """Read ``in 2019``."""
    year = int(match["it"])
    near = abs(year - line.today.year) <= 2 * _YEARS_BACK
    return Draft("p", (Period(date(year, 1, 1), date(year, 12, 31)),), at="it") if near else None


_CUE = (
    r"(?:(?P<cue>(?:ON|BY|SINCE|BEFORE|AFTER|TO|FROM|AND|BETWEEN|LE|AU|OF|DU"
    r"|(?:X|W\d|VISIT|BOOKED)(?: IS| WAS)?)(?: [:(,])?) )?"
)
_ONE, _TWO = (rf"{{the}}O?(?P<{name}_day>\d{{1,2}})" for name in ("one", "two"))
_BOTH = r"(?:{and}|{to}| / )"
_UNITS = r"(?:MINUTE|HOUR|DAY|WEEK|MONTH|YEAR)S?(?!\S)"
_DATED = rf"(?! (?:THING|VISIT|SESSIONS?|COUNTED|TIMES?|{_UNITS}|N1(?!\S)))"
_TH = r"O(?P<day>\d{1,2})"
ABSOLUTE: Table = {
    r"M\d": (
        (r"{month} {the}{day}{year}{no_unit}", _dated),
        (r"{the}{day}(?: \.)? (?:(?:OF|IN) )?{month}{year}", _dated),
        (r"{day} {month} (?P<year>\d\d){clause}(?P<near>(?!))?", _dated),
        (r"(?:LAST|PAST) {month} {the}{day}{no_unit}", _last_dated),
        (rf"(?P<one>{{month}} {_ONE}){_BOTH}(?P<two>{_TWO})(?:(?: ,)? (?P<year>20\d\d))?{{no_unit}}{{clause}}",
         _dated_twice),
        (rf"(?P<one>{_ONE}){_BOTH}(?P<two>{_TWO} (?:OF )?{{month}}{{year}})", _dated_twice),
        (r"{month} (?P<day>\d{1,2})/(?P<year>\d{1,2})", _dated_with_slash),
        (r"(?:{the}MONTH OF )?{month}{year}", _month),
        (r"(?P<which>LAST|PAST|NEXT|COMING) {month}", _month_named),
        (r"{month} (?P<which>GONE|UPNEXT|COMING)", _month_named),
    ),
    "/": ((_CUE + r"(?P<it>\d{1,2}/\d{1,2}){no_unit}(?! (?:SESSIONS?|COUNTED))", _two_figures),),
    r"\d[-/.]|- \d|0\d\d": (
        (r"(?P<it>\d{1,4}(?P<sign>[-/.])\d{1,2}(?P=sign)\d{1,4})", _in_figures),
        (r"(?<=ON )(?P<it>\d{1,2} - \d{1,2}){no_unit}", _in_figures),
        (r"(?<!PRICE )(?P<it>\d{1,2}\.\d{1,2}\.)", _in_figures),
        (r"(?:IN|SINCE|OF|DURING|BEFORE|AFTER|EARLY|MID|LATE|FROM|TO|BY) (?P<it>(?:19|20)\d\d){no_unit}"
         r"(?! (?:[/-]|M\d))", _year),
    ),
    r"O\d": (
        (rf"(?P<it>(?:THE |LE |(?<=AU )|(?<=DU )){_TH}){_DATED}", _day_of_month),
        (rf"(?<=ON )(?P<it>{_TH}){_DATED}", _day_of_month),
        (rf"^(?:(?:AND|OR|FN|OKAY|SO|REGARDING) )*(?P<it>{_TH}){_DATED}", _day_of_month),
        (rf"W\d (?P<it>{_TH}){_DATED}", _day_of_month),
        (rf", (?P<it>{_TH})(?: [.!?])?\s*$", _day_of_month),
        (rf"X (?P<it>(?!O[123](?!\S)){_TH}){_DATED}", _day_of_month),
        (r"(?P<one>(?:THE|LE) O(?P<one_day>\d{1,2}))(?:{and}|{to}| / )(?P<two>{the}O(?P<two_day>\d{1,2})){clause}",
         _days_of_month),
    ),
    "MONTH": (
        (r"{the}{day} (?:{of}|IN) (?:(?P<which>THE|THIS|LAST|NEXT) )?MONTH(?: (?P<after>GONE|UPNEXT))?",
         _day_of_near_month),
    ),
    "THE": ((r"(?<=ON )(?P<it>THE (?P<day>\d{1,2}))(?! -){no_unit}{clause}", _day_of_month),),
    # A day as French says it: "le dix-huit", "mon rendez-vous du 12", "déplacé au 20", "trois novembre"; "le deux" is
    # more often a slip for "les deux".
    "LE|AU|DU": (
        (r"(?P<it>(?:LE |(?<=AU )|(?<=DU ))(?:N(?![12](?!\d)))?(?P<day>\d{1,2}))(?! -){no_unit}{clause}",
         _day_of_month),
    ),
    r"N\d+ (?:OF )?M\d": ((r"{the}N(?P<day>\d{1,2}) (?:OF )?{month}{year}", _dated),),
}  # fmt: skip
