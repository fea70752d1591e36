"""The shell's terminal: lines at its width, and ways out."""

from __future__ import annotations

import os

import pytest

from bot.server import staff_terminal
from bot.server.lean.hook import leave_quietly
from bot.server.staff_terminal import ask, show, wrapped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Botox first, then wait.", "Botox first,\nthen wait."),
        ("One.\n\nTwo words here, too.", "One.\n\nTwo words\nhere, too."),
        ("  > Talk to someone  (/consult)", "  > Talk to\n    someone\n    (/consult)"),
        ("https://demo-clinic.example/book", "https://demo-clinic.example/book"),
        ("", ""),
    ],
)
def test_words_wrap_at_the_terminal_s_width(text: str, shown: str) -> None:
    assert wrapped(text, 13) == shown


def test_a_message_is_printed_without_the_terminal_s_signs_where_there_is_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_, **__: os.terminal_size((10, 5)))
    show({"text": "Botox first."}, color="blue")
    assert capsys.readouterr().out == "Botox\nfirst.\n"


@pytest.mark.parametrize("way", [EOFError, KeyboardInterrupt])
async def test_ctrl_d_and_ctrl_c_end_the_shell(monkeypatch: pytest.MonkeyPatch, way: type[BaseException]) -> None:
    async def pressed() -> str:
        raise way

    monkeypatch.setattr(staff_terminal, "_question", pressed)
    assert await ask(None) is None


@pytest.mark.parametrize(
    ("arguments", "is_quiet"),
    [
        (["python", "/x/.venv/bin/rasa", "shell", "--quiet"], True),
        (["python", "/x/.venv/bin/rasa", "train"], False),
        (["python", "-m", "pytest"], False),
        (["python"], False),
    ],
)
def test_only_the_shell_says_nothing_at_ctrl_c(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], is_quiet: bool
) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, error, trace: told.append(kind))
    leave_quietly(arguments)
    import sys

    for error in (KeyboardInterrupt(), ValueError()):
        sys.excepthook(type(error), error, None)
    assert told == ([ValueError] if is_quiet else [KeyboardInterrupt, ValueError])
