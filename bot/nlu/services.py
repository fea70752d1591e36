"""What the domain components share in one process: the reader of messages, and the clinic's day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo
from functools import lru_cache

from bot.clinic import read_clinic
from bot.clock import today
from bot.consult.reading.message import MessageReader
from bot.consult.reading.readers import message_reader
from bot.consult.request.reader import RequestReader
from bot.consult.text.parts import PartFinder
from bot.settings import PROJECT_ROOT, Settings

LANGUAGE_DIR = PROJECT_ROOT / "data" / "language"


@dataclass(frozen=True)
class Services:
    """The readers, and what tells the day."""

    reader: MessageReader
    settings: Settings
    zone: tzinfo
    requests: RequestReader
    """Reads what a message says to the request form."""
    parts: PartFinder
    """Splits a message where a second question may begin."""

    def today(self) -> date:
        """Return the clinic's day."""
        return today(self.zone, self.settings.today_override)


@lru_cache(maxsize=1)
def services() -> Services:
    """Build the services from the environment, at first use."""
    settings = Settings.from_environment()
    reader = message_reader(settings.knowledge_dir, LANGUAGE_DIR)
    requests, parts = RequestReader(LANGUAGE_DIR), PartFinder(LANGUAGE_DIR / "parts.yml")
    return Services(reader, settings, read_clinic(settings.clinic_file).zone, requests, parts)
