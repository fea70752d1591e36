"""The outbox, on every database: who gets what, when again, and when no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.handoff.outbox import LEASE, Outbox
from bot.handoff.requests import DEAD_AFTER, RequestStore
from bot.handoff.tables import outbox as table
from bot.handoff.types import Notice
from bot.handoff.vault import ContactVault
from tests.handoff import START, Clock, rows
from tests.unit.handoff.conftest import Drafted

PAUSE = timedelta(minutes=1)


@pytest.fixture
def box(migrated: Engine, clock: Clock) -> Outbox:
    return Outbox(migrated, clock, backoff=lambda failures: PAUSE * failures)


@pytest.fixture
def references(store: RequestStore, drafted: Drafted, clock: Clock) -> list[str]:
    """Three requests, a minute apart."""
    made = []
    for key in "abc":
        made.append(store.file(drafted(key, key)).reference)
        clock.advance(minutes=1)
    return made


def claimed(box: Outbox, worker: str = "w") -> Notice:
    notice = box.claim("mail", worker)
    assert notice
    return notice


def test_the_oldest_goes_first_and_each_to_one_worker(box: Outbox, references: list[str]) -> None:
    notices = [claimed(box, worker) for worker in ("first", "second", "first")]
    assert [notice.reference for notice in notices] == references
    assert box.claim("mail", "third") is None


def test_a_notice_tells_nothing_of_the_person(box: Outbox, references: list[str]) -> None:
    notice = claimed(box)
    assert notice == Notice(
        outbox_id=1,
        delivery_id=notice.delivery_id,
        attempt=1,
        way="mail",
        reference=references[0],
        filed_at=START,
        topics=("order", "pain"),
        channel="website",
        language="en",
    )


def test_another_way_out_has_its_own_line(box: Outbox, references: list[str]) -> None:
    assert box.claim("webhook", "w") is None


def test_what_has_arrived_is_passed_on_and_never_handed_out_again(
    box: Outbox, store: RequestStore, references: list[str], clock: Clock
) -> None:
    box.delivered(claimed(box))
    assert [request.state for request in store.listed()] == ["passed_on", "waiting", "waiting"]
    clock.now += LEASE
    assert claimed(box).reference == references[1]


def test_a_closed_request_stays_closed_when_its_notice_arrives(
    box: Outbox, store: RequestStore, references: list[str]
) -> None:
    notice = claimed(box)
    store.close(references[0], "staff")
    box.delivered(notice)
    assert store.listed()[0].state == "closed"


def test_what_a_dead_worker_held_is_free_when_its_claim_is_over_under_the_same_id(
    box: Outbox, references: list[str], clock: Clock
) -> None:
    first = claimed(box)
    clock.now += LEASE - timedelta(seconds=1)
    assert claimed(box).reference == references[1]
    clock.advance(seconds=1)
    assert claimed(box) == replace(first, attempt=2)


def test_what_was_given_back_is_free_at_once(box: Outbox, references: list[str]) -> None:
    first = claimed(box)
    box.let_go(first)
    assert claimed(box) == replace(first, attempt=2)


def test_a_worker_that_comes_back_too_late_takes_nothing_from_the_next_one(
    box: Outbox, references: list[str], clock: Clock
) -> None:
    late = claimed(box, "late")
    clock.now += LEASE
    next_one = claimed(box, "next")
    box.let_go(late)
    box.notice_failed(late, "timeout")
    assert next_one.delivery_id not in {claimed(box).delivery_id, claimed(box).delivery_id}
    box.delivered(late)
    assert rows_of(box)[0]["delivered_at"] == clock.now


def rows_of(box: Outbox) -> list[dict[str, object]]:
    return rows(box._bound, table)


def test_while_a_way_refuses_everything_on_it_waits_and_the_oldest_is_tried_first(
    box: Outbox, references: list[str], store: RequestStore, drafted: Drafted, clock: Clock
) -> None:
    assert box.way_failed(claimed(box), "smtp_451") == (0, clock.now + PAUSE)
    younger = store.file(drafted("d", "d")).reference
    assert box.claim("mail", "w") is None
    clock.now += PAUSE
    again = claimed(box)
    assert (again.reference, again.attempt) == (references[0], 2)
    assert box.way_failed(again, "timeout") == (0, clock.now + 2 * PAUSE)
    assert store.listed()[0].deliveries[0].last_problem == "timeout"
    clock.now += 2 * PAUSE
    arrived = []
    while notice := box.claim("mail", "w"):
        box.delivered(notice)
        arrived.append(notice.reference)
    assert arrived == [*references, younger]


def test_a_success_ends_the_pauses(box: Outbox, references: list[str], clock: Clock) -> None:
    box.way_failed(claimed(box), "timeout")
    clock.now += PAUSE
    box.delivered(claimed(box))
    assert box.way_failed(claimed(box), "timeout") == (0, clock.now + PAUSE)


def test_a_notice_that_is_refused_by_itself_lets_the_others_pass(
    box: Outbox, references: list[str], clock: Clock
) -> None:
    refused = claimed(box)
    assert box.notice_failed(refused, "smtp_554") == (0, clock.now + PAUSE)
    assert [claimed(box).reference, claimed(box).reference] == references[1:]
    clock.now += PAUSE
    again = claimed(box)
    assert (again.reference, again.attempt) == (references[0], 2)
    assert box.notice_failed(again, "smtp_554") == (0, clock.now + 2 * PAUSE)


def test_what_waited_too_long_is_given_up_with_the_way_that_failed_it(
    box: Outbox, references: list[str], store: RequestStore, clock: Clock
) -> None:
    clock.now = START + DEAD_AFTER + timedelta(seconds=90)  # the third has half a minute left
    assert box.way_failed(claimed(box), "smtp_451") == (2, clock.now + PAUSE)
    assert [request.is_stuck for request in store.listed()] == [True, True, False]
    assert [request.deliveries[0].last_problem for request in store.listed()] == ["smtp_451", "smtp_451", None]
    clock.now += PAUSE
    assert claimed(box).reference == references[2]
    assert box.claim("mail", "w") is None


def test_a_notice_that_is_refused_for_too_long_is_given_up_alone(
    box: Outbox, references: list[str], store: RequestStore, clock: Clock
) -> None:
    clock.now = START + DEAD_AFTER + timedelta(days=1)
    assert box.notice_failed(claimed(box), "http_400")[0] == 1
    assert [request.is_stuck for request in store.listed()] == [True, False, False]


def test_a_late_start_still_tries_each_once(box: Outbox, references: list[str], clock: Clock) -> None:
    clock.now = START + DEAD_AFTER * 2
    assert [claimed(box).reference for _ in references] == references


def test_what_waits_for_a_way_that_is_gone_is_given_up_in_the_end(
    box: Outbox, references: list[str], store: RequestStore, clock: Clock
) -> None:
    assert box.give_up_without_way(["webhook"]) == 0
    clock.now = START + DEAD_AFTER * 2
    assert box.give_up_without_way(["mail"]) == 0
    assert box.give_up_without_way(["webhook", "console"]) == 3
    assert {request.deliveries[0].last_problem for request in store.listed()} == {"no_such_way"}


def test_a_try_that_was_asked_for_goes_at_once(
    box: Outbox, references: list[str], store: RequestStore, clock: Clock
) -> None:
    clock.now = START + DEAD_AFTER * 2
    dead = claimed(box)
    box.way_failed(dead, "timeout")
    assert box.claim("mail", "w") is None
    store.retry(references[0], "staff")
    again = claimed(box)
    assert (again.delivery_id, again.attempt) == (dead.delivery_id, 2)
    box.delivered(again)
    assert store.latest_of("a").state == "passed_on"


def test_what_was_changed_or_cancelled_is_told_as_that(
    box: Outbox, store: RequestStore, vault: ContactVault, references: list[str]
) -> None:
    for _ in references:
        box.delivered(claimed(box))
    store.change("b", {"name": vault.keep("b", "name", "Another")})
    store.cancel("c")

    assert [(notice.reference, notice.news) for notice in (claimed(box), claimed(box))] == [
        (references[1], "changed"),
        (references[2], "cancelled"),
    ]
    assert box.claim("mail", "w") is None
