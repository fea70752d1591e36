"""The server killed between a text and its answer: the quick version of ``make faults``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.phones import twilio
from tests.faults.sms_trials import run

TRIALS = 4


@pytest.mark.e2e
@pytest.mark.slow
def test_every_text_that_was_taken_is_answered_once_or_stands_as_a_dead_letter(tmp_path: Path) -> None:
    with twilio() as api:
        report = run(tmp_path, api, TRIALS)

    assert report.faults == {}
    assert sum(report.fell.values()) == TRIALS
    assert sum(report.ended.values()) == len(report.taken)
