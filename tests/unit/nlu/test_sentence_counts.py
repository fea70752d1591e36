"""The counting featurizer: stock Rasa's sentence features, without its features for each word."""

from types import SimpleNamespace

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.sentence_counts import SentenceCountsFeaturizer

CONTEXT = SimpleNamespace(node_name="counts", is_finetuning=False)
RESOURCE = Resource("counts")
TEXTS = ["Is it open on Sunday?", "open it on 24 May", "is it, is it", "nothing alike"]
WORDS = {"analyzer": "word", "min_ngram": 1, "max_ngram": 2}
CHARACTERS = {"analyzer": "char_wb", "min_ngram": 2, "max_ngram": 5}


def messages(texts):
    tokenizer = WhitespaceTokenizer.create(WhitespaceTokenizer.get_default_config(), None, None, None)
    return tokenizer.process([Message({TEXT: text}) for text in texts])


def counts_of(message):
    _, sentence = message.get_sparse_features(TEXT)
    return sentence.features.toarray().tolist()


def trained(kind, options, folder, texts=TEXTS):
    folder.mkdir()
    config = {**kind.get_default_config(), **options}
    storage = LocalModelStorage.create(folder)
    kind.create(config, storage, RESOURCE, CONTEXT).train(TrainingData(messages(texts)))
    return kind.load(config, storage, RESOURCE, CONTEXT)


@pytest.mark.parametrize("options", [WORDS, CHARACTERS])
def test_a_message_s_counts_are_stock_rasa_s(options, tmp_path):
    asked = [*TEXTS, "Open on 3 days", "what was never seen xyz"]
    ours = trained(SentenceCountsFeaturizer, options, tmp_path / "ours").process(messages(asked))
    stock = trained(CountVectorsFeaturizer, options, tmp_path / "stock").process(messages(asked))

    for one, other in zip(ours, stock, strict=True):
        _, counted = one.get_sparse_features(TEXT)
        _, expected = other.get_sparse_features(TEXT)
        np.testing.assert_array_equal(counted.features.toarray(), expected.features.toarray())


def test_single_words_get_no_features(tmp_path):
    (message,) = trained(SentenceCountsFeaturizer, WORDS, tmp_path / "ours").process(messages(["open on Sunday"]))

    sequence, _ = message.get_sparse_features(TEXT)
    assert sequence is None
    assert [feature.origin for feature in message.features] == ["counts"]


def test_training_examples_get_the_same_features_as_messages(tmp_path):
    featurizer = trained(SentenceCountsFeaturizer, WORDS, tmp_path / "ours")
    examples = TrainingData(messages(TEXTS))
    featurizer.process_training_data(examples)

    assert list(map(counts_of, examples.training_examples)) == list(map(counts_of, featurizer.process(messages(TEXTS))))


@pytest.mark.parametrize("given", [[], [Message({})], [Message({TEXT: ""})]])
def test_what_has_no_words_gets_no_features(given, tmp_path):
    featurizer = trained(SentenceCountsFeaturizer, WORDS, tmp_path / "ours")

    assert [message.features for message in featurizer.process(given)] == [[] for _ in given]


def test_untrained_it_adds_nothing(tmp_path):
    config = SentenceCountsFeaturizer.get_default_config()
    featurizer = SentenceCountsFeaturizer.create(config, LocalModelStorage.create(tmp_path), RESOURCE, CONTEXT)

    (message,) = featurizer.process(messages(["open on Sunday"]))
    assert message.features == []


def test_a_share_of_the_examples_keeps_every_word_of_a_few(tmp_path):
    featurizer = trained(SentenceCountsFeaturizer, {**WORDS, "min_df": 0.00015}, tmp_path / "ours")
    all_words = trained(SentenceCountsFeaturizer, WORDS, tmp_path / "all")

    assert featurizer.vectorizers[TEXT].vocabulary_ == all_words.vectorizers[TEXT].vocabulary_
