"""Labelled conversations: what has to come of each turn, asked of the trained model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.cli.in_process import Understanding, Understood
from bot.settings import PROJECT_ROOT

TALKS = tuple(PROJECT_ROOT / "tests" / "tables" / name for name in ("talks.jsonl", "talks_fr.jsonl"))


@dataclass(frozen=True)
class Turn:
    """One turn after those before it, and what is right: topics, and where given more of it."""

    name: str
    texts: tuple[str, ...]
    label: dict[str, Any]

    def error(self, understood: Understood) -> str:
        """Say what is wrong about what was understood, or nothing."""
        timing = understood.timing
        got = {
            "topics": understood.answer.topic,
            "language": understood.case.language,
            "verdict": timing.verdict if timing else None,
            "earliest": timing.earliest.isoformat() if timing and timing.earliest else None,
        }
        wrong = [key for key in got if key in self.label and got[key] not in self.label[key]]
        return ", ".join(f"{key} {got[key]} instead of {'|'.join(self.label[key])}" for key in wrong)


def turns() -> Iterator[Turn]:
    """Return every labelled turn of every conversation."""
    for line in (line for file in TALKS for line in file.read_text(encoding="utf-8").splitlines()):
        talk = json.loads(line)
        texts = tuple(turn["user"] for turn in talk["turns"])
        for number, label in enumerate(talk["turns"], 1):
            yield Turn(f"{talk['id']}.{number}", texts[:number], label)


def last(understanding: Understanding, turn: Turn) -> Understood:
    """Understand a turn after those before it."""
    *_, understood = understanding.talk(turn.texts)
    return understood
