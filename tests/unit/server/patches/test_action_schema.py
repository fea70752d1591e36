import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction

from bot.server.patches.action_schema import OwnAnswer, is_valid

GOOD = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "first", "value": "botox"}], "responses": [{"text": "Hello"}]},
    {"responses": []},
    {},
]
BAD = [
    None,
    [],
    "an error page",
    {"events": None, "responses": []},
    {"events": [{"event": "slot"}], "responses": []},
    {"events": [], "responses": ["text"]},
]


@pytest.mark.parametrize("answer", GOOD)
def test_an_answer_that_rasa_can_read_is_valid(answer):
    jsonschema.validate(answer, RemoteAction.action_response_format_spec())
    assert RemoteAction("action_order", None)._validate_action_result(answer) is True


@pytest.mark.parametrize("answer", BAD)
def test_an_answer_that_the_stock_check_refuses_is_refused(answer):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(answer, RemoteAction.action_response_format_spec())
    with pytest.raises(jsonschema.ValidationError):
        RemoteAction("action_order", None)._validate_action_result(answer)


def test_rasa_itself_uses_the_compiled_schema():
    assert RemoteAction._validate_action_result is is_valid


def test_an_answer_of_this_process_is_taken_as_it_is():
    assert is_valid(None, OwnAnswer({"events": "none"})) is True
