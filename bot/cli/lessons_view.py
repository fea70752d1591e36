"""What staff may learn from, laid beside the nearest examples: as lists to read, and as candidates for data/nlu."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timezone, tzinfo

from rich.table import Table
from rich.text import Text

from bot.channels.lessons import Lesson

NEVER_EXPORTED = frozenset({"emergency", "self_harm", "clinician_only", "side_effect_mild"})
"""Topics about somebody's health: their words are in no training data."""
KNOWN = 0.999
"""From this similarity on a message is an example already."""
_TOKEN = re.compile(r"\[[^\]]*\]")
HEAD = """\
# Candidates from the website's conversations, beside the intent of the nearest example. A person decides on each
# line: take the # off where message and intent belong together, put it under another intent, or delete it. Then
# move what is left to data/nlu/. Keep no line that tells who somebody is or how they are.
version: "3.1"
nlu:
"""


@dataclass(frozen=True)
class Placed:
    """A lesson with the nearest example, and whether its words may leave the conversation."""

    lesson: Lesson
    intent: str
    example: str
    similarity: float
    is_of_health: bool
    """The message is taken for a matter of somebody's health now."""

    @property
    def may_be_exported(self) -> bool:
        """Nothing about health, nobody's details, and no example yet."""
        of_health = self.is_of_health or self.lesson.topic in NEVER_EXPORTED
        return not of_health and self.similarity < KNOWN and not _TOKEN.search(self.lesson.text)


def by_intent(placed: Iterable[Placed]) -> dict[str, list[Placed]]:
    """Group what is placed by the nearest example's intent, the largest group first, the nearest example first."""
    groups: dict[str, list[Placed]] = {}
    for each in placed:
        groups.setdefault(each.intent, []).append(each)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return {intent: sorted(group, key=lambda each: -each.similarity) for intent, group in ordered}


def table(groups: Mapping[str, Sequence[Placed]], zone: tzinfo) -> Table | Text:
    """One row a message, the nearest intents in turn."""
    made = Table("nearest intent", "message", "was", "came", "nearest example")
    for intent, group in groups.items():
        for each in group:
            came = each.lesson.at.replace(tzinfo=timezone.utc).astimezone(zone)
            was = f"{each.lesson.reason} ({each.lesson.topic})"
            near = f"{each.example} ({each.similarity:.2f})"
            made.add_row(intent, Text(each.lesson.text), was, f"{came:%Y-%m-%d %H:%M}", Text(near))
    return made if made.row_count else Text("Nothing was misunderstood or disliked.")


def candidates(groups: Mapping[str, Sequence[Placed]]) -> str:
    """Write what may be exported as a file of examples, each line of it switched off."""
    kept = {intent: _lines(group) for intent, group in groups.items()}
    return HEAD + "".join(f"  - intent: {intent}\n    examples: |\n{lines}" for intent, lines in kept.items() if lines)


def _lines(group: Sequence[Placed]) -> str:
    texts = dict.fromkeys(" ".join(each.lesson.text.split()) for each in group if each.may_be_exported)
    return "".join(f"      # - {text}\n" for text in texts)
