"""The details that name themselves in a message: a number, "my name is …", "call me after 5"; and what is left then."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.consult.request import phrases
from bot.consult.request.names import Names
from bot.consult.request.times import time_to_reach
from bot.consult.request.types import TOKEN, Detail, Field, FormAnswer

Span = tuple[int, int, Detail, str]
"""From where to where, which detail, and its value."""
SEALED: tuple[Detail, ...] = ("phone", "email")
"""The details that are tokens already."""
FEW_LETTERS = 12
"""Beside a number, this many letters say nothing else."""
_TOKEN_KINDS: dict[str, Detail] = {"phone": "phone", "email": "email"}


@dataclass(frozen=True)
class Found:
    """The details that a message names, with their places, and what is left of it without them."""

    spans: tuple[Span, ...]
    rest: str

    @property
    def values(self) -> tuple[tuple[Detail, str], ...]:
        """Each detail once; what was said last counts."""
        return tuple({detail: (detail, value) for _, _, detail, value in self.spans}.values())


class DetailFinder:
    """Finds the details of a message."""

    def __init__(self, names: Names) -> None:
        """Take what finds names."""
        self._names = names

    def find(self, text: str, requested: Field | None) -> Found:
        """Find what a message names, whatever was asked for; in a note only what corrects an earlier answer."""
        if requested == "note" and not phrases.CORRECTION.search(text) and not _only_contacts(text):
            return Found((), text)
        contacts: list[Span] = [(m.start(), m.end(), _TOKEN_KINDS[m[2]], m[1]) for m in TOKEN.finditer(text)]
        names: list[Span] = [(a, b, "name", text[a:b]) for a, b in self._named(text, requested)]
        times: list[Span] = [(a, b, "time", text[a:b]) for a, b in _times(text, requested)]
        notes: list[Span] = [(*m.span("note"), "note", m["note"]) for m in phrases.LABELLED_NOTE.finditer(text)]
        named = [*contacts, *names[:1], *times]
        spans = _apart([*named, *(notes if named and requested else [])])
        return Found(tuple(spans), _rest(text, spans))

    def _before_a_question(self, text: str, requested: Field | None) -> list[tuple[int, int]]:
        """Asked for the name: "Sam, how long …?" gives it first."""
        head, comma, tail = text.partition(",")
        is_name = requested == "name" and comma and self._names.whole(head) == head and phrases.ASKS.search(tail)
        return [(0, len(head))] if is_name else []

    def _named(self, text: str, requested: Field | None) -> list[tuple[int, int]]:
        sure = list(self._names.after_sure_lead(text)) or self._before_a_question(text, requested)
        if sure or requested in ("name", "time", "note"):
            return sure  # asked for the name, the message itself is read as one
        return list(self._names.after_likely_lead(text, strict=True))


def masked(text: str, spans: Iterable[Span]) -> str:
    """Return a text with the name of each detail in its place; what is a token already stays."""
    for start, end, detail, _ in sorted(spans, reverse=True):
        if detail not in SEALED:
            text = f"{text[:start]}[{detail}]{text[end:]}"
    return text


def tokens_of(answer: FormAnswer) -> str:
    """Return what a message shows once all that it says is kept: which details it gave, and a yes or no."""
    said = {True: "yes", False: "no", None: ""}[answer.consent]
    details = [f"[{value}]" if detail in SEALED else f"[{detail}]" for detail, value in answer.values]
    return " ".join(part for part in (said, *details) if part)


def parts_of(text: str) -> list[str]:
    """Return a message's parts: a list that somebody wrote in one line."""
    pieces = re.split(r"[,;\n|/]+|\.\s|\s-+\s|\b(?:and|et)\b", text)
    return [piece.strip() for piece in pieces if any(map(str.isalnum, piece))]


def _times(text: str, requested: Field | None) -> list[tuple[int, int]]:
    if requested == "time":
        return []  # the message itself is one
    found = time_to_reach(TOKEN.sub(lambda token: "~" * len(token[0]), text))  # a token's number is no hour
    return [found] if found else []


def _only_contacts(text: str) -> bool:
    """A number or an address and hardly anything else: a correction, also where a note was asked for."""
    return bool(TOKEN.search(text)) and sum(map(str.isalpha, phrases.CONTACT.sub("", text))) <= FEW_LETTERS


def _apart(spans: list[Span]) -> list[Span]:
    """Spans in order, without those that overlap an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: s[0]):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _rest(text: str, spans: list[Span]) -> str:
    for start, end, detail, _ in reversed(spans):
        if detail not in SEALED:
            text = f"{text[:start]}\n{text[end:]}"
    return phrases.CONTACT.sub("\n", text)
