"""What a message takes back."""

from __future__ import annotations

import pytest

from bot.consult.safety.layer import SafetyLayer


@pytest.mark.parametrize(
    ("text", "retraction"),
    [
        ("ok i was seen at the ER and they said its fine", "seen"),
        ("I went to emergency, all good. can i needle now", "seen"),
        ("my doctor checked me and cleared me", "seen"),
        ("j'ai vu mon médecin, tout va bien", "seen"),
        ("they saw me at the hospital, it was nothing, all good now", "seen"),
        ("got looked at and they sent me home well", "seen"),
        ("ils m'ont vue à l'urgence, c'était rien", "seen"),
        ("it was a joke", "misunderstanding"),
        ("sorry i misread, i meant can botox cause trouble breathing", "misunderstanding"),
        ("im fine, was exaggerating", "misunderstanding"),
        ("c'était une blague", "misunderstanding"),
        ("im not pregnant, typo", "misunderstanding"),
        ("i'm not pregnant", "condition_withdrawn"),
        ("im not on any blood thinners actually", "condition_withdrawn"),
        ("asking for nobody, doesnt apply to me", "condition_withdrawn"),
        ("je ne suis pas enceinte", "condition_withdrawn"),
    ],
)
def test_a_message_can_take_back_what_was_said(layer: SafetyLayer, text: str, retraction: str) -> None:
    assert layer.assess(text).retraction == retraction


@pytest.mark.parametrize(
    "text",
    [
        "should i see a doctor",
        "i called 811 and talked to a nurse",
        "they sent me home",
        "i can breathe fine",
        "i'm fine now",
        "it's not a misunderstanding",
        "im going to the er now",
        "i havent been seen yet",
        "went to the er but still cant breathe",
        "will they see me at the hospital",
        "they saw me at the hospital but my throat is closing again",
        "not a joke",
        "this is not a joke i want to die",
        "im fine but my throat is closing",
        "not sure if im pregnant",
        "not pregnant but on blood thinners",
        "ok so when can i needle",
        "just give me a number",
    ],
)
def test_what_is_still_so_takes_nothing_back(layer: SafetyLayer, text: str) -> None:
    assert layer.assess(text).retraction is None
