"""The label classifier on a handful of made-up messages: what it learns, from where, and when it says nothing."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import label_classifier
from bot.nlu.label_classifier import LabelClassifier

DANGER = "danger"
RESOURCE = Resource("danger")
CONTEXT = SimpleNamespace(node_name="danger")
CONFIG = {"property": DANGER, "labels": {"fire": ["alarm", "burning"], "flood": ["water"]}}
EXAMPLES = {
    "alarm": ["the house is burning", "the roof is burning", "smoke and burning", "burning smell"],
    "water": ["the cellar is flooded", "water is flooding in", "flooded floor", "it is flooding"],
    "chat": ["hello there", "good day to you", "what a nice day", "nice to meet you"],
}


def message(text: str, intent: str | None = None) -> Message:
    made = Message({TEXT: text, **({INTENT: intent} if intent else {})})
    vector = np.array([["burning" in text, "flood" in text, "nice" in text]], dtype=np.float32)
    made.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, "bot.sentence_embedding.Featurizer3"))
    return made


def trained(folder: Path, config: dict[str, Any] | None = None, intents: tuple[str, ...] = tuple(EXAMPLES)) -> Any:
    folder.mkdir(exist_ok=True)
    storage = LocalModelStorage.create(folder)
    classifier = LabelClassifier.create(config or CONFIG, storage, RESOURCE, CONTEXT)
    examples = [message(text, intent) for intent in intents for text in EXAMPLES[intent]]
    classifier.train(TrainingData(examples * 4))
    return LabelClassifier.load(config or CONFIG, storage, RESOURCE, CONTEXT)


def look(classifier: Any, text: str) -> dict[str, float] | None:
    (read,) = classifier.process([message(text)])
    found: dict[str, float] | None = read.get(DANGER)
    return found


@pytest.mark.parametrize(
    ("text", "danger"), [("my house is burning", "fire"), ("the kitchen is flooded", "flood"), ("a nice day", None)]
)
def test_it_tells_each_danger_from_the_rest(tmp_path: Path, text: str, danger: str | None) -> None:
    found = look(trained(tmp_path), text)
    assert found is not None
    assert {name for name, share in found.items() if share > 0.5} == ({danger} if danger else set())


def test_the_same_text_gives_the_same_answer(tmp_path: Path) -> None:
    first, second = trained(tmp_path / "a"), trained(tmp_path / "b")
    assert look(first, "the barn is burning") == look(second, "the barn is burning")


def test_data_without_a_danger_trains_nothing(tmp_path: Path) -> None:
    assert look(trained(tmp_path, intents=("chat",)), "the house is burning") is None


def test_it_learns_from_tables_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ["text\troute\tnote", *[f"the tide is coming in {n}\twater\t" for n in range(6)], "odd\twater|chat\t"]
    (tmp_path / "rows.tsv").write_text("\n".join(rows), encoding="utf-8")
    monkeypatch.setattr(label_classifier, "PROJECT_ROOT", tmp_path)
    monkeypatch.setattr(label_classifier, "shared_encoder", lambda name: SimpleNamespace(encode=_nothing))
    found = look(trained(tmp_path / "model", {**CONFIG, "tables": ["rows.tsv"]}), "the tide is coming")
    assert found is not None
    assert found["flood"] > 0.5


def _nothing(texts: list[str]) -> Any:
    return np.zeros((len(texts), 3), dtype=np.float32)


def test_a_changed_table_is_trained_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_classifier, "PROJECT_ROOT", tmp_path)
    table = tmp_path / "rows.tsv"
    prints = []
    for text in ("text\troute\n", "text\troute\nhelp\twater\n"):
        table.write_text(text, encoding="utf-8")
        prints.append(LabelClassifier.fingerprint_addon({"tables": ["rows.tsv"]}))
    assert prints[0] != prints[1]


def test_without_an_embedding_the_words_speak(tmp_path: Path) -> None:
    (read,) = trained(tmp_path).process([Message({TEXT: "the house is burning, burning"})])
    assert read.get(DANGER)["fire"] > read.get(DANGER)["flood"]
