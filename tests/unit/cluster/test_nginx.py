"""nginx accepts its configuration, knows every replica, and apologises as the bot does."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import httpx

from bot.channels.apology import apology, sorry
from cluster.nginx import rendered, running
from tests.e2e.bots import free_port, wait_until

CLINIC = SimpleNamespace(name="O'Hara's $5 Clinic", phone="403-555-0100", email=None)
MESSAGES = "/webhooks/website/messages"


def test_nginx_accepts_it(tmp_path: Path) -> None:
    file = tmp_path / "nginx.conf"
    file.write_text(rendered(tmp_path, free_port(), [18101, 18102], CLINIC), encoding="utf-8")
    checked = subprocess.run(
        ["/usr/sbin/nginx", "-t", "-c", str(file), "-e", str(tmp_path / "error.log")], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr


def test_every_replica_is_in_it(tmp_path: Path) -> None:
    told = rendered(tmp_path, 18100, [18101, 18102, 18103], CLINIC)
    assert re.findall(r"server 127\.0\.0\.1:(\d+) ", told) == ["18101", "18102", "18103"]


def test_without_any_replica_it_says_whom_to_call(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path / "nginx", port, [free_port(), free_port()], CLINIC):
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
            wait_until(lambda: _answers(http))
            asked = http.post(MESSAGES, json={"id": "1", "text": "which goes first?"})
            listed = http.get("/webhooks/website/feedback")
            large = http.post(MESSAGES, content=b"x" * 20_000)
    assert (asked.status_code, asked.json()) == (200, apology(CLINIC)("en"))
    assert (listed.status_code, listed.json()) == (503, {"error": sorry(CLINIC)})
    assert (large.status_code, large.json()) == (413, {"error": "The request is too large."})


def _answers(http: httpx.Client) -> bool:
    try:
        return bool(http.get("/").status_code)
    except httpx.HTTPError:
        return False


def test_the_apologies_are_json(tmp_path: Path) -> None:
    said = re.findall(r"return (?:200|503) '(.*)';", rendered(tmp_path, 18100, [18101], CLINIC))
    assert [json.loads(each) for each in said] == [apology(CLINIC)("en"), {"error": sorry(CLINIC)}]
