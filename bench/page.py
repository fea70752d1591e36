"""Writes what ``make bench`` has measured as a page with charts, ``results/bench.html``: ``python -m bench.page``.

The page is one file and asks no network for anything. A part that was not measured is left out, and said so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from bench.environment import ROOT
from bench.growth.report import TARGETS, TITLES, is_met
from bench.report import LABELS
from bench.users import TARGET_MS

FOLDER = ROOT / "results"
PAGE = FOLDER / "bench.html"
PARTS = ("bench", "growth", "flood", "texts")
LABEL, WIDTH, ROW, END = 290, 400, 26, 130
"""Points: of the labels, of the longest bar, of a row, and of what stands behind a bar."""
HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Tandem: what was measured</title><style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 54rem; padding: 0 1rem; color: #1c2b33 }
svg { max-width: 100%; height: auto } text { font: 13px system-ui, sans-serif; fill: currentColor }
.met { fill: #2a7f62 } .missed { fill: #b3402e } .plain { fill: #5b7c99 } .target { stroke: #1c2b33; stroke-width: 2 }
</style></head><body>
<h1>What was measured</h1>
"""


@dataclass(frozen=True)
class Bar:
    """One figure of a chart, and what it is held against."""

    label: str
    value: float
    said: str
    target: float | None = None
    met: bool | None = None


def main() -> int:
    """Write the page from what is measured so far."""
    found = {name: _read(FOLDER / f"{name}.json") for name in PARTS}
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(found), encoding="utf-8")
    print(f"Charts: {PAGE.relative_to(ROOT)}")
    return 0


def page(found: Mapping[str, Mapping[str, Any]]) -> str:
    """The whole page, from each part's figures; an empty part was not measured."""
    charts = (
        ("Beside a stock Rasa, at most", "stock = 1; the line is the target", beside_stock(found["bench"], "<=")),
        ("Beside a stock Rasa, at least", "stock = 1; the line is the target", beside_stock(found["bench"], ">=")),
        ("As it grows", "the same without growth = 1; the line is the target", growth(found["growth"])),
        ("How long 20 users wait", "milliseconds; the line is the target", waits(found)),
    )
    return HEAD + "".join(map(_section, charts)) + _circumstances(found) + "</body></html>\n"


def beside_stock(figures: Mapping[str, Any], sign: str) -> list[Bar]:
    """The ratios to stock that have a target of this sign."""
    judged = [each for each in figures.get("targets", ()) if each["target"].startswith(sign)]
    return [_ratio_bar(figures, each) for each in judged if each["target"].endswith(" x")]


def _ratio_bar(figures: Mapping[str, Any], judged: Mapping[str, Any]) -> Bar:
    name, target = judged["figure"], float(judged["target"].split()[1])
    label, ratio = LABELS[name].format(users=figures["users"]).strip(), figures["ratios"][name]
    return Bar(label, ratio, f"{ratio:.2f} x ({judged['target']})", target, judged["met"])


def growth(figures: Mapping[str, Any]) -> list[Bar]:
    """The ratios of growth."""
    return [_growth_bar(name, figures[name]) for name in TITLES if name in figures]


def _growth_bar(name: str, figures: Mapping[str, Any]) -> Bar:
    ratio, target = figures["ratio"], TARGETS.get(name)
    if target is None:
        return Bar(TITLES[name], ratio, f"{ratio:.2f} x")
    return Bar(TITLES[name], ratio, f"{ratio:.2f} x ({target.says})", target.ratio, is_met(name, figures))


def waits(found: Mapping[str, Mapping[str, Any]]) -> list[Bar]:
    """How long users wait during a flood, and while Twilio is slow: half of them, and 99 of 100."""
    measured = (("during a flood", found["flood"]), ("while Twilio is slow", found["texts"]))
    return [bar for what, figures in measured if figures for bar in _wait_bars(what, figures["waited"]["with"])]


def _wait_bars(what: str, waited: Mapping[str, float]) -> Iterator[Bar]:
    half, nearly_all = waited["p50_ms"], waited["p99_ms"]
    yield Bar(f"{what}, p50", half, f"{half:g} ms")
    yield Bar(f"{what}, p99", nearly_all, f"{nearly_all:g} ms", TARGET_MS, nearly_all <= TARGET_MS)


def chart(bars: Sequence[Bar]) -> str:
    """Horizontal bars on one scale, drawn as SVG."""
    longest = max(max(bar.value, bar.target or 0) for bar in bars)
    scale = WIDTH / longest if longest else 0.0
    rows = "".join(_row(bar, number * ROW, scale) for number, bar in enumerate(bars))
    width, height = LABEL + WIDTH + END, ROW * len(bars) + 4
    return f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">{rows}</svg>'


def _row(bar: Bar, top: int, scale: float) -> str:
    kind = {None: "plain", True: "met", False: "missed"}[bar.met]
    end = LABEL + bar.value * scale
    drawn = f'<text x="{LABEL - 8}" y="{top + 18}" text-anchor="end">{escape(bar.label)}</text>'
    drawn += f'<rect class="{kind}" x="{LABEL}" y="{top + 4}" width="{bar.value * scale:.1f}" height="{ROW - 8}"/>'
    if bar.target is not None:
        at = LABEL + bar.target * scale
        drawn += f'<line class="target" x1="{at:.1f}" x2="{at:.1f}" y1="{top + 1}" y2="{top + ROW - 1}"/>'
        end = max(end, at)
    return drawn + f'<text x="{end + 6:.1f}" y="{top + 18}">{escape(bar.said)}</text>'


def _section(drawn: tuple[str, str, Sequence[Bar]]) -> str:
    title, what, bars = drawn
    shown = f"<p>{escape(what)}</p>{chart(bars)}" if bars else "<p>Not measured yet.</p>"
    return f"<h2>{escape(title)}</h2>{shown}\n"


def _circumstances(found: Mapping[str, Mapping[str, Any]]) -> str:
    """What the figures stand on: whether they can be compared, and how busy the machine was."""
    named = ("comparable", "cores", "load_at_start", "load_at_end")
    told = [
        f"{part}: " + ", ".join(f"{name.replace('_', ' ')} {figures[name]}" for name in named if name in figures)
        for part, figures in found.items()
        if "comparable" in figures
    ]
    return "".join(f"<p>{escape(line)}</p>\n" for line in told)


def _read(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


if __name__ == "__main__":
    sys.exit(main())
