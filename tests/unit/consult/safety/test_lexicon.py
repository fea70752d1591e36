"""The lexicon file: what it must hold, and how a broken one is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.consult.safety.layer import safety_layer
from bot.yaml_lines import FileError


def read(folder: Path) -> dict[str, Any]:
    """Every section of every file, put together."""
    found: dict[str, Any] = {}
    for file in sorted(folder.glob("*.yml")):
        for name, section in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).items():
            found[name] = (
                [*found.get(name, []), *section] if isinstance(section, list) else {**found.get(name, {}), **section}
            )
    return found


def broken(tmp_path: Path, source: Path, **changes: Any) -> Path:
    folder = tmp_path / "safety"
    folder.mkdir()
    shutil.copy(source / "common_words.txt", folder)
    text = json.dumps({**read(source), **changes}, ensure_ascii=False)
    (folder / "all.yml").write_text(text, encoding="utf-8")
    return folder


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
        ({"rules": [rule(forms=None)]}, "expected a list, found nothing"),
        ({"rules": [{"id": "a", "kind": "symptom", "forms": ["ouch"]}]}, "'source' is missing"),
        ({"rules": [rule(root="emergency_911")]}, "'root' is not known here"),
        ({"numbers": {"number": ["one", "two"]}}, "expected the first and the last number"),
        ({"shapes": [{"id": "s", "route": "injection", "patterns": ["("]}]}, "no regular expression: missing )"),
        ({"cues": {}}, "'abstract' is missing"),
    ],
)
def test_a_broken_lexicon_is_refused_with_its_line_and_reason(
    tmp_path: Path, lexicon_folder: Path, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(FileError) as refused:
        safety_layer(broken(tmp_path, lexicon_folder, **changes))
    assert refused.value.line is not None
    assert refused.value.reason.startswith(reason)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"spellings": {"blurry": ["twins"]}}, "'twins' is more than 1 letters away from 'blurry': no spelling of it"),
        ({"spellings": {"swelling": ["svelin"]}}, "'svelin' is more than 2 letters away from 'swelling'"),
        ({"spellings": {"drooping": ["dropping"]}}, "'dropping' is a word of its own, no spelling of 'drooping'"),
        ({"spellings": {"breathe": ["breath"]}}, "'breath' is a word of its own, no spelling of 'breathe'"),
        ({"short_forms": {"after": ["afterwards"]}}, "'afterwards' is no short form of 'after'"),
        ({"short_forms": {"blurry": ["wavy"]}}, "'wavy' is no short form of 'blurry'"),
    ],
)
def test_what_is_no_spelling_is_refused_as_one(
    tmp_path: Path, lexicon_folder: Path, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(FileError) as refused:
        safety_layer(broken(tmp_path, lexicon_folder, **changes))
    assert refused.value.reason.startswith(reason)


def test_a_slip_within_reach_is_taken(tmp_path: Path, lexicon_folder: Path) -> None:
    changed = {"spellings": {"throat": ["throot"]}, "short_forms": {"breathe": ["brt"]}}
    layer = safety_layer(broken(tmp_path, lexicon_folder, **changed))
    assert [layer.assess(f"my {word}").route for word in ("throot is closing", "chest hurts i cant brt")] == [
        "emergency_911",
        "emergency_911",
    ]


def test_the_line_is_that_of_the_slip(tmp_path: Path, lexicon_folder: Path) -> None:
    folder = shutil.copytree(lexicon_folder, tmp_path / "safety")
    file = folder / "emergency.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("    kind: "))
    lines[at] = "    kind: feeling"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(FileError) as refused:
        safety_layer(folder)
    assert (refused.value.file, refused.value.line) == (file, at + 1)


def test_a_list_that_two_files_hold_is_refused(tmp_path: Path, lexicon_folder: Path) -> None:
    folder = shutil.copytree(lexicon_folder, tmp_path / "safety")
    (folder / "zz.yml").write_text("words:\n  throat: [throat]\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"zz\.yml:2: 'throat' stands in another file already"):
        safety_layer(folder)


def test_a_section_that_no_file_holds_is_refused(tmp_path: Path) -> None:
    (tmp_path / "common_words.txt").write_text("", encoding="utf-8")
    with pytest.raises(FileError, match="'spellings' is missing in all files"):
        safety_layer(tmp_path)


def test_a_missing_list_of_common_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"common_words\.txt: the file is missing"):
        safety_layer(tmp_path)


def test_no_line_of_the_lexicon_is_too_long_to_read(lexicon_folder: Path) -> None:
    texts = {file.name: file.read_text(encoding="utf-8") for file in lexicon_folder.iterdir()}
    assert [name for name, text in texts.items() if max(map(len, text.splitlines())) > 120] == []


def test_every_rule_names_its_source_or_is_no_medical_rule(lexicon_folder: Path) -> None:
    raw = read(lexicon_folder)
    assert [entry["id"] for entry in raw["rules"] if not entry.get("source")] == []


def test_who_reviewed_it_is_recorded(lexicon_folder: Path) -> None:
    raw = read(lexicon_folder)
    assert raw["reviewed"] == {"by": None, "on": None}


def test_a_clinician_s_new_word_counts_at_once(tmp_path: Path, lexicon_folder: Path) -> None:
    raw = read(lexicon_folder)
    added = [*raw["rules"], rule(id="new.sign", forms=["<throat> + sparkly"])]
    layer = safety_layer(broken(tmp_path, lexicon_folder, rules=added))
    assert layer.assess("my throat is all sparkly").route == "emergency_911"
