"""The vault, on every database."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from bot.handoff.vault import LIFETIME, ContactVault

START = datetime(2026, 11, 22, 12, 0)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def test_the_same_value_gets_the_same_token_in_its_conversation(migrated: Engine) -> None:
    vault = ContactVault(migrated, "secret")
    kept = [("phone", "1"), ("phone", "2"), ("email", "1"), ("phone", "1")]
    assert [vault.keep("c", kind, value) for kind, value in kept] == [
        "phone-1",
        "phone-2",
        "email-1",
        "phone-1",
    ]
    assert vault.keep("other", "phone", "2") == "phone-1"


def test_a_token_is_redeemed_in_its_own_conversation_only(migrated: Engine) -> None:
    vault = ContactVault(migrated, "secret")
    token = vault.keep("c", "phone", "+14035550123")
    assert vault.redeem("c", token) == "+14035550123"
    assert vault.redeem("other", token) is None
    assert vault.redeem("c", "phone-2") is None


def test_nothing_readable_is_stored(migrated: Engine) -> None:
    ContactVault(migrated, "secret").keep("c", "phone", "+14035550123")
    with migrated.connect() as connection:
        row = connection.exec_driver_sql("SELECT * FROM contact_vault").one()
    assert b"5550123" not in repr(tuple(row)).encode()


def test_contact_data_expires_and_is_deleted(migrated: Engine) -> None:
    clock = Clock()
    vault = ContactVault(migrated, "secret", clock)
    token = vault.keep("c", "phone", "1")
    clock.now += LIFETIME
    assert vault.redeem("c", token) is None
    vault.keep("other", "phone", "2")
    with migrated.connect() as connection:
        assert connection.exec_driver_sql("SELECT conversation_id FROM contact_vault").scalars().all() == ["other"]


def test_an_ended_conversations_contact_data_is_forgotten(migrated: Engine) -> None:
    vault = ContactVault(migrated, "secret")
    token = vault.keep("c", "phone", "1")
    vault.forget("c")
    assert vault.redeem("c", token) is None


def test_after_a_change_of_the_secret_old_values_stay_closed(migrated: Engine) -> None:
    token = ContactVault(migrated, "secret").keep("c", "phone", "1")
    assert not ContactVault(migrated, "another").redeem("c", token)
    assert ContactVault(migrated, "another").keep("c", "phone", "1") == "phone-2"


NEW, OLD, OLDEST = "the newest secret", "an older secret", "the oldest secret"


def test_older_secrets_still_open_and_the_newest_seals(migrated: Engine) -> None:
    token = ContactVault(migrated, OLDEST).keep("c", "phone", "1")
    rotating = ContactVault(migrated, f"{NEW}, {OLD},{OLDEST}")
    assert rotating.redeem("c", token) == "1"
    newer = rotating.keep("c", "phone", "2")
    assert ContactVault(migrated, NEW).redeem("c", newer) == "2"


def test_what_older_secrets_sealed_is_sealed_anew_so_that_they_can_go(migrated: Engine) -> None:
    tokens = [ContactVault(migrated, secret).keep("c", "phone", secret) for secret in (OLDEST, OLD, "gone")]
    rotating = ContactVault(migrated, f"{NEW},{OLD},{OLDEST}")
    assert rotating.reseal() == 2
    assert rotating.reseal() == 0
    assert [ContactVault(migrated, NEW).redeem("c", token) for token in tokens] == [OLDEST, OLD, ""]
