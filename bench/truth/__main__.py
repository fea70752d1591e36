"""``python -m bench.truth --templates FILE --count N --seed S``: how often the bot's timing is right.

Prints the counts by shape and by clause; ``--failures FILE`` writes every message that is not right, as JSON lines.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from random import Random

from bench.truth.messages import make_messages
from bench.truth.score import OUTCOMES, Scored, minimum_days, score
from bench.truth.templates import TemplateError, read_templates


def main() -> int:
    """Make messages, score them, print the figures; 2 means that the templates cannot be used."""
    given = _arguments()
    try:
        templates = read_templates(given.templates)
        messages = make_messages(templates, given.count, Random(given.seed), minimum_days())
    except TemplateError as error:
        print(f"{given.templates}: {error}", file=sys.stderr)
        return 2
    scored = [score(message) for message in messages]
    _print(scored)
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
    return parser.parse_args()


def _print(scored: list[Scored]) -> None:
    _table("shape", [(s.message.shape, s.outcome) for s in scored])
    _table("clause", [(clause, s.outcome) for s in scored for clause in s.message.clauses or ("(none)",)])
    _table("all", [("all", s.outcome) for s in scored])


def _table(head: str, told: list[tuple[str, str]]) -> None:
    counts = Counter(told)
    print(f"\n{head:<40}" + "".join(f"{outcome:>8}" for outcome in OUTCOMES))
    for name in dict.fromkeys(name for name, _ in told):
        print(f"{name:<40}" + "".join(f"{counts[name, outcome]:>8}" for outcome in OUTCOMES))


if __name__ == "__main__":
    sys.exit(main())
