"""What the scripted bot of the browser tests says: one answer of each kind that the chat shows differently."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

from rasa.core.channels.channel import UserMessage

Said = dict[str, Any]
HEADING = "Optimal Treatment Sequence"
QUOTE = "Generally, it is advisable to have the first treatment first. (A sentence for tests.)"
WAIT = {"title": "Why wait?", "payload": "/why_timing"}
PERSON = {"title": "Talk to someone", "payload": "/consult"}
NO_TIMING = {"first": None, "verdict": None, "days": None, "botox_date": None}
NO_TIMING |= {"microneedling_date": None, "earliest": None, "minimum_days": None}
INTRODUCTION = {"text": "I'm an automated assistant, I am told to say.", "introduction": True}


def answer(topic: str, timing: Said | None = None, sources: bool = True) -> Said:
    """The metadata of an answer."""
    source = {"id": "sequence-1", "heading": HEADING, "quote": QUOTE}
    return {
        "topic": topic,
        "language": "en",
        "timing": {**NO_TIMING, **timing} if timing else None,
        "sources": [source] if sources else [],
        "handoff_offered": True,
    }


TOO_SOON = {
    "first": "botox",
    "verdict": "too_soon",
    "days": 10,
    "botox_date": "2026-11-12",
    "microneedling_date": "2026-11-22",
    "earliest": "2026-11-26",
    "minimum_days": 14,
}
FORM = {
    "title": "How can we reach you?",
    "note": "Only the clinic's staff see this.",
    "fields": [
        {"name": "name", "label": "Your name", "type": "text", "autocomplete": "name", "required": True},
        {"name": "phone", "label": "Phone", "type": "tel", "autocomplete": "tel", "required": True},
        {"name": "email", "label": "E-mail", "type": "email", "autocomplete": "email"},
        {"name": "consent", "label": "You may call me about this.", "type": "checkbox", "required": True},
    ],
    "submit": "Send request",
}
ONE_OF = {
    "fields": [
        {"name": "phone", "label": "Phone", "type": "tel", "autocomplete": "tel", "one_of": "contact"},
        {"name": "email", "label": "E-mail", "type": "email", "autocomplete": "email", "one_of": "contact"},
        {"name": "note", "label": "Note", "type": "textarea"},
    ],
    "submit": "Send these",
}
EARLIEST = {**TOO_SOON, "verdict": None, "days": None, "microneedling_date": None}
CARD = {
    "id": "dates",
    "fields": [
        {"name": "botox_date", "type": "date", "value": "2026-11-12"},
        {"name": "microneedling_date", "type": "date", "value": None},
    ],
}
ASKED = [
    {"text": "When is the needling?", "form": CARD, "answer": answer("date_check", {"verdict": "ask_date"})},
    {"text": "Ask a professional: 403-555-0100.", "buttons": [PERSON], "closing": True},
]
ORDER = [
    {"text": "Generally Botox goes first.", "buttons": [WAIT], "answer": answer("order", {"minimum_days": 14})},
    {"text": "Source: the article. Ask a professional: 403-555-0100.", "buttons": [PERSON], "closing": True},
]
REPLIES: dict[str, list[Said]] = {
    "/why_timing": [{"text": "Because the article says so.", "answer": answer("why_timing")}],
    "/consult": [{"text": "Please fill this in.", "form": FORM, "answer": answer("consult", sources=False)}],
    "card": ASKED,
    "long": [
        {"text": "It begins here.\n\n" + "It goes on. " * 300, "buttons": [WAIT], "answer": answer("order")},
        {"text": "Ask a professional: 403-555-0100.", "buttons": [PERSON], "closing": True},
    ],
    "long form": [
        {"text": "It begins here.\n\n" + "It goes on. " * 100, "answer": answer("order")},
        {"text": "Back to your request.", "form": FORM},
    ],
    '/date_check{"day": "2026-11-12 2026-11-22"}': [{"text": "Too soon.", "answer": answer("date_check", TOO_SOON)}],
    '/date_check{"day": "2026-11-12 -"}': [{"text": "By the rule.", "answer": answer("date_check", EARLIEST)}],
    "dates": [{"text": "That is too soon.", "answer": answer("date_check", TOO_SOON)}],
    "reach": [{"text": "Please fill this in.", "form": ONE_OF, "answer": answer("consult", sources=False)}],
    "chest": [{"text": "**Call 911** now.\n\nDo not wait.", "answer": answer("emergency", sources=False)}],
    "numbers": [
        {"text": "Call 911, **Health Link 811** or 9-8-8; or 911.", "answer": answer("side_effect_mild", sources=False)}
    ],
    "markup": [{"text": "<img src=x onerror=alert(1)> <b>bold</b>", "answer": answer("order", sources=False)}],
}


def gap(days: int, dated: bool) -> list[Said]:
    """A plan so many days after the first treatment."""
    first = date(2026, 11, 12)
    verdict = "too_soon" if days < 14 else "past_minimum"
    dates = {
        "botox_date": first.isoformat(),
        "microneedling_date": (first + timedelta(days=days)).isoformat(),
        "earliest": (first + timedelta(days=14)).isoformat(),
    }
    timing = {"first": "botox", "verdict": verdict, "days": days, "minimum_days": 14, **(dates if dated else {})}
    return [{"text": "By the rule.", "answer": answer("date_check", timing)}]


REPLIES |= {f"gap {days}{' dated' * dated}": gap(days, dated) for days in range(61) for dated in (False, True)}


class ScriptedBot:
    """Stands where Rasa's agent stands; holds its answers back while a test wants it to."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def handle_message(self, message: UserMessage) -> None:
        """Answer as the script says; a new conversation is introduced first."""
        is_new = message.sender_id not in {sender for sender, _ in self.heard}
        self.heard.append((message.sender_id, message.text))
        await self.may_answer.wait()
        for said in [*([INTRODUCTION] if is_new else []), *REPLIES.get(message.text, ORDER)]:
            await message.output_channel.send_response(message.sender_id, dict(said))
