"""Lays two systems' figures out beside each other, with their ratios and the targets."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Measured:
    """One system's figures; a turn is from sending a message to having its answer."""

    environment_mib: float
    training_s: float
    all_epochs_s: float
    understanding_training_s: float
    start_s: float
    memory_mib: float
    turn_p50_ms: float
    turn_p99_ms: float
    busy_turns_per_s: float
    busy_p50_ms: float
    busy_p99_ms: float
    reading_ms: float
    unanswered: int


LABELS = {
    "environment_mib": "environment (MiB)",
    "training_s": "training (s)",
    "all_epochs_s": "  with all epochs, about (s)",
    "understanding_training_s": "  of it understanding (s)",
    "start_s": "start to first answer (s)",
    "memory_mib": "memory after warm-up (MiB)",
    "turn_p50_ms": "turn p50 (ms)",
    "turn_p99_ms": "turn p99 (ms)",
    "busy_turns_per_s": "turns/s, {users} users",
    "busy_p50_ms": "turn p50, {users} users (ms)",
    "busy_p99_ms": "turn p99, {users} users (ms)",
    "reading_ms": "understanding alone (ms)",
    "unanswered": "turns without an answer",
}


@dataclass(frozen=True)
class Target:
    """What must hold of the figures."""

    figure: str
    says: str
    holds: Callable[[Measured, Measured], bool]


def _at_most(figure: str, ratio: float) -> Target:
    return Target(figure, f"<= {ratio} x", lambda ours, stock: _ratio(ours, stock, figure) <= ratio)


def _at_least(figure: str, ratio: float) -> Target:
    return Target(figure, f">= {ratio:g} x", lambda ours, stock: _ratio(ours, stock, figure) >= ratio)


def _below(figure: str, limit: float, unit: str) -> Target:
    return Target(figure, f"<= {limit:g} {unit}", lambda ours, _: float(getattr(ours, figure)) <= limit)


TARGETS = (
    _at_most("training_s", 0.3),
    _below("training_s", 30, "s"),
    _at_most("start_s", 0.25),
    _at_most("memory_mib", 0.34),
    _at_most("turn_p50_ms", 0.28),
    _at_most("turn_p99_ms", 0.2),
    _at_least("busy_turns_per_s", 4.2),
    _below("reading_ms", 10, "ms"),
    _below("unanswered", 0, "turns"),
)


@dataclass(frozen=True)
class Verdict:
    """Whether one target is met."""

    figure: str
    target: str
    met: bool


def verdicts(ours: Measured, stock: Measured) -> list[Verdict]:
    """Hold the figures against the targets."""
    return [Verdict(target.figure, target.says, target.holds(ours, stock)) for target in TARGETS]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all values does not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)]


def rows(ours: Measured, stock: Measured, users: int) -> list[tuple[str, str, str, str, str]]:
    """Return the table's rows: what, Tandem's figure, stock's, the ratio, the verdicts."""
    judged = verdicts(ours, stock)
    return [
        (
            label.format(users=users),
            _figure(getattr(ours, figure)),
            _figure(getattr(stock, figure)),
            _ratio_in_words(ours, stock, figure),
            ", ".join(_in_words(verdict) for verdict in judged if verdict.figure == figure),
        )
        for figure, label in LABELS.items()
    ]


def as_json(ours: Measured, stock: Measured, circumstances: dict[str, Any]) -> dict[str, Any]:
    """Return everything for ``results/bench.json``."""
    ratios = {figure: round(_ratio(ours, stock, figure), 3) for figure in LABELS if getattr(stock, figure)}
    judged = [asdict(verdict) for verdict in verdicts(ours, stock)]
    return {**circumstances, "tandem": asdict(ours), "stock": asdict(stock), "ratios": ratios, "targets": judged}


def _ratio(ours: Measured, stock: Measured, figure: str) -> float:
    return float(getattr(ours, figure) / getattr(stock, figure))


def _ratio_in_words(ours: Measured, stock: Measured, figure: str) -> str:
    return f"{_ratio(ours, stock, figure):.2f}" if getattr(stock, figure) else ""


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _in_words(verdict: Verdict) -> str:
    return f"{'PASS' if verdict.met else 'FAIL'} ({verdict.target})"
