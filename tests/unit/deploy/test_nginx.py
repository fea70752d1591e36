"""The site in front of the bot, as operators and the cluster have it: nginx itself, before stand-ins for processes."""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from bot.channels.apology import apology, sorry
from bot.channels.errors import TooManyError
from bot.channels.refusals import SENTENCES
from bot.channels.website import PER_ADDRESS
from cluster.nginx import NAME, Ports, command, lay_out, running
from cluster.replicas import NotStartedError
from cluster.running import free_ports
from tests.e2e.bots import wait_until
from tests.unit.deploy.validators import DEPLOY

CLINIC = SimpleNamespace(name="O'Hara's $5 Clinic", phone="403-555-0100", email=None)
LONG_PAGE = "<p>the same again</p>" * 200
MESSAGES, SESSION = "/webhooks/website/messages", "/webhooks/website/session"
FROM_HERE, FROM_ELSEWHERE = "127.0.0.1", "127.0.2.1"
"""Where calls come from: this machine itself, and what counts as another."""


class _Process(BaseHTTPRequestHandler):
    """Stands for a process of the bot: says which one it is and what it was told of the visitor."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._answer(LONG_PAGE if self.path == "/page" else json.dumps(self._told()))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.close_connection = self.server.breaks_off
        if not self.server.breaks_off:
            self._answer(json.dumps({**self._told(), "padding": "x" * 2000}))

    def _told(self) -> dict[str, str | None]:
        named = {key: self.headers.get(key) for key in ("X-Forwarded-For", "X-Forwarded-Proto", "Host")}
        return {"process": self.server.name, **named}

    def _answer(self, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if self.path == "/page" else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    name = ""
    breaks_off = False

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.connections: list[socket.socket] = []

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address

    def die(self) -> None:
        """Leave no connection open, as a process that is killed."""
        self.shutdown()
        self.server_close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@dataclass
class Site:
    """nginx with the site, and the processes behind it."""

    folder: Path
    ports: Ports
    processes: list[_Server]

    def client(self, port: int | None = None, caller: str = FROM_HERE) -> httpx.Client:
        """A visitor with TLS, or with the address of another port, from an address of this machine."""
        trusted = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        base = f"http://127.0.0.1:{port}" if port else f"https://127.0.0.1:{self.ports.tls}"
        way = httpx.HTTPTransport(verify=trusted, local_address=caller)
        client = httpx.Client(base_url=base, transport=way, headers={"Host": NAME})
        client.event_hooks["request"] = [lambda request: request.extensions.update({"sni_hostname": NAME})]
        return client


@contextmanager
def process(name: str, port: int = 0) -> Iterator[_Server]:
    server = _Server(("127.0.0.1", port), _Process)
    server.name = name
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.die()


@contextmanager
def served(folder: Path, processes: list[_Server], changed: Mapping[str, str] | None = None) -> Iterator[Site]:
    ports = Ports(*free_ports(3))
    lay_out(folder, ports, [each.server_port for each in processes] or free_ports(2), CLINIC)
    for old, new in (changed or {}).items():
        (file,) = (each for each in folder.glob("*/*.conf") if old in each.read_text())
        file.write_text(file.read_text().replace(old, new))
    with running(folder):
        yield Site(folder, ports, processes)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with process("a") as first, process("b") as second:
        with served(tmp_path_factory.mktemp("nginx") / "site", [first, second]) as site:
            yield site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay_out(tmp_path / "site", Ports(*free_ports(3)), [18101, 18102, 18103], CLINIC)
    return tmp_path / "site"


def test_nginx_finds_no_fault_in_the_site(folder: Path) -> None:
    checked = subprocess.run([*command(folder), "-t"], capture_output=True, text=True)

    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr


def test_every_process_is_in_it_under_the_same_rules(folder: Path) -> None:
    native, laid_out = (root / "tandem" / "upstream.conf" for root in (DEPLOY / "nginx", folder))
    (rules,) = re.findall(r"server 127\.0\.0\.1:8000 (.*);", native.read_text())

    assert re.findall(rf"server 127\.0\.0\.1:(\d+) {rules};", laid_out.read_text()) == ["18101", "18102", "18103"]


def test_an_nginx_that_does_not_start_says_why(folder: Path) -> None:
    (folder / "tandem" / "away.conf").write_text("retrun 503;\n")

    with pytest.raises(NotStartedError, match='unknown directive "retrun"'), running(folder):
        pass


def test_the_upstream_of_the_containers_differs_by_the_process_alone() -> None:
    files = ("tandem/upstream.conf", "upstream.compose.conf")
    native, compose = ((DEPLOY / "nginx" / file).read_text().partition("upstream tandem {")[2] for file in files)

    assert compose.replace("bot:8000", "127.0.0.1:8000") == native


def test_a_plain_request_is_led_to_tls(site: Site) -> None:
    with site.client(site.ports.redirect) as http:
        answer = http.get("/page?x=1")

    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{NAME}/page?x=1")


def test_a_page_is_compressed_and_bound_to_tls(site: Site) -> None:
    with site.client() as https:
        answer = https.get("/page")

    assert answer.text == LONG_PAGE
    assert (answer.headers["content-encoding"], answer.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert answer.headers["strict-transport-security"] == "max-age=63072000"
    assert answer.headers["server"] == "nginx"


def test_what_holds_a_token_beside_somebody_s_words_is_not_compressed(site: Site) -> None:
    with site.client() as https:
        answer = https.post(MESSAGES, json={"id": "1", "text": "hi"})

    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_an_old_tls_is_refused(site: Site, version: ssl.TLSVersion) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = old.maximum_version = version
    with socket.create_connection(("127.0.0.1", site.ports.tls)) as plain, pytest.raises(ssl.SSLError):
        old.wrap_socket(plain, server_hostname=NAME)


def test_a_conversation_stays_with_its_process_and_both_have_some(site: Site) -> None:
    answered: dict[str, set[str]] = {}
    with site.client() as https:
        for turn in range(60):
            conversation = f"Bearer {turn % 12}"
            told = https.post(MESSAGES, headers={"Authorization": conversation}, content=b"{}")
            answered.setdefault(conversation, set()).add(told.json()["process"])

    assert [len(processes) for processes in answered.values()] == [1] * 12
    assert set().union(*answered.values()) == {"a", "b"}


def test_a_visitor_s_address_is_the_proxy_s_word_alone(site: Site) -> None:
    with site.client() as https:
        told = https.post(SESSION, headers={"X-Forwarded-For": "203.0.113.9"}).json()

    assert (told["X-Forwarded-For"], told["X-Forwarded-Proto"], told["Host"]) == ("127.0.0.1", "https", NAME)


def test_a_large_body_is_refused_as_the_bot_would_refuse_it(site: Site) -> None:
    with site.client() as https:
        answer = https.post(MESSAGES, content=b"x" * 20_000)

    assert (answer.status_code, answer.json()) == (413, {"error": SENTENCES[413]})


def test_the_log_has_no_address_and_nothing_behind_a_question_mark(site: Site) -> None:
    with site.client() as https:
        https.get("/page/logged?number=403-555-0125")
    log = site.folder / "tandem.log"
    wait_until(lambda: "/logged" in log.read_text())
    lines = [json.loads(line) for line in log.read_text().splitlines()]

    assert {"method": "GET", "path": "/page/logged", "status": 200}.items() <= lines[-1].items()
    assert "0125" not in json.dumps(lines)
    assert not any("127.0.0.1" in str(value) for line in lines for key, value in line.items() if key != "process")


def test_without_its_process_another_takes_over_and_without_any_nginx_apologises(tmp_path: Path) -> None:
    with process("a") as first:
        with process("b") as second, served(tmp_path / "site", [first, second]) as site, site.client() as https:
            theirs = {"Authorization": f"Bearer {_of(https, 'b')}"}
            second.breaks_off = True
            asked_anew = https.post(MESSAGES, headers=theirs, content=b"{}")
            second.die()
            taken_over = https.post(MESSAGES, headers=theirs, content=b"{}")
            first.die()
            alone = https.post(MESSAGES, headers=theirs, content=b"{}")

    assert (asked_anew.json()["process"], taken_over.json()["process"]) == ("a", "a")
    assert (alone.status_code, alone.json()) == (200, apology(CLINIC)("en"))


def test_a_process_that_is_back_is_asked_at_once_so_that_the_next_may_go(tmp_path: Path) -> None:
    with process("a") as first, process("b") as second, served(tmp_path / "site", [first, second]) as site:
        with site.client() as https:
            theirs = {"Authorization": f"Bearer {_of(https, 'a')}"}
            first.die()
            meanwhile = https.post(MESSAGES, headers=theirs, content=b"{}")
            with process("a again", first.server_port):
                second.die()
                back = https.post(MESSAGES, headers=theirs, content=b"{}")

    assert [each.json().get("process") for each in (meanwhile, back)] == ["b", "a again"]


def _of(https: httpx.Client, name: str) -> int:
    """A conversation that a process has."""
    tries = ((n, https.post(MESSAGES, headers={"Authorization": f"Bearer {n}"}, content=b"{}")) for n in range(50))
    return next(n for n, answer in tries if answer.json()["process"] == name)


def test_without_any_process_it_says_whom_to_call_with_tls_and_without(tmp_path: Path) -> None:
    with served(tmp_path / "site", []) as site:
        for port in (None, site.ports.http):
            with site.client(port) as client:
                asked = client.post(f"{MESSAGES}?details=1", json={"id": "1", "text": "which goes first?"})
                others = [client.get(MESSAGES), client.post(SESSION), client.get("/page")]
                large = client.post(MESSAGES, content=b"x" * 20_000)

            assert (asked.status_code, asked.json()) == (200, apology(CLINIC)("en"))
            assert [(each.status_code, each.json()) for each in others] == [(503, {"error": sorry(CLINIC)})] * 3
            assert others[0].headers["retry-after"] == "5"
            assert large.status_code == 413


def test_before_a_clinic_is_named_it_says_911(tmp_path: Path) -> None:
    with served(tmp_path / "site", []) as site:
        pass
    shutil.copy(DEPLOY / "nginx" / "tandem" / "away.conf", site.folder / "tandem")
    with running(site.folder), site.client() as https:
        alone = https.post(MESSAGES, content=b"{}")

    assert alone.status_code == 503
    assert "911" in alone.json()["error"]


FEW = {
    **{"rate=20r/s": "rate=1r/m", "burst=100": "burst=2"},
    **{f"rate={PER_ADDRESS.per_second}r/s": "rate=1r/m", f"burst={PER_ADDRESS.burst}": "burst=2"},
}
"""The limits of pages, and those of calls, which are the bot's own, so low that a test can reach them."""


@pytest.mark.parametrize(
    ("path", "caller", "answered"),
    [
        ("/page", FROM_HERE, 3),
        (MESSAGES, FROM_ELSEWHERE, 3),
        pytest.param(MESSAGES, FROM_HERE, 5, id="this machine has no limit"),
        pytest.param("/webhooks/sms/inbound", FROM_ELSEWHERE, 5, id="nor have texts"),
    ],
)
def test_a_flood_is_refused_as_the_bot_would_refuse_it(tmp_path: Path, path: str, caller: str, answered: int) -> None:
    with process("a") as only, served(tmp_path / "site", [only], FEW) as site, site.client(caller=caller) as https:
        answers = [https.get(path) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200] * answered + [429] * (5 - answered)
    for refused in answers[answered:]:
        assert refused.headers["retry-after"] == "1"
        assert refused.json() == {"error": TooManyError(1).sentence}
