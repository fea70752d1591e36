"""Alerts and dashboard: Prometheus itself reads them, each alert is raised once, and they name what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.monitoring.instruments import Instruments
from bot.monitoring.parts import PartCollector
from bot.monitoring.queues import QueueCollector
from bot.settings import PROJECT_ROOT
from tests.unit.deploy.validators import DEPLOY, run

ALERTS = DEPLOY / "prometheus" / "alerts.yml"
RAISED = DEPLOY / "prometheus" / "alerts_test.yml"
DASHBOARD = DEPLOY / "grafana" / "tandem.json"
NAME = re.compile(r"\b(?:tandem|process)_\w+\b")
SUFFIX = re.compile(r"_(?:bucket|count|sum|total)$")


def families() -> set[str]:
    """The names of everything that the bot measures."""
    collectors: list[Any] = [PartCollector(lambda: []), QueueCollector.__new__(QueueCollector)]
    told = [*Instruments().registry.collect(), *collectors[0].collect(), *collectors[1].describe()]
    return {family.name for family in told}


def named_in(text: str) -> set[str]:
    return {SUFFIX.sub("", name) for name in NAME.findall(text)}


def rules() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]


def expressions() -> list[str]:
    panels = json.loads(DASHBOARD.read_text())["panels"]
    return [target["expr"] for panel in panels for target in panel.get("targets", [])]


def test_prometheus_understands_its_configuration_and_the_alerts() -> None:
    checked = run("promtool", "check", "config", DEPLOY / "prometheus" / "prometheus.yml")

    assert checked.returncode == 0, checked.stdout


def test_every_alert_is_raised_once_and_silent_beside_it() -> None:
    checked = run("promtool", "test", "rules", RAISED.name, cwd=RAISED.parent)
    tests = yaml.safe_load(RAISED.read_text())["tests"]
    raised = {each["alertname"] for test in tests for each in test["alert_rule_test"] if each["exp_alerts"]}

    assert checked.returncode == 0, checked.stdout
    assert raised == {rule["alert"] for rule in rules()}


def test_every_alert_is_explained_to_whoever_is_woken() -> None:
    operations = (DEPLOY.parent / "docs" / "operations.md").read_text(encoding="utf-8")

    assert [rule["alert"] for rule in rules() if f"`{rule['alert']}`" not in operations] == []


@pytest.mark.parametrize("expression", [rule["expr"] for rule in rules()] + expressions())
def test_alerts_and_dashboard_name_only_what_is_measured(expression: str) -> None:
    assert named_in(expression) - families() == set()


def test_the_dashboard_shows_everything_that_the_bot_measures() -> None:
    ours = {name for name in families() if name.startswith("tandem_")}

    assert ours - named_in(" ".join(expressions())) == set()


def test_every_measure_moves_in_a_test_of_a_running_bot() -> None:
    moved = named_in((PROJECT_ROOT / "tests" / "e2e" / "test_metrics.py").read_text(encoding="utf-8"))

    assert {name for name in families() if name.startswith("tandem_")} - moved == set()


def test_prometheus_understands_the_dashboard(tmp_path: Path) -> None:
    plain = [each.replace("$__rate_interval", "5m") for each in expressions()]
    recorded = [{"record": f"panel:{number}", "expr": each} for number, each in enumerate(plain)]
    file = tmp_path / "panels.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": recorded}]}))
    checked = run("promtool", "check", "rules", file)

    assert checked.returncode == 0, checked.stdout


def test_every_panel_says_what_it_shows_and_has_a_place_of_its_own() -> None:
    panels = json.loads(DASHBOARD.read_text())["panels"]
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels]

    assert [panel["title"] for panel in panels if panel["type"] != "row" and not panel["description"]] == []
    assert len(set(places)) == len(places)
