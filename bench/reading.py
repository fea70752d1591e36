"""What understanding one message costs, without server, dialogue and action, on one core.

    python -m bench.reading MODEL QUESTIONS

prints the milliseconds a message as JSON; run by the Python of the system that made the model.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from pathlib import Path

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

WARM_UP = 10


def use_one_core() -> None:
    """Keep this process, and every thread that it starts, on one core."""
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])


async def milliseconds(agent: Agent, texts: list[str]) -> list[float]:
    """Read every text once, one after the other; the first ones only warm up."""
    for text in texts[:WARM_UP]:
        await agent.parse_message(text)
    return [await _milliseconds(agent, text) for text in texts[WARM_UP:]]


async def _milliseconds(agent: Agent, text: str) -> float:
    start = time.perf_counter()
    await agent.parse_message(text)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Load the model, read the questions, print what each took."""
    model, questions = sys.argv[1:]
    logging.disable(logging.WARNING)
    use_one_core()
    configure_structlog()
    texts = json.loads(Path(questions).read_text(encoding="utf-8"))
    print(json.dumps(asyncio.run(milliseconds(Agent.load(model), texts))))


if __name__ == "__main__":
    main()
