"""The small notation in which the lexicon writes what a rule looks for.

``short of breath`` words in a row; ``<throat>`` any entry of the word list "throat";
``<throat> + <closing>`` both near each other, in any order; ``<cannot> > <breathe>`` both, in this order.
Words and lists side by side stand in a row: ``my <throat>``; ``goodbye note|letter`` is written for both words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

Span = tuple[int, int]
"""First token and the one after the last."""
Finds = Mapping[str, Sequence[Span]]
"""Where each item stands in a message."""

_ITEM = re.compile(r"<[\w ]+>|[^<>]+")
_JOINT = re.compile(r" ([+>]) ")


@dataclass(frozen=True)
class Part:
    """Items in a row; ``ordered`` when they must come after the parts before."""

    items: tuple[str, ...]
    ordered: bool


@dataclass(frozen=True)
class Form:
    """One way to say what a rule looks for: parts near each other."""

    text: str
    parts: tuple[Part, ...]

    @property
    def items(self) -> Iterator[str]:
        """Every item of every part."""
        return (item for part in self.parts for item in part.items)


def parse(text: str) -> Form:
    """Read one form; raises ValueError for an empty part."""
    joint, *rest = _JOINT.split(text)
    pieces = [("+", joint), *zip(rest[::2], rest[1::2], strict=True)]
    parts = tuple(Part(_items(piece), sign == ">") for sign, piece in pieces)
    if not all(part.items for part in parts):
        raise ValueError(f'"{text}" has an empty part')
    return Form(text, parts)


def _items(part: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in _ITEM.findall(part) if item.strip())


def alternatives(text: str) -> Iterator[str]:
    """Yield every text that ``goodbye note|letter`` is written for; ``so| tired`` is "so tired" and "tired"."""
    return (" ".join(filter(None, words)) for words in product(*(word.split("|") for word in text.split(" "))))


def is_list(item: str) -> bool:
    """True for ``<name>``, false for literal words."""
    return item.startswith("<")


class Forms:
    """Several ways to say one thing, indexed so that only those whose first item stands in a message cost."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        """Read every form; raises ValueError for a broken one."""
        self.forms = tuple(parse(text) for text in texts)
        self._by_first: dict[str, list[Form]] = defaultdict(list)
        for form in self.forms:
            self._by_first[form.parts[0].items[0]].append(form)

    def spans(self, finds: Finds, groups: Sequence[int], within: int) -> list[Span]:
        """Where any of them fits: parts at most ``within`` tokens apart, in one group (sentence)."""
        return [
            span
            for item in self._by_first.keys() & finds.keys()
            for form in self._by_first[item]
            for span in _spans(form, finds, groups, within)
        ]


def _spans(form: Form, finds: Finds, groups: Sequence[int], within: int) -> list[Span]:
    first, *rest = form.parts
    found = _row(first.items, finds)
    for part in rest:
        if not found:
            return []
        found = _joined(found, _row(part.items, finds), part.ordered, groups, within)
    return found


def _row(items: tuple[str, ...], finds: Finds) -> list[Span]:
    found = list(finds.get(items[0], ()))
    for item in items[1:]:
        found = [(a, d) for a, b in found for c, d in finds.get(item, ()) if b == c]
    return found


def _joined(left: list[Span], right: list[Span], ordered: bool, groups: Sequence[int], within: int) -> list[Span]:
    return [
        (min(a[0], b[0]), max(a[1], b[1]))
        for a in left
        for b in right
        if _near(a, b, ordered, within) and groups[a[0]] == groups[b[0]]
    ]


def _near(a: Span, b: Span, ordered: bool, within: int) -> bool:
    if 0 <= b[0] - a[1] <= within:
        return True
    return not ordered and 0 <= a[0] - b[1] <= within
