"""The allow-list of origins."""

from __future__ import annotations

import pytest

from bot.channels.origins import AllowedOrigins


@pytest.mark.parametrize(
    ("given", "listed"),
    [
        ((), ("http://127.0.0.1:8000", "http://localhost:8000")),
        (
            ("https://Clinic.example/", "https://clinic.example:443", "http://a.example:8080"),
            (
                "http://127.0.0.1:8000",
                "http://localhost:8000",
                "https://clinic.example",
                "http://a.example:8080",
            ),
        ),
    ],
)
def test_the_bots_own_origins_come_first_and_each_origin_once(given: tuple[str, ...], listed: tuple[str, ...]) -> None:
    assert AllowedOrigins(given, 8000).listed == listed


def test_on_the_standard_port_a_browser_sends_none() -> None:
    assert AllowedOrigins((), 80).listed == ("http://127.0.0.1", "http://localhost")


@pytest.mark.parametrize(
    "origin", ["null", "", "http://localhost", "http://localhost:8000/", "http://LOCALHOST:8000", None]
)
def test_anything_else_is_foreign(origin: object) -> None:
    assert origin not in AllowedOrigins((), 8000)
