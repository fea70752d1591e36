"""Which date belongs to which treatment, and what the whole says by the rule: the table, and the parts of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.consult.reading.message import Reading
from bot.consult.reading.readers import message_reader
from bot.consult.timeline.open_dates import TreatmentTime, resolve, tense_of
from bot.consult.timeline.timeline import Timeline
from bot.consult.timeline.verdict import judge
from bot.consult.types import Period, Tense, TimeExpression
from bot.settings import PROJECT_ROOT

TABLE = Path(__file__).parents[3] / "tables" / "timing.tsv"
TODAY = date(2026, 11, 22)
PAIR = ("botox", "microneedling")
FIELDS = ("first", "verdict", "days", "botox_date", "microneedling_date", "earliest")
READER = message_reader(PROJECT_ROOT / "data" / "knowledge", PROJECT_ROOT / "data" / "language")
Read = Callable[..., Reading]


def rows() -> list[tuple[str, dict[str, str]]]:
    header, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines]
    return [(text, dict(zip(header.split("\t")[1:], told, strict=True))) for text, *told in cells]


def interval(first: str, then: str) -> int | None:
    return 14 if (first, then) == PAIR else None


@pytest.mark.parametrize(("text", "expected"), rows())
def test_a_message_is_judged_as_the_table_says(text: str, expected: dict[str, str]) -> None:
    reading = READER.read(text, TODAY)
    timing = judge(reading.direction, reading.timeline, reading.pair, interval, TODAY, dates_asked=True)
    told = timing.as_json(PAIR)

    assert {field: "" if told[field] is None else str(told[field]) for field in FIELDS} == expected


def times(read: Read, text: str, today: date = TODAY) -> dict[str, list[str]]:
    timeline = read(text, today).timeline
    return {t: [f"{p.first}" if p.is_day else f"{p.first}..{p.last}" for p in w.readings] for t, w in timeline.times}


@pytest.mark.parametrize(
    ("text", "botox", "microneedling"),
    [
        ("nov 3 botox, nov 20 needling", ["2026-11-03"], ["2026-11-20"]),
        ("needling nov 20, botox nov 3", ["2026-11-03"], ["2026-11-20"]),
        ("had tox last week and i'm booked for needling tomorrow", ["2026-11-09..2026-11-15"], ["2026-11-23"]),
        ("needling tomorrow, got tox yesterday", ["2026-11-21"], ["2026-11-23"]),
        ("- tox: nov 23\n- needling: dec 1\nok?", ["2026-11-23"], ["2026-12-01"]),
        ("booked:\n1) needling, nov 24\n2) botox, dec 9", ["2026-12-09"], ["2026-11-24"]),
        ("got botox 10 days ago, needling today?", ["2026-11-12"], ["2026-11-22"]),
        ("i'm 9 days post tox", ["2026-11-13"], None),
        ("it's been 20 days since my skinpen", None, ["2026-11-02"]),
        ("botox", None, None),
        ("had tox march 3, needling tomorrow", ["2026-03-03"], ["2026-11-23"]),
        ("tox booked march 3", ["2027-03-03"], None),
    ],
)
def test_each_date_finds_its_treatment(
    read: Read, text: str, botox: list[str] | None, microneedling: list[str] | None
) -> None:
    found = times(read, text)

    assert (found.get("botox"), found.get("microneedling")) == (botox, microneedling)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("is 10 days between botox and needling enough", (10, 10)),
        ("tox then needling 3 weeks later", (21, 21)),
        ("needling 13 days after botox", (13, 13)),
        ("tox at noon, needling at 1", (0, 0)),
        ("tox nov 3, needling nov 20", None),
        ("my friend said 3 weeks but tox was nov 3 and needling is nov 20", None),
    ],
)
def test_a_length_between_the_two_is_a_gap(read: Read, text: str, gap: tuple[int, int] | None) -> None:
    assert read(text).timeline.gap == gap


def test_a_date_without_a_treatment_stays_loose(read: Read) -> None:
    timeline = read("it was november 3rd").timeline

    assert (timeline.times, [e.text for e in timeline.loose], timeline.says_when) == ((), ["november 3rd"], True)


def test_a_message_without_dates_says_nothing_of_when(read: Read) -> None:
    assert read("botox then needling").timeline == Timeline()
    assert not Timeline().says_when


def test_two_dates_of_one_treatment_are_several(read: Read) -> None:
    timeline = read("botox oct 20, botox again nov 12, needling dec 1").timeline

    assert timeline.time_of("botox").several
    assert not timeline.time_of("microneedling").several


def test_the_same_date_said_twice_is_one(read: Read) -> None:
    time = read("botox nov 3, yes botox on november 3, needling nov 20").timeline.time_of("botox")

    assert (time.several, [str(p.first) for p in time.readings]) == (False, ["2026-11-03"])


def test_a_date_that_no_calendar_has_is_impossible(read: Read) -> None:
    time = read("had botox feb 30").timeline.time_of("botox")

    assert (time.impossible, time.known, time.readings) == (True, True, ())


def test_a_doubt_goes_with_its_date(read: Read) -> None:
    timeline = read("i think tox was nov 1, needling dec 10").timeline

    assert (timeline.time_of("botox").doubtful, timeline.time_of("microneedling").doubtful) == (True, False)


@pytest.mark.parametrize(("status", "tense"), [("done", "past"), ("planned", "future"), (None, None)])
def test_what_was_done_is_past(status: str | None, tense: str | None) -> None:
    assert tense_of(status) == tense  # type: ignore[arg-type]


def expression(*days: date, alternatives: tuple[date, ...] = (), **options: object) -> TimeExpression:
    periods, others = (tuple(Period(d, d) for d in group) for group in (days, alternatives))
    return TimeExpression("point", "then", 0, 4, periods, others, **options)  # type: ignore[arg-type]


NOV_3, DEC_3 = date(2026, 11, 3), date(2026, 12, 3)


@pytest.mark.parametrize(
    ("tense", "expected"), [("past", [NOV_3]), ("future", [DEC_3]), (None, [NOV_3, DEC_3])], ids=str
)
def test_the_tense_rules_readings_out(tense: Tense | None, expected: list[date]) -> None:
    assert [p.first for p in resolve(expression(NOV_3, DEC_3), tense, TODAY).readings] == expected


def test_a_reading_that_does_not_fit_is_taken_in_another_year() -> None:
    said = expression(date(2027, 3, 3), alternatives=(date(2026, 3, 3),))

    assert [p.first for p in resolve(said, "past", TODAY).readings] == [date(2026, 3, 3)]
    assert [p.first for p in resolve(said, "future", TODAY).readings] == [date(2027, 3, 3)]


def test_where_nothing_fits_the_words_are_taken_as_they_are() -> None:
    assert [p.first for p in resolve(expression(DEC_3), "past", TODAY).readings] == [DEC_3]


def test_today_is_both_past_and_future() -> None:
    assert resolve(expression(TODAY), "past", TODAY).readings == resolve(expression(TODAY), "future", TODAY).readings


def test_an_unknown_treatment_has_an_unknown_time() -> None:
    assert Timeline().time_of("botox") == TreatmentTime()
    assert not TreatmentTime().known


@given(ago=st.integers(1, 300), today=st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_days_ago_are_days_between(ago: int, today: date) -> None:
    reading = READER.read(f"had botox {ago} days ago", today)
    timing = judge(reading.direction, reading.timeline, reading.pair, interval, today)

    assert timing.days == ago
    assert timing.date_of("botox") == today - timedelta(days=ago)
    assert timing.verdict == ("past_minimum" if ago >= 14 else "too_soon")
