"""The command ``tandem``, run in this process as a person runs it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from bot.cli import main

Typed = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Type a command; its exit code, and what it printed."""

    def typing(*arguments: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr("sys.argv", ["tandem", *arguments])
        with pytest.raises(SystemExit) as ended:
            main.main()
        return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), *capsys.readouterr())

    return typing
