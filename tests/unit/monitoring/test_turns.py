"""A turn is counted by how it ended, timed by its stages, and changed by nothing of that."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.monitoring.instruments import STAGES, Instruments
from bot.monitoring.turns import METHODS, measure_turns
from bot.server.patches.shape import ChangedPlaceError
from tests.unit.monitoring.conftest import Read

ANSWER = {"text": "Botox first.", "answer": {"topic": "order", "timing": None}}
UNSURE = {"text": "Which did you mean?", "answer": {"topic": "fallback", "timing": None}}
WHEN = {"text": "When was it?", "answer": {"topic": "date_check", "timing": {"verdict": "ask_date"}}}


class Processor:
    """Rasa's processor, as far as a turn goes through it."""

    def __init__(self, says: list[dict[str, Any]], route: str | None = None, fails: BaseException | None = None):
        self.says, self.route, self.fails = says, route, fails

    async def handle_message(self, message: Any) -> str:
        await self.fetch_tracker_and_update_session()
        await self.parse_message()
        message.output_channel.said.extend(self.says)
        await self._run_prediction_loop()
        await self.save_tracker()
        return "Rasa's own result"

    async def parse_message(self) -> dict[str, Any]:
        return {"case": {"safe": {"route": self.route}}} if self.route else {}

    async def fetch_tracker_and_update_session(self) -> None:
        pass

    async def _run_prediction_loop(self) -> None:
        if self.fails:
            raise self.fails

    async def save_tracker(self) -> None:
        pass


class Agent:
    def __init__(self, processor: Any) -> None:
        self.processor = processor

    async def handle_message(self, message: Any) -> Any:
        return await self.processor.handle_message(message)


def turn(instruments: Instruments, processor: Processor) -> Any:
    agent: Any = Agent(processor)
    measure_turns(agent, instruments)
    message = SimpleNamespace(input_channel="website", output_channel=SimpleNamespace(said=[]))
    return asyncio.run(agent.handle_message(message))


def test_an_answered_turn_is_counted_once_with_its_topic_and_each_stage(instruments: Instruments, read: Read) -> None:
    assert turn(instruments, Processor([ANSWER])) == "Rasa's own result"

    assert read("tandem_turns_total", channel="website", outcome="answered") == 1.0
    assert read("tandem_turn_seconds_count", channel="website") == 1.0
    assert read("tandem_topics_total", topic="order") == 1.0
    assert read("tandem_turns_running") == 0.0
    assert [read("tandem_stage_seconds_count", stage=stage) for stage in STAGES] == [1.0] * 5


@pytest.mark.parametrize(
    ("processor", "outcome"),
    [
        (Processor([]), "silent"),
        (Processor([ANSWER], fails=OSError()), "failed"),
        (Processor([ANSWER], fails=asyncio.CancelledError()), "broken_off"),
    ],
)
def test_a_turn_that_ends_otherwise_says_so_and_raises_what_it_raised(
    instruments: Instruments, read: Read, processor: Processor, outcome: str
) -> None:
    if processor.fails:
        with pytest.raises(type(processor.fails)):
            turn(instruments, processor)
    else:
        turn(instruments, processor)

    assert read("tandem_turns_total", channel="website", outcome=outcome) == 1.0
    assert read("tandem_turns_running") == 0.0


@pytest.mark.parametrize(
    ("says", "route", "kind"),
    [([UNSURE], None, "clarification"), ([ANSWER, WHEN], None, "dates"), ([ANSWER], "in_doubt", "danger")],
)
def test_a_question_back_is_counted_by_its_kind(
    instruments: Instruments, read: Read, says: list[dict[str, Any]], route: str | None, kind: str
) -> None:
    turn(instruments, Processor(says, route))

    asked = {each: read("tandem_questions_back_total", kind=each) for each in ("clarification", "dates", "danger")}
    assert asked == {**dict.fromkeys(asked, 0.0), kind: 1.0}


@pytest.mark.parametrize("route", ["emergency_911", "self_harm", "clinician_only", "in_doubt"])
def test_what_the_safety_layer_read_is_counted(instruments: Instruments, read: Read, route: str) -> None:
    turn(instruments, Processor([ANSWER], route))

    assert read("tandem_safety_events_total", route=route) == 1.0


def test_the_message_that_warms_up_is_no_turn(instruments: Instruments, read: Read) -> None:
    agent: Any = Agent(Processor([], "emergency_911"))
    measure_turns(agent, instruments)
    asyncio.run(agent.processor.parse_message())

    assert read("tandem_stage_seconds_count", stage="understand") == 0.0
    assert read("tandem_safety_events_total", route="emergency_911") is None


def test_a_processor_without_a_stage_is_refused(instruments: Instruments) -> None:
    agent: Any = Agent(SimpleNamespace())
    with pytest.raises(ChangedPlaceError, match=next(iter(METHODS))):
        measure_turns(agent, instruments)
