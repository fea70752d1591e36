"""Which event a time belongs to, and what is left that belongs to nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.consult.reading.message import Reading

Read = Callable[..., Reading]
BOTH = {"botox": "2026-11-03", "microneedling": "2026-11-24"}


def days(reading: Reading) -> dict[str, str]:
    return {t: str(time.readings[0].first) for t, time in reading.timeline.times if len(time.readings) == 1}


@pytest.mark.parametrize(
    "text",
    [
        "botox was nov 3, needling is nov 24",
        "nov 3: botox, nov 24: needling",
        "nov 3 botox nov 24 needling",
        "botox and needling are booked for nov 3 and nov 24",
        "november 24th is my needling day, and i had botox on november 3rd",
        "had botox. it was nov 3. needling on nov 24",
        "botox nov 3, dentist nov 20, needling nov 24",
        "my skinpen voucher ends nov 30. botox nov 3, needling nov 24",
        "consult for botox was oct 20, botox nov 3, needling nov 24",
        "my zumba night is nov 28. botox was nov 3, needling is nov 24",
        "my sister had botox nov 10. mine was nov 3, needling is nov 24",
        "botox at the salon on nov 3, needling nov 24",
        "botox nov 3, needling nov 24 instead of nov 17",
        "first needling session is nov 24, second botox was nov 3",
        "botox nov 3, filler nov 10, needling nov 24",
    ],
)
def test_a_time_belongs_to_the_event_whose_words_govern_it(read: Read, text: str) -> None:
    reading = read(text)

    assert (days(reading), reading.timeline.unexplained) == (BOTH, False)


@pytest.mark.parametrize(
    "text",
    [
        "had botox nov 3. they could take me friday",
        "had tox 12, needling 25",
        "botox nov 3, needling for my party on dec 5",
        "tox was nov 3, needling got postponed by 10 days",
    ],
)
def test_what_belongs_to_nothing_leaves_the_message_not_understood(read: Read, text: str) -> None:
    assert read(text).timeline.unexplained


@pytest.mark.parametrize(
    "text",
    [
        "botox nov 3. they say wait 2 weeks",
        "botox nov 3. it lasts 3 months",
        "botox nov 3. my friend only waited 5 days",
        "botox nov 3. i go to the gym every 2 days",
        "botox nov 3. do i have to wait 3 months?",
        "botox nov 3. is it 48 hours or 2 weeks?",
        "botox nov 3. my membership runs for 8 months",
    ],
)
def test_a_rule_a_habit_and_somebody_else_s_gap_are_no_times_of_the_case(read: Read, text: str) -> None:
    timeline = read(text).timeline

    assert (timeline.gap, timeline.loose, timeline.unexplained) == (None, (), False)


@pytest.mark.parametrize(
    ("text", "gap", "first"),
    [
        ("is needling 9 days after my botox ok", (9, 9), "botox"),
        ("needling 3 days before botox", (3, 3), "microneedling"),
        ("botox 6 weeks before my wedding and needling 3 weeks before", (21, 21), "botox"),
        ("tox 3 weeks and needling 6 weeks before my zumba show", (21, 21), "microneedling"),
        ("botox tomorrow, needling 10 days later", (10, 10), "botox"),
    ],
)
def test_a_length_counts_from_what_it_names(read: Read, text: str, gap: tuple[int, int], first: str) -> None:
    timeline = read(text).timeline

    assert (timeline.gap, timeline.gap_first) == (gap, first)


def test_a_length_before_an_event_is_a_day_where_the_event_s_day_is_told(read: Read) -> None:
    reading = read("my wedding is dec 12. botox 2 weeks before and needling 1 week before")

    assert days(reading) == {"botox": "2026-11-28", "microneedling": "2026-12-05"}


def test_the_day_that_a_length_counts_back_to_is_plainly_implied(read: Read) -> None:
    assert days(read("needling is dec 20, 9 days after my botox")) == {
        "microneedling": "2026-12-20",
        "botox": "2026-12-11",
    }


@pytest.mark.parametrize(
    "text", ["i want needling on nov 10, had botox nov 1", "had botox dec 3, needling tomorrow", "needling by dec 10"]
)
def test_a_slip_of_the_pen_and_a_limit_are_in_doubt(read: Read, text: str) -> None:
    assert any(time.doubtful for _, time in read(text).timeline.times)


def test_both_on_one_day_need_no_names(read: Read) -> None:
    timeline = read("both are booked for dec 5").timeline

    assert (timeline.gap, [t for t, _ in timeline.times]) == ((0, 0), ["botox", "microneedling"])
