"""How complex the code is: refuses a function over the limit, booleans counted, and a median function that is too long.

``make complexity`` runs it (``python -m scripts.complexity``).
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from radon.complexity import cc_visit
from radon.visitors import Function

from bot.settings import PROJECT_ROOT

FOLDERS = ("bot", "actions", "bench", "scripts", "tests")
MOST_BRANCHES = 10
"""The most ways through a function, as radon counts them."""
LONGEST_MEDIAN = 6
"""The most lines, docstring included, that half of all functions may have."""


def main(root: Path = PROJECT_ROOT) -> int:
    """List the functions over the limit, and say how long the median one is; the exit code is 1 where either fails."""
    sources = [(file.relative_to(root), file.read_text(encoding="utf-8")) for file in files(root)]
    over = sorted((line for name, source in sources for line in too_complex(name, source)), reverse=True)
    length = median(length for _, source in sources for length in lengths(source))
    for branches, where in over:
        print(f"{where}: complexity {branches}, {MOST_BRANCHES} is allowed", file=sys.stderr)
    print(f"The median function has {length:g} lines; {LONGEST_MEDIAN} are allowed.")
    return int(bool(over) or length > LONGEST_MEDIAN)


def files(root: Path) -> list[Path]:
    """The project's own code, without what is built from it."""
    return sorted(file for folder in FOLDERS for file in (root / folder).rglob("*.py"))


def too_complex(name: Path, source: str) -> Iterator[tuple[int, str]]:
    """The complexity and the place of each function that is over the limit."""
    for block in cc_visit(source):
        if isinstance(block, Function) and block.complexity > MOST_BRANCHES:
            yield block.complexity, f"{name}:{block.lineno} {block.fullname}"


def lengths(source: str) -> Iterator[int]:
    """The lines of every function."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.end_lineno - node.lineno + 1  # type: ignore[operator]


if __name__ == "__main__":
    sys.exit(main())
