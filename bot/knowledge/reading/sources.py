"""Reads a source: the text itself, and the file that divides it into passages, every word accounted for."""

from __future__ import annotations

import re
from pathlib import Path

from bot.knowledge.reading.common import Ids, identifier, open_file
from bot.knowledge.types import FLAGS, USES, Passage, Review, Source
from bot.yaml_lines import Entry, read_text


class _Lines:
    """A source's lines, from which headings and passages are taken in turn until no word is left."""

    def __init__(self, source: Source, file: Path) -> None:
        self._name = file.name
        self._rest = dict(enumerate(source.text.split("\n"), start=1))

    def take(self, number: int, text: str, at: Entry) -> None:
        """Take ``text`` from a line, where it has to stand next."""
        before, found, after = self._rest.get(number, "").partition(text)
        if not found:
            raise at.refusal(f"does not stand word for word in line {number} of {self._name}, in this order")
        self._refuse_words(number, before, at)
        self._rest[number] = after

    def refuse_leftovers(self, at: Entry) -> None:
        """Refuse a source of which some words stand in no passage."""
        for number, rest in self._rest.items():
            self._refuse_words(number, rest, at)

    def _refuse_words(self, number: int, text: str, at: Entry) -> None:
        if re.search(r"\w", text):
            raise at.refusal(f"no passage holds these words of {self._name}, line {number}: {text.strip()[:60]!r}")


def read_source(file: Path, source_ids: Ids, passage_ids: Ids) -> tuple[Source, tuple[Passage, ...], Review]:
    """A source with its passages, each of which stands word for word in the text, in its order."""
    fields, _, review = open_file(file, ("source", "sections"))
    source, text_file = _source(fields["source"], source_ids)
    lines = _Lines(source, text_file)
    sections = fields["sections"].items()
    passages = tuple(p for section in sections for p in _section(section, source, lines, passage_ids))
    lines.refuse_leftovers(fields["sections"])
    return source, passages, review


def _source(entry: Entry, ids: Ids) -> tuple[Source, Path]:
    fields = entry.fields(("id", "title", "text", "language"), ("author", "licence", "note"))
    words = {name: e.text() for name, e in fields.items() if name not in ("id", "text")}
    file = entry.file.parent / fields["text"].text()
    return Source(id=ids.add(fields["id"]), text=read_text(file), **words), file


def _section(entry: Entry, source: Source, lines: _Lines, ids: Ids) -> list[Passage]:
    fields = entry.fields(("slug", "heading", "passages"), ("heading_line",))
    heading = None if fields["heading"].is_null else fields["heading"].text()
    if heading:
        if "heading_line" not in fields:
            raise fields["heading"].refusal("the line of this heading is missing ('heading_line')")
        lines.take(fields["heading_line"].positive(), heading, fields["heading"])
    slug = identifier(fields["slug"])
    numbered = enumerate(fields["passages"].items())
    return [_passage(item, f"{slug}-{place}", heading, source, lines, ids) for place, item in numbered]


def _passage(entry: Entry, expected_id: str, heading: str | None, source: Source, lines: _Lines, ids: Ids) -> Passage:
    fields = entry.fields(("id", "line", "text", "use"), ("flags", "reason"))
    passage_id, number = ids.add(fields["id"]), fields["line"].positive()
    if passage_id != expected_id:
        raise fields["id"].refusal(f"by its section and place this id should be {expected_id!r}")
    lines.take(number, fields["text"].text(), fields["text"])
    return Passage(
        id=passage_id,
        source=source.id,
        heading=heading,
        line=number,
        text=fields["text"].text(),
        use=fields["use"].choice(USES),
        flags=tuple(flag.choice(FLAGS) for flag in fields["flags"].items()) if "flags" in fields else (),
        reason=fields["reason"].text() if "reason" in fields else None,
    )
