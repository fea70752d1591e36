"""The recording for the README: a picture that moves, and is small enough for a page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

from PIL import Image

from bot.settings import PROJECT_ROOT
from scripts.recording import Film

BYTES = 600_000


def test_a_film_shows_each_picture_for_its_time_and_begins_anew(tmp_path: Path) -> None:
    def screenshot() -> bytes:
        taken = BytesIO()
        Image.new("RGB", (8, 8), colours.pop()).save(taken, "PNG")
        return taken.getvalue()

    colours = ["blue", "red"]
    film = Film(SimpleNamespace(screenshot=screenshot))  # type: ignore[arg-type]
    film.shot(100)
    film.shot(300)
    film.save(tmp_path / "film.webp")
    with Image.open(tmp_path / "film.webp") as saved:
        assert (saved.n_frames, saved.info["loop"]) == (2, 0)
        times = []
        for each in range(2):
            saved.seek(each)
            saved.load()
            times.append(saved.info["duration"])
    assert times == [100, 300]


def test_the_readme_s_recording_moves_and_is_small() -> None:
    file = PROJECT_ROOT / "docs" / "images" / "chat.webp"
    assert file.stat().st_size <= BYTES
    with Image.open(file) as recording:
        assert recording.n_frames > 20
