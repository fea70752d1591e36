"""How many questions stay right when they are typed in a hurry.

    python -m bench.typos

takes questions of tests/tables that are understood rightly, puts one, two and three random slips of the finger into
each, and prints how many of them still are.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.cli.in_process import load_understanding
from bot.cli.score import TABLES, TODAY
from bot.cli.scoring.questions import is_scored, score_question
from bot.cli.scoring.report import percent
from bot.cli.scoring.tables import Row, read_tables
from bot.settings import Settings

QUESTIONS = 300
MOST_SLIPS = 3
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS: Mapping[str, str] = {
    key: row[max(0, i - 1) : i] + row[i + 1 : i + 2] for row in _ROWS for i, key in enumerate(row)
}


def _swapped(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]


def _left_out(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + text[at + 1 :]


def _doubled(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + text[at] + text[at:]


def _beside(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + chance.choice(NEIGHBOURS[text[at].lower()]) + text[at + 1 :]


SLIPS: tuple[Callable[[str, int, random.Random], str], ...] = (_swapped, _left_out, _doubled, _beside)


def with_slips(text: str, count: int, chance: random.Random) -> str:
    """Return a text with ``count`` random slips, each at a letter inside a word."""
    for _ in range(count):
        places = [i for i in range(1, len(text) - 1) if text[i - 1 : i + 2].isalpha() and text[i].lower() in NEIGHBOURS]
        text = chance.choice(SLIPS)(text, chance.choice(places), chance) if places else text
    return text


def questions() -> list[Row]:
    """Return the labelled questions in a random order, the same one each time."""
    rows = [row for table in read_tables(TABLES) if table.kind == "questions" for row in table.rows if is_scored(row)]
    return random.Random(0).sample(rows, len(rows))


def solved(rows: Iterable[Row], is_right: Callable[[Row], bool]) -> list[Row]:
    """Return the first rows that are right, as many as are asked for."""
    found: list[Row] = []
    for row in rows:
        if len(found) == QUESTIONS:
            break
        found += [row] if is_right(row) else []
    return found


def main() -> None:
    """Print how many of the questions stay right with each number of slips."""
    understanding = load_understanding(Settings.from_environment({"TANDEM_TODAY": TODAY}))

    def is_right(row: Row) -> bool:
        return score_question(row, understanding).right

    rows = solved(questions(), is_right)
    for count in range(1, MOST_SLIPS + 1):
        chance = random.Random(count)
        typed = (replace(row, cells={**row.cells, "text": with_slips(row["text"], count, chance)}) for row in rows)
        right = sum(map(is_right, typed))
        print(f"{count} slip{'s' if count > 1 else ''}: {right} of {len(rows)}, {percent(right / len(rows))}")


if __name__ == "__main__":
    main()
