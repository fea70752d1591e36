"""How many files a question touches, and how often it goes from one to another."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from bench.way import CHANNEL, OURS, Way, followed
from bot.gsm7 import length, segments

BOT = OURS[0]


def frame(file: str, name: str = "act") -> SimpleNamespace:
    return SimpleNamespace(f_code=SimpleNamespace(co_filename=file, co_name=name))


@pytest.mark.parametrize(
    ("file", "name", "event", "counts"),
    [
        (f"{BOT}a.py", "act", "call", True),
        (f"{BOT}a.py", "act", "return", False),
        (f"{BOT}a.py", "<listcomp>", "call", False),
        ("/usr/lib/python3/a.py", "act", "call", False),
    ],
)
def test_only_calls_of_our_own_functions_count(file: str, name: str, event: str, counts: bool) -> None:
    way = Way()
    way.see(frame(file, name), event, None)  # type: ignore[arg-type]

    assert way.calls == [file] * counts


def test_files_and_changes_of_file_are_counted() -> None:
    way = Way(list("aabacc"))

    assert (way.files, way.changes) == (3, 3)


def test_what_lies_around_the_channel_is_left_out() -> None:
    assert Way(["gate", CHANNEL, "a", "b", CHANNEL, "headers"]).within(CHANNEL).calls == [CHANNEL, "a", "b", CHANNEL]


def test_it_follows_what_is_called_and_no_longer() -> None:
    before = sys.getprofile()
    with followed() as way:
        length("Hello")
    segments("Hello")
    sys.setprofile(before)

    assert way.calls == [f"{BOT}gsm7.py"]
