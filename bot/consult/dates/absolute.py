"""Reads dates of the calendar: "Nov 3", "the 3rd of November 2026", "11/20", "the 12th", "in May"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.consult.dates import calendar
from bot.consult.dates.grammar import Build, Readings, Rule, compiled, draft, impossible, nearest_first
from bot.consult.types import Period, Tense, TimeExpression

Drafts = Iterable[TimeExpression]
Match = re.Match[str]

_MONTHS_A_YEAR = 12
_LAST_DAY_WRITTEN = 39
_YEARS_BACK, _YEARS_AHEAD = 20, 10
_LONGEST_PERIOD = 62


# -- a day of a named month --------------------------------------------------------------------------------


def on_day(span: tuple[int, int], month: int, day: int, year: int | None, today: date) -> TimeExpression:
    """Draft a day of a month, in its year or in the nearest one that has it."""
    if year is not None:
        found = calendar.day_of(year, month, day)
        return draft(span, (found,)) if found else impossible(span)
    readings, alternatives = calendar.nearest(lambda each: calendar.day_of(each, month, day), today)
    return draft(span, readings, alternatives) if readings else impossible(span)


def said_year(match: Match, today: date) -> int | None:
    """Return the year that a match names, in figures or as last, this or next year."""
    groups = match.groupdict()
    if groups.get("near"):
        return today.year + {"last": -1, "this": 0, "next": 1}[groups["near"]]
    return whole_year(groups["year"], today) if groups.get("year") else None


def whole_year(text: str, today: date) -> int:
    """Complete a year of two figures to one of this century."""
    figures = text.strip("'")
    return int(figures) if len(figures) == len("2026") else today.year // 100 * 100 + int(figures)


def _dated(match: Match, today: date) -> Drafts:
    day = int(match["day"])
    if 0 < day <= _LAST_DAY_WRITTEN:
        yield on_day(match.span(), int(match["month"]), day, said_year(match, today), today)


def _dated_short(match: Match, today: date) -> Drafts:
    """Read ``03-nov-26``: a year of two figures only where it is this one or a neighbour."""
    year = whole_year(match["year"], today)
    if abs(year - today.year) <= 1:
        yield on_day(match.span(), int(match["month"]), int(match["day"]), year, today)


def _dated_twice(match: Match, today: date) -> Drafts:
    """Read ``nov 3 and 20`` and ``the 3rd and 5th of nov``: the month belongs to both days."""
    year = said_year(match, today)
    for name in ("one", "two"):
        yield on_day(match.span(name), int(match["month"]), int(match[f"{name}_day"]), year, today)


def _dated_from_to(match: Match, today: date) -> Drafts:
    """Read ``nov 3-5`` and ``3-5 nov``; ``nov 3/4`` only as two days in a row."""
    if "/" in match.group() and int(match["to"]) - int(match["from"]) != 1:
        return
    days = [
        on_day(match.span(), int(match["month"]), int(match[name]), said_year(match, today), today)
        for name in ("from", "to")
    ]
    yield from _if_any(stretch(match.span(), *days))


def _if_any(found: TimeExpression) -> Drafts:
    """Drop a stretch whose end does not follow its start."""
    if found.readings or found.impossible:
        yield found


def stretch(span: tuple[int, int], first: TimeExpression, last: TimeExpression) -> TimeExpression:
    """Draft the period from one point to the next that follows it."""
    if first.impossible or last.impossible:
        return impossible(span)
    ends = (*last.readings, *last.alternatives)
    readings = _stretches(first.readings, ends)
    alternatives = _stretches(first.alternatives, ends)
    return draft(span, readings or alternatives, alternatives if readings else ())


def _stretches(starts: Readings, ends: Readings) -> Readings:
    pairs = ((start, min((end.last for end in ends if end.last > start.first), default=None)) for start in starts)
    return tuple(
        Period(start.first, end) for start, end in pairs if end and (end - start.first).days <= _LONGEST_PERIOD
    )


# -- figures only ------------------------------------------------------------------------------------------


def _in_figures(match: Match, today: date) -> Drafts:
    """Read ``11/20``, ``20/11/26``: both orders, where the calendar has both."""
    one, two = int(match["one"]), int(match["two"])
    year = whole_year(match["year"], today) if match["year"] else None
    if year is None and _is_fraction(match, one, two):
        return
    if year is not None and not -_YEARS_BACK <= year - today.year <= _YEARS_AHEAD:
        return
    orders = {(month, day) for month, day in _orders(match, one, two) if _is_plausible(month, day)}
    yield from _in_orders(match.span(), orders, year, today)


def _orders(match: Match, one: int, two: int) -> tuple[tuple[int, int], ...]:
    """French puts the day first; English in Canada either."""
    if match.string[: match.start()].endswith((" le ", " du ", " au ")) or match.string.startswith("le "):
        return ((two, one),)
    return ((one, two), (two, one))


def _in_orders(span: tuple[int, int], orders: set[tuple[int, int]], year: int | None, today: date) -> Drafts:
    dates = [on_day(span, month, day, year, today) for month, day in orders]
    possible = [each for each in dates if not each.impossible]
    readings = nearest_first((period for each in possible for period in each.readings), today)
    alternatives = nearest_first((period for each in possible for period in each.alternatives), today)
    if dates:
        yield draft(span, readings, alternatives) if possible else impossible(span)


def _is_plausible(month: int, day: int) -> bool:
    return 1 <= month <= _MONTHS_A_YEAR and 1 <= day <= 31


_CUES = (
    r"on was is were for since by before after until til till from and to done had got between le"
    r" du au est etait "
    r"tox botox needling needle microneedling dysport xeomin booked appt date dated W\d"
)
_BEFORE_A_DATE = re.compile(rf"\b(?:{'|'.join(_CUES.split())})[ :(,]*$")
_RATED = re.compile(r" ?(?:of|stars?|pain|would|recommend|rating|experience|service)\b")
_FRACTIONS = {2, 3, 4, 8}
_RATINGS = {5, 10}


def _is_fraction(match: Match, one: int, two: int) -> bool:
    """Tell a half or a mark out of ten from a date: only a cue before it makes it one."""
    if _RATED.match(match.string, match.end()):
        return True
    marked = (one < two and two in _FRACTIONS) or (one <= two and two in _RATINGS)
    written = match["one"].startswith("0") or match["two"].startswith("0")
    if not marked or written:
        return False
    return not _BEFORE_A_DATE.search(match.string[max(0, match.start() - 20) : match.start()])


_PRICED = re.compile(r"(?:version|python|costs?|price|pay|paid|v)[ .:]*$")


def _in_dots(match: Match, today: date) -> Drafts:
    """Read ``3.11.``: day and month, unless a version or a price goes before."""
    day, month = int(match["day"]), int(match["month"])
    if _is_plausible(month, day) and not _PRICED.search(match.string[max(0, match.start() - 12) : match.start()]):
        yield on_day(match.span(), month, day, None, today)


def _in_order(match: Match, today: date) -> Drafts:
    """Read ``2026-11-20``."""
    yield on_day(match.span(), int(match["month"]), int(match["day"]), int(match["year"]), today)


# -- a day of the month ------------------------------------------------------------------------------------

_GOES_ON = (
    r"and or to n is was were at ok okay can could should shld would will for i im i'm i've ive we my "
    r"so then but if too also with w in on until til till when which how after before it its it's do "
    r"did does have has had got get still good fine enough safe late early that this because cuz as "
    r"since please pls plz thx thanks maybe not from by between through thru what where am are be lol "
    r"right now instead i'll just prob probably again free available booked open off sounds? looks? "
    r"seems? they he she u you ur your there tho though who why any anyway ugh omg hi hello hey thank "
    r"ty work works et ou est je ca c' pour puis mais a si peut peux que mon ma le la needling needle "
    r"tox botox microneedling dysport xeomin [WTYM]\w+"
)
"""What may follow a day of the month that stands without its month."""

_COUNTED_BY_ORDINALS = (
    r"times? visits? sessions? treatments? appts? appointments? rounds? DAYs? WEEKs? MONTHs? YEARs? "
    r"N1 one ones doses? shots? jabs? floor degree injections? areas? consults? consultations? steps? "
    r"tr[yi]\w* baby things? part half questions? options? person place lines? opinions? choice ave "
    r"avenue street st grade set batch syringes? follow touch facials? peels? lasers? provider clinic "
    r"nurse units? booster birthday anniversary century trimester percentile seance fois"
)
"""What an ordinal counts rather than dates: ``the 2nd visit``."""

_WORD = rf"(?:{'|'.join(_GOES_ON.split())})(?!\w)"
_FUNCTION_WORD = rf"(?= ?(?:$|[,.;:!?()\n&/-]|\+|{_WORD}))"
_SESSION = rf"(?! (?:{'|'.join(_COUNTED_BY_ORDINALS.split())})(?!\w))"
_SMALL = 3


def _day_of_month(match: Match, today: date) -> Drafts:
    """Read ``the 12th``: the last and the next one. A small ordinal counts sessions unless a clause ends."""
    day = int(match["day"])
    counted = day <= _SMALL and not re.compile(_FUNCTION_WORD).match(match.string, match.end())
    if 1 <= day <= 31 and not counted:
        yield draft(match.span("it"), calendar.monthly(day, today))


def _days_of_month(match: Match, today: date) -> Drafts:
    """Read ``the 1st and 12th`` and ``the 3rd or 4th``."""
    for name in ("one", "two"):
        if 1 <= int(match[f"{name}_day"]) <= 31:
            yield draft(match.span(name), calendar.monthly(int(match[f"{name}_day"]), today))


def _days_from_to(match: Match, today: date) -> Drafts:
    """Read ``the 3rd-5th``."""
    first, last = (draft(match.span(), calendar.monthly(int(match[name]), today)) for name in ("from", "to"))
    if first.readings and last.readings:
        yield from _if_any(stretch(match.span(), first, last))


_MONTHS_AWAY = {"last": -1, "this": 0, "the": 0, "next": 1, "dernier": -1, "passe": -1, "prochain": 1}


def _day_of_near_month(match: Match, today: date) -> Drafts:
    """Read ``the 15th of last month``."""
    day, said = int(match["day"]), match["which"] or match["after"] or "the"
    if said == "the":
        yield draft(match.span(), calendar.monthly(day, today))
        return
    month = calendar.month_of(today.year, today.month + _MONTHS_AWAY[said]).first
    found = calendar.day_of(month.year, month.month, day)
    yield (draft(match.span(), (found,), tense=_tense(_MONTHS_AWAY[said])) if found else impossible(match.span()))


def _tense(step: int) -> Tense | None:
    return None if step == 0 else "future" if step > 0 else "past"


# -- months and years --------------------------------------------------------------------------------------


def _month(match: Match, today: date) -> Drafts:
    """Read a month by itself: the nearest one, and the same month on the other side of today."""
    month, year = int(match["month"]), said_year(match, today)
    if year is not None:
        yield draft(match.span(), (calendar.month_of(year, month),))
        return
    readings, alternatives = calendar.nearest(lambda each: calendar.month_of(each, month), today)
    yield draft(match.span(), readings, alternatives)


_SOON = 62


def _last_month_named(match: Match, today: date) -> Drafts:
    """Read ``last may``; where that is only weeks ago, the year before may be meant too."""
    month = int(match["month"])
    past, _, _ = calendar.around_today(lambda each: calendar.month_of(each, month), today)
    if past:
        before = calendar.month_of(past.first.year - 1, month)
        yield draft(match.span(), (past, before) if _is_soon(past, today) else (past,), tense="past")


def _next_month_named(match: Match, today: date) -> Drafts:
    """Read ``next december``; where that is only weeks away, the year after may be meant too."""
    month = int(match["month"])
    _, _, coming = calendar.around_today(lambda each: calendar.month_of(each, month), today)
    if coming:
        after = calendar.month_of(coming.first.year + 1, month)
        yield draft(match.span(), (coming, after) if _is_soon(coming, today) else (coming,), tense="future")


def _is_soon(period: Period, today: date) -> bool:
    return min(abs((period.first - today).days), abs((period.last - today).days)) <= _SOON


def _last_date_named(match: Match, today: date) -> Drafts:
    """Read ``last nov 3``."""
    month, day = int(match["month"]), int(match["day"])
    past, _, _ = calendar.around_today(lambda each: calendar.day_of(each, month, day), today)
    yield draft(match.span(), (past,), tense="past") if past else impossible(match.span())


def _year(match: Match, today: date) -> Drafts:
    """Read ``in 2019``."""
    if abs(int(match["it"]) - today.year) <= _YEARS_BACK * 2:
        yield draft(match.span("it"), (calendar.year_of(int(match["it"])),))


_WORDS = {"{clause}": _FUNCTION_WORD, "{no_session}": _SESSION}

_NOT_WHO = r"(?<!\bwho's on )(?<!\bwhos on )(?<!\bwho is on )(?<!\bgoes on )(?<!\bgo on )"
_TABLE: tuple[tuple[str, Build], ...] = (
    (r"(?<![/.:])(?<!\d-){month} (?:(?:the|le) )?{day}{year}{no_unit}", _dated),
    (r"(?<![/.:])(?<!\d-)(?:(?:the|le|du|au) )?{day} ?(?:(?:of|de|in) |d')?{month}{year}", _dated),
    (r"(?<![/.:])(?<!\d-){day} {month} (?P<year>\d\d){clause}", _dated_short),
    (
        r"(?P<one>{month} (?:the )?O?(?P<one_day>\d{1,2})){and}(?P<two>(?:the )?O?(?P<two_day>\d{1,2})"
        r")(?:,? (?P<year>20\d\d))?{no_unit}{clause}",
        _dated_twice,
    ),
    (
        r"(?<![/.:])(?<!\d-)(?P<one>(?:(?:the|le) )?O?(?P<one_day>\d{1,2})){and}(?P<two>(?"
        r":(?:the|le) )?O?(?P<two_day>\d{1,2}) (?:(?:of|de) |d')?{month}{year})",
        _dated_twice,
    ),
    (
        r"(?<![/.:])(?<!\d-)(?:from )?{month} (?:the )?O?(?P<from>\d{1,2})(?:{to}|/)(?:the "
        r")?O?(?P<to>\d{1,2}){year}{no_unit}",
        _dated_from_to,
    ),
    (
        r"(?<![/.:])(?<!\d-)(?:from |du )?(?:the )?O?(?P<from>\d{1,2})(?:{to}|/)(?:the )"
        r"?O?(?P<to>\d{1,2}) (?:(?:of|de) |d')?{month}{year}",
        _dated_from_to,
    ),
    (
        r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})"
        r"(?![-/]?\d)",
        _in_order,
    ),
    (
        r"(?<![\w/.-])(?P<one>\d{1,2})([-/.])(?P<two>\d{1,2})\2(?P<year>(?:19|20)\d\d|\d\d)"
        r"(?![-/]|\.\d)",
        _in_figures,
    ),
    (r"(?<![\w/.$-])(?P<one>\d{1,2})/(?P<two>\d{1,2})(?P<year>(?!))?(?![-/]|\.\d){no_unit}", _in_figures),
    (r"(?<=\bon )(?P<one>\d{1,2})-(?P<two>\d{1,2})(?P<year>(?!))?(?![-/]|\.\d){no_unit}", _in_figures),
    (r"(?<![\w/.-])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.", _in_dots),
    (
        r"(?:on|by|til|till|until|since|from|before|after)? ?(?P<it>(?:the|le) O(?P<day>\d{1,2})"
        r"){no_session}",
        _day_of_month,
    ),
    (rf"(?<=\bon ){_NOT_WHO}(?P<it>O(?P<day>\d{{1,2}})){{no_session}}", _day_of_month),
    (r"^(?:(?:and|or|ok|so|what about|how about|then) )*(?P<it>O(?P<day>\d{1,2}))(?=[?!. ]*$)", _day_of_month),
    (r"(?<=W\d )(?P<it>O(?P<day>\d{1,2})){no_session}", _day_of_month),
    (r"(?:on|le) (?P<it>the (?P<day>\d{1,2}))(?!-){no_unit}{clause}", _day_of_month),
    (r"(?P<it>le (?P<day>\d{1,2}))(?!-){no_unit}{clause}", _day_of_month),
    (
        r"(?P<one>(?:the|le) O(?P<one_day>\d{1,2})){and}(?P<two>(?:(?:the|le) )?O(?P<two_day>\d{1,2})"
        r"){clause}",
        _days_of_month,
    ),
    (r"(?:from |du )?the O(?P<from>\d{1,2}) ?- ?(?:the )?O?(?P<to>\d{1,2}){clause}", _days_from_to),
    (
        r"(?:the |le )?O?{day} (?:(?:of|de|in) |du )(?:(?P<which>the|this|last|next) )?MONTH(?"
        r": (?P<after>dernier|passe|prochain))?",
        _day_of_near_month,
    ),
    (r"(?:(?:the )?MONTH of |(?:le |du )?MONTH (?:de |d'))?{month}{year}", _month),
    (r"(?:{last}) {month}", _last_month_named),
    (r"{month} (?:dernier|passe)", _last_month_named),
    (r"(?:{next}) {month}", _next_month_named),
    (r"{month} prochain", _next_month_named),
    (r"(?:{last}) {month} (?:the )?{day}{no_unit}", _last_date_named),
    (
        r"(?:in|since|of|en|depuis|during|before|after|early|mid|late|from|until|by) (?P<it>(?"
        r":19|20)\d\d)(?![\w/-]| ?[A-Z])",
        _year,
    ),
)


def rules() -> tuple[Rule, ...]:
    """Compile the rules of this module."""
    return compiled(_TABLE, _WORDS)
