"""A red flag's fixed text, said although neither database nor actions answer: it needs the message alone.

What the conversation held before cannot be known then. A message that is no red flag by itself is apologised for.
"""

from __future__ import annotations

from typing import Any

from bot import languages
from bot.channels.output import merged
from bot.consult.decision.targets import ROUTES
from bot.consult.safety.state import TEXTS
from bot.knowledge.types import Knowledge
from bot.nlu.services import services


def alarm(text: str, knowledge: Knowledge) -> dict[str, Any] | None:
    """The answer to a red flag; None where the safety layer hears none."""
    heard = services().reader.safety.assess(text)
    if heard.alarm is None:
        return None
    language = languages.spoken(heard.language)
    said = knowledge.safety_text_in(TEXTS[heard.alarm], languages.ids() if heard.foreign else (language,))
    topic = ROUTES.get(heard.alarm, heard.alarm)
    return merged([{"text": said, "answer": {"topic": topic, "language": language}}])
