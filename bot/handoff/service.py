"""The worker of a running bot, wired from its settings."""

from __future__ import annotations

from functools import partial

from sqlalchemy.engine import Engine

from bot.clock import utc_now
from bot.database import shared_engine
from bot.database_clock import DatabaseClock
from bot.handoff.delivery.notifiers import notifiers
from bot.handoff.outbox import Outbox
from bot.handoff.retention import Periods, purge
from bot.handoff.vault import ContactVault
from bot.handoff.worker import Worker
from bot.settings import Settings


def worker_of(settings: Settings) -> Worker:
    """Make the worker, on the database that the process's parts share; call it within the loop that it will run in."""
    bound = shared_engine(settings.database_url)
    return Worker(Outbox(bound, DatabaseClock(bound)), notifiers(settings), partial(_keep_house, bound, settings))


def _keep_house(bound: Engine, settings: Settings) -> None:
    """Delete what was kept for its time, and seal anew what older keys sealed."""
    purge(bound, utc_now(), Periods.of(settings))
    ContactVault(bound, settings.secret_key()).reseal()
