"""What a training without a cache is spared."""

from copy import deepcopy
from types import SimpleNamespace

import pytest

from bot.server.patches import training_copies, training_fingerprints, training_reading

SIZES = pytest.mark.parametrize(("cache_size", "spared"), [("0", True), ("1000", False)])


class StockHook:
    def on_before_node(self, node_name, execution_context, config, received_inputs):
        return {"fingerprint_key": "abc"}

    def on_after_node(self, node_name, execution_context, config, output, input_hook_data):
        return "kept"


class StockImporter:
    def __init__(self):
        self.readings = []

    def get_nlu_data(self, language="en"):
        self.readings.append(language)
        return object()


@SIZES
def test_only_a_training_without_a_cache_takes_no_fingerprints(cache_size, spared, monkeypatch):
    monkeypatch.setenv("RASA_MAX_CACHE_SIZE", cache_size)
    hook = type("TrainingHook", (StockHook,), {})
    training_fingerprints.adjust(SimpleNamespace(__name__="rasa.engine.training.hooks", TrainingHook=hook))
    assert hook().on_before_node("node", None, {}, {}) == ({} if spared else {"fingerprint_key": "abc"})
    assert hook().on_after_node("node", None, {}, [], {}) == (None if spared else "kept")


@SIZES
def test_only_a_training_without_a_cache_shares_its_examples(cache_size, spared, monkeypatch):
    monkeypatch.setenv("RASA_MAX_CACHE_SIZE", cache_size)
    message = type("Message", (), {})
    training_copies.adjust(SimpleNamespace(__name__="rasa.shared.nlu.training_data.message", Message=message))
    examples = [message()]
    copied = deepcopy(examples)
    assert copied is not examples
    assert (copied[0] is examples[0]) is spared


@SIZES
def test_only_a_training_without_a_cache_reads_its_examples_once(cache_size, spared, monkeypatch):
    monkeypatch.setenv("RASA_MAX_CACHE_SIZE", cache_size)
    kind = type("RasaFileImporter", (StockImporter,), {"get_nlu_data": StockImporter.get_nlu_data})
    training_reading.adjust(SimpleNamespace(__name__="rasa.shared.importers.rasa", RasaFileImporter=kind))
    importer = kind()
    assert (importer.get_nlu_data() is importer.get_nlu_data("en")) is spared
    importer.get_nlu_data(language="fr")
    assert importer.readings == (["en", "fr"] if spared else ["en", "en", "fr"])
    assert kind().get_nlu_data() is not importer.get_nlu_data()
