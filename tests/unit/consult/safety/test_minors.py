"""Whose age it is: the writer's own, or that of a child who is another person; from 18 on it is nobody's matter."""

from __future__ import annotations

import pytest

from bot.consult.safety.layer import SafetyLayer
from bot.consult.safety.state import SafeMemory, step

LONG = (
    "I have been reading about both treatments for a while and want my forehead done before the wedding of a friend. "
    "{} How long do you leave between the two?"
)
CHILDREN = [
    "My 16 year old wants Botox for her frown lines",
    "my 15-year-old daughter wants Botox",
    "my 14yo wants a lip flip",
    "can my 17 y/o get botox",
    "my daughter (16) would like microneedling",
    "my little sister, 16, wants botox too",
    "our sixteen year old asks about needling",
    "ma fille de seize ans veut un microneedling",
    "elle a seize ans",
]
WRITERS = [
    "i am 16 by the way",
    "im only 17 btw",
    "I should say that I'm fifteen",
    "just 16 here",
    "17f here",
    "I turn 18 in March",
    "j'ai 17 ans en passant",
]
ORDINARY = [
    "i am 19 by the way",
    "my 18 year old wants botox",
    "my 20 year old daughter wants botox",
    "my son is 21, is botox ok",
    "I have a 16 year old scar",
    "I'm 45 with a 17 year old son, is botox first?",
    "can i bring my 8 year old to the appointment",
    "I am 16 weeks post botox",
    "I was 17 when my acne began, I am 34 now",
]


@pytest.mark.parametrize("form", ["{}", LONG])
@pytest.mark.parametrize("text", CHILDREN)
def test_a_child_of_somebody_is_another_case(layer: SafetyLayer, text: str, form: str) -> None:
    read = layer.assess(form.format(text))
    assert (read.route, read.facts, read.person) == ("clinician_only", ("minor",), "other")


@pytest.mark.parametrize("form", ["{}", LONG])
@pytest.mark.parametrize("text", WRITERS)
def test_a_writer_may_be_a_minor(layer: SafetyLayer, text: str, form: str) -> None:
    read = layer.assess(form.format(text))
    assert (read.route, read.facts, read.person) == ("clinician_only", ("minor",), "self")


@pytest.mark.parametrize("text", ORDINARY)
def test_other_ages_and_numbers_tell_of_no_minor(layer: SafetyLayer, text: str) -> None:
    assert layer.assess(text).facts == ()


@pytest.mark.parametrize(
    ("texts", "held"),
    [
        (["i am 16 by the way", "so how long do i wait"], True),
        (["my 16 year old wants botox", "so how long does she wait"], True),
    ],
)
def test_the_age_holds_for_the_turns_after_it(layer: SafetyLayer, texts: list[str], held: bool) -> None:
    memory = SafeMemory()
    for text in texts:
        turn = step(layer.assess(text), memory, 0.0)
        memory = turn.memory
    assert (turn.held == "clinician_only") == held
