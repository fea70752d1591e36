"""The trials' report notices each thing that must not be."""

from __future__ import annotations

import pytest

from tests.faults.mailbox import Arrived
from tests.faults.report import Report

FIRST, AGAIN = Arrived("TD-4F7K", "<a>", 1), Arrived("TD-4F7K", "<a>", 2)


def test_repeats_under_the_same_id_are_as_they_should_be() -> None:
    report = Report(confirmed={"TD-4F7K"}, mails=[FIRST, AGAIN, Arrived("TD-9HXM", "<b>", 1)])
    assert report.faults == {}
    assert report.repeats == 1


@pytest.mark.parametrize(
    ("mails", "fault"),
    [
        ([], {"acknowledged and lost": ["TD-4F7K"]}),
        ([FIRST, Arrived("TD-4F7K", "<b>", 2)], {"repeated under another id": ["TD-4F7K"]}),
        ([FIRST, Arrived("TD-9HXM", "<a>", 1)], {"repeated under another id": ["<a>"]}),
        ([FIRST, FIRST], {"repeated without being counted": ["TD-4F7K"]}),
    ],
)
def test_what_the_mails_show_is_noticed(mails: list[Arrived], fault: dict[str, list[str]]) -> None:
    assert Report(confirmed={"TD-4F7K"}, mails=mails).faults == fault


@pytest.mark.parametrize("field", ["confirmed_without_row", "confirmed_twice", "undelivered"])
def test_what_the_tables_show_is_noticed(field: str) -> None:
    assert list(Report(**{field: ["TD-4F7K"]}).faults.values()) == [["TD-4F7K"]]
