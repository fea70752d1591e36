"""A machine's clock set forward and back in the middle of conversations: safe state, follow-ups, requests, texts."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from uuid import uuid4

import aiohttp
import sqlalchemy as sa

from bot.database import engine, reading
from bot.handoff.tables import outbox, requests
from cluster.replicas import Replica
from cluster.running import free_ports, settings_for
from tests.e2e.phones import CLINIC_NUMBER, Api, signed
from tests.faults.callers import client
from tests.faults.cluster_trials import INBOUND, Counts

DAY = 86_400
SHIFTS = {"60 s": 60, "an hour": 3600, "a day": DAY}
TURN_SECONDS = 20.0
"""How long an answer may take to come: longer means that it hangs."""
NUMBER = re.compile(r"\b(?:two weeks|14 days|2 weeks)\b")
RED_FLAG = ("I passed out right after my botox", "how long after botox can I microneedle?")
FOLLOW_UP = ("botox or microneedling first?", "why?")
REQUEST = ("can someone call me", "yes", "Testname", "same number", "tomorrow morning", "no")
HALF_WAY = 3
"""After so many messages of the request the clock is set."""


async def all_of(folder: Path, api: Api) -> AsyncIterator[Counts]:
    """Each shift, forward and back, on an embedded bot."""
    (port,) = free_ports(1)
    shift = folder / "shift"
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    faked = {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(shift),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    file = folder / "tandem.db"
    settings = {**api.settings, "TANDEM_TODAY": "2026-11-22", "TANDEM_DATABASE_URL": f"sqlite:///{file}", **faked}
    shift.write_text("+0")
    replica = Replica(port, folder / "bot", settings_for("", port, **settings))
    replica.launch()
    try:
        await asyncio.to_thread(replica.wait)
        number = 0
        for name, seconds in SHIFTS.items():
            for sign in "+-":
                number += 1
                shift.write_text("+0")
                yield await _shifted(
                    f"the clock set {sign}{name}", replica, api, number, shift, f"{sign}{seconds}", file
                )
    finally:
        replica.stop()


async def _shifted(title: str, replica: Replica, api: Api, number: int, shift: Path, to: str, file: Path) -> Counts:
    phones = [f"+14035559{number}{n:02d}" for n in range(3)]
    async with client() as http:
        texting = [Texting(http, replica.url, api, phone) for phone in phones]
        talks = (RED_FLAG[:1], FOLLOW_UP[:1], REQUEST[:HALF_WAY])
        await asyncio.gather(*(each.say(said) for each, said in zip(texting, talks, strict=True)))
        shift.write_text(to)
        # A day on, a form that was begun has ended, as it has after a real day: it is filled in anew.
        rest = REQUEST if to == f"+{DAY}" else REQUEST[HALF_WAY:]
        rests = (RED_FLAG[1:], FOLLOW_UP[1:], rest)
        await asyncio.gather(*(each.say(said) for each, said in zip(texting, rests, strict=True)))
    safe, follow_up, request = texting
    reference = re.search(r"TD-\w+", " ".join(request.heard))
    wrong = {
        "safe state lost": int(bool(NUMBER.search(safe.heard[-1])) or not re.search("911|seen", safe.heard[-1])),
        "follow-up lost": int("settle into the muscles" not in follow_up.heard[-1]),
        "request lost": int(not await asyncio.to_thread(_is_delivered, file, reference[0] if reference else "")),
        "texts late or lost": sum(each.missing for each in texting),
    }
    return Counts(title, {"texts": sum(map(len, (RED_FLAG, FOLLOW_UP, REQUEST)))}, wrong)


class Texting:
    """Somebody who texts, and waits for each answer."""

    def __init__(self, http: aiohttp.ClientSession, url: str, api: Api, number: str) -> None:
        self._http, self._url, self._api, self._number = http, url, api, number
        self.heard: list[str] = [""]
        self.missing = 0

    async def say(self, texts: Sequence[str]) -> None:
        """Send texts, one after the other."""
        for text in texts:
            before = len(self._api.to(self._number))
            await self._send(text)
            for _ in range(int(TURN_SECONDS * 10)):
                if len(self._api.to(self._number)) > before:
                    self.heard.append(self._api.to(self._number)[-1])
                    break
                await asyncio.sleep(0.1)
            else:
                self.missing += 1

    async def _send(self, text: str) -> None:
        sid = f"SM{uuid4().hex}"
        fields = {"MessageSid": sid, "From": self._number, "To": CLINIC_NUMBER, "Body": text, "NumMedia": "0"}
        headers = {"X-Twilio-Signature": signed(INBOUND, fields)}
        async with self._http.post(self._url + INBOUND, data=fields, headers=headers) as answer:
            assert answer.status == 204, f"status {answer.status}"


def _is_delivered(file: Path, reference: str) -> bool:
    """Whether a request is kept and was delivered."""
    bound = engine(f"sqlite:///{file}")
    joined = requests.join(outbox, outbox.c.request_id == requests.c.id)
    delivered = sa.select(outbox.c.delivered_at).select_from(joined).where(requests.c.reference == reference)
    try:
        for _ in range(100):
            with reading(bound) as connection:
                if connection.execute(delivered).scalar() is not None:
                    return True
            time.sleep(0.1)
        return False
    finally:
        bound.dispose()
