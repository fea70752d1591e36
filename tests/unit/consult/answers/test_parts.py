"""The context: what every answer asks of the knowledge and the clinic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.consult.answers.parts import AnswerContext, Cited
from bot.knowledge.types import Knowledge, Quote, UnknownIdError

ContextFor = Callable[..., AnswerContext]


def test_the_interval_is_the_rule_s_in_its_own_direction_only(context: ContextFor) -> None:
    laid_out = context("x")

    assert laid_out.interval("botox", "microneedling") == 14
    assert laid_out.interval("microneedling", "botox") is None
    assert laid_out.interval("botox", "laser") is None


def test_names_are_in_the_message_s_language(context: ContextFor) -> None:
    assert context("x").name("laser") == "laser or light treatments"
    assert (
        context("quand puis-je avoir le laser après le botox").name("laser") == "traitements au laser ou à la lumière"
    )


def test_an_unknown_treatment_is_an_error_and_no_guess(context: ContextFor) -> None:
    with pytest.raises(UnknownIdError):
        context("x").name("levitation")


def test_every_claim_is_whole(context: ContextFor, knowledge: Knowledge) -> None:
    claims = [context("x").claim(fact) for fact in knowledge.all_facts if fact.repeatable]

    assert [claim for claim in claims if not claim.strip() or "{" in claim or "  " in claim] == []


def test_the_reason_for_a_rule_is_its_first_one(context: ContextFor, knowledge: Knowledge) -> None:
    rule = knowledge.rule("botox", "microneedling")

    assert rule is not None and context("x").rationale(rule) == str(rule.rationale[0])


def test_each_passage_is_cited_once_under_its_heading_or_its_source_s_title(
    context: ContextFor, knowledge: Knowledge
) -> None:
    passage = next(p for p in knowledge.passages if p.heading)
    quote = Quote(passage.id, passage.heading, passage.text)
    bare = replace(quote, heading=None)

    assert context("x").cite([quote, quote]) == (Cited(passage.id, passage.heading or "", passage.text),)
    assert context("x").cite([bare])[0].heading == knowledge.source(passage.source).title


def test_a_topic_that_the_sources_answer_whole_has_no_gap(context: ContextFor) -> None:
    assert (context("x").gap("botox_what"), context("x").gap("order")) == ("", "")


def test_no_rule_has_no_reason(context: ContextFor) -> None:
    assert context("x").rationale(None) == ""


def test_the_close_names_each_heading_once(context: ContextFor) -> None:
    sources = tuple(Cited(str(n), heading, "") for n, heading in enumerate(["One", "Two", "One"]))

    assert context("x").close_article(sources).values["headings"] == "“One”, “Two”"
