"""What growth costs a turn: ``python -m bench.growth [--quick] [PART ...]``, a part of ``make bench``.

    talk       turn 200 of a conversation beside turn 5 of another one
    stored     a bot with 100,000 stored conversations beside one with a few
    knowledge  a bot with a hundred times the knowledge beside one with ours
    replicas   two replicas on PostgreSQL beside one of them alone

Both sides of a ratio run at the same time and are asked the same texts in turn, so that the ratios stand on a busy
machine too. Prints them, writes ``results/growth.json``; 1 means that a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from bench.environment import ROOT, BenchError
from bench.growth.measure import PARTS, QUICK, USUAL, measured
from bench.growth.report import TARGETS, is_met, line

RESULTS = ROOT / "results" / "growth.json"


def main() -> int:
    """Measure the parts that are named, or all; the exit code says how it went."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description="Measure what growth costs a turn.")
    parser.add_argument("--quick", action="store_true", help="only try the measurement; figures not comparable")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    try:
        return _measured(given.parts or list(PARTS), given.quick)
    except BenchError as error:
        print(f"Tandem: {error}", file=sys.stderr)
        return 2


def _measured(parts: list[str], quick: bool) -> int:
    figures = _kept(not quick) | {"comparable": not quick, "load_at_start": round(os.getloadavg()[0], 2)}
    for name in parts:
        figures[name] = measured(name, QUICK if quick else USUAL)
        print(f"  {line(name, figures[name])}", flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    missed = [name for name in parts if name in TARGETS and not is_met(name, figures[name])]
    return 1 if missed and not quick else 0


def _kept(comparable: bool) -> dict[str, Any]:
    """What earlier runs of the same kind have measured, so that a part can be measured alone."""
    kept: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    return kept if kept.get("comparable") is comparable else {}


if __name__ == "__main__":
    sys.exit(main())
