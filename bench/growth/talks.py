"""What people say while a conversation grows: questions on the article, which leave nothing behind in any of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from itertools import product

from bench.conversations import Conversation
from bench.environment import BenchError

SUBJECTS = ("Botox", "microneedling", "collagen induction", "Dysport", "skin needling", "a neuromodulator")
ASKED = (
    "what is {} exactly?",
    "how does {} work?",
    "what is {} good for?",
    "tell me about {}",
    "and what does {} do for the skin?",
    "so what would {} help with?",
    "explain {} to me, please",
)
OPENINGS = ("", "Hi, ", "ok, ", "one more: ", "I wonder, ", "quick one: ")
SECONDS_A_ROUND = 1.05
"""A conversation may say one thing a second for long."""


def texts(count: int) -> list[str]:
    """So many different texts, the same ones in the same order each time."""
    every = [opening + asked.format(subject) for opening, asked, subject in product(OPENINGS, ASKED, SUBJECTS)]
    return every[:count]


async def talk_on(conversations: Sequence[Conversation], said: Sequence[str]) -> None:
    """Have all conversations say every text, as fast as they may.

    Raises:
        BenchError: a text was not answered.
    """
    for text in said:
        end = time.perf_counter() + SECONDS_A_ROUND
        for say in conversations:
            if not await say(text):
                raise BenchError("A turn was not answered.")
        await asyncio.sleep(max(0.0, end - time.perf_counter()))
