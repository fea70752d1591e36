import importlib
import subprocess
import sys

import pytest

from bot.server.lean import hook, refusing_classes, refusing_components
from bot.server.lean.refusal import NeedsTensorFlow


@pytest.mark.parametrize("module, names", {**hook.COMPONENTS, **hook.CLASSES}.items())
def test_each_module_that_leads_to_tensorflow_is_there_with_its_names(module, names):
    loaded = importlib.import_module(module)
    assert [name for name in names if not isinstance(getattr(loaded, name), type)] == []
    assert isinstance(loaded.__spec__.loader, hook.PlaceholderLoader)


@pytest.mark.parametrize("module", ["rasa.nlu.classifiers.diet_classifier", "rasa.core.policies.ted_policy"])
def test_whoever_installs_tensorflow_gets_the_stock_modules(module, monkeypatch):
    monkeypatch.setattr(hook, "tensorflow_installed", lambda: True)
    assert hook.LeanFinder().find_spec(module, None) is None


@pytest.mark.parametrize("module", ["rasa.core.policies.rule_policy", "json", "tensorflow"])
def test_every_other_module_is_left_to_the_other_importers(module):
    assert hook.LeanFinder().find_spec(module, None) is None


def test_installing_the_hook_twice_puts_it_in_once():
    hook.install()
    hook.install()
    assert [type(finder) for finder in sys.meta_path].count(hook.LeanFinder) == 1


def test_the_quiet_settings_do_not_override_the_environment(monkeypatch):
    monkeypatch.setenv("SANIC_HOST", "0.0.0.0")
    monkeypatch.delenv("RASA_TELEMETRY_ENABLED")
    hook.install()
    assert (hook.os.environ["SANIC_HOST"], hook.os.environ["RASA_TELEMETRY_ENABLED"]) == ("0.0.0.0", "false")


@pytest.mark.parametrize("target, adjuster", hook.ADJUSTMENTS.items())
def test_every_adjustment_names_a_module_of_rasa_and_one_of_ours(target, adjuster):
    assert importlib.import_module(target)
    assert callable(importlib.import_module(f"bot.server.patches.{adjuster}").adjust)


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
    refusing = type(name, (refusing_components.placeholder("TEDPolicy", "here"),), {})
    with pytest.raises(NeedsTensorFlow, match="^" + sentence + "$"):
        refusing.supported_languages()
    with pytest.raises(NeedsTensorFlow):
        refusing.create({}, None, None, None)


def test_a_plain_class_refuses_to_be_made_into_an_object():
    made = refusing_classes.placeholder("RasaBatchDataGenerator", "here")
    assert issubclass(made, refusing_classes.Refusing)
    with pytest.raises(NeedsTensorFlow, match="RasaBatchDataGenerator needs TensorFlow"):
        made()


IMPORTED_AND_USED = """
import sys
import rasa.nlu.test
before = "matplotlib" in sys.modules
rasa.nlu.test.plot_utils.plot_curve
print(before, "matplotlib" in sys.modules)
"""


def test_what_draws_charts_is_loaded_when_somebody_draws():
    done = subprocess.run([sys.executable, "-c", IMPORTED_AND_USED], capture_output=True, text=True, check=True)
    assert done.stdout == "False True\n"
