"""What the second look adds to the lexicon's reading."""

from __future__ import annotations

import pytest

from bot.consult.safety.reading import Match, Route, SafetyReading
from bot.consult.safety.second_look import Danger, combined, danger_of


@pytest.mark.parametrize(
    ("reading", "danger", "route"),
    [
        (SafetyReading(), Danger(0.9, 0.05), "emergency_911"),
        (SafetyReading(), Danger(0.05, 0.9), "self_harm"),
        (SafetyReading(), Danger(0.5, 0.1), "in_doubt"),
        (SafetyReading(), Danger(0.1, 0.45), "in_doubt_self_harm"),
        (SafetyReading(), Danger(0.1, 0.3), None),
        (SafetyReading(spared=True), Danger(0.99, 0.0), "in_doubt"),
        (SafetyReading(spared=True), Danger(0.8, 0.0), None),
        (SafetyReading(foreign=True), Danger(0.99, 0.0), "in_doubt"),
        (SafetyReading(foreign=True), Danger(0.8, 0.0), None),
        (SafetyReading(route="distress"), Danger(0.0, 0.88), "distress"),
        (SafetyReading(route="side_effect_mild", hint=True), Danger(0.5, 0.0), "side_effect_mild"),
        (SafetyReading(route="side_effect_mild", hint=True), Danger(0.7, 0.0), "in_doubt"),
        (SafetyReading(route="emergency_today"), Danger(0.0, 0.99), "emergency_today"),
        (SafetyReading(route="self_harm"), Danger(0.99, 0.0), "self_harm"),
        (SafetyReading(route="clinician_only"), Danger(0.5, 0.0), "in_doubt"),
        (SafetyReading(route="clinician_only"), Danger(0.0, 0.0), "clinician_only"),
        (SafetyReading(route="side_effect_mild", hint=True), Danger(0.9, 0.0), "in_doubt"),
        (SafetyReading(route="side_effect_mild", hint=True), Danger(0.0, 0.9), "self_harm"),
    ],
)
def test_two_looks_make_one_route(reading: SafetyReading, danger: Danger, route: str | None) -> None:
    assert combined(reading, danger).route == route


def lexicon(*rules: str, route: Route = "emergency_911", foreign: bool = False) -> SafetyReading:
    matches = tuple(Match(rule, route, "present", "", 0, 0) for rule in rules)
    return SafetyReading(route=route, matches=matches, foreign=foreign)


@pytest.mark.parametrize(
    ("reading", "danger", "route"),
    [
        (lexicon("vision.change"), Danger(0.01, 0.0, words=40), "in_doubt"),
        (lexicon("suicide.said", route="self_harm"), Danger(0.0, 0.01, words=40), "in_doubt_self_harm"),
        (lexicon("vision.change"), Danger(0.05, 0.0, words=40), "emergency_911"),
        (lexicon("vision.change"), Danger(0.01, 0.0, words=19), "emergency_911"),
        (lexicon("vision.change", "eyelid.droop"), Danger(0.01, 0.0, words=40), "emergency_911"),
        (lexicon("vision.change", "vision.change"), Danger(0.01, 0.0, words=40), "emergency_911"),
        (lexicon("vision.change", foreign=True), Danger(0.01, 0.0, words=40), "emergency_911"),
        (lexicon("vision.change"), Danger(), "emergency_911"),
    ],
)
def test_one_word_of_a_story_without_any_danger_is_asked_about(
    reading: SafetyReading, danger: Danger, route: str
) -> None:
    assert combined(reading, danger).route == route


def test_what_the_lexicon_found_stays_beside_it() -> None:
    reading = combined(SafetyReading(route="clinician_only", also=("abuse",)), Danger(0.9, 0.0))
    assert (reading.also, reading.binding) == (("clinician_only", "abuse"), True)


def test_the_second_look_is_named_for_staff() -> None:
    (match,) = combined(SafetyReading(), Danger(0.9, 0.0)).matches
    assert (match.rule, match.route) == ("second_look", "emergency_911")


def test_a_hint_that_is_in_doubt_binds() -> None:
    assert combined(SafetyReading(route="side_effect_mild", hint=True), Danger(0.7, 0.0)).binding


def test_without_a_classifier_there_is_no_danger_known() -> None:
    assert danger_of(None, "it is hard to say") == Danger()
    assert danger_of({"red_flag": 0.25, "self_harm": 0.5}, "it is hard to say") == Danger(0.25, 0.5, words=5)


def test_a_word_or_two_are_left_to_the_lexicon() -> None:
    assert danger_of({"red_flag": 0.25, "self_harm": 0.5}, "nvm actually") == Danger()
