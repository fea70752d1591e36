"""Reads treatments.yml: the one list of treatments and of what people call them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from bot.knowledge.reading.common import Ids, known, open_file, text_by_language
from bot.knowledge.spelling import fold
from bot.knowledge.types import ALIAS_KINDS, Review, Treatment, TreatmentAlias
from bot.yaml_lines import Entry

ANY_LANGUAGE = "any"


class _Aliases:
    """Every alias so far: a form belongs to one treatment, and is listed once."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, entry: Entry) -> str:
        text = " ".join(entry.text().split())
        first = self._entries.setdefault(fold(text), entry)
        if first is not entry:
            raise entry.refusal(f"{text!r} stands in line {first.line} already")
        return text


def read_treatments(file: Path, sources: Collection[str]) -> tuple[tuple[Treatment, ...], Review]:
    """The treatments, the covered ones with the sources that speak of them."""
    fields, _, review = open_file(file, ("treatments",), translated=True)
    ids, aliases = Ids(), _Aliases()
    return tuple(_treatment(item, ids, aliases, sources) for item in fields["treatments"].items()), review


def _treatment(entry: Entry, ids: Ids, aliases: _Aliases, sources: Collection[str]) -> Treatment:
    fields = entry.fields(("id", "covered", "name", "written"), ("sources", "cues"))
    treatment = Treatment(
        id=ids.add(fields["id"]),
        covered=fields["covered"].yes_no(),
        name=text_by_language(fields["name"]),
        aliases=tuple(_aliases(fields["written"], aliases)),
        sources=tuple(known(s, sources, "source") for s in fields["sources"].items()) if "sources" in fields else (),
        cues=tuple(_cues(fields["cues"])) if "cues" in fields else (),
    )
    if treatment.covered != bool(treatment.sources):
        raise fields["covered"].refusal("a treatment is covered where it has sources, and only there")
    return treatment


def _aliases(entry: Entry, aliases: _Aliases) -> Iterator[TreatmentAlias]:
    by_kind = entry.fields((), ALIAS_KINDS)
    for kind in ALIAS_KINDS:
        for language, texts in by_kind[kind].pairs().items() if kind in by_kind else ():
            for item in texts.items():
                yield TreatmentAlias(aliases.add(item), kind, _language(language))


def _language(name: str) -> str | None:
    return None if name == ANY_LANGUAGE else name


def _cues(entry: Entry) -> Iterator[str]:
    for texts in entry.pairs().values():
        yield from texts.texts()
