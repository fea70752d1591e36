"""The bot's understanding in this process: the model and the consultation, without a server or a database.

``tandem explain`` and ``tandem score`` look into it; nothing that they read is stored or logged.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import parse_obj_as

from bot.channels.commands import neutralised
from bot.clinic import Clinic, read_clinic
from bot.clock import now, today
from bot.consult.answers.parts import Answer, AnswerContext, ClinicFacts
from bot.consult.case.case import Case
from bot.consult.case.evidence import Evidence
from bot.consult.case.memory import Memory, is_treated
from bot.consult.case.resolve import case_of
from bot.consult.consultation import Reply, consult
from bot.consult.decision.decide import decide
from bot.consult.decision.types import TopicDecision
from bot.consult.reading.message import MessageReader, Reading
from bot.consult.safety.second_look import combined, danger_of
from bot.consult.timeline.verdict import Timing
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge
from bot.nlu.services import services
from bot.server.model_file import MODEL_FILE
from bot.server.model_reader import ModelReader, load_model_reader
from bot.settings import Settings

WARM_UP = "Hello"
"""Read before anything else: what the readers load at first use takes seconds."""
Guesses = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Understood:
    """One message as the bot understood it, and the answer that it would give."""

    text: str
    decision: TopicDecision
    case: Case
    reading: Reading
    ranking: Guesses
    """The classifier's own topics, best first: ``name``, ``confidence``, ``similarity``."""
    nearest: Guesses
    """The most similar training examples: ``text``, ``intent``, ``similarity``."""
    reply: Reply
    seconds: float
    """How long the understanding took."""

    @property
    def answer(self) -> Answer:
        """The answer to the question that was asked first."""
        return self.reply.answers[0]

    @property
    def timing(self) -> Timing | None:
        """What the sequencing rules say, where they are asked."""
        return self.answer.timing


@dataclass(frozen=True)
class Understanding:
    """Understands messages one by one; each is the first of a conversation unless a memory comes with it."""

    read: ModelReader
    reader: MessageReader
    knowledge: Knowledge
    clinic: Clinic
    today: date

    def of(self, text: str, memory: Memory | None = None) -> Understood:
        """Understand one message, as it would come from the website.

        Args:
            text: The message as typed.
            memory: What the conversation remembers of the turns before it (``Understood.reply.conversation``).
        """
        started = time.perf_counter()
        parsed = self.read(neutralised(text))
        seconds = time.perf_counter() - started
        reading, memory = self._reading(text, memory), memory or Memory()
        reading = replace(reading, safety=combined(reading.safety, danger_of(parsed["danger"], text)))
        case = case_of(reading, memory, parse_obj_as(Evidence, parsed["evidence"]), self.today)
        decision = decide(case)
        return Understood(
            text=text,
            decision=decision,
            case=case,
            reading=reading,
            ranking=parsed["classified"],
            nearest=parsed["nearest_examples"],
            reply=consult(self._context(decision, case, memory), now=0.0),
            seconds=seconds,
        )

    def talk(self, texts: Iterable[str]) -> Iterator[Understood]:
        """Understand the messages of one conversation in their order."""
        memory: Memory | None = None
        for text in texts:
            understood = self.of(text, memory)
            memory = understood.reply.conversation
            yield understood

    def _reading(self, text: str, memory: Memory | None) -> Reading:
        text, memory = neutralised(text), memory or Memory()
        safety = self.reader.safety.assess(text, is_treated(memory.as_json()))
        return self.reader.read(text, self.today, safety, memory.language if memory.turns else None)

    def _context(self, decision: TopicDecision, case: Case, memory: Memory) -> AnswerContext:
        clinic = ClinicFacts(self.clinic.name, self.clinic.phone or "")
        moment = now(self.clinic.zone, self.today)
        return AnswerContext(decision, case, memory, self.knowledge, clinic, self.today, self.clinic, moment)


def load_understanding(settings: Settings, model_file: Path = MODEL_FILE) -> Understanding:
    """Load the model, the knowledge files and the clinic's profile.

    Raises:
        TandemError: One sentence on what is missing or broken.
    """
    clinic = read_clinic(settings.clinic_file)
    knowledge = read_knowledge(settings.knowledge_dir)
    day = today(clinic.zone, settings.today_override)
    read = load_model_reader(model_file)
    read(WARM_UP)
    return Understanding(read, services().reader, knowledge, clinic, day)
