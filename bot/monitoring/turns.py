"""Measures turns: how many, how they ended, how long each part took, what was asked and answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot.consult.safety.reading import DOUBTS
from bot.monitoring.instruments import Instruments
from bot.server.patches.shape import ChangedPlaceError

METHODS = {
    "fetch_tracker_and_update_session": "recall",
    "parse_message": "understand",
    "_run_prediction_loop": "answer",
    "save_tracker": "keep",
}
"""The processor's methods that are a stage of the turn each."""
NO_TOPIC = "none"
_began: ContextVar[float | None] = ContextVar("began", default=None)
"""When the running turn came to the agent; None outside of a turn, as for the message that warms up."""
Method = Callable[..., Awaitable[Any]]


def measure_turns(agent: Agent, instruments: Instruments) -> None:
    """Have an agent's turns measured from now on.

    Raises:
        ChangedPlaceError: Rasa's processor has no such stage.
    """
    processor: Any = agent.processor
    for name, stage in METHODS.items():
        method = getattr(processor, name, None)
        if not asyncio.iscoroutinefunction(method):
            import rasa.core.processor as place

            raise ChangedPlaceError(place, f"MessageProcessor.{name}", "is no coroutine function")
        setattr(processor, name, _stage(method, stage, instruments))
    processor.parse_message = _safety(processor.parse_message, instruments)
    processor.handle_message = _entered(processor.handle_message, instruments)
    agent.handle_message = _turn(agent.handle_message, instruments)


def _turn(handle: Method, instruments: Instruments) -> Method:
    @wraps(handle)
    async def measured(message: UserMessage) -> Any:
        with _counted(message, instruments):
            return await handle(message)

    return measured


@contextmanager
def _counted(message: UserMessage, instruments: Instruments) -> Iterator[None]:
    outcome, before = "failed", time.perf_counter()
    began = _began.set(before)
    instruments.turns_running.inc()
    try:
        yield
        outcome = "answered" if _said(message) else "silent"
    except asyncio.CancelledError:
        outcome = "broken_off"
        raise
    finally:
        _began.reset(began)
        instruments.turns_running.dec()
        instruments.turns.labels(message.input_channel, outcome).inc()
        instruments.turn_seconds.labels(message.input_channel).observe(time.perf_counter() - before)
        _note_answers(_said(message), instruments)


def _said(message: UserMessage) -> list[dict[str, Any]]:
    """What the bot has said so far; a channel that keeps nothing of it has said nothing."""
    return list(getattr(message.output_channel, "said", []))


def _note_answers(said: list[dict[str, Any]], instruments: Instruments) -> None:
    """Count the answer by its first topic, as the API tells it, and what it asks back."""
    answers = [each["answer"] for each in said if each.get("answer")]
    if not answers:
        return
    topic = answers[0].get("topic") or NO_TOPIC
    instruments.topics.labels(topic).inc()
    if topic == "fallback":
        instruments.questions_back.labels("clarification").inc()
    if any((answer.get("timing") or {}).get("verdict") == "ask_date" for answer in answers):
        instruments.questions_back.labels("dates").inc()


def _entered(handle: Method, instruments: Instruments) -> Method:
    """The processor's turn begins when the conversation's lock was given: until then it waited."""

    @wraps(handle)
    async def measured(message: UserMessage) -> Any:
        began = _began.get()
        if began is not None:
            instruments.stage_seconds.labels("wait").observe(time.perf_counter() - began)
        return await handle(message)

    return measured


def _stage(method: Method, stage: str, instruments: Instruments) -> Method:
    @wraps(method)
    async def measured(*args: Any, **named: Any) -> Any:
        if _began.get() is None:
            return await method(*args, **named)
        with instruments.stage_seconds.labels(stage).time():
            return await method(*args, **named)

    return measured


def _safety(parse: Method, instruments: Instruments) -> Method:
    """Count what the safety layer read, which stands in the message's case."""

    @wraps(parse)
    async def measured(*args: Any, **named: Any) -> dict[str, Any]:
        parsed: dict[str, Any] = await parse(*args, **named)
        route = ((parsed.get("case") or {}).get("safe") or {}).get("route")
        if route and _began.get() is not None:
            instruments.safety_events.labels(route).inc()
            if route in DOUBTS:
                instruments.questions_back.labels("danger").inc()
        return parsed

    return measured
