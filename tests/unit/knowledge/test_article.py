"""The article: byte for byte, every sentence once, under ids that do not move."""

from __future__ import annotations

import hashlib
import re

import pytest

from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT

GIVEN = "2cdc12de06fb94fa113418b3dd65717282597d1a44bef9efc2242a3c20eb7f48"
"""SHA-256 of the article as it was given."""


def test_the_article_is_kept_byte_for_byte(knowledge: Knowledge) -> None:
    text = (PROJECT_ROOT / "data" / "knowledge" / "article.txt").read_bytes()
    assert hashlib.sha256(text).hexdigest() == GIVEN
    assert knowledge.source("article").text.encode() == text


@pytest.mark.parametrize(
    ("passage_id", "heading", "line", "text"),
    [
        (
            "optimal-sequence-3",
            "Optimal Sequence for Treatments",
            14,
            "Waiting at least two weeks after Botox before undergoing microneedling ensures that the Botox "
            "has fully taken effect and minimizes the risk of any interference.",
        ),
        (
            "optimal-sequence-1",
            "Optimal Sequence for Treatments",
            14,
            "Generally, it is advisable to have Botox injections first.",
        ),
        (
            "optimal-sequence-5",
            "Optimal Sequence for Treatments",
            15,
            "The micro-injuries from microneedling might also lead to temporary inflammation, which could "
            "complicate the Botox's action.",
        ),
        (
            "consultation-with-a-professional-1",
            "Consultation with a Professional",
            5,
            "They can provide personalized advice based on your skin type, condition, and specific goals.",
        ),
        (
            "closing-line-0",
            None,
            31,
            "Discover safe and empowering ways to enhance your beauty with our informative and joyful resources",
        ),
    ],
)
def test_a_sentence_is_found_by_its_id(
    knowledge: Knowledge, passage_id: str, heading: str | None, line: int, text: str
) -> None:
    passage = knowledge.passage(passage_id)
    assert (passage.heading, passage.line, passage.text) == (heading, line, text)


def test_a_passage_is_one_sentence(knowledge: Knowledge) -> None:
    assert len(knowledge.passages) == 47
    assert [p.id for p in knowledge.passages if re.search(r"[.!?] ", p.text)] == []


def test_every_heading_but_the_first_and_the_last_is_kept(knowledge: Knowledge) -> None:
    headings = dict.fromkeys(passage.heading for passage in knowledge.passages)
    assert len(headings) == 15  # fourteen, and None for the text that stands under no heading


@pytest.mark.parametrize(
    "passage_id",
    [
        "timing-considerations-0",  # the skin's surface
        "why-timing-matters-0",  # into the skin
        "understanding-the-mechanisms-0",  # paralyzing
        "understanding-the-mechanisms-2",  # both improve texture
        "microneedling-before-botox-0",  # hints at a second rule
        "benefits-of-sequential-treatments-0",  # maximize
        "benefits-of-sequential-treatments-2",  # long-lasting
        "conclusion-1",  # ensures
        "consultation-is-key-3",  # significantly enhance
        "understanding-the-sequence-1",  # as a medical professional
        "closing-line-0",
    ],
)
def test_a_doubtful_contradictory_or_promising_sentence_is_never_repeated(
    knowledge: Knowledge, passage_id: str
) -> None:
    passage = knowledge.passage(passage_id)
    assert (passage.use, bool(passage.reason)) == ("do_not_repeat", True)


def test_no_answer_rests_on_a_sentence_that_is_not_to_be_repeated(knowledge: Knowledge) -> None:
    silent = {p.id for p in knowledge.passages if p.use in ("do_not_repeat", "framing")}
    said = {quote.passage for fact in knowledge.all_facts if fact.repeatable for quote in fact.quotes}
    assert said & silent == set()
