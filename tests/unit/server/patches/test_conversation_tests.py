import pytest
from rasa.core.test import WrongPredictionException, _collect_user_uttered_predictions
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

FOUND = [
    {"entity": "language", "value": "en", "start": 0, "end": 0},
    {"entity": "treatment", "value": "botox", "start": 0, "end": 5},
]


def compare(asked, understood):
    event = UserUttered("botox first?", intent={"name": asked}, entities=[])
    predicted = {"intent": {"name": understood}, "entities": FOUND}
    tracker = DialogueStateTracker.from_events("test", [])
    return _collect_user_uttered_predictions(event, predicted, tracker, fail_on_prediction_errors=True)


def test_a_test_conversation_need_not_repeat_the_entities():
    compared = compare("order", "order")
    assert (compared.intent_predictions, compared.entity_predictions) == (["order"], [])


def test_a_wrong_intent_fails_and_can_be_shown():
    with pytest.raises(WrongPredictionException, match="predicted: price"):
        compare("order", "price")
