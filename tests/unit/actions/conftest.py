"""The actions over the project's own knowledge files, with a demo clinic and a fixed day; no database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import base
from actions.services import Services
from bot.clinic import read_clinic
from bot.consult.conversation import Conversation
from bot.consult.house import message_reader
from bot.consult.reading import Reading
from bot.consult.topics import Settled
from bot.consult.types import to_json
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT, Settings

KNOWLEDGE = PROJECT_ROOT / "data" / "knowledge"
SETTINGS = Settings.from_environment({"TANDEM_TODAY": "2026-11-22"})


@dataclass
class HeldKnowledge:
    """Stands where the store stands: the knowledge is held, not asked for."""

    knowledge: Knowledge

    def current(self) -> Knowledge:
        return self.knowledge


@dataclass
class Turn:
    """What an action said and what it wants to happen."""

    said: list[dict[str, Any]]
    events: list[dict[str, Any]]

    @property
    def responses(self) -> list[str]:
        return [message["response"] for message in self.said]

    @property
    def memory(self) -> dict[str, Any]:
        return next(e["value"] for e in self.events if e["event"] == "slot")


Run = Callable[..., Any]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return read_knowledge(KNOWLEDGE)


@pytest.fixture(scope="session")
def domain() -> dict[str, Any]:
    return dict(yaml.safe_load((PROJECT_ROOT / "domain.yml").read_text(encoding="utf-8")))


@pytest.fixture
def built(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Services:
    services = Services(SETTINGS, HeldKnowledge(knowledge), read_clinic(PROJECT_ROOT / "clinic.yml"))  # type: ignore[arg-type]
    monkeypatch.setattr(base, "services", lambda: services)
    return services


@lru_cache(maxsize=500)
def read(text: str) -> Reading:
    return message_reader(KNOWLEDGE, PROJECT_ROOT / "data" / "language").read(text, date(2026, 11, 22))


@pytest.fixture
def run(built: Services, domain: dict[str, Any]) -> Run:
    """Run an action on a message whose topic is settled already; without a topic, on a pressed button."""

    async def running(
        action: base.ConsultAction,
        text: str,
        topic: str | None = None,
        talk: Conversation | None = None,
        **settled: Any,
    ) -> Turn:
        message: dict[str, Any] = {"text": text, "intent": {"name": topic or text.removeprefix("/")}}
        if topic:
            message |= {"reading": to_json(read(text)), "settled": to_json(Settled(topic, "test", **settled))}
        slots = {"consultation": talk.as_json() if talk else None, "language": "en"}
        dispatcher = CollectingDispatcher()
        events = await action.run(dispatcher, Tracker("x", slots, message, [], False, None, {}, None), domain)
        return Turn(dispatcher.messages, events)

    return running
