"""What the files of the knowledge have in common: ids, texts by language, quotes, review headers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from bot.knowledge.types import DEFAULT_LANGUAGE, Passage, Quote, Review, Text
from bot.yaml_lines import Entry, read_yaml, shown

PLACEHOLDER = re.compile(r"\{(\w*)\}")


class Ids:
    """The ids of one kind, each of which may stand once."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, entry: Entry) -> str:
        """The id that ``entry`` holds, refused where it stands elsewhere already."""
        name = identifier(entry)
        if name in self._entries:
            first = self._entries[name]
            raise entry.refusal(f"the id {name!r} stands in {shown(first.file)}:{first.line} already")
        self._entries[name] = entry
        return name


def identifier(entry: Entry) -> str:
    """An id: lower-case letters, digits, hyphens and underscores."""
    if not re.fullmatch(r"[a-z0-9]+([_-][a-z0-9]+)*", entry.text()):
        raise entry.refusal(f"an id has small letters, digits, - and _ only, not {entry.text()!r}")
    return entry.text()


def known(entry: Entry, ids: Collection[str], what: str) -> str:
    """An id that has to exist."""
    if entry.text() not in ids:
        raise entry.refusal(f"there is no {what} {entry.text()!r}")
    return entry.text()


def open_file(
    file: Path, contents: tuple[str, ...], optional: tuple[str, ...] = (), translated: bool = False
) -> tuple[dict[str, Entry], Entry, Review]:
    """A file's named contents, the whole of it, and who reviewed it."""
    root = read_yaml(file)
    headers = ("reviewed", "translation_reviewed") if translated else ("reviewed",)
    fields = root.fields((*contents, *headers), optional)
    return fields, root, _review(file.name, fields)


def _review(name: str, fields: Mapping[str, Entry]) -> Review:
    by, on = signature(fields["reviewed"])
    if "translation_reviewed" not in fields:
        return Review(name, by, on)
    translator, translated_on = signature(fields["translation_reviewed"])
    return Review(name, by, on, True, translator, translated_on)


def signature(entry: Entry) -> tuple[str | None, date | None]:
    """Who and when: both, or neither."""
    fields = entry.fields((), ("by", "on"))
    if len(fields) == 1:
        raise entry.refusal("a review names both who it was by and the day it was on")
    return (fields["by"].text(), _day(fields["on"])) if fields else (None, None)


def _day(entry: Entry) -> date:
    try:
        return date.fromisoformat(str(entry.plain()))
    except ValueError:
        raise entry.refusal("expected a date like 2026-11-22") from None


def text_by_language(entry: Entry, words: Mapping[str, Text] | None = None) -> Text:
    """A text by language, with each ``{name}`` in it filled from ``words``."""
    given = entry.pairs()
    if DEFAULT_LANGUAGE not in given:
        raise entry.refusal(f"the text in {DEFAULT_LANGUAGE!r} is missing")
    languages = sorted(given, key=lambda language: language != DEFAULT_LANGUAGE)
    return Text.of({language: _filled(given[language], language, words or {}) for language in languages})


def _filled(entry: Entry, language: str, words: Mapping[str, Text]) -> str:
    for name in PLACEHOLDER.findall(entry.text()):
        if name not in words:
            raise entry.refusal(f"{{{name}}} stands for nothing that is known here")
        if language not in words[name].languages:
            raise entry.refusal(f"{{{name}}} has no text in {language!r}")
    return PLACEHOLDER.sub(lambda match: words[match[1]].in_language(language), entry.text())


def quotes(entry: Entry, passages: Mapping[str, Passage], repeatable: bool = True) -> tuple[Quote, ...]:
    """Quotes that stand word for word in their passages; a repeatable claim rests on repeatable ones only."""
    found = tuple(_quote(item, passages, repeatable) for item in entry.items())
    if not found:
        raise entry.refusal("at least one quote is needed")
    return found


def _quote(entry: Entry, passages: Mapping[str, Passage], repeatable: bool) -> Quote:
    fields = entry.fields(("passage", "text"))
    passage = passages[known(fields["passage"], passages, "passage")]
    text = fields["text"].text()
    if text not in passage.text:
        raise fields["text"].refusal(f"the quote does not stand word for word in passage {passage.id!r}")
    if repeatable and passage.use in ("do_not_repeat", "framing"):
        raise fields["passage"].refusal(f"passage {passage.id!r} is marked {passage.use}, so no answer may quote it")
    return Quote(passage.id, passage.heading, text)
