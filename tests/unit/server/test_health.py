from types import SimpleNamespace

import pytest
from rasa_sdk.executor import ActionExecutor

from bot.database import engine
from bot.knowledge.load import load_files
from bot.server.actions.in_process import InProcessActions
from bot.server.actions.remote import RemoteActions
from bot.server.health import missing_parts, report
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
