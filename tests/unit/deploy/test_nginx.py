"""The site in front of the bot, run by nginx itself before stand-ins for the bot's processes."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from scripts.nginx_site import Ports, lay_out
from tests.unit.deploy.validators import DEPLOY, FOLDERS, run

HOST = "chat.clinic.example"
STARTS_WITHIN = 60
LONG_PAGE = "<p>the same again</p>" * 200
MESSAGES, SESSION = "/webhooks/website/messages", "/webhooks/website/session"


class _Process(BaseHTTPRequestHandler):
    """Stands for a process of the bot: says which one it is and what it was told of the visitor."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._answer(LONG_PAGE if self.path == "/page" else json.dumps(self._told()))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
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

    def client(self, address: str = "https") -> httpx.Client:
        trusted = ssl.create_default_context(cafile=str(self.folder / "site.crt"))
        port = self.ports.tls if address == "https" else self.ports.plain
        base, name = f"{address}://127.0.0.1:{port}", {"sni_hostname": HOST}
        client = httpx.Client(base_url=base, verify=trusted, trust_env=False, headers={"Host": HOST})
        client.event_hooks["request"] = [lambda request: request.extensions.update(name)]
        return client


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def process(name: str) -> Iterator[_Server]:
    server = _Server(("127.0.0.1", 0), _Process)
    server.name = name
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.die()


@contextmanager
def served(folder: Path, processes: list[_Server], changed: Mapping[str, str] | None = None) -> Iterator[Site]:
    ports = Ports(free_port(), free_port())
    command = lay_out(folder, ports, [f"127.0.0.1:{each.server_port}" for each in processes])
    for old, new in (changed or {}).items():
        file = folder / "conf.d" / "tandem.conf"
        file.write_text(file.read_text().replace(old, new))
    program = shutil.which(command[0], path=":".join(FOLDERS))
    if not program:
        pytest.fail("nginx is not installed; type: sudo make debian-packages")
    with (folder / "said.txt").open("w") as said:
        nginx = subprocess.Popen([program, *command[1:]], stdout=said, stderr=said)
    try:
        deadline = time.monotonic() + STARTS_WITHIN
        while not _listens(ports.tls):
            assert nginx.poll() is None and time.monotonic() < deadline, (folder / "said.txt").read_text()
            time.sleep(0.05)
        yield Site(folder, ports, processes)
    finally:
        nginx.terminate()
        nginx.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with process("a") as first, process("b") as second:
        with served(tmp_path_factory.mktemp("nginx") / "site", [first, second]) as running:
            yield running


def test_nginx_finds_no_fault_in_the_site_as_it_is_copied(tmp_path: Path) -> None:
    lay_out(tmp_path / "site", Ports(free_port(), free_port()), ["127.0.0.1:8000"])
    checked = run("nginx", "-t", "-p", tmp_path / "site", "-c", tmp_path / "site" / "nginx.conf")

    assert checked.returncode == 0, checked.stdout
    assert "[warn]" not in checked.stdout


def test_the_upstream_of_the_containers_differs_by_the_process_alone() -> None:
    files = ("tandem/upstream.conf", "upstream.compose.conf")
    native, compose = ((DEPLOY / "nginx" / file).read_text().partition("upstream tandem {")[2] for file in files)

    assert compose.replace("bot:8000", "127.0.0.1:8000") == native


def test_a_plain_request_is_led_to_tls(site: Site) -> None:
    with site.client("http") as http:
        answer = http.get("/page?x=1")

    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{HOST}/page?x=1")


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
        old.wrap_socket(plain, server_hostname=HOST)


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

    assert (told["X-Forwarded-For"], told["X-Forwarded-Proto"], told["Host"]) == ("127.0.0.1", "https", HOST)


def test_a_large_body_is_refused_as_the_bot_would_refuse_it(site: Site) -> None:
    with site.client() as https:
        answer = https.post(MESSAGES, content=b"x" * 20_000)

    assert (answer.status_code, answer.json()) == (413, {"error": "The request is too large."})


def test_the_log_has_no_address_and_nothing_behind_a_question_mark(site: Site) -> None:
    with site.client() as https:
        https.get("/page?number=403-555-0125")
    lines = [json.loads(line) for line in (site.folder / "tandem.log").read_text().splitlines()]

    assert {"method": "GET", "path": "/page", "status": 200}.items() <= lines[-1].items()
    assert "0125" not in json.dumps(lines)
    assert not any("127.0.0.1" in str(value) for line in lines for key, value in line.items() if key != "process")


def test_without_its_process_another_takes_over_and_without_any_the_answer_says_so(tmp_path: Path) -> None:
    with process("a") as first:
        with process("b") as second, served(tmp_path / "site", [first, second]) as site, site.client() as https:
            theirs = {"Authorization": f"Bearer {_of(https, 'b')}"}
            second.die()
            taken_over = https.post(MESSAGES, headers=theirs, content=b"{}")
            first.die()
            alone = https.post(MESSAGES, headers=theirs, content=b"{}")

    assert taken_over.json()["process"] == "a"
    assert (alone.status_code, alone.headers["retry-after"]) == (503, "5")
    assert "911" in alone.json()["error"]


def _of(https: httpx.Client, name: str) -> int:
    """A conversation that a process has."""
    tries = ((n, https.post(MESSAGES, headers={"Authorization": f"Bearer {n}"}, content=b"{}")) for n in range(50))
    return next(n for n, answer in tries if answer.json()["process"] == name)


def test_a_flood_is_refused_as_the_bot_would_refuse_it(tmp_path: Path) -> None:
    slower = {"rate=20r/s": "rate=1r/m", "burst=100": "burst=2"}
    with process("a") as only, served(tmp_path / "site", [only], slower) as site, site.client() as https:
        answers = [https.get("/") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["retry-after"] == "1"
    assert answers[-1].json() == {"error": "Too many requests; please wait a moment."}
