import asyncio
import socket
import threading
from types import SimpleNamespace

import httpx
import pytest
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic
from sanic.touchup import TouchUp

from bot.database import engine
from bot.knowledge.load import load_files
from bot.server.actions.in_process import InProcessActions
from bot.server.actions.remote import RemoteActions
from bot.server.health import Watch, health_page, missing_parts, report
from bot.settings import PROJECT_ROOT


class Store:
    def __init__(self, bound=None):
        self.engine = bound

    def ping(self):
        pass


class BrokenStore(Store):
    def ping(self):
        raise OSError


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A database that holds the knowledge."""
    bound = engine(f"sqlite:///{tmp_path_factory.mktemp('health')}/tandem.db")
    load_files(bound, PROJECT_ROOT / "data" / "knowledge")
    yield bound
    bound.dispose()


def actions(*names):
    executor = ActionExecutor()
    executor.actions = dict.fromkeys(names, print)
    return InProcessActions(executor)


def agent(store=None, endpoint=None, ready=True):
    return SimpleNamespace(
        is_ready=lambda: ready,
        processor=object(),
        tracker_store=store or Store(),
        action_endpoint=endpoint or actions("action_order"),
    )


NOBODY = RemoteActions("http://127.0.0.1:1/webhook")


@pytest.mark.parametrize(
    "running, missing",
    [
        (agent(), []),
        (None, ["model"]),
        (agent(ready=False), ["model"]),
        (agent(store=BrokenStore()), ["conversation store"]),
        (agent(endpoint=actions()), ["actions"]),
        (agent(endpoint=NOBODY), ["actions"]),
        (agent(store=BrokenStore(), endpoint=NOBODY), ["conversation store", "actions"]),
    ],
)
async def test_the_parts_that_do_not_answer_are_named(running, missing, loaded):
    if running:
        running.tracker_store.engine = loaded
    assert await missing_parts(running) == missing


async def test_a_database_without_the_knowledge_is_named(tmp_path):
    empty = engine(f"sqlite:///{tmp_path}/empty.db")

    assert await missing_parts(agent(store=Store(empty))) == ["knowledge"]
    empty.dispose()


def test_all_well_is_ok():
    assert report([]) == {"status": "ok", "checked": ["model", "conversation store", "knowledge", "actions"]}


def test_what_is_missing_is_said_in_a_sentence():
    assert report(["conversation store", "actions"]) == {
        "status": "unavailable",
        "missing": ["conversation store", "actions"],
        "error": "Missing: conversation store, actions.",
    }


async def test_whoever_asks_is_told_the_last_result_at_once_and_the_next_probe_corrects_it(loaded):
    running, probes = agent(store=Store(loaded)), asyncio.Queue()
    running.is_ready = lambda: probes.put_nowait("begun") or True
    watch = Watch(seconds=0)
    watch.start(running)
    assert await watch.missing() == []
    running.tracker_store = BrokenStore(loaded)
    assert await watch.missing() == []
    while await watch.missing() == []:
        await probes.get()
    assert await watch.missing() == ["conversation store"]
    watch.stop()


async def test_the_log_is_told_once_of_a_part_that_stays_away(loaded, caplog):
    caplog.set_level("WARNING", logger="bot.server.health")
    running = agent(store=BrokenStore(loaded))
    known = await missing_parts(running)
    assert await missing_parts(running, known) == known
    assert [record.getMessage().split(":")[0] for record in caplog.records] == ["The conversation store did not answer"]


async def test_a_part_that_hangs_holds_up_nobody_who_asks(loaded):
    running = agent(store=Store(loaded))
    watch = Watch(seconds=0)
    watch.start(running)
    await watch.missing()
    hanging = threading.Event()
    running.tracker_store.ping = hanging.wait
    await asyncio.sleep(0)
    assert await asyncio.wait_for(watch.missing(), 1) == []
    watch.stop()
    hanging.set()


async def _nothing(**context):
    pass


async def test_the_page_probes_while_the_server_runs(loaded):
    Sanic._app_registry.clear()  # a name can be taken once a process
    app = Sanic("health", configure_logging=False)
    app.blueprint(health_page())
    app.add_signal(_nothing, "http.lifecycle.complete")  # what another test's server rewrote in Sanic asks for it
    app.ctx.agent = agent(store=Store(loaded))
    listening = socket.create_server(("127.0.0.1", 0))  # by its number Sanic would take port 8000, and share it
    server = await app.create_server(sock=listening, return_asyncio_server=True)
    await server.startup()
    TouchUp._registry.clear()  # it rewrites Sanic in place, which works once a process
    await server.before_start()
    await server.start_serving()
    await server.after_start()
    port = server.server.sockets[0].getsockname()[1]
    async with httpx.AsyncClient(trust_env=False) as http:
        told = await http.get(f"http://127.0.0.1:{port}/health")
    await server.before_stop()
    server.close()
    await server.wait_closed()
    assert (told.status_code, told.json()) == (200, report([]))
