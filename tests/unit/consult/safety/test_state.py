"""The safe state: what raises it, what asks, what holds, and the only ways back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.consult.safety.layer import SafetyLayer
from bot.consult.safety.reading import Match, Person, Route, SafetyReading
from bot.consult.safety.second_look import Danger, combined
from bot.consult.safety.state import SafeMemory, SafeTurn, remembered, step

START = 1_800_000_000.0
HOUR = 3600.0
WAIT = "how long after botox can i needle"
CHOKING = "my throat is closing since my botox"
SUICIDAL = "i want to die"


def talk(layer: SafetyLayer, *texts: str, memory: SafeMemory | None = None, every: float = 60.0) -> SafeTurn:
    """Take a conversation through its turns and return the last."""
    turn = SafeTurn(memory or SafeMemory())
    for number, text in enumerate(texts):
        turn = step(layer.assess(text), turn.memory, START + number * every)
    return turn


def doubted(layer: SafetyLayer, route: Route, *texts: str) -> SafeTurn:
    """Begin with a message that the second look doubts."""
    doubt = replace(layer.assess("hm, odd day"), route=route)
    turn = step(doubt, SafeMemory(), START)
    return talk(layer, *texts, memory=turn.memory) if texts else turn


@pytest.mark.parametrize(
    ("text", "route", "key"),
    [
        (CHOKING, "emergency_911", "call_911"),
        ("my eyelid droops since my botox", "emergency_today", "seen_today"),
        (SUICIDAL, "self_harm", "call_988"),
        ("i hate my face so much i never leave my house", "distress", "distress"),
    ],
)
def test_a_route_has_its_fixed_text(layer: SafetyLayer, text: str, route: str, key: str) -> None:
    turn = talk(layer, text)
    assert (turn.route, turn.text) == (route, key)


def test_an_ordinary_question_is_left_alone(layer: SafetyLayer) -> None:
    turn = talk(layer, WAIT)
    assert turn == SafeTurn(SafeMemory(at=START))


@pytest.mark.parametrize(
    ("text", "released"),
    [
        ("the er doctor looked at me and sent me home, i feel well again", True),
        ("the er doctor looked at me and sent me home, but it's worse again", False),
        ("i went to emergency just now", False),
    ],
)
def test_the_second_look_holds_nobody_whose_alarm_is_over(layer: SafetyLayer, text: str, released: bool) -> None:
    alarmed = talk(layer, CHOKING).memory
    assert step(combined(layer.assess(text), Danger(0.99, 0.0)), alarmed, START + 60).released is released


def test_another_language_is_answered_in_both(layer: SafetyLayer) -> None:
    assert talk(layer, "no puedo respirar").both_languages


RELEASED = [
    "i was seen at the er and im fine now",
    "saw a doctor, all good now",
    "the doctor checked me and i'm ok",
    "went to the hospital, they said it was nothing",
    "got checked at urgent care and i feel fine",
    "back from emergency, everything is back to normal and im well",
    "they sent me home well",
    "the nurse cleared me",
    "paramedics came and said im fine",
    "given the all clear by the doctor",
    "sorry it was a joke",
    "i misread, i meant can botox do that",
    "it was a typo",
    "false alarm",
    "you misunderstood me",
    "j'ai été vue à l'urgence et ça va bien maintenant",
    "j'ai vu un médecin, tout va bien",
    "l'infirmière a dit que c'est correct, je vais bien",
    "c'était une blague",
    "vous avez mal compris",
]
KEPT = [
    "im fine now",
    "it passed",
    "i called 911",
    "i talked to a nurse at 811",
    "the doctor saw me",
    "they sent me home",
    "the doctor sent me home but now its worse",
    "i was seen and im fine but it still feels tight",
    "its not a misunderstanding",
    "it wasn't a joke",
    "my friend was seen and shes fine",
    "ill be seen tomorrow and im fine",
    "i was seen last year and im well",
    "going to the er, im ok",
    "thanks",
    "ok",
    WAIT,
    "ce n'est pas un malentendu",
    "je vais bien",
    "j'ai appelé le 911",
]


@pytest.mark.parametrize("text", RELEASED)
def test_seen_and_well_or_a_misunderstanding_releases(layer: SafetyLayer, text: str) -> None:
    turn = talk(layer, CHOKING, text)
    assert (turn.released, turn.held, turn.text) == (True, None, None)


@pytest.mark.parametrize("text", KEPT)
def test_nothing_else_releases(layer: SafetyLayer, text: str) -> None:
    turn = talk(layer, CHOKING, text)
    assert (turn.released, turn.held, turn.stay) == (False, "emergency_911", "stays_safe")


@pytest.mark.parametrize("text", ["im fine now", "it passed", "i called 911", "the doctor saw me"])
def test_half_a_release_is_asked_about(layer: SafetyLayer, text: str) -> None:
    turn = talk(layer, CHOKING, text)
    assert (turn.route, turn.text) == ("emergency_911", "were_you_seen")


def test_another_persons_alarm_ends_with_that_person(layer: SafetyLayer) -> None:
    wheezing = "my mom got botox and she is wheezing"
    assert not talk(layer, wheezing, "i was seen and im fine").released
    assert talk(layer, wheezing, "she was seen and shes well").released


def test_after_self_harm_only_being_safe_releases(layer: SafetyLayer) -> None:
    kept = talk(layer, SUICIDAL, "i was seen at the er and im fine now")
    assert (kept.held, kept.text) == ("self_harm", "stays_safe_self_harm")
    assert talk(layer, SUICIDAL, "im safe").released
    assert talk(layer, SUICIDAL, "it was a joke").released
    assert not talk(layer, SUICIDAL, "im not safe").released


def test_the_graver_of_two_alarms_stays(layer: SafetyLayer) -> None:
    assert talk(layer, "my eyelid droops since my botox", CHOKING).held == "emergency_911"
    assert talk(layer, CHOKING, "my eyelid droops since my botox").held == "emergency_911"


def test_a_second_red_flag_gets_its_text_again(layer: SafetyLayer) -> None:
    assert talk(layer, CHOKING, CHOKING).text == "call_911"


def test_after_three_days_it_is_asked_once(layer: SafetyLayer) -> None:
    asked = talk(layer, CHOKING, WAIT, every=73 * HOUR)
    assert (asked.route, asked.text, asked.held) == ("emergency_911", "after_days", "emergency_911")
    assert talk(layer, WAIT, memory=asked.memory).text is None
    assert talk(layer, "yes all good", memory=asked.memory).released
    assert not talk(layer, "still the same", memory=asked.memory).released
    assert talk(layer, SUICIDAL, WAIT, every=73 * HOUR).text == "after_days_self_harm"


def test_a_clock_that_steps_back_releases_nothing(layer: SafetyLayer) -> None:
    turn = talk(layer, CHOKING, WAIT, every=-80 * HOUR)
    assert (turn.held, turn.text) == ("emergency_911", None)


@pytest.mark.parametrize(
    "text",
    ["yes", "yeah", "kinda", "a bit", "ok", "since this morning", "because that's happening to me", "oui", "un peu"],
)
def test_any_yes_after_a_doubt_is_an_emergency(layer: SafetyLayer, text: str) -> None:
    turn = doubted(layer, "in_doubt", text)
    assert (turn.route, turn.text, turn.held) == ("emergency_911", "call_911", "emergency_911")


@pytest.mark.parametrize("text", ["no", "nope", "no, just asking", "none of these", "non"])
def test_a_plain_no_goes_on(layer: SafetyLayer, text: str) -> None:
    for doubt in ("in_doubt", "in_doubt_self_harm"):
        turn = doubted(layer, doubt, text)
        assert (turn.route, turn.text, turn.held, turn.memory.pending) == (None, None, None, None)


def test_anything_else_is_asked_once_more_and_then_seen_today(layer: SafetyLayer) -> None:
    turns = [doubted(layer, "in_doubt", *[WAIT] * count) for count in range(4)]
    assert [turn.text for turn in turns] == ["in_doubt", "in_doubt", "seen_today", None]
    assert [turn.route for turn in turns] == ["in_doubt", "in_doubt", "in_doubt", None]


@pytest.mark.parametrize("text", [WAIT, "yes", "i dont know", "no but sometimes", "maybe"])
def test_after_a_doubt_about_self_harm_only_a_plain_no_goes_on(layer: SafetyLayer, text: str) -> None:
    turn = doubted(layer, "in_doubt_self_harm", text)
    assert (turn.route, turn.text, turn.held) == ("self_harm", "call_988", "self_harm")


def test_what_was_asked_in_the_abstract_may_be_happening(layer: SafetyLayer) -> None:
    asked = "could botox make it hard to breathe"
    assert talk(layer, asked, "because thats happening to me right now").route == "emergency_911"
    assert talk(layer, asked, "ok thanks").route is None
    assert talk(layer, asked, "ok thanks", "yes").route is None


def test_a_fact_of_health_holds_until_it_is_taken_back(layer: SafetyLayer) -> None:
    pregnant = "im 12 weeks pregnant, how long between"
    turn = talk(layer, pregnant, "just the weeks please")
    assert (turn.route, turn.held, turn.memory.facts) == (None, "clinician_only", ("pregnancy",))
    assert talk(layer, pregnant, "im not pregnant, typo").released
    assert talk(layer, pregnant, "not pregnant but on blood thinners").held == "clinician_only"


@pytest.mark.parametrize(
    ("told_of", "person", "asks_for", "held"),
    [
        ("mine", "self", "mine", "clinician_only"),
        ("mine", "self", "mom", None),
        ("mom", "other", "mom", "clinician_only"),
        ("mom", "other", "mine", None),
        ("mom", "self", "mine", "clinician_only"),
    ],
)
def test_a_fact_of_health_holds_for_whom_it_is_about(
    told_of: str, person: Person, asks_for: str, held: str | None
) -> None:
    medicine = Match("medicine", "clinician_only", "present", "warfarin", 0, 8, fact="medicine")
    told = SafetyReading(route="clinician_only", matches=(medicine,), person=person, whose=told_of)
    memory = step(told, SafeMemory(), START).memory
    assert step(SafetyReading(whose=asks_for), memory, START + HOUR).held == held


def test_a_fact_that_is_taken_back_leaves_the_other_persons() -> None:
    memory = SafeMemory(facts=("medicine",), facts_of=("mine", "mom"))
    turn = step(SafetyReading(said=("withdrawn",), whose="mom"), memory, START)
    assert (turn.released, turn.held, turn.memory.facts_of) == (True, None, ("mine",))


@pytest.mark.parametrize("back", ["i was seen and im fine now", "false alarm"])
def test_a_fact_of_health_outlives_an_alarm(layer: SafetyLayer, back: str) -> None:
    turn = talk(layer, "im pregnant", CHOKING, back)
    assert (turn.released, turn.held) == (True, "clinician_only")


@pytest.mark.parametrize("asks", ["which should i get", "how many units for my forehead", "my botox came out uneven"])
def test_what_needs_an_assessment_holds_nothing(layer: SafetyLayer, asks: str) -> None:
    turn = talk(layer, asks)
    assert (turn.route, turn.held) == (None, None)


def test_the_memory_survives_being_kept(layer: SafetyLayer) -> None:
    memory = talk(layer, "im pregnant", "my mom got botox and she is wheezing").memory
    kept = json.loads(json.dumps(memory.as_json()))
    assert remembered(kept) == memory
    assert remembered(None) == SafeMemory()


def test_a_doubt_of_the_second_look_about_what_is_over_leaves_nothing_open(layer: SafetyLayer) -> None:
    alarmed = talk(layer, CHOKING)
    guessed = combined(layer.assess("i was seen at the er and im fine now"), Danger(red_flag=0.5))
    turn = step(guessed, alarmed.memory, START + HOUR)

    assert (turn.released, turn.route, turn.memory.pending) == (True, None, None)


def test_a_yes_to_a_doubt_is_no_new_guess(layer: SafetyLayer) -> None:
    doubt = doubted(layer, "in_doubt")
    guessed = combined(layer.assess("yes thats happening to me right now"), Danger(self_harm=0.9))

    assert step(guessed, doubt.memory, START + HOUR).route == "emergency_911"
