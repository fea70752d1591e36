"""The request store: filed once and for good, found again, closed; contact data under seal and every look noted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.database import writing
from bot.handoff import requests as module
from bot.handoff.errors import ForgottenError, NothingToRetryError, UnknownReferenceError
from bot.handoff.requests import DEAD_AFTER, RequestStore
from bot.handoff.tables import access_log, contact_vault, delivery_channels, outbox, requests
from bot.handoff.types import Contact, Filed, Request, Status
from bot.handoff.vault import LIFETIME, ContactVault
from tests.handoff import NAME, NOTE, PHONE, SECRET, START, TIME, Clock, rows
from tests.unit.handoff.conftest import Drafted


def change(bound: Engine, **values: Any) -> None:
    with writing(bound) as connection:
        connection.execute(sa.update(outbox).values(values))


def test_a_request_is_filed_with_what_is_to_be_delivered_of_it(
    migrated: Engine, store: RequestStore, drafted: Drafted
) -> None:
    filed = store.file(drafted())
    assert filed == Filed(filed.reference, START, repeated=False)
    (request,) = store.listed()
    (delivery,) = request.deliveries
    assert request == Request(
        reference=filed.reference,
        filed_at=START,
        state="waiting",
        closed_at=None,
        channel="website",
        language="en",
        topics=("order", "pain"),
        consent_version="2026-11-22",
        consented_at=START,
        deliveries=(delivery,),
    )
    assert (delivery.channel, delivery.attempts, delivery.next_attempt_at) == ("mail", 0, START)
    assert (delivery.delivered_at, delivery.dead_at, delivery.last_problem) == (None, None, None)


def test_the_same_key_is_the_same_request(migrated: Engine, store: RequestStore, drafted: Drafted) -> None:
    draft = drafted()
    first = store.file(draft)
    assert store.file(draft) == Filed(first.reference, START, repeated=True)
    assert len(rows(migrated, requests)) == len(rows(migrated, outbox)) == 1


def test_filed_at_once_by_many_it_is_one_request(migrated: Engine, store: RequestStore, drafted: Drafted) -> None:
    draft = drafted()
    with ThreadPoolExecutor(8) as pool:
        filed = list(pool.map(store.file, [draft] * 8))
    assert len({each.reference for each in filed}) == 1
    assert [each.repeated for each in filed].count(False) == 1
    assert len(rows(migrated, requests)) == len(rows(migrated, outbox)) == 1


def test_two_requests_get_two_references_even_when_the_first_is_drawn_again(
    store: RequestStore, drafted: Drafted, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["TD-4F7K", "TD-4F7K", "TD-4F7K", "TD-9HXM"])
    monkeypatch.setattr(module, "new_reference", lambda length: next(drawn))
    filed = [store.file(drafted(key=key)) for key in ("first", "second")]
    assert [each.reference for each in filed] == ["TD-4F7K", "TD-9HXM"]


def test_nothing_is_kept_of_a_request_whose_values_are_gone(
    migrated: Engine, store: RequestStore, drafted: Drafted, clock: Clock
) -> None:
    draft = drafted()
    clock.now += LIFETIME
    with pytest.raises(ForgottenError):
        store.file(draft)
    assert rows(migrated, requests) == rows(migrated, outbox) == []


def test_what_went_into_a_request_outlives_the_conversation(
    store: RequestStore, drafted: Drafted, vault: ContactVault, clock: Clock
) -> None:
    filed = store.file(drafted())
    vault.keep("c", "email", "somebody@example.com")
    vault.forget("c")
    clock.advance(days=29)
    assert vault.redeem("c", "email-1") is None
    assert store.show(filed.reference, "staff").contact == Contact(NAME, PHONE, TIME, NOTE)
    clock.advance(days=1)
    assert store.show(filed.reference, "staff").contact == Contact("", "", None, None)


def test_a_second_request_has_its_own_copy_of_the_same_values(
    migrated: Engine, store: RequestStore, drafted: Drafted
) -> None:
    draft = drafted()
    first = store.file(draft)
    second = store.file(drafted(key="other", name=draft.name, preferred_time=None, note=None))
    with writing(migrated) as connection:
        connection.execute(sa.delete(requests).where(requests.c.reference == first.reference))
    assert store.show(second.reference, "staff").contact == Contact(NAME, PHONE, None, None)
    assert {row["request_id"] for row in rows(migrated, contact_vault)} == {None, 2}
    assert [row["request_id"] for row in rows(migrated, outbox)] == [2]


def test_each_look_at_contact_data_is_noted_and_a_list_needs_none(
    migrated: Engine, store: RequestStore, drafted: Drafted, clock: Clock
) -> None:
    filed = store.file(drafted())
    store.listed()
    store.latest_of("c")
    assert rows(migrated, access_log) == []
    store.show(filed.reference.lower(), "first")
    clock.advance(minutes=1)
    store.show(filed.reference, "second")
    assert [(row["who"], row["at"], row["reference"], row["what"]) for row in rows(migrated, access_log)] == [
        ("first", START, filed.reference, "show"),
        ("second", START + timedelta(minutes=1), filed.reference, "show"),
    ]


def test_contact_data_does_not_slip_into_a_log() -> None:
    assert PHONE not in repr(Contact(NAME, PHONE, None, None))


def test_the_latest_request_of_a_conversation_tells_how_far_it_has_come(
    store: RequestStore, drafted: Drafted, clock: Clock
) -> None:
    assert store.latest_of("c") is None
    store.file(drafted())
    store.file(drafted("other", "k2"))
    clock.advance(minutes=5)
    latest = store.file(drafted(key="k3"))
    later = clock.now
    assert store.latest_of("c") == Status(latest.reference, later, "waiting", None)
    clock.advance(minutes=5)
    store.close(latest.reference, "staff")
    assert store.latest_of("c") == Status(latest.reference, later, "closed", clock.now)


def test_a_closed_request_is_delivered_no_more_and_closed_once(
    migrated: Engine, store: RequestStore, drafted: Drafted, clock: Clock
) -> None:
    filed = store.file(drafted())
    closed = store.close(filed.reference, "staff")
    clock.advance(minutes=5)
    assert store.close(filed.reference, "another") == closed
    assert (closed.state, closed.closed_at, closed.deliveries[0].last_problem) == ("closed", START, "closed")
    assert [(row["who"], row["what"]) for row in rows(migrated, access_log)] == [("staff", "close")]
    assert store.listed("waiting", "passed_on") == []
    assert store.listed("closed") == [closed]


def test_a_dead_delivery_is_tried_again_when_staff_asks_for_it(
    migrated: Engine, store: RequestStore, drafted: Drafted, clock: Clock
) -> None:
    filed = store.file(drafted())
    change(migrated, dead_at=START, attempts=99, last_problem="refused")
    with writing(migrated) as connection:
        connection.execute(sa.update(delivery_channels).values(failures=9, paused_until=START + timedelta(hours=1)))
    assert store.listed()[0].is_stuck
    clock.advance(days=6)
    (delivery,) = store.retry(filed.reference, "staff").deliveries
    assert (delivery.dead_at, delivery.next_attempt_at, delivery.attempts) == (None, clock.now, 99)
    assert rows(migrated, outbox)[0]["give_up_at"] == clock.now + DEAD_AFTER
    with migrated.connect() as connection:
        assert connection.execute(sa.select(delivery_channels.c.paused_until)).scalars().all() == [None] * 3


def test_a_retry_uses_the_ways_out_that_there_are_now(migrated: Engine, store: RequestStore, drafted: Drafted) -> None:
    filed = store.file(drafted())
    later = RequestStore(migrated, ContactVault(migrated, SECRET), ways=("mail", "webhook"))
    request = later.retry(filed.reference, "staff")
    assert [delivery.channel for delivery in request.deliveries] == ["mail", "webhook"]


def test_what_was_delivered_or_closed_is_not_tried_again(
    migrated: Engine, store: RequestStore, drafted: Drafted
) -> None:
    delivered, closed = (store.file(drafted(key=key)).reference for key in "ab")
    change(migrated, delivered_at=START)
    store.close(closed, "staff")
    for reference in (delivered, closed):
        with pytest.raises(NothingToRetryError, match=f"Nothing of {reference} waits to be delivered."):
            store.retry(reference, "staff")


@pytest.mark.parametrize("function", ["show", "close", "retry"])
def test_an_unknown_reference_is_told(migrated: Engine, store: RequestStore, function: str) -> None:
    with pytest.raises(UnknownReferenceError, match=r"There is no request TD-4F7K; tandem handoffs list shows"):
        getattr(store, function)("4f7k", "staff")
    assert rows(migrated, access_log) == []


# Changed and cancelled by whoever made it.
def told(store: RequestStore, reference: str) -> Contact:
    return store.show(reference, "staff").contact


def delivered(bound: Engine) -> None:
    change(bound, delivered_at=START, attempts=1)
    with writing(bound) as connection:
        connection.execute(sa.update(requests).values(state="passed_on"))


def test_a_number_and_an_address_are_both_kept(store: RequestStore, vault: ContactVault, drafted: Drafted) -> None:
    both = f"{vault.keep('c', 'phone', PHONE)} {vault.keep('c', 'email', 'test@clinic.example')}"

    assert told(store, store.file(drafted(contact=both)).reference).contact == f"{PHONE}, test@clinic.example"


def test_a_change_is_kept_told_again_and_leaves_nothing_of_what_it_replaces(
    migrated: Engine, store: RequestStore, vault: ContactVault, drafted: Drafted, clock: Clock
) -> None:
    reference = store.file(drafted()).reference
    delivered(migrated)
    (before,) = store.listed()
    clock.advance(hours=1)
    tokens = {"name": vault.keep("c", "name", "Another"), "contact": vault.keep("c", "phone", "+15875550144")}
    changed = store.change("c", tokens)

    (request,) = store.listed()
    assert changed == Status(reference, START, "waiting", None)
    assert (request.state, request.changed_at) == ("waiting", clock.now)
    assert request.deliveries[0].delivered_at is None
    assert request.deliveries[0].delivery_id != before.deliveries[0].delivery_id
    assert told(store, reference) == Contact("Another", "+15875550144", TIME, NOTE)
    assert PHONE not in vault.known("c").values()
    assert [(row["who"], row["what"]) for row in rows(migrated, access_log)] == [
        ("the person", "change"),
        ("staff", "show"),
    ]


@pytest.mark.parametrize(
    ("manner", "contact"),
    [(None, f"{PHONE}, a@clinic.example"), ("instead", "a@clinic.example"), ("also", f"{PHONE}, a@clinic.example")],
)
def test_a_change_may_add_or_replace(
    store: RequestStore, vault: ContactVault, drafted: Drafted, manner: Any, contact: str
) -> None:
    reference = store.file(drafted()).reference
    store.change("c", {"contact": vault.keep("c", "email", "a@clinic.example")}, manner)

    assert told(store, reference).contact == contact


def test_a_note_that_comes_later_stands_beside_the_first(
    store: RequestStore, vault: ContactVault, drafted: Drafted
) -> None:
    reference = store.file(drafted()).reference
    store.change("c", {"note": vault.keep("c", "note", "and one more")})

    assert told(store, reference).note == f"{NOTE}\nand one more"


def test_a_cancelled_request_keeps_its_name_alone_and_the_clinic_is_told(
    migrated: Engine, store: RequestStore, vault: ContactVault, drafted: Drafted
) -> None:
    reference = store.file(drafted()).reference
    delivered(migrated)
    cancelled = store.cancel("c")

    (request,) = store.listed()
    assert cancelled == Status(reference, START, "cancelled", START) == store.latest_of("c")
    assert request.deliveries[0].delivered_at is None and request.deliveries[0].dead_at is None
    assert told(store, reference) == Contact(NAME, "", None, None)
    assert list(vault.known("c").values()) == [NAME]


def test_of_a_request_that_the_clinic_never_heard_of_it_hears_nothing(store: RequestStore, drafted: Drafted) -> None:
    store.file(drafted())
    store.cancel("c")

    (delivery,) = store.listed()[0].deliveries
    assert (delivery.dead_at, delivery.last_problem) == (START, "closed")


@pytest.mark.parametrize("over", ["close", "cancel"])
def test_what_is_over_is_neither_changed_nor_cancelled(store: RequestStore, drafted: Drafted, over: str) -> None:
    reference = store.file(drafted()).reference
    store.close(reference, "staff") if over == "close" else store.cancel("c")

    assert (store.change("c", {"name": "name-1"}), store.cancel("c")) == (None, None)
    with pytest.raises(NothingToRetryError):
        store.retry(reference, "staff")


def test_there_is_nothing_to_change_where_nothing_was_asked(store: RequestStore) -> None:
    assert (store.change("c", {}), store.cancel("c")) == (None, None)


def test_a_filed_request_is_hinted_at_as_a_whole(store: RequestStore, drafted: Drafted) -> None:
    assert store.hints_of_latest("c") == []

    store.file(drafted())

    assert [kind for kind, _ in store.hints_of_latest("c")] == ["name", "phone", "time", "note"]


def test_hints_give_nothing_away(store: RequestStore, vault: ContactVault) -> None:
    values = [("name", "Priya"), ("phone", "+14035550123 ext. 5"), ("email", "sam@clinic.example"), ("time", "noon")]
    tokens = [vault.keep("c", kind, value) for kind, value in values]  # type: ignore[arg-type]

    assert store.hints("c", [*tokens, "note-9"]) == [("name", "P"), ("phone", "23"), ("email", "s"), ("time", "")]
