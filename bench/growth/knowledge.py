"""Writes a knowledge many times as large: more articles, more facts of theirs, more treatments and names for them.

What is added is never said: the facts are kept for the record, and nobody asks for the treatments by their names. So
both sides give the same answers, and only the size differs.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

Entry = dict[str, Any]
_REVIEWS = ("reviewed", "translation_reviewed")
_UNREVIEWED: Entry = {"by": None, "on": None}
"""Written anew: PyYAML takes the key ``on`` for a truth value."""


def enlarge(source: Path, target: Path, times: int) -> None:
    """Write a copy of a knowledge folder with ``times`` as many articles, facts and treatments."""
    shutil.copytree(source, target)
    article, facts, treatments = (_read(source / f"{name}.yml") for name in ("article", "facts", "treatments"))
    for number in range(2, times + 1):
        _write(target / f"article_{number}.yml", _another_article(article, number))
    more = range(2, times + 1)
    for own in facts["facts"].values():
        own += [_recorded(fact, number) for number in more for fact in list(own)]
    uncovered = [each for each in treatments["treatments"] if not each["covered"]]
    treatments["treatments"] += [_another_treatment(each, number) for number in more for each in uncovered]
    _write(target / "facts.yml", facts)
    _write(target / "treatments.yml", treatments)


def _another_article(article: Entry, number: int) -> Entry:
    sections = [_renamed(section, number) for section in article["sections"]]
    return {**article, "source": {**article["source"], "id": f"article-{number}"}, "sections": sections}


def _renamed(section: Entry, number: int) -> Entry:
    passages = [{**passage, "id": _numbered(passage["id"], number)} for passage in section["passages"]]
    return {**section, "slug": _numbered(section["slug"], number), "passages": passages}


def _recorded(fact: Entry, number: int) -> Entry:
    """The same claim of another article, which the bot never says."""
    quotes = [{**quote, "passage": _numbered(quote["passage"], number)} for quote in fact["quotes"]]
    kept = {"use": "do_not_repeat", "reason": "One of many.", "id": _numbered(fact["id"], number), "quotes": quotes}
    return {**fact, **kept}


def _another_treatment(treatment: Entry, number: int) -> Entry:
    word = made_up(number)
    written = {
        kind: {language: [f"{form} {word}" for form in forms] for language, forms in by_language.items()}
        for kind, by_language in treatment["written"].items()
    }
    name = {language: f"{said} {word}" for language, said in treatment["name"].items()}
    return {**treatment, "id": f"{treatment['id']}_{word}", "name": name, "written": written}


def made_up(number: int) -> str:
    """A word that nobody writes, another one for each number."""
    return "zq" + "".join(chr(ord("a") + int(digit)) for digit in str(number)) + "qz"


def _numbered(name: str, number: int) -> str:
    """An id with a number in front of its own."""
    return f"n{number}-{name}"


def _read(file: Path) -> Entry:
    read: Entry = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {name: _UNREVIEWED if name in _REVIEWS else entry for name, entry in read.items()}


def _write(file: Path, entry: Entry) -> None:
    file.write_text(yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
