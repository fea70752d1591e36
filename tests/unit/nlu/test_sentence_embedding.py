"""The Rasa featurizer over a sentence encoder."""

from types import SimpleNamespace

import numpy as np
import pytest
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoders.shared import fingerprint, shared_encoder
from bot.nlu.sentence_embedding import SentenceEmbeddingFeaturizer

ANY_STORAGE = None


def featurizer(**config):
    context = SimpleNamespace(node_name="embedding")
    return SentenceEmbeddingFeaturizer.create(config, ANY_STORAGE, ANY_STORAGE, context)


def vector_of(message):
    _, sentence = message.get_dense_features(TEXT)
    return sentence.features


@pytest.mark.parametrize(("config", "name"), [({}, "minilm"), ({"encoder": "universal"}, "universal")])
def test_a_message_gets_one_sentence_feature_of_the_encoder(config, name):
    (message,) = featurizer(**config).process([Message({TEXT: "hello there"})])

    sequence, sentence = message.get_dense_features(TEXT)
    assert sequence is None
    assert [feature.origin for feature in message.features] == ["embedding"]
    np.testing.assert_array_equal(sentence.features, shared_encoder(name).encode(["hello there"]))


def test_training_and_running_give_the_same_feature():
    text = "is it open on sunday"
    examples = [Message({TEXT: text}), Message({TEXT: "something else, and a good deal longer"})]

    featurizer().process_training_data(TrainingData(examples))
    (message,) = featurizer().process([Message({TEXT: text})])

    np.testing.assert_allclose(vector_of(examples[0]), vector_of(message), atol=1e-5)


@pytest.mark.parametrize("data", [{}, {TEXT: ""}, {TEXT: "  \n"}])
def test_a_message_without_text_gets_no_feature(data):
    message = Message(data)

    featurizer().process([message])
    featurizer().process_training_data(TrainingData([message]))

    assert message.get_dense_features(TEXT) == (None, None)


def test_an_alias_names_the_feature():
    (message,) = featurizer(alias="meaning").process([Message({TEXT: "hello"})])

    assert [feature.origin for feature in message.features] == ["meaning"]


def test_an_unknown_option_is_refused():
    with pytest.raises(InvalidConfigException, match="has no option pooling"):
        featurizer(pooling="max")


def test_an_unknown_encoder_is_refused():
    with pytest.raises(InvalidConfigException, match="encoder must be one of minilm, universal"):
        SentenceEmbeddingFeaturizer.validate_config({"encoder": "bert"})


@pytest.mark.parametrize(("config", "name"), [({}, "minilm"), ({"encoder": "universal"}, "universal")])
def test_another_model_would_be_another_fingerprint(config, name):
    assert SentenceEmbeddingFeaturizer.fingerprint_addon(config) == fingerprint(name)
