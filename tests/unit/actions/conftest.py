"""The actions over the project's own knowledge files, with a demo clinic and a fixed day; no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import base, request
from actions.services import Services
from bot.clinic import read_clinic
from bot.consult.answers.wording import filled_in
from bot.consult.case.evidence import Evidence, Guess
from bot.consult.case.memory import Memory
from bot.consult.case.resolve import case_of
from bot.consult.decision.types import TopicDecision
from bot.consult.reading.message import Reading
from bot.consult.reading.readers import message_reader
from bot.consult.request.types import FORM, FormAnswer
from bot.consult.types import to_json
from bot.handoff.types import Draft, Filed, Status
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT, Settings
from bot.translations import translated

TODAY = date(2026, 11, 22)
KNOWLEDGE = PROJECT_ROOT / "data" / "knowledge"
SETTINGS = Settings.from_environment({"TANDEM_TODAY": "2026-11-22"})


@dataclass
class HeldKnowledge:
    """Stands where the store stands: the knowledge is held, not asked for."""

    knowledge: Knowledge

    def current(self) -> Knowledge:
        return self.knowledge


@dataclass
class HeldRequests:
    """Stands where the store of requests stands: what was filed is held, and how the latest one stands is told."""

    latest: Status | None = None
    problem: Exception | None = None
    filed: list[Draft] = field(default_factory=list)
    changed: list[tuple[Any, ...]] = field(default_factory=list)

    def latest_of(self, conversation: str) -> Status | None:
        return self.latest

    def change(self, conversation: str, tokens: Mapping[str, str], manner: str | None) -> Status | None:
        self.changed.append((conversation, dict(tokens), manner))
        return self.latest

    def cancel(self, conversation: str) -> Status | None:
        return replace(self.latest, state="cancelled") if self.latest else None

    def hints(self, conversation: str, tokens: Iterable[str]) -> list[tuple[str, str]]:
        return [(token.partition("-")[0], token[-1]) for token in tokens]

    def file(self, draft: Draft) -> Filed:
        if self.problem:
            raise self.problem
        self.filed.append(draft)
        return Filed("TD-4F7K", datetime(2026, 11, 22, 21, 5), repeated=len(self.filed) > 1)


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

    @property
    def slots(self) -> dict[str, Any]:
        return {e["name"]: e["value"] for e in self.events if e["event"] == "slot" and e["name"] != "consultation"}

    @property
    def next(self) -> str:
        return str(next(e["name"] for e in self.events if e["event"] == "followup"))


Run = Callable[..., Any]


@dataclass
class Form:
    """Where the request form stands when an action runs."""

    is_open: bool = False
    slots: Mapping[str, Any] = field(default_factory=dict)
    answer: FormAnswer | None = None
    acted: tuple[str, ...] = ()
    before: tuple[dict[str, Any], ...] = ()
    channel: str = "website"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return read_knowledge(KNOWLEDGE)


@pytest.fixture(scope="session")
def domain() -> dict[str, Any]:
    return translated(yaml.safe_load((PROJECT_ROOT / "domain.yml").read_text(encoding="utf-8")))


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Callable[[Services], None]:
    """Have the actions work with these services."""

    def serve(services: Services) -> None:
        for module in (base, request):
            monkeypatch.setattr(module, "services", lambda: services)

    return serve


@pytest.fixture
def requests() -> HeldRequests:
    return HeldRequests()


@pytest.fixture
def built(knowledge: Knowledge, requests: HeldRequests, serving: Callable[[Services], None]) -> Services:
    services = Services(SETTINGS, HeldKnowledge(knowledge), read_clinic(PROJECT_ROOT / "clinic.yml"))  # type: ignore[arg-type]
    services.__dict__["requests"] = requests
    serving(services)
    return services


@lru_cache(maxsize=500)
def read(text: str) -> Reading:
    return message_reader(KNOWLEDGE, PROJECT_ROOT / "data" / "language").read(text, TODAY)


@pytest.fixture
def run(built: Services, domain: dict[str, Any]) -> Run:
    """Run an action on a message whose topic is decided already; without a topic, on a pressed button.

    Whatever it says is in the table of the wording, with every name that the table promises.
    """
    filled = filled_in(built.knowledge.current().topics)

    async def running(
        action: base.ConsultAction,
        text: str,
        topic: str | None = None,
        memory: Memory | None = None,
        form: Form | None = None,
        **decided: Any,
    ) -> Turn:
        form = form or Form()
        message: dict[str, Any] = {"text": text, "intent": {"name": topic or text.removeprefix("/")}}
        if topic:
            case = case_of(read(text), memory or Memory(), Evidence((Guess(topic, 1.0),)), TODAY)
            message |= {"case": to_json(case), "decision": to_json(TopicDecision(topic, "test", **decided))}
        if form.answer:
            message["request_answer"] = to_json(form.answer)
        slots = {"consultation": memory.as_json() if memory else None, "language": "en", **form.slots}
        said = [{"event": "user", "parse_data": message, "input_channel": form.channel}]
        acted = [{"event": "action", "name": name} for name in form.acted]
        loop = {"name": FORM} if form.is_open else {}
        dispatcher = CollectingDispatcher()
        tracker = Tracker("x", slots, message, [*form.before, *said, *acted], False, None, loop, None)
        events = await action.run(dispatcher, tracker, domain)
        for said in dispatcher.messages:
            assert filled[said["response"]] <= said.keys(), said["response"]
        return Turn(dispatcher.messages, events)

    return running
