"""The measures are there from the start, and none can name anybody."""

from __future__ import annotations

import re

from prometheus_client import generate_latest

from bot.monitoring.instruments import QUESTIONS, STAGES, Instruments
from bot.settings import PROJECT_ROOT
from bot.version import version
from tests.unit.monitoring.conftest import Read

LABELS = {"channel", "outcome", "stage", "topic", "kind", "route", "method", "status", "statement", "version", "le"}
"""Whoever adds one makes sure that its values are a short list, and that none is a person's."""


def test_what_can_be_known_beforehand_begins_at_nought(read: Read) -> None:
    assert [read("tandem_stage_seconds_count", stage=stage) for stage in STAGES] == [0.0] * 5
    assert [read("tandem_questions_back_total", kind=kind) for kind in QUESTIONS] == [0.0] * 3


def test_no_label_can_hold_an_identifier(instruments: Instruments) -> None:
    for metric in (instruments.turns, instruments.turn_seconds, instruments.stage_seconds, instruments.requests):
        metric.labels(*["x"] * len(metric._labelnames))
    names = set(re.findall(r'[{,](\w+)="', generate_latest(instruments.registry).decode()))

    assert names <= LABELS


def test_the_version_that_runs_is_the_one_of_the_project(read: Read) -> None:
    project = (PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert f'\nversion = "{version()}"\n' in project
    assert read("tandem_build_info", version=version()) == 1.0
