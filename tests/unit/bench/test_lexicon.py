"""What the ablation switches off in the lexicon, and how it tells what that is worth."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from bench import lexicon as ablation
from bot.cli.scoring.tables import Row
from bot.consult.safety.lexicon import Lexicon
from bot.consult.safety.lexicon_files import FOLDER, load_lexicon
from bot.consult.safety.second_look import Danger
from bot.settings import PROJECT_ROOT

TEXTS = {"my dog is dying to try the sofa": "none", "i keep wetting myself since my botox": "emergency_911"}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(PROJECT_ROOT / "data" / "knowledge" / FOLDER)


def test_every_rule_and_every_figure_of_speech_is_switched_off_alone(lexicon: Lexicon) -> None:
    parts = list(ablation.parts(lexicon))
    first, last = parts[0].rest(), parts[-1].rest()
    assert len(parts) == len(lexicon.rules) + len(lexicon.idioms.forms)
    assert [rule.id for rule in first.rules] == [rule.id for rule in lexicon.rules[1:]]
    assert len(last.idioms.forms) == len(lexicon.idioms.forms) - 1


def test_a_part_is_worth_the_rows_that_are_wrong_without_it(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [Row(number, "", {"text": text, "route": route}) for number, (text, route) in enumerate(TEXTS.items())]
    of_these = [part for part in ablation.parts(lexicon) if part.name.startswith("bladder")]
    monkeypatch.setattr(ablation, "labelled", lambda: rows)
    monkeypatch.setattr(ablation, "parts", lambda lexicon: of_these)
    console = Console(width=250, file=StringIO())
    console.print(ablation.page(lexicon, lambda text: Danger(0.99, 0.0)))
    shown = [[cell.strip() for cell in line.split("│")[1:-1]] for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]
    lines = [line for line in shown if len(line) > 1]
    assert [line[:6] for line in lines] == [
        ["rule", "bladder.control", "1", "1", "1", "0"],
        ["rule", "bladder.since", "0", "0", "0", "0"],
    ]
