"""``tandem doctor``: one line for each part of a deployment, and what to mend in it."""

from __future__ import annotations

import asyncio
import io
import json
import os
import shutil
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from bot.cli import checkup
from bot.cli.doctor import app
from bot.database import engine, writing
from bot.migrations import newest
from bot.settings import PROJECT_ROOT
from bot.wording import response_names
from tests.integration.handoff.servers import mail_server

WELL = (200, '{"status": "ok"}')
PARTS = ["settings", "folder", "database", "model", "clinic", "mail", "sms", "server"]


@dataclass
class Deployment:
    """A deployment in a folder, and the server that it says is running."""

    folder: Path
    model: Path
    url: str = ""
    answer: tuple[int, str] = WELL
    settings: dict[str, str] = field(default_factory=dict)

    def looked_over(self) -> tuple[int, dict[str, str]]:
        """The exit code, and what is said of each part."""
        result = CliRunner().invoke(app, ["--url", self.url], env=self.settings)
        lines = [line.split(maxsplit=2) for line in result.output.splitlines()]
        return result.exit_code, {part: f"{mark} {says}" for mark, part, says in lines}

    def of(self, part: str) -> str:
        """What is said of a part."""
        return self.looked_over()[1][part]


def write_model(file: Path, *responses: str) -> None:
    described = json.dumps({"domain": {"responses": dict.fromkeys(responses)}}).encode()
    entry = tarfile.TarInfo("metadata.json")
    entry.size = len(described)
    with tarfile.open(file, "w:gz") as archive:
        archive.addfile(entry, io.BytesIO(described))


@pytest.fixture
def deployment(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    """A deployment in which nothing has to be mended."""
    for name in [name for name in os.environ if name.startswith("TANDEM_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "var"
    folder.mkdir(mode=0o700)
    shutil.copy(migrated_file, folder / "tandem.db")
    clinic = (PROJECT_ROOT / "clinic.yml").read_text(encoding="utf-8").replace("demo: true", "demo: false")
    (tmp_path / "clinic.yml").write_text(clinic, encoding="utf-8")
    made = Deployment(folder, tmp_path / "tandem.tar.gz")
    made.settings = {"TANDEM_DATA_DIR": str(folder), "TANDEM_CLINIC_FILE": str(tmp_path / "clinic.yml")}
    write_model(made.model, *response_names())
    monkeypatch.setattr(checkup, "MODEL_FILE", made.model)

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, text = made.answer if self.path == "/health" else (404, "")
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Health)
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()


def changed(deployment: Deployment, statement: str) -> None:
    bound = engine(f"sqlite:///{deployment.folder / 'tandem.db'}")
    with writing(bound) as connection:
        connection.execute(sa.text(statement))
    bound.dispose()


def test_every_part_of_a_good_deployment_is_said_to_be_well(deployment: Deployment) -> None:
    deployment.settings |= {"TANDEM_WEBHOOK_URL": "https://clinic.example/hook", "TANDEM_WEBHOOK_SECRET": "s" * 16}
    code, said = deployment.looked_over()

    assert (code, list(said)) == (0, PARTS)
    assert {line.split()[0] for line in said.values()} == {"ok"}
    assert said["database"].endswith(f"can be read and written; its tables are those of this version ({newest()}).")


def test_what_works_and_could_be_better_is_pointed_out_and_fails_nothing(deployment: Deployment) -> None:
    deployment.settings |= {"TANDEM_PROT": "8001", "TANDEM_CLINIC_FILE": str(PROJECT_ROOT / "clinic.yml")}
    deployment.folder.chmod(0o755)
    code, said = deployment.looked_over()

    assert code == 0
    assert {part: line for part, line in said.items() if line.startswith("look")} == {
        "settings": "look TANDEM_PROT is no setting and changes nothing; do you mean TANDEM_PORT?",
        "folder": f"look Other users may look into {deployment.folder}; the next start closes it, "
        f"or type: chmod 700 {deployment.folder}",
        "clinic": "look clinic.yml is the example: its clinic does not exist. Put yours in, without demo.",
        "mail": "look Requests are told on the console only; TANDEM_SMTP_URL and TANDEM_MAIL_TO have them mailed.",
    }


@pytest.mark.parametrize(("name", "value"), [("TANDEM_TODAY", "tomorrow"), ("TANDEM_LOG_LEVEL", "loud")])
def test_a_wrong_setting_is_all_that_is_said(deployment: Deployment, name: str, value: str) -> None:
    deployment.settings[name] = value
    code, said = deployment.looked_over()

    assert (code, list(said)) == (1, ["settings"])
    assert said["settings"].startswith(f"MEND {name} should be ")


def test_what_was_never_started_is_said_and_not_made(deployment: Deployment) -> None:
    shutil.rmtree(deployment.folder)
    code, said = deployment.looked_over()

    assert code == 1
    assert (
        said["folder"]
        == f"MEND There is no folder {deployment.folder}; the first start makes it (TANDEM_DATA_DIR names it)."
    )
    assert said["database"] == f"MEND There is no database {deployment.folder / 'tandem.db'}; the first start makes it."
    assert not deployment.folder.exists()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DROP TABLE alembic_version", "The database has no tables yet; the first start makes them."),
        (
            "UPDATE alembic_version SET version_num = '0001'",
            f"The tables (0001) are older than this version ({newest()}); back up, then start the bot.",
        ),
        (
            "UPDATE alembic_version SET version_num = '9999'",
            f"The tables (9999) are of a newer version than this one ({newest()}); install that one.",
        ),
    ],
)
def test_tables_of_another_version_are_told(deployment: Deployment, statement: str, sentence: str) -> None:
    changed(deployment, statement)

    assert deployment.of("database") == f"MEND {sentence}"


def test_a_damaged_database_is_told(deployment: Deployment) -> None:
    file = deployment.folder / "tandem.db"
    file.write_bytes(b"no database" * 1000)

    assert deployment.of("database") == f"MEND The file sqlite:///{file} is no database, or is damaged."


def test_a_database_whose_address_is_wrong_is_told(deployment: Deployment) -> None:
    deployment.settings["TANDEM_DATABASE_URL"] = "postgres://tandem@db.clinic.example/tandem"

    assert deployment.of("database").startswith("MEND TANDEM_DATABASE_URL starts with postgres://;")


def test_a_model_that_is_missing_broken_or_old_is_told(deployment: Deployment) -> None:
    write_model(deployment.model, "utter_safety")
    assert deployment.of("model") == (
        f"MEND {deployment.model} was trained with an older domain.yml; make train trains it anew."
    )
    whole = deployment.model.read_bytes()
    for broken in (whole[: len(whole) // 2], b"", b"{}"):
        deployment.model.write_bytes(broken)
        assert deployment.of("model") == f"MEND No model can be loaded from {deployment.model}; make train trains one."
    deployment.model.unlink()
    assert deployment.of("model") == f"MEND No model can be loaded from {deployment.model}; make train trains one."


def test_the_first_of_the_clinic_s_slips_is_told_and_how_many_there_are(deployment: Deployment) -> None:
    file = Path(deployment.settings["TANDEM_CLINIC_FILE"])
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("friday:", "fryday:"), encoding="utf-8")
    assert "fryday" in deployment.of("clinic")
    file.write_text(good.replace("friday:", "fryday:").replace('"403-555-0100"', "ask"), encoding="utf-8")
    assert deployment.of("clinic").endswith("(and 1 more: tandem clinic check)")


async def test_the_mail_server_is_logged_in_to_and_sent_nothing(deployment: Deployment) -> None:
    refused = "MEND The mail server does not answer or does not let us in (smtp_535); look at TANDEM_SMTP_URL."
    expected = {"p%40ss": "ok The mail server lets us in; requests go to desk@clinic.example.", "wrong": refused}
    async with mail_server(auth_required=True, auth_require_tls=False) as mail:
        for password, sentence in expected.items():
            address = f"smtp://desk:{password}@127.0.0.1:{mail.port}"
            deployment.settings |= {"TANDEM_SMTP_URL": address, "TANDEM_MAIL_TO": "desk@clinic.example"}
            assert await asyncio.to_thread(deployment.of, "mail") == sentence
        assert mail.logins
        assert mail.mails == []


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((503, '{"status": "unavailable", "error": "Missing: knowledge."}'), "is not well. Missing: knowledge."),
        ((200, "<html>"), "is not this bot; TANDEM_PORT or --url names its address."),
        ((200, "[]"), "is not this bot; TANDEM_PORT or --url names its address."),
        ((404, '{"error": "There is nothing here."}'), "is not this bot; TANDEM_PORT or --url names its address."),
    ],
)
def test_what_the_running_server_says_of_itself_is_told(
    deployment: Deployment, answer: tuple[int, str], sentence: str
) -> None:
    deployment.answer = answer

    assert deployment.of("server").startswith("MEND ")
    assert deployment.of("server").endswith(f"{deployment.url} {sentence}")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "nonsense"])
def test_a_server_that_does_not_run_is_told(deployment: Deployment, url: str) -> None:
    deployment.url = url

    assert deployment.of("server") == f"MEND No bot answers at {url}; make run starts it, --url names another."
