"""An explanation as plain data: what ``--json`` writes and what the page is laid out from."""

from __future__ import annotations

from typing import Any

from bot.cli.in_process import Understood
from bot.consult.case.case import Case
from bot.consult.reading.direction import Direction
from bot.consult.timeline.verdict import Timing
from bot.consult.types import to_json
from bot.knowledge.types import Knowledge

Explanation = dict[str, Any]
_DIGITS = 3


def explanation(understood: Understood, knowledge: Knowledge) -> Explanation:
    """Collect everything that led to an answer, and the sentences that it quotes."""
    reading, decision = understood.reading, understood.decision
    return {
        "text": understood.text,
        "topic": understood.answer.topic,
        "row": decision.rule,
        "also_asked": list(decision.more),
        "likely": list(decision.likely),
        "language": reading.language,
        "case": _shown(understood.case),
        "treatments": [_treatment(each, reading.direction) for each in reading.mentions],
        "cues": list(reading.signals),
        "follow_up": reading.follow_up,
        "dates": [to_json(each) for each in reading.times],
        "pair": list(reading.pair),
        "direction": _direction(reading.direction),
        "timeline": to_json(reading.timeline),
        "timing": _timing(understood.timing, knowledge),
        "safety": _safety(understood),
        "ranking": [_rounded(guess) for guess in understood.ranking],
        "nearest_examples": [_rounded(example) for example in understood.nearest],
        "says": [say.response for answer in understood.reply.answers for say in answer.says],
        "quotes": _quotes(understood, knowledge),
        "ms": round(understood.seconds * 1000, 1),
    }


def _shown(case: Case) -> dict[str, Any]:
    """Return the facts of a case that say something: all but those that are as in an empty one."""
    facts, empty = _plain(case), _plain(Case())
    return {name: fact for name, fact in facts.items() if fact != empty[name]}


def _treatment(mention: Any, direction: Direction) -> dict[str, Any]:
    return {**_plain(mention), "role": direction_role(mention.treatment, direction)}


def direction_role(treatment: str, direction: Direction) -> str:
    """Return the part that a treatment has in the order: ``first``, ``then``, or only ``named``."""
    if direction.first is None:
        return "named"
    return "first" if treatment == direction.first else "then"


def _direction(direction: Direction) -> dict[str, Any]:
    return {**_plain(direction), "status": dict(direction.status)}


def _timing(timing: Timing | None, knowledge: Knowledge) -> dict[str, object] | None:
    return timing.as_json(knowledge.covered) if timing else None


def _safety(understood: Understood) -> dict[str, Any]:
    return {**_plain(understood.reading.safety), "binding": understood.reading.safety.binding}


def _quotes(understood: Understood, knowledge: Knowledge) -> list[dict[str, str]]:
    """Return the whole sentence behind every passage that the answers rest on."""
    cited = (source for answer in understood.reply.answers for source in answer.sources)
    return [
        {"id": each.id, "heading": each.heading, "sentence": knowledge.passage(each.id).text}
        for each in {source.id: source for source in cited}.values()
    ]


def _plain(value: object) -> dict[str, Any]:
    fields = to_json(value)
    assert isinstance(fields, dict)
    return fields


def _rounded(guess: Any) -> dict[str, Any]:
    return {key: round(value, _DIGITS) if isinstance(value, float) else value for key, value in guess.items()}
