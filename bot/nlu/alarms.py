"""A red flag's fixed text, said although neither database nor actions answer: it needs the message alone.

What the conversation held before cannot be known then. A message that is no red flag by itself is apologised for.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

from bot import languages
from bot.consult.decision.targets import ROUTES
from bot.consult.safety.state import TEXTS
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge
from bot.logs import place_of
from bot.nlu.services import services

logger = logging.getLogger(__name__)


def alarm(text: str, channel: str = "website") -> dict[str, Any] | None:
    """What is said to a red flag, as the bot itself would say it; None where the safety layer hears none.

    Args:
        text: The message.
        channel: Whose fixed text it is, ``website`` or ``sms``.
    """
    try:
        return _alarm(text, channel)
    except Exception as error:
        logger.error("A message could not be looked at: %s", place_of(error))
        return None


def _alarm(text: str, channel: str) -> dict[str, Any] | None:
    heard = services().reader.safety.assess(text)
    if heard.alarm is None:
        return None
    language = languages.spoken(heard.language)
    spoken = languages.ids() if heard.foreign else (language,)
    said = _files().safety_text_in(TEXTS[heard.alarm], spoken, channel)
    return {"text": said, "answer": {"topic": ROUTES.get(heard.alarm, heard.alarm), "language": language}}


@lru_cache(maxsize=1)
def _files() -> Knowledge:
    return read_knowledge(services().settings.knowledge_dir)
