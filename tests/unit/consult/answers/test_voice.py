"""How ordinary answers sound: the first words, the length, the words themselves (docs/voice.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
import yaml

from bot.consult.answers.kinds import answer_topic
from bot.consult.answers.parts import AnswerContext
from bot.settings import PROJECT_ROOT

ContextFor = Callable[..., AnswerContext]
MOST_WORDS, HIGHEST_GRADE = 45, 8.0
ASKED = (
    ("which first, tox or needling", "order", "Botox first"),
    ("tox first, right?", "order", "Yes, the article"),
    ("tox first then needling, is that safe?", "order", "The article doesn't say"),
    ("tox last, correct?", "order", "No, the other way round"),
    ("needling first, right?", "wait_after_microneedling", "No, the other way round"),
    ("how long after tox til needling", "wait_after_botox", "At least two weeks"),
    ("can i needle right after tox?", "wait_after_botox", "Not yet"),
    ("do i have to wait 3 months after tox to needle?", "wait_after_botox", "No, not 3 months"),
    ("do i have to wait 48 hours after tox to needle?", "wait_after_botox", "No, not 48 hours"),
    ("is the wait 2 weeks after tox before needling?", "wait_after_botox", "Yes, at least two weeks"),
    ("is there a max wait after tox before needling?", "wait_after_botox", "The article doesn't say"),
    ("how long after needling til tox", "wait_after_microneedling", "The article doesn't say"),
    ("both the same day?", "same_day", "The article doesn't say"),
    ("had tox nov 3, needling nov 12, ok?", "date_check", "No, that's sooner"),
    ("had tox nov 3, is needling nov 12 too soon?", "date_check", "That's sooner"),
    ("had tox nov 12, can i needle?", "date_check", "Not yet"),
    ("had tox nov 12, when can i needle?", "date_check", "Thu 26 Nov"),
    ("had tox nov 3, needling nov 20, ok?", "date_check", "That's past the article's minimum"),
    ("had tox nov 3, needling nov 17, ok?", "date_check", "Exactly the article's minimum"),
    ("had needling nov 3, tox nov 28?", "date_check", "The article doesn't say"),
    ("why wait", "why_timing", "Having Botox first"),
    ("how long does tox last", "botox_duration", "Botox typically lasts"),
    ("when does tox kick in", "botox_onset", "Botox typically starts"),
    ("what is needling", "microneedling_what", "Microneedling makes"),
    ("does it hurt", "pain", "The article doesn't say"),
    ("what not to do after", "aftercare", "The article doesn't say"),
    ("how many sessions", "number_of_sessions", "The article doesn't say"),
    ("filler after tox", "other_treatment", "The article doesn't say"),
)


@pytest.fixture(scope="module")
def domain() -> dict[str, Any]:
    return dict(yaml.safe_load((PROJECT_ROOT / "domain.yml").read_text(encoding="utf-8")))


def said(context: AnswerContext, topic: str, domain: dict[str, Any], closing: bool = True) -> str:
    says = [say for say in answer_topic(context, topic).says if closing or not say.closing]
    return " ".join(domain["responses"][say.response][0]["text"].format(**say.values) for say in says)


@pytest.mark.parametrize(("text", "topic", "opening"), ASKED)
def test_the_first_words_answer(
    context: ContextFor, domain: dict[str, Any], text: str, topic: str, opening: str
) -> None:
    assert said(context(text, topic), topic, domain).startswith(opening)


@pytest.mark.parametrize("asked", ["ok", "safe", "allowed", "enough", "fine"])
@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("tox first then needling, is that {}?", "order"),
        ("is needling 2 weeks after tox {}?", "wait_after_botox"),
        ("had tox nov 3, needling nov 17, is that {}?", "date_check"),
        ("are both on the same day {}?", "same_day"),
    ],
)
def test_nothing_is_ever_allowed(
    context: ContextFor, domain: dict[str, Any], text: str, topic: str, asked: str
) -> None:
    assert not said(context(text.format(asked), topic), topic, domain).startswith("Yes")


def test_answers_are_brief(context: ContextFor, domain: dict[str, Any]) -> None:
    assert median(len(said(context(text, topic), topic, domain).split()) for text, topic, _ in ASKED) <= MOST_WORDS


def test_answers_are_easy_to_read(context: ContextFor, domain: dict[str, Any]) -> None:
    grades = [grade(said(context(text, topic), topic, domain, closing=False)) for text, topic, _ in ASKED]

    assert median(grades) <= HIGHEST_GRADE


def grade(text: str) -> float:
    """The Flesch-Kincaid grade, with the names of the treatments taken as the short words that readers know."""
    words = re.findall(r"[a-z']+", re.sub(r"(?i)microneedling|botox", "tox", text).casefold())
    sentences = len(re.findall(r"[.!?:;](?:\s|$)", text)) or 1
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?:es|ed|e)$", "", word)))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
