"""What the channel remembers of a sender between two texts: consent, language, and what the last answer offered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import languages
from bot.channels.sms.choices import Choice
from bot.channels.sms.seal import Seal
from bot.channels.sms.tables import consents, senders
from bot.consult.types import Language

Step = Literal["stop", "start", "refused"]


@dataclass(frozen=True)
class Offer:
    """What the last answer left open."""

    choices: tuple[Choice, ...] = ()
    rest: str = ""
    """What "more" sends."""


NOTHING = Offer()


@dataclass(frozen=True)
class Sender:
    """Somebody who writes, as far as the channel knows them."""

    name: str
    is_introduced: bool = False
    has_opted_out: bool = False
    language: Language | None = None
    offer: Offer = NOTHING


def known(connection: Connection, name: str, seal: Seal) -> Sender:
    """What is known of a sender."""
    row = connection.execute(sa.select(senders).where(senders.c.sender == name)).first()
    if row is None:
        return Sender(name)
    language: Language | None = row.language if row.language in languages.ids() else None
    introduced, out = row.introduced_at is not None, row.opted_out_at is not None
    return Sender(name, introduced, out, language, _offer(seal.open(row.sealed_offer)))


def seen(connection: Connection, names: Sequence[str], now: datetime) -> None:
    """Keep that a sender has written.

    Args:
        connection: A transaction.
        names: Every name of the sender's number, the present one first: a new secret undoes no opting out.
        now: The moment.
    """
    this = senders.c.sender == names[0]
    if connection.execute(sa.update(senders).where(this).values(last_seen_at=now)).rowcount:
        return
    opted_out = sa.select(sa.func.max(senders.c.opted_out_at)).where(senders.c.sender.in_(names))
    carried = connection.execute(opted_out).scalar()
    row = {"sender": names[0], "first_seen_at": now, "last_seen_at": now, "opted_out_at": carried}
    connection.execute(sa.insert(senders).values(row))


def remember(connection: Connection, name: str, language: Language, offer: Offer, seal: Seal) -> None:
    """Keep what an answer was, for the sender's next text."""
    this = senders.c.sender == name
    kept = seal.close(json.dumps(asdict(offer), ensure_ascii=False)) if offer.choices or offer.rest else None
    connection.execute(sa.update(senders).where(this).values(language=language, sealed_offer=kept))


def speaks(connection: Connection, name: str, language: Language) -> None:
    """Keep the language of a keyword: it hints at that of the texts to come."""
    connection.execute(sa.update(senders).where(senders.c.sender == name).values(language=language))


def introduced(connection: Connection, name: str, now: datetime) -> None:
    """Keep when a sender was first told who answers."""
    first = (senders.c.sender == name, senders.c.introduced_at.is_(None))
    connection.execute(sa.update(senders).where(*first).values(introduced_at=now))


def has_opted_out(connection: Connection, name: str) -> bool:
    """Whether a sender wants no texts."""
    out = sa.select(senders.c.opted_out_at).where(senders.c.sender == name)
    return connection.execute(out).scalar() is not None


def set_consent(connection: Connection, names: Sequence[str], now: datetime, step: Step, keyword: str) -> None:
    """Keep a wish, and in the audit when and by which word it was said; names as in ``seen``."""
    values: dict[str, Any] = {"opted_out_at": None} if step == "start" else {"opted_out_at": now, "sealed_offer": None}
    connection.execute(sa.update(senders).where(senders.c.sender.in_(names)).values(values))
    row = {"sender": names[0], "at": now, "keyword": keyword[:32], "action": step}
    connection.execute(sa.insert(consents).values(row))


def _offer(kept: str | None) -> Offer:
    if not kept:
        return Offer()
    fields = json.loads(kept)
    return Offer(tuple(Choice(**each) for each in fields["choices"]), fields["rest"])
