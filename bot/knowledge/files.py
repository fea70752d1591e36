"""Reads data/knowledge: YAML files that a clinician can change, checked as a whole before use."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from bot.knowledge.reading.boundaries import read_boundaries
from bot.knowledge.reading.common import Ids
from bot.knowledge.reading.facts import Known, read_facts
from bot.knowledge.reading.rules import read_rules
from bot.knowledge.reading.safety_texts import read_safety_texts
from bot.knowledge.reading.sources import read_source
from bot.knowledge.reading.topics import read_topics, refuse_unanswered
from bot.knowledge.reading.treatments import read_treatments
from bot.knowledge.types import Knowledge, Passage, Review, Source
from bot.yaml_lines import FileError, read_text

_SOURCE = re.compile(r"^[\"']?source[\"']?\s*:", re.MULTILINE)
FILES = ("treatments.yml", "sequencing.yml", "topics.yml", "facts.yml", "boundaries.yml", "safety_texts.yml")
"""The files of fixed names; a YAML file beside them that has an entry ``source`` is a source."""


class _Sources(NamedTuple):
    all: tuple[Source, ...]
    passages: Mapping[str, Passage]
    reviews: tuple[Review, ...]


def read_knowledge(directory: Path) -> Knowledge:
    """Everything that the files say, without a database.

    Args:
        directory: Where the files are, ``Settings.knowledge_dir``.

    Raises:
        FileError: The first thing that is wrong, with its file and line.
    """
    sources = _read_sources(directory)
    treatments, of_treatments = read_treatments(directory / "treatments.yml", {s.id for s in sources.all})
    covered = {t.id for t in treatments if t.covered}
    rules, of_rules = read_rules(directory / "sequencing.yml", covered, sources.passages)
    rules_by_id = {rule.id: rule for rule in rules}
    texts, urgent_signs, of_texts = read_safety_texts(directory / "safety_texts.yml")
    topics, places, of_topics = read_topics(directory / "topics.yml", rules_by_id, {t.key for t in texts})
    languages = {source.id: source.language for source in sources.all}
    known = Known(topics, sources.passages, rules_by_id, languages)
    facts, of_facts = read_facts(directory / "facts.yml", known)
    boundaries, of_boundaries = read_boundaries(directory / "boundaries.yml", topics, rules_by_id)
    refuse_unanswered(topics.values(), places, facts, boundaries)
    return Knowledge(
        version=_version(directory, sources.all),
        sources=sources.all,
        passages=tuple(sources.passages.values()),
        treatments=treatments,
        topics=tuple(topics.values()),
        rules=rules,
        all_facts=facts,
        boundaries=boundaries,
        safety_texts=texts,
        urgent_signs=urgent_signs,
        reviews=(*sources.reviews, of_treatments, of_rules, of_topics, of_facts, of_boundaries, of_texts),
    )


def _read_sources(directory: Path) -> _Sources:
    source_ids, passage_ids = Ids(), Ids()
    read = [read_source(file, source_ids, passage_ids) for file in _source_files(directory)]
    passages = {passage.id: passage for _, found, _ in read for passage in found}
    return _Sources(tuple(source for source, _, _ in read), passages, tuple(review for _, _, review in read))


def _source_files(directory: Path) -> list[Path]:
    """The files that describe a source; what else lies here (word lists of the safety layer) is not ours."""
    others = (file for file in sorted(directory.glob("*.yml")) if file.name not in FILES)
    found = [file for file in others if _SOURCE.search(read_text(file))]
    if not found:
        raise FileError(directory, None, "there is no source here (a YAML file such as article.yml)")
    return found


def _version(directory: Path, sources: Iterable[Source]) -> str:
    """A fingerprint of every byte that was read."""
    digest = hashlib.sha256()
    for file in (*(directory / name for name in FILES), *_source_files(directory)):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for source in sources:
        digest.update(source.text.encode() + b"\0")
    return digest.hexdigest()
