"""What every sentence encoder does: encode one text, or thousands in batches of like length."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tqdm import tqdm

Vectors = NDArray[np.float32]
Tokens = Sequence[int]

BATCH_SIZE = 16
LONG_DATA = 1000
"""From this many texts on, progress is shown."""


class SentenceEncoder(ABC):
    """A loaded model: vectors of length 1, each of its own text alone."""

    size: int
    """How many numbers a vector has."""

    @abstractmethod
    def _tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Return each text's tokens by number; a text too long for the model is cut."""

    @abstractmethod
    def _vectors(self, tokens: Sequence[Tokens]) -> Vectors:
        """Return one vector a text of a batch."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text, in order; a text's vector does not depend on the others."""
        if 0 < len(texts) <= BATCH_SIZE:
            return self._vectors(self._tokens(texts))
        return self._encode_many(texts)

    def _encode_many(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.size), dtype=np.float32)
        tokens = self._tokens(texts)
        batches = list(_batches_of_like_length(tokens))
        with ThreadPoolExecutor(max_workers=_workers(len(batches))) as pool:
            encoded = pool.map(lambda batch: self._vectors([tokens[i] for i in batch]), batches)
            for batch, values in zip(_with_progress(batches, len(texts)), encoded, strict=True):
                vectors[batch] = values
        return vectors


def session(model: Path) -> InferenceSession:
    """Load a model to run on one thread: a server answers several people, and short texts gain nothing from more."""
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _batches_of_like_length(tokens: Sequence[Tokens]) -> Iterator[list[int]]:
    """Yield positions sorted by the number of tokens: a batch is padded to its longest text."""
    order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
    for start in range(0, len(order), BATCH_SIZE):
        yield order[start : start + BATCH_SIZE]


def _workers(batches: int) -> int:
    return max(1, min(batches, os.cpu_count() or 1))


def _with_progress(batches: list[list[int]], texts: int) -> Any:
    return tqdm(batches, desc="Sentence embeddings", unit="batch", disable=texts < LONG_DATA, leave=False)
