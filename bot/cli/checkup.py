"""Looks over a whole deployment, part by part; it makes, changes and sends nothing.

Each part is well, could be better, or has to be mended, and says so in one line.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Literal

import httpx
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.clinic import problems_of, read_clinic
from bot.database import engine, file_of, refused, writing_anew
from bot.errors import TandemError
from bot.handoff.delivery.notifier import DeliveryError
from bot.handoff.delivery.notifiers import mail_way
from bot.handoff.ways import ways_out
from bot.migrations import current, newest, touch
from bot.private import OTHERS
from bot.server.launcher import host, log_format, log_level, sms_line
from bot.server.model_file import MODEL_FILE, check_model
from bot.settings import Settings, unknown_settings
from bot.yaml_lines import shown

State = Literal["well", "look", "mend"]
EVERYWHERE = ("0.0.0.0", "::")
SECONDS = 10.0
"""How long the running server may take."""


@dataclass(frozen=True)
class Finding:
    """What there is to say about a part."""

    part: str
    state: State
    says: str


class NeedsMendingError(TandemError):
    """What is wrong with a part, and what to do about it."""


class AdviceError(Exception):
    """What somebody may want to change about a part that works."""


def checked_settings() -> Settings:
    """Read all settings, those too that only a start reads.

    Raises:
        SettingsError: One cannot be used.
    """
    log_level()
    log_format()
    return Settings.from_environment()


def look_over(settings: Settings, url: str | None = None) -> Iterator[Finding]:
    """Check every part, in the order in which one needs the other.

    Args:
        settings: The deployment's settings.
        url: Where its server runs, unless where the settings say.
    """
    for part, check in PARTS.items():
        yield _finding(part, partial(check, settings))
    address = url or f"http://{_callable(host())}:{settings.port}"
    yield _finding("server", partial(server, address))


def _finding(part: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(part, "well", check())
    except AdviceError as advice:
        return Finding(part, "look", str(advice))
    except TandemError as error:
        return Finding(part, "mend", str(error))


@contextmanager
def _opened(settings: Settings) -> Iterator[Engine]:
    """The settings' database, if there is one to open."""
    file = file_of(settings.database_url)
    if file and not file.is_file():
        raise NeedsMendingError(f"There is no database {file}; the first start makes it.")
    bound = engine(settings.database_url)
    try:
        yield bound
    except (DBAPIError, OSError) as error:
        raise refused(bound, error) from None
    finally:
        bound.dispose()


def _callable(address: str) -> str:
    """An address to call what listens there."""
    named = "127.0.0.1" if address in EVERYWHERE else address
    return f"[{named}]" if ":" in named else named


def spelling(_: Settings) -> str:
    """Settings that are none."""
    unknown = unknown_settings(os.environ)
    if unknown:
        raise AdviceError(" ".join(unknown))
    return "All can be used."


def folder(settings: Settings) -> str:
    """The folder of what the bot makes itself."""
    place = settings.data_dir
    if not place.is_dir():
        raise NeedsMendingError(f"There is no folder {place}; the first start makes it (TANDEM_DATA_DIR names it).")
    if not os.access(place, os.W_OK | os.X_OK):
        raise NeedsMendingError(f"This user may not write in {place}; give it to the user whom the bot runs as.")
    if place.stat().st_mode & OTHERS:
        raise AdviceError(f"Other users may look into {place}; the next start closes it, or type: chmod 700 {place}")
    return f"{place} can be written, by its owner alone."


def database(settings: Settings) -> str:
    """Whether it answers, has the tables of this version and can be written; a file that is not there is not made."""
    with _opened(settings) as bound:
        with writing_anew(bound) as connection:
            connection.execute(sa.text("SELECT 1"))
        there = current(bound)
        if there != newest():
            raise NeedsMendingError(_other_version(there))
        with writing_anew(bound) as connection:
            touch(connection)
        where = bound.url.render_as_string(hide_password=True)
        return f"{where} can be read and written; its tables are those of this version ({there})."


def _other_version(there: str | None) -> str:
    if there is None:
        return "The database has no tables yet; the first start makes them."
    if there > newest():
        return f"The tables ({there}) are of a newer version than this one ({newest()}); install that one."
    return f"The tables ({there}) are older than this version ({newest()}); back up, then start the bot."


def model(_: Settings) -> str:
    """Whether a model is there that fits the domain."""
    check_model(MODEL_FILE)
    return f"{shown(MODEL_FILE)} is whole and knows every response."


def clinic(settings: Settings) -> str:
    """The clinic's profile."""
    file = settings.clinic_file
    problems = problems_of(file)
    if problems:
        more = f" (and {len(problems) - 1} more: tandem clinic check)" if problems[1:] else ""
        raise NeedsMendingError(f"{problems[0]}{more}")
    profile = read_clinic(file)
    if profile.demo:
        raise AdviceError(f"{shown(file)} is the example: its clinic does not exist. Put yours in, without demo.")
    return f"{shown(file)} speaks of {profile.name}."


def mail(settings: Settings) -> str:
    """Whether the mail server takes our login; no mail is sent."""
    ways = ways_out(settings)
    if ways == ("console",):
        raise AdviceError("Requests are told on the console only; TANDEM_SMTP_URL and TANDEM_MAIL_TO have them mailed.")
    if "mail" not in ways:
        return "Requests go to the webhook, and by no mail."
    try:
        asyncio.run(mail_way(settings).try_login())
    except DeliveryError as error:
        problem = f"The mail server does not answer or does not let us in ({error.problem})"
        raise NeedsMendingError(f"{problem}; look at TANDEM_SMTP_URL.") from None
    return f"The mail server lets us in; requests go to {', '.join(settings.mail_to)}."


def server(address: str) -> str:
    """What the running server says of itself."""
    try:
        told = httpx.get(f"{address}/health", timeout=SECONDS, trust_env=False)
        report = told.json()
    except (httpx.HTTPError, httpx.InvalidURL):
        raise NeedsMendingError(f"No bot answers at {address}; make run starts it, --url names another.") from None
    except ValueError:
        report = None
    if not isinstance(report, dict) or "status" not in report:
        raise NeedsMendingError(f"What answers at {address} is not this bot; TANDEM_PORT or --url names its address.")
    if told.status_code != httpx.codes.OK:
        raise NeedsMendingError(f"The bot at {address} is not well. {report.get('error', '')}")
    return f"The bot at {address} is well."


PARTS: Mapping[str, Callable[[Settings], str]] = {
    "settings": spelling,
    "folder": folder,
    "database": database,
    "model": model,
    "clinic": clinic,
    "mail": mail,
    "sms": sms_line,
}
