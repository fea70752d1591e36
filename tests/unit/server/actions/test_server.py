import json
import logging
from types import SimpleNamespace

import pytest
from sanic import Sanic
from sanic.exceptions import NotFound

from bot.server.actions.server import FAILED, Extensions, answer_failure, bearer_token

SAID = "my number is 403 555 0100"
SECRET = "a secret that both know"


async def test_a_failure_is_answered_without_the_request_and_logged_by_its_place(caplog):
    with caplog.at_level(logging.ERROR):
        response = await answer_failure(SimpleNamespace(json={"tracker": SAID}), ValueError(SAID))
    assert (response.status, json.loads(response.body)) == (500, {"error": FAILED})
    assert SAID not in caplog.text
    assert "An action failed: ValueError" in caplog.text


async def test_a_wrong_address_keeps_its_status():
    response = await answer_failure(SimpleNamespace(), NotFound("nothing"))
    assert response.status == 404


def gate(monkeypatch, name):
    monkeypatch.setenv("TANDEM_SECRET_KEY", SECRET)
    app = Sanic(name, configure_logging=False)
    Extensions().attach_sanic_app_extensions(app)
    return app.request_middleware[0]


@pytest.mark.parametrize(
    "path, shown, served",
    [
        ("/webhook", f"Bearer {bearer_token(SECRET)}", True),
        ("/webhook", f"Bearer {bearer_token('another secret')}", False),
        ("/webhook", "Bearer é", False),
        ("/webhook", None, False),
        ("/actions", None, False),
        ("/health", None, True),
    ],
)
async def test_only_the_bot_that_shares_the_secret_is_served(path, shown, served, monkeypatch, request):
    headers = {} if shown is None else {"authorization": shown}
    check = gate(monkeypatch, f"gate_{abs(hash((path, shown)))}")
    refused = await check(SimpleNamespace(path=path, headers=headers))
    assert (refused is None) is served
    assert served or refused.status == 401


@pytest.mark.parametrize("secret, served", [(SECRET, True), (f"newer {SECRET}", True), ("another secret", False)])
async def test_while_the_secret_changes_the_bot_may_still_have_the_older_one(secret, served, monkeypatch):
    monkeypatch.setenv("TANDEM_SECRET_KEY", f"newer {SECRET}, {SECRET}")
    app = Sanic(f"rotating_{abs(hash(secret))}", configure_logging=False)
    Extensions().attach_sanic_app_extensions(app)
    shown = {"authorization": f"Bearer {bearer_token(f'{secret},older')}"}
    assert (await app.request_middleware[0](SimpleNamespace(path="/webhook", headers=shown)) is None) is served


def test_without_a_secret_nobody_is_asked_for_one(monkeypatch):
    monkeypatch.delenv("TANDEM_SECRET_KEY", raising=False)
    app = Sanic("no_gate", configure_logging=False)
    Extensions().attach_sanic_app_extensions(app)
    assert list(app.request_middleware) == []


async def test_a_secret_that_stands_in_a_file_is_asked_for_too(monkeypatch, tmp_path):
    (tmp_path / "key").write_text(SECRET + "\n")
    monkeypatch.delenv("TANDEM_SECRET_KEY", raising=False)
    monkeypatch.setenv("TANDEM_SECRET_KEY_FILE", str(tmp_path / "key"))
    app = Sanic("gate_of_file", configure_logging=False)
    Extensions().attach_sanic_app_extensions(app)
    check = app.request_middleware[0]
    known = {"authorization": f"Bearer {bearer_token(SECRET)}"}
    assert await check(SimpleNamespace(path="/webhook", headers=known)) is None
    assert (await check(SimpleNamespace(path="/webhook", headers={}))).status == 401
