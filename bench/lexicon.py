"""What each rule and each figure of speech of the safety lexicon is worth, on all labelled messages.

Switched off in turn, it is read anew in the messages that it stands in. What is lost without it, the second look may
still see; the messages that the danger classifier learned from flatter it there, the others do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rich.table import Table as Page

from bot.cli.score import TABLES
from bot.cli.scoring.tables import Row, read_tables
from bot.consult.safety.document import DocumentReader
from bot.consult.safety.forms import Forms
from bot.consult.safety.layer import SafetyLayer
from bot.consult.safety.lexicon import Lexicon
from bot.consult.safety.reading import SafetyReading
from bot.consult.safety.second_look import Danger, combined

SHOWN = 2
Look = Callable[[str], Danger]


@dataclass(frozen=True)
class Part:
    """A rule or a figure of speech of a lexicon."""

    kind: str
    name: str
    whole: Lexicon

    def rest(self) -> Lexicon:
        """Return the lexicon without it."""
        if self.kind == "rule":
            return replace(self.whole, rules=tuple(rule for rule in self.whole.rules if rule.id != self.name))
        idioms = Forms(form.text for form in self.whole.idioms.forms if form.text != self.name)
        return replace(self.whole, idioms=idioms)


def parts(lexicon: Lexicon) -> Iterator[Part]:
    """Yield all that can be switched off."""
    yield from (Part("rule", rule.id, lexicon) for rule in lexicon.rules)
    yield from (Part("idiom", idiom.text, lexicon) for idiom in lexicon.idioms.forms)


def labelled() -> list[Row]:
    """Return every row of the tables of the safety layer."""
    return [row for table in read_tables(TABLES) if table.kind == "safety" for row in table.rows]


def is_right(row: Row, reading: SafetyReading) -> bool:
    """Compare a reading with what the row says."""
    return bool(reading.names & set(row["route"].split("|")))


def places(lexicon: Lexicon, rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    """Find the rows that each rule and each figure of speech stands in, by its name."""
    layer = SafetyLayer(lexicon)
    # Read as a cue, a figure of speech takes no word away, and can be looked for.
    unmasked = DocumentReader(replace(lexicon, idioms=Forms(), cues={**lexicon.cues, "idioms": lexicon.idioms}))
    alone = {form.text: Forms([form.text]) for form in lexicon.idioms.forms}
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        document = unmasked.read(row["text"])
        names = {match.rule for match in layer.assess(row["text"]).matches}
        for name in names | {text for text, forms in alone.items() if document.where(forms)}:
            found[name].append(row)
    return found


def page(lexicon: Lexicon, look: Look) -> Page:
    """Tell what every part is worth.

    Args:
        lexicon: The whole lexicon.
        look: The danger classifier's word on a text.
    """
    rows = labelled()
    whole, at = SafetyLayer(lexicon), places(lexicon, rows)
    right = {row["text"] for row in rows if is_right(row, whole.assess(row["text"]))}
    table = Page("part", "name", "rows", "lost without it", "seen by the second look", "gained", "examples")
    table.title = f"{len(right)} of {len(rows)} labelled messages are right"
    for part in parts(lexicon):
        table.add_row(part.kind, part.name, *_worth(part, at.get(part.name, []), right, look))
    return table


def _worth(part: Part, rows: list[Row], right: set[str], look: Look) -> Iterator[str]:
    """Yield in how many rows it stands, how many are lost and gained without it, and some of them."""
    readings = _readings(part, rows)
    now = {row["text"] for row, reading in readings if is_right(row, reading)}
    lost = [(row, reading) for row, reading in readings if row["text"] in right - now]
    seen = [row for row, reading in lost if is_right(row, combined(reading, look(row["text"])))]
    gained = sorted(now - right)
    yield from (str(len(each)) for each in (rows, lost, seen, gained))
    yield " / ".join([*(row["text"] for row, _ in lost), *gained][:SHOWN])


def _readings(part: Part, rows: list[Row]) -> list[tuple[Row, SafetyReading]]:
    """Read the rows without the part."""
    if not rows:
        return []
    layer = SafetyLayer(part.rest())
    return [(row, layer.assess(row["text"])) for row in rows]
