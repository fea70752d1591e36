"""Every line of what is a red flag, and at which level: one message a sign, and its opposite."""

from __future__ import annotations

import pytest

from bot.consult.safety.layer import SafetyLayer

AFTER_TOXIN = [
    ("trouble breathing since my botox", "emergency_911"),
    ("trouble swallowing since my botox", "emergency_911"),
    ("choking on water since my botox", "emergency_911"),
    ("slurred speech after dysport", "emergency_911"),
    ("hoarse and losing my voice after botox", "emergency_911"),
    ("weak all over since botox", "emergency_911"),
    ("double vision after botox", "emergency_911"),
    ("blurry vision 2 weeks after botox", "emergency_911"),
    ("cant control my bladder since botox", "emergency_911"),
    ("eyelid drooping and i see double", "emergency_911"),
    ("eyelid drooping and everything is blurry", "emergency_911"),
    ("wheezing after botox", "emergency_911"),
    ("hives spreading all over after botox", "emergency_911"),
    ("lips and tongue swelling after botox", "emergency_911"),
    ("fainted after botox", "emergency_911"),
    ("chest pain after botox", "emergency_911"),
    ("she is having a seizure", "emergency_911"),
    ("face drooping on one side and arm weak", "emergency_911"),
    ("eyelid drooping since botox", "emergency_today"),
    ("one brow drooping after botox", "emergency_today"),
    ("got botox at a house party and now i feel sick", "emergency_911"),
    ("filler went in and my skin turned white, cant see from that eye", "emergency_911"),
]
AFTER_NEEDLING = [
    ("throat swelling after the numbing cream", "emergency_911"),
    ("collapsed after the numbing cream", "emergency_911"),
    ("eyes swollen shut after needling", "emergency_911"),
    ("swelling getting bigger by the hour since needling", "emergency_911"),
    ("pus on my cheek after needling", "emergency_today"),
    ("red streaks after microneedling", "emergency_today"),
    ("red streaks and chills after microneedling", "emergency_911"),
    ("pus and a fever after needling", "emergency_911"),
    ("pus but no fever after needling", "emergency_today"),
    ("fever since my microneedling", "emergency_911"),
    ("redness spreading fast after needling", "emergency_911"),
    ("pus next to my eye after needling", "emergency_911"),
    ("painful blisters after needling", "emergency_today"),
    ("itchy bumps 3 weeks after needling", "side_effect_mild"),
    ("slight swelling after needling", "side_effect_mild"),
    ("one side is sore after needling", "side_effect_mild"),
]


@pytest.mark.parametrize(("text", "route"), [*AFTER_TOXIN, *AFTER_NEEDLING])
def test_a_sign_has_its_level(layer: SafetyLayer, text: str, route: str) -> None:
    assert layer.assess(text).route == route


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("i have myasthenia gravis", "clinician_only"),
        ("i have lambert eaton", "clinician_only"),
        ("i have als", "clinician_only"),
        ("i have ms", "clinician_only"),
        ("i have bells palsy", "clinician_only"),
        ("i have a bleeding disorder", "clinician_only"),
        ("i have a facelift booked", "clinician_only"),
        ("i'm pregnant", "clinician_only"),
        ("im breastfeeding", "clinician_only"),
        ("i take blood thinners", "clinician_only"),
        ("i take aspirin", "clinician_only"),
        ("i'm on gentamicin", "clinician_only"),
        ("im on accutane", "clinician_only"),
        ("i have active acne", "clinician_only"),
        ("i get cold sores", "clinician_only"),
        ("i get keloids", "clinician_only"),
        ("im diabetic", "clinician_only"),
        ("im allergic to lidocaine", "clinician_only"),
        ("im 17", "clinician_only"),
        ("i have dark skin", "clinician_only"),
        ("im 45", None),
    ],
)
def test_a_fact_of_health_needs_no_treatment_named(layer: SafetyLayer, text: str, route: str | None) -> None:
    assert layer.assess(text).route == route


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("my grandma died of a stroke at 92", {"side_effect_mild"}),
        ("a lady on tv fainted after botox", {"side_effect_mild"}),
        ("ma tante a fait un avc", {"emergency_911"}),
        ("ma grand-mère est morte d'un avc", {"side_effect_mild"}),
        ("i fainted after botox in 2016", {"clinician_only"}),
        ("je me suis évanouie après le botox en 2016", {"clinician_only"}),
        ("j'ai eu du mal à respirer il y a dix ans", {"clinician_only"}),
        ("i felt faint after botox but that was last spring", {"clinician_only"}),
        ("what is anaphylaxis", {"side_effect_mild"}),
        ("are your nurses trained for fainting", {"side_effect_mild"}),
        ("c'est quoi l'anaphylaxie", {"side_effect_mild"}),
        ("im scared i might faint", {"side_effect_mild"}),
        ("j'ai peur, je pourrais m'évanouir", {"side_effect_mild"}),
        ("no fever, no swelling, everything looks great", {None}),
        ("pas de fièvre, pas d'enflure, tout est beau", {None}),
        ("double chins run in my family", {None}),
        ("gasping for a coffee", {None}),
        ("because thats happening to me right now: i cant breathe", {"emergency_911"}),
        ("im afraid i might be having a stroke", {"emergency_911"}),
    ],
)
def test_a_sign_has_its_scope(layer: SafetyLayer, text: str, routes: set[str | None]) -> None:
    reading = layer.assess(text)
    assert (reading.route if reading.binding else None) in routes


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("no puedo respirar", "emergency_911"),
        ("me desmayé", "emergency_911"),
        ("quiero morirme", "self_harm"),
        ("hindi ako makalunok", "emergency_911"),
        ("gusto ko nang mamatay", "self_harm"),
        ("ਸਾਹ ਨਹੀਂ ਆ ਰਿਹਾ", "emergency_911"),
        ("ਮਰਨਾ ਚਾਹੁੰਦੀ ਹਾਂ", "self_harm"),
        ("我吞不下东西", "emergency_911"),
        ("我想死", "self_harm"),
        ("想死你了", None),
        ("لا أستطيع البلع", "emergency_911"),
        ("أريد أن أموت", "self_harm"),
        ("ich bin in Ohnmacht gefallen", "emergency_911"),
        ("ich möchte nicht mehr leben", "self_harm"),
        ("¿puedo ver los precios?", None),
        ("wie lange nach botox", None),
    ],
)
def test_a_red_flag_is_read_in_other_languages(layer: SafetyLayer, text: str, route: str | None) -> None:
    reading = layer.assess(text)
    assert reading.route == route
    assert reading.foreign or route is None


@pytest.mark.parametrize(
    "text",
    [
        "cant brthe",
        "thraot closing up",
        "thrt is tght",
        "i cant br\u200beathe",
        "ｃａｎｔ ｂｒｅａｔｈｅ",
        "cnt swllw",
        "throat's closing",
    ],
)
def test_a_sign_is_read_however_it_is_typed(layer: SafetyLayer, text: str) -> None:
    assert layer.assess(text).route == "emergency_911"
