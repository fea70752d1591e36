"""Whose case a message is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.consult.reading.message import Reading
from bot.consult.reading.whose import MINE, THEIRS, Whose

Read = Callable[[str], Reading]


@pytest.mark.parametrize(
    ("message", "whose"),
    [
        ("botox nov 10, needling nov 28?", None),
        ("I had Botox on Nov 10", MINE),
        ("and for me?", MINE),
        ("pour moi c'est le 3 décembre", MINE),
        ("my brother had Botox on Nov 10", "brother"),
        ("and for my aunt, what's the soonest?", "aunt"),
        ("ma cousine a eu son botox le 10 novembre", "cousine"),
        ("what about the 30th for him", THEIRS),
        ("can my bf do needling on Friday with me?", "bf"),
        ("my mom takes warfarin", "mom"),
        ("she is pregnant", THEIRS),
        ("im on accutane", MINE),
        # What somebody says, gave or got away with is no case of theirs.
        ("my friend said 3 weeks for needling", None),
        ("my sister did both after 5 days and was fine", None),
        ("a needling voucher from my husband", None),
        ("my sister's wedding is on Dec 12", None),
        # The writer and somebody else: open.
        ("my friend and I want Botox on Friday", None),
        ("my husband is at work", None),
    ],
)
def test_a_case_is_the_writers_or_somebody_elses(read: Read, message: str, whose: Whose | None) -> None:
    assert read(message).whose == whose
