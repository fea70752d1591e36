from types import SimpleNamespace

import pytest
from rasa_sdk.executor import ActionExecutor

from bot.server.health import missing_parts, report
from bot.server.inprocess_actions import InProcessActions
from bot.server.remote_actions import RemoteActions


class Store:
    def ping(self):
        pass


class BrokenStore:
    def ping(self):
        raise OSError


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
async def test_the_parts_that_do_not_answer_are_named(running, missing):
    assert await missing_parts(running) == missing


def test_all_well_is_ok():
    assert report([]) == {"status": "ok", "checked": ["model", "conversation store", "actions"]}


def test_what_is_missing_is_said_in_a_sentence():
    assert report(["conversation store", "actions"]) == {
        "status": "unavailable",
        "missing": ["conversation store", "actions"],
        "error": "Missing: conversation store, actions.",
    }
