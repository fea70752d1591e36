"""What is sealed can be opened with the bot's secret alone, the older ones included."""

from __future__ import annotations

import pytest

from bot.channels.sms.seal import Seal
from tests.handoff import SECRET


@pytest.mark.parametrize("text", ["", "what is botox?", "où ? 😀\n"])
def test_a_sealed_text_is_opened_whole(text: str) -> None:
    sealed = Seal(SECRET).close(text)

    assert Seal(SECRET).open(sealed) == text
    assert not text or text.encode() not in sealed


def test_half_a_character_is_replaced() -> None:
    assert Seal(SECRET).open(Seal(SECRET).close("botox \ud83d")) == "botox ?"


def test_the_same_text_is_never_sealed_alike() -> None:
    assert Seal(SECRET).close("yes") != Seal(SECRET).close("yes")


def test_an_older_secret_still_opens_and_the_newest_seals() -> None:
    old, both, new = Seal(SECRET), Seal(f"a newer secret for tests,{SECRET}"), Seal("a newer secret for tests")

    assert both.open(old.close("yes")) == "yes"
    assert new.open(both.close("yes")) == "yes"
    assert old.open(both.close("yes")) is None


@pytest.mark.parametrize("sealed", [None, b"", b"sealed by nobody"])
def test_what_is_not_sealed_is_none(sealed: bytes | None) -> None:
    assert Seal(SECRET).open(sealed) is None


def test_what_another_secret_has_sealed_is_none() -> None:
    assert Seal(SECRET).open(Seal("another secret").close("yes")) is None


def test_an_altered_seal_is_none() -> None:
    sealed = bytearray(Seal(SECRET).close("yes"))
    sealed[-5] ^= 1

    assert Seal(SECRET).open(bytes(sealed)) is None
