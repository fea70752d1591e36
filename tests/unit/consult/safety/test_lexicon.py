"""The lexicon file: what it must hold, and how a broken one is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.consult.safety.layer import safety_layer
from bot.yaml_lines import FileError


def read(path: Path) -> dict[str, Any]:
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def broken(tmp_path: Path, source: Path, **changes: Any) -> Path:
    path = tmp_path / "safety_lexicon.yml"
    path.write_text(json.dumps({**read(source), **changes}, ensure_ascii=False), encoding="utf-8")
    return path


def rule(**changes: Any) -> dict[str, Any]:
    return {"id": "a", "kind": "symptom", "route": "emergency_911", "source": "a label", "forms": ["ouch"], **changes}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"rules": [rule(route="nowhere")]}, "expected one of self_harm, emergency_911,"),
        ({"rules": [rule(kind="feeling")]}, "expected one of symptom, effect,"),
        ({"rules": [rule(needs="luck")]}, "expected one of treatment, treatment_done,"),
        ({"rules": [rule(forms=["<nothing> + <else>"])]}, "no word list is named <else>, <nothing>"),
        ({"rules": [rule(forms=["ouch + "])]}, '"ouch + " has an empty part'),
        ({"rules": [rule(), rule()]}, "two rules are named a"),
        ({"rules": [rule(forms=[False])]}, "expected text, found 'false'; put it in quotation marks"),
        ({"rules": [rule(forms=[])], "idioms": None}, "expected a list, found nothing"),
        ({"rules": [{"id": "a", "kind": "symptom", "forms": ["ouch"]}]}, "'source' is missing"),
        ({"rules": [rule(root="emergency_911")]}, "'root' is not known here"),
        ({"numbers": {"number": ["one", "two"]}}, "expected the first and the last number"),
        ({"shapes": [{"id": "s", "route": "injection", "patterns": ["("]}]}, "no regular expression: missing )"),
        ({"cues": {}}, "'abstract' is missing"),
    ],
)
def test_a_broken_lexicon_is_refused_with_its_line_and_reason(
    tmp_path: Path, lexicon_path: Path, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(FileError) as refused:
        safety_layer(broken(tmp_path, lexicon_path, **changes))
    assert refused.value.line is not None
    assert refused.value.reason.startswith(reason)


def test_the_line_is_that_of_the_slip(tmp_path: Path, lexicon_path: Path) -> None:
    lines = lexicon_path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("    kind: "))
    lines[at] = "    kind: feeling"
    path = tmp_path / "safety_lexicon.yml"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(FileError) as refused:
        safety_layer(path)
    assert refused.value.line == at + 1


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"gone\.yml: the file is missing"):
        safety_layer(tmp_path / "gone.yml")


def test_every_rule_names_its_source_or_is_no_medical_rule(lexicon_path: Path) -> None:
    raw = read(lexicon_path)
    assert [entry["id"] for entry in raw["rules"] if not entry.get("source")] == []


def test_who_reviewed_it_is_recorded(lexicon_path: Path) -> None:
    raw = read(lexicon_path)
    assert raw["reviewed"] == {"by": None, "on": None}


def test_a_clinician_s_new_word_counts_at_once(tmp_path: Path, lexicon_path: Path) -> None:
    raw = read(lexicon_path)
    added = [*raw["rules"], rule(id="new.sign", forms=["<throat> + sparkly"])]
    layer = safety_layer(broken(tmp_path, lexicon_path, rules=added))
    assert layer.assess("my throat is all sparkly").route == "emergency_911"
