"""What the figures of growth are held against, and how they are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Target:
    """A ratio that must hold."""

    ratio: float
    at_least: bool = False

    def holds(self, ratio: float) -> bool:
        """Whether it does."""
        return ratio >= self.ratio if self.at_least else ratio <= self.ratio

    @property
    def says(self) -> str:
        """What it asks for."""
        return f"{'>=' if self.at_least else '<='} {self.ratio:g} x"


TARGETS: Mapping[str, Target] = {"talk": Target(1.1), "stored": Target(1.05)}
TITLES: Mapping[str, str] = {
    "talk": "turn 200 beside turn 5",
    "stored": "many stored conversations beside a few",
    "knowledge": "a hundred times the knowledge",
    "replicas": "turns a second, two replicas beside one",
}


def is_met(name: str, figures: Mapping[str, Any]) -> bool:
    """Whether a part's ratio is within its target; a part without one always is."""
    return name not in TARGETS or TARGETS[name].holds(figures["ratio"])


def line(name: str, figures: Mapping[str, Any]) -> str:
    """One line on a part: its ratio, the verdict, and all else that was measured."""
    verdict = f" {'PASS' if is_met(name, figures) else 'FAIL'} ({TARGETS[name].says})" if name in TARGETS else ""
    rest = ", ".join(f"{key} {value:,}" for key, value in figures.items() if key != "ratio")
    return f"{TITLES[name]}: {figures['ratio']:.2f} x{verdict} ({rest})"
