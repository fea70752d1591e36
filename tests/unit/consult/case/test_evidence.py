"""What the classifier says of a message, put together."""

from __future__ import annotations

import pytest

from bot.consult.case.evidence import Evidence, Guess


def test_each_view_of_a_message_counts_like_the_whole() -> None:
    whole = (Guess("price", 0.9), Guess("order", 0.1))
    question, gist = (Guess("order", 0.8), Guess("pain", 0.1)), (Guess("order", 0.6), Guess("price", 0.2))

    ranking = Evidence(whole, (question, gist)).ranking

    assert [guess.topic for guess in ranking] == ["order", "price", "pain"]
    assert [guess.confidence for guess in ranking] == pytest.approx([0.5, 1.1 / 3, 0.1 / 3])


def test_a_short_message_is_ranked_as_a_whole() -> None:
    assert Evidence((Guess("price", 0.9),)).ranking == (Guess("price", 0.9),)
    assert Evidence().best == Guess("fallback", 0.0)
