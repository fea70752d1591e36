import json
import logging
from datetime import date

import pytest
from rasa.utils.endpoints import ClientResponseError
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.server.actions.in_process import ActionsError, InProcessActions
from tests.waiting import hang

SAID = "my number is 403 555 0100"


def say_hello(dispatcher, tracker, domain):
    dispatcher.utter_message(text=f"Hello {tracker.sender_id}")
    return [{"event": "slot", "name": "greeted", "value": True, "timestamp": None}]


def reject(dispatcher, tracker, domain):
    raise ActionExecutionRejection("reject", "Not now")


def fail(dispatcher, tracker, domain):
    raise ValueError(SAID)


def answer_what_json_cannot_hold(dispatcher, tracker, domain):
    return [{"event": "slot", "name": "day", "value": date(2026, 11, 22)}]


async def never_answer(dispatcher, tracker, domain):
    await hang()


@pytest.fixture
def actions():
    executor = ActionExecutor()
    for action in (say_hello, reject, fail, answer_what_json_cannot_hold, never_answer):
        executor.register_function(action.__name__, action)
    return InProcessActions(executor)


def call(name):
    tracker = {"sender_id": "anna", "slots": {}, "events": [], "latest_message": {"text": SAID}}
    return {"next_action": name, "tracker": tracker}


async def test_an_action_answers_as_over_http(actions):
    answer = await actions.request(json=call("say_hello"), method="post", timeout=300, compress=False)
    assert answer["events"] == [{"event": "slot", "name": "greeted", "value": True, "timestamp": None}]
    assert [response["text"] for response in answer["responses"]] == ["Hello anna"]


async def test_an_action_is_warmed_up_for_nobody_and_may_fail_at_it(actions):
    heard = []
    actions.executor.register_function("hear", lambda dispatcher, tracker, domain: heard.append(tracker.sender_id))
    await actions.warm_up("hear")
    await actions.warm_up("fail")
    assert heard == ["nobody"]


async def test_a_rejection_is_the_400_that_rasa_expects(actions):
    with pytest.raises(ClientResponseError) as refused:
        await actions.request(json=call("reject"))
    assert refused.value.status == 400
    assert json.loads(refused.value.text)["action_name"] == "reject"


@pytest.mark.parametrize("name", ["fail", "answer_what_json_cannot_hold", "never_answer", "unheard_of"])
async def test_every_failure_is_a_500_that_tells_nothing_of_the_conversation(actions, name, caplog):
    with caplog.at_level(logging.INFO), pytest.raises(ClientResponseError) as failed:
        await actions.request(json=call(name))
    assert failed.value.status == 500
    assert SAID not in str(failed.value) + caplog.text
    assert f"The action {name} failed" in caplog.text


def test_the_domain_does_not_travel_with_every_call(actions):
    assert actions.kwargs == {"enable_selective_domain": True}


def test_a_package_that_cannot_be_imported_is_named_in_one_sentence():
    with pytest.raises(ActionsError, match="The actions in 'no_such_package' cannot be loaded: SystemExit"):
        InProcessActions.of_package("no_such_package")
