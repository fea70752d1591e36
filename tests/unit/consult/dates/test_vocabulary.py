"""Words and their codes: data by language, a further language among them."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.consult.dates import date_reader
from bot.consult.dates.vocabulary import Unsure, vocabulary, words_of
from bot.consult.types import Period
from bot.settings import PROJECT_ROOT
from bot.yaml_lines import plain_yaml

LANGUAGE = PROJECT_ROOT / "data" / "language"
WORDS = vocabulary(LANGUAGE / "dates", ("en", "fr"), treatments=("botox",))
TODAY = date(2026, 11, 22)
GERMAN = """
months: [[januar, jan], [februar], [märz], [april], [mai], [juni], [juli], [august], [september], [oktober],
         [november, nov], [dezember, dez]]
weekdays: [[montag], [dienstag], [mittwoch], [donnerstag], [freitag], [samstag], [sonntag]]
numbers: ["null", eins, zwei, drei, vier, fünf, sechs, sieben, acht, neun, zehn]
tens: {20: [zwanzig]}
ordinals: [erster]
ordinal_tens: {}
ordinal_endings: []
units: {DAY: [tag], DAYS: [tage, tagen], WEEK: [woche], WEEKS: [wochen], MONTH: [monat], MONTHS: [monate, monaten]}
glued: {}
words:
  TODAY: [heute]
  TOMORROW: [morgen]
  NEXT: [nächsten, nächster]
  A: [ein, eine, einer, einem]
  AGOLEADS: [vor]
  ABOUT: [etwa, ungefähr]
  AND: [und]
  DOUBT: [ich glaube, vielleicht]
days: {christmas: [weihnachten]}
not_typos: []
"""


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Après-demain", ("apres", "demain")),
        ("l'", ("l'",)),
        ("it'll be", ("it", "'ll", "be")),
        ("new year’s", ("new", "year", "'s")),
    ],
)
def test_a_phrase_is_looked_up_by_the_tokens_of_a_message(phrase: str, expected: tuple[str, ...]) -> None:
    assert words_of(phrase) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["november"], ("M11", 1)),
        (["day", "before", "yesterday", "?"], ("BEFOREYESTERDAY", 3)),
        (["day", "before", "the"], ("DAY", 1)),
        (["a"], ("A", 1)),
        (["botox"], ("X", 1)),
        (["because"], ("FN", 1)),
        (["umbrella"], None),
    ],
)
def test_the_longest_phrase_has_the_code_and_the_first_language_wins(
    words: list[str], expected: tuple[str, int] | None
) -> None:
    assert WORDS.code(words) == expected


def test_no_word_of_a_language_stands_in_two_of_its_lists() -> None:
    for language in ("en", "fr"):
        lists = plain_yaml(LANGUAGE / "dates" / f"{language}.yml")
        words = [word for part in ("units", "words", "days") for each in lists[part].values() for word in each]
        assert sorted(set(words)) == sorted(words)


def test_both_languages_have_the_same_lists_and_name_the_same_codes() -> None:
    english, french = (plain_yaml(LANGUAGE / "dates" / f"{language}.yml") for language in ("en", "fr"))
    assert english.keys() == french.keys()
    assert french["words"].keys() - english["words"].keys() == {
        "AGOLEADS", "AU", "DAYLATER", "DU", "LE", "UPNEXT",
    }  # fmt: skip
    days = plain_yaml(LANGUAGE / "named_days.yml")
    assert english["days"].keys() | french["days"].keys() == days.keys()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("in", "i", True),
        ("i", "book", False),
        ("like", "be", False),
        ("like", "then", True),
        ("the", "<end>", False),
        ("<end>", "<number>", True),
    ],
)
def test_a_word_that_may_be_another_is_told_by_its_neighbours(before: str, after: str, expected: bool) -> None:
    may = Unsure(
        frozenset({"may"}),
        meant_before=frozenset({"<number>"}),
        meant_after=frozenset({"in"}),
        not_before=frozenset({"be", "book"}),
        loosely_after=frozenset({"like"}),
    )
    assert may.is_meant((before,), (after,)) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("nurse", "said", False), ("in", "said", False), ("in", "fine", True), ("needling", "<end>", True)],
)
def test_a_usual_word_is_one_but_beside_certain_others(before: str, after: str, expected: bool) -> None:
    april = Unsure(frozenset({"april"}), usual=True, not_after=frozenset({"nurse"}), not_before=frozenset({"said"}))
    assert april.is_meant((before,), (after,)) is expected


@pytest.mark.parametrize(("before", "expected"), [("botox", True), ("alberta", False)])
def test_a_word_may_need_certain_others_before_it(before: str, expected: bool) -> None:
    sun = Unsure(frozenset({"sun"}), closing=frozenset({"<end>"}), only_after=frozenset({"botox"}))
    assert sun.is_meant((before,), ("<end>",)) is expected


def test_a_further_language_is_only_data(tmp_path: Path) -> None:
    shutil.copytree(LANGUAGE / "dates", tmp_path / "dates")
    shutil.copy(LANGUAGE / "named_days.yml", tmp_path)
    (tmp_path / "dates" / "de.yml").write_text(GERMAN, encoding="utf-8")
    reader = date_reader(tmp_path, ("de",), treatments=("botox",))  # type: ignore[arg-type]

    found = reader.read("Botox vor zwei Wochen, morgen Needling? Ich glaube, am 3. Dezember. Etwa 20 Tage.", TODAY)

    two_weeks_ago, tomorrow, third = date(2026, 11, 8), TODAY + timedelta(1), date(2026, 12, 3)
    assert [each.readings for each in found[:3]] == [(Period(day, day),) for day in (two_weeks_ago, tomorrow, third)]
    assert [each.text for each in found] == ["vor zwei Wochen", "morgen", "3. Dezember", "Etwa 20 Tage"]
    assert [each.doubtful for each in found] == [False, False, True, False]
    assert found[3].days == (15, 25)
