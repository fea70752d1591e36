"""Stand-ins for what is imported only when it is used."""

import subprocess
import sys

import pytest

from bot.server.lean.hook import LENT
from bot.server.lean.late import Late, lent


def test_a_stand_in_is_the_real_class_once_it_is_used():
    stand_in = Late("Fraction", "fractions")

    assert (stand_in(3, 4), stand_in.from_float(0.5)) == (stand_in._real()(3, 4), stand_in._real()(1, 2))


def test_it_is_lent_only_for_a_while():
    with lent({"no.such.module": ("Thing",)}):
        from no.such.module import Thing  # type: ignore[import-not-found]

    assert Thing.__name__ == "Thing"
    assert "no.such.module" not in sys.modules
    with pytest.raises(ModuleNotFoundError):
        Thing()


def test_what_is_imported_already_is_left_alone():
    with lent({"json": ("JSONDecoder",)}):
        import json

    assert json.loads("1") == 1


@pytest.mark.parametrize(("module", "described"), LENT["rasa.core.channels"].items())
def test_every_channel_of_rasa_is_there_under_its_name(module, described):
    from rasa.core.channels import BUILTIN_CHANNELS

    name, channel = described
    assert BUILTIN_CHANNELS[channel].__name__ == name


def test_serving_imports_no_channel_and_no_driver_that_is_not_used():
    code = (
        "import sys, bot.server.app; print(sorted({'pymongo', 'boto3', 'aiogram', 'questionary'} & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"


def test_another_channel_can_still_be_opened():
    from rasa.core.channels import BUILTIN_CHANNELS

    opened = BUILTIN_CHANNELS["callback"].from_credentials({"url": "http://localhost/"})
    late = BUILTIN_CHANNELS["mattermost"].from_credentials(
        {"url": "http://localhost/api/v4", "token": "x", "webhook_url": "http://localhost/"}
    )
    assert (opened.name(), late.name()) == ("callback", "mattermost")
