"""The lexicon file: what it must hold, and how a broken one is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.consult.safety import LexiconError, safety_layer


def broken(tmp_path: Path, source: Path, **changes: Any) -> Path:
    raw = yaml.safe_load(source.read_text(encoding="utf-8"))
    path = tmp_path / "safety_lexicon.yml"
    path.write_text(yaml.safe_dump({**raw, **changes}, allow_unicode=True), encoding="utf-8")
    return path


def rule(**changes: Any) -> dict[str, Any]:
    return {"id": "a", "kind": "symptom", "route": "emergency_911", "forms": ["ouch"], **changes}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"rules": [rule(route="nowhere")]}, "a: 'nowhere' is none of"),
        ({"rules": [rule(kind="feeling")]}, "a: 'feeling' is none of"),
        ({"rules": [rule(forms=["<nothing> + <else>"])]}, "no word list is named <else>, <nothing>"),
        ({"rules": [rule(), rule()]}, "two rules are named a"),
        ({"rules": [rule(forms=[False])]}, "False must stand in quotes"),
        ({"rules": [{"id": "a"}]}, "'kind' is missing"),
        ({"words": None}, "words: nothing stands there"),
        ({"shapes": [{"id": "s", "route": "injection", "patterns": ["("]}]}, "missing )"),
    ],
)
def test_a_broken_lexicon_is_refused_with_its_reason(
    tmp_path: Path, lexicon_path: Path, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(LexiconError) as refused:
        safety_layer(broken(tmp_path, lexicon_path, **changes))
    assert str(refused.value).startswith("safety_lexicon.yml: ")
    assert reason in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"gone\.yml"):
        safety_layer(tmp_path / "gone.yml")


def test_every_rule_names_its_source_or_is_no_medical_rule(lexicon_path: Path) -> None:
    raw = yaml.safe_load(lexicon_path.read_text(encoding="utf-8"))
    assert [entry["id"] for entry in raw["rules"] if not entry.get("source")] == []


def test_who_reviewed_it_is_recorded(lexicon_path: Path) -> None:
    raw = yaml.safe_load(lexicon_path.read_text(encoding="utf-8"))
    assert raw["reviewed"] == {"by": None, "on": None}


def test_a_clinician_s_new_word_counts_at_once(tmp_path: Path, lexicon_path: Path) -> None:
    raw = yaml.safe_load(lexicon_path.read_text(encoding="utf-8"))
    added = [*raw["rules"], rule(id="new.sign", forms=["<throat> + sparkly"])]
    layer = safety_layer(broken(tmp_path, lexicon_path, rules=added))
    assert layer.assess("my throat is all sparkly").route == "emergency_911"
