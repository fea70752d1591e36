"""The image and compose: read by what knows them, and bound as the documents promise."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from bot.settings import PROJECT_ROOT, SECRETS, Settings, unknown_settings
from bot.version import version
from tests.unit.deploy.validators import DEPLOY, run

DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ACCEPTED = {"CL-0005", "CL-0019", "CL-0026"}
"""The proxy is to be reached from everywhere; digests and processors are whoever runs it to fill in."""
UNPRIVILEGED = ("0", "root", "")


def stage(number: int) -> str:
    return re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[number + 1]


def test_the_linter_finds_no_fault_in_the_dockerfile() -> None:
    checked = run("hadolint", DEPLOY / "Dockerfile")

    assert (checked.returncode, checked.stdout) == (0, "")


def test_the_image_takes_only_what_there_is_and_all_that_a_start_reads() -> None:
    taken = re.findall(r"/opt/tandem/(\S+)", " ".join(re.findall(r"COPY --from=build (.+(?:\\\n.+)*)", stage(1))))
    made = {".venv", "models", "widget/dist"}

    assert {path for path in taken if not (PROJECT_ROOT / path).exists()} - made == set()
    assert made | {"bot", "actions", "data", "domain.yml", "credentials.yml", "clinic.yml"} <= set(taken)


def test_what_the_build_copies_is_not_ignored() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    let_in = [line[1:] for line in ignored if line.startswith("!")]

    assert ignored[1] == "*"
    assert [path for path in let_in if not list(PROJECT_ROOT.glob(path))] == []


def test_the_image_runs_without_root_and_starts_the_bot() -> None:
    last = stage(1)

    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert last.index("USER") > last.index("COPY")
    assert 'ENTRYPOINT ["tandem"]\nCMD ["serve"]' in last
    assert "/health/live" in last


@pytest.mark.parametrize("text", [DOCKERFILE, json.dumps(COMPOSE), (DEPLOY / "kubernetes" / "bot.yaml").read_text()])
def test_what_is_deployed_is_this_version(text: str) -> None:
    assert set(re.findall(r"tandem:(\d[\w.]*)", text)) == {version()}


def test_the_linter_finds_nothing_grave_in_compose() -> None:
    checked = run("compose-lint", "--format", "json", DEPLOY / "compose.yml")
    found = {each["rule_id"] for each in _findings(checked.stdout)}

    assert found - ACCEPTED == set()


def _findings(said: str) -> list[dict[str, Any]]:
    told = json.loads(said[said.index("[" if said.lstrip().startswith("[") else "{") :])
    return list(told if isinstance(told, list) else told["findings"])


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_writes_only_where_it_is_told_and_has_no_privileges(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert name == "proxy" or str(service.get("user", "")).partition(":")[0] not in UNPRIVILEGED


def test_only_the_proxy_is_reached_from_outside_and_the_database_from_inside_alone() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert list(SERVICES["database"]["networks"]) == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_proxy_and_bot_meet_only_where_the_bot_trusts_whom_it_hears() -> None:
    met = set(SERVICES["proxy"]["networks"]) & set(SERVICES["bot"]["networks"])
    (inside,) = COMPOSE["networks"]["inside"]["ipam"]["config"]

    assert met == {"inside"}
    assert SERVICES["bot"]["environment"]["TANDEM_TRUSTED_PROXIES"] == inside["subnet"]


@pytest.mark.parametrize("name", ["bot", "worker"])
def test_secrets_come_from_files_and_the_rest_can_be_used(name: str) -> None:
    given = SERVICES[name]["environment"]
    in_files = {key: value for key, value in given.items() if key.removesuffix("_FILE") in SECRETS}
    plain = {key: value for key, value in given.items() if key not in in_files}

    assert set(in_files) == {"TANDEM_DATABASE_URL_FILE", "TANDEM_SECRET_KEY_FILE"}
    assert {value.rpartition("/")[2] for value in in_files.values()} <= set(COMPOSE["secrets"])
    assert unknown_settings(given) == []
    Settings.from_environment(plain)
