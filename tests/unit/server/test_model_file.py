"""The bot's application does not start on a model that lacks a response."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.server.model_file import ModelError, refuse_old_wording
from bot.wording import response_names

MODEL = Path("models/tandem.tar.gz")


def test_a_model_with_every_response_is_taken() -> None:
    refuse_old_wording([*response_names(), "utter_once"], MODEL)


def test_a_model_that_lacks_a_response_is_refused() -> None:
    with pytest.raises(ModelError, match=r"models/tandem\.tar\.gz was trained with an older domain\.yml; make train"):
        refuse_old_wording(response_names() - {"utter_safety"}, MODEL)
