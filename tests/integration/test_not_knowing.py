"""Nonsense in bulk, asked of the trained model: what says nothing gets no answer from the article."""

from __future__ import annotations

import json
import random
import string
from collections import Counter
from collections.abc import Callable

import pytest

from bot.cli.in_process import Understanding, load_understanding
from bot.nlu.encoders.minilm.encoder import TOKENIZER_FILE
from bot.settings import Settings

HOW_MANY = 500
MOST_ANSWERED = HOW_MANY // 100 - 1
"""Fewer than one in a hundred."""

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return load_understanding(Settings.from_environment())


def dictionary() -> list[str]:
    """Some twenty thousand English words: the embedding model's own vocabulary."""
    vocabulary = json.loads(TOKENIZER_FILE.read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(word for word in vocabulary if word.isascii() and word.isalpha() and len(word) >= 3)


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(dictionary_words, k=chance.randint(4, 9)))


def gibberish(chance: random.Random) -> str:
    letters = string.ascii_lowercase if chance.random() < 0.8 else string.printable[:94]
    return " ".join("".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(chance.randint(1, 6)))


def sentence_with_question(chance: random.Random) -> str:
    """Words at random in the shape of a question."""
    return f"{chance.choice(['how long', 'what is', 'can i', 'which', 'should i'])} {sentence(chance)}?"


dictionary_words = dictionary()


@pytest.mark.parametrize("invented", [gibberish, sentence, sentence_with_question])
def test_nonsense_is_not_answered_from_the_article(
    understanding: Understanding, invented: Callable[[random.Random], str]
) -> None:
    chance = random.Random(20261122)
    texts = [invented(chance) for _ in range(HOW_MANY)]
    topics = {text: understanding.of(text).decision.topic for text in texts}
    answered = {text: topic for text, topic in topics.items() if understanding.knowledge.topic(topic).kind == "article"}
    assert len(answered) <= MOST_ANSWERED, (answered, Counter(topics.values()))
