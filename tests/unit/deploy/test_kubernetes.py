"""The manifests: valid by Kubernetes' own schemas, each name that one uses made by another or by the operator."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import SECRETS, Settings, unknown_settings
from tests.unit.deploy.validators import DEPLOY, run

FOLDER = DEPLOY / "kubernetes"
KUSTOMIZATION = FOLDER / "kustomization.yaml"
MANIFESTS = sorted(set(FOLDER.glob("*.yaml")) - {KUSTOMIZATION})
VERSION = "1.28"


def loaded(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")))


def named(path: Path) -> str:
    return path.name


POD: dict[str, Any] = loaded("bot.yaml")["spec"]["template"]
BOT: dict[str, Any] = POD["spec"]["containers"][0]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=named)
def test_a_manifest_is_valid(manifest: Path) -> None:
    checked = run("kubernetes-validate", "--strict", "-k", VERSION, manifest)

    assert checked.returncode == 0, checked.stdout


def test_an_invalid_manifest_would_be_found(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text((FOLDER / "bot.yaml").read_text().replace("readinessProbe", "readyProbe"))

    assert run("kubernetes-validate", "--strict", "-k", VERSION, wrong).returncode != 0


def test_every_manifest_is_applied() -> None:
    assert sorted(yaml.safe_load(KUSTOMIZATION.read_text())["resources"]) == [path.name for path in MANIFESTS]


def test_alive_and_ready_are_asked_apart() -> None:
    asked = {kind: BOT[kind]["httpGet"]["path"] for kind in ("startupProbe", "livenessProbe", "readinessProbe")}

    assert asked == {
        "startupProbe": "/health/live",
        "livenessProbe": "/health/live",
        "readinessProbe": "/health/ready",
    }


def test_the_pod_has_no_root_and_writes_only_into_its_volumes() -> None:
    assert POD["spec"]["securityContext"]["runAsNonRoot"] is True
    assert BOT["securityContext"]["readOnlyRootFilesystem"] is True
    assert BOT["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert {mount["mountPath"] for mount in BOT["volumeMounts"] if not mount.get("readOnly")} == {
        "/var/lib/tandem",
        "/tmp",
    }


@pytest.mark.parametrize(
    "name",
    [
        "proxy_connect_timeout",
        "proxy_read_timeout",
        "proxy_next_upstream",
        "proxy_next_upstream_tries",
        "proxy_next_upstream_timeout",
    ],
)
def test_the_ingress_tries_again_as_nginx_does(name: str) -> None:
    said = re.search(rf"^{name} (.*);$", (DEPLOY / "nginx" / "tandem" / "proxy.conf").read_text(), re.MULTILINE)
    annotation = f"nginx.ingress.kubernetes.io/{name.replace('_', '-')}"

    assert said and loaded("ingress.yaml")["metadata"]["annotations"][annotation] == said[1].removesuffix("s")


def test_whoever_selects_the_pods_names_their_label() -> None:
    labels = POD["metadata"]["labels"]
    selectors = (
        loaded("bot.yaml")["spec"]["selector"]["matchLabels"],
        loaded("service.yaml")["spec"]["selector"],
        loaded("disruption.yaml")["spec"]["selector"]["matchLabels"],
        loaded("network.yaml")["spec"]["podSelector"]["matchLabels"],
    )

    assert all(selector == labels for selector in selectors)


def test_the_settings_can_be_used_and_the_secrets_stand_where_they_are_mounted() -> None:
    given = loaded("settings.yaml")["data"]
    in_files = {key: value for key, value in given.items() if key.removesuffix("_FILE") in SECRETS}
    mounts = {mount["name"]: mount["mountPath"] for mount in BOT["volumeMounts"]}

    assert unknown_settings(given) == []
    assert {str(Path(value).parent) for value in in_files.values()} == {mounts["secrets"]}
    assert str(Path(given["TANDEM_CLINIC_FILE"]).parent) == mounts["clinic"]
    Settings.from_environment({key: value for key, value in given.items() if key not in in_files})


def test_the_ports_are_those_of_the_settings() -> None:
    ports = {port["name"]: port["containerPort"] for port in BOT["ports"]}
    given = loaded("settings.yaml")["data"]

    assert ports == {"http": Settings.from_environment({}).port, "metrics": int(given["TANDEM_METRICS_PORT"])}
