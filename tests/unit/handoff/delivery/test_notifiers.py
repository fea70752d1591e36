"""The ways out that the settings name; a library that none of them needs is not loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.handoff.delivery.console import Console
from bot.handoff.delivery.mail import Mail
from bot.handoff.delivery.notifiers import notifiers
from bot.handoff.delivery.webhook import Webhook
from bot.handoff.ways import ways_out
from bot.settings import PROJECT_ROOT, Settings

MAIL = {"TANDEM_SMTP_URL": "smtp://mail.example", "TANDEM_MAIL_TO": "desk@clinic.example"}
WEBHOOK = {"TANDEM_WEBHOOK_URL": "https://crm.example/hook", "TANDEM_WEBHOOK_SECRET": "a secret for tests only"}


@pytest.mark.parametrize(
    ("given", "ways"),
    [
        ({}, {"console": Console}),
        (MAIL, {"mail": Mail}),
        (WEBHOOK, {"webhook": Webhook}),
        ({**MAIL, **WEBHOOK}, {"mail": Mail, "webhook": Webhook}),
    ],
)
def test_each_way_that_the_settings_name_is_made(given: dict[str, str], ways: dict[str, type], tmp_path: Path) -> None:
    settings = Settings.from_environment({**given, "TANDEM_DATA_DIR": str(tmp_path)})
    assert {way: type(made) for way, made in notifiers(settings).items()} == ways
    assert ways_out(settings) == tuple(ways)


def test_a_bot_without_mail_and_webhook_loads_neither_library() -> None:
    code = (
        "import sys; from bot.handoff.service import worker_of; from bot.settings import Settings;"
        "from bot.handoff.delivery.notifiers import notifiers; notifiers(Settings.from_environment({}));"
        "sys.exit(bool({'aiosmtplib', 'httpx'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT_ROOT).returncode == 0
