"""Answers that say what the article says of a treatment, or why timing matters."""

from __future__ import annotations

from bot.consult.answers.openings import opened
from bot.consult.answers.parts import Answer, AnswerContext, Say
from bot.consult.answers.timing import timing_of
from bot.consult.topics import wait_after
from bot.knowledge.types import Passage, Quote

CLAIMS_AT_ONCE = 2
"""More than this nobody reads in a chat bubble."""


def answer_facts(context: AnswerContext, topic: str) -> Answer:
    """Say the facts of a topic, their sources, and the gap beside them if there is one."""
    facts = context.knowledge.facts(topic)
    facts = facts[_said_already(context, topic) :][:CLAIMS_AT_ONCE]
    sources = context.cite(quote for fact in facts for quote in fact.quotes[:1])
    claims = [context.claim(fact) for fact in facts]
    values = {
        "claims": " ".join(claims),
        "first_claim": claims[0],
        "claims_and_gap": " ".join(filter(None, (*claims, context.gap(topic)))),
        "gap": context.gap(topic),
        "lead_id": context.knowledge.covered[0],
    }
    timing = timing_of(context, topic) if topic == "why_timing" and context.case.first else None
    return Answer(
        topic,
        (
            Say(opened(f"utter_{topic}", context.case, None), values),
            *context.brand_note(),
            context.close_article(sources),
        ),
        timing,
        sources,
        handoff_offered=True,
    )


def _said_already(context: AnswerContext, topic: str) -> int:
    """How many of a topic's facts an answer on order or waiting gave not long ago: why, its first reason."""
    return int(topic == "why_timing" and context.answered("order", wait_after(context.knowledge.covered[0])))


def quote_source(context: AnswerContext, topic: str) -> Answer:
    """Show the sentence behind the last answer, word for word ("says who?")."""
    passages = [context.knowledge.passage(passage_id) for passage_id in context.memory.sources]
    sources = context.cite(_whole(passage) for passage in passages)
    cited = sources[0]
    says = (
        Say("utter_source_quote", {"heading": cited.heading, "quote": cited.quote}),
        context.close_article(sources),
    )
    return Answer(topic, says, None, sources, handoff_offered=True)


def _whole(passage: Passage) -> Quote:
    return Quote(passage.id, passage.heading, passage.text)
