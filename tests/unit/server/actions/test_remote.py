import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from rasa.utils.endpoints import ClientResponseError

from bot.server.actions.remote import RemoteActions, webhook_address
from bot.server.actions.server import bearer_token
from tests.waiting import hang

SAID = "my number is 403 555 0100"


@pytest.mark.parametrize(
    "given, called",
    [
        ("http://actions:5055", "http://actions:5055/webhook"),
        ("http://actions:5055/", "http://actions:5055/webhook"),
        ("http://actions:5055/webhook", "http://actions:5055/webhook"),
        ("https://clinic.example/bot/webhook", "https://clinic.example/bot/webhook"),
    ],
)
def test_an_address_that_names_the_server_only_is_completed(given, called):
    assert webhook_address(given) == called


def test_the_health_address_stands_beside_the_webhook():
    assert RemoteActions("http://actions:5055").health_address == "http://actions:5055/health"


async def answer(request):
    return web.json_response({"events": [], "responses": [{"text": request.headers.get("authorization")}]})


async def fail(request):
    return web.json_response({"error": "x", "request_body": SAID}, status=500)


async def reject(request):
    return web.json_response({"error": "Not now", "action_name": "order"}, status=400)


async def never(request):
    await hang()


@pytest.fixture
async def server():
    app = web.Application()
    for handler in (answer, fail, reject, never):
        app.router.add_post(f"/{handler.__name__}/webhook", handler)
    async with TestServer(app) as running:
        yield running


async def ask(server, place, secret=None):
    return await RemoteActions(str(server.make_url(f"/{place}/webhook")), secret).request(json={}, timeout=300)


async def test_the_server_is_shown_the_token_of_the_common_secret(server):
    with_secret = await ask(server, "answer", "a secret that both know")
    without = await ask(server, "answer")
    assert with_secret["responses"][0]["text"] == f"Bearer {bearer_token('a secret that both know')}"
    assert without["responses"][0]["text"] is None


async def test_an_error_is_told_by_its_status_alone(server):
    with pytest.raises(ClientResponseError) as failed:
        await ask(server, "fail")
    assert failed.value.status == 500
    assert SAID not in str(failed.value)


async def test_a_rejection_keeps_the_body_that_rasa_reads(server):
    with pytest.raises(ClientResponseError) as refused:
        await ask(server, "reject")
    assert (refused.value.status, b"Not now" in refused.value.text) == (400, True)


async def test_a_server_that_does_not_answer_is_given_up(server):
    with pytest.raises(asyncio.TimeoutError):
        await ask(server, "never")
