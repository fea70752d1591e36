"""The texts that the channel says itself: consent, help, first contact, what it cannot take.

Their words stand in data/wording/channels.yml.
"""

from __future__ import annotations

from typing import Literal, get_args

from bot import gsm7
from bot.channels.apology import Reachable
from bot.channels.texts import said
from bot.consult.types import Language

TextName = Literal[
    "stopped", "started", "help", "introduction", "picture", "beside_picture", "empty", "too_long", "too_many"
]
STOPPED, STARTED, HELP, INTRODUCTION, PICTURE, BESIDE_PICTURE, EMPTY, TOO_LONG, TOO_MANY = get_args(TextName)


class Wording:
    """Fills the texts in for one clinic."""

    def __init__(self, clinic: Reachable) -> None:
        self._clinic = clinic

    def say(self, name: TextName, language: Language) -> str:
        """A text in a language, with the clinic's name and how to reach it."""
        reach = said("reach", language, phone=self._clinic.phone) if self._clinic.phone else ""
        filled = said(name, language, clinic=self._clinic.name, reach=reach)
        return gsm7.normalised(" ".join(filled.split()))
