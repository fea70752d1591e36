"""The safety layer as one page for a clinician to read and sign: levels, fixed texts, and each rule with examples.

Written in Markdown, from which the HTML is made. The fingerprint says what was read: with another lexicon or another
text it is another one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from markdown_it import MarkdownIt

from bot.cli.scoring.tables import read_table
from bot.consult.safety.forms import Forms
from bot.consult.safety.layer import SafetyLayer
from bot.consult.safety.lexicon import Lexicon, Rule, Shape
from bot.consult.safety.reading import PRECEDENCE, Match, Route
from bot.consult.safety.state import TEXTS
from bot.knowledge.types import Knowledge

LEVELS: Mapping[Route, str] = {
    "self_harm": "Wants to die or to hurt oneself: 9-8-8, and 911 in danger. Nothing else is answered.",
    "emergency_911": "A red flag: call 911 now. Nothing else is answered until the person was seen and is well.",
    "emergency_today": "To be seen today: the treating clinic, else 811, and the signs that make it 911.",
    "in_doubt_self_harm": "It may be self-harm: asked about, with 9-8-8. Only the danger classifier leads here.",
    "in_doubt": "It may be a red flag: asked about, with the signs. Only the danger classifier leads here.",
    "clinician_only": "A fact of health: a clinician decides, and no figure is named for the rest of the conversation.",
    "distress": "Distress over looks or a result: a person is offered, with 9-8-8 and 811.",
    "injection": "An attempt to change the bot's rules: one calm line.",
    "abuse": "Insults: one calm line.",
    "side_effect_mild": "An ordinary effect, or danger asked about in the abstract: when it becomes urgent.",
}
UNLEVELLED = "Nothing by itself: it makes another sign graver, or names what only an assessment can tell."
READ_AS = {
    "past": "past",
    "abstract": "asked in the abstract",
    "hearsay": "hearsay",
    "negated": "denied",
    "no_context": "no treatment told",
    "no_person": "no person",
    "unless": "dismissed by the rule",
}
SHOWN = 5
TABLES = ("safety_positives", "safety_near_misses")
SIGNATURE = """## Signature

I have read this page and find the levels, the fixed texts and the rules right for the clinic's patients, with these
changes (write them here, or "none"):

&nbsp;

| Name, profession | Registration | Date | Signature |
|---|---|---|---|
| &nbsp; | &nbsp; | &nbsp; | &nbsp; |

Record it at the top of `data/knowledge/safety/lexicon.yml` and `data/knowledge/safety_texts.yml`:
`reviewed: {by: "Name, profession", on: YYYY-MM-DD}`.
"""

Examples = Mapping[str, list[str]]
"""Messages by the id of the rule."""


def as_markdown(lexicon: Lexicon, knowledge: Knowledge, tables: Path) -> str:
    """Write the page.

    Args:
        lexicon: The rules.
        knowledge: Holds the fixed texts.
        tables: The folder of the labelled tables, where the examples come from.
    """
    return "\n".join(_lines(lexicon, knowledge, *_examples(SafetyLayer(lexicon), tables))) + "\n"


def as_html(markdown: str) -> str:
    """Make a page of its own of what was written in Markdown."""
    body = MarkdownIt("commonmark").enable("table").render(markdown)
    style = "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto}td,th{border:1px solid;padding:.3rem .6rem}"
    head = f'<meta charset="utf-8"><title>Safety review</title><style>{style}table{{border-collapse:collapse}}</style>'
    return f'<!doctype html>\n<html lang="en">\n<head>{head}</head>\n<body>\n{body}</body>\n</html>\n'


def _lines(lexicon: Lexicon, knowledge: Knowledge, caught: Examples, spared: Examples) -> Iterator[str]:
    yield "# Safety review"
    yield f"\nFingerprint: `{_fingerprint(lexicon, knowledge)}`. Reviewed: {_reviewed(lexicon)}."
    yield "\n## Levels\n"
    yield from _levels()
    yield "\n## Fixed texts\n"
    yield from _texts(knowledge)
    for route in (*PRECEDENCE, None):
        yield from _rules_of(route, lexicon, caught, spared)
    yield "\n## Word lists\n"
    yield from (f"- `<{name}>`: {', '.join(words)}" for name, words in sorted(lexicon.words.items()))
    yield f"\n## Figures of speech\n\nNothing inside one is seen: {_written(lexicon.idioms)}\n"
    yield SIGNATURE


def _fingerprint(lexicon: Lexicon, knowledge: Knowledge) -> str:
    read = repr((lexicon.words, [form.text for form in lexicon.forms()], knowledge.safety_texts))
    return hashlib.sha256(read.encode()).hexdigest()[:12]


def _reviewed(lexicon: Lexicon) -> str:
    return "by {}, {}".format(*lexicon.reviewed) if lexicon.reviewed else "not yet"


def _levels() -> Iterator[str]:
    yield "The first level that a message reaches counts, from the top.\n"
    yield "| level | what happens | fixed text |\n|---|---|---|"
    yield from (f"| {route} | {LEVELS[route]} | {TEXTS.get(route, '')} |" for route in PRECEDENCE)


def _texts(knowledge: Knowledge) -> Iterator[str]:
    yield "| text | channel | language | said word for word |\n|---|---|---|---|"
    for text in knowledge.safety_texts:
        yield f"| {text.key} | {text.channel} | {text.language} | {text.text} |"


def _rules_of(route: Route | None, lexicon: Lexicon, caught: Examples, spared: Examples) -> Iterator[str]:
    everything: tuple[Rule | Shape, ...] = (*lexicon.rules, *lexicon.shapes)
    rules = [rule for rule in everything if rule.route == route]
    if not rules:
        return
    yield f"\n## Rules: {route or 'no level'}\n\n{LEVELS[route] if route else UNLEVELLED}"
    for rule in rules:
        yield from _rule(rule)
        yield from _listed("Catches", caught.get(rule.id, ()))
        yield from _listed("Spares", spared.get(rule.id, ()))


def _rule(rule: Rule | Shape) -> Iterator[str]:
    yield f"\n### {rule.id}\n"
    if isinstance(rule, Shape):
        yield f"Looks for: {', '.join(f'`{pattern.pattern}`' for pattern in rule.patterns)}"
        return
    yield f"Source: {rule.source}. Read as {rule.kind}{f', needs {rule.needs}' if rule.needs else ''}.\n"
    yield f"Looks for: {_written(rule.forms)}"
    if rule.unless.forms:
        yield f"\nNot where the sentence has: {_written(rule.unless)}"


def _written(forms: Forms) -> str:
    return ", ".join(f"`{form.text}`" for form in forms.forms)


def _listed(title: str, texts: Iterable[str]) -> Iterator[str]:
    shown = list(dict.fromkeys(texts))[:SHOWN]
    if shown:
        yield f"\n{title}:\n"
        yield from (f"- {text}" for text in shown)


def _examples(layer: SafetyLayer, tables: Path) -> tuple[Examples, Examples]:
    """The messages of the tables that each rule catches, and those that it spares."""
    caught: dict[str, list[str]] = defaultdict(list)
    spared: dict[str, list[str]] = defaultdict(list)
    for text in _messages(tables):
        for match in layer.assess(text).matches:
            found = caught if match.standing == "present" else spared
            found[match.rule].append(_example(text, match))
    return caught, spared


def _messages(tables: Path) -> Iterator[str]:
    for name in TABLES:
        yield from (row["text"] for row in read_table(tables / f"{name}.tsv").rows)


def _example(text: str, match: Match) -> str:
    plain = text.replace("|", "/").replace("<", "&lt;").replace("*", "·").replace("_", "\\_")
    return f"“{plain}” ({READ_AS[match.standing]})" if match.standing in READ_AS else f"“{plain}”"
