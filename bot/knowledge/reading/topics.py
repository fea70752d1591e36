"""Reads topics.yml, and checks that every topic has what its kind of answer needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from bot.knowledge.reading.common import Ids, known, open_file
from bot.knowledge.types import TOPIC_KINDS, Boundary, Fact, Review, Topic
from bot.yaml_lines import Entry


def read_topics(
    file: Path, rules: Collection[str], safety_texts: Collection[str]
) -> tuple[dict[str, Topic], dict[str, Entry], Review]:
    """The topics by id, the places where they stand, and who reviewed them."""
    fields, _, review = open_file(file, ("topics",))
    ids, topics, places = Ids(), {}, {}
    for item in fields["topics"].items():
        topic = _topic(item, ids, rules, safety_texts)
        topics[topic.id], places[topic.id] = topic, item
    return topics, places, review


def _topic(entry: Entry, ids: Ids, rules: Collection[str], safety_texts: Collection[str]) -> Topic:
    fields = entry.fields(("id", "kind"), ("rules", "safety_texts"))
    return Topic(
        id=ids.add(fields["id"]),
        kind=fields["kind"].choice(TOPIC_KINDS),
        rules=_known_list(fields.get("rules"), rules, "rule"),
        safety_texts=_known_list(fields.get("safety_texts"), safety_texts, "safety text"),
    )


def _known_list(entry: Entry | None, ids: Collection[str], what: str) -> tuple[str, ...]:
    return tuple(known(item, ids, what) for item in entry.items()) if entry else ()


def refuse_unanswered(
    topics: Iterable[Topic],
    places: Mapping[str, Entry],
    facts: Iterable[Fact],
    boundaries: Iterable[Boundary],
) -> None:
    """Refuse a topic for which the bot would have nothing to say."""
    claims = "facts.yml holds nothing that may be said on", {fact.topic for fact in facts if fact.repeatable}
    gaps = "boundaries.yml holds nothing on", {boundary.topic for boundary in boundaries}
    needed = {"article": claims, "handoff": claims, "boundary": gaps}
    for topic in topics:
        lacks, answered = needed.get(topic.kind, ("", {topic.id}))
        if topic.id not in answered:
            raise places[topic.id].refusal(f"{lacks} {topic.id!r}")
        if topic.kind == "safety" and not topic.safety_texts:
            raise places[topic.id].refusal(f"{topic.id!r} names no safety text")
