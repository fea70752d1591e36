"""The intent classifier on small made-up features: what it says, and what it says of nonsense."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
import scipy.sparse
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import feature_rows
from bot.nlu.intent_model import Nearness
from bot.nlu.similarity_classifier import SimilarityIntentClassifier

RESOURCE = Resource("intents")
CONTEXT = SimpleNamespace(node_name="intents")
WORDS = ["red", "green", "blue", "cat", "dog", "cow", "one", "two"]
COLOURS = ["red", "green blue", "red blue", "blue", "green"]
ANIMALS = ["cat", "dog cow", "cow", "cat dog"]
NUMBERS = ["one", "two", "one two"]


def message(text, intent=None, dense=True, sparse=True):
    """A message whose features count WORDS, as a featurizer before the classifier would set them."""
    made = Message({TEXT: text, **({INTENT: intent} if intent else {})})
    counts = np.array([[text.split().count(word) for word in WORDS]], dtype=np.float32)
    if dense:
        made.add_features(Features(counts, FEATURE_TYPE_SENTENCE, TEXT, "embedding"))
    if sparse:
        made.add_features(Features(scipy.sparse.coo_matrix(counts), FEATURE_TYPE_SENTENCE, TEXT, "words"))
    return made


def examples(**kinds):
    kinds = kinds or {"colour": COLOURS, "animal": ANIMALS, "number": NUMBERS}
    return [(text, intent) for intent, texts in kinds.items() for text in texts]


@pytest.fixture
def storage(tmp_path):
    return LocalModelStorage.create(tmp_path)


def trained(storage, data, config=None, **features):
    classifier = SimilarityIntentClassifier.create(config or {}, storage, RESOURCE, CONTEXT)
    classifier.train(TrainingData([message(text, intent, **features) for text, intent in data]))
    return classifier


def parsed(classifier, text, **features):
    (result,) = classifier.process([message(text, **features)])
    return result.as_dict(only_output_properties=True)


@pytest.mark.parametrize(
    "features", [{}, {"sparse": False}, {"dense": False}], ids=["both", "dense only", "sparse only"]
)
@pytest.mark.parametrize(
    ("text", "intent"), [("red", "colour"), ("red green", "colour"), ("cow cat", "animal"), ("two", "number")]
)
def test_the_likeliest_intent_comes_first(storage, features, text, intent):
    result = parsed(trained(storage, examples(), **features), text, **features)

    assert result["intent"]["name"] == intent
    assert result["intent_ranking"][0]["name"] == intent
    assert result["intent"]["confidence"] == result["intent_ranking"][0]["confidence"]


def test_the_ranking_tells_how_similar_each_intent_s_nearest_example_is(storage):
    ranking = parsed(trained(storage, examples()), "red cat")["intent_ranking"]

    similarities = {entry["name"]: entry["similarity"] for entry in ranking}
    assert similarities == pytest.approx({"colour": 0.5**0.5, "animal": 0.5**0.5, "number": 0.0}, abs=1e-6)


def test_the_nearest_examples_are_told_with_their_intents(storage):
    nearest = parsed(trained(storage, examples()), "cat dog cat")["nearest_examples"]

    assert [(entry["text"], entry["intent"]) for entry in nearest] == [
        ("cat dog", "animal"),
        ("cat", "animal"),
        ("dog cow", "animal"),
    ]
    assert [entry["similarity"] for entry in nearest] == pytest.approx([0.9487, 0.8944, 0.3162], abs=1e-4)


def test_the_confidence_falls_with_the_similarity(storage):
    plain = parsed(trained(storage, examples(), {"similarity_exponent": 0}), "red cow one two")
    lowered = parsed(trained(storage, examples()), "red cow one two")

    nearest = max(entry["similarity"] for entry in lowered["intent_ranking"])
    assert nearest == pytest.approx(0.5**0.5, abs=1e-6)
    assert lowered["intent"]["confidence"] == pytest.approx(plain["intent"]["confidence"] * nearest)


def test_what_was_never_seen_has_no_confidence(storage):
    result = parsed(trained(storage, examples()), "asdf qwer")

    assert result["intent"]["confidence"] == 0.0
    assert {entry["similarity"] for entry in result["intent_ranking"]} == {0.0}


def test_without_the_similarity_factor_probabilities_sum_to_one(storage):
    ranking = parsed(trained(storage, examples(), {"similarity_exponent": 0}), "red cat")["intent_ranking"]

    assert sum(entry["confidence"] for entry in ranking) == pytest.approx(1.0, abs=1e-6)


def test_a_rare_intent_is_not_drowned_by_a_frequent_one(storage):
    data = examples(colour=["red", "blue", "green"] * 30, animal=["cat"])

    assert parsed(trained(storage, data), "cat")["intent"]["name"] == "animal"


def test_two_intents_are_told_apart(storage):
    classifier = trained(storage, examples(colour=COLOURS, animal=ANIMALS))

    assert parsed(classifier, "blue")["intent"]["name"] == "colour"
    assert parsed(classifier, "cow")["intent"]["name"] == "animal"


def test_the_only_intent_is_as_sure_as_it_is_similar(storage):
    classifier = trained(storage, [("red blue", "colour")])

    assert parsed(classifier, "red blue")["intent"] == {"name": "colour", "confidence": pytest.approx(1.0)}
    assert parsed(classifier, "red")["intent"]["confidence"] == pytest.approx(0.5**0.5, abs=1e-6)


def test_one_example_an_intent_is_enough(storage):
    classifier = trained(storage, [("red", "colour"), ("cat", "animal"), ("one", "number")])

    assert parsed(classifier, "cat")["intent"]["name"] == "animal"


def test_examples_without_intent_or_features_are_left_out(storage):
    data = [message("red", "colour"), message("cat"), Message({TEXT: "", INTENT: "empty"})]
    classifier = SimilarityIntentClassifier.create({}, storage, RESOURCE, CONTEXT)
    classifier.train(TrainingData(data))

    assert [entry["name"] for entry in parsed(classifier, "cat")["intent_ranking"]] == ["colour"]


@pytest.mark.parametrize("data", [[], [Message({TEXT: "no features", INTENT: "colour"})]], ids=["none", "bare"])
def test_nothing_to_learn_from_leaves_every_intent_open(storage, data):
    classifier = SimilarityIntentClassifier.create({}, storage, RESOURCE, CONTEXT)

    assert classifier.train(TrainingData(data)) == RESOURCE
    assert parsed(classifier, "red") == {
        "text": "red",
        "intent": {"name": None, "confidence": 0.0},
        "intent_ranking": [],
        "nearest_examples": [],
    }


def test_a_message_without_features_has_no_intent(storage):
    result = parsed(trained(storage, examples()), "red", dense=False, sparse=False)

    assert result["intent"] == {"name": None, "confidence": 0.0}
    assert result["nearest_examples"] == []


def test_token_features_are_not_mistaken_for_sentence_features(storage):
    plain = parsed(trained(storage, examples()), "red")
    noisy = message("red")
    noisy.add_features(Features(np.ones((1, 5)), FEATURE_TYPE_SEQUENCE, TEXT, "embedding"))

    trained(storage, examples()).process([noisy])

    assert noisy.get(INTENT) == plain["intent"]


@pytest.mark.parametrize("features", [{}, {"dense": False}], ids=["both", "sparse only"])
def test_a_loaded_model_answers_as_the_trained_one(storage, features):
    classifier = trained(storage, examples(), **features)
    loaded = SimilarityIntentClassifier.load({}, storage, RESOURCE, CONTEXT)

    for text in ("red", "cow cat", "red one dog", "asdf"):
        assert parsed(loaded, text, **features) == parsed(classifier, text, **features)


def test_what_is_stored_holds_no_code(storage):
    trained(storage, examples())

    with storage.read_from(RESOURCE) as folder:
        assert sorted(file.name for file in folder.iterdir()) == ["intent_model.json", "intent_model.npz"]
        with np.load(folder / "intent_model.npz", allow_pickle=False) as arrays:
            assert {array.dtype.kind for array in arrays.values()} <= {"f", "i"}
        assert json.loads((folder / "intent_model.json").read_text())["intents"] == [
            "animal",
            "colour",
            "number",
        ]


def test_training_twice_gives_the_same_model(tmp_path):
    answers = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        answers.append(parsed(trained(LocalModelStorage.create(tmp_path / folder), examples()), "red cow two"))

    assert answers[0] == answers[1]


def test_loading_an_untrained_model_gives_a_classifier_that_knows_nothing(storage):
    loaded = SimilarityIntentClassifier.load({}, storage, Resource("never trained"), CONTEXT)

    assert parsed(loaded, "red")["intent"] == {"name": None, "confidence": 0.0}


def test_the_ranking_and_the_nearest_examples_can_be_cut_short(storage):
    result = parsed(trained(storage, examples(), {"ranking_length": 2, "nearest_examples": 1}), "red")

    assert len(result["intent_ranking"]) == 2
    assert len(result["nearest_examples"]) == 1


@pytest.mark.parametrize(
    ("config", "complaint"),
    [
        ({"epochs": 100}, "SimilarityIntentClassifier has no option epochs."),
        (
            {"ranking_length": "ten"},
            "SimilarityIntentClassifier: ranking_length must be a number, at least 0.",
        ),
        ({"sparse_weight": -1}, "SimilarityIntentClassifier: sparse_weight must be a number, at least 0."),
    ],
)
def test_a_wrong_option_is_refused(storage, config, complaint):
    with pytest.raises(InvalidConfigException, match=f"^{complaint}$"):
        SimilarityIntentClassifier.create(config, storage, RESOURCE, CONTEXT)


def with_second_opinion(text, intent=None):
    """A message that a second dense featurizer sees too: it knows only how the text begins."""
    made = message(text, intent, sparse=False)
    begins = np.array([[text.startswith(letter) for letter in "cdr"]], dtype=np.float32)
    made.add_features(Features(begins, FEATURE_TYPE_SENTENCE, TEXT, "beginnings"))
    return made


@pytest.fixture
def two_opinions(storage):
    classifier = SimilarityIntentClassifier.create({}, storage, RESOURCE, CONTEXT)
    data = [with_second_opinion(text, intent) for text, intent in examples(colour=COLOURS, animal=ANIMALS)]
    classifier.train(TrainingData(data))
    return classifier


def test_what_only_the_second_dense_featurizer_knows_is_learned(two_opinions):
    (result,) = two_opinions.process([with_second_opinion("calf")])

    assert [entry["name"] for entry in result.get("intent_ranking")] == ["animal", "colour"]


def test_messages_are_compared_by_the_first_dense_featurizer(two_opinions, storage):
    loaded = SimilarityIntentClassifier.load({}, storage, RESOURCE, CONTEXT)

    for classifier in (two_opinions, loaded):
        (result,) = classifier.process([with_second_opinion("cow red")])
        nearest = result.get("nearest_examples")
        assert [each["similarity"] for each in nearest] == pytest.approx([0.5**0.5, 0.5**0.5, 0.5], abs=1e-6)


@pytest.mark.parametrize(("exponent", "added"), [(1.0, [4.0, 2.0, 0.0]), (3.0, [4.0, 0.5, 0.0])])
def test_a_far_example_adds_little_to_its_intent(exponent, added):
    assert Nearness(4.0, exponent)(np.array([1.0, 0.5, 0.0], dtype=np.float32)).tolist() == added


def test_rare_words_weigh_more_than_frequent_ones():
    messages = [message("red"), message("red"), message("red blue")]

    idf = feature_rows.inverse_document_frequencies(messages, feature_rows.layout_of(messages[0]))

    assert dict(zip(WORDS, idf.tolist(), strict=True)) == pytest.approx(
        {word: {"red": 1.0, "blue": 1.6931}.get(word, 2.3863) for word in WORDS}, abs=1e-4
    )


def test_a_word_said_twice_counts_less_than_twice():
    once_and_twice = message("red blue blue")

    row = feature_rows.sparse_row(
        once_and_twice, feature_rows.layout_of(once_and_twice), np.ones(len(WORDS), dtype=np.float32)
    )

    assert row.columns.tolist() == [WORDS.index("red"), WORDS.index("blue")]
    assert row.values.tolist() == pytest.approx([0.5085, 0.8610], abs=1e-4)
