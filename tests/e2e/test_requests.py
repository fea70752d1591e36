"""Asking for a person, in conversation and on the page, with the whole bot running: in every order and mood."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.e2e.bots import Answer, Bot, Talk, buttons, spoken

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

FILED = re.compile(r"recorded, reference \*\*(TD-\w+)\*\*")
YES, NO, NEW = ('/consult{"request": "yes"}', '/consult{"request": "no"}', '/consult{"request": "new"}')
PHONE, OTHER, EMAIL = "403-555-0121", "587 555 0122", "someone@clinic.example"


def rows(bot: Bot, statement: str) -> list[Any]:
    with sqlite3.connect(bot.folder / "tandem.db") as connection:
        return connection.execute(statement).fetchall()


def asked(bot: Bot, *said: str) -> tuple[Talk, Answer]:
    """A conversation so far, and its last answer."""
    talk = bot.talk()
    return talk, [talk.say(text) for text in said][-1]


def fields(answer: Answer) -> list[str]:
    """The fields of the form that an answer shows."""
    return [field["name"] for message in answer["messages"] for field in message.get("form", {}).get("fields", [])]


def reference(answer: Answer) -> str:
    found = FILED.search(spoken(answer))
    assert found, spoken(answer)
    return found[1]


def shown(bot: Bot, reference_given: str) -> dict[str, Any]:
    """The contact data of a request, as staff reads it."""
    return dict(json.loads(bot.tandem("handoffs", "show", reference_given, "--json").stdout))


# The way through.
def test_a_request_is_filed_word_by_word(bot: Bot) -> None:
    talk, started = asked(bot, "could i talk with somebody")
    assert "403-555-0100" in spoken(started) and set(buttons(started)) == {YES, NO}
    answers = [talk.say(text) for text in ("sure", "just Testname", PHONE, "weekday evenings", "no")]

    assert {answer["topic"] for answer in (started, *answers)} == {"consult"}
    assert [fields(answer) for answer in answers] == [
        ["name", "phone", "email", "time", "note"],
        ["phone", "email", "time", "note"],
        ["time", "note"],
        ["note"],
        [],
    ]
    assert "Tuesday, November 24, 10:00 a.m." in spoken(answers[-1])  # it is Sunday, and Monday is a day off
    assert reference(answers[-1])


def test_everything_may_come_in_one_line_even_before_the_consent(bot: Bot) -> None:
    talk, started = asked(bot, f"Hi, I'm Testname, could somebody call me at {PHONE} tomorrow morning?")
    assert set(buttons(started)) == {YES, NO}

    assert fields(talk.say("yes")) == ["note"]


def test_consent_and_number_may_come_together(bot: Bot) -> None:
    _, answer = asked(bot, "i'd like to book", "my name is Testname", f"{PHONE}, and yes, you can call me")

    assert (answer["topic"], fields(answer)) == ("consult", ["time", "note"])


def test_the_page_s_form_takes_the_same_way(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me", "yes")
    wrong = talk.send(form={"name": "Testname", "phone": "12", "email": "", "time": "", "note": ""}).json()
    right = talk.send(form={"phone": PHONE, "email": ""}).json()

    errors = {field["name"]: field.get("error") for m in wrong["messages"] for field in m["form"]["fields"]}
    assert list(errors) == ["phone", "email"] and "ten digits" in str(errors["phone"])
    assert reference(right)


def test_form_and_conversation_mix(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me", "yes", "Testname")

    assert fields(talk.send(form={"phone": "", "email": ""}).json()) == ["phone", "email"]
    assert reference(talk.say(f"my email is {EMAIL}"))  # the form was sent without a time and a note


def test_a_form_without_anything_names_what_is_missing(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me", "yes")
    answer = talk.send(form={"name": ""}).json()

    errors = {f["name"]: f["error"] for m in answer["messages"] for f in m["form"]["fields"] if "error" in f}
    assert set(errors) == {"name", "phone"}
    assert "Please check the marked fields" in spoken(answer)


def test_a_form_before_the_consent_waits_for_it(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me")
    kept = talk.send(form={"name": "Testname", "phone": PHONE}).json()

    assert set(buttons(kept)) == {YES, NO}
    assert reference(talk.send(payload=YES).json())


def test_in_french_it_is_french(bot: Bot) -> None:
    talk, started = asked(bot, "j'aimerais parler à quelqu'un")
    answers = [talk.say(text) for text in ("d'accord", "Testname", OTHER, "peu importe", "non")]

    assert "Êtes-vous d'accord" in spoken(started)
    assert {answer["language"] for answer in (started, *answers)} == {"fr"}
    assert "C'est fait" in spoken(answers[-1]) and "mardi 24 novembre" in spoken(answers[-1])


# Corrections and problems.
def test_a_correction_replaces_what_was_given(bot: Bot) -> None:
    talk, _ = asked(bot, "call me", "yes", "Testname", PHONE, f"sorry, my number is {OTHER}", "noon")
    filed = talk.say("no")

    assert shown(bot, reference(filed))["contact"] == "+15875550122"


def test_what_is_wrong_is_said_once_and_then_a_phone_call_is_offered(bot: Bot) -> None:
    talk, first = asked(bot, "call me", "yes", "Testname", "some@where")
    second = talk.say("some at where")

    assert "e-mail" in spoken(first) and "403-555-0100" not in spoken(first)
    assert "403-555-0100" in spoken(second)
    assert fields(talk.say(EMAIL)) == ["time", "note"]


# Interruptions.
@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("hold on, when does botox start working?", "botox_onset"),
        ("i had tox 10 days ago, is needling today ok?", "date_check"),
        ("does it hurt?", "pain"),
        ("i'm breastfeeding, is that an issue?", "clinician_only"),
        ("hello", "smalltalk_greet"),
    ],
)
def test_a_question_in_between_is_answered_and_the_form_goes_on(bot: Bot, question: str, topic: str) -> None:
    talk, _ = asked(bot, "can someone call me", "yes")
    between = talk.say(question)

    assert between["topic"] == topic
    assert "Back to your request" in between["messages"][-1]["text"]
    assert fields(between) == ["name", "phone", "email", "time", "note"]
    assert fields(talk.say("Testname")) == ["phone", "email", "time", "note"]


def test_who_does_not_answer_the_consent_is_not_asked_for_ever(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me")
    said = [talk.say(text) for text in ("which goes first?", "why?", "does it hurt?", "how long does botox last?")]

    assert ["Back to your request" in spoken(answer) for answer in said] == [True, True, False, False]
    assert set(buttons(talk.say("can someone call me"))) >= {YES, NO}


def test_who_only_thanks_for_the_offer_is_not_asked_again(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me")
    said = [talk.say(text) for text in ("thank you so much", "which goes first?")]

    assert ["Back to your request" in spoken(answer) for answer in said] == [False, False]
    assert set(buttons(talk.say("can someone call me"))) >= {YES, NO}


def test_thanks_and_a_goodbye_send_what_is_there(bot: Bot) -> None:
    talk, _ = asked(bot, "could i talk with somebody", "yes", "Testname", PHONE)
    answer = talk.say("thanks, bye")

    assert answer["topic"] in ("smalltalk_thanks", "smalltalk_bye")
    assert shown(bot, reference(answer))["name"] == "Testname"


def test_a_goodbye_before_there_is_a_number_sends_nothing(bot: Bot) -> None:
    _, answer = asked(bot, "could i talk with somebody", "yes", "Testname", "bye")

    assert answer["topic"] == "smalltalk_bye" and "nothing is passed on" in spoken(answer)


def test_half_a_number_is_told_so_twice(bot: Bot) -> None:
    talk, first = asked(bot, "could i talk with somebody", "Test Sample", "403-55")
    again = talk.say("403 555")

    assert "phone number can't be right" in spoken(first)
    assert "call" in spoken(again) and "phone number can't be right" in spoken(again)


def test_a_detail_beside_a_question_counts(bot: Bot) -> None:
    _, answer = asked(bot, "can someone call me", "yes", "Testname", f"{PHONE}, and how long does botox last?")

    assert answer["topic"] == "botox_duration"
    assert fields(answer) == ["time", "note"]


def test_a_button_in_between_is_answered_too(bot: Bot) -> None:
    talk, answer = asked(bot, "which goes first?")
    talk.say("can someone call me")
    between = talk.send(payload=next(p for p in buttons(answer) if p == "/why_timing")).json()

    assert between["topic"] == "why_timing"
    assert set(buttons(between)) >= {YES, NO}


def test_asking_for_a_person_again_asks_the_open_question(bot: Bot) -> None:
    _, answer = asked(bot, "can someone call me", "yes", "i want to talk to a person")

    assert answer["topic"] == "consult"
    assert "Back to your request" in spoken(answer)


def test_who_asks_what_it_is_for_is_told(bot: Bot) -> None:
    _, answer = asked(bot, "can someone call me", "who will see my number?")

    assert "Nobody else sees them" in spoken(answer) and set(buttons(answer)) == {YES, NO}


# What is kept, asked and given up.
def test_what_was_told_in_passing_is_not_asked_again(bot: Bot) -> None:
    talk, _ = asked(bot, f"my name is Testname, my number is {PHONE}. how long does botox last?", "can someone call me")

    assert fields(talk.say("yes")) == ["time", "note"]


def test_a_number_with_its_extension_and_an_address_both_reach_the_clinic(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me", "yes", "Testname", f"{PHONE} ext 5 or {EMAIL}", "noon")

    assert shown(bot, reference(talk.say("no")))["contact"] == f"+14035550121 ext. 5, {EMAIL}"


def test_what_was_written_down_and_when_somebody_calls_is_told_in_between(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me", "yes", "Testname", PHONE)
    written, when, sent = (
        talk.say(text) for text in ("what did you write down?", "when will they call?", "was it sent?")
    )

    assert "a name that starts with T, a phone number that ends in 21" in spoken(written)
    assert "Tuesday, November 24, 10:00 a.m." in spoken(when) and "nothing has been sent" in spoken(sent)
    assert {"Back to your request" in spoken(answer) for answer in (written, when, sent)} == {True}


def test_three_other_questions_in_a_row_end_it_and_forget(bot: Bot) -> None:
    before = rows(bot, "SELECT count(*) FROM contact_vault")
    talk, _ = asked(bot, "can someone call me", "yes", "Testname")
    said = [talk.say(text) for text in ("which goes first?", "does it hurt?", "how long does botox last?", "ok")]

    assert ["Back to your request" in spoken(answer) for answer in said] == [True, True, False, False]
    assert "put your request aside" in spoken(said[2])
    assert rows(bot, "SELECT count(*) FROM contact_vault") == before


def test_who_is_under_age_is_not_asked_any_more(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me", "yes", "Testname")
    told, again = talk.say("i'm 16"), talk.say("can someone call me")

    assert (told["topic"], fields(told), set(buttons(again))) == ("clinician_only", [], set())
    assert "under 18" in spoken(told) and "under 18" in spoken(again)


# The end without a request.
@pytest.mark.parametrize(
    "so_far", [(), ("yes",), ("yes", "Testname"), ("yes", "Testname", PHONE), ("Testname here", "yes")]
)
def test_never_mind_ends_it_at_any_point_and_forgets(bot: Bot, so_far: tuple[str, ...]) -> None:
    before = rows(bot, "SELECT count(*) FROM contact_vault WHERE request_id IS NULL")
    talk, _ = asked(bot, "can someone call me", *so_far)
    stopped = talk.say("never mind")

    assert "forgotten" in spoken(stopped) and fields(stopped) == []
    assert rows(bot, "SELECT count(*) FROM contact_vault WHERE request_id IS NULL") == before
    assert talk.say("thanks")["topic"] == "smalltalk_thanks"


def test_a_no_gives_phone_and_booking_link_and_forgets(bot: Bot) -> None:
    before = rows(bot, "SELECT count(*) FROM contact_vault")
    talk, started = asked(bot, f"my number is {PHONE}, can someone call me")
    refused = talk.send(payload=NO).json()

    assert set(buttons(started)) == {YES, NO}
    assert "403-555-0100" in spoken(refused) and "https://demo-clinic.example/book" in spoken(refused)
    assert rows(bot, "SELECT count(*) FROM contact_vault") == before


def test_a_no_in_the_middle_ends_it(bot: Bot) -> None:
    _, answer = asked(bot, "can someone call me", "yes", "no")

    assert "I've stopped" in spoken(answer)


@pytest.mark.parametrize("so_far", [(), ("yes",), ("yes", "Testname"), ("yes", "Testname", PHONE, "noon")])
def test_a_red_flag_stands_alone_ends_the_form_and_keeps_nothing(bot: Bot, so_far: tuple[str, ...]) -> None:
    before = rows(bot, "SELECT count(*) FROM contact_vault")
    talk, _ = asked(bot, "can someone call me", *so_far)
    alarm = talk.say("my eyelid droops and now i can't swallow")

    assert (alarm["topic"], len(alarm["messages"])) == ("emergency", 1)
    assert rows(bot, "SELECT count(*) FROM contact_vault") == before
    assert talk.say("my name is Testname, how long do i wait after botox")["topic"] == "emergency"
    again = talk.say("can someone call me")
    assert (again["topic"], set(buttons(again)) & {YES, NO}) == ("consult", set())


def test_ending_the_session_forgets_what_was_typed(bot: Bot) -> None:
    before = rows(bot, "SELECT count(*) FROM contact_vault")
    talk, _ = asked(bot, "can someone call me", "yes", "Testname", PHONE)
    talk.http.delete("/webhooks/website/session", headers=talk.headers)

    assert rows(bot, "SELECT count(*) FROM contact_vault") == before


# Too late.
def test_a_form_or_a_yes_after_the_end_is_answered_sensibly(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me", "yes", "never mind")
    late = talk.send(form={"name": "Testname", "phone": PHONE}).json()
    talk.say("never mind")
    pressed = talk.send(payload=YES).json()

    for answer in (late, pressed):
        assert "closed already" in spoken(answer) and set(buttons(answer)) >= {YES, NO}
    assert "nothing is passed on" in spoken(talk.send(payload=NO).json())
    assert "no request open" in spoken(talk.send(payload=NO).json())


# Waiting, honestly.
@pytest.fixture(scope="module")
def waiting(bot: Bot) -> tuple[Talk, str]:
    talk, filed = asked(bot, "can someone call me", "yes", "Testname", PHONE, "any time", "no")
    return talk, reference(filed)


@pytest.mark.parametrize("text", ["any news?", "did you get my request?", "can someone call me", "des nouvelles?"])
def test_who_asks_again_hears_how_the_request_stands(waiting: tuple[Talk, str], text: str) -> None:
    talk, given = waiting
    answer = talk.say(text)

    assert answer["topic"] == "consult"
    assert given in spoken(answer) and set(buttons(answer)) == {NEW}


def test_a_second_request_is_taken_where_it_is_wanted(waiting: tuple[Talk, str]) -> None:
    talk, given = waiting
    talk.say("did somebody look at my request yet?")
    started = talk.send(payload=NEW).json()
    second = [talk.say(text) for text in ("yes", "Testname", OTHER, "any", "no")][-1]

    assert set(buttons(started)) >= {YES, NO}
    assert reference(second) != given


def test_a_request_is_changed_and_cancelled_by_whoever_made_it(bot: Bot) -> None:
    talk, filed = asked(bot, "can someone call me", "yes", "Testname", PHONE, "any time", "no")
    changed = talk.say(f"sorry, my number is {OTHER}")
    named = talk.say("call me Another instead")
    contact = shown(bot, reference(filed))
    cancelled = talk.say("cancel it")

    assert "changed your request" in spoken(changed) and "changed your request" in spoken(named)
    assert (contact["name"], contact["contact"]) == ("Another", "+15875550122")
    assert "is cancelled" in spoken(cancelled)
    assert {key: shown(bot, reference(filed))[key] for key in ("state", "contact")} == {
        "state": "cancelled",
        "contact": "",
    }
    assert set(buttons(talk.say("can someone call me"))) >= {YES, NO}


def test_without_a_request_there_is_no_news(bot: Bot) -> None:
    _, answer = asked(bot, "any news?")

    assert "no request from you" in spoken(answer)


def test_after_the_confirmation_a_thank_you_is_a_thank_you(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me", "yes", "Testname", PHONE, "any time", "no")

    assert talk.say("great, thank you")["topic"] == "smalltalk_thanks"


# When filing fails.
@contextmanager
def without_requests(bot: Bot) -> Iterator[None]:
    """The database as it is when the request cannot be kept."""
    rows(bot, "ALTER TABLE outbox RENAME TO outbox_away")
    try:
        yield
    finally:
        rows(bot, "ALTER TABLE outbox_away RENAME TO outbox")


def test_a_request_that_is_not_kept_is_not_confirmed_and_can_be_tried_again(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me", "yes", "Testname", PHONE, "any time")
    before = rows(bot, "SELECT count(*) FROM handoff_requests")
    with without_requests(bot):
        failed = talk.say("no")
        failed_again = talk.say("try again")
    between = rows(bot, "SELECT count(*) FROM handoff_requests")
    filed = talk.send(payload=next(iter(buttons(failed_again)))).json()

    for answer in (failed, failed_again):
        assert "can't confirm" in spoken(answer) and "403-555-0100" in spoken(answer)
        assert not FILED.search(spoken(answer))
    assert between == before
    assert shown(bot, reference(filed))["contact"] == "+14035550121"


def test_a_request_that_was_not_kept_can_be_given_up(bot: Bot) -> None:
    talk, _ = asked(bot, "can someone call me", "yes", "Testname", PHONE, "any time")
    with without_requests(bot):
        talk.say("no")
    before = rows(bot, "SELECT count(*) FROM handoff_requests")

    assert "forgotten" in spoken(talk.say("never mind"))
    assert rows(bot, "SELECT count(*) FROM handoff_requests") == before
