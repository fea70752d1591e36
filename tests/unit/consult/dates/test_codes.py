"""The line of codes that a message becomes."""

from __future__ import annotations

from datetime import date

import pytest

from bot.consult.dates.codes import line_of
from bot.consult.dates.vocabulary import vocabulary
from bot.settings import PROJECT_ROOT

WORDS = vocabulary(PROJECT_ROOT / "data" / "language" / "dates", ("en", "fr"), treatments=("tox",))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("had tox 3 wks ago.", "WAS X 3 WEEKS AGO ."),
        ("10d 24h 3Nov nov3 12th", "10 DAYS 24 HOURS 3 M11 M11 3 O12"),
        ("11s 45yo 3D b4 $200 50% #3", "_ s _ yo _ DAYS b4 _ _ _"),
        ("call 403-555-0148 or me@example.org at 2:30pm", "FN _ OR _ FN _"),
        ("11/20 2026-11-20 3.11. 1.5 weeks", "11/20 2026-11-20 3.11. 1.5 WEEKS"),
        ("twenty-one days, dix-sept jours", "N21 DAYS , N17 DAYS"),
        ("mid-may two-week nov 3-5 mon-fri", "MID M05 N2 WEEK M11 3 - 5 W0 - W4"),
        ("Nov. 3 tues. the 24th, done nov.", "M11 3 W1 THE O24 , WAS M11 ."),
        ("tuesday's appt in two weeks' time", "W1 VISIT IN N2 WEEKS TIME"),
        ("i may march, i sat in the sun", "I may march , I sat IN THE sun"),
        ("in may, on march 3, tox sat", "IN M05 , ON M03 3 , X W5"),
        ("l'an dernier, un an", "THE YEAR GONE , N1 YEAR"),
        ("sept jours, en sept", "N7 DAYS , IN M09"),
        ("novemeber wendsday tommorow", "M11 W2 TOMORROW"),
        ("one\ntwo...", "N1 ; N2 ;"),
        ("2day 2nite", "TODAY TONIGHT"),
        ("weeksish tuesday-ish 10ish", "WEEKS ISH W1 ISH 10 ISH"),
        ("", ""),
    ],
)
def test_a_message_becomes_a_line_of_codes(message: str, expected: str) -> None:
    assert line_of(message, WORDS, date(2026, 11, 22)).text == expected


def test_every_piece_knows_its_place_in_the_message() -> None:
    message = "tox in twenty-one weeks' time"
    line = line_of(message, WORDS, date(2026, 11, 22))
    assert [message[piece.start : piece.end] for piece in line.pieces] == ["tox", "in", "twenty-one", "weeks'", "time"]
