"""Remembers the vectors of texts that were read lately: what many people type is encoded once.

No text is kept, only a digest of it under a key of this process, and its vector. Several threads may ask at once.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from bot.nlu.encoders.encoder import BATCH_SIZE, SentenceEncoder, Tokens, Vectors

MOST = 1000
"""So many vectors take two megabytes."""


class RememberingEncoder(SentenceEncoder):
    """An encoder that asks another one only for what is new to it."""

    def __init__(self, encoder: SentenceEncoder, most: int = MOST) -> None:
        """Remember as many texts, those that were read last."""
        self.size = encoder.size
        self._encoder = encoder
        self._most = most
        self._key = secrets.token_bytes(16)
        self._lately: OrderedDict[bytes, Vectors] = OrderedDict()
        self._one_at_a_time = threading.Lock()

    def knows(self, texts: Sequence[str]) -> bool:
        """Whether there is nothing to encode, or too much to be remembered."""
        return not 0 < len(texts) <= BATCH_SIZE or all(self._digest(text) in self._lately for text in texts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text, in order; of many texts, as in a training, none is remembered."""
        if not 0 < len(texts) <= BATCH_SIZE:
            return self._encoder.encode(texts)
        digests = [self._digest(text) for text in texts]
        known = {digest: vector for digest in digests if (vector := self._lately.get(digest)) is not None}
        new = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
        if new:
            known.update(zip(new, self._encoder.encode(list(new.values())), strict=True))
        self._remember(known)
        vectors: Vectors = np.stack([known[digest] for digest in digests])
        return vectors

    def _tokens(self, texts: Sequence[str]) -> list[Tokens]:
        return self._encoder._tokens(texts)

    def _vectors(self, tokens: Sequence[Tokens]) -> Vectors:
        return self._encoder._vectors(tokens)

    def _remember(self, known: dict[bytes, Vectors]) -> None:
        with self._one_at_a_time:
            for digest, vector in known.items():
                self._lately[digest] = vector
                self._lately.move_to_end(digest)
            while len(self._lately) > self._most:
                self._lately.popitem(last=False)

    def _digest(self, text: str) -> bytes:
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=self._key).digest()
