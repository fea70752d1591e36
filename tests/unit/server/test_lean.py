import importlib
import sys

import pytest

from bot.server import lean
from bot.server.placeholders import NeedsTensorFlow, Refusing, placeholder


@pytest.mark.parametrize("module, names", lean.PLACEHOLDERS.items())
def test_each_module_that_leads_to_tensorflow_is_there_with_its_names(module, names):
    loaded = importlib.import_module(module)
    assert [name for name in names if not isinstance(getattr(loaded, name), type)] == []
    assert isinstance(loaded.__spec__.loader, lean.PlaceholderLoader)


@pytest.mark.parametrize("module", ["rasa.nlu.classifiers.diet_classifier", "rasa.core.policies.ted_policy"])
def test_whoever_installs_tensorflow_gets_the_stock_modules(module, monkeypatch):
    monkeypatch.setattr(lean, "tensorflow_installed", lambda: True)
    assert lean.LeanFinder().find_spec(module, None) is None


@pytest.mark.parametrize("module", ["rasa.core.policies.rule_policy", "json", "tensorflow"])
def test_every_other_module_is_left_to_the_other_importers(module):
    assert lean.LeanFinder().find_spec(module, None) is None


def test_installing_the_hook_twice_puts_it_in_once():
    lean.install()
    lean.install()
    assert [type(finder) for finder in sys.meta_path].count(lean.LeanFinder) == 1


def test_the_quiet_settings_do_not_override_the_environment(monkeypatch):
    monkeypatch.setenv("SANIC_HOST", "0.0.0.0")
    monkeypatch.delenv("RASA_TELEMETRY_ENABLED")
    lean.install()
    assert (lean.os.environ["SANIC_HOST"], lean.os.environ["RASA_TELEMETRY_ENABLED"]) == ("0.0.0.0", "false")


@pytest.mark.parametrize("target, adjuster", lean.ADJUSTMENTS.items())
def test_every_adjustment_names_a_module_of_rasa_and_one_of_ours(target, adjuster):
    assert importlib.import_module(target)
    assert callable(importlib.import_module(adjuster).adjust)


@pytest.mark.parametrize(
    "name, sentence",
    [
        (
            "DIETClassifier",
            "DIETClassifier needs TensorFlow, which Tandem runs without: "
            "use a classifier of bot.nlu, or install tensorflow.",
        ),
        (
            "TEDPolicy",
            "TEDPolicy needs TensorFlow, which Tandem runs without: use RulePolicy, or install tensorflow.",
        ),
    ],
)
def test_a_component_refuses_in_one_sentence_as_soon_as_rasa_asks_about_it(name, sentence):
    refusing = type(name, (placeholder("TEDPolicy", "here"),), {})
    with pytest.raises(NeedsTensorFlow, match="^" + sentence + "$"):
        refusing.supported_languages()
    with pytest.raises(NeedsTensorFlow):
        refusing.create({}, None, None, None)


def test_a_plain_class_refuses_to_be_made_into_an_object():
    made = placeholder("RasaBatchDataGenerator", "here")
    assert issubclass(made, Refusing)
    with pytest.raises(NeedsTensorFlow, match="RasaBatchDataGenerator needs TensorFlow"):
        made()
