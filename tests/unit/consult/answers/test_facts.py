"""Answers from the source: its claims, hedged as it hedges, with the passages that they rest on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.consult.answers.facts import CLAIMS_AT_ONCE, answer_facts, quote_source
from bot.consult.answers.parts import AnswerContext
from bot.consult.case.memory import Memory
from bot.knowledge.types import Knowledge

ContextFor = Callable[..., AnswerContext]
FACTS = (
    "why_timing",
    "botox_what",
    "botox_onset",
    "botox_duration",
    "botox_uses",
    "microneedling_what",
    "microneedling_uses",
    "microneedling_inflammation",
    "combined_benefits",
    "what_to_ask_professional",
)


@pytest.mark.parametrize("topic", FACTS)
def test_claims_come_with_their_sources_and_a_person(context: ContextFor, knowledge: Knowledge, topic: str) -> None:
    answer = answer_facts(context("x", topic), topic)
    said, close = answer.says

    assert (said.response, close.response, answer.handoff_offered) == (f"utter_{topic}", "utter_close_article", True)
    assert said.values["claims"].strip() and "{" not in said.values["claims"]
    assert answer.sources
    assert all(source.quote in knowledge.passage(source.id).text for source in answer.sources)


@pytest.mark.parametrize("topic", FACTS)
def test_only_claims_that_may_be_said_are_said_and_not_too_many(
    context: ContextFor, knowledge: Knowledge, topic: str
) -> None:
    laid_out = context("x", topic)
    expected = " ".join(laid_out.claim(fact) for fact in knowledge.facts(topic)[:CLAIMS_AT_ONCE])
    forbidden = [laid_out.claim(f) for f in knowledge.all_facts if f.topic == topic and not f.repeatable]

    said = answer_facts(laid_out, topic).says[0].values["claims"]

    assert said == expected
    assert [claim for claim in forbidden if claim in said] == []


def test_the_gap_beside_an_answer_is_named(context: ContextFor) -> None:
    assert answer_facts(context("x", "botox_duration"), "botox_duration").says[0].values["gap"] == (
        "The article does not say when to repeat Botox."
    )
    assert answer_facts(context("x", "botox_what"), "botox_what").says[0].values["gap"] == ""


def test_only_the_reasons_for_an_order_have_a_timing(context: ContextFor) -> None:
    why = answer_facts(context("why tox before needling", "why_timing"), "why_timing").timing

    assert why is not None and (why.first, why.verdict) == ("botox", None)
    assert answer_facts(context("why wait", "why_timing"), "why_timing").timing is None
    assert answer_facts(context("tox before needling", "botox_what"), "botox_what").timing is None


def test_several_sources_are_quoted_whole_and_once(context: ContextFor, knowledge: Knowledge) -> None:
    ids = ("optimal-sequence-4", "optimal-sequence-5", "optimal-sequence-4")
    answer = quote_source(context("says who", "order", memory=Memory(sources=ids)), "order")

    assert [source.id for source in answer.sources] == ["optimal-sequence-4", "optimal-sequence-5"]
    assert answer.sources[0].quote == knowledge.passage("optimal-sequence-4").text
