"""Rules rewrite a line: what they recognise becomes one piece, the longest first."""

from __future__ import annotations

from datetime import date

import pytest

from bot.consult.dates.grammar import Draft, Line, Piece, compiled, number

TODAY = date(2026, 11, 22)


def line(text: str) -> Line:
    pieces, at = [], 0
    for code in text.split():
        pieces.append(Piece(code, at, at + len(code)))
        at += len(code) + 1
    return Line(tuple(pieces), TODAY)


def length(days: int, at: str | int = 0) -> Draft:
    return Draft("l", days=(days, days), at=at)


def test_the_longest_of_overlapping_drafts_takes_their_place() -> None:
    rules = compiled(
        {"DAYS": ((r"\d+ DAYS", lambda match, line: length(1)), (r"ABOUT \d+ DAYS", lambda match, line: length(2)))}
    )
    found = rules.apply(line("X ABOUT 10 DAYS AGO"))
    assert found.text == "X @l0 AGO"
    assert (found.draft("@l0").days, found.pieces[1].start, found.pieces[1].end) == ((2, 2), 2, 15)


def test_a_rule_may_draft_several_groups_of_its_match() -> None:
    rules = compiled(
        {"": ((r"(?P<one>\d) AND (?P<two>\d)", lambda match, line: [length(1, "one"), length(2, "two")]),)}
    )
    assert rules.apply(line("3 AND 5")).text == "@l1 AND @l0"


def test_a_rule_matches_whole_pieces_only() -> None:
    rules = compiled({"": ((r"\d DAY", lambda match, line: length(1)),)})
    assert rules.apply(line("13 DAYS 3 DAY")).text == "13 DAYS @l0"


def test_a_rule_that_makes_nothing_of_its_match_changes_nothing() -> None:
    untouched = line("3 DAY")
    assert compiled({"": ((r"\d DAY", lambda match, line: None),)}).apply(untouched) is untouched


def test_rules_are_not_asked_where_the_line_lacks_what_they_need() -> None:
    rules = compiled({"WEEK": ((r"\d DAY", lambda match, line: length(1)),)})
    assert rules.apply(line("3 DAY")).text == "3 DAY"


@pytest.mark.parametrize(("text", "value"), [("3", 3), ("N12", 12), ("1,5", 1.5), ("A", 1), (None, 1)])
def test_a_number_is_told_by_its_figure_or_its_code(text: str | None, value: float) -> None:
    assert number(text) == value
