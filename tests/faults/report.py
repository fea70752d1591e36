"""What the trials have shown: where the kills fell, and whether anything was lost, made up or sent under two ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.faults.mailbox import Arrived


@dataclass
class Report:
    """The counts of all trials, and what must be empty."""

    trials: int = 0
    fell: Counter[str] = field(default_factory=Counter)
    """How many kills fell where."""
    confirmed: set[str] = field(default_factory=set)
    confirmed_without_row: list[str] = field(default_factory=list)
    confirmed_twice: list[str] = field(default_factory=list)
    """Requests that were confirmed under two references."""
    mails: list[Arrived] = field(default_factory=list)
    undelivered: list[str] = field(default_factory=list)

    def note_mails(self, arrived: Iterable[Arrived]) -> None:
        """Keep all that has arrived."""
        self.mails = list(arrived)

    @property
    def lost(self) -> list[str]:
        """Confirmed requests of which no mail came."""
        return sorted(self.confirmed - {mail.reference for mail in self.mails})

    @property
    def repeats(self) -> int:
        """Mails that came again."""
        return len(self.mails) - len({mail.reference for mail in self.mails})

    @property
    def under_other_ids(self) -> list[str]:
        """Requests whose mails had more than one id, and ids of more than one request."""
        ids, references = defaultdict(set), defaultdict(set)
        for mail in self.mails:
            ids[mail.reference].add(mail.message_id)
            references[mail.message_id].add(mail.reference)
        return [name for found in (ids, references) for name, others in found.items() if len(others) > 1]

    @property
    def uncounted(self) -> list[str]:
        """Requests of which two mails claimed to be the same try."""
        tries = Counter((mail.reference, mail.attempt) for mail in self.mails)
        return [reference for (reference, _), count in tries.items() if count > 1]

    @property
    def faults(self) -> dict[str, list[str]]:
        """All that must not be."""
        found = {
            "acknowledged and lost": self.lost,
            "confirmed without a committed row": self.confirmed_without_row,
            "confirmed under two references": self.confirmed_twice,
            "kept and never delivered": self.undelivered,
            "repeated under another id": self.under_other_ids,
            "repeated without being counted": self.uncounted,
        }
        return {what: which for what, which in found.items() if which}

    def lines(self, title: str) -> list[str]:
        """The counts, to be read."""
        where = [f"  killed {place}: {count}" for place, count in sorted(self.fell.items())]
        return [
            f"{title}: {self.trials} trials",
            *where,
            f"  requests confirmed: {len(self.confirmed)}",
            f"  mails: {len(self.mails)}, of them repeats under the same id: {self.repeats}",
            f"  acknowledged and lost: {len(self.lost)}",
            f"  confirmed without a committed row: {len(self.confirmed_without_row)}",
            f"  confirmed under two references: {len(self.confirmed_twice)}",
            f"  kept and never delivered: {len(self.undelivered)}",
            f"  repeated under another id: {len(self.under_other_ids)}",
            f"  repeated without being counted: {len(self.uncounted)}",
        ]
