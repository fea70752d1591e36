"""What must be there before the bot answers: the tables, the knowledge, the wording, the clinic's profile.

``make shell`` runs it by itself (``python -m bot.server.prepare``), the launcher before it serves.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.clinic import read_clinic
from bot.database import engine, refused
from bot.errors import TandemError
from bot.knowledge.load import load_files
from bot.migrations import upgrade
from bot.private import close_to_others
from bot.settings import Settings, unknown_settings
from bot.wording import DOMAIN_FILE, check_wording


def prepare(settings: Settings, domain: Path = DOMAIN_FILE) -> None:
    """Check the clinic's profile and the wording, bring the tables up to date and load the knowledge.

    Raises:
        TandemError: one sentence on what is in the way.
    """
    read_clinic(settings.clinic_file)
    close_to_others(settings.data_dir)
    bound = engine(settings.database_url)
    try:
        upgrade(bound)
        knowledge, _ = load_files(bound, settings.knowledge_dir)
    except (DBAPIError, OSError) as error:
        raise refused(bound, error) from None
    finally:
        bound.dispose()
    check_wording(knowledge, domain)


def main() -> int:
    """Prepare with the environment's settings; the exit code says how it went."""
    for sentence in unknown_settings(os.environ):
        print(sentence, file=sys.stderr)
    try:
        prepare(Settings.from_environment())
    except TandemError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
