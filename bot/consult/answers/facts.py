"""Answers that say what the article says of a treatment, or why timing matters."""

from __future__ import annotations

from bot.consult.answers.parts import Answer, Desk, Say
from bot.consult.answers.timing import timing_of
from bot.knowledge.types import Passage, Quote

CLAIMS_AT_ONCE = 4
"""More than this nobody reads in a chat bubble."""


def answer_facts(desk: Desk, topic: str) -> Answer:
    """Say the facts of a topic, their sources, and the gap beside them if there is one."""
    facts = desk.knowledge.facts(topic)[:CLAIMS_AT_ONCE]
    sources = desk.cite(quote for fact in facts for quote in fact.quotes[:1])
    values = {
        "claims": " ".join(desk.claim(fact) for fact in facts),
        "gap": desk.gap(topic),
        "lead_id": desk.knowledge.covered[0],
    }
    timing = timing_of(desk, topic) if topic == "why_timing" and desk.reading.direction.first else None
    return Answer(
        topic,
        (Say(f"utter_{topic}", values), desk.close_article(sources)),
        timing,
        sources,
        handoff_offered=True,
    )


def quote_source(desk: Desk, topic: str) -> Answer:
    """Show the sentence behind the last answer, word for word ("says who?")."""
    passages = [desk.knowledge.passage(passage_id) for passage_id in desk.talk.sources]
    sources = desk.cite(_whole(passage) for passage in passages)
    cited = sources[0]
    says = (
        Say("utter_source_quote", {"heading": cited.heading, "quote": cited.quote}),
        desk.close_article(sources),
    )
    return Answer(topic, says, None, sources, handoff_offered=True)


def _whole(passage: Passage) -> Quote:
    return Quote(passage.id, passage.heading, passage.text)
