"""The ``rasa`` command with a stopwatch at every component: where the seconds of a training go.

    python -m bench.timed_rasa FILE train ...

runs ``rasa train ...`` and writes the seconds a component took, with their sum for the NLU part, to FILE (JSON).
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from rasa.__main__ import main as rasa_main
from rasa.engine.graph import GraphNode

DIALOGUE = "Policy"
"""What the components of the dialogue part have in their names; the providers of data count for neither part."""


def watch(seconds: dict[str, float]) -> None:
    """Add up in ``seconds`` what each component takes from now on."""
    run = GraphNode.__call__

    def timed(node: Any, *inputs: Any) -> Any:
        start = time.perf_counter()
        try:
            return run(node, *inputs)
        finally:
            seconds[name_of(node)] += time.perf_counter() - start

    GraphNode.__call__ = timed


def name_of(node: Any) -> str:
    """Name a node by what it does and where it stands: two featurizers of a kind are told apart."""
    return str(node._node_name)


def understanding(seconds: dict[str, float]) -> float:
    """Return the seconds of the NLU part: everything that trains or runs a component of the pipeline."""
    return sum(spent for name, spent in seconds.items() if _is_step(name) and DIALOGUE not in name)


def _is_step(name: str) -> bool:
    return name.startswith(("train_", "run_"))


def main() -> None:
    """Run the command that follows the file's name."""
    file, *command = sys.argv[1:]
    seconds: dict[str, float] = defaultdict(float)
    watch(seconds)
    sys.argv = ["rasa", *command]
    try:
        rasa_main()
    finally:
        report = {"understanding": understanding(seconds), "components": seconds}
        Path(file).write_text(json.dumps(report, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
