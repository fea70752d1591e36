"""The project's own labelled conversations, asked of the trained model: a floor under what follow-ups mean."""

from __future__ import annotations

import pytest

from bot.cli.in_process import load_understanding
from bot.cli.score import TODAY
from bot.settings import Settings
from tests.talks import last, turns

LEAST_SHARE = 0.99
"""Rounded down to a whole per cent from what was measured."""

pytestmark = pytest.mark.slow


def test_turns_are_understood_from_those_before_them() -> None:
    understanding = load_understanding(Settings.from_environment({"TANDEM_TODAY": TODAY}))
    labelled = list(turns())
    errors = [
        (turn.name, turn.texts[-1], error) for turn in labelled if (error := turn.error(last(understanding, turn)))
    ]

    assert len(errors) <= len(labelled) * (1 - LEAST_SHARE), errors
    assert [error for error in errors if "past_minimum instead" in error[2]] == []
