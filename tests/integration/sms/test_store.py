"""What waits to be answered is taken in order and settled once; what waits to be sent is never sent twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy.engine import Engine

from bot.channels.sms import people
from bot.channels.sms.choices import Choice
from bot.channels.sms.inbox import LEASE, MOST_TRIES, Reply
from bot.channels.sms.limits import Caps
from bot.channels.sms.outbox import GIVE_UP_AFTER, Letter
from bot.channels.sms.people import Offer, Sender
from bot.channels.sms.received import Status
from bot.channels.sms.reception import NUMBER_LIFETIME
from bot.channels.sms.tables import consents, inbox, outbox
from bot.database import reading, writing
from tests.handoff import PHONE, START, rows
from tests.integration.sms.stores import OTHER, PAUSE, Stores

OFFER = Offer((Choice("Why wait?", "/why_timing"), Choice("Parler à quelqu'un", "/consult")), "The rest, é and 😀.")


@pytest.fixture
def stores(migrated: Engine) -> Stores:
    return Stores(migrated)


def test_nobody_known_is_a_stranger_who_wants_texts(stores: Stores) -> None:
    assert stores.sender() == Sender(stores.name(), False, False, None, Offer())
    with reading(stores.bound) as connection:
        assert not people.has_opted_out(connection, stores.name())


def test_what_an_answer_was_is_remembered_until_the_next(stores: Stores) -> None:
    stores.text("bonjour")
    stores.answer(language="fr", offer=OFFER, introduces=True)
    assert stores.sender() == Sender(stores.name(), True, False, "fr", OFFER)

    stores.text("hello")
    stores.answer(language="en")
    assert stores.sender() == Sender(stores.name(), True, False, "en", Offer())


@pytest.mark.parametrize(
    ("kind", "language"), [("answer", "fr"), ("urgent", "fr"), ("limit", None), ("confirmation", None)]
)
def test_only_an_answer_changes_what_is_remembered(stores: Stores, kind: str, language: str | None) -> None:
    stores.text("bonjour")
    stores.answer(kind=kind, language="fr")

    assert stores.sender().language == language


def test_who_was_introduced_first_stays_so(stores: Stores) -> None:
    stores.text("hello")
    with writing(stores.bound) as connection:
        people.introduced(connection, stores.name(), START)
        people.introduced(connection, stores.name(), START.replace(hour=13))
        row = connection.execute(people.senders.select()).one()

    assert row.introduced_at == START


def test_messages_of_one_sender_are_taken_in_the_order_of_their_arrival(stores: Stores) -> None:
    for text in ("first", "second", "third"):
        stores.text(text)
    stores.text("somebody else's", OTHER)
    assert stores.inbox.due() == [stores.name(), stores.name(OTHER)]

    for text in ("first", "second", "third"):
        waiting = stores.taken()
        assert (waiting.text, stores.inbox.take(stores.name())) == (text, None)  # until it is settled
        assert stores.inbox.due() == [stores.name(OTHER)]
        stores.inbox.reply(waiting, Reply(f"to the {text}", "en"))

    assert stores.inbox.take(stores.name()) is None
    assert stores.sent_bodies() == ["to the first", "to the second", "to the third"]


def test_a_message_is_answered_once(stores: Stores) -> None:
    stores.text("what is botox?")
    waiting = stores.taken()

    assert stores.inbox.reply(waiting, Reply("An answer.", "en"))
    assert not stores.inbox.reply(waiting, Reply("Another answer.", "en"))
    stores.inbox.ignore(waiting)
    stores.inbox.put_aside(waiting, "gave_up")
    assert stores.inbox_states() == ["answered"]
    assert stores.sent_bodies() == ["An answer."]


def test_a_message_is_answered_once_although_two_answers_come_at_the_same_moment(stores: Stores) -> None:
    stores.text("what is botox?")
    waiting, gate = stores.taken(), Barrier(2)

    def answer(text: str) -> bool:
        gate.wait()
        return stores.inbox.reply(waiting, Reply(text, "en"))

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(answer, ("one", "two"))) == [False, True]
    assert stores.outbox_states() == ["queued"]


def test_a_message_that_is_ignored_keeps_no_words(stores: Stores) -> None:
    stores.text("what is botox?")
    stores.inbox.ignore(stores.taken())
    (row,) = rows(stores.bound, inbox)

    assert (row["state"], row["sealed"], row["done_at"]) == ("ignored", None, START)
    assert stores.outbox_states() == []


def test_a_message_over_which_the_process_dies_again_and_again_is_put_aside(stores: Stores) -> None:
    stores.text("what is botox?")
    stores.text("and needling?")
    for tries in range(MOST_TRIES):
        assert stores.taken().text == "what is botox?"
        assert [row["attempts"] for row in rows(stores.bound, inbox)] == [tries, 0]
        assert stores.inbox.take(stores.name()) is None  # nobody else's while the claim lasts
        stores.clock.now += LEASE

    assert stores.inbox.take(stores.name()) is None
    assert [(row["state"], row["problem"]) for row in rows(stores.bound, inbox)] == [("dead", "gave_up"), ("new", None)]
    assert stores.taken().text == "and needling?"


def test_a_message_that_no_key_opens_is_put_aside(stores: Stores) -> None:
    stores.text("what is botox?")
    stores.spoil(inbox, sealed=b"sealed by nobody")

    assert stores.inbox.take(stores.name()) is None
    (row,) = rows(stores.bound, inbox)
    assert (row["state"], row["problem"], row["attempts"]) == ("dead", "cannot_be_opened", 0)


@pytest.mark.parametrize(
    ("caps", "verdict"), [(Caps(9, 9, 9), "free"), (Caps(1, 9, 9), "number"), (Caps(9, 1, 9), "number"),
                          (Caps(9, 9, 1), "all")],
)  # fmt: skip
def test_a_message_is_taken_with_what_the_caps_say(migrated: Engine, caps: Caps, verdict: str) -> None:
    stores = Stores(migrated, caps)
    stores.text("one")
    first = stores.taken()
    assert first.verdict == "free"
    assert stores.inbox.reply(first, Reply("An answer.", "en", "limit"))
    stores.text("two")
    waiting = stores.taken()

    assert (waiting.verdict, waiting.may_be_urgent, waiting.was_told) == (verdict, True, True)
    stores.clock.advance(days=1)
    waiting = stores.taken()
    assert (waiting.verdict, waiting.may_be_urgent, waiting.was_told) == ("free", True, False)


def test_a_wish_beside_a_question_is_fulfilled_with_its_answer(stores: Stores) -> None:
    stores.text("what is botox?")
    stores.answer("an answer that waits")
    stores.text("My eyelid droops. Stop texting me!")
    stores.answer("Call the clinic.", kind="confirmation", stops=True)

    assert stores.sender().has_opted_out
    assert [(row["action"], row["keyword"]) for row in rows(stores.bound, consents)] == [("stop", "words")]
    assert stores.sent_bodies() == ["Call the clinic."]


def test_a_letter_is_handed_out_with_its_number_and_then_counts_as_perhaps_sent(stores: Stores) -> None:
    letter = stores.sending()

    assert letter == Letter(letter.id, letter.delivery_id, stores.name(), PHONE, "An answer.", 1)
    assert len(letter.delivery_id) == 32
    assert PHONE not in repr(letter)
    assert "An answer." not in repr(letter)
    assert stores.kept_letter()["state"] == "sending"
    assert stores.outbox.due() == []
    assert stores.outbox.take(stores.name()) is None


def test_a_letter_is_handed_out_once_although_many_ask_at_the_same_moment(stores: Stores) -> None:
    stores.text("what is botox?")
    stores.answer()
    gate = Barrier(4)

    def take(_: int) -> Letter | None:
        gate.wait()
        return stores.outbox.take(stores.name())

    with ThreadPoolExecutor(4) as threads:
        assert [letter.body for letter in threads.map(take, range(4)) if letter] == ["An answer."]


def test_a_letter_that_twilio_took_keeps_no_words(stores: Stores) -> None:
    stores.outbox.sent(stores.sending(), "SM-out")
    row = stores.kept_letter()

    assert (row["state"], row["twilio_sid"], row["sent_at"], row["sealed"]) == ("sent", "SM-out", START, None)


def test_a_letter_that_did_not_go_out_is_tried_again_after_a_pause(stores: Stores) -> None:
    stores.outbox.not_sent(stores.sending(), "503")
    stores.text("and needling?")
    stores.answer("The next.")

    assert stores.outbox.due() == []
    assert stores.outbox.take(stores.name()) is None  # nor does the next overtake it
    stores.clock.now += PAUSE
    assert stores.outbox.due() == [stores.name()]
    again = stores.letter()
    assert again.attempt == 2
    assert stores.outbox.take(stores.name()) is None  # nor while it is being sent
    stores.outbox.sent(again, "SM-again")
    assert stores.sent_bodies() == ["The next."]


def test_a_letter_that_never_goes_out_is_given_up_after_an_hour(stores: Stores) -> None:
    stores.outbox.not_sent(stores.sending(), "503")
    while stores.clock.now < START + GIVE_UP_AFTER - PAUSE:
        stores.clock.now += PAUSE
        stores.outbox.not_sent(stores.letter(), "503")
    row = stores.kept_letter()

    assert (row["state"], row["problem"], row["in_doubt"], row["attempts"]) == ("dead", "503", False, 6)
    assert stores.outbox.due() == []


def test_a_letter_in_doubt_is_dead_and_never_sent_again(stores: Stores) -> None:
    stores.outbox.in_doubt(stores.sending(), "timeout")
    row = stores.kept_letter()

    assert (row["state"], row["problem"], row["in_doubt"]) == ("dead", "timeout", True)
    stores.clock.advance(days=1)
    assert stores.outbox.due() == []
    assert stores.sent_bodies() == []


def test_a_letter_that_was_being_sent_when_the_process_ended_is_dead_and_never_sent_again(stores: Stores) -> None:
    stores.sending()
    stores.text("and needling?")
    stores.answer("The next.")
    again = Stores(stores.bound)
    assert again.outbox.due() == []
    assert stores.outbox_states() == ["sending", "queued"]

    again.clock.advance(seconds=31)
    assert again.outbox.due() == [stores.name()]
    first, _ = rows(stores.bound, outbox)
    assert (first["state"], first["problem"], first["in_doubt"]) == ("dead", "interrupted", True)
    assert again.sent_bodies() == ["The next."]


def test_a_status_that_was_faster_than_the_doubt_stands(stores: Stores) -> None:
    letter = stores.sending()
    stores.outbox.told(Status("SM-out", letter.delivery_id, "sent", None))
    stores.outbox.in_doubt(letter, "timeout")
    row = stores.kept_letter()

    assert (row["state"], row["problem"], row["in_doubt"]) == ("sent", None, False)


def test_a_letter_that_twilio_refused_is_dead_without_a_doubt(stores: Stores) -> None:
    stores.outbox.refused(stores.sending(), "21211")
    row = stores.kept_letter()

    assert (row["state"], row["problem"], row["in_doubt"]) == ("dead", "21211", False)
    assert not stores.sender().has_opted_out


@pytest.mark.parametrize("by_status", [False, True])
def test_a_number_that_twilio_says_is_opted_out_is_so_here_too(stores: Stores, by_status: bool) -> None:
    letter = stores.sending()
    stores.text("and needling?")
    stores.answer("The next.")
    if by_status:
        stores.outbox.told(Status(None, letter.delivery_id, "undelivered", "21610"))
    else:
        stores.outbox.refused(letter, "21610")

    assert stores.sender().has_opted_out
    assert [(row["action"], row["keyword"]) for row in rows(stores.bound, consents)] == [("refused", "21610")]
    assert [(row["state"], row["sealed"]) for row in rows(stores.bound, outbox)] == [("cancelled", None)] * 2
    assert stores.sent_bodies() == []


def test_a_number_that_had_opted_out_here_is_not_noted_again(stores: Stores) -> None:
    stores.text("STOP")
    stores.outbox.refused(stores.letter(), "21610")

    assert [row["action"] for row in rows(stores.bound, consents)] == ["stop"]


def test_an_answer_to_somebody_who_opted_out_is_cancelled_when_it_is_to_be_sent(stores: Stores) -> None:
    stores.text("what is botox?")
    stores.answer()
    with writing(stores.bound) as connection:
        people.set_consent(connection, (stores.name(),), START, "stop", "STOP")

    assert stores.outbox.take(stores.name()) is None
    assert stores.outbox_states() == ["cancelled"]


def test_a_letter_that_the_bot_was_away_for_too_long_to_send_is_dead(stores: Stores) -> None:
    stores.text("what is botox?")
    stores.answer()
    stores.clock.now += GIVE_UP_AFTER

    assert stores.outbox.take(stores.name()) is None
    row = stores.kept_letter()
    assert (row["state"], row["problem"], row["in_doubt"]) == ("dead", "too_late", False)


def test_a_letter_whose_number_is_no_longer_kept_is_dead(stores: Stores) -> None:
    stores.text("what is botox?")
    stores.answer()
    stores.clock.now += NUMBER_LIFETIME

    assert stores.outbox.take(stores.name()) is None
    assert (stores.kept_letter()["state"], stores.kept_letter()["problem"]) == ("dead", "number_no_longer_kept")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ([("queued", None)], ("sent", None)),
        ([("sent", None)], ("sent", None)),
        ([("delivered", None)], ("delivered", None)),
        ([("read", None)], ("delivered", None)),
        ([("delivered", None), ("sent", None)], ("delivered", None)),
        ([("delivered", None), ("failed", "30003")], ("delivered", None)),
        ([("failed", "30003")], ("dead", "30003")),
        ([("undelivered", None)], ("dead", "undelivered")),
        ([("failed", "30003"), ("sent", None)], ("dead", "30003")),
        ([("failed", "30003"), ("delivered", None)], ("delivered", None)),
        ([("failed", "21610"), ("delivered", None)], ("cancelled", "21610")),
    ],
)
def test_a_letter_s_state_follows_the_callbacks_in_whatever_order_they_come(
    stores: Stores, told: list[tuple[str, str | None]], kept: tuple[str, str | None]
) -> None:
    stores.outbox.sent(stores.sending(), "SM-out")
    for status, error in told:
        stores.outbox.told(Status("SM-out", None, status, error))

    assert (stores.kept_letter()["state"], stores.kept_letter()["problem"]) == kept


@pytest.mark.parametrize(("status", "state"), [("sent", "sent"), ("delivered", "delivered")])
def test_a_callback_ends_the_doubt_about_a_letter(stores: Stores, status: str, state: str) -> None:
    letter = stores.sending()
    stores.outbox.in_doubt(letter, "timeout")
    stores.outbox.told(Status("SM-out", letter.delivery_id, status, None))
    row = stores.kept_letter()

    assert (row["state"], row["in_doubt"], row["twilio_sid"], row["sealed"]) == (state, False, "SM-out", None)


def test_a_callback_that_is_faster_than_twilio_s_answer_stands(stores: Stores) -> None:
    letter = stores.sending()
    stores.outbox.told(Status("SM-out", letter.delivery_id, "delivered", None))
    stores.clock.advance(seconds=2)
    stores.outbox.sent(letter, "SM-out")
    row = stores.kept_letter()

    assert (row["state"], row["delivered_at"], row["sent_at"]) == ("delivered", START, START)


@pytest.mark.parametrize(
    "status", [Status("SM-other", None, "delivered", None), Status(None, "0" * 32, "failed", "21610")]
)
def test_a_callback_about_no_letter_changes_nothing(stores: Stores, status: Status) -> None:
    stores.sending()
    before = stores.kept_letter()
    stores.outbox.told(status)

    assert stores.kept_letter() == before
    assert not stores.sender().has_opted_out


def test_of_many_processes_one_takes_a_message_and_none_its_sender_s_next(stores: Stores) -> None:
    stores.text("first")
    stores.text("second")
    many, barrier = [Stores(stores.bound) for _ in range(8)], Barrier(8)

    def take(one: Stores) -> str | None:
        barrier.wait()
        waiting = one.inbox.take(stores.name())
        return waiting.text if waiting else None

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take, many))
    assert [text for text in taken if text] == ["first"]


def test_a_claim_from_a_clock_that_was_set_back_holds_nothing_up(stores: Stores) -> None:
    stores.text("what is botox?")
    assert stores.taken().text == "what is botox?"
    stores.clock.advance(days=-1)
    assert stores.taken().text == "what is botox?"


def test_a_text_is_sent_at_once_though_the_clock_was_set_back(stores: Stores) -> None:
    stores.text("what is botox?")
    stores.answer()
    stores.clock.advance(days=-1)
    assert stores.sent_bodies() == ["An answer."]
