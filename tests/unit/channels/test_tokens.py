"""Session tokens; the table of forgeries is played against the running server."""

from __future__ import annotations

import pytest

from bot.channels.tokens import SessionTokens, TokenError
from bot.handoff.keys import derive_key


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_every_token_stands_for_a_new_conversation() -> None:
    tokens = SessionTokens("secret")
    conversations = {tokens.read(tokens.issue()) for _ in range(100)}
    assert len(conversations) == 100
    assert all(len(bytes.fromhex(c)) == 16 for c in conversations)


def test_a_token_lasts_exactly_its_lifetime() -> None:
    clock = Clock()
    tokens = SessionTokens("secret", lifetime=60, clock=clock)
    token = tokens.issue()
    assert tokens.seconds_left(token) == 60
    clock.now += 59
    assert tokens.read(token)
    assert tokens.seconds_left(token) == 1
    clock.now += 1
    for use in (tokens.read, tokens.seconds_left):
        with pytest.raises(TokenError):
            use(token)


def test_another_secret_refuses_the_token() -> None:
    with pytest.raises(TokenError):
        SessionTokens("another").read(SessionTokens("secret").issue())


def test_a_token_of_an_older_secret_holds_while_that_is_named() -> None:
    token = SessionTokens("an older secret").issue()
    assert SessionTokens("the newest secret,an older secret").read(token)
    newer = SessionTokens("the newest secret, an older secret").issue()
    assert SessionTokens("the newest secret").read(newer)
    with pytest.raises(TokenError):
        SessionTokens("an older secret").read(newer)


def test_keys_for_different_purposes_differ() -> None:
    assert derive_key("secret", "a") != derive_key("secret", "b")
    assert derive_key("secret", "a") == derive_key("secret", "a")
    assert len(derive_key("secret", "a")) == 32


@pytest.mark.parametrize("conversation", ["default", "", "0" * 31, "G" * 32, "0" * 33, "../x"])
def test_a_conversation_that_was_not_issued_here_is_refused(conversation: str) -> None:
    tokens = SessionTokens("secret")
    with pytest.raises(TokenError):
        tokens.read(tokens.sign(conversation))
