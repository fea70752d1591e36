"""A reader over the project's own lists, and a fixed day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.consult.answers.parts import AnswerContext, ClinicFacts
from bot.consult.case.evidence import Evidence, Guess
from bot.consult.case.memory import Memory
from bot.consult.case.resolve import case_of
from bot.consult.decision.types import TopicDecision
from bot.consult.reading.message import MessageReader, Reading
from bot.consult.reading.readers import message_reader
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT

TODAY = date(2026, 11, 22)
CLINIC = ClinicFacts(
    name="Demo Clinic",
    phone="403-555-0100",
    email="hello@demo-clinic.example",
    address="100 Example Street",
    hours="Open Tuesday to Saturday.",
    booking_link="https://demo-clinic.example/book",
    price_note="Prices are given at the consultation.",
)
Read = Callable[..., Reading]
ContextFor = Callable[..., AnswerContext]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return read_knowledge(PROJECT_ROOT / "data" / "knowledge")


@pytest.fixture(scope="session")
def reader() -> MessageReader:
    return message_reader(PROJECT_ROOT / "data" / "knowledge", PROJECT_ROOT / "data" / "language")


@pytest.fixture(scope="session")
def read(reader: MessageReader) -> Read:
    """Read a message on Sunday 22 November 2026, unless another day is given."""

    def reading(text: str, today: date = TODAY, **options: object) -> Reading:
        return reader.read(text, today, **options)

    return reading


@pytest.fixture(scope="session")
def context(read: Read, knowledge: Knowledge) -> ContextFor:
    """Lay out what an answer to a message is made from, its topic decided already."""

    def laid_out(
        text: str,
        topic: str = "order",
        memory: Memory | None = None,
        clinic: ClinicFacts = CLINIC,
        language: str = "en",
        knowledge: Knowledge = knowledge,
        today: date = TODAY,
        rule: str = "test",
        **decided: object,
    ) -> AnswerContext:
        decision = TopicDecision(topic, rule, **decided)  # type: ignore[arg-type]
        memory = memory or Memory()
        case = case_of(read(text, today, language=language), memory, Evidence((Guess(topic, 1.0),)), today)
        return AnswerContext(decision, case, memory, knowledge, clinic, today)

    return laid_out
