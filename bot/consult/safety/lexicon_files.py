"""The lexicon's files: loaded, checked, and refused with file, line and reason when one is broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

from rapidfuzz.distance import OSA

from bot.consult.safety.forms import Forms, alternatives, is_list, parse
from bot.consult.safety.lexicon import CUES, NEAR, Kind, Lexicon, Need, Rule, Shape, Signal
from bot.consult.safety.reading import Assessment, Fact, Route, Said
from bot.consult.text.word_lists import words_in
from bot.yaml_lines import Entry, FileError, read_yaml

FOLDER = "safety"
"""Its name in the folder of the knowledge."""
_COMMON_WORDS = "common_words.txt"
_MAPS = ("spellings", "short_forms", "words", "numbers", "endings", "cues")
_ROWS = ("corrected", "not_typos", "idioms", "rules", "shapes", "said")
_SHORT_WORD = 6


class _Sections:
    """The sections of all files, put together by name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._found: dict[str, list[Entry]] = {}
        for file in sorted(folder.glob("*.yml")):
            for name, entry in read_yaml(file).fields((), (*_MAPS, *_ROWS, "reviewed")).items():
                self._found.setdefault(name, []).append(entry)

    def all(self, name: str) -> list[Entry]:
        """One section, from every file that has it."""
        if name not in self._found:
            raise FileError(self._folder, None, f"{name!r} is missing in all files")
        return self._found[name]

    def rows(self, name: str) -> tuple[Entry, ...]:
        """The entries of a section that is a list."""
        return tuple(item for section in self.all(name) for item in section.items())

    def pairs(self, name: str) -> dict[str, Entry]:
        """The entries of a section by name; a name that two files hold is refused."""
        found: dict[str, Entry] = {}
        for section in self.all(name):
            for key, entry in section.pairs().items():
                if key in found:
                    raise entry.refusal(f"{key!r} stands in another file already")
                found[key] = entry
        return found


def load_lexicon(folder: Path) -> Lexicon:
    """Load and check the lexicon's folder.

    Raises:
        FileError: The first thing that is wrong, with its line.
    """
    sections, common = _Sections(folder), frozenset(words_in(folder / _COMMON_WORDS))
    lexicon = Lexicon(
        spellings={**_spellings(sections, common), **_short_forms(sections, common)},
        corrected=frozenset(_texts(sections.rows("corrected"))),
        not_typos=common.union(_texts(sections.rows("not_typos"))),
        words=_lists(sections.pairs("words")),
        numbers={name: _range(entry) for name, entry in sections.pairs("numbers").items()},
        endings=_lists(sections.pairs("endings")),
        idioms=_forms(sections.rows("idioms")),
        cues={name: _forms(entry.items()) for name, entry in _cues(sections).items()},
        rules=tuple(_rule(entry) for entry in sections.rows("rules")),
        shapes=tuple(_shape(entry) for entry in sections.rows("shapes")),
        signals=tuple(_signal(entry) for entry in sections.rows("said")),
        reviewed=_reviewed(sections.all("reviewed")[0]),
    )
    _refuse_unknown_lists(sections, lexicon)
    _refuse_doubles([*sections.rows("rules"), *sections.rows("shapes")])
    return lexicon


def _spellings(sections: _Sections, common: frozenset[str]) -> dict[str, str]:
    """The slips by what they stand for; a synonym or a real word among them would read danger into anything."""
    found = {item: word for word, entry in sections.pairs("spellings").items() for item in entry.items()}
    for item, word in found.items():
        _refuse_no_slip(item, word, common)
    return {item.text(): word for item, word in found.items()}


def _refuse_no_slip(item: Entry, word: str, common: frozenset[str]) -> None:
    slips = 1 if len(word) <= _SHORT_WORD else 2
    if OSA.distance(item.text(), word) > slips:
        raise item.refusal(f"{item.text()!r} is more than {slips} letters away from {word!r}: no spelling of it")
    if item.text() in common:
        raise item.refusal(f"{item.text()!r} is a word of its own, no spelling of {word!r}")


def _short_forms(sections: _Sections, common: frozenset[str]) -> dict[str, str]:
    found = {item: word for word, entry in sections.pairs("short_forms").items() for item in entry.items()}
    for item, word in found.items():
        if len(item.text()) > len(word) or item.text() in common:
            raise item.refusal(f"{item.text()!r} is no short form of {word!r}")
    return {item.text(): word for item, word in found.items()}


def _texts(items: Iterable[Entry]) -> Iterator[str]:
    return (item.text() for item in items)


def _alternatives(items: Iterable[Entry]) -> Iterator[str]:
    return (text for item in items for text in alternatives(item.text()))


def _lists(section: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(_alternatives(texts.items())) for name, texts in section.items()}


def _cues(sections: _Sections) -> dict[str, Entry]:
    (entry,) = sections.all("cues")
    return entry.fields(CUES)


def _range(entry: Entry) -> tuple[int, int]:
    try:
        first, last = (int(str(end.plain())) for end in entry.items())
    except ValueError:
        raise entry.refusal("expected the first and the last number") from None
    return first, last


def _forms(items: Iterable[Entry]) -> Forms:
    items = tuple(items)
    for item in items:
        _refuse_empty_part(item)
    return Forms(_alternatives(items))


def _refuse_empty_part(item: Entry) -> None:
    try:
        parse(item.text())
    except ValueError as problem:
        raise item.refusal(str(problem)) from None


_OPTIONAL = ("route", "unless", "needs", "within", "asks", "fact", "raises", "foreign", "aside", "outright")


def _rule(entry: Entry) -> Rule:
    fields = entry.fields(("id", "kind", "forms", "source"), _OPTIONAL)

    def choice(name: str, allowed: object) -> Any:
        return fields[name].choice(get_args(allowed)) if name in fields else None

    return Rule(
        id=fields["id"].text(),
        kind=fields["kind"].choice(get_args(Kind)),
        route=choice("route", Route),
        forms=_forms(fields["forms"].items()),
        unless=_forms(fields["unless"].items()) if "unless" in fields else Forms(),
        needs=choice("needs", Need),
        within=fields["within"].positive() if "within" in fields else NEAR,
        asks=choice("asks", Assessment),
        fact=choice("fact", Fact),
        raises=fields["raises"].texts() if "raises" in fields else (),
        foreign="foreign" in fields and fields["foreign"].yes_no(),
        aside="aside" in fields and fields["aside"].yes_no(),
        outright="outright" in fields and fields["outright"].yes_no(),
        source=fields["source"].text(),
    )


def _shape(entry: Entry) -> Shape:
    fields = entry.fields(("id", "route", "patterns"), ("fact", "foreign"))
    patterns = tuple(_pattern(item) for item in fields["patterns"].items())
    fact = fields["fact"].choice(get_args(Fact)) if "fact" in fields else None
    foreign = "foreign" in fields and fields["foreign"].yes_no()
    return Shape(fields["id"].text(), fields["route"].choice(get_args(Route)), patterns, fact, foreign)


def _pattern(item: Entry) -> re.Pattern[str]:
    try:
        return re.compile(item.text(), re.IGNORECASE)
    except re.error as problem:
        raise item.refusal(f"no regular expression: {problem}") from None


def _signal(entry: Entry) -> Signal:
    fields = entry.fields(("id", "forms"), ("unless",))
    unless = _forms(fields["unless"].items()) if "unless" in fields else Forms()
    return Signal(fields["id"].choice(get_args(Said)), _forms(fields["forms"].items()), unless)


def _reviewed(entry: Entry) -> tuple[str, date] | None:
    fields = entry.fields((), ("by", "on"))
    return (fields["by"].text(), _day(fields["on"])) if {"by", "on"} <= fields.keys() else None


def _day(entry: Entry) -> date:
    try:
        return date.fromisoformat(str(entry.plain()))
    except ValueError:
        raise entry.refusal("expected a date such as 2026-11-22") from None


def _refuse_unknown_lists(sections: _Sections, lexicon: Lexicon) -> None:
    known = {f"<{name}>" for name in (*lexicon.words, *lexicon.numbers, *lexicon.endings)}
    for item in _all_forms(sections):
        unknown = {part for part in parse(item.text()).items if is_list(part)} - known
        if unknown:
            raise item.refusal(f"no word list is named {', '.join(sorted(unknown))}")


def _all_forms(sections: _Sections) -> Iterator[Entry]:
    """Every entry that is written in the notation of forms."""
    yield from sections.rows("idioms")
    for cue in sections.pairs("cues").values():
        yield from cue.items()
    for entry in (*sections.rows("rules"), *sections.rows("said")):
        fields = entry.pairs()
        for name in ("forms", "unless"):
            yield from fields[name].items() if name in fields else ()


def _refuse_doubles(entries: Iterable[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.pairs()["id"]
        if name.text() in seen:
            raise name.refusal(f"two rules are named {name.text()}")
        seen.add(name.text())
