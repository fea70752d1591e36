"""Invented people whose names, numbers and addresses the tests type, and where they must never be found again.

The numbers are from the range that is set aside for fiction, the addresses from domains that belong to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.database import engine

SEALED = ("contact_vault", "sealed")
"""The one encrypted column."""


@dataclass(frozen=True)
class Someone:
    """An invented person. Every part of the name is a word that nothing else in the project uses."""

    name: str
    phone: str
    email: str
    note: str = ""

    @property
    def traces(self) -> tuple[re.Pattern[str], ...]:
        """What gives the person away, however it is written."""
        digits = re.sub(r"\D", "", self.phone)
        return (
            *(re.compile(rf"(?i)\b{re.escape(word)}\b") for word in (*self.name.split(), *self.note.split())),
            re.compile(r"\D{0,3}".join(digits[-10:])),
            re.compile(re.escape(self.email.partition("@")[0]), re.IGNORECASE),
        )


FILES = Someone("Quillon Verrazano", "(403) 555-0161", "quillon.verrazano@clinic.example", "mornings-zephyrine")
BY_MAIL = Someone("Xanthe Okonjo-Brandt", "587 555 0162", "xanthe_ob@clinic.example", "mezzanotte")
DECLINES = Someone("Thessaly Wrexham", "403.555.0163", "thessaly.w@clinic.example")
LEAVES = Someone("Ignatz Pumpernel", "+1 403 555 0164", "ignatz+news@clinic.example")
INTERRUPTS = Someone("Ottoline Fjordvik", "780-555-0165", "ottoline@fjordvik.example", "zwischendurch")
RED_FLAG = Someone("Bartholomy Kestrelson", "4035550166", "barty.k@clinic.example")
TYPES_FREELY = Someone("Zebulon Quarrington", "403 555 0167", "zeb.quarrington@clinic.example")
EVERYBODY = (FILES, BY_MAIL, DECLINES, LEAVES, INTERRUPTS, RED_FLAG, TYPES_FREELY)


# Whoever a test makes up has a number of the range for fiction, or some address.
ANY_PHONE = re.compile(r"(?<![\d.])(?:\+?1[\s.\-]?)?\(?[2-9]\d\d[\s().\-]{0,3}555[\s().\-]{0,3}01\d\d(?!\d)")
ANY_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
NOBODYS = {
    *("4035550100", "5875550199", "hello@demo-clinic.example", "desk@clinic.example", "bot@clinic.example"),
    *("4035550199", "name@mail.example", "nom@courriel.example"),
}
"""Numbers and addresses that are a clinic's own, or examples in the bot's wording."""


def strangers_in(text: str) -> list[str]:
    """Every number and address in a text that is not the clinic's own, and every trace of the people below."""
    numbers = {re.sub(r"\D", "", match[0])[-10:] for match in ANY_PHONE.finditer(text)}
    addresses = {match[0] for match in ANY_EMAIL.finditer(text)}
    return [*sorted((numbers | addresses) - NOBODYS), *traces_in(text)]


def traces_in(text: str, people: Iterable[Someone] = EVERYBODY) -> list[str]:
    """What a text gives away of people, each with what stands around it."""
    found = (match for someone in people for trace in someone.traces for match in trace.finditer(text))
    return [text[max(match.start() - 80, 0) : match.end() + 40] for match in found]


def dump(url: str) -> str:
    """Every row of every table, a line for each, without the encrypted column."""
    bound = engine(url)
    try:
        with bound.connect() as connection:
            tables = sa.inspect(connection).get_table_names()
            return "\n".join(line for table in tables for line in _lines(connection, table))
    finally:
        bound.dispose()


def whole_files(folder: Path) -> str:
    """All that a bot has written below its folder, byte for byte: its database, what is beside it, its logs."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return "\n".join(file.read_bytes().decode("utf-8", errors="replace") for file in files)


def _lines(connection: sa.engine.Connection, table: str) -> Iterator[str]:
    for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):
        open_columns = {name: value for name, value in row._mapping.items() if (table, name) != SEALED}
        yield f"{table}: {open_columns}"
