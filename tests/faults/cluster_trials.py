"""What two replicas must stand: the same conversation, the same id, the same form, sent to both at once."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import aiohttp
import sqlalchemy as sa

from bot.channels.sms.tables import inbox, outbox
from bot.database import engine, reading
from bot.handoff.tables import requests
from cluster.postgresql import Cluster
from cluster.replicas import NotStartedError, Replica, restart_in_turn, start_all
from cluster.running import Running
from tests.e2e.phones import CLINIC_NUMBER, Api, answers_are_out, signed
from tests.faults.callers import QUESTIONS, Caller, Sent, client, kept, talk

INBOUND = "/webhooks/sms/inbound"


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


FORM = {"name": "Testname", "phone": "403-555-0142", "email": "", "time": "", "note": ""}


async def forms(urls: Sequence[str], database_url: str, count: int) -> Counts:
    """The request form's fields to all replicas at once, under one id and under two: one request each."""
    unsent, people = 0, []
    async with client() as http:
        for number in range(count):
            caller = Caller(http)
            await caller.say(urls[0], "I want to talk to someone")
            await caller.say(urls[0], "yes")
            ids = ["the form"] * 2 if number % 2 else ["the form", "again"]
            both = (caller.send(url, {"form": FORM}, each) for url, each in zip(urls, ids, strict=False))
            unsent += not any(sent.is_answered for sent in await asyncio.gather(*both))
            people.append(caller.conversation)
    bound = engine(database_url)
    of_each = sa.select(requests.c.conversation_id, sa.func.count()).group_by(requests.c.conversation_id)
    with reading(bound) as connection:
        filed = dict(connection.execute(of_each).all())
    bound.dispose()
    wrong = {"not one request": sum(filed.get(each, 0) != 1 for each in people), "not answered": unsent}
    return Counts("the form to both replicas", {"forms": count}, wrong)


async def texts(replicas: Sequence[Replica], api: Api, database_url: str, people: int, each: int) -> Counts:
    """Texts that Twilio delivers to every replica at once: one answer for each, in the order of the questions."""
    phones = [f"+1403555{9000 + number}" for number in range(people)]
    async with client() as http:
        for turn in range(each):
            fields = [_text(number, turn) for number in phones]
            posts = (_deliver(http, replica.url, field) for field in fields for replica in replicas)
            await asyncio.gather(*posts)
    bound = engine(database_url)
    while not await asyncio.to_thread(answers_are_out, bound):
        await asyncio.sleep(0.5)
    with reading(bound) as connection:
        dead = connection.execute(sa.select(inbox.c.id).where(inbox.c.state == "dead")).all()
        unsent = connection.execute(sa.select(outbox.c.id).where(outbox.c.state == "dead")).all()
    bound.dispose()
    got = {number: api.to(number) for number in phones}
    wrong = {
        "not one answer for each": sum(len(answers) != each for answers in got.values()),
        "out of order": sum(not _is_in_order(answers) for answers in got.values()),
        "dead letters": len(dead) + len(unsent),
    }
    return Counts(f"texts to {len(replicas)} replicas", {"senders": people, "texts": people * each}, wrong)


ASKED = (("how long does botox last?", "months"), ("what is microneedling?", "collagen"), ("where are you?", "Demo"))
"""Questions, and a word of their answers."""


def _text(number: str, turn: int) -> dict[str, str]:
    sid = f"SM{uuid4().hex}"
    question = ASKED[turn % len(ASKED)][0]
    return {"MessageSid": sid, "From": number, "To": CLINIC_NUMBER, "Body": question, "NumMedia": "0"}


async def _deliver(http: aiohttp.ClientSession, url: str, fields: dict[str, str]) -> None:
    headers = {"X-Twilio-Signature": signed(INBOUND, fields)}
    async with http.post(url + INBOUND, data=fields, headers=headers) as answer:
        await answer.read()


def _is_in_order(answers: Sequence[str]) -> bool:
    return all(ASKED[turn % len(ASKED)][1] in answer for turn, answer in enumerate(answers))


async def first_starts(
    database: Cluster, environment: Mapping[str, str], folder: Path, ports: Sequence[int], count: int
) -> Counts:
    """Two replicas that start at the same moment on an empty database."""
    failed = 0
    for number in range(count):
        url = database.url(database.create())
        both = [
            Replica(port, folder / f"start-{number}-{port}", {**environment, "TANDEM_DATABASE_URL": url})
            for port in ports
        ]
        try:
            await asyncio.to_thread(start_all, both)
        except NotStartedError as error:
            failed += 1
            print(error)
        finally:
            for replica in both:
                replica.stop()
    return Counts("simultaneous first starts", {"starts": count}, {"failed": failed})


async def rolling(running: Running, users: int) -> Counts:
    """Both replicas restarted in turn while people write through nginx."""
    ended = False
    talks = [asyncio.create_task(talk(running.url, 1.0, lambda: ended, n)) for n in range(users)]
    await asyncio.sleep(5)
    await asyncio.to_thread(restart_in_turn, running.replicas)
    await asyncio.sleep(5)
    ended = True
    sent = [each for said in await asyncio.gather(*talks) for each in said]
    held = kept(running.database_url)
    told = {
        "users": users,
        "turns": len(sent),
        "longest": f"{max(each.seconds for each in sent):.1f} s",
        "apologised": sum(each.is_sorry for each in sent),
        **_refused(sent),
    }
    wrong = {
        "answers lost": len(held.missing(sent)),
        "trackers wrong": len(held.miscounted(sent)),
        "errors": sum(not each.is_answered for each in sent),
    }
    return Counts("rolling restart", told, wrong)


def _refused(sent: Sequence[Sent]) -> dict[str, object]:
    """How many were neither answered nor apologised for, by status."""
    statuses = Counter(each.status for each in sent if not (each.is_answered or each.is_sorry))
    return {f"status {status}": count for status, count in sorted(statuses.items())}


async def throughput(urls: Sequence[str], seconds: float, users: int) -> tuple[float, float]:
    """How many turns a second some replicas answer, and how much of a core the callers took."""
    ended = False
    own = time.process_time()
    async with client() as http:
        crowd = [asyncio.create_task(_crowd(http, urls[n % len(urls)], lambda: ended)) for n in range(users)]
        await asyncio.sleep(seconds)
        ended = True
        counted = await asyncio.gather(*crowd)
    return sum(counted) / seconds, (time.process_time() - own) / seconds


async def _crowd(http: aiohttp.ClientSession, url: str, is_over: Callable[[], bool]) -> int:
    """People who come one after the other and ask a few questions each."""
    answered = 0
    while not is_over():
        caller = Caller(http)
        for question in QUESTIONS:
            if is_over():
                break
            answered += (await caller.say(url, question)).is_answered
    return answered
