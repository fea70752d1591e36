"""What the second look adds to the lexicon's reading."""

from __future__ import annotations

import pytest

from bot.consult.safety.reading import Match, Route, SafetyReading
from bot.consult.safety.second_look import Danger, combined, danger_of

CONDITION = Match("condition.infection", "clinician_only", "present", "", 0, 0, fact="condition")


@pytest.mark.parametrize(
    ("reading", "danger", "route"),
    [
        (SafetyReading(), Danger(0.9, 0.05), "emergency_911"),
        (SafetyReading(), Danger(0.05, 0.9), "self_harm"),
        (SafetyReading(), Danger(0.75, 0.0), "emergency_911"),
        (SafetyReading(), Danger(0.0, 0.89), "in_doubt_self_harm"),
        (SafetyReading(), Danger(0.5, 0.1), "in_doubt"),
        (SafetyReading(), Danger(0.1, 0.45), "in_doubt_self_harm"),
        (SafetyReading(), Danger(0.1, 0.3), None),
        (SafetyReading(spared=True), Danger(0.9, 0.0), "emergency_911"),
        (SafetyReading(spared=True), Danger(0.89, 0.0), None),
        (SafetyReading(foreign=True), Danger(0.9, 0.0), "emergency_911"),
        (SafetyReading(foreign=True), Danger(0.89, 0.0), None),
        (SafetyReading(route="distress"), Danger(0.0, 0.88), "distress"),
        (SafetyReading(route="side_effect_mild", hint=True), Danger(0.5, 0.0), "side_effect_mild"),
        (SafetyReading(route="side_effect_mild", hint=True), Danger(0.7, 0.0), "in_doubt"),
        (SafetyReading(route="emergency_today"), Danger(0.0, 0.99), "emergency_today"),
        (SafetyReading(route="self_harm"), Danger(0.99, 0.0), "self_harm"),
        (SafetyReading(route="clinician_only"), Danger(0.5, 0.0), "in_doubt"),
        (SafetyReading(route="clinician_only"), Danger(0.0, 0.0), "clinician_only"),
        (SafetyReading(route="side_effect_mild", hint=True), Danger(0.75, 0.0), "emergency_911"),
        (SafetyReading(route="side_effect_mild", hint=True), Danger(0.0, 0.9), "self_harm"),
        (SafetyReading(route="clinician_only", matches=(CONDITION,)), Danger(0.89, 0.0), "in_doubt"),
        (SafetyReading(route="clinician_only", matches=(CONDITION,)), Danger(0.9, 0.0), "emergency_911"),
    ],
)
def test_two_looks_make_one_route(reading: SafetyReading, danger: Danger, route: str | None) -> None:
    assert combined(reading, danger).route == route


def lexicon(*rules: str, route: Route = "emergency_911", **more: bool) -> SafetyReading:
    matches = tuple(Match(rule, route, "present", "", 0, 0) for rule in rules)
    return SafetyReading(route=route, matches=matches, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reading", "danger", "route"),
    [
        (lexicon("vision.change"), Danger(0.01, 0.0, words=40), "in_doubt"),
        (lexicon("vision.change"), Danger(0.0, 0.0, words=40), "in_doubt"),
        (lexicon("suicide.said", route="self_harm"), Danger(0.0, 0.01, words=40), "in_doubt_self_harm"),
        (lexicon("vision.change"), Danger(0.05, 0.0, words=40), "emergency_911"),
        (lexicon("vision.change"), Danger(0.02, 0.0, words=19), "emergency_911"),
        (lexicon("vision.change", "eyelid.droop"), Danger(0.02, 0.0, words=40), "emergency_911"),
        (lexicon("vision.change", "vision.change"), Danger(0.02, 0.0, words=40), "emergency_911"),
        (lexicon("vision.change", foreign=True), Danger(0.01, 0.0, words=40), "emergency_911"),
        (lexicon("vision.change"), Danger(), "emergency_911"),
    ],
)
def test_one_word_of_a_story_without_any_danger_is_asked_about(
    reading: SafetyReading, danger: Danger, route: str
) -> None:
    assert combined(reading, danger).route == route


@pytest.mark.parametrize(
    ("danger", "route"),
    [
        (Danger(0.2, 0.0, words=9), "emergency_911"),
        (Danger(0.19, 0.0, words=9), "in_doubt"),
        (Danger(0.02, 0.0, words=9), "in_doubt"),
        (Danger(0.019, 0.0, words=9), None),
        (Danger(0.0, 0.0, words=3), "emergency_911"),
        (Danger(), "emergency_911"),
    ],
)
def test_a_sign_that_other_words_take_out_of_the_present_needs_the_classifier_s_word(
    danger: Danger, route: str | None
) -> None:
    assert combined(lexicon("fainting", "vision.change", distant=True), danger).route == route


@pytest.mark.parametrize(("outright", "least"), [(False, None), (True, "in_doubt")])
def test_a_less_plain_sign_is_asked_about_and_without_any_danger_spared(outright: bool, least: str | None) -> None:
    reading = lexicon("fainting", less_plain=True, outright=outright)
    routes = [combined(reading, Danger(share, 0.0, words=9)).route for share in (0.2, 0.19, 0.0)]
    assert routes == ["emergency_911", "in_doubt", least]


@pytest.mark.parametrize(("share", "route"), [(0.1, "self_harm"), (0.09, "in_doubt_self_harm"), (0.019, None)])
def test_self_harm_that_other_words_take_out_of_the_present_is_doubted_less(share: float, route: str | None) -> None:
    assert (
        combined(lexicon("suicide.word", route="self_harm", distant=True), Danger(0.0, share, words=9)).route == route
    )


def test_a_sign_that_is_only_told_is_spared_and_leaves_what_was_found_beside_it() -> None:
    told = Match("medicine", "clinician_only", "present", "", 0, 0, "medicine")
    alarm = lexicon("fainting", distant=True)
    both = SafetyReading("emergency_911", ("clinician_only",), (*alarm.matches, told), distant=True)
    reading = combined(both, Danger(0.0, 0.009, words=9))
    assert (reading.route, reading.also, reading.alarm, reading.spared) == ("clinician_only", (), None, True)


@pytest.mark.parametrize(
    ("reading", "danger", "route"),
    [
        (lexicon("choking", "fainting"), Danger(0.019, 0.0, words=9), "in_doubt"),
        (lexicon("choking", "fainting"), Danger(0.02, 0.0, words=9), "emergency_911"),
        (lexicon("suicide.said", route="self_harm", outright=True), Danger(0.0, 0.0, words=9), "self_harm"),
        (lexicon("choking", foreign=True, distant=True), Danger(0.0, 0.0, words=9), "emergency_911"),
    ],
)
def test_a_plain_sign_is_asked_about_only_without_any_doubt(reading: SafetyReading, danger: Danger, route: str) -> None:
    assert combined(reading, danger).route == route


@pytest.mark.parametrize(("share", "route"), [(0.94, None), (0.96, "in_doubt_self_harm")])
def test_a_denial_of_self_harm_stands_unless_the_rest_says_it(share: float, route: str | None) -> None:
    assert combined(SafetyReading(dismissed=("self_harm",)), Danger(0.0, share, words=9)).route == route


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
