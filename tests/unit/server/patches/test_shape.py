"""A place of Rasa that is not what its patch was written for is refused in one sentence."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from bot.server.lean.hook import ADJUSTMENTS
from bot.server.patches.shape import ChangedPlaceError, function, part


def changed(name: str, **held: Any) -> ModuleType:
    """A module of Rasa as another version might have it."""
    module = ModuleType(name)
    module.__dict__.update(held)
    return module


def adjust(module: ModuleType) -> None:
    import_module(f"bot.server.patches.{ADJUSTMENTS[module.__name__]}").adjust(module)


@pytest.mark.parametrize("place", ADJUSTMENTS)
def test_a_place_that_is_gone_is_refused_in_one_sentence(place: str) -> None:
    with pytest.raises(ChangedPlaceError) as refused:
        adjust(changed(place))
    assert str(refused.value).startswith(f"{place}.")
    assert str(refused.value).endswith("install the versions that requirements/run.txt names.")
    assert "\n" not in str(refused.value)


def other(new: object) -> None:
    """A function with other parameters."""


@pytest.mark.parametrize(
    ("place", "held", "what"),
    [
        (
            "rasa.core.actions.action",
            {"RemoteAction": SimpleNamespace(_validate_action_result=other)},
            "RemoteAction._validate_action_result does not take (self, result)",
        ),
        (
            "rasa.core.agent",
            {"MessageProcessor": SimpleNamespace(parse_message=other)},
            "MessageProcessor.parse_message does not take (self, message, tracker, only_output_properties)",
        ),
        ("rasa.core.channels.console", {"CmdlineInput": other}, "CmdlineInput is no type"),
        ("rasa.core.constants", {"DEFAULT_SERVER_INTERFACE": None}, "DEFAULT_SERVER_INTERFACE is no str"),
        (
            "rasa.core.processor",
            {"DaskGraphRunner": SimpleNamespace(run=other)},
            "DaskGraphRunner.run does not take (self, inputs, targets)",
        ),
        (
            "rasa.core.test",
            {"_collect_user_uttered_predictions": other},
            "_collect_user_uttered_predictions does not take (event, predicted, ",
        ),
        (
            "rasa.engine.training.hooks",
            {"TrainingHook": SimpleNamespace(on_before_node=other)},
            "TrainingHook.on_before_node does not take (self, node_name, ",
        ),
        (
            "rasa.shared.core.events",
            {"Event": SimpleNamespace(resolve_by_type=other)},
            "Event.resolve_by_type does not take (type_name, default)",
        ),
        (
            "rasa.shared.importers.rasa",
            {"RasaFileImporter": SimpleNamespace(get_nlu_data=other)},
            "RasaFileImporter.get_nlu_data does not take (self, language)",
        ),
        ("rasa.shared.nlu.training_data.message", {"Message": other}, "Message is no type"),
        ("rasa.utils.common", {"EXPECTED_WARNINGS": ()}, "EXPECTED_WARNINGS is no list"),
        (
            "rasa.utils.endpoints",
            {"EndpointConfig": SimpleNamespace(from_dict=other)},
            "EndpointConfig.from_dict does not take (data)",
        ),
        (
            "rasa_sdk.endpoint",
            {"plugin_manager": lambda: SimpleNamespace(hook=SimpleNamespace())},
            "plugin_manager has no hook attach_sanic_app_extensions",
        ),
    ],
)
def test_a_place_of_another_shape_is_refused(place: str, held: dict[str, Any], what: str) -> None:
    with pytest.raises(ChangedPlaceError) as refused:
        adjust(changed(place, **held))
    assert f"{place}.{what}" in str(refused.value)


def test_a_part_of_the_right_kind_is_given() -> None:
    module = changed("rasa.example", Thing=SimpleNamespace(size=3, take=other))

    assert part(module, "Thing.size", int) == 3
    assert function(module, "Thing.take", "new") is other
