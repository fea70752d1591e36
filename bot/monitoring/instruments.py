"""Every measure that the bot takes, by name. A label's values are a short list of ours: never an id, never a text."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from bot.version import version

TURN_BUCKETS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
STAGE_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
STATEMENT_BUCKETS = (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 2.5, 5.0)
STAGES = ("wait", "recall", "understand", "answer", "keep")
"""The parts of a turn, in order: for its place, for the conversation, the reading, the reply, the writing down."""
OUTCOMES = ("answered", "silent", "failed", "broken_off")
"""How a turn may end; only after the first one people read no apology."""
QUESTIONS = ("clarification", "dates", "danger")
"""What the bot may ask back: what was meant, which day, whether it is a red flag."""


class Instruments:
    """The measures, in a registry of their own."""

    def __init__(self) -> None:
        """Make all of them; those whose labels are known begin at nought, so that a first event is a rise."""
        self.registry = CollectorRegistry()
        self._turns()
        self._reading()
        self._surroundings()
        _begin(self.stage_seconds, STAGES)
        _begin(self.questions_back, QUESTIONS)

    def _turns(self) -> None:
        own = self.registry
        self.turns = Counter("tandem_turns", "Turns that have ended, by how.", ("channel", "outcome"), registry=own)
        self.turns_running = Gauge("tandem_turns_running", "Turns under way or waiting for their place.", registry=own)
        seconds = "How long a turn took in the bot, the wait for its place included."
        self.turn_seconds = Histogram("tandem_turn_seconds", seconds, ("channel",), buckets=TURN_BUCKETS, registry=own)
        part = "How long a part of a turn took."
        self.stage_seconds = Histogram("tandem_stage_seconds", part, ("stage",), buckets=STAGE_BUCKETS, registry=own)

    def _reading(self) -> None:
        own = self.registry
        self.topics = Counter("tandem_topics", "Answered turns by their topic.", ("topic",), registry=own)
        self.questions_back = Counter("tandem_questions_back", "Turns answered by a question.", ("kind",), registry=own)
        self.safety_events = Counter("tandem_safety_events", "What the safety layer read.", ("route",), registry=own)

    def _surroundings(self) -> None:
        own = self.registry
        labels = ("route", "method", "status")
        self.requests = Counter("tandem_http_requests", "HTTP requests by their answer.", labels, registry=own)
        until = "How long an HTTP request took, until its answer was ready."
        self.request_seconds = Histogram("tandem_http_seconds", until, ("route",), buckets=TURN_BUCKETS, registry=own)
        waited = "How long a statement waited for the database, locks included."
        self.statement_seconds = Histogram(
            "tandem_database_seconds", waited, ("statement",), buckets=STATEMENT_BUCKETS, registry=own
        )
        failed = "Statements that failed, by kind."
        self.database_errors = Counter("tandem_database_errors", failed, ("kind",), registry=own)
        self.build = Gauge("tandem_build_info", "The version that runs.", ("version",), registry=own)
        self.build.labels(version()).set(1)
        ProcessCollector(registry=own)


def _begin(metric: Counter | Histogram, labels: tuple[str, ...]) -> None:
    for label in labels:
        metric.labels(label)
