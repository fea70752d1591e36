"""A red flag's fixed text, said although neither database nor actions answer: it needs the message alone.

What the conversation held before cannot be known then. A message that is no red flag by itself is apologised for.
"""

from __future__ import annotations

from typing import Any

from bot.consult.safety.state import TEXTS
from bot.consult.types import Language
from bot.knowledge.types import Knowledge
from bot.nlu.services import services

LANGUAGES: tuple[Language, ...] = ("en", "fr")
TOPICS = {"emergency_911": "emergency", "emergency_today": "emergency", "self_harm": "self_harm"}


def alarm(text: str, knowledge: Knowledge) -> dict[str, Any] | None:
    """The answer to a red flag; None where the safety layer hears none."""
    heard = services().reader.safety.assess(text)
    topic = TOPICS.get(heard.route or "")
    if topic is None or heard.route is None:
        return None
    language: Language = heard.language or "en"
    languages = LANGUAGES if heard.foreign else (language,)
    said = "\n\n".join(knowledge.safety_text(TEXTS[heard.route], each) for each in languages)
    return {
        "messages": [{"text": said, "buttons": []}],
        "topic": topic,
        "language": language,
        "timing": None,
        "sources": [],
        "handoff_offered": False,
    }
