"""Collects what the bot says in one turn, and merges it into the API's answer."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

Message = dict[str, Any]
ALARMS = frozenset({"emergency", "self_harm"})
NO_ANSWER: dict[str, Any] = {}


class CollectedOutput(OutputChannel):
    """Rasa's way out of a turn: keeps each message as it is said."""

    def __init__(self) -> None:
        self.said: list[Message] = []

    @classmethod
    def name(cls) -> str:
        """The name that trackers show."""
        return "website"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message whole: the metadata of an answer stands beside its text."""
        if message.get("text") or message.get("buttons"):
            self.said.append(message)

    @property
    def is_apology(self) -> bool:
        """Whether the bot could only say sorry: the message was not answered."""
        return not self.has_answer and any(message.get("apology") for message in self.said)

    @property
    def is_alarm(self) -> bool:
        """Whether an action has said whom to call at once."""
        return any((message.get("answer") or {}).get("topic") in ALARMS for message in self.said)

    @property
    def has_answer(self) -> bool:
        """Whether an action has given its answer, whatever happened after it."""
        return any(message.get("answer") for message in self.said)


def merged(said: list[Message]) -> dict[str, Any]:
    """One answer out of all that was said: the first topic, every source, one form for everything."""
    answers = [message["answer"] for message in said if message.get("answer")]
    first = answers[0] if answers else NO_ANSWER
    return {
        "messages": _messages(said),
        "topic": first.get("topic") or "fallback",
        "language": first.get("language") or "en",
        "timing": next((a["timing"] for a in answers if a.get("timing")), None),
        "sources": _sources(answers),
        "handoff_offered": any(a.get("handoff_offered") for a in answers),
    }


def _messages(said: list[Message]) -> list[Message]:
    """What is shown of each message; a closing is one only at the end."""
    shown = [_shown(message) for message in said]
    for message in shown[:-1]:
        message.pop("closing", None)
    return shown


def _shown(message: Message) -> Message:
    shown = {"text": message.get("text") or "", "buttons": _buttons(message)}
    # A form to fill in; whether this is the introduction, which a page may have shown already; whether it closes.
    return {**shown, **{key: message[key] for key in ("form", "introduction", "closing") if message.get(key)}}


def _buttons(message: Message) -> list[dict[str, str]]:
    offered = [*(message.get("buttons") or []), *(message.get("quick_replies") or [])]
    return [{"title": str(b["title"]), "payload": str(b.get("payload") or b["title"])} for b in offered]


def _sources(answers: list[Message]) -> list[dict[str, str]]:
    """Each source once, where it was first named."""
    union: dict[str, dict[str, str]] = {}
    for source in (source for answer in answers for source in answer.get("sources") or []):
        union.setdefault(source["id"], {key: source.get(key, "") for key in ("id", "heading", "quote")})
    return list(union.values())
