"""A slip in a file of the knowledge is refused with its file, its line and the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.files import read_knowledge
from bot.yaml_lines import FileError
from tests.longer_wait import wait_three_weeks

Edit = Callable[[str, str, str], int]


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        # the source
        (
            "article.yml",
            "Generally, it is advisable",
            "Usually, it is advisable",
            "does not stand word for word in line 14 of article.txt, in this order",
        ),
        (
            "article.yml",
            "id: optimal-sequence-3",
            "id: optimal-sequence-1",
            "the id 'optimal-sequence-1' stands",
        ),
        (
            "article.yml",
            "id: optimal-sequence-3",
            "id: optimal-sequence-9",
            "by its section and place this id should be 'optimal-sequence-3'",
        ),
        ("article.yml", "use: framing", "use: frame", "expected one of answer, keep_hedged"),
        ("article.yml", "flags: [D, X]", "flags: [Q]", "expected one of V, D, X, G, M, found 'Q'"),
        ("article.yml", "line: 14", "line: 12", "does not stand word for word in line 12 of article.txt"),
        ("article.yml", "text: article.txt", "text: nothing.txt", "the file is missing"),
        (
            "article.yml",
            'heading: "Conclusion"',
            'heading: "Conclusions"',
            "does not stand word for word in line 16",
        ),
        # treatments
        ("treatments.yml", "[dysport,", "[microneedle,", "'microneedle' stands in line "),
        ("treatments.yml", "covered: true", "covered: perhaps", "expected true or false, found 'perhaps'"),
        ("treatments.yml", "covered: true", "covered: false", "a treatment is covered where it has sources"),
        ("treatments.yml", "sources: [article]", "sources: [book]", "there is no source 'book'"),
        ("treatments.yml", "      brand:", "      brands:", "'brands' is not known here"),
        ("treatments.yml", "id: microneedling", "id: Micro Needling", "an id has small letters"),
        ("treatments.yml", "{en: Botox, fr: le Botox}", "{fr: le Botox}", "the text in 'en' is missing"),
        # sequencing rules
        (
            "sequencing.yml",
            "interval_days: 14",
            "interval_days: 0",
            "expected a whole number of 1 or more, found '0'",
        ),
        (
            "sequencing.yml",
            "interval_days: 14",
            "interval_days: two weeks",
            "expected a whole number of 1 or more",
        ),
        ("sequencing.yml", "interval_days: 14", "interval_days: -14", "expected a whole number of 1 or more"),
        (
            "sequencing.yml",
            "interval_days: 14",
            "interval_days: 21",
            "says 'two weeks', which is 14 days",
        ),
        (
            "sequencing.yml",
            "interval_days: null",
            "interval_days: 14",
            "says no length of time",
        ),
        (
            "sequencing.yml",
            "Waiting at least two weeks after Botox",
            "after Botox",
            "says no length of time",
        ),
        ("sequencing.yml", "first: botox", "first: tox", "there is no covered treatment 'tox'"),
        ("sequencing.yml", "then: microneedling", "then: laser", "there is no covered treatment 'laser'"),
        (
            "sequencing.yml",
            "passage: optimal-sequence-3",
            "passage: nowhere-0",
            "there is no passage 'nowhere-0'",
        ),
        (
            "sequencing.yml",
            "Waiting at least two weeks",
            "Waiting at least three weeks",
            "the quote does not stand word for word in passage 'optimal-sequence-3'",
        ),
        ("sequencing.yml", "stance: advised\n", "stance: best\n", "expected one of advised, not_advised"),
        # facts
        ("facts.yml", "  order:\n", "  ordering:\n", "there is no topic 'ordering'"),
        (
            "facts.yml",
            "id: order-then-wait",
            "id: order-botox-first",
            "the id 'order-botox-first' stands in ",
        ),
        (
            "facts.yml",
            "duration: {en: three to four months",
            "duration: {en: six months",
            "'six months' does not stand word for word in a quote of this fact",
        ),
        ("facts.yml", "at least {interval} after", "at least {wait} after", "{wait} stands for nothing"),
        ("facts.yml", "rule: botox-then-microneedling", "rule: any", "there is no rule 'any'"),
        (
            "facts.yml",
            "rule: botox-then-microneedling",
            "rule: microneedling-then-botox",
            "{interval} stands for nothing that is known here",
        ),
        (
            "facts.yml",
            "at least two weeks after Botox before",
            "after Botox before",
            "does not stand word for word",
        ),
        (
            "facts.yml",
            'text: "Waiting at least two weeks after',
            'text: "after',
            "says no length of time",
        ),
        (
            "facts.yml",
            "passage: optimal-sequence-1,",
            "passage: closing-line-0,",
            "the quote does not stand word for word in passage 'closing-line-0'",
        ),
        ("facts.yml", "use: do_not_repeat", "use: answer", "so no answer may quote it"),
        ("facts.yml", '      reason: Keep "generally".\n', "", "keep_hedged needs a reason"),
        ("facts.yml", "values:\n        starts:", "values:\n        interval:", "the interval comes from"),
        # topics, boundaries, safety texts
        (
            "topics.yml",
            "{id: price, kind: boundary}",
            "{id: price, kind: article}",
            "nothing that may be said",
        ),
        (
            "topics.yml",
            "{id: help, kind: conversation}",
            "{id: help, kind: boundary}",
            "holds nothing on 'help'",
        ),
        ("topics.yml", ", safety_texts: [call_988]", "", "'self_harm' names no safety text"),
        ("topics.yml", "[call_911, seen_today]", "[call_112]", "there is no safety text 'call_112'"),
        ("boundaries.yml", "topic: price", "topic: prices", "there is no topic 'prices'"),
        ("boundaries.yml", "topic: price", "topic: pain", "the id 'pain' stands in "),
        (
            "boundaries.yml",
            "clinic: [price_note,",
            "clinic: [prices,",
            "expected one of name, address, hours",
        ),
        ("boundaries.yml", "say: [tell_the_clinic,", "say: [hello,", "expected one of ask_professional"),
        ("safety_texts.yml", "    sms:", "    pigeon:", "'pigeon' is not known here"),
        ("safety_texts.yml", "  in_doubt:", "  in_a_doubt:", "'in_a_doubt' is not known here"),
        (
            "safety_texts.yml",
            "Tell them you had",
            "Tell them, before anything else, you had",
            "of the 160 characters of an SMS",
        ),
        (
            "safety_texts.yml",
            "vous avez eu du Botox",
            "vous avez reçu du Botox",
            "a character that an SMS in GSM-7",
        ),
        # reviews
        ("facts.yml", "reviewed: {by: null, on: null}", "reviewed: {by: A. Name}", "a review names both"),
        (
            "facts.yml",
            "reviewed: {by: null, on: null}",
            "reviewed: {by: A. Name, on: yesterday}",
            "expected a date like 2026-11-22",
        ),
    ],
)
def test_a_slip_is_refused_with_its_reason(copy: Path, edit: Edit, name: str, old: str, new: str, reason: str) -> None:
    edit(name, old, new)
    with pytest.raises(FileError) as refused:
        read_knowledge(copy)
    assert reason in refused.value.reason
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("sequencing.yml", "interval_days: 14", "interval_days: 0"),
        ("facts.yml", "rule: botox-then-microneedling", "rule: any"),
        ("article.yml", "Generally, it is advisable", "Usually, it is advisable"),
        ("treatments.yml", "[dysport,", "[microneedle,\n dysport,"),
    ],
)
def test_a_slip_is_refused_at_its_line(copy: Path, edit: Edit, name: str, old: str, new: str) -> None:
    line = edit(name, old, new)
    with pytest.raises(FileError) as refused:
        read_knowledge(copy)
    if name == "treatments.yml":  # the second of the two places is the one that is refused
        line = refused.value.line or 0
        assert "microneedle" in (copy / name).read_text(encoding="utf-8").splitlines()[line - 1]
    assert (refused.value.file, refused.value.line) == (copy / name, line)


def test_a_sentence_that_no_passage_holds_is_refused(copy: Path) -> None:
    text = copy / "article.txt"
    text.write_text(text.read_text(encoding="utf-8") + "\nWait a year.\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"no passage holds these words of article.txt, line 32: 'Wait a year.'"):
        read_knowledge(copy)


@pytest.mark.parametrize("name", ["treatments.yml", "facts.yml", "safety_texts.yml", "article.txt"])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(FileError, match=f"{name}: the file is missing"):
        read_knowledge(copy)


def test_a_directory_without_a_source_is_refused(copy: Path) -> None:
    (copy / "article.yml").unlink()
    with pytest.raises(FileError, match="there is no source here"):
        read_knowledge(copy)


def test_another_interval_is_taken_where_the_source_says_it(copy: Path) -> None:
    wait_three_weeks(copy)
    knowledge = read_knowledge(copy)
    rule = knowledge.rule("botox", "microneedling")
    assert rule is not None
    assert (rule.interval_days, rule.interval_in_words("fr")) == (21, "trois semaines")
    assert str(knowledge.fact("wait-after-botox-minimum").claim) == (
        "The article advises waiting at least three weeks after Botox before microneedling."
    )


def test_a_review_is_kept_with_its_name_and_day(copy: Path, edit: Edit) -> None:
    edit("topics.yml", "reviewed: {by: null, on: null}", "reviewed: {by: A. Name, on: 2026-11-22}")
    review = next(r for r in read_knowledge(copy).reviews if r.file == "topics.yml")
    assert (review.by, str(review.on), review.translation_needed) == ("A. Name", "2026-11-22", False)


def test_the_version_follows_every_file(copy: Path, edit: Edit) -> None:
    versions = [read_knowledge(copy).version]
    for name in ("article.yml", "facts.yml", "treatments.yml", "safety_texts.yml"):
        edit(name, "reviewed: {by: null, on: null}", "reviewed: {by: A. Name, on: 2026-11-22}")
        versions.append(read_knowledge(copy).version)
    assert len(set(versions)) == 5
    assert read_knowledge(copy).version == versions[-1]
