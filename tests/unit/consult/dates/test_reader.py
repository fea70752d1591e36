"""The date reader against its development table, and what must hold for any text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.consult.dates import date_reader
from bot.consult.types import Period, TimeExpression
from bot.settings import PROJECT_ROOT

TABLE = Path(__file__).parents[3] / "tables" / "dates.tsv"
LANGUAGE = PROJECT_ROOT / "data" / "language"
SUNDAY = date(2026, 11, 22)
READER = date_reader(LANGUAGE, treatments=("botox", "tox", "needling"))


def rows() -> list[tuple[str, str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return [(today or SUNDAY.isoformat(), message, expected) for _, today, message, expected in cells]


def periods(found: tuple[Period, ...]) -> str:
    return ",".join(str(each.first) if each.is_day else f"{each.first}..{each.last}" for each in found)


def described(found: TimeExpression) -> str:
    """Write an expression the way the table does."""
    if found.days:
        meaning = "-".join(str(count) for count in sorted(set(found.days))) + "d"
    else:
        meaning = "/".join(filter(None, (periods(found.readings), periods(found.alternatives))))
    vague = found.vague and found.days is None
    flags = [found.tense, vague and "vague", found.doubtful and "doubtful", found.impossible and "impossible"]
    return " ".join([f"{found.text}={meaning}", *(flag for flag in flags if flag)])


def read(text: str, today: date = SUNDAY) -> str:
    return " | ".join(described(found) for found in READER.read(text, today)) or "-"


@pytest.mark.parametrize(("today", "message", "expected"), rows())
def test_reads_what_the_table_says(today: str, message: str, expected: str) -> None:
    assert read(message, date.fromisoformat(today)) == expected


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(rows()) >= 250


DATE_WORDS = st.sampled_from(
    "nov 3 3rd the 12th of 11/20 02/03 2026-11-20 2026 in ago weeks 10 days a month half and or - to from "
    "between next last this tuesday tues week weekend today tomorrow before after christmas may march second "
    "sat sun mon i think not sure maybe ?? . , ( ) early end of il y a le dans semaines mardi dernier 1/2 "
    "24/7 feb 30 31 29 couple few two twenty one year years hours 48 h ish about almost over ' ’ é ½".split()
)
ANY_TEXT = st.text(max_size=200) | st.lists(DATE_WORDS, max_size=30).map(" ".join)
ANY_DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@settings(max_examples=300, deadline=None)
@example(text="may \u0301", today=date(2026, 11, 20))
@example(text="the week before 999 years before 999 years ago", today=date(2000, 1, 1))
@given(text=ANY_TEXT, today=ANY_DAY)
def test_any_text_is_read_without_an_error_and_spans_stay_inside_it(text: str, today: date) -> None:
    end = 0
    for found in READER.read(text, today):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end


@settings(max_examples=300, deadline=None)
@given(text=ANY_TEXT, today=ANY_DAY)
def test_every_expression_is_either_a_point_or_a_length(text: str, today: date) -> None:
    for found in READER.read(text, today):
        assert (found.kind == "length") == (found.days is not None)
        assert bool(found.readings) == (found.kind == "point" and not found.impossible)
        assert all(each.first <= each.last for each in (*found.readings, *found.alternatives))
        assert found.days is None or 0 <= found.days[0] <= found.days[1]


def test_two_readers_read_the_same() -> None:
    other = date_reader(LANGUAGE, treatments=("botox", "tox", "needling"))
    assert all(READER.read(message, SUNDAY) == other.read(message, SUNDAY) for _, message, _ in rows())


def ordinal(day: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{'th' if day in (11, 12, 13) else ending}"


FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
STYLES = [
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%b} {day.day} {day.year}",
    lambda day: f"{day:%b}. {ordinal(day.day)}, {day.year}",
    lambda day: f"{day.day} {day:%B} {day.year}",
    lambda day: f"{ordinal(day.day)} {day:%b} {day.year}",
    lambda day: f"the {ordinal(day.day)} of {day:%B} {day.year}",
    lambda day: f"{day:%d-%b-%Y}".lower(),
    lambda day: f"{day:%A}, {day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%a} {day:%b} {ordinal(day.day)} {day.year}",
    lambda day: f"le {day.day} {FRENCH[day.month - 1]} {day.year}",
]


@settings(deadline=None)
@given(day=st.dates(date(2010, 1, 1), date(2040, 12, 31)), style=st.sampled_from(STYLES))
def test_a_date_written_in_any_style_is_read_back(day: date, style: Callable[[date], str]) -> None:
    found = READER.read(f"tox on {style(day)} and then?", SUNDAY)
    assert [each.readings for each in found] == [(Period(day, day),)]
    assert not found[0].doubtful


@settings(deadline=None)
@given(day=st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_figures_in_either_order_keep_the_right_day_among_the_readings(day: date) -> None:
    for written in (f"{day:%m/%d/%Y}", f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}"):
        (found,) = READER.read(f"on {written}", SUNDAY)
        assert Period(day, day) in found.readings
        assert len(found.readings) == (1 if day.day > 12 or day.day == day.month else 2)


@settings(deadline=None)
@given(today=ANY_DAY, days=st.integers(1, 400))
def test_days_are_counted_from_today_both_ways(today: date, days: int) -> None:
    (past,) = READER.read(f"{days} days ago", today)
    (future,) = READER.read(f"in {days} days", today)
    assert past.readings == (Period(today - timedelta(days), today - timedelta(days)),)
    assert future.readings == (Period(today + timedelta(days), today + timedelta(days)),)
    assert (past.tense, future.tense) == ("past", "future")


@settings(deadline=None)
@given(today=ANY_DAY, day=st.dates(date(2027, 1, 1), date(2027, 12, 31)))
def test_a_day_without_a_year_is_the_nearest_one_and_the_other_side_is_the_alternative(today: date, day: date) -> None:
    (found,) = READER.read(f"on {day:%b} {day.day}", today)
    (nearest,) = found.readings
    assert (nearest.first.month, nearest.first.day) == (day.month, day.day)
    assert abs((nearest.first - today).days) <= 183
    assert all((each.first < today) != (nearest.first < today) for each in found.alternatives)


@pytest.mark.parametrize("message", ["il y a 10 jours", "dans 10 jours", "mardi dernier", "le 3 novembre"])
def test_a_reader_of_english_alone_knows_no_french_words(message: str) -> None:
    english = date_reader(LANGUAGE, ("en",))
    assert not any(each.tense for each in english.read(message, SUNDAY))
