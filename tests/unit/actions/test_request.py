"""The actions of the request form: when it starts, what it takes, what it asks, and what it confirms."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

import pytest

from actions.answers import AnswerQuestion, KeepSafe
from actions.request import ASKING, FileRequest, OfferPerson, ValidateRequestForm
from bot.consult.case.memory import Memory
from bot.consult.request.consent import VERSION
from bot.consult.request.progress import ALL_SLOTS, KNOWN
from bot.consult.request.types import FormAnswer
from bot.consult.safety.state import SafeMemory
from bot.handoff.errors import ForgottenError
from bot.handoff.types import Draft, Status
from tests.unit.actions.conftest import Form, HeldRequests

Run = Callable[..., Any]
INTRODUCED = Memory(introduced=True, at=9e9)
AGREED = {"version": VERSION, "at": "2026-11-22T21:00:00"}
FULL = {
    "request_key": "k",
    "request_consent": AGREED,
    "request_name": "name-1",
    "request_contact": "phone-1",
    "request_time": "-",
    "request_note": "note-1",
}
WAITING = Status("TD-4F7K", datetime(2026, 11, 20, 21, 5), "waiting", None)


async def offered(run: Run, text: str = "can someone call me", **form: Any) -> Any:
    memory, topic = form.pop("memory", INTRODUCED), form.pop("topic", "consult")
    return await run(OfferPerson(), text, topic, memory=memory, form=Form(**form))


# Where the form starts, and where it does not.
async def test_a_person_is_offered_and_the_form_starts_empty_with_a_key_of_its_own(run: Run) -> None:
    first, second = await offered(run), await offered(run)

    assert (first.responses, first.next) == (["utter_consult_closed"], "request_form")
    assert set(first.slots) == set(ALL_SLOTS)
    assert [name for name, value in first.slots.items() if value is not None] == ["request_key"]
    assert first.slots["request_key"] != second.slots["request_key"]


async def test_an_earlier_request_is_named_instead_of_a_second_form(run: Run, requests: HeldRequests) -> None:
    requests.latest = WAITING
    turn = await offered(run)

    assert (turn.responses, turn.next, turn.slots) == (["utter_request_waiting"], "action_listen", {})
    assert (turn.said[0]["reference"], turn.said[0]["asked"]) == ("TD-4F7K", "on Friday, November 20, 2:05 p.m.")


@pytest.mark.parametrize(
    ("state", "said"), [("passed_on", "utter_request_passed_on"), ("closed", "utter_request_closed")]
)
async def test_a_request_s_state_is_told(run: Run, requests: HeldRequests, state: Any, said: str) -> None:
    requests.latest = Status("TD-4F7K", WAITING.filed_at, state, None)

    assert (await offered(run, answer=FormAnswer(wish="status"))).responses == [said]


async def test_another_request_is_taken_where_one_is_asked_for(run: Run, requests: HeldRequests) -> None:
    requests.latest = WAITING

    assert (await offered(run, answer=FormAnswer(wish="new"))).next == "request_form"


@pytest.mark.parametrize(("wish", "first"), [("status", "utter_request_unknown"), ("late", "utter_request_late")])
async def test_what_is_not_there_is_said_before_the_form_starts(run: Run, wish: Any, first: str) -> None:
    turn = await offered(run, answer=FormAnswer(wish=wish))

    assert (turn.responses, turn.next) == ([first, "utter_consult_closed"], "request_form")


@pytest.mark.parametrize("answer", [FormAnswer(consent=False), FormAnswer(wish="stop")])
async def test_a_no_without_a_form_starts_none(run: Run, answer: FormAnswer) -> None:
    turn = await offered(run, answer=answer)

    assert (turn.responses, turn.next, turn.slots) == (["utter_request_none_open"], "action_listen", {})


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("emergency_911", "utter_request_not_now"),
        ("emergency_today", "utter_request_not_now"),
        ("self_harm", "utter_request_not_now_self_harm"),
    ],
)
async def test_after_a_red_flag_no_request_is_taken(run: Run, state: Any, said: str) -> None:
    turn = await offered(run, memory=Memory(introduced=True, safe=SafeMemory(state), at=time.time()))

    assert (turn.responses, turn.next, turn.slots) == (["utter_consult_closed", said], "action_listen", {})


async def test_a_doubt_is_asked_again_before_a_request_is_taken(run: Run) -> None:
    doubted = Memory(introduced=True, safe=SafeMemory(pending="in_doubt", asked=1, at=time.time()), at=time.time())
    turn = await offered(run, "/consult", memory=doubted, topic=None)

    assert (turn.responses, turn.next, turn.slots) == (["utter_safety"], "action_listen", {})
    assert turn.memory["safe"]["asked"] == 2


async def test_a_button_that_is_pressed_again_asks_the_open_form_s_question(run: Run) -> None:
    turn = await offered(run, is_open=True)

    assert (turn.said, turn.next) == ([], "request_form")


async def test_a_request_that_could_not_be_filed_is_tried_again(run: Run) -> None:
    turn = await offered(run, slots=FULL)

    assert (turn.said, turn.next) == ([], "action_file_request")


async def test_or_given_up(run: Run) -> None:
    turn = await offered(run, slots=FULL, answer=FormAnswer(wish="stop"))

    assert (turn.responses, set(turn.slots.values())) == (["utter_request_stopped"], {None})


# After a request was made, or told in passing.
@pytest.mark.parametrize(
    ("answer", "said", "changed"),
    [
        (
            FormAnswer((("name", "name-2"), ("phone", "phone-2"), ("email", "email-1")), wish="change", manner="also"),
            "utter_request_changed",
            [("x", {"name": "name-2", "contact": "phone-2 email-1"}, "also")],
        ),
        (FormAnswer(reopened=("contact",), wish="change"), "utter_request_change_how", []),
        (FormAnswer(wish="cancel"), "utter_request_cancelled", []),
    ],
)
async def test_a_request_that_was_made_is_changed_or_cancelled(
    run: Run, requests: HeldRequests, answer: FormAnswer, said: str, changed: Any
) -> None:
    requests.latest = WAITING
    turn = await offered(run, answer=answer)

    assert (turn.responses, turn.next, requests.changed) == ([said], "action_listen", changed)


@pytest.mark.parametrize("wish", ["cancel", "change", "when"])
async def test_where_there_is_none_that_is_said_before_the_form_starts(run: Run, wish: Any) -> None:
    turn = await offered(run, answer=FormAnswer(wish=wish))

    assert (turn.responses, turn.next) == (["utter_request_unknown", "utter_consult_closed"], "request_form")


@pytest.mark.parametrize("state", ["closed", "cancelled"])
async def test_a_request_that_is_over_is_not_changed(run: Run, requests: HeldRequests, state: Any) -> None:
    requests.latest = Status("TD-4F7K", WAITING.filed_at, state, None)
    turn = await offered(run, answer=FormAnswer(reopened=("name",), wish="change"))

    assert turn.responses == ["utter_request_unknown", "utter_consult_closed"]


async def test_a_cancelled_request_makes_room_for_another_one_but_can_be_asked_about(
    run: Run, requests: HeldRequests
) -> None:
    requests.latest = Status("TD-4F7K", WAITING.filed_at, "cancelled", None)

    assert (await offered(run)).next == "request_form"
    assert (await offered(run, answer=FormAnswer(wish="status"))).responses == ["utter_request_cancelled"]


async def test_who_asks_when_hears_when_the_clinic_is_there(run: Run, requests: HeldRequests) -> None:
    requests.latest = WAITING
    turn = await offered(run, answer=FormAnswer(wish="when"))

    assert turn.responses == ["utter_request_waiting", "utter_request_when_closed"]
    assert turn.said[1]["opens"] == "Tuesday, November 24, 10:00 a.m."


async def test_the_form_starts_with_what_was_told_in_passing(run: Run) -> None:
    turn = await offered(run, slots={KNOWN: {"name": "name-1", "contact": "phone-1"}})

    assert (turn.slots["request_name"], turn.slots["request_contact"]) == ("name-1", "phone-1")


async def test_who_is_under_age_is_offered_no_form(run: Run) -> None:
    turn = await offered(run, slots={KNOWN: {"under_age": True}})

    assert (turn.responses, turn.next, turn.slots) == (["utter_request_under_age"], "action_listen", {})


# What an interruption does.
async def test_after_another_answer_the_form_asks_again(run: Run) -> None:
    turn = await run(AnswerQuestion(), "how long does tox last", "botox_duration", form=Form(is_open=True))

    assert turn.next == "request_form"


@pytest.mark.parametrize(
    ("topic", "slots", "then"),
    [
        ("smalltalk_thanks", {}, "action_listen"),
        ("smalltalk_greet", {}, "request_form"),
        ("smalltalk_thanks", {"request_consent": AGREED}, "request_form"),
        ("smalltalk_thanks", {"request_name": "name-1"}, "request_form"),
    ],
)
async def test_who_thanks_and_told_the_form_nothing_is_not_asked_again(
    run: Run, topic: str, slots: dict[str, Any], then: str
) -> None:
    turn = await run(AnswerQuestion(), "x", topic, form=Form(is_open=True, slots=slots))

    assert turn.next == then


async def test_beside_a_question_of_the_safety_layer_the_form_asks_nothing(run: Run) -> None:
    doubted = Memory(introduced=True, safe=SafeMemory(pending="in_doubt", asked=1, at=time.time()), at=time.time())
    turn = await run(AnswerQuestion(), "/price", memory=doubted, form=Form(is_open=True))

    assert (turn.responses, turn.next) == (["utter_safety"], "action_listen")


async def test_a_red_flag_ends_the_form_and_empties_it(run: Run) -> None:
    turn = await run(KeepSafe(), "i can't breathe", "emergency", form=Form(is_open=True, slots=FULL))

    assert (turn.responses, turn.next) == (["utter_safety"], "action_listen")
    assert {"event": "active_loop", "timestamp": None, "name": None} in turn.events
    assert turn.slots == dict.fromkeys(("requested_slot", *ALL_SLOTS, KNOWN))


async def test_without_a_form_a_red_flag_changes_no_slot(run: Run) -> None:
    turn = await run(KeepSafe(), "i can't breathe", "emergency")

    assert turn.slots == {}


async def validated(run: Run, topic: str = "consult", **form: Any) -> Any:
    return await run(ValidateRequestForm(), "x", topic, form=Form(is_open=True, **form))


async def test_a_message_about_something_else_is_left_to_the_other_actions(run: Run) -> None:
    assert (await validated(run, "price")).events == []


async def test_the_form_resumes_with_the_field_that_was_open(run: Run) -> None:
    turn = await validated(run, "price", slots={"request_consent": AGREED}, acted=("action_answer", "request_form"))

    assert turn.slots == {"requested_slot": "request_name", "request_tries": {"passed_over": 1}}


async def test_a_detail_beside_a_question_is_taken_after_the_question_was_answered(run: Run) -> None:
    both = FormAnswer((("name", "name-1"),), beside=True)
    before = await validated(run, "price", answer=both, slots={"request_consent": AGREED})
    after = await validated(run, "price", answer=both, slots={"request_consent": AGREED}, acted=("action_answer",))

    assert before.events == []
    assert (after.slots["request_name"], after.slots["requested_slot"]) == ("name-1", "request_contact")


async def test_the_last_answer_leaves_nothing_to_ask_for(run: Run) -> None:
    turn = await validated(run, slots={**FULL, "request_note": None}, answer=FormAnswer(skipped=("note",)))

    assert turn.slots == {"request_note": "-", "request_tries": {}, "requested_slot": None}


# What is asked.
async def asked(run: Run, action: Any, **form: Any) -> Any:
    return await run(action, "x", "consult", form=Form(is_open=True, **form))


async def test_the_consent_names_who_sees_it_for_how_long_and_whom_to_ask(run: Run) -> None:
    turn = await asked(run, ASKING["consent"](), acted=("action_offer_person", "request_form"))

    said = turn.said[0]
    assert turn.responses == ["utter_request_consent"]
    assert (said["clinic_name"], said["days"], said["contact"]) == (
        "Demo Clinic (example only)",
        "30",
        "hello@demo-clinic.example",
    )
    assert said["answer"]["topic"] == "consult"
    assert "form" not in said


def test_another_consent_text_is_another_version(domain: dict[str, Any]) -> None:
    """Other words to agree to ask for a new ``VERSION``, here and in bot/consult/request/consent.py."""
    texts = [each["text"] for each in domain["responses"]["utter_request_consent"]]

    assert (VERSION, [sha256(text.encode()).hexdigest()[:12] for text in texts]) == (
        "request-4",
        ["b145d19c6f09", "51d47111e248", "b84d1e998a49", "f8d7d6305942"],
    )


async def test_a_page_gets_the_missing_fields_as_a_form(run: Run) -> None:
    turn = await asked(run, ASKING["name"](), slots={"request_consent": AGREED}, answer=FormAnswer(consent=True))

    form = turn.said[0]["form"]
    assert turn.responses == ["utter_request_details"]
    assert [(each["name"], each["autocomplete"], each["required"]) for each in form["fields"]] == [
        ("name", "name", True),
        ("phone", "tel", False),
        ("email", "email", False),
        ("time", "off", False),
        ("note", "off", False),
    ]
    assert [each.get("one_of") for each in form["fields"]] == [None, "contact", "contact", None, None]
    assert (form["title"], form["fields"][0]["label"]) == ("How can we reach you?", "Your name")


async def test_a_terminal_gets_the_question_alone(run: Run) -> None:
    turn = await asked(
        run, ASKING["name"](), slots={"request_consent": AGREED}, answer=FormAnswer(consent=True), channel="cmdline"
    )

    assert turn.responses == ["utter_request_name"]
    assert "form" not in turn.said[0]


async def test_an_error_stands_beside_its_field(run: Run) -> None:
    answer = FormAnswer(problems=(("contact", "email"),))
    slots = {**FULL, "request_contact": None, "request_tries": {"contact": 1}}
    turn = await asked(run, ASKING["contact"](), slots=slots, answer=answer)

    assert turn.responses == ["utter_request_problem_email"]
    assert [(each["name"], each.get("error", "")[:31]) for each in turn.said[0]["form"]["fields"]] == [
        ("phone", ""),
        ("email", "That e-mail can't be right: ple"),
    ]


async def test_what_was_written_down_is_told_without_giving_it_away(run: Run) -> None:
    slots = {"request_consent": AGREED, "request_name": "name-1", "request_contact": "phone-2"}
    turn = await asked(run, ASKING["time"](), slots=slots, answer=FormAnswer(wish="written"))

    assert turn.responses == ["utter_request_written", "utter_request_time_again"]
    assert turn.said[0]["written"] == "a name that starts with 1, a phone number that ends in 2"


async def test_when_somebody_gets_back_is_told_with_the_hours(run: Run) -> None:
    turn = await asked(run, ASKING["time"](), slots={"request_consent": AGREED}, answer=FormAnswer(wish="when"))

    assert (turn.responses[0], turn.said[0]["opens"]) == (
        "utter_request_when_closed",
        "Tuesday, November 24, 10:00 a.m.",
    )


async def test_the_form_is_drawn_in_french_for_who_speaks_it(run: Run) -> None:
    turn = await asked(run, ASKING["contact"](), slots={**FULL, "request_contact": None, "language": "fr"})

    assert turn.said[0]["form"]["fields"][1]["label"] == "Courriel"


# What is filed, and when it is confirmed.
async def filed(run: Run, **form: Any) -> Any:
    return await run(FileRequest(), "x", "consult", memory=INTRODUCED, form=Form(**form))


async def test_a_request_is_filed_with_tokens_topics_and_the_consent_and_then_confirmed(
    run: Run, requests: HeldRequests
) -> None:
    topics = ("smalltalk_greet", "wait_after_botox", "emergency", "price", "wait_after_botox", "consult")
    before = tuple({"event": "user", "parse_data": {"intent": {"name": topic}}} for topic in topics)
    turn = await filed(run, slots=FULL, before=before)

    assert requests.filed == [
        Draft(
            conversation="x",
            channel="website",
            key="k",
            name="name-1",
            contact="phone-1",
            preferred_time=None,
            note="note-1",
            topics=("wait_after_botox", "price"),
            language="en",
            consent_version=VERSION,
            consented_at=datetime(2026, 11, 22, 21, 0),
        )
    ]
    assert turn.responses == ["utter_request_filed_closed"]  # the fixed day is a Sunday
    assert (turn.said[0]["reference"], turn.said[0]["opens"]) == ("TD-4F7K", "Tuesday, November 24, 10:00 a.m.")
    assert {name: value for name, value in turn.slots.items() if value} == {KNOWN: {"filed": "TD-4F7K"}}
    assert turn.memory["offered"] is False


async def test_a_request_that_cannot_be_filed_is_not_confirmed_and_stays_for_the_next_try(
    run: Run, requests: HeldRequests
) -> None:
    requests.problem = OSError("the database is away: +14035550110")
    failed = await filed(run, slots=FULL)
    requests.problem = None
    again = await filed(run, slots=FULL)

    assert (failed.responses, failed.next, failed.slots) == (["utter_request_failed"], "action_listen", {})
    assert failed.said[0]["phone"] == "403-555-0100"
    assert [draft.key for draft in requests.filed] == ["k"]
    assert again.responses == ["utter_request_filed_closed"]


async def test_what_is_no_longer_kept_is_asked_for_again(run: Run, requests: HeldRequests) -> None:
    requests.problem = ForgottenError()
    turn = await filed(run, slots=FULL)

    assert (turn.responses, turn.next) == (["utter_request_forgotten"], "request_form")
    assert turn.slots["request_key"] not in (None, "k")
    assert turn.slots["request_name"] is None


@pytest.mark.parametrize("ending", ["stopped", "declined", "set_aside"])
async def test_a_form_that_ends_without_a_yes_files_nothing(run: Run, requests: HeldRequests, ending: str) -> None:
    turn = await filed(run, slots={**FULL, "request_ending": ending})

    assert (turn.responses, requests.filed) == ([f"utter_request_{ending}"], [])
    assert set(turn.slots.values()) == {None}


async def test_a_form_that_was_left_ends_without_a_word(run: Run, requests: HeldRequests) -> None:
    turn = await filed(run, slots={"request_key": "k", "request_ending": "left"})

    assert (turn.said, requests.filed, set(turn.slots.values())) == ([], [], {None})


async def test_an_incomplete_form_is_never_filed(run: Run, requests: HeldRequests) -> None:
    turn = await filed(run, slots={**FULL, "request_consent": None})

    assert (turn.responses, requests.filed) == (["utter_request_stopped"], [])


async def test_who_is_under_age_ends_the_form_for_the_whole_conversation(run: Run, requests: HeldRequests) -> None:
    turn = await filed(run, slots={**FULL, "request_ending": "under_age"})

    assert (turn.responses, requests.filed) == (["utter_request_under_age"], [])
    assert {name: value for name, value in turn.slots.items() if value} == {KNOWN: {"under_age": True}}
