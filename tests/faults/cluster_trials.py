"""What two replicas must stand: the same conversation, the same id, the same form, sent to both at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.faults.callers import QUESTIONS, Caller, Sent, client, kept


@dataclass
class Counts:
    """One line of the table: what was tried, what was seen, and what must not be."""

    title: str
    told: dict[str, object] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)

    @property
    def is_well(self) -> bool:
        """Whether nothing was seen that must not be."""
        return not any(self.wrong.values())

    def line(self) -> str:
        """The line."""
        said = [f"{name} {value}" for name, value in {**self.told, **self.wrong}.items()]
        return f"{'ok ' if self.is_well else 'NOT'} {self.title}: {', '.join(said)}"


async def bursts(urls: Sequence[str], database_url: str, count: int, size: int = 8) -> Counts:
    """Messages of one conversation, all at once, every other one to another replica."""
    sent: list[Sent] = []
    async with client() as http:
        for _ in range(count):
            caller = Caller(http)
            saying = (caller.say(urls[n % len(urls)], QUESTIONS[n % len(QUESTIONS)]) for n in range(size))
            sent += await asyncio.gather(*saying)
    held = kept(database_url)
    told = {"bursts": count, "messages": len(sent), "answered": sum(s.is_answered for s in sent)}
    wrong = {
        "answers lost": len(held.missing(sent)),
        "trackers wrong": len(held.miscounted(sent)),
        "apologised": sum(s.is_sorry for s in sent),
        "silent": sum(s.is_silent for s in sent),
    }
    return Counts(f"bursts of {size} to {len(urls)} replicas", told, wrong)


async def duplicates(urls: Sequence[str], database_url: str, count: int) -> Counts:
    """The same id to all replicas at once: one turn, one answer."""
    differ, sent = 0, []
    async with client() as http:
        for number in range(count):
            caller = Caller(http)
            both = [caller.say(url, QUESTIONS[number % len(QUESTIONS)], "the same") for url in urls]
            answers = await asyncio.gather(*both)
            differ += any(answer.body != answers[0].body for answer in answers) or not answers[0].is_answered
            sent += answers
    held = kept(database_url)
    twice = sum(held.heard[conversation] != 1 for conversation in {each.conversation for each in sent})
    wrong = {"answered differently": differ, "heard more or less than once": twice}
    return Counts("the same id to both replicas", {"ids": count}, wrong)
