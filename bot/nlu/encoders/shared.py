"""The process's encoders by name, each loaded at first use and shared by all components."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bot.nlu.encoders.encoder import SentenceEncoder
from bot.nlu.encoders.minilm import encoder as minilm
from bot.nlu.encoders.universal import encoder as universal


@dataclass(frozen=True)
class _Kind:
    load: Callable[[], SentenceEncoder]
    fingerprint: Callable[[], str]


_KINDS = {
    "minilm": _Kind(minilm.MiniLmEncoder, minilm.fingerprint),
    "universal": _Kind(universal.UniversalEncoder, universal.fingerprint),
}
NAMES = tuple(_KINDS)


@cache
def shared_encoder(name: str) -> SentenceEncoder:
    """Return the process's one encoder of this name.

    Raises:
        EmbeddingModelError: A file of it is missing or is not the expected one.
    """
    return _KINDS[name].load()


def fingerprint(name: str) -> str:
    """Return what changes with an encoder's files."""
    return _KINDS[name].fingerprint()
