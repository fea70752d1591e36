"""Asks the running bot over the website channel's HTTP interface, several conversations at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx

from bot.cli.questions import Question
from bot.errors import TandemError

AT_ONCE = 4
API = "/webhooks/website"
SECONDS = 60.0
LONGEST_PAUSE = 60.0
Line = dict[str, Any]


class AskError(TandemError):
    """The bot cannot be asked."""

    exit_code = 2


async def ask_all(url: str, questions: list[Question]) -> AsyncIterator[Line]:
    """Ask all questions; the answers come in the questions' order, each as soon as it is there.

    Raises:
        AskError: No bot answers at ``url``, or what answers there is not the bot.
    """
    lines = {question.id: asyncio.get_running_loop().create_future() for question in questions}
    async with _client(url) as http:
        asking = _Asking(http, lines)
        talks = [asyncio.create_task(asking.talk(turns)) for turns in _by_conversation(questions)]
        try:
            for question in questions:
                yield await lines[question.id]
        finally:
            await _stop(talks, list(lines.values()))


class _Asking:
    def __init__(self, http: httpx.AsyncClient, lines: dict[str, asyncio.Future[Line]]) -> None:
        self._http = http
        self._lines = lines
        self._free = asyncio.Semaphore(AT_ONCE)

    async def talk(self, turns: list[Question]) -> None:
        """Hold one conversation, turn by turn; what fails one turn fails those after it."""
        try:
            async with self._free:
                await self._turns(turns)
        except AskError as error:
            for line in (self._lines[turn.id] for turn in turns):
                if not line.done():
                    line.set_exception(error)

    async def _turns(self, turns: list[Question]) -> None:
        opened, _ = await self._post("/session", {}, None)
        headers = {"Authorization": f"Bearer {opened.get('token')}"}
        for number, turn in enumerate(turns, 1):
            # The id is the client's own: ours may repeat in another run, but not in this conversation.
            answer, seconds = await self._post("/messages", headers, {"id": f"ask-{number}", **turn.said})
            self._lines[turn.id].set_result(_line(turn, answer, seconds))

    async def _post(self, path: str, headers: dict[str, str], body: object) -> tuple[Line, float]:
        """Post until the bot has a slot free; the answer, and how long the last try took."""
        while True:
            started = time.perf_counter()
            response = await self._once(path, headers, body)
            seconds = time.perf_counter() - started
            if response.status_code != httpx.codes.TOO_MANY_REQUESTS:
                return _content(response), seconds
            await asyncio.sleep(_pause(response))

    async def _once(self, path: str, headers: dict[str, str], body: object) -> httpx.Response:
        address = self._http.base_url
        try:
            return await self._http.post(API + path, headers=headers, json=body)
        except httpx.ConnectError:
            raise AskError(f"No bot is running at {address}; start it with: make run") from None
        except httpx.HTTPError as error:
            raise AskError(f"The bot at {address} stopped answering ({type(error).__name__}).") from None


def _client(url: str) -> httpx.AsyncClient:
    try:
        client = httpx.AsyncClient(base_url=url, timeout=SECONDS, trust_env=False)
    except (httpx.InvalidURL, ValueError):
        raise _no_address(url) from None
    if client.base_url.scheme not in ("http", "https") or not client.base_url.host:
        raise _no_address(url)
    return client


def _no_address(url: str) -> AskError:
    return AskError(f"--url should be an address like http://127.0.0.1:8000, not {url!r}.")


def _by_conversation(questions: list[Question]) -> list[list[Question]]:
    talks: dict[str, list[Question]] = {}
    for question in questions:
        talks.setdefault(question.conversation, []).append(question)
    return list(talks.values())


def _content(response: httpx.Response) -> Line:
    try:
        content = response.json()
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise AskError(f"What answers at {response.url.host}:{response.url.port} is not the bot.")
    if response.is_error:
        raise AskError(f"The bot refused: {content.get('error', response.status_code)}")
    return content


def _pause(response: httpx.Response) -> float:
    """The seconds that the bot asks us to wait."""
    said = response.headers.get("Retry-After", "")
    return min(float(said), LONGEST_PAUSE) if said.isascii() and said.isdigit() else 1.0


def _line(question: Question, answer: Line, seconds: float) -> Line:
    return {
        "id": question.id,
        "conversation": question.conversation,
        **{"text": None, **question.said},
        "topic": answer.get("topic"),
        "language": answer.get("language"),
        "replies": [_reply(message) for message in answer.get("messages", [])],
        "timing": answer.get("timing"),
        "sources": [source["id"] for source in answer.get("sources", [])],
        "handoff_offered": answer.get("handoff_offered"),
        "ms": round(seconds * 1000, 1),
    }


def _reply(message: Line) -> Line:
    """A message as the API gives it: its form and whether it closes, only where that is so."""
    also: Line = {key: message[key] for key in ("form", "closing") if key in message}
    return {"text": message.get("text"), "buttons": message.get("buttons"), **also}


async def _stop(talks: list[asyncio.Task[None]], lines: list[asyncio.Future[Line]]) -> None:
    for talk in talks:
        talk.cancel()
    await asyncio.gather(*talks, return_exceptions=True)
    for line in lines:
        # One failure is reported; asyncio would complain about the others that nobody looked at.
        if not line.cancel():
            line.exception()
