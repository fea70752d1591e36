"""Joins what stands side by side into what it means together.

"10 days" + "ago", "Tuesday" + "Nov 24", "tuesday" + "next week", "between" + "the 3rd" + "and" + "the 5th",
"three weeks" + "from" + "Friday", "the week before" + "Christmas".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.consult.dates import calendar
from bot.consult.dates.absolute import stretch
from bot.consult.dates.calendar import WEEK, nearest_first, one_day, shifted
from bot.consult.dates.grammar import Draft, Line, Match, Readings, Table
from bot.consult.dates.lengths import rounded
from bot.consult.types import Period

_HALF_YEAR = 183

# -- a length counted from today ---------------------------------------------------------------------------


def _from_today(length: Draft, today: date, sign: int) -> Period:
    """Count a length from today; years are rounded, half a year either side."""
    least, most = length.days or (0, 0)
    if length.in_years:
        least, most = least - _HALF_YEAR, most + _HALF_YEAR
    return shifted(one_day(today), *sorted((sign * least, sign * most)))


def _ago(match: Match, line: Line) -> Draft:
    length = line.draft(match["it"])
    if match.groupdict().get("how"):
        length = rounded(length, match["how"])
    return Draft("a", (_from_today(length, line.today, -1),), tense="past")


def _ahead(match: Match, line: Line) -> Draft:
    """Read ``in 10 days`` and ``a week away``; what is hours away is a place."""
    if match.group().endswith("AWAY") and line.draft(match["it"]).days == (0, 0):
        return Draft("n")
    return Draft("p", (_from_today(line.draft(match["it"]), line.today, 1),), tense="future")


def _within(match: Match, line: Line) -> Draft:
    """Read ``in the last 3 months`` and ``in the next 2 weeks``."""
    ahead = match["which"] in ("NEXT", "COMING")
    _, most = line.draft(match["it"]).days or (0, 0)
    first, last = (0, most) if ahead else (-most, 0)
    return Draft("p", (shifted(one_day(line.today), first, last),), tense="future" if ahead else "past")


_PREPOSITION = r"(?:IN|OVER|WITHIN|DURING|FOR|BY)"
FROM_TODAY: Table = {
    "@": (
        (r"(?P<it>{length}) (?:AGO|BACK(?! (?:TO|IN|ON|AT|BY|FOR|UP|THEN)))(?: (?P<how>ISH|APPROX))?", _ago),
        (r"AGOLEADS (?:EXACT )?(?P<it>{length})", _ago),
        (r"(?:IN )?(?P<it>{length}) (?:AHEAD|AWAY|TIME)", _ahead),
        (r"IN (?P<it>@l\d+)(?! (?:AGO|BACK|AFTER|POST))", _ahead),
        (rf"(?:{_PREPOSITION} {{the}}|THE |THIS )(?P<which>LAST|PAST|NEXT|COMING) (?P<it>{{length}})", _within),
    ),
}

# -- a weekday and its week --------------------------------------------------------------------------------


def _day_in_week(match: Match, line: Line) -> Draft:
    """Read ``tuesday last week`` and ``next week on thursday``."""
    return _in_week(line.draft(match["day"]), line.draft(match["week"]))


def _days_in_week(match: Match, line: Line) -> Iterator[Draft]:
    """Read ``tues or thurs next week``: the week belongs to both days."""
    week = line.draft(match["week"])
    yield replace(_in_week(line.draft(match["first"]), week), at="first")
    yield replace(_in_week(line.draft(match["day"]), week), at="it")


def _workweek(match: Match, line: Line) -> Iterator[Draft]:
    """Read ``I work mon to fri``: a habit, no day."""
    yield Draft("n", at="one")
    yield Draft("n", at="two")


def _in_week(day: Draft, week: Draft) -> Draft:
    found = week.readings[0].first + timedelta(_weekday(day))
    return Draft("d", (one_day(found),), tense=week.tense)


def _weekday(draft: Draft) -> int:
    return draft.readings[0].first.weekday()


def _ago_on_day(match: Match, line: Line) -> Draft | None:
    """Read ``a week ago yesterday``, ``tuesday 2 weeks ago``; a weekday needs whole weeks."""
    ago, day = line.draft(match["ago"]), line.draft(match["day"])
    days = (line.today - ago.readings[0].last).days
    if ago.is_vague or (days % WEEK and day.shape != "t"):
        return None
    return Draft("d", nearest_first((shifted(each, -days) for each in day.readings), line.today), tense="past")


WEEKDAYS: Table = {
    "@w": ((r"(?<!FROM )(?P<one>@w\d+)(?: TO| AU| -) (?P<two>@w\d+)", _workweek),),
    "@k": (
        (r"(?P<day>@w\d+)(?: (?:{of}|ON|IN))? {the}(?P<week>@k\d+)", _day_in_week),
        (r"(?P<week>@k\d+)(?: (?:OF|ON|IN)| , ON)? {the}(?P<day>@w\d+)", _day_in_week),
        (r"(?P<first>@w\d+) (?:OR|AND) (?P<it>(?P<day>@w\d+)(?: (?:{of}|ON|IN))? {the}(?P<week>@k\d+))", _days_in_week),
    ),
    "@a": (
        (r"(?P<ago>@a\d+) (?:ON )?(?P<day>@[wvt]\d+)", _ago_on_day),
        (r"(?P<day>@w\d+) (?P<ago>@a\d+)", _ago_on_day),
    ),
}

# -- one day said twice ------------------------------------------------------------------------------------


def _apposed(match: Match, line: Line) -> Draft | None:
    """Read ``Tuesday Nov 24``, ``the 24th (Tuesday)`` and ``tomorrow, Nov 23``: two names of one day."""
    one, two = line.draft(match["one"]), line.draft(match["two"])
    if one.is_impossible or two.is_impossible:
        return None
    for named, dated in ((one, two), (two, one)):
        if _names_weekday_of(named, dated):
            return _on_weekday(named, dated, match, line)
        if match["mark"] and _is_said_again(named, dated):
            return replace(dated, at=0)
    return _in_both(one, two)


def _names_weekday_of(named: Draft, dated: Draft) -> bool:
    """Tell whether a weekday stands beside a single day that is named otherwise."""
    return named.shape in "wv" and dated.shape not in "wv" and not dated.is_vague


def _is_said_again(named: Draft, dated: Draft) -> bool:
    """Tell whether a bare weekday repeats one that is said with its week: "tuesday, next tuesday"."""
    return named.shape == "w" and dated.shape == "v" and _weekday(named) == _weekday(dated)


def _in_both(one: Draft, two: Draft) -> Draft | None:
    """Keep the readings that two single days share, or the days in a period; without any they are not one day."""
    if two.is_vague:
        return None
    if one.is_vague:
        return _inside(one, two)
    both = tuple(each for each in one.readings if each in (*two.readings, *two.alternatives))
    return Draft("d", both, tense=one.tense or two.tense) if both else None


def _inside(period: Draft, day: Draft) -> Draft | None:
    """Read ``before Christmas, like Dec 18``."""
    days = (*day.readings, *day.alternatives)
    found = tuple(d for d in days if any(p.first <= d.first and d.last <= p.last for p in period.readings))
    return Draft("d", found, tense=period.tense or day.tense) if found else None


def _on_weekday(named: Draft, dated: Draft, match: Match, line: Line) -> Draft | None:
    """Keep the readings on the weekday; one that contradicts the date said after it is a doubt."""
    weekday, tense = _weekday(named), dated.tense or named.tense
    readings = calendar.on_weekday(dated.readings, weekday)
    alternatives = calendar.on_weekday(dated.alternatives, weekday)
    if readings:
        return Draft("d", readings, alternatives, tense=tense)
    if alternatives and calendar.distance(dated.readings[0], line.today) > _FAR:
        return Draft("d", alternatives, tense=tense)
    return replace(dated, doubtful=True, at=0) if _contradicts(dated, match, line) else None


def _contradicts(dated: Draft, match: Match, line: Line) -> bool:
    """Tell whether a date is said right after the weekday it does not fall on, as its own date."""
    if match["mark"] and line.text.startswith(" X", match.end()):
        return False  # "tox tuesday, nov 24 needling"
    word = match["word"] or ""
    named = "DOUBT" not in word and bool(word or match["one"][1] in "wv")
    return named and dated.shape == "d" and not dated.tense


_FAR = 60
"""From so many days on, a weekday tells which year is meant; nearer, it contradicts its date."""


def _todays_date(match: Match, line: Line) -> Draft | None:
    """Read ``today is the 22nd``: no day of anything."""
    days = (line.draft(match["day"]), line.draft(match["date"]))
    return Draft("n") if all(each.readings[:1] == (one_day(line.today),) for each in days) else None


def _in_brackets(match: Match, line: Line) -> Draft:
    """Read ``nov 8 (or 9)``: a doubt."""
    return replace(line.draft(match["it"]), doubtful=True, at=0)


def _restated(match: Match, line: Line) -> Draft | None:
    """Read ``8 days ago, so the 14th`` as one day; where the two are not the same day, that is a doubt."""
    counted, dated = sorted((line.draft(match["one"]), line.draft(match["two"])), key=lambda each: each.shape)
    if counted.shape != "a" or counted.is_vague or dated.shape != "d" or dated.tense:
        return None
    if not _may_restate_past(dated, match["gap"], line.today):
        return None
    told = (*dated.readings, *dated.alternatives)
    same = tuple(each for each in counted.readings if each in told)
    return Draft("d", same or counted.readings, tense="past", doubtful=not same)


def _may_restate_past(dated: Draft, gap: str, today: date) -> bool:
    """Tell whether a date may be one gone by: its nearest reading is, or another is and ``so`` says it."""
    if dated.readings and dated.readings[0].first <= today:
        return True  # not "a while ago, on the 25th I needle"
    told = (*dated.readings, *dated.alternatives)
    return any(each.first <= today for each in told) and _MEANING.search(gap) is not None


_MEANING = re.compile("MEANING|SO")
_DAY = r"@[dwvtmpka]\d+"
ONE_DAY: Table = {
    "@": (
        (r"(?P<day>@t\d+) IS (?:THE |LE )?(?P<date>@d\d+)", _todays_date),
        (r"(?:IT )?IS (?:THE |LE )?(?P<date>@d\d+)(?: ,)? (?P<day>@t\d+)", _todays_date),
        (rf"(?P<one>{_DAY})(?P<mark> ,(?: ON(?= THE @w))?| \()?"
         r"(?P<word> DOUBT| (?:LIKE|SO)|(?: FN)? (?:WAS|IS|MEANING)(?= A))?(?: (?:THE|LE|A))?"
         rf" (?P<two>{_DAY})(?: \))?", _apposed),
        (r"(?P<it>@[dwv]\d+) \( (?:OR|DOUBT)(?: DOUBT)? {the}(?:O?\d{1,2}|@[dwv]\d+)(?: \))?", _in_brackets),
        (r"(?P<one>@[ad]\d+)(?P<gap>(?: ,)? (?:MEANING|SO)(?: (?:MEANING|LIKE|ON|THE|LE|OPINION|DOUBT))*"
         r"|(?: ,)? ON(?: THE)?| \((?: MEANING| ON)?(?: THE)?| , (?:LE|THE)) (?P<two>@[ad]\d+)(?: \))?", _restated),
        (r"(?P<one>@d\d+)(?P<gap>(?: ,)? EXACT) (?P<two>@a\d+)", _restated),
    )
}  # fmt: skip

# -- a length counted from another day ---------------------------------------------------------------------


def _length_from_point(match: Match, line: Line) -> Draft | None:
    """Read ``three weeks from Friday`` and ``10 days after nov 3``."""
    length, point, sign = line.draft(match["length"]), line.draft(match["point"]), match["sign"]
    if sign == "FROM":
        point = _coming(point, line.today)
    if not point.readings:
        return None
    least, most = _signed_days(length, -1 if sign == "BEFORE" else 1)
    ahead = most > 0 and (point.tense == "future" or (sign == "FROM" and point.shape == "t"))
    return Draft(
        "d",
        _all_shifted(point.readings, least, most),
        _all_shifted(point.alternatives, least, most),
        tense="future" if ahead else None,
    )


def _signed_days(length: Draft, sign: int) -> tuple[int, int]:
    """Count the days of a length ahead or back, the earlier end first."""
    one, two = length.days or (0, 0)
    return min(sign * one, sign * two), max(sign * one, sign * two)


def _all_shifted(periods: Readings, least: int, most: int) -> Readings:
    """Move every period by the same days."""
    return tuple(shifted(each, least, most) for each in periods)


def _coming(point: Draft, today: date) -> Draft:
    """``from Friday`` counts from the coming one."""
    if point.shape not in "wv":
        return point
    return replace(point, readings=tuple(each for each in point.readings if each.first > today), tense="future")


def _length_to_day(match: Match, line: Line) -> Draft | None:
    """Read ``a week tomorrow``, ``it's been 2 weeks today since``: ahead of the day, or up to it."""
    length, day = line.draft(match["length"]), line.draft(match["day"])
    if length.is_vague or _only_follows(length, day, match):
        return None
    told = _CLAUSE_END.split(line.text[: match.start("it")])[-1]
    days, (counted, _) = day.readings, length.days or (0, 0)
    is_back = _counts_back(day, match, told)
    if not is_back or "WILLBE" in told:
        days = _coming(day, line.today).readings
    step = -counted if is_back else counted
    return Draft("d", _all_shifted(days, step, step), tense="past" if is_back else "future", at="it")


def _only_follows(length: Draft, day: Draft, match: Match) -> bool:
    """Tell whether a weekday behind a length is no part of it: without ``on``, only a week counts from one."""
    return day.shape in "wv" and not match["on"] and length.days != (WEEK, WEEK)


def _counts_back(day: Draft, match: Match, told: str) -> bool:
    """Tell whether a length has gone by on the day, as ``since``, a past day or ``it's been`` says."""
    return bool(match["since"]) or day.tense == "past" or _REPORTED.search(told) is not None


COUNTED: Table = {
    "@": (
        (r"(?P<length>{length}) (?P<sign>FROM|AFTER|FOLLOWING|PAST|BEFORE) {the}(?P<point>{point})",
         _length_from_point),
        (r"(?P<it>(?P<length>{length}) (?P<on>ON |LE )?(?P<day>@[twv]\d+))"
         r"(?P<since> (?:SINCE|AFTER|FROM))?", _length_to_day),
    )
}  # fmt: skip

# -- the day or the week beside a day, and stretches -------------------------------------------------------


def _beside(match: Match, line: Line) -> Draft | None:
    """Read ``the day before Christmas``, ``the week of nov 9``, ``the weekend after thanksgiving``."""
    point = line.draft(match["it"])
    if point.is_vague or not point.readings:
        return None
    side = {"BEFORE": -1, "AFTER": 1}.get(match["side"], 0)
    readings, alternatives = (
        tuple(_next_to(each, match["unit"], side) for each in periods)
        for periods in (point.readings, point.alternatives)
    )
    return Draft("d" if match["unit"] in ("DAY", "DAYPART") else "p", readings, alternatives, tense=point.tense)


def _next_to(day: Period, unit: str, side: int) -> Period:
    """The week of a day is Monday to Sunday; the week before or after it, the seven days next to it."""
    if unit not in ("WEEK", "WEEKEND"):
        return shifted(day, side)
    if unit == "WEEK":
        near, far = sorted((side, side * WEEK))
        return shifted(day, near, far) if side else calendar.week_of(day.first)
    weekend = calendar.weekend_of(day.first)
    overlaps = (side < 0 and weekend.last >= day.first) or (side > 0 and weekend.first <= day.first)
    return shifted(weekend, side * WEEK) if overlaps else weekend


BESIDE: Table = {
    "@": (
        (r"(?<!A ){the}(?P<unit>DAY|DAYPART|WEEK|WEEKEND) (?P<side>BEFORE|AFTER|OF|DU) {the}(?P<it>{point})", _beside),
    )
}


def _from_to(match: Match, line: Line) -> Draft | None:
    """Read ``nov 3 to nov 5``, ``between the 3rd and the 5th``; two dates to compare stay two."""
    one, two = line.draft(match["one"]), line.draft(match["two"])
    if not one.readings or not two.readings or _is_compared(match, line):
        return None
    whole = stretch(one, two)
    return replace(whole, tense=one.tense or two.tense) if whole and whole.readings else None


def _is_compared(match: Match, line: Line) -> bool:
    """Tell whether the clause speaks of a gap or a move: "how long between", "moved from"."""
    before, after = _CLAUSE_END.split(line.text[: match.start()])[-1], _CLAUSE_END.split(line.text[match.end() :])[0]
    return bool(_GAP.search(f"{before} {after}"))


_REPORTED = re.compile(r"(?<!\S)(?:BEEN|WILLBE|WAS|MEANING|SINCE)(?!\S)")
_CLAUSE_END = re.compile(r"(?<!\S)[.!?,;](?!\S)")
_GAP = re.compile(r"(?<!\S)(?:TIME|ENOUGH|(?:DAY|WEEK)S)(?!\S)")
STRETCHES: Table = {
    "@": (
        (r"BETWEEN {the}(?P<one>{point}) AND {the}(?P<two>{point})", _from_to),
        (r"(?:FROM |OF |DU )?(?P<one>{point}) (?:-|/|TO|AU|A) {the}(?P<two>{point})", _from_to),
    )
}
