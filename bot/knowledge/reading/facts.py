"""Reads facts.yml: what the bot may say of its sources, topic by topic, and what it must not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.reading.common import Ids, known, open_file, quotes, text_by_language
from bot.knowledge.reading.rules import interval_text, refuse_unsaid
from bot.knowledge.types import (
    FLAGS,
    REPEATABLE,
    USES,
    Fact,
    Passage,
    Quote,
    Review,
    SequencingRule,
    Text,
    Topic,
    Use,
)
from bot.yaml_lines import Entry


@dataclass(frozen=True)
class Known:
    """What facts may refer to, by id."""

    topics: Mapping[str, Topic]
    passages: Mapping[str, Passage]
    rules: Mapping[str, SequencingRule]
    source_languages: Mapping[str, str]


def read_facts(file: Path, known_ids: Known) -> tuple[tuple[Fact, ...], Review]:
    """The facts in the order in which a topic says them."""
    fields, _, review = open_file(file, ("facts",), translated=True)
    return tuple(_facts(fields["facts"], known_ids)), review


def _facts(entry: Entry, known_ids: Known) -> Iterator[Fact]:
    ids = Ids()
    for topic, facts in entry.pairs().items():
        if topic not in known_ids.topics:
            raise facts.refusal(f"there is no topic {topic!r}")
        for item in facts.items():
            yield _fact(item, topic, ids, known_ids)


def _fact(entry: Entry, topic: str, ids: Ids, known_ids: Known) -> Fact:
    fields = entry.fields(("id", "claim", "use", "quotes"), ("rule", "values", "flags", "reason"))
    use = _use(fields)
    quoted = quotes(fields["quotes"], known_ids.passages, repeatable=use in REPEATABLE)
    values = _values(fields["values"], quoted, known_ids) if "values" in fields else {}
    rule = _rule(fields["rule"], fields["quotes"], known_ids) if "rule" in fields else None
    return Fact(
        id=ids.add(fields["id"]),
        topic=topic,
        claim=text_by_language(fields["claim"], {**values, **interval_text(rule.interval_days if rule else None)}),
        quotes=quoted,
        use=use,
        flags=tuple(flag.choice(FLAGS) for flag in fields["flags"].items()) if "flags" in fields else (),
        reason=fields["reason"].text() if "reason" in fields else None,
        values=tuple(values.items()),
        rule=rule.id if rule else None,
    )


def _use(fields: Mapping[str, Entry]) -> Use:
    use = fields["use"].choice(USES)
    if use != "answer" and "reason" not in fields:
        raise fields["use"].refusal(f"{use} needs a reason")
    return use


def _rule(entry: Entry, quoted: Entry, known_ids: Known) -> SequencingRule:
    """The rule whose interval the claim names, which the fact's own quote has to say too."""
    rule = known_ids.rules[known(entry, known_ids.rules, "rule")]
    if rule.interval_days is not None:
        refuse_unsaid(rule.interval_days, quoted, entry)
    return rule


def _values(entry: Entry, quoted: tuple[Quote, ...], known_ids: Known) -> dict[str, Text]:
    values = {}
    for name, value in entry.pairs().items():
        if name == "interval":
            raise value.refusal("the interval comes from sequencing.yml, not from here")
        values[name] = text_by_language(value)
        _refuse_unquoted(value, values[name], quoted, known_ids)
    return values


def _refuse_unquoted(entry: Entry, value: Text, quoted: tuple[Quote, ...], known_ids: Known) -> None:
    """A value stands word for word in a quote, in the language of the quote's source."""
    for quote in quoted:
        language = known_ids.source_languages[known_ids.passages[quote.passage].source]
        if language in value.languages and value.in_language(language) in quote.text:
            return
    raise entry.refusal(f"{str(value)!r} does not stand word for word in a quote of this fact")
