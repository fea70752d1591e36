"""``make bench``: Tandem and a stock Rasa on the same data and actions, one after the other, in one run.

    python -m bench [--full | --quick]

Prints a table with the ratios and whether the targets are met, and writes ``results/bench.json``. Stock is
trained for a tenth of its epochs: that is enough to hold Tandem's training against, and the size and speed of
what it makes are the same; full mode trains them all. Quick mode trains for two epochs, trains nothing twice
and asks little: it shows that the measurement runs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from bench import environment, processes, report, systems
from bench.environment import ROOT, SCRATCH, BenchError
from bench.measure import ALL_EPOCHS, FULL, QUICK, USUAL, Plan, measure
from bench.report import Measured

RESULTS = ROOT / "results" / "bench.json"
NOT_COMPARABLE = "QUICK RUN: these figures only show that the measurement works. They are not comparable."


def main() -> int:
    """Measure both, print and write the figures; 1 means that a target is missed."""
    try:
        return _compare(_plan())
    except BenchError as error:
        print(f"Tandem: {error}", file=sys.stderr)
        return 2


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Tandem beside a stock Rasa.")
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--full", action="store_true", help="train stock for all its epochs, over half an hour")
    modes.add_argument("--quick", action="store_true", help="only try the measurement; figures not comparable")
    given = parser.parse_args()
    return QUICK if given.quick else FULL if given.full else USUAL


def _compare(plan: Plan) -> int:
    _prepare()
    comparable = plan is not QUICK
    circumstances = {"comparable": comparable, "cores": os.cpu_count(), "load_at_start": _load()}
    _warn(circumstances)
    stock, ours = (_measured(system, plan) for system in (systems.stock(plan.stock_epochs), systems.tandem()))
    _write(report.as_json(ours, stock, {**circumstances, "load_at_end": _load(), **asdict(plan)}))
    _show(ours, stock, plan)
    missed = [verdict for verdict in report.verdicts(ours, stock) if not verdict.met]
    return 1 if missed and comparable else 0


def _prepare() -> None:
    SCRATCH.mkdir(exist_ok=True)
    if not environment.stock_is_installed():
        print("Installing a stock Rasa with TensorFlow into .bench/stock (2.6 GB, once) ...", flush=True)
        environment.install_stock()


def _measured(system: systems.System, plan: Plan) -> Measured:
    systems.fresh_data()
    processes.run(systems.knowledge())
    return measure(system, plan)


def _load() -> float:
    return round(os.getloadavg()[0], 2)


def _warn(circumstances: dict[str, Any]) -> None:
    if circumstances["load_at_start"] > 0.5:
        print(f"This machine is busy (load {circumstances['load_at_start']}): the figures will suffer.", flush=True)


def _write(figures: dict[str, Any]) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _show(ours: Measured, stock: Measured, plan: Plan) -> None:
    table = Table("", "Tandem", "stock Rasa", "ratio", "target")
    for row in report.rows(ours, stock, plan.users):
        table.add_row(*row)
    Console(width=100).print(table)
    if plan.stock_epochs < ALL_EPOCHS:
        print(f"Stock was trained for {plan.stock_epochs} of its {ALL_EPOCHS} epochs; make bench FULL=1 trains all.")
    print(NOT_COMPARABLE if plan is QUICK else f"Written to {RESULTS.relative_to(ROOT)}.")


if __name__ == "__main__":
    sys.exit(main())
