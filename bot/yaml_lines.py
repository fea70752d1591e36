"""Reads the YAML files that a clinic edits, and knows the line of everything in them.

A value that does not fit is refused with the file, the line and the reason on one line: whoever made the slip
is told where to look, not how YAML works.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml

from bot.errors import TandemError

_TAB = "a tab stands at the start of this line; put spaces in its place, as in the lines around it"
_TAG = "tag:yaml.org,2002:"

# The C loader, where PyYAML was built with it, reads the same ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Choice = TypeVar("Choice", bound=str)


class FileError(TandemError):
    """A file that cannot be used: where, and why."""

    def __init__(self, file: Path, line: int | None, reason: str) -> None:
        where = shown(file) if line is None else f"{shown(file)}:{line}"
        super().__init__(f"{where}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


def shown(file: Path) -> str:
    """A file's path as a person would type it from here."""
    try:
        return str(file.relative_to(Path.cwd()))
    except ValueError:
        return str(file)


def read_text(file: Path) -> str:
    """A file's text.

    Raises:
        FileError: It is missing, not readable, or not UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise FileError(file, None, "the file is missing") from None
    except OSError:
        raise FileError(file, None, "the file cannot be read") from None
    except UnicodeDecodeError:
        raise FileError(file, None, "the file is not UTF-8 text") from None


def plain_yaml(file: Path) -> Any:
    """The whole of a YAML file as plain lists and mappings, for the bot's own word lists.

    Raises:
        FileError: It cannot be read, is not YAML, or holds a name twice: the first of two lists would be lost.
    """
    whole = read_yaml(file)
    whole.plain()
    return _LOADER("").construct_document(whole.node)


def read_yaml(file: Path) -> Entry:
    """The whole of a YAML file, as one entry.

    Raises:
        FileError: It cannot be read, or is not YAML.
    """
    text = read_text(file)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise FileError(file, line, _TAB if _has_tab(text, line) else f"not YAML: {error.problem}") from None
    except yaml.YAMLError:
        raise FileError(file, None, "not YAML: it holds a character that YAML does not allow") from None
    if node is None:
        raise FileError(file, None, "the file is empty")
    return Entry(file, node)


def _has_tab(text: str, line: int | None) -> bool:
    lines = text.split("\n")
    return line is not None and line <= len(lines) and lines[line - 1].lstrip(" ").startswith("\t")


@dataclass(frozen=True)
class Entry:
    """One value of a YAML file, which knows where it stands."""

    file: Path
    node: yaml.Node

    @property
    def line(self) -> int:
        """The line on which it starts, counted from 1."""
        return self.node.start_mark.line + 1

    @property
    def is_null(self) -> bool:
        """True where nothing, ``~`` or ``null`` stands."""
        return self._is("null")

    @property
    def is_mapping(self) -> bool:
        """True where named entries stand."""
        return isinstance(self.node, yaml.MappingNode)

    def refusal(self, reason: str) -> FileError:
        """The error that says why this entry cannot be used; the caller raises it."""
        return FileError(self.file, self.line, reason)

    def pairs(self) -> dict[str, Entry]:
        """The entries of a mapping by name; a name that stands twice is refused."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.refusal(f"expected named entries, found {self._kind()}")
        found: dict[str, Entry] = {}
        for key, value in self.node.value:
            name = Entry(self.file, key)
            if name.node.value in found:
                raise name.refusal(f"{name.node.value!r} stands here a second time")
            found[name._scalar()] = Entry(self.file, value)
        return found

    def names(self) -> dict[str, Entry]:
        """The names of a mapping's entries, where they themselves stand."""
        pairs = self.pairs()
        return {name: Entry(self.file, key) for name, (key, _) in zip(pairs, self.node.value, strict=True)}

    def leaves(self) -> Iterator[Entry]:
        """Every single value under this entry."""
        if isinstance(self.node, yaml.ScalarNode):
            yield self
            return
        is_list = isinstance(self.node, yaml.SequenceNode)
        for entry in self.items() if is_list else self.pairs().values():
            yield from entry.leaves()

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Entry]:
        """The entries of a mapping with known names; an optional one without a value counts as left out."""
        required, optional = set(required), set(optional)
        found = self.pairs()
        for name in found.keys() - required - optional:
            raise found[name].refusal(f"{name!r} is not known here")
        for name in sorted(required - found.keys()):
            raise self.refusal(f"{name!r} is missing")
        return {name: e for name, e in found.items() if name in required or not e.is_null}

    def items(self) -> tuple[Entry, ...]:
        """The entries of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.refusal(f"expected a list, found {self._kind()}")
        return tuple(Entry(self.file, node) for node in self.node.value)

    def text(self) -> str:
        """A text that says something."""
        if not self._is("str"):
            raise self.refusal(f"expected text, found {self._kind()}; put it in quotation marks")
        if not self._scalar().strip():
            raise self.refusal("expected text, found an empty one")
        return self._scalar()

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.text() for item in self.items())

    def choice(self, allowed: Iterable[Choice]) -> Choice:
        """One of the words that may stand here."""
        by_word = {str(word): word for word in allowed}
        if self.text() not in by_word:
            raise self.refusal(f"expected one of {', '.join(by_word)}, found {self.text()!r}")
        return by_word[self.text()]

    def positive(self) -> int:
        """A whole number of 1 or more."""
        if not (self._is("int") and self._scalar().isdecimal() and int(self._scalar()) > 0):
            raise self.refusal(f"expected a whole number of 1 or more, found {self._kind()}")
        return int(self._scalar())

    def yes_no(self) -> bool:
        """True or false, in any spelling that YAML knows."""
        if not self._is("bool"):
            raise self.refusal(f"expected true or false, found {self._kind()}")
        return self._scalar().lower() in ("true", "yes", "on")

    def plain(self) -> object:
        """Everything under this entry as plain Python values: texts, numbers, lists and dicts."""
        if isinstance(self.node, yaml.MappingNode):
            return {name: entry.plain() for name, entry in self.pairs().items()}
        if isinstance(self.node, yaml.SequenceNode):
            return [entry.plain() for entry in self.items()]
        if self.is_null:
            return None
        return self.yes_no() if self._is("bool") else self._scalar()

    def _is(self, kind: str) -> bool:
        return bool(self.node.tag == _TAG + kind)

    def _kind(self) -> str:
        if isinstance(self.node, yaml.SequenceNode):
            return "a list"
        if isinstance(self.node, yaml.MappingNode):
            return "named entries"
        return "nothing" if self.is_null else repr(self.node.value)

    def _scalar(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.refusal(f"expected a single value, found {self._kind()}")
        return str(self.node.value)
