"""Has Rasa read the domain with its responses in every language that the bot speaks."""

from __future__ import annotations

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter

from bot.translations import translated


class WordingImporter(RasaFileImporter):
    """Reads Rasa's files as Rasa does, and data/wording/ beside the domain."""

    def get_domain(self) -> Domain:
        """The domain, with the translations of its responses."""
        domain = super().get_domain()
        return domain if domain.is_empty() else Domain.from_dict(translated(domain.as_dict()))
