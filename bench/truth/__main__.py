"""``python -m bench.truth --templates FILE --count N --seed S``: how often the bot's timing is right.

Prints the counts by shape and by clause. ``--added N`` adds N clauses that must not matter to each message that is
right, and prints the verdicts that change; ``--failures FILE`` writes what is not right, as JSON lines.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from random import Random

from rich.progress import track

from bench.truth.messages import Message, make_messages, with_clauses
from bench.truth.score import OUTCOMES, Scored, changed_by, minimum_days, score
from bench.truth.templates import TemplateError, Templates, read_templates


def main() -> int:
    """Make messages, score them, print the figures; 2 means that the templates cannot be used."""
    given = _arguments()
    try:
        templates = read_templates(given.templates)
        messages = make_messages(templates, given.count, Random(given.seed), minimum_days())
    except TemplateError as error:
        print(f"{given.templates}: {error}", file=sys.stderr)
        return 2
    scored = [score(message) for message in track(messages, "Asking", transient=True)]
    _print(scored)
    if given.added:
        _print_added(templates, [s.message for s in scored if s.outcome == "right"], given)
    if given.failures:
        lines = [json.dumps(s.as_json(), ensure_ascii=False) for s in scored if s.outcome != "right"]
        given.failures.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.truth", description=__doc__)
    parser.add_argument("--templates", type=Path, required=True)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", type=Path)
    parser.add_argument("--added", type=int, default=0, help="clauses to try beside each message that is right")
    return parser.parse_args()


def _print(scored: list[Scored]) -> None:
    _table("shape", [(s.message.shape, s.outcome) for s in scored])
    _table("clause", [(clause, s.outcome) for s in scored for clause in s.message.clauses or ("(none)",)])
    _table("all", [("all", s.outcome) for s in scored])


def _print_added(templates: Templates, messages: list[Message], given: argparse.Namespace) -> None:
    """Add clauses that must not matter to what was understood; no verdict may become another one."""
    random = Random(given.seed)
    bare = [message for message in messages if not message.clauses]
    told = [
        (clause, message, text)
        for message in bare
        for clause, text in with_clauses(message, templates, given.added, random)
    ]
    changed = [
        (clause, text, verdict)
        for clause, message, text in track(told, "Adding", transient=True)
        if (verdict := changed_by(message, text))
    ]
    print(f"\n{len(bare)} messages with {given.added} clauses each: {len(changed)} of {len(told)} verdicts changed")
    for clause, text, verdict in changed:
        print(f"  {clause}: {verdict}: {text}")


def _table(head: str, told: list[tuple[str, str]]) -> None:
    counts = Counter(told)
    print(f"\n{head:<40}" + "".join(f"{outcome:>8}" for outcome in OUTCOMES))
    for name in dict.fromkeys(name for name, _ in told):
        print(f"{name:<40}" + "".join(f"{counts[name, outcome]:>8}" for outcome in OUTCOMES))


if __name__ == "__main__":
    sys.exit(main())
