"""The details that name themselves in a message: a number, "my name is …", "call me after 5"; and what is left then."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.consult.request.names import Names
from bot.consult.request.times import Times
from bot.consult.request.types import SEALED, TOKEN, Detail, Field, FormAnswer
from bot.consult.request.words import RequestWords
from bot.consult.text.within import replaced

Place = tuple[int, int, Detail, str]
"""From where to where, which detail, and its value."""
FEW_LETTERS = 12
"""Beside a number, this many letters say nothing else."""
KINDS: dict[str, Detail] = {"phone": "phone", "email": "email"}


@dataclass(frozen=True)
class Found:
    """The details that a message names, with their places, and what is left of it without them."""

    places: tuple[Place, ...] = ()
    rest: str = ""

    @property
    def values(self) -> tuple[tuple[Detail, str], ...]:
        """Each number and address, and of every other detail what was said last."""
        contacts = {value: (detail, value) for _, _, detail, value in self.places if detail in SEALED}
        others = {detail: (detail, value) for _, _, detail, value in self.places if detail not in SEALED}
        return (*others.values(), *contacts.values())


class DetailFinder:
    """Finds the details of a message."""

    def __init__(self, words: RequestWords, names: Names, times: Times) -> None:
        """Take the form's words, and what finds names and times."""
        self._words, self._names, self._times = words, names, times
        self._between = re.compile(rf"[,;\n|/]+|\.\s|\s-+\s|\b{words.expression('list_join')}")
        token = TOKEN.pattern.replace("-", "[- ]")  # lowered texts have blanks for hyphens inside words
        led = rf"(?:(?<![\w'-]){words.expression('contact_word')}){{0,9}}"
        self._contact = re.compile(rf"{led}{token}[^\w.?!\[\n]*(?:{words.expression('contact_tail')})?")

    def find(self, text: str, requested: Field | None) -> Found:
        """Find what a message names, whatever was asked for; in a note only what corrects an earlier answer."""
        if requested == "note" and not self._is_no_note(text):
            return Found((), text)
        contacts: list[Place] = [(m.start(), m.end(), KINDS[m[2]], m[1]) for m in TOKEN.finditer(text)]
        names: list[Place] = [(a, b, "name", text[a:b]) for a, b in self._named(text, requested)]
        time = None if requested == "time" else self._times.to_reach(text)
        times: list[Place] = [(*time, "time", text[slice(*time)])] if time else []
        named = [*self._in_use(text, contacts), *names[:1], *times]
        places = _apart([*named, *(self._labelled_note(text) if named and requested else ())])
        return Found(tuple(places), self._rest(text, places))

    def parts(self, text: str) -> list[str]:
        """Return a message's parts: a list that somebody wrote in one line."""
        pieces = replaced(self._between, text, "\n").split("\n")
        return [piece.strip() for piece in pieces if any(map(str.isalnum, piece))]

    def _is_no_note(self, text: str) -> bool:
        """A correction; or a number or an address and hardly anything else."""
        few = sum(map(str.isalpha, replaced(self._contact, text, ""))) <= FEW_LETTERS
        return bool(self._words.start("corrects", text)) or self._renames(text) or bool(TOKEN.search(text) and few)

    def _renames(self, text: str) -> bool:
        return self._words.has("instead", text) and any(self._names.behind("likely_lead", text))

    def _in_use(self, text: str, contacts: list[Place]) -> list[Place]:
        """The numbers and addresses but for one that is taken back: "not [phone-1], use [phone-2]"."""
        kept = [each for each in contacts if not self._words.has("instead_of", text[: each[0]][-FEW_LETTERS:])]
        return kept or contacts

    def _named(self, text: str, requested: Field | None) -> list[tuple[int, int]]:
        sure = list(self._names.behind("sure_lead", text)) or self._before_a_question(text, requested)
        strictly = not self._words.has("instead", text)
        if sure or (requested in ("name", "time", "note") and strictly):
            return sure  # asked for the name, the message itself is read as one
        likely = self._names.behind("likely_lead", text, strict=strictly)
        return [place for place in likely if not self._times.any(text[slice(*place)])]

    def _before_a_question(self, text: str, requested: Field | None) -> list[tuple[int, int]]:
        """Asked for the name: "Sam, how long …?" gives it first; "I'm nursing, is that …?" gives none."""
        head, _, tail = text.partition(",")
        is_name = requested == "name" and self._names.whole(head) == head.strip() and self._words.asks(tail)
        return [(len(head) - len(head.lstrip()), len(head.rstrip()))] if is_name else []

    def _labelled_note(self, text: str) -> Iterable[Place]:
        note = next(self._words.find("note_label", text), None)
        return [(note[0], len(text), "note", text[note[1] :])] if note and text[note[1] :].strip() else []

    def _rest(self, text: str, places: Iterable[Place]) -> str:
        for start, end, detail, _ in sorted(places, reverse=True):
            if detail not in SEALED:
                text = f"{text[:start]}\n{text[end:]}"
        return replaced(self._contact, text, "\n")


def masked(text: str, places: Iterable[Place]) -> str:
    """Return a text with the name of each detail in its place; what is a token already stays."""
    for start, end, detail, _ in sorted(places, reverse=True):
        if detail not in SEALED:
            text = f"{text[:start]}[{detail}]{text[end:]}"
    return text


def tokens_of(answer: FormAnswer) -> str:
    """Return what a message shows once all that it says is kept: which details it gave, and a yes or no."""
    said = {True: "yes", False: "no", None: ""}[answer.consent]
    details = [f"[{value}]" if detail in SEALED else f"[{detail}]" for detail, value in answer.values]
    return " ".join(part for part in (said, *details) if part)


def _apart(places: list[Place]) -> list[Place]:
    """Places in order, without those that overlap an earlier one."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda p: p[0]):
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept
