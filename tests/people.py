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
    """An invented person. Every part of the name and the note is a word that nothing else in the project uses."""

    name: str
    phone: str
    email: str
    note: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What gives the person away beside the number, in small letters."""
        return (*self.name.lower().split(), *self.note.lower().split(), self.email.lower().partition("@")[0])

    @property
    def number(self) -> str:
        """The number's ten digits."""
        return re.sub(r"\D", "", self.phone)[-10:]


FILES = Someone("Quillon Verrazano", "(403) 555-0161", "quillon.verrazano@clinic.example", "mornings-zephyrine")
BY_MAIL = Someone("Xanthe Okonjo-Brandt", "587 555 0162", "xanthe_ob@clinic.example", "mezzanotte")
DECLINES = Someone("Thessaly Wrexham", "403.555.0163", "thessaly.w@clinic.example")
LEAVES = Someone("Ignatz Pumpernel", "+1 403 555 0164", "ignatz+news@clinic.example")
INTERRUPTS = Someone("Ottoline Fjordvik", "780-555-0165", "ottoline@fjordvik.example", "zwischendurch")
RED_FLAG = Someone("Bartholomy Kestrelson", "4035550166", "barty.k@clinic.example")
TYPES_FREELY = Someone("Zebulon Quarrington", "403 555 0167", "zeb.quarrington@clinic.example")
EVERYBODY = (FILES, BY_MAIL, DECLINES, LEAVES, INTERRUPTS, RED_FLAG, TYPES_FREELY)


OTHER_NAMES = ("testname",)
"""Names that other tests give."""
NOBODYS = {
    *("4035550100", "5875550199", "hello@demo-clinic.example", "desk@clinic.example", "bot@clinic.example"),
    *("4035550199", "name@mail.example", "nom@courriel.example"),
}
"""Numbers and addresses that are a clinic's own, or examples in the bot's wording."""
# Whoever a test makes up has a number of the range for fiction, or some address.
EXCHANGE = "555"
_NUMBER = re.compile(r"(?<![\d.])(?:\+?1[\s.\-]?)?\(?[2-9]\d\d[\s().\-]{0,3}555[\s().\-]{0,3}01\d\d(?!\d)")
# Short ones under any top-level domain stand among encrypted bytes by chance: "p@Wt." before a column's "consult".
_ADDRESS = re.compile(
    r"[\w.+-]{2,}[\w+]@[\w-]{3,}(?:\.[\w-]+)*\.[A-Za-z]{2,24}"
    r"|[\w.+-]*[\w+]@[\w-]+(?:\.[\w-]+)*\.(?:example|test|com|ca|org|net)"
)
_REACH = 80
_LEFT = re.compile(r"\.db(-wal)?$|log.*\.txt$|\.log$")


def strangers_in(text: str) -> list[str]:
    """Every number and address in a text that is not the clinic's own, and every name of the people above."""
    numbers = {re.sub(r"\D", "", found)[-10:] for found in _found(_NUMBER, text, EXCHANGE)}
    addresses = set(_found(_ADDRESS, text, "@"))
    return [*sorted((numbers | addresses) - NOBODYS), *words_in(text)]


def words_in(text: str, people: Iterable[Someone] = EVERYBODY) -> list[str]:
    """The names and the like in a text that give people away, each with what stands around it."""
    words = {word for someone in people for word in someone.words} | {*OTHER_NAMES}
    lowered = text.lower()
    places = (m.span() for word in words if word in lowered for m in re.finditer(rf"\b{re.escape(word)}\b", lowered))
    return [text[max(start - _REACH, 0) : end + _REACH] for start, end in sorted(places)]


def _found(pattern: re.Pattern[str], text: str, anchor: str) -> Iterator[str]:
    """What a pattern finds around an anchor that it always holds: the files are many, and long."""
    at = text.find(anchor)
    while at >= 0:
        start = max(at - _REACH, 0)
        for match in pattern.finditer(text, start, at + _REACH):
            if match.start() <= at < match.end():
                yield match[0]
        at = text.find(anchor, at + 1)


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
    return "\n".join(map(whole, sorted(file for file in folder.rglob("*") if file.is_file())))


def whole(file: Path) -> str:
    """All that is in a file."""
    return file.read_bytes().decode("utf-8", errors="replace")


def left_below(folder: Path) -> dict[str, list[str]]:
    """Whom the databases and logs below a folder give away, by file; of files that are the same, by one."""
    left = sorted(file for file in folder.rglob("*") if file.is_file() and _LEFT.search(file.name))
    texts = {whole(file): str(file) for file in left}
    found = {file: strangers_in(text) for text, file in texts.items()}
    return {file: people for file, people in found.items() if people}


def _lines(connection: sa.engine.Connection, table: str) -> Iterator[str]:
    for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):
        open_columns = {name: value for name, value in row._mapping.items() if (table, name) != SEALED}
        yield f"{table}: {open_columns}"
