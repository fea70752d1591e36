"""The arithmetic on a sequencing rule, with an interval of this file's own: no verdict without it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.consult.reading.direction import Direction
from bot.consult.timeline.open_dates import TreatmentTime
from bot.consult.timeline.timeline import Timeline
from bot.consult.timeline.verdict import Interval, Timing, judge
from bot.consult.types import Period

BOTOX, NEEDLING = PAIR = ("botox", "microneedling")
TODAY = date(2026, 11, 22)
MINIMUM = 14


def interval(first: str, then: str) -> int | None:
    return MINIMUM if (first, then) == PAIR else None


def day(text: str) -> Period:
    return Period(date.fromisoformat(text), date.fromisoformat(text))


def span(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def at(*readings: Period | str, **flags: bool) -> TreatmentTime:
    return TreatmentTime(tuple(day(r) if isinstance(r, str) else r for r in readings), **flags)


def judged(
    botox: TreatmentTime | str | None = None,
    needling: TreatmentTime | str | None = None,
    first: str | None = None,
    gap: tuple[int, int] | None = None,
    interval: Interval = interval,
    today: date = TODAY,
    asked: bool = True,
    **options: bool,
) -> Timing:
    """Judge two times; a text is one day."""
    given = [(t, at(w) if isinstance(w, str) else w) for t, w in ((BOTOX, botox), (NEEDLING, needling)) if w]
    doubtful = options.pop("gap_doubtful", False)
    return judge(Direction(first, **options), Timeline(tuple(given), gap, doubtful), PAIR, interval, today, asked)


def told(timing: Timing) -> dict[str, object]:
    """What is not empty in the contract's object."""
    return {key: value for key, value in timing.as_json(PAIR).items() if value is not None}


@pytest.mark.parametrize(
    ("botox", "needling", "verdict", "days", "earliest"),
    [
        ("2026-11-03", "2026-11-12", "too_soon", 9, "2026-11-17"),
        ("2026-11-03", "2026-11-16", "too_soon", 13, "2026-11-17"),
        ("2026-11-03", "2026-11-17", "past_minimum", 14, "2026-11-17"),
        ("2026-11-03", "2026-11-18", "past_minimum", 15, "2026-11-17"),
        ("2026-11-22", "2026-11-22", "too_soon", 0, "2026-12-06"),
        ("2026-12-20", "2027-01-02", "too_soon", 13, "2027-01-03"),
        ("2026-12-20", "2027-01-03", "past_minimum", 14, "2027-01-03"),
        ("2028-02-20", "2028-03-04", "too_soon", 13, "2028-03-05"),
        ("2028-02-20", "2028-03-05", "past_minimum", 14, "2028-03-05"),
        ("2027-02-20", "2027-03-05", "too_soon", 13, "2027-03-06"),
        ("2027-02-20", "2027-03-06", "past_minimum", 14, "2027-03-06"),
        ("2028-02-29", "2028-03-14", "past_minimum", 14, "2028-03-14"),
        ("2026-10-25", "2026-11-08", "past_minimum", 14, "2026-11-08"),
        ("2026-03-01", "2026-03-15", "past_minimum", 14, "2026-03-15"),
        ("2025-11-03", "2026-11-03", "past_minimum", 365, "2025-11-17"),
    ],
    ids=lambda value: str(value),
)
def test_two_days_are_counted_as_whole_days(botox: str, needling: str, verdict: str, days: int, earliest: str) -> None:
    assert told(judged(botox, needling, BOTOX)) == {
        "first": "botox",
        "verdict": verdict,
        "days": days,
        "botox_date": botox,
        "microneedling_date": needling,
        "earliest": earliest,
        "minimum_days": 14,
    }


def test_the_dates_alone_tell_which_is_first() -> None:
    assert judged("2026-11-03", "2026-11-12").first == BOTOX
    assert judged("2026-11-12", "2026-11-03").first == NEEDLING


def test_the_same_day_is_too_soon_by_a_gap_of_no_days() -> None:
    timing = judged(first=BOTOX, gap=(0, 0))

    assert (timing.verdict, timing.days) == ("too_soon", 0)


def test_microneedling_first_has_no_interval_and_no_minimum() -> None:
    timing = judged("2026-12-20", "2026-11-03")

    assert told(timing) == {
        "first": "microneedling",
        "verdict": "no_interval",
        "days": 47,
        "botox_date": "2026-12-20",
        "microneedling_date": "2026-11-03",
    }


@pytest.mark.parametrize("gap", [(0, 0), (3, 3), (100, 100)])
def test_no_gap_makes_microneedling_first_right(gap: tuple[int, int]) -> None:
    timing = judged(first=NEEDLING, gap=gap)

    assert (timing.verdict, timing.minimum_days) == ("no_interval", None)


def test_the_same_day_with_microneedling_first_has_no_interval() -> None:
    assert judged("2026-11-22", "2026-11-22", NEEDLING).verdict == "no_interval"


@pytest.mark.parametrize(
    ("gap", "verdict", "days"),
    [
        ((13, 13), "too_soon", 13),
        ((14, 14), "past_minimum", 14),
        ((3, 9), "too_soon", None),
        ((28, 31), "past_minimum", None),
        ((10, 20), "ask_date", None),
    ],
)
def test_a_bare_gap_is_judged_by_all_that_it_may_mean(gap: tuple[int, int], verdict: str, days: int | None) -> None:
    timing = judged(first=BOTOX, gap=gap)

    assert (timing.verdict, timing.days, timing.earliest) == (verdict, days, None)


def test_without_a_plan_the_gap_runs_to_today() -> None:
    assert told(judged("2026-11-12")) == {
        "first": "botox",
        "verdict": "too_soon",
        "days": 10,
        "botox_date": "2026-11-12",
        "earliest": "2026-11-26",
        "minimum_days": 14,
    }
    assert (judged("2026-11-08").verdict, judged("2026-11-08").days) == ("past_minimum", 14)


def test_a_lone_botox_date_ahead_has_an_earliest_day_and_no_verdict() -> None:
    assert told(judged("2026-12-09", asked=False)) == {
        "first": "botox",
        "botox_date": "2026-12-09",
        "earliest": "2026-12-23",
        "minimum_days": 14,
    }


def test_a_lone_microneedling_date_behind_has_no_interval() -> None:
    assert told(judged(None, "2026-11-12")) == {
        "first": "microneedling",
        "verdict": "no_interval",
        "days": 10,
        "microneedling_date": "2026-11-12",
    }


def test_a_lone_microneedling_plan_asks_for_the_botox_date() -> None:
    timing = judged(None, "2026-12-09")

    assert (timing.first, timing.verdict, timing.missing, timing.earliest) == (None, "ask_date", BOTOX, None)


@pytest.mark.parametrize(
    ("botox", "verdict"),
    [
        (at(span("2026-05-01", "2026-05-31")), "past_minimum"),
        (at(span("2026-11-15", "2026-11-21")), "too_soon"),
        (at(span("2026-10-28", "2026-11-12")), "ask_date"),
    ],
)
def test_a_vague_period_gives_the_verdict_of_every_day_in_it(botox: TreatmentTime, verdict: str) -> None:
    timing = judged(botox)

    assert (timing.verdict, timing.earliest, timing.days, timing.date_of(BOTOX)) == (verdict, None, None, None)


def test_a_vague_plan_after_a_known_day_still_has_an_earliest_day() -> None:
    timing = judged("2026-11-20", at(span("2026-12-21", "2026-12-31")))

    assert (timing.verdict, timing.earliest, timing.days) == ("past_minimum", date(2026, 12, 4), None)


AMBIGUOUS = at("2026-02-03", "2026-03-02")


def test_an_ambiguous_date_asks_where_its_readings_differ_in_their_verdict() -> None:
    timing = judged(AMBIGUOUS, "2026-03-12")

    assert (timing.verdict, timing.missing, timing.earliest, timing.date_of(BOTOX)) == ("ask_date", BOTOX, None, None)


def test_an_ambiguous_date_is_fine_where_both_readings_agree() -> None:
    assert judged(AMBIGUOUS, "2026-06-01").verdict == "past_minimum"
    assert judged(AMBIGUOUS, "2026-06-01").days is None


def test_an_ambiguous_plan_asks_for_the_plan() -> None:
    timing = judged("2026-11-22", at("2026-12-03", "2027-03-12"))

    assert (timing.verdict, timing.missing, timing.earliest) == ("ask_date", NEEDLING, date(2026, 12, 6))


def test_readings_that_the_order_rules_out_do_not_count() -> None:
    assert judged("2026-11-03", at("2026-10-30", "2026-11-30"), BOTOX).verdict == "past_minimum"


@pytest.mark.parametrize("flag", ["doubtful", "impossible", "several"])
def test_a_botox_date_in_doubt_is_asked_for(flag: str) -> None:
    readings = () if flag == "impossible" else ("2026-11-01",)
    timing = judged(at(*readings, **{flag: True}), "2026-12-20", BOTOX)

    assert (timing.verdict, timing.missing, timing.earliest, timing.date_of(BOTOX)) == ("ask_date", BOTOX, None, None)


@pytest.mark.parametrize("flag", ["doubtful", "impossible"])
def test_a_microneedling_date_in_doubt_is_asked_for(flag: str) -> None:
    readings = () if flag == "impossible" else ("2026-12-20",)
    timing = judged("2026-11-01", at(*readings, **{flag: True}), BOTOX)

    assert (timing.verdict, timing.missing, timing.earliest) == ("ask_date", NEEDLING, date(2026, 11, 15))


def test_two_needling_dates_do_not_matter_where_they_agree() -> None:
    assert judged("2026-11-01", at("2026-12-20", several=True), BOTOX).verdict == "past_minimum"


def test_a_gap_in_doubt_is_asked_for() -> None:
    assert judged(first=BOTOX, gap=(21, 21), gap_doubtful=True).verdict == "ask_date"


def test_the_calendar_decides_who_is_first_whatever_the_words_say() -> None:
    timing = judged("2026-12-20", "2026-11-03", BOTOX)

    assert (timing.first, timing.verdict, timing.earliest) == (NEEDLING, "no_interval", None)


def test_what_is_not_understood_is_asked_without_an_earliest_day() -> None:
    timing = judge(
        Direction(BOTOX),
        Timeline(((BOTOX, at("2026-11-01")), (NEEDLING, at("2026-11-30"))), unexplained=True),
        PAIR,
        interval,
        TODAY,
    )

    assert (timing.verdict, timing.days, timing.earliest) == ("ask_date", None, None)


def test_a_day_in_doubt_never_settles_that_no_interval_is_known() -> None:
    timing = judged("2026-12-20", at("2026-11-03", doubtful=True))

    assert (timing.first, timing.verdict, timing.earliest) == (None, "ask_date", None)


def test_the_words_of_a_gap_say_what_it_counts_from() -> None:
    timing = judge(Direction(NEEDLING), Timeline(gap=(21, 21), gap_first=BOTOX), PAIR, interval, TODAY)

    assert (timing.first, timing.verdict, timing.days) == (BOTOX, "past_minimum", 21)


def test_nothing_known_is_asked_for_only_where_dates_are_asked_about() -> None:
    asked, not_asked = judged(), judged(asked=False)

    assert (asked.verdict, asked.missing) == ("ask_date", BOTOX)
    assert told(not_asked) == {}


def test_an_order_without_dates_has_a_minimum_and_no_verdict() -> None:
    assert told(judged(first=BOTOX, asked=False)) == {"first": "botox", "minimum_days": 14}
    assert told(judged(first=NEEDLING, asked=False)) == {"first": "microneedling"}


def test_asking_which_leaves_first_open_whatever_the_dates_say() -> None:
    assert judged("2026-11-01", "2026-12-01", asks_which=True).first is None


def test_the_pair_may_be_named_in_either_order() -> None:
    one = judge(Direction(BOTOX), Timeline(gap=(3, 3)), PAIR, interval, TODAY)
    other = judge(Direction(BOTOX), Timeline(gap=(3, 3)), (NEEDLING, BOTOX), interval, TODAY)

    assert one == other


def test_the_number_comes_from_the_rule() -> None:
    timing = judged("2026-11-01", "2026-11-20", interval=lambda first, _: 21 if first == BOTOX else None)

    assert (timing.verdict, timing.minimum_days, timing.earliest) == ("too_soon", 21, date(2026, 11, 22))


def test_a_rule_for_the_other_order_too_is_followed() -> None:
    timing = judged("2026-11-20", "2026-11-01", interval=lambda first, _: 21 if first == BOTOX else 28)

    assert (timing.first, timing.verdict, timing.minimum_days, timing.days) == (NEEDLING, "too_soon", 28, 19)


def test_the_longest_gap_of_a_vague_period_is_told_beside_the_verdict() -> None:
    assert judged(at(span("2026-11-15", "2026-11-21"))).longest == 7


DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@given(botox=DAYS, gap=st.integers(0, 400))
def test_past_the_minimum_exactly_from_the_earliest_day_on(botox: date, gap: int) -> None:
    needling = botox + timedelta(days=gap)
    timing = judged(at(Period(botox, botox)), at(Period(needling, needling)), BOTOX)

    assert timing.verdict == ("past_minimum" if gap >= MINIMUM else "too_soon")
    assert timing.days == gap
    assert timing.earliest == botox + timedelta(days=MINIMUM)
    assert (timing.verdict == "past_minimum") == (needling >= timing.earliest)


@given(needling=DAYS, gap=st.integers(1, 400))
def test_microneedling_first_never_gets_a_minimum(needling: date, gap: int) -> None:
    botox = needling + timedelta(days=gap)
    timing = judged(at(Period(botox, botox)), at(Period(needling, needling)))

    assert (timing.first, timing.verdict, timing.minimum_days, timing.days) == (NEEDLING, "no_interval", None, gap)


@given(start=DAYS, length=st.integers(0, 60), gap=st.integers(0, 60))
def test_a_period_is_as_strict_as_its_strictest_day(start: date, length: int, gap: int) -> None:
    end = start + timedelta(days=length)
    needling = end + timedelta(days=gap)
    vague = judged(at(Period(start, end)), at(Period(needling, needling)), BOTOX)
    verdicts = {
        judged(at(Period(each, each)), at(Period(needling, needling)), BOTOX).verdict
        for each in (start + timedelta(days=n) for n in range(length + 1))
    }

    assert vague.verdict == (verdicts.pop() if len(verdicts) == 1 else "ask_date")


@given(today=DAYS)
def test_today_does_not_matter_where_both_days_are_known(today: date) -> None:
    assert judged("2026-11-03", "2026-11-12", today=today) == judged("2026-11-03", "2026-11-12")


@given(readings=st.lists(DAYS, min_size=1, max_size=3, unique=True), needling=DAYS)
def test_open_readings_never_give_a_date_nor_a_surer_verdict_than_each_alone(
    readings: list[date], needling: date
) -> None:
    plan = at(Period(needling, needling))
    together = judged(at(*(Period(r, r) for r in readings)), plan, BOTOX)
    alone = {judged(at(Period(r, r)), plan, BOTOX).verdict for r in readings if r <= needling}

    if together.verdict in ("too_soon", "past_minimum"):
        assert alone == {together.verdict}
    if len(readings) > 1:
        assert together.earliest is None and together.date_of(BOTOX) is None


def test_the_contract_s_object_has_a_date_for_each_treatment() -> None:
    assert list(judged().as_json(PAIR)) == [
        "first",
        "verdict",
        "days",
        "botox_date",
        "microneedling_date",
        "earliest",
        "minimum_days",
    ]
