"""What is typed into the request form is sealed before anything of the message can be written down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActiveLoop, SlotSet
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine

from bot.consult.case.case import Case
from bot.consult.request.progress import ALL_SLOTS, KNOWN
from bot.consult.request.types import FORM, FormAnswer
from bot.consult.types import to_json
from bot.handoff.vault import ContactVault
from bot.server.conversations import processor
from bot.server.conversations.sealing import Sealer
from bot.server.messages import FormMessage

ME = "c"


@pytest.fixture
def vault(migrated: Engine) -> ContactVault:
    return ContactVault(migrated, "a secret for these tests only")


@pytest.fixture
def sealer(vault: ContactVault) -> Sealer:
    return Sealer(vault)


def tracker(requested: str | None = None, **slots: Any) -> DialogueStateTracker:
    """A conversation in which the form asks for a field, or none is open."""
    names = (*ALL_SLOTS, KNOWN, "requested_slot", "language")
    made = DialogueStateTracker(ME, [AnySlot(name, mappings=[{}]) for name in names])
    if requested:
        made.update(ActiveLoop(FORM))
        made.update(SlotSet("requested_slot", f"request_{requested}"))
    for name, value in slots.items():
        made.update(SlotSet(name, value))
    return made


def parsed(text: str, answer: FormAnswer | None = None, case: Case | None = None) -> dict[str, Any]:
    """A message as it leaves the components."""
    whole = {"text": text, "intent": {"name": "consult"}, "entities": [{"entity": "time", "value": text}]}
    whole |= {"case": to_json(case or Case()), "text_tokens": [[0, 4]]}
    return whole | ({"request_answer": to_json(answer)} if answer else {})


def button(choice: str | None) -> dict[str, Any]:
    entities = [{"entity": "request", "value": choice}] if choice else []
    return {"text": "/consult", "intent": {"name": "consult"}, "entities": entities}


def test_a_value_goes_into_the_vault_and_a_token_stays(sealer: Sealer, vault: ContactVault) -> None:
    message = UserMessage("Zanzibar Smith", sender_id=ME)
    answer = FormAnswer((("name", "Zanzibar Smith"),), shown="[name]")
    sealed = sealer.seal(message, tracker("name"), parsed("Zanzibar Smith", answer))

    assert (message.text, sealed["text"]) == ("[name]", "[name]")
    assert sealed["request_answer"]["values"] == [["name", "name-1"]]
    assert "Zanzibar" not in json.dumps(sealed)
    assert vault.redeem(ME, "name-1") == "Zanzibar Smith"


def test_a_number_that_the_channel_sealed_keeps_its_token(sealer: Sealer, vault: ContactVault) -> None:
    token = vault.keep(ME, "phone", "+14035550188")
    answer = FormAnswer((("phone", token),), shown="[phone-1]")
    sealed = sealer.seal(UserMessage("[phone-1]", sender_id=ME), tracker("contact"), parsed("[phone-1]", answer))

    assert (sealed["request_answer"]["values"], sealed["request_answer"]["problems"]) == ([["phone", "phone-1"]], [])


@pytest.mark.parametrize(("kept", "problem"), [("+14031550188", "phone"), ("555-0188", "area_code"), (None, "phone")])
def test_a_number_that_cannot_be_called_is_a_problem(
    sealer: Sealer, vault: ContactVault, kept: str | None, problem: str
) -> None:
    if kept:
        vault.keep(ME, "phone", kept)
    answer = FormAnswer((("phone", "phone-1"),), shown="[phone-1]")
    sealed = sealer.seal(UserMessage("[phone-1]", sender_id=ME), tracker("contact"), parsed("[phone-1]", answer))

    assert sealed["request_answer"]["problems"] == [["contact", problem]]


def test_a_page_s_form_is_checked_and_sealed(sealer: Sealer, vault: ContactVault) -> None:
    filled = {"name": "Zanzibar", "phone": "(403) 555-0188", "time": "mornings"}
    message = FormMessage(filled, sender_id=ME)
    sealed = sealer.seal(message, tracker("name"), button(None))

    assert dict(sealed["request_answer"]["values"]) == {"name": "name-1", "phone": "phone-1", "time": "time-1"}
    assert sealed["request_answer"]["skipped"] == ["note"]
    assert vault.redeem(ME, "phone-1") == "+14035550188"
    assert (message.text, "Zanzibar" in json.dumps(sealed)) == ("[name] [phone] [time]", False)


def test_a_form_that_comes_when_none_is_open_is_not_kept(sealer: Sealer, vault: ContactVault) -> None:
    sealed = sealer.seal(FormMessage({"name": "Zanzibar"}, sender_id=ME), tracker(), button(None))

    assert (sealed["request_answer"]["wish"], sealed["request_answer"]["values"]) == ("late", [])
    assert vault.known(ME) == {}


@pytest.mark.parametrize(
    ("requested", "choice", "expected"),
    [
        ("consent", "yes", {"consent": True}),
        ("consent", "no", {"consent": False}),
        ("time", "yes", {}),
        ("time", "no", {"consent": False}),
        ("time", None, {}),
        (None, "yes", {"wish": "late"}),
        (None, "no", {"consent": False}),
        (None, "new", {"wish": "new"}),
        (None, "again", {"wish": "again"}),
        (None, None, {}),
    ],
)
def test_a_button_says_what_it_was_offered_for(
    sealer: Sealer, requested: str | None, choice: str | None, expected: Mapping[str, Any]
) -> None:
    sealed = sealer.seal(UserMessage("/consult", sender_id=ME), tracker(requested), button(choice))
    said = {
        key: value
        for key, value in sealed["request_answer"].items()
        if key in ("consent", "wish") and value is not None
    }

    assert said == expected


def test_another_topic_s_button_says_nothing(sealer: Sealer) -> None:
    order = {"text": "/order", "intent": {"name": "order"}, "entities": []}

    assert sealer.seal(UserMessage("/order", sender_id=ME), tracker("name"), dict(order)) == order


def test_an_answer_s_reading_keeps_none_of_its_words(sealer: Sealer) -> None:
    answer = FormAnswer((("note", "zanzibar"),), shown="[note]")
    sealed = sealer.seal(
        UserMessage("zanzibar", sender_id=ME),
        tracker("note"),
        parsed("zanzibar", answer, Case(named=("botox",), brand=("zanzibar", "botox"))),
    )

    assert "zanzibar" not in json.dumps(sealed)
    assert [entity["entity"] for entity in sealed["entities"]] == ["language"]


def test_a_question_beside_a_detail_keeps_its_reading(sealer: Sealer) -> None:
    answer = FormAnswer((("name", "Sam"),), beside=True, shown="my name is [name], tox?")
    sealed = sealer.seal(
        UserMessage("my name is Sam, tox?", sender_id=ME),
        tracker("name"),
        parsed("my name is Sam, tox?", answer, Case(named=("botox",), brand=("zanzibar", "botox"))),
    )

    assert sealed["text"] == "my name is [name], tox?"
    assert sealed["case"]["named"] == ["botox"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, {"name": "name-1", "contact": "phone-1"}),
        ({"filed": "TD-4F7K"}, {"filed": "TD-4F7K", "name": "name-1", "contact": "phone-1"}),
    ],
)
def test_what_is_told_in_passing_fills_a_slot_with_tokens(
    sealer: Sealer, vault: ContactVault, before: Any, after: dict[str, str]
) -> None:
    token = vault.keep(ME, "phone", "+14035550188")
    answer = FormAnswer((("name", "Zanzibar"), ("phone", token)), beside=True, shown="i'm [name], [phone-1], tox?")
    sealed = sealer.seal(
        UserMessage("x", sender_id=ME), tracker(**{KNOWN: before}), parsed("i'm Zanzibar, [phone-1], tox?", answer)
    )

    assert [entity["value"] for entity in sealed["entities"] if entity["entity"] == KNOWN] == [after]
    assert (sealed["text"], vault.redeem(ME, "name-1")) == ("i'm [name], [phone-1], tox?", "Zanzibar")


def test_in_the_open_form_it_fills_none(sealer: Sealer) -> None:
    answer = FormAnswer((("name", "Sam"),), beside=True, shown="[name], tox?")
    sealed = sealer.seal(UserMessage("x", sender_id=ME), tracker("name"), parsed("Sam, tox?", answer))

    assert all(entity["entity"] != KNOWN for entity in sealed["entities"])


def test_a_number_that_cannot_be_called_is_no_problem_beside_an_address(sealer: Sealer, vault: ContactVault) -> None:
    tokens = (vault.keep(ME, "phone", "555-0188"), vault.keep(ME, "email", "sam@clinic.example"))
    answer = FormAnswer((("phone", tokens[0]), ("email", tokens[1])), shown="[phone-1] [email-1]")
    sealed = sealer.seal(UserMessage("x", sender_id=ME), tracker("contact"), parsed("x", answer))

    assert (sealed["request_answer"]["values"], sealed["request_answer"]["problems"]) == ([["email", "email-1"]], [])


def test_a_short_answer_says_nothing_of_its_language(sealer: Sealer) -> None:
    answer = FormAnswer((("name", "Jean de la Tour"),), shown="[name]")
    read = parsed("Jean de la Tour", answer, Case(language="fr"))
    sealed = sealer.seal(UserMessage("Jean de la Tour", sender_id=ME), tracker("name", language="en"), read)

    assert (sealed["case"]["language"], sealed["entities"][0]["value"]) == ("en", "en")


def test_a_surely_named_name_is_hidden_where_no_form_is_open(sealer: Sealer) -> None:
    message = UserMessage("my name is Zanzibar, which first?", sender_id=ME)
    sealed = sealer.seal(message, tracker(), parsed("my name is Zanzibar, which first?"))

    assert (message.text, sealed["text"]) == ("my name is [name], which first?", "my name is [name], which first?")


def test_an_ordinary_question_is_left_as_it_is(sealer: Sealer) -> None:
    read = parsed("which first?")

    assert sealer.seal(UserMessage("which first?", sender_id=ME), tracker(), read) is read
    assert read["text_tokens"] == [[0, 4]]


def test_a_terminal_s_numbers_become_tokens(sealer: Sealer, vault: ContactVault) -> None:
    typed, pressed = UserMessage("call 403-555-0188", sender_id=ME), UserMessage("/consult", sender_id=ME)
    sealer.hide_contacts(typed)
    sealer.hide_contacts(pressed)

    assert (typed.text, pressed.text) == ("call [phone-1]", "/consult")
    assert vault.redeem(ME, "phone-1") == "+14035550188"


def test_a_vault_that_is_away_does_not_hold_up_the_answer() -> None:
    def away(_: str) -> None:
        raise OSError("zanzibar")

    Sealer(SimpleNamespace(forget=away)).forget(ME)  # type: ignore[arg-type]


def test_the_processor_takes_the_place_of_rasa_s_own() -> None:
    from rasa.core import agent

    assert agent.MessageProcessor is processor.SealingProcessor


@pytest.mark.parametrize(("hint", "told"), [("fr", ["fr"]), ("de", []), (None, [])])
def test_a_button_is_in_the_language_that_its_page_is_read_in(
    sealer: Sealer, hint: str | None, told: list[str]
) -> None:
    message = UserMessage("/order", sender_id=ME, metadata={"language": hint})
    sealed = sealer.seal(message, tracker(), {"text": "/order", "intent": {"name": "order"}, "entities": []})

    assert [each["value"] for each in sealed["entities"] if each["entity"] == "language"] == told


def test_words_tell_their_own_language_whatever_the_page_hints_at(sealer: Sealer) -> None:
    message = UserMessage("which first", sender_id=ME, metadata={"language": "fr"})
    sealed = sealer.seal(message, tracker(), parsed("which first"))

    assert [each for each in sealed["entities"] if each["entity"] == "language"] == []
