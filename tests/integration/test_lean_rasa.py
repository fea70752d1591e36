"""A small bot of this file's own, trained and served by lean Rasa: what holds for any bot on it."""

import asyncio
import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa_sdk.executor import ActionExecutor

from bot.server.actions.endpoint import actions
from bot.server.actions.in_process import InProcessActions
from bot.server.agent import load_agent
from bot.server.conversations.lock import HandOverLockStore
from bot.server.conversations.store import HonestTrackerStore
from bot.server.model_file import ModelError
from bot.settings import Settings

BIN = Path(sys.executable).parent
FILES = {
    "config.yml": """
recipe: default.v1
assistant_id: small
language: en
pipeline: [{name: WhitespaceTokenizer}, {name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
""",
    "domain.yml": """
version: "3.1"
intents: [order, fail]
actions: [action_count, action_fail]
responses:
  utter_count: [{text: "Turn {number}"}]
slots:
  turns: {type: float, initial_value: 0, influence_conversation: false, mappings: [{type: custom}]}
session_config: {session_expiration_time: 60, carry_over_slots_to_new_session: true}
""",
    "data.yml": """
version: "3.1"
nlu:
  - {intent: order, examples: "- first\\n- order\\n"}
  - {intent: fail, examples: "- explode\\n- boom\\n"}
rules:
  - {rule: order, steps: [{intent: order}, {action: action_count}]}
  - {rule: fail, steps: [{intent: fail}, {action: action_fail}]}
""",
}
TRAIN = ["train", "--quiet", "--skip-validation", "--data", "data.yml", "--fixed-model-name", "small"]
RUN_RASA = """
import sys
from rasa.__main__ import main
sys.argv = ["rasa", *sys.argv[1:]]
try:
    main()
finally:
    import rasa.core.run
    loaded = {name.partition(".")[0] for name in sys.modules}
    print("loaded:", sorted(loaded & {"tensorflow", "keras", "jax"}))
"""
TRAIN_EACH = """
import sys
from rasa.__main__ import main
train, configurations = sys.argv[1:-3], sys.argv[-3:]
for name in configurations:
    sys.argv = ["rasa", *train, "--config", name]
    try:
        main()
    except SystemExit as ended:
        print(f"ended with {ended.code}", flush=True)
    print("----", flush=True)
"""
REFUSED = {
    "DIETClassifier": "KeywordIntentClassifier",
    "ResponseSelector": "KeywordIntentClassifier",
    "TEDPolicy": "RulePolicy",
}
"""What needs TensorFlow, and what it stands in place of."""


async def count(dispatcher, tracker, domain):
    number = tracker.get_slot("turns") + 1
    await asyncio.sleep(0.002)
    dispatcher.utter_message(response="utter_count", number=int(number), answer={"topic": "order"})
    return [{"event": "slot", "name": "turns", "value": number, "timestamp": None}]


def fail(dispatcher, tracker, domain):
    raise ValueError(tracker.latest_message["text"])


def rasa(folder, *arguments, script=RUN_RASA):
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=folder, capture_output=True, text=True, timeout=600
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("small_bot")
    for name, text in FILES.items():
        (made / name).write_text(text)
    return made


@pytest.fixture(scope="module")
def training(folder):
    return rasa(folder, *TRAIN)


@pytest.fixture
def settings(tmp_path):
    return Settings.from_environment({"TANDEM_DATA_DIR": str(tmp_path)})


@pytest.fixture
def agent(training, folder, settings, monkeypatch):
    monkeypatch.setattr(InProcessActions, "of_package", classmethod(small_actions))
    return load_agent(settings, folder / "models" / "small.tar.gz")


def small_actions(cls):
    executor = ActionExecutor()
    executor.register_function("action_count", count)
    executor.register_function("action_fail", fail)
    return cls(executor)


async def say(agent, text, conversation="anna"):
    output = CollectingOutputChannel()
    await agent.handle_message(UserMessage(text, output, conversation))
    return [message["text"] for message in output.messages]


@pytest.mark.parametrize("package", ["tensorflow", "tensorflow-text", "keras", "jax"])
def test_tensorflow_and_its_family_are_not_installed(package):
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version(package)


def test_training_and_everything_that_serves_import_no_tensorflow(training):
    assert training.returncode == 0, training.stderr
    assert "loaded: []" in training.stdout


@pytest.fixture(scope="module")
def refusals(folder):
    """What Rasa says to each configuration that needs TensorFlow, and how it ends."""
    for name, used in REFUSED.items():
        (folder / f"{name}.yml").write_text(FILES["config.yml"].replace(used, name))
    run = rasa(folder, *TRAIN, "--out", "refused", *(f"{name}.yml" for name in REFUSED), script=TRAIN_EACH)
    assert "Traceback" not in run.stdout + run.stderr
    return dict(zip(REFUSED, run.stdout.split("----"), strict=False))


@pytest.mark.parametrize("name", REFUSED)
def test_a_configuration_that_needs_tensorflow_is_refused_in_one_sentence(refusals, name):
    assert f"{name} needs TensorFlow, which Tandem runs without: use " in refusals[name]
    assert refusals[name].endswith("ended with 1\n")


def test_rasa_typed_by_hand_is_lean_and_quiet(tmp_path):
    run = subprocess.run([BIN / "rasa", "--version"], cwd=tmp_path, capture_output=True, text=True, timeout=600)
    assert "Rasa Version      :         3.6.21" in run.stdout
    assert (run.returncode, run.stderr) == (0, "")


def test_the_agent_is_wired_to_the_honest_parts(agent):
    assert isinstance(agent.tracker_store, HonestTrackerStore)
    assert isinstance(agent.processor.tracker_store, HonestTrackerStore)
    assert isinstance(agent.lock_store, HandOverLockStore)
    assert isinstance(agent.processor.action_endpoint, InProcessActions)


async def test_a_conversation_goes_on_where_it_was_after_a_restart(agent, folder, settings):
    assert await say(agent, "order") == ["Turn 1"]
    restarted = load_agent(settings, folder / "models" / "small.tar.gz")
    assert await say(restarted, "order") == ["Turn 2"]


async def test_a_burst_is_answered_in_order_and_loses_nothing(agent):
    said = await asyncio.gather(*(say(agent, "order") for _ in range(8)))
    assert said == [[f"Turn {number}"] for number in range(1, 9)]


async def test_the_answers_details_are_kept_with_the_reply(agent):
    await say(agent, "order")
    tracker = await agent.tracker_store.retrieve("anna")
    reply = next(event for event in reversed(tracker.events) if event.type_name == "bot")
    assert reply.metadata["answer"] == {"topic": "order"}


async def test_a_failing_action_yields_nothing_and_the_next_turn_is_fine(agent):
    assert await say(agent, "explode") == []
    assert await say(agent, "order") == ["Turn 1"]


@pytest.mark.parametrize("method", ["retrieve", "save"])
async def test_a_store_that_fails_reaches_whoever_asked(agent, method, monkeypatch):
    async def refuse(*_):
        raise OSError("gone")

    monkeypatch.setattr(agent.tracker_store, method, refuse)
    with pytest.raises(OSError):
        await say(agent, "order")


def test_a_missing_model_is_told_in_one_sentence(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(InProcessActions, "of_package", classmethod(small_actions))
    with pytest.raises(ModelError, match="make train trains one"):
        load_agent(settings, tmp_path / "nothing.tar.gz")


def test_the_actions_are_elsewhere_where_the_settings_say_so(tmp_path):
    elsewhere = Settings.from_environment({"TANDEM_ACTIONS_URL": "http://actions:5055"})
    assert actions(elsewhere).url == "http://actions:5055/webhook"
