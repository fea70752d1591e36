"""The embedding model that ships, and the Rasa featurizer over it."""

from types import SimpleNamespace

import numpy as np
import pytest
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.minilm.encoder import SentenceEncoder, shared_encoder
from bot.nlu.minilm.files import (
    MODEL_SHA256,
    TOKENIZER_FILE,
    TOKENIZER_SHA256,
    EmbeddingModelError,
    converted_sha256,
    verified,
)
from bot.nlu.sentence_embedding import SentenceEmbeddingFeaturizer

ANY_STORAGE = None


def featurizer(**config):
    context = SimpleNamespace(node_name="embedding")
    return SentenceEmbeddingFeaturizer.create(config, ANY_STORAGE, ANY_STORAGE, context)


def vector_of(message):
    _, sentence = message.get_dense_features(TEXT)
    return sentence.features


def cosine(one, other):
    return float(shared_encoder().encode_one(one)[0] @ shared_encoder().encode_one(other)[0])


def test_a_vector_has_384_numbers_and_length_1():
    vector = shared_encoder().encode_one("Can I park there?")

    assert vector.shape == (1, 384)
    assert vector.dtype == np.float32
    assert float(np.linalg.norm(vector)) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(
    ("one", "other", "documented"),
    [
        ("The weather is lovely today.", "It's so sunny outside!", 0.6660),
        ("The weather is lovely today.", "He drove to the stadium.", 0.1046),
        ("It's so sunny outside!", "He drove to the stadium.", 0.1411),
    ],
)
def test_similarities_are_those_that_the_model_s_authors_document(one, other, documented):
    assert cosine(one, other) == pytest.approx(documented, abs=0.01)


def test_a_paraphrase_is_nearer_than_another_subject():
    question = "How long should I wait before the next appointment?"

    assert cosine(question, "When may I come again?") > cosine(question, "Do you sell bicycles?") + 0.2


def test_capitals_do_not_matter():
    assert cosine("HELLO THERE", "hello there") == pytest.approx(1.0, abs=1e-6)


def test_what_comes_after_128_tokens_is_cut_off():
    assert cosine("word " * 500, "word " * 600) == pytest.approx(1.0, abs=1e-6)


def test_a_batch_gives_the_same_vectors_as_one_text_at_a_time():
    texts = ["short", "a somewhat longer sentence about nothing", "x", "four words are here"] * 6
    one_by_one = np.vstack([shared_encoder().encode_one(text) for text in texts])

    np.testing.assert_allclose(shared_encoder().encode(texts), one_by_one, atol=1e-5)


def test_no_texts_give_no_vectors():
    assert shared_encoder().encode([]).shape == (0, 384)


def test_the_process_has_one_encoder():
    assert shared_encoder() is shared_encoder()


def test_a_missing_model_file_is_named(tmp_path):
    with pytest.raises(EmbeddingModelError, match=r"model\.onnx is missing"):
        SentenceEncoder(tmp_path / "model.onnx", TOKENIZER_FILE)


def test_a_model_file_other_than_the_converted_one_is_refused(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"another model")
    (tmp_path / "model.sha256").write_text(converted_sha256())

    with pytest.raises(EmbeddingModelError, match=r"model\.onnx has an unexpected sha256"):
        SentenceEncoder(tmp_path / "model.onnx", TOKENIZER_FILE)


def test_a_changed_tokenizer_is_refused(tmp_path):
    changed = tmp_path / "tokenizer.json"
    changed.write_bytes(TOKENIZER_FILE.read_bytes() + b" ")

    with pytest.raises(EmbeddingModelError, match=r"tokenizer\.json has an unexpected sha256"):
        verified(changed, TOKENIZER_SHA256)


def test_the_notice_names_the_files_by_their_hashes():
    notice = TOKENIZER_FILE.with_name("NOTICE").read_text(encoding="utf-8")

    assert TOKENIZER_SHA256 in notice
    assert MODEL_SHA256 in notice
    assert "Apache License, Version 2.0" in notice


def test_a_message_gets_one_sentence_feature():
    (message,) = featurizer().process([Message({TEXT: "hello there"})])

    sequence, sentence = message.get_dense_features(TEXT)
    assert sequence is None
    assert [feature.origin for feature in message.features] == ["embedding"]
    np.testing.assert_array_equal(sentence.features, shared_encoder().encode_one("hello there"))


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


def test_another_model_would_be_another_fingerprint():
    assert SentenceEmbeddingFeaturizer.fingerprint_addon({}) == converted_sha256() + TOKENIZER_SHA256
