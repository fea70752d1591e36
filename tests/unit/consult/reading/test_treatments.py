"""Treatments in a message, found by the one list: names, brands, slang, misspellings, words that need a cue."""

from __future__ import annotations

from datetime import date

import pytest

from bot.consult.reading.message import MessageReader
from bot.consult.reading.treatments import TreatmentFinder
from bot.consult.text.characters import fold
from bot.consult.text.tokens import tokenizer
from bot.consult.types import Alias
from bot.knowledge.types import Knowledge

TODAY = date(2026, 11, 22)


def found(reader: MessageReader, text: str) -> list[str]:
    return [mention.treatment for mention in reader.read(text, TODAY).mentions]


@pytest.mark.parametrize(
    ("text", "treatments"),
    [
        ("Is BOTOX safe?", ["botox"]),
        ("my Dysport and a skinpen", ["botox", "microneedling"]),
        ("tox or needling", ["botox", "microneedling"]),
        ("micro-needling", ["microneedling"]),
        ("micro needling", ["microneedling"]),
        ("micro–needling", ["microneedling"]),
        ("microneedled and botoxed", ["microneedling", "botox"]),
        ("botx vs microneedeling", ["botox", "microneedling"]),
        ("micorneeddling", ["microneedling"]),
        ("morpheus8 after botox", ["rf_microneedling", "botox"]),
        ("RF microneedling", ["rf_microneedling"]),
        ("lip filler", ["filler"]),
        ("hair botox", ["botox_products"]),
        ("dry needling for my back", ["dry_needling"]),
        ("le micro-aiguilletage", ["microneedling"]),
        ("la toxine botulique", ["botox"]),
        ("nothing here", []),
        ("", []),
    ],
)
def test_a_message_names_these_treatments(reader: MessageReader, text: str, treatments: list[str]) -> None:
    assert found(reader, text) == treatments


@pytest.mark.parametrize(
    ("text", "treatments"),
    [
        ("injections in my forehead", ["botox"]),
        ("injections", []),
        ("are injections ok after needling", ["botox", "microneedling"]),
        ("needling before my injections", ["microneedling", "botox"]),
        ("is the botox injection an injection", ["botox"]),
    ],
)
def test_a_word_that_may_mean_anything_counts_beside_a_cue_only(
    reader: MessageReader, text: str, treatments: list[str]
) -> None:
    assert found(reader, text) == treatments


def test_a_brand_is_told_from_the_treatment_s_own_name(reader: MessageReader) -> None:
    brand, plain = reader.read("xeomin then microneedling", TODAY).mentions

    assert (brand.text, brand.brand, brand.covered, brand.contextual) == ("xeomin", True, True, False)
    assert (plain.text, plain.brand, plain.covered, plain.contextual) == ("microneedling", False, True, False)


def test_an_uncovered_treatment_says_so(reader: MessageReader) -> None:
    assert [m.covered for m in reader.read("laser", TODAY).mentions] == [False]


def test_offsets_are_those_of_the_text_as_typed(reader: MessageReader) -> None:
    text = "Séance d’été: micro-needling!"
    (mention,) = reader.read(text, TODAY).mentions

    assert text[mention.start : mention.end] == "micro-needling"


def test_every_alias_of_the_list_is_found_as_its_own_treatment(reader: MessageReader, knowledge: Knowledge) -> None:
    missed = [
        alias.text
        for alias in knowledge.aliases
        if alias.kind not in ("contextual", "ordered") and alias.treatment not in found(reader, alias.text)
    ]

    assert missed == []


@pytest.mark.parametrize(
    ("text", "treatments"),
    [
        ("freeze first, then poke?", ["botox", "microneedling"]),
        ("poke then freeze", ["microneedling", "botox"]),
        ("the pen first and then my jabs", ["microneedling", "botox"]),
        ("jabs nov 9, roller nov 20?", ["botox", "microneedling"]),
        ("forehead frozen last week, dermapen on friday", ["botox", "microneedling"]),
        ("tox and then the pen", ["botox", "microneedling"]),
        ("tox before pen or pen before tox", ["botox", "microneedling", "microneedling", "botox"]),
        ("do your injections use needles", []),
        ("my phone froze, then the pen leaked", []),
        ("my pen died tuesday, tox friday?", ["botox"]),
        ("can i sign with my own pen before my tox", ["botox"]),
        ("can i freeze my membership before my needling", ["microneedling"]),
        ("a poke bowl after tox?", ["botox"]),
        ("i roll over in bed after tox", ["botox"]),
        ("can i eat frozen pizza after needling", ["microneedling"]),
        ("got my flu shots then needling", ["microneedling"]),
    ],
)
def test_slang_for_both_is_made_plain_by_an_order(reader: MessageReader, text: str, treatments: list[str]) -> None:
    assert [name for name in found(reader, text) if name in ("botox", "microneedling")] == treatments


NLP = tokenizer()


def made_up() -> TreatmentFinder:
    aliases = [
        Alias("zap", "zapping", True, "slang"),
        Alias("electrozapping", "zapping", True, "name"),
        Alias("zap cream", "cream", False, "name"),
        Alias("dots", "zapping", True, "contextual"),
        Alias("smears", "cream", False, "contextual"),
    ]
    return TreatmentFinder(NLP, aliases, {"zapping": ["skin"], "cream": ["tube"]})


@pytest.mark.parametrize(
    ("text", "treatments"),
    [
        ("zap cream", ["cream"]),
        ("ZAP", ["zapping"]),
        ("electrozaping", ["zapping"]),
        ("electric", []),
        ("dots", []),
        ("dots on skin", ["zapping"]),
        ("dots and zap cream", ["zapping", "cream"]),
        ("smears of zap", ["zapping"]),
        ("smears from a tube, then zap", ["cream", "zapping"]),
    ],
)
def test_the_rules_hold_for_any_list(text: str, treatments: list[str]) -> None:
    assert [m.treatment for m in made_up().find(NLP.make_doc(fold(text)))] == treatments
