"""Check, load and show what the bot knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.channels import texts
from bot.consult.safety.lexicon import Lexicon
from bot.consult.safety.lexicon_files import FOLDER as LEXICON
from bot.consult.safety.lexicon_files import load_lexicon
from bot.database import engine
from bot.knowledge.files import read_knowledge
from bot.knowledge.load import load_files
from bot.knowledge.store import KnowledgeStore
from bot.knowledge.types import Boundary, Fact, Knowledge, Quote, Review, SequencingRule
from bot.settings import PROJECT_ROOT, Settings
from bot.translations import translations

TABLES = PROJECT_ROOT / "tests" / "tables"

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def knowledge() -> None:
    """Check, load and show what the bot knows."""


@app.command()
def check() -> None:
    """Check the files without loading them: what is in them, and who has reviewed them."""
    directory = Settings.from_environment().knowledge_dir
    found, lexicon = read_knowledge(directory), load_lexicon(directory / LEXICON)
    console = Console()
    console.print(_counts(found, lexicon))
    wording = (*(translation.review for translation in translations()), texts.review())
    console.print(_reviews((*found.reviews, Review(LEXICON, *(lexicon.reviewed or ())), *wording)))
    console.print("Every quote stands word for word in its source, and every interval in its quote.")


@app.command()
def load() -> None:
    """Check the files and load them; a running bot notices, and a broken file changes nothing."""
    settings = Settings.from_environment()
    found, changed = load_files(engine(settings.database_url), settings.knowledge_dir)
    done = "Loaded" if changed else "Nothing to do, already loaded:"
    print(f"{done} {len(found.all_facts)} facts, {len(found.rules)} rules, {len(found.treatments)} treatments.")


@app.command()
def show(topic: Annotated[str, typer.Argument(help="A topic, such as order or wait_after_botox.")]) -> None:
    """Show what the bot may say on a topic, what it must not, and the sentences behind it."""
    found = KnowledgeStore(engine(Settings.from_environment().database_url)).current()
    known = found.topic(topic)
    console = Console()
    console.print(f"[bold]{topic}[/bold] ({known.kind})", highlight=False)
    for table in _answers(found, topic):
        console.print(table)


@app.command()
def review(
    html: Annotated[bool, typer.Option("--html", help="As a page for a browser; else in Markdown.")] = False,
) -> None:
    """Print the safety layer as one page for a clinician to sign: levels, fixed texts, every rule with examples."""
    from bot.cli.safety_review import as_html, as_markdown  # reading the examples takes spaCy

    directory = Settings.from_environment().knowledge_dir
    page = as_markdown(load_lexicon(directory / LEXICON), read_knowledge(directory), TABLES)
    print(as_html(page) if html else page, end="")


def _counts(found: Knowledge, lexicon: Lexicon) -> Table:
    table = Table("what", "how many", title="The knowledge")
    of = {
        "sources": found.sources,
        "passages": found.passages,
        "treatments": found.treatments,
        "ways to write them": [alias for t in found.treatments for alias in t.aliases],
        "topics": found.topics,
        "facts that may be said": [fact for fact in found.all_facts if fact.repeatable],
        "facts that may not": [fact for fact in found.all_facts if not fact.repeatable],
        "sequencing rules": found.rules,
        "boundaries": found.boundaries,
        "safety texts": found.safety_texts,
        "safety rules": [*lexicon.rules, *lexicon.shapes],
        "ways to say what they look for": list(lexicon.forms()),
    }
    for what, things in of.items():
        table.add_row(what, str(len(things)))
    return table


def _reviews(reviews: Iterable[Review]) -> Table:
    table = Table("file", "clinician", "translator", title="Reviewed by")
    for review in reviews:
        clinician = f"{review.by}, {review.on}" if review.by else "not yet reviewed by a clinician"
        table.add_row(review.file, clinician, _translator(review))
    return table


def _translator(review: Review) -> str:
    if not review.translation_needed:
        return ""
    by = review.translation_by
    return f"{by}, {review.translation_on}" if by else "not yet reviewed by a translator"


def _answers(found: Knowledge, topic: str) -> Iterable[Table]:
    if facts := [fact for fact in found.all_facts if fact.topic == topic]:
        yield _facts(facts)
    if rules := found.rules_of(topic):
        yield _rules(rules)
    if boundary := found.boundary(topic):
        yield _boundary(boundary)
    if keys := found.topic(topic).safety_texts:
        yield _safety_texts(found, keys)


def _facts(facts: Iterable[Fact]) -> Table:
    table = Table("fact", "claim", "use", "quoted from", title="Facts", show_lines=True)
    for fact in facts:
        use = fact.use if fact.reason is None else f"{fact.use}\n{fact.reason}"
        table.add_row(fact.id, str(fact.claim), use, _quoted(fact.quotes))
    return table


def _quoted(quotes: Iterable[Quote]) -> str:
    return "\n".join(f"{quote.passage}: {quote.text}" for quote in quotes)


def _rules(rules: Iterable[SequencingRule]) -> Table:
    table = Table("rule", "interval", "stance", "quoted from", title="Sequencing rules", show_lines=True)
    for rule in rules:
        interval = f"{rule.interval_in_words()} ({rule.interval_days} days)" if rule.interval_days else "none given"
        table.add_row(rule.id, interval, rule.stance, _quoted(rule.quotes))
    return table


def _boundary(boundary: Boundary) -> Table:
    table = Table("what no source says", "such as", "the answer holds", title="Boundary", show_lines=True)
    table.add_row(str(boundary.gap), ", ".join(boundary.subjects), ", ".join((*boundary.say, *boundary.clinic)))
    return table


def _safety_texts(found: Knowledge, keys: Iterable[str]) -> Table:
    table = Table("text", "channel", "language", "said word for word", title="Safety texts", show_lines=True)
    for text in found.safety_texts:
        if text.key in keys:
            table.add_row(text.key, text.channel, text.language, text.text)
    return table
