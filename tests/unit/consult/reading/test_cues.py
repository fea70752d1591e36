"""The small words of order and tense: found, and silent inside longer phrases that mean something else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.consult.reading.cues import CueFinder
from bot.consult.text.characters import fold
from bot.consult.text.tokens import tokenizer
from bot.settings import PROJECT_ROOT

CUES = PROJECT_ROOT / "data" / "language" / "cues.yml"
NLP = tokenizer()
FINDER = CueFinder(NLP, CUES.parent)


def labels(text: str) -> dict[str, list[str]]:
    doc = NLP.make_doc(fold(text))
    return {label: [doc[c.start : c.end].text for c in cues] for label, cues in FINDER.find(doc).found.items()}


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("needling AFTER tox", "after", ["AFTER"]),
        ("needling b4 tox", "before", ["b4"]),
        ("tox and then needling", "then", ["and then"]),
        ("tox first", "first", ["first"]),
        ("start with tox", "start_with", ["start with"]),
        ("the other way round", "flip", ["other way round"]),
        ("both on the same day", "same_day", ["same day"]),
        ("après le botox", "after", ["apres"]),
        ("d'abord le botox", "first", ["d'abord"]),
        ("même jour", "same_day", ["meme jour"]),
        ("how long between them", "between", ["between"]),
    ],
)
def test_a_cue_is_found(text: str, label: str, words: list[str]) -> None:
    assert labels(text)[label] == words


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("before or after?", {"before", "after"}),
        ("my first time", {"first"}),
        ("second opinion", {"second"}),
        ("last week", {"second"}),
        ("what is the difference between them", {"between", "gap"}),
        ("which one first", {"first"}),
        ("had planned", {"done"}),
        ("start with tox", {"done"}),
        ("after that", {"after"}),
    ],
)
def test_inside_a_longer_phrase_the_smaller_cue_is_silent(text: str, silent: set[str]) -> None:
    assert not silent & set(labels(text))


def test_of_two_phrases_of_one_label_the_longer_wins() -> None:
    assert labels("i just had tox")["done"] == ["just had"]


def test_a_message_without_cues_has_none() -> None:
    cues = FINDER.find(NLP.make_doc("blue"))

    assert (cues.found, cues.of("after"), cues.has("after", "before")) == ({}, (), False)


def test_every_label_has_phrases_and_every_phrase_is_found_under_its_label() -> None:
    lists = yaml.safe_load(CUES.read_text(encoding="utf-8"))
    hidden = {"first", "second", "before", "after", "between", "done", "done_behind", "planned", "planned_behind"}

    assert [label for label, phrases in lists.items() if not phrases] == []
    assert [(label, p) for label, phrases in lists.items() for p in phrases if not isinstance(p, str)] == []
    lost = [(la, p) for la, phrases in lists.items() if la not in hidden for p in phrases if la not in labels(p)]
    assert lost == []


def test_a_language_is_added_as_data(tmp_path: Path) -> None:
    (tmp_path / "cues.yml").write_text("after: [nach]\n", encoding="utf-8")
    (tmp_path / "order_words.yml").write_text("or: [or]\n", encoding="utf-8")
    (tmp_path / "order_words.de.yml").write_text("or: [oder]\n", encoding="utf-8")

    cues = CueFinder(NLP, tmp_path).find(NLP.make_doc("needling nach botox"))
    (cue,) = cues.of("after")

    assert (cue.label, cue.start, cue.end) == ("after", 1, 2)
    assert cues.words == {"or": {"or", "oder"}}
