"""What each part of the understanding is worth: switched off in turn over all labelled messages and conversations.

``make ablation`` asks the trained model once for every message, then decides anew without each row of the decision
table, each correction of the classifier's guesses and each way to lean on an earlier turn, and reads anew without each
rule and each figure of speech of the safety lexicon (``bench.lexicon``). What changes nothing goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table as Page

from bench import lexicon
from bot.channels.commands import neutralised
from bot.cli.in_process import Understanding, Understood, load_understanding
from bot.cli.score import TABLES, TODAY
from bot.cli.scoring.questions import compared, is_scored
from bot.cli.scoring.tables import Row, read_tables
from bot.consult.case import guesses, leaning
from bot.consult.decision import table
from bot.consult.safety.lexicon_files import FOLDER, load_lexicon
from bot.consult.safety.second_look import danger_of
from bot.settings import Settings
from tests.talks import turns

SHOWN = 3

Label = Callable[[Understood], bool]


@dataclass(frozen=True)
class Asked:
    """One labelled message after the messages before it."""

    name: str
    texts: tuple[str, ...]
    is_right: Label


@dataclass(frozen=True)
class Part:
    """Something that can be switched off: an entry of a tuple of a module."""

    kind: str
    name: str
    module: Any
    attribute: str
    entry: Any

    @contextmanager
    def off(self) -> Iterator[None]:
        """Leave the entry out for a while."""
        kept = tuple(each for each in getattr(self.module, self.attribute) if each is not self.entry)
        with patch.object(self.module, self.attribute, kept):
            yield


def parts() -> Iterator[Part]:
    """Return all that can be switched off; the last row of the table stays, since it fits every message."""
    for row in table.TABLE[:-1]:
        yield Part("row", row.name, table, "TABLE", row)
    for correction in guesses.CORRECTIONS:
        yield Part("correction", correction.__name__, guesses, "CORRECTIONS", correction)
    for way in leaning.WAYS:
        yield Part("leaning", way.__name__, leaning, "WAYS", way)


def labelled() -> Iterator[Asked]:
    """Return every labelled question, and every turn of a labelled conversation."""
    for each in read_tables(TABLES):
        yield from (_question(row) for row in each.rows if each.kind == "questions" and is_scored(row))
    yield from (Asked(turn.name, turn.texts, lambda got, turn=turn: not turn.error(got)) for turn in turns())


def _question(row: Row) -> Asked:
    return Asked(row["id"], (row["text"],), lambda understood: compared(row, understood).right)


class Replay:
    """Decides the labelled messages again and again; the model is asked for each text once."""

    def __init__(self, understanding: Understanding, asked: Iterable[Asked]) -> None:
        """Ask the model for every text."""
        self._asked, parsed = list(asked), {}
        for text in dict.fromkeys(text for each in self._asked for text in each.texts):
            parsed[neutralised(text)] = understanding.read(neutralised(text))
        texts = {text for each in self._asked for text in each.texts}
        readings = {text: understanding.reader.read(neutralised(text), understanding.today) for text in texts}
        self._understanding = _Replayed(understanding, parsed, readings)

    def right(self) -> frozenset[str]:
        """Return the names of the messages that are understood rightly."""
        return frozenset(each.name for each in self._asked if each.is_right(self._last(each.texts)))

    def _last(self, texts: tuple[str, ...]) -> Understood:
        *_, last = self._understanding.talk(texts)
        return last


class _Replayed(Understanding):
    """Takes what the model and the readers said before."""

    def __init__(self, of: Understanding, parsed: dict[str, Any], readings: dict[str, Any]) -> None:
        super().__init__(parsed.__getitem__, of.reader, of.knowledge, of.clinic, of.today)
        object.__setattr__(self, "_readings", readings)

    def _reading(self, text: str, memory: Any) -> Any:
        return self._readings[text]  # type: ignore[attr-defined]


def main() -> None:
    """Print what every part is worth."""
    settings = Settings.from_environment({"TANDEM_TODAY": TODAY})
    console = Console()
    understanding = load_understanding(settings)
    console.print(
        lexicon.page(
            load_lexicon(settings.knowledge_dir / FOLDER),
            lambda text: danger_of(understanding.read(neutralised(text))["danger"], text),
        )
    )
    replay = Replay(understanding, labelled())
    whole = replay.right()
    page = Page("part", "name", "lost without it", "gained", "examples", title=f"{len(whole)} messages are right")
    for part in parts():
        with part.off():
            without = replay.right()
        lost, gained = sorted(whole - without), sorted(without - whole)
        page.add_row(part.kind, part.name, str(len(lost)), str(len(gained)), ", ".join([*lost, *gained][:SHOWN]))
    console.print(page)


if __name__ == "__main__":
    main()
