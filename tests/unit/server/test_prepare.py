"""What ``make shell`` does before it talks: it says what is wrong with the settings, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.server.prepare import main


@pytest.mark.parametrize(
    ("setting", "code", "said"),
    [
        (
            ("TANDEM_TODYA", "2026-11-22"),
            0,
            "TANDEM_TODYA is no setting and changes nothing; do you mean TANDEM_TODAY?",
        ),
        (("TANDEM_TODAY", "2026-02-30"), 2, "TANDEM_TODAY should be a date like 2026-11-22, not '2026-02-30'."),
    ],
)
def test_a_slip_in_a_setting_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    setting: tuple[str, str],
    code: int,
    said: str,
) -> None:
    monkeypatch.setenv("TANDEM_DATA_DIR", str(tmp_path))
    monkeypatch.setenv(*setting)

    assert main() == code
    assert capsys.readouterr().err == f"{said}\n"
