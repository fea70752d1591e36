"""A slash at the start is a command to Rasa; only there is a text marked."""

from __future__ import annotations

import pytest

from bot.channels.commands import neutralised


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("/order", "[command] /order"),
        ('/order{"x":1}', '[command] /order{"x":1}'),
        (" \u00a0/order", "[command] /order"),
        ("\u200b\ufeff/order", "[command] /order"),
        ("\uff0forder", "[command] /order"),
        ("\u2044order", "[command] /order"),
        ("//order", "[command] //order"),
        ("/", "[command] /"),
    ],
)
def test_a_typed_command_is_marked(text: str, marked: str) -> None:
    assert neutralised(text) == marked


@pytest.mark.parametrize(
    "text",
    ["", "  ", "order", "and/or", "1/2 dose", "Nov 3 / Nov 20", "\\order", "#/order", " hello", "é/order"],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutralised(text) == text
