"""What the chat's own page asks for beyond the API that others build on: it says ``?details=1``."""

from __future__ import annotations

from typing import Any

from sanic import Request

MESSAGE_DETAILS = frozenset({"introduction", "id", "topic", "language", "feedback"})
"""Parts of a message that only the chat wants.

The introduction, which its greeting has given; the id of a message that it sent; an answer's topic and language, and
what the user thinks of it.
"""


def wants_details(request: Request) -> bool:
    """Whether the caller is the chat's own page."""
    return bool(request.args.get("details") == "1")


def without_details(message: dict[str, Any]) -> dict[str, Any]:
    """A message as the API gives it to anybody."""
    return {key: value for key, value in message.items() if key not in MESSAGE_DETAILS}


def answer_without_details(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer as the API gives it to anybody."""
    return {**answer, "messages": [without_details(message) for message in answer["messages"]]}
