"""`tandem feedback`: what staff see of the turns to learn from, and what goes into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.channels.conversations import ConversationStore
from bot.cli import feedback, main
from bot.database import engine

Tandem = Callable[..., int]


class HeldUnderstanding:
    """Stands where the model stands: everything is nearest to one example, and "faint" is a red flag."""

    def of(self, text: str) -> SimpleNamespace:
        nearest = [{"text": "which goes first", "intent": "order", "similarity": 0.81}]
        route = "emergency_911" if "faint" in text else None
        return SimpleNamespace(
            nearest=nearest,
            case=SimpleNamespace(safe=SimpleNamespace(route=route)),
            decision=SimpleNamespace(topic="fallback"),
        )


@pytest.fixture
def tandem(monkeypatch: pytest.MonkeyPatch, migrated_url: str, tmp_path: Path) -> Tandem:
    monkeypatch.setenv("TANDEM_DATABASE_URL", migrated_url)
    monkeypatch.setenv("TANDEM_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.setattr(feedback, "_understanding", lambda settings: HeldUnderstanding())

    def called(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["tandem", "feedback", *arguments])
        with pytest.raises(SystemExit) as ended:
            main.main()
        return int(ended.value.code or 0)

    return called


@pytest.fixture
def _talked(migrated_url: str) -> None:
    bound = engine(migrated_url)
    store = ConversationStore(bound)
    for number, text in enumerate(("which [red]one", "i feel faint")):
        store.ask("c", str(number))
        store.answer("c", str(number), text, {"topic": "fallback", "messages": []})
    bound.dispose()


def test_without_anything_to_learn_from_the_model_is_not_even_loaded(
    tandem: Tandem, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(feedback, "_understanding", lambda settings: pytest.fail("loaded"))

    assert (tandem(), capsys.readouterr().out) == (0, "Nothing was misunderstood or disliked.\n")


@pytest.mark.usefixtures("_talked")
def test_a_list_shows_the_messages_beside_the_nearest_example(
    tandem: Tandem, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tandem() == 0
    out = capsys.readouterr().out
    assert "which [red]one" in out and "not understood (fallback)" in out and "which goes first (0.81)" in out


@pytest.mark.usefixtures("_talked")
def test_an_export_holds_candidates_and_nothing_about_health(
    tandem: Tandem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "candidates.yml"
    assert tandem("--export", str(file)) == 0
    assert capsys.readouterr().out == f"{file}: look at each line before it becomes an example.\n"
    assert "faint" not in file.read_text(encoding="utf-8")
    assert (tandem("--export", str(file)), capsys.readouterr().err) == (
        2,
        f"{file} is there already; name a new file.\n",
    )
