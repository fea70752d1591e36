"""A date is the same date in capitals, with invisible characters, with other marks, in words or in figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consult.dates import date_reader
from bot.consult.types import Period, TimeExpression
from bot.settings import PROJECT_ROOT

READER = date_reader(PROJECT_ROOT / "data" / "language", treatments=("botox", "needling"))
SUNDAY = date(2026, 11, 22)
MESSAGES = (
    "had botox 10 days ago, needling tomorrow",
    "botox was on nov 3rd, needling is booked for tuesday dec 1",
    "i think it was the tuesday before last",
    "tox 3.11. and needling on the 26th",
    "botox end of october, needling 2-3 weeks later",
    "nov 8 (or 9), or maybe around 02/03",
    "about a month and a half ago, not sure",
    "il y a deux semaines, puis mardi prochain",
    "le 1er décembre ou la veille de noël",
    "the day after boxing day, then the following monday",
    "every 3 months, 20 units, 8/10, nothing more",
)
INVISIBLE = st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\u202a")
UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
UNITS += "seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth".split()
ORDINALS += "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
ORDINALS += [f"twenty-{word}" for word in ORDINALS[:9]] + ["thirtieth", "thirty-first"]


def meant(text: str, today: date = SUNDAY) -> list[tuple[object, ...]]:
    """Everything that is read but the words themselves."""
    return [meaning(found) for found in READER.read(text, today)]


def meaning(found: TimeExpression) -> tuple[object, ...]:
    return found.readings, found.alternatives, found.days, found.tense, found.doubtful, found.vague, found.impossible


def in_words(number: int) -> str:
    tens, rest = divmod(number, 10)
    if number < 20:
        return UNITS[number - 1]
    return TENS[tens - 2] + (f"-{UNITS[rest - 1]}" if rest else "")


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize(
    "written",
    [
        str.upper,
        str.title,
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("'", "’").replace("-", "‑"),
        lambda text: "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in text),
        lambda text: f"hi there! {text}",
        lambda text: f"{text}!!",
        lambda text: f"{text}. thanks",
        lambda text: f"{text} 🙂",
    ],
    ids="capitals titles blanks hard-blanks curly fullwidth greeting marks thanks picture".split(),
)
def test_how_it_is_written_makes_no_difference(message: str, written: object) -> None:
    assert callable(written)
    assert meant(written(message)) == meant(message)


@settings(deadline=None)
@given(message=st.sampled_from(MESSAGES), data=st.data())
def test_invisible_characters_make_no_difference(message: str, data: st.DataObject) -> None:
    pieces = [char + (data.draw(INVISIBLE) if data.draw(st.booleans()) else "") for char in message]
    assert meant("".join(pieces)) == meant(message)


@settings(deadline=None)
@given(number=st.integers(1, 99), unit=st.sampled_from(["days", "weeks", "months"]))
def test_a_length_is_the_same_in_words_and_in_figures(number: int, unit: str) -> None:
    for frame in ("{} {}", "botox {} {} ago", "needling in {} {}", "at least {} {}", "{}-{} wait"):
        assert meant(frame.format(in_words(number), unit)) == meant(frame.format(number, unit))


@settings(deadline=None)
@given(day=st.integers(1, 31), month=st.sampled_from(["january", "March", "mai", "déc."]))
def test_a_day_is_the_same_in_words_and_in_figures(day: int, month: str) -> None:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")
    figures = [f"on {month} {day}", f"on {month} {day}{ending}", f"on {month} the {day}{ending}"]
    assert len({tuple(meant(text)) for text in [*figures, f"on {month} {ORDINALS[day - 1]}"]}) == 1


@settings(deadline=None)
@given(days=st.integers(2, 60), today=st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_about_widens_by_a_quarter_and_at_least_two_days_each_way(days: int, today: date) -> None:
    margin = max(2, -(-days // 4))
    expected = (max(0, days - margin), days + margin)
    for text in (
        f"about {days} days",
        f"around {days} days",
        f"roughly {days} days",
        f"{days} days or so",
        f"{days}ish days",
    ):
        (found,) = READER.read(text, today)
        assert (found.days, found.vague, found.doubtful) == (expected, True, False)
    (past,) = READER.read(f"about {days} days ago", today)
    assert past.readings == (Period(today - timedelta(expected[1]), today - timedelta(expected[0])),)


@settings(deadline=None)
@given(first=st.integers(1, 30), more=st.integers(1, 9), today=st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_two_numbers_are_the_range_between_them(first: int, more: int, today: date) -> None:
    for text in (
        f"{first} or {first + more} days ago",
        f"{first}-{first + more} days ago",
        f"{first} to {first + more} days ago",
    ):
        (found,) = READER.read(text, today)
        assert found.readings == (Period(today - timedelta(first + more), today - timedelta(first)),)


@pytest.mark.parametrize(
    "doubt", ["i think", "not sure", "maybe", "i believe", "je crois", "can't remember exactly", "pas sûre"]
)
@pytest.mark.parametrize("told", ["nov 3", "10 days ago", "last tuesday", "the 12th"])
def test_a_doubt_said_aloud_is_heard_before_a_date_and_behind_it(doubt: str, told: str) -> None:
    assert [found.doubtful for found in READER.read(f"{doubt} it was {told}", SUNDAY)] == [True]
    assert [found.doubtful for found in READER.read(f"it was {told}, {doubt}", SUNDAY)] == [True]
    assert [found.doubtful for found in READER.read(f"it was {told}. ok?", SUNDAY)] == [False]
