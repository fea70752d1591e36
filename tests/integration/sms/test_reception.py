"""What arrives is kept once, whoever tells it and how often; a wish about consent holds from that moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from bot.channels.sms import wording
from bot.channels.sms.consent import Action
from bot.channels.sms.inbox import Reply
from bot.channels.sms.limits import Caps
from bot.channels.sms.people import Offer
from bot.channels.sms.received import Received
from bot.channels.sms.reception import NUMBER_LIFETIME
from bot.channels.sms.tables import consents, inbox, outbox, senders
from bot.channels.sms.wording import TextName
from bot.consult.types import Language
from bot.database import writing
from tests.handoff import PHONE, SECRET, START, rows
from tests.integration.sms.stores import OTHER, PAUSE, WORDING, Stores

AT_ONCE = 6


@pytest.fixture
def stores(migrated: Engine) -> Stores:
    return Stores(migrated)


def received(sid: str = "SM1", signature: str = "s1", number: str = PHONE, text: str = "what is botox?") -> Received:
    return Received(sid, signature, number, text, 0, False)


def accept_at_once(stores: Stores, messages: list[Received]) -> list[bool]:
    """Have every message arrive at the same moment, each in a thread of its own."""
    gate = Barrier(len(messages))

    def accept(message: Received) -> bool:
        gate.wait()
        return stores.reception.accept(message)

    with ThreadPoolExecutor(len(messages)) as threads:
        return list(threads.map(accept, messages))


def test_a_message_is_kept_sealed_and_its_number_in_the_vault_for_a_week(stores: Stores) -> None:
    stores.reception.accept(Received("SM1", "s1", PHONE, "what is botox?", 2, False))
    (row,) = rows(stores.bound, inbox)

    assert stores.seal.open(row.pop("sealed")) == "what is botox?"
    assert row == {
        "id": row["id"],
        "message_sid": "SM1",
        "signature": "s1",
        "sender": stores.name(),
        "received_at": START,
        "pictures": 2,
        "state": "new",
        "attempts": 0,
        "problem": None,
        "done_at": None,
        "claimed_until": None,
    }
    place = f"sms-{stores.name()}"
    assert stores.vault.known(place) == {"phone-1": PHONE}
    stores.clock.now += NUMBER_LIFETIME
    assert stores.vault.known(place) == {}


@pytest.mark.parametrize(
    ("sid", "signature", "is_new"),
    [("SM1", "s1", False), ("SM1", "s2", False), ("SM2", "s1", False), ("SM2", "s2", True)],
)
def test_the_same_message_or_the_same_request_is_kept_once(
    stores: Stores, sid: str, signature: str, is_new: bool
) -> None:
    assert stores.reception.accept(received())
    assert stores.reception.accept(received(sid, signature)) is is_new
    assert len(stores.inbox_states()) == 1 + is_new


def test_a_repeated_message_is_not_kept_again_once_it_was_answered(stores: Stores) -> None:
    stores.text("STOP")
    stores.text("START")

    assert not stores.reception.accept(received("SM1", "another", text="STOP"))
    assert not stores.sender().has_opted_out
    assert len(rows(stores.bound, consents)) == 2


def test_the_same_message_arriving_often_at_the_same_moment_is_kept_once(stores: Stores) -> None:
    assert sorted(accept_at_once(stores, [received()] * AT_ONCE)) == [False] * (AT_ONCE - 1) + [True]
    assert stores.inbox_states() == ["new"]


def test_the_first_messages_of_a_number_arriving_at_the_same_moment_are_all_kept(stores: Stores) -> None:
    messages = [received(f"SM{n}", f"s{n}") for n in range(AT_ONCE // 2)]

    assert accept_at_once(stores, messages) == [True] * len(messages)
    assert stores.inbox_states() == ["new"] * len(messages)
    with stores.bound.connect() as connection:
        assert connection.execute(sa.select(senders.c.sender)).scalars().all() == [stores.name()]


def test_the_same_stop_arriving_often_at_the_same_moment_is_confirmed_once(stores: Stores) -> None:
    assert accept_at_once(stores, [received(text="STOP")] * AT_ONCE).count(True) == 1
    assert stores.sent_bodies() == [WORDING.say(wording.STOPPED, "en")]
    assert [row["action"] for row in rows(stores.bound, consents)] == ["stop"]


def test_a_text_is_read_before_anybody_who_writes_is_held_up(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    def while_somebody_writes(_: str) -> None:
        with writing(stores.bound):
            pass

    monkeypatch.setattr("bot.channels.sms.reception.wish_of", while_somebody_writes)
    assert stores.reception.accept(received())


def test_what_can_never_be_kept_is_an_error_and_not_a_message_known_before(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise IntegrityError("statement", {}, Exception())

    monkeypatch.setattr(stores.reception, "_keep", fail)
    with pytest.raises(RuntimeError, match=r"^A message could not be kept\.$"):
        stores.reception.accept(received())
    with stores.bound.connect() as connection:
        assert connection.execute(sa.select(senders)).all() == []


def test_stop_holds_at_once_and_cancels_what_waits_of_this_sender_only(stores: Stores) -> None:
    for number in (PHONE, OTHER):
        stores.text("what is botox?", number)
        stores.answer(number=number)
        stores.text("how long does it last?", number)
    stores.text("STOP")

    assert stores.sender().has_opted_out
    assert not stores.sender(OTHER).has_opted_out
    assert stores.inbox.due() == [stores.name(OTHER)]
    assert stores.inbox_states() == ["answered", "ignored", "answered", "new", "answered"]
    assert stores.outbox_states() == ["cancelled", "queued", "queued"]
    assert [row["sealed"] is None for row in rows(stores.bound, inbox)] == [True, True, True, False, True]
    assert stores.sent_bodies() == [WORDING.say(wording.STOPPED, "en")]
    assert stores.sent_bodies(OTHER) == ["An answer."]


def test_an_answer_that_was_in_the_making_when_stop_came_is_not_kept(stores: Stores) -> None:
    stores.text("what is botox?")
    waiting = stores.taken()
    stores.text("STOP")

    assert not stores.inbox.reply(waiting, Reply("Too late.", "en"))
    assert stores.sent_bodies() == [WORDING.say(wording.STOPPED, "en")]


def test_a_text_that_did_not_go_out_before_stop_came_is_not_tried_again(stores: Stores) -> None:
    letter = stores.sending()
    stores.text("STOP")
    stores.outbox.not_sent(letter, "503")

    assert stores.outbox_states() == ["cancelled", "queued"]
    stores.clock.now += PAUSE
    assert stores.sent_bodies() == [WORDING.say(wording.STOPPED, "en")]


def test_stop_is_confirmed_once_however_often_it_is_said(stores: Stores) -> None:
    stores.text("STOP")
    stores.text("unsubscribe")
    stores.text("please stop texting me")

    assert stores.sent_bodies() == [WORDING.say(wording.STOPPED, "en")]
    assert [(row["action"], row["keyword"], row["at"]) for row in rows(stores.bound, consents)] == [
        ("stop", "STOP", START),
        ("stop", "UNSUBSCRIBE", START),
        ("stop", "words", START),
    ]


def test_stop_forgets_what_the_last_answer_offered(stores: Stores) -> None:
    stores.text("what is botox?")
    stores.answer(offer=Offer(rest="There is more."))
    assert stores.sender().offer == Offer(rest="There is more.")
    stores.text("STOP")

    assert stores.sender().offer == Offer()


def test_start_undoes_stop_and_says_so(stores: Stores) -> None:
    stores.text("STOP")
    stores.clock.advance(minutes=5)
    stores.text("START")

    assert not stores.sender().has_opted_out
    assert [(row["action"], row["keyword"]) for row in rows(stores.bound, consents)] == [
        ("stop", "STOP"),
        ("start", "START"),
    ]
    assert stores.sent_bodies() == [WORDING.say(wording.STOPPED, "en"), WORDING.say(wording.STARTED, "en")]
    stores.text("what is botox?")
    stores.answer()
    assert stores.sent_bodies() == ["An answer."]


def test_start_of_somebody_who_never_stopped_is_answered_but_is_no_consent(stores: Stores) -> None:
    stores.text("START")

    assert rows(stores.bound, consents) == []
    assert stores.sent_bodies() == [WORDING.say(wording.STARTED, "en")]


def test_help_is_answered_and_changes_nothing(stores: Stores) -> None:
    stores.text("HELP")

    assert stores.sent_bodies() == [WORDING.say(wording.HELP, "en")]
    assert rows(stores.bound, consents) == []
    assert not stores.sender().has_opted_out


def test_help_of_somebody_who_wants_no_texts_is_not_answered(stores: Stores) -> None:
    stores.text("STOP")
    stores.sent_bodies()
    stores.text("HELP")

    assert stores.sent_bodies() == []
    assert stores.inbox.due() == []


@pytest.mark.parametrize(
    ("text", "spoken", "said", "language"),
    [
        ("STOP", None, wording.STOPPED, "en"),
        ("STOP", "fr", wording.STOPPED, "fr"),
        ("ARRÊT", None, wording.STOPPED, "fr"),
        ("Arrêtez svp", "en", wording.STOPPED, "fr"),
        ("UNSUBSCRIBE", "fr", wording.STOPPED, "en"),
        ("info", "fr", wording.HELP, "fr"),
        ("aide", None, wording.HELP, "fr"),
    ],
)
def test_a_wish_is_confirmed_in_the_language_of_its_word_else_in_the_one_last_spoken(
    stores: Stores, text: str, spoken: Language | None, said: TextName, language: Language
) -> None:
    if spoken:
        stores.text("?")
        stores.answer(language=spoken)
        stores.sent_bodies()
    stores.text(text)

    assert stores.sent_bodies() == [WORDING.say(said, language)]


@pytest.mark.parametrize(("text", "is_out"), [("STOP", True), ("HELP", False)])
def test_what_twilio_has_answered_itself_is_done_but_not_said_again(stores: Stores, text: str, is_out: bool) -> None:
    stores.text(text, is_handled=True)

    assert stores.sender().has_opted_out is is_out
    assert stores.inbox_states() == ["answered"]
    assert stores.sent_bodies() == []


@pytest.mark.parametrize(("taken_for", "is_out"), [("stop", True), ("help", False), (None, False)])
def test_what_twilio_took_for_a_wish_is_one_whatever_its_words(
    stores: Stores, taken_for: Action | None, is_out: bool
) -> None:
    stores.reception.accept(Received("SM1", "s1", PHONE, "halt these", 0, taken_for is not None, taken_for))

    assert stores.sender().has_opted_out is is_out
    assert stores.inbox_states() == ["answered" if taken_for else "new"]


def test_stop_leaves_a_red_flag_that_waits_in_line(stores: Stores) -> None:
    for text in ("which goes first?", "i can't breathe", "STOP"):
        stores.text(text)

    assert stores.inbox_states() == ["ignored", "new", "answered"]


@pytest.mark.parametrize(
    "text", ["can I stop botox before needling", "help me decide which first", "end of october", "My eye! Stop it."]
)
def test_a_question_with_such_a_word_waits_for_its_answer(stores: Stores, text: str) -> None:
    stores.text(text)

    assert stores.taken().text == text
    assert not stores.sender().has_opted_out
    assert stores.outbox_states() == []


@pytest.mark.parametrize("caps", [Caps(1, 99, 99), Caps(99, 1, 99), Caps(99, 99, 1)])
def test_beyond_every_cap_stop_still_holds_but_is_not_confirmed(migrated: Engine, caps: Caps) -> None:
    stores = Stores(migrated, caps)
    stores.sending()
    stores.text("STOP")

    assert stores.sender().has_opted_out
    assert stores.outbox_states() == ["sending"]


def test_a_new_secret_undoes_no_opting_out(migrated: Engine) -> None:
    Stores(migrated).text("STOP")
    renewed = Stores(migrated, secret=f"a newer secret for tests,{SECRET}")
    renewed.texts = 1
    renewed.text("what is botox?")

    assert renewed.name() != Stores(migrated).name()
    assert renewed.sender().has_opted_out
    renewed.text("START")
    assert not renewed.sender().has_opted_out
    assert not Stores(migrated).sender().has_opted_out


def test_neither_number_nor_words_can_be_read_outside_the_sealed_columns(stores: Stores) -> None:
    stores.text("a word that nobody else uses: zwieback")
    stores.answer("zwieback again", offer=Offer(rest="and more zwieback"))
    with stores.bound.connect() as connection:
        kept = [str(connection.execute(sa.select(table)).all()) for table in (senders, inbox, outbox, consents)]

    assert all("zwieback" not in text and PHONE[2:] not in text for text in kept)
