"""Measures what a slow Twilio does to the people who chat meanwhile: ``python -m bench.texts [SECONDS]``.

Twenty users talk on the website while texts keep arriving by signed webhooks, and a local stand-in for Twilio's API
takes five seconds for each answer. Prints how long the users waited with and without that; writes
``results/texts.json``.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import sys
import time
from dataclasses import replace

import aiohttp

from bench import processes, systems, users
from bench.environment import ROOT
from bench.measure import LONGEST_ANSWER
from bench.questions import varied_questions
from scripts.free_port import free_port
from tests.e2e.phones import CLINIC_NUMBER, Api, signed, twilio

RESULTS = ROOT / "results" / "texts.json"
INBOUND = "/webhooks/sms/inbound"
SLOWNESS = 5.0
TEXTS_A_SECOND = 2.0


def main() -> int:
    """Measure twice, without texts and with; 1 means that somebody waited too long, or that no text was answered."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else users.SECONDS
    systems.fresh_data()
    processes.run(systems.knowledge())
    port = free_port()
    with twilio() as api:
        api.slowness = SLOWNESS
        servers = [_texting(users.behind_a_proxy(each), api) for each in systems.tandem().servers(port)]
        with processes.running(servers) as running:
            address = f"http://127.0.0.1:{port}"
            asyncio.run(users.ready(address, running))
            quiet = asyncio.run(users.chatting(address, seconds))
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                texted = pool.apply_async(_texts, (address, seconds))
                meanwhile = asyncio.run(users.chatting(address, seconds))
                taken = texted.get()
    return _report(quiet, meanwhile, taken, len(api.got))


def _texting(program: processes.Program, api: Api) -> processes.Program:
    return replace(program, environment={**program.environment, **api.settings})


def _texts(address: str, seconds: float) -> int:
    return asyncio.run(_texted(address, seconds))


async def _texted(address: str, seconds: float) -> int:
    """Text the bot again and again; returns how many texts it took."""
    taken, asked, end = 0, varied_questions(100), time.perf_counter() + seconds
    async with aiohttp.ClientSession(timeout=LONGEST_ANSWER) as http:
        while time.perf_counter() < end:
            fields = _fields(taken, asked[taken % len(asked)])
            headers = {"X-Twilio-Signature": signed(INBOUND, fields)}
            async with http.post(f"{address}{INBOUND}", data=fields, headers=headers) as answer:
                taken += answer.status == 204
            await asyncio.sleep(1 / TEXTS_A_SECOND)
    return taken


def _fields(number: int, text: str) -> dict[str, str]:
    sender = f"+14035550{100 + number % 100}"
    return {"MessageSid": f"SM{number:032d}", "From": sender, "To": CLINIC_NUMBER, "Body": text, "NumMedia": "0"}


def _report(quiet: list[float], meanwhile: list[float], taken: int, answered: int) -> int:
    waited = {"without": users.waited(quiet), "with": users.waited(meanwhile)}
    met = waited["with"]["p99_ms"] <= users.TARGET_MS and answered > 0
    RESULTS.parent.mkdir(exist_ok=True)
    figures = {"users": users.USERS, "waited": waited, "texts": taken, "answered": answered, "met": met}
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n")
    for name, each in waited.items():
        line = f"{each['turns']} turns, p50 {each['p50_ms']} ms, p99 {each['p99_ms']} ms"
        print(f"  {users.USERS} users {name:7} texts: {line}")
    print(f"  {taken} texts taken, {answered} answers handed over by then, each in {SLOWNESS:.0f} s")
    print(f"  {'PASS' if met else 'FAIL'} (p99 <= {users.TARGET_MS} ms)")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
