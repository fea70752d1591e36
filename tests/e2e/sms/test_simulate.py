"""`tandem sms simulate`: what a phone would show, with its length, and nothing kept."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.e2e.bots import BIN, SECONDS, environment, measured

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
TYPED = "had botox yesterday and now i cant swallow\nSTOP\nhello\n"


def test_each_line_is_answered_as_a_text_with_its_length(tmp_path: Path) -> None:
    done = subprocess.run(
        [BIN / "tandem", "sms", "simulate"],
        env=environment(TANDEM_DATA_DIR=str(tmp_path), **measured()),
        input=TYPED,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "> had botox yesterday and now i cant swallow",
        "This could be serious. Call 911 now or go to emergency. Tell them you had Botox or microneedling and when. "
        "Don't drive. Don't wait for a reply here.",
        "(148 characters, 1 segment)",
        "> STOP",
        "Demo Clinic (example only): you have opted out and will get no more texts. Reply START to get them again.",
        "(105 characters, 1 segment)",
        "> hello",
        "(no text is sent)",
    ]
    assert list(tmp_path.glob("*.db*")) == []
