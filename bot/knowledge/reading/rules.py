"""Reads sequencing.yml: which treatment before which, and the interval between them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from bot import languages
from bot.knowledge.intervals import in_words
from bot.knowledge.lengths import said_lengths
from bot.knowledge.reading.common import Ids, known, open_file, quotes, text_by_language
from bot.knowledge.types import STANCES, Passage, Review, SequencingRule, Text
from bot.yaml_lines import Entry


def read_rules(
    file: Path, treatments: Collection[str], passages: Mapping[str, Passage]
) -> tuple[tuple[SequencingRule, ...], Review]:
    """The sequencing rules, at most one for each order of two covered treatments."""
    fields, _, review = open_file(file, ("rules",), translated=True)
    ids, pairs = Ids(), set[tuple[str, str]]()
    rules = []
    for item in fields["rules"].items():
        rule = _rule(item, ids, treatments, passages)
        _refuse_pair(item, rule, pairs)
        pairs.add((rule.first, rule.then))
        rules.append(rule)
    return tuple(rules), review


def interval_text(days: int | None) -> dict[str, Text]:
    """What ``{interval}`` stands for: the interval in every language, or nothing where there is none."""
    return {} if days is None else {"interval": Text.of({name: in_words(days, name) for name in languages.ids()})}


def _rule(entry: Entry, ids: Ids, treatments: Collection[str], passages: Mapping[str, Passage]) -> SequencingRule:
    fields = entry.fields(("id", "first", "then", "interval_days", "stance", "rationale", "quotes"))
    interval = fields["interval_days"]
    days = None if interval.is_null else interval.positive()
    quoted = quotes(fields["quotes"], passages)
    if days is not None:
        refuse_unsaid(days, fields["quotes"], interval)
    return SequencingRule(
        id=ids.add(fields["id"]),
        first=known(fields["first"], treatments, "covered treatment"),
        then=known(fields["then"], treatments, "covered treatment"),
        interval_days=days,
        stance=fields["stance"].choice(STANCES),
        rationale=tuple(text_by_language(r, interval_text(days)) for r in fields["rationale"].items()),
        quotes=quoted,
    )


def refuse_unsaid(days: int, quoted: Entry, at: Entry) -> None:
    """Refuse an interval that the first quote, the one that answers show, does not say, and it alone."""
    first = quoted.items()[0].fields(("passage", "text"))["text"]
    said = said_lengths(first.text())
    if not said or not all(length.allows(days) for length in said):
        words = " and ".join(map(str, said)) or "no length of time"
        raise at.refusal(f"the interval is {days} days, but the quote in line {first.line} says {words}")


def _refuse_pair(entry: Entry, rule: SequencingRule, pairs: Collection[tuple[str, str]]) -> None:
    if rule.first == rule.then:
        raise entry.refusal("a rule needs two different treatments")
    if (rule.first, rule.then) in pairs:
        raise entry.refusal(f"there is a rule for {rule.first} before {rule.then} already")
