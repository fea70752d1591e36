"""What is asked in the measurement: varied questions, none of them twice, so that no cache answers for the bot."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

QUESTIONS_FILE = Path(__file__).with_name("questions.txt")
FRAMES = ("{}", "Hi! {}", "Quick question: {}", "{} thx", "Just wondering, {}")


def varied_questions(count: int) -> list[str]:
    """Return ``count`` different texts, the same ones in the same order each time."""
    questions = QUESTIONS_FILE.read_text(encoding="utf-8").splitlines()
    texts = [frame.format(question) for frame, question in product(FRAMES, questions)]
    random.Random(0).shuffle(texts)
    return texts[:count]
