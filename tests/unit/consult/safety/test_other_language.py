"""What is clearly neither English nor French: by its letters, or by its small words; a borrowed word is nothing."""

from __future__ import annotations

import pytest

from bot.consult.safety.layer import SafetyLayer

OTHER = [
    "¿Cuánto cuesta el botox?",
    "hola, quiero una cita para botox",
    "Quanto custa o botox?",
    "Buongiorno, vorrei fare il botox",
    "wann kann ich nach Botox Microneedling machen",
    "Hoeveel kost botox?",
    "magkano po ang botox",
    "Botox kitne ka hai",
    "botox da kinna kharcha hai",
    "Ile kosztuje botoks?",
    "Imisa waa botox?",
    "ਬੋਟੌਕਸ ਦੀ ਕੀਮਤ ਕਿੰਨੀ ਹੈ?",
    "कीमत क्या है",
    "肉毒素多少钱",
    "ボトックスはいくらですか",
    "보톡스 가격이 얼마예요",
    "كم سعر البوتوكس",
    "Скільки коштує ботокс?",
    "Bao nhiêu tiền một lần tiêm botox, có đau không?",
]
OURS = [
    "botox",
    "ok",
    "",
    "👍👍",
    "mi-novembre",
    "gracias, see you monday",
    "hola! how much is botox",
    "mi casa es tu casa, when do you open",
    "my name is Maria de los Angeles von der Linden",
    "Li Na 李娜, is Botox first?",
    "tox may 1 2027, needling may 20 2027",
    "je suis nicht sure",
    "Combien pour le front et les pattes d'oie",
    "microneedling dermapen botox dysport",
]


@pytest.mark.parametrize("text", OTHER)
def test_another_language_is_told_by_its_letters_or_its_small_words(layer: SafetyLayer, text: str) -> None:
    read = layer.assess(text)
    assert (read.foreign, read.route) == (True, None)


@pytest.mark.parametrize("text", OURS)
def test_a_borrowed_word_or_a_name_makes_no_other_language(layer: SafetyLayer, text: str) -> None:
    assert not layer.assess(text).foreign


@pytest.mark.parametrize(
    ("text", "route"),
    [("no puedo respirar", "emergency_911"), ("ich will sterben", "self_harm"), ("我想死", "self_harm")],
)
def test_a_red_flag_in_another_language_goes_first(layer: SafetyLayer, text: str, route: str) -> None:
    read = layer.assess(text)
    assert (read.foreign, read.route) == (True, route)
