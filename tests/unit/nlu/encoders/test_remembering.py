"""What was read lately is not encoded again, comes out the same, and is kept without its text."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bot.nlu.encoders.encoder import BATCH_SIZE, SentenceEncoder, Tokens, Vectors
from bot.nlu.encoders.remembering import RememberingEncoder
from bot.nlu.encoders.shared import NAMES, shared_encoder


class Counting(SentenceEncoder):
    """Encodes a text as its length, and notes what it was asked for."""

    size = 1

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode(texts)

    def _tokens(self, texts: Sequence[str]) -> list[Tokens]:
        return [[len(text)] for text in texts]

    def _vectors(self, tokens: Sequence[Tokens]) -> Vectors:
        return np.array(tokens, dtype=np.float32)


def test_a_text_is_encoded_once_and_stands_in_its_place() -> None:
    counting = Counting()
    encoder = RememberingEncoder(counting)
    first, again = encoder.encode(["one", "three"]), encoder.encode(["three", "seventh", "one", "three"])

    assert counting.asked == ["one", "three", "seventh"]
    assert (first.tolist(), again.tolist()) == ([[3], [5]], [[5], [7], [3], [5]])
    assert again.dtype == np.float32


def test_what_was_not_read_for_longest_is_forgotten_first() -> None:
    counting = Counting()
    encoder = RememberingEncoder(counting, most=2)
    for text in ("a", "bb", "a", "ccc", "a", "bb"):
        encoder.encode([text])

    assert counting.asked == ["a", "bb", "ccc", "bb"]


def test_it_knows_what_it_has_read_and_what_it_would_not_remember() -> None:
    encoder = RememberingEncoder(Counting())
    encoder.encode(["one", "three"])

    assert [encoder.knows(texts) for texts in (["one"], ["three", "one"], ["one", "two"], [])] == [
        True,
        True,
        False,
        True,
    ]
    assert encoder.knows([str(number) for number in range(BATCH_SIZE + 1)])


def test_threads_that_ask_at_once_are_all_answered_rightly() -> None:
    encoder = RememberingEncoder(Counting(), most=3)
    asked = [["x" * (number % 7)] for number in range(2000)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(encoder.encode, asked))

    assert [answer.tolist() for answer in answers] == [[[number % 7]] for number in range(2000)]
    assert len(encoder._lately) <= 3


def test_of_a_training_nothing_is_remembered() -> None:
    counting = Counting()
    encoder = RememberingEncoder(counting)
    many = [str(number) for number in range(BATCH_SIZE + 1)]
    encoder.encode(many)
    encoder.encode(many[:1])

    assert counting.asked == [*many, many[0]]


def test_no_text_is_kept() -> None:
    encoder = RememberingEncoder(Counting())
    encoder.encode(["my number is 403 555 0126"])

    assert b"0126" not in pickle.dumps(encoder._lately)


@pytest.mark.parametrize("name", NAMES)
def test_a_remembered_vector_is_the_very_same_as_that_of_the_encoder_itself(name: str) -> None:
    encoder, texts = RememberingEncoder(shared_encoder(name)), ["botox or microneedling first?", "ok"]
    encoder.encode(texts)

    assert np.array_equal(encoder.encode(texts), shared_encoder(name).encode(texts))
    assert np.array_equal(encoder.encode(texts[1:]), shared_encoder(name).encode(texts[1:]))
