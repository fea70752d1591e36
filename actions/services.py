"""What the actions work with, wired in one place at first use: settings, knowledge, clinic, clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from functools import cached_property, lru_cache

from bot import languages
from bot.clinic import Clinic, read_clinic
from bot.clock import now, today
from bot.consult.answers.parts import ClinicFacts, Hours
from bot.consult.answers.requests import Standing
from bot.consult.reading.message import Reading
from bot.database import shared_engine
from bot.handoff.requests import RequestStore
from bot.handoff.types import Status
from bot.knowledge.store import FRESH_SECONDS, KnowledgeStore
from bot.opening import closing, hours_in_words, moment_in_words, next_opening, recent_in_words
from bot.settings import Settings


@dataclass(frozen=True)
class Services:
    """The knowledge and the clinic, and what tells the day."""

    settings: Settings
    knowledge: KnowledgeStore
    clinic: Clinic

    def today(self) -> date:
        """Return the clinic's day."""
        return today(self.clinic.zone, self.settings.today_override)

    def moment(self) -> datetime:
        """Return the moment at the clinic."""
        return now(self.clinic.zone, self.settings.today_override)

    def button_reading(self, language: str) -> Reading:
        """Return what a button says beside its topic: nothing, but in the conversation's language."""
        return Reading(language=languages.spoken(language), pair=self.knowledge.current().usual_pair)

    def clinic_facts(self, language: str) -> ClinicFacts:
        """Return what the clinic says of itself, in words; what it leaves out is empty."""
        return replace(self._words[languages.spoken(language)], now=self.hours(language))

    def hours(self, language: str) -> Hours:
        """Return what may be promised of a request that is kept: when the clinic is there to see it."""
        moment = self.moment()
        closes, opens = closing(self.clinic, moment), next_opening(self.clinic, moment)
        said = {"closes": closes, "opens": None if closes else opens}
        return Hours(**{name: moment_in_words(at, language) if at else "" for name, at in said.items()})

    def standing(self, status: Status, language: str) -> Standing:
        """Return how a request stands, in words."""
        asked = status.filed_at.replace(tzinfo=timezone.utc).astimezone(self.clinic.zone)
        return Standing(status.reference, status.state, recent_in_words(asked, now(self.clinic.zone), language))

    @cached_property
    def requests(self) -> RequestStore:
        """The requests for a professional."""
        return RequestStore.from_settings(self.settings, shared_engine(self.settings.database_url))

    @cached_property
    def _words(self) -> Mapping[str, ClinicFacts]:
        return {language: _in_words(self.clinic, language) for language in languages.ids()}


def _in_words(clinic: Clinic, language: str) -> ClinicFacts:
    return ClinicFacts(
        name=clinic.name,
        phone=reach(clinic),
        email=clinic.email or "",
        address=clinic.address or "",
        hours=hours_in_words(clinic, language),
        booking_link=clinic.booking_link or "",
        price_note=clinic.price_note.in_language(language) if clinic.price_note else "",
    )


def reach(clinic: Clinic) -> str:
    """Return the quickest way to reach the clinic that its profile names."""
    return clinic.phone or clinic.email or clinic.booking_link or clinic.address or ""


@lru_cache(maxsize=1)
def services() -> Services:
    """Build the services from the environment."""
    settings = Settings.from_environment()
    knowledge = KnowledgeStore(shared_engine(settings.database_url), fresh_seconds=FRESH_SECONDS)
    return Services(settings, knowledge, read_clinic(settings.clinic_file))
