"""The environment file has every setting, once, as the bot reads them."""

from __future__ import annotations

import re

from bot.settings import NAMES, Settings, unknown_settings
from tests.unit.deploy.validators import DEPLOY

LINES = (DEPLOY / "tandem.env").read_text(encoding="utf-8").splitlines()
SETTING = re.compile(r"#?(TANDEM_[A-Z_]+)=(.*)")


def test_every_setting_stands_in_it_once_and_nothing_else() -> None:
    listed = [found[1] for line in LINES if (found := SETTING.fullmatch(line))]

    assert sorted(listed) == sorted(NAMES)


def test_a_line_is_a_setting_a_sentence_or_empty() -> None:
    assert [line for line in LINES if line and not SETTING.fullmatch(line) and not line.startswith("# ")] == []


def test_the_bot_takes_it_as_it_is() -> None:
    given = dict(line.split("=", 1) for line in LINES if line.startswith("TANDEM_"))
    settings = Settings.from_environment(given)

    assert unknown_settings(given) == []
    assert (settings.port, settings.metrics_port, str(settings.data_dir)) == (8000, 9464, "/var/lib/tandem")
