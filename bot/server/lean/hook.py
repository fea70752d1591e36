"""The import hook that runs Rasa without TensorFlow, for every Python in this environment.

Rasa imports TensorFlow whenever it starts, although a pipeline without DIET, TED or ResponseSelector never
calls it: seconds of start, hundreds of megabytes of memory and over a gigabyte of disk for nothing. Only the
modules in ``COMPONENTS`` and ``CLASSES`` lead to it. Where TensorFlow is not installed, this hook puts a placeholder
in place of each, with classes of the same names that refuse in one sentence when a configuration asks for them.
Whoever installs TensorFlow gets the stock classes: the hook then leaves these modules alone.

``ADJUSTMENTS`` names the other changes: ``adjust`` of ``bot.server.patches`` is called right after Rasa's own module
was imported, in ``rasa shell`` and ``rasa run`` as in ``tandem serve``.

``install_hook`` has every Python of the environment call ``install`` at its start, before any import. That is why
this module imports nothing beyond the standard library and does its work on demand.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader, find_spec
from types import ModuleType, TracebackType

COMPONENTS = {
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier",),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector",),
    "rasa.core.policies.ted_policy": ("TEDPolicy",),
    "rasa.core.policies.unexpected_intent_policy": ("UnexpecTEDIntentPolicy",),
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": ("LanguageModelFeaturizer",),
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": ("ConveRTFeaturizer",),
}
"""The modules that import TensorFlow and hold graph components, with the names that the rest of Rasa asks for."""

CLASSES = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
}
"""The same for plain classes."""

ADJUSTMENTS = {
    "rasa.core.actions.action": "action_schema",
    "rasa.core.agent": "message_processor",
    "rasa.core.channels.console": "shell_console",
    "rasa.core.constants": "listening_address",
    "rasa.core.processor": "graph_runner",
    "rasa.core.test": "conversation_tests",
    "rasa.engine.training.hooks": "training_fingerprints",
    "rasa.shared.core.events": "event_types",
    "rasa.shared.importers.rasa": "training_reading",
    "rasa.shared.nlu.training_data.message": "training_copies",
    "rasa.utils.common": "rasa_warnings",
    "rasa.utils.endpoints": "endpoint_marker",
    "rasa_sdk.endpoint": "sdk_server",
    "sanic.app": "sanic_warnings",
}
"""A module of Rasa, and the module of ``bot.server.patches`` that changes it after its import."""

LENT = {
    "rasa.core.channels": {
        "rasa.core.channels.botframework": ("BotFrameworkInput", "botframework"),
        "rasa.core.channels.console": ("CmdlineInput", "cmdline"),
        "rasa.core.channels.facebook": ("FacebookInput", "facebook"),
        "rasa.core.channels.hangouts": ("HangoutsInput", "hangouts"),
        "rasa.core.channels.mattermost": ("MattermostInput", "mattermost"),
        "rasa.core.channels.rocketchat": ("RocketChatInput", "rocketchat"),
        "rasa.core.channels.slack": ("SlackInput", "slack"),
        "rasa.core.channels.socketio": ("SocketIOInput", "socketio"),
        "rasa.core.channels.telegram": ("TelegramInput", "telegram"),
        "rasa.core.channels.twilio": ("TwilioInput", "twilio"),
        "rasa.core.channels.twilio_voice": ("TwilioVoiceInput", "twilio_voice"),
        "rasa.core.channels.webexteams": ("WebexTeamsInput", "webexteams"),
    },
    "rasa.core.tracker_store": {
        "boto3.dynamodb.conditions": ("Key",),
        "pymongo.collection": ("Collection",),
    },
}
"""A module of Rasa, and what it imports that only other bots use: ``late`` has it imported when used."""

DEFERRED = frozenset({"rasa.utils.plotting"})
"""Modules of Rasa that wait for their first use: this one draws charts after a test, and brings matplotlib."""

QUIET_SETTINGS = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SANIC_HOST": "127.0.0.1",
    "RASA_SHELL_STREAM_READING_TIMEOUT_IN_SECONDS": "60",
}
"""Set where the environment does not say otherwise: no telemetry, no start-up noise, loopback, patience."""


def install() -> None:
    """Put the hook in front of the other importers, once, and set the quiet settings."""
    for name, value in QUIET_SETTINGS.items():
        os.environ.setdefault(name, value)
    if not any(isinstance(finder, LeanFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, LeanFinder())
        leave_quietly(sys.orig_argv)


def leave_quietly(arguments: Sequence[str]) -> None:
    """Have Ctrl-C end ``rasa shell`` without a stack trace, at whatever moment it comes.

    Args:
        arguments: The command line, the interpreter first.
    """
    if [os.path.basename(each) for each in arguments[1:3]] != ["rasa", "shell"]:
        return
    usual = sys.excepthook

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            print()
        else:
            usual(kind, error, trace)

    sys.excepthook = tell


def tensorflow_installed() -> bool:
    """Tell whether this environment has TensorFlow, without importing it."""
    return find_spec("tensorflow") is not None


class LeanFinder(MetaPathFinder):
    """Answers for the modules of the five tables and passes on every other."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a placeholder or an adjusted module; None leaves the search to the other importers."""
        if (fullname in COMPONENTS or fullname in CLASSES) and not tensorflow_installed():
            return ModuleSpec(fullname, PlaceholderLoader())
        if fullname in ADJUSTMENTS or fullname in LENT:
            return _adjusted(PathFinder.find_spec(fullname, path, target))
        return _deferred(PathFinder.find_spec(fullname, path, target)) if fullname in DEFERRED else None


class PlaceholderLoader(Loader):
    """Fills a module with placeholder classes."""

    def exec_module(self, module: ModuleType) -> None:
        """Create the classes; their modules are imported late because they themselves build on Rasa."""
        name = module.__name__
        kind = "refusing_components" if name in COMPONENTS else "refusing_classes"
        made_by = import_module(f"bot.server.lean.{kind}")
        for each in COMPONENTS.get(name) or CLASSES[name]:
            setattr(module, each, made_by.placeholder(each, name))


def _deferred(spec: ModuleSpec | None) -> ModuleSpec | None:
    """Have the module run when something of it is asked for."""
    if spec is not None and spec.loader is not None:
        spec.loader = LazyLoader(spec.loader)
    return spec


def _adjusted(spec: ModuleSpec | None) -> ModuleSpec | None:
    """Have the module adjusted as soon as its own loader has run it."""
    if spec is None or spec.loader is None:
        return spec
    run = spec.loader.exec_module

    def run_and_adjust(module: ModuleType) -> None:
        with import_module("bot.server.lean.late").lent(LENT.get(module.__name__, {})):
            run(module)
        if module.__name__ in ADJUSTMENTS:
            import_module(f"bot.server.patches.{ADJUSTMENTS[module.__name__]}").adjust(module)

    spec.loader.exec_module = run_and_adjust  # type: ignore[method-assign]
    return spec
