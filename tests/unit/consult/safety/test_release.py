"""What ends an alarm: seen and well together, as done, of that person; or a misunderstanding. Nothing else does."""

from __future__ import annotations

import pytest

from bot.consult.safety.layer import SafetyLayer
from bot.consult.safety.state import SafeMemory, step

SELF = "my throat is closing since my botox"
OTHER = "my wife passed out after her botox"
HARM = "i want to die"
NOW = 1_800_000_000.0


def is_held(layer: SafetyLayer, alarm: str, said: str) -> bool:
    """Tell whether the alarm still stands after what was said a minute later."""
    memory = step(layer.assess(alarm), SafeMemory(at=NOW), NOW).memory
    assert memory.alarm is not None
    return step(layer.assess(said, treatment_context=True), memory, NOW + 60).memory.alarm is not None


@pytest.mark.parametrize(
    ("alarm", "said"),
    [
        (SELF, "I was seen at emerg and they sent me home well"),
        (SELF, "went to the hospital last night, they checked everything and I'm totally fine now"),
        (SELF, "an ER doctor looked me over and said all is well"),
        (SELF, "paramedics checked me at home, I'm good"),
        (SELF, "got seen at urgent care this morning and was told it's nothing serious, feeling fine"),
        (SELF, "the doc examined me and I'm well again"),
        (SELF, "just back from emergency, they let me go, I feel fine"),
        (SELF, "they kept me for observation and discharged me, all good"),
        (SELF, "my doctor saw me and everything is okay"),
        (SELF, "nurse practitioner had a look and I'm ok now"),
        (SELF, "I saw a doctor about it and I'm doing well"),
        (SELF, "sorry, that was a misunderstanding"),
        (SELF, "oops, I meant to write that it was my brother's joke, false alarm"),
        (SELF, "I mistyped, nothing like that is going on, it was a typo"),
        (SELF, "that was autocorrect, I meant 'closed', not closing"),
        (SELF, "no no I was only joking, sorry"),
        (SELF, "j'ai été vue à l'urgence et je vais bien"),
        (SELF, "le médecin m'a examinée, tout est correct"),
        (SELF, "c'était un malentendu, désolée"),
        (SELF, "j'arrive de l'hôpital, ils m'ont renvoyée chez moi et ça va bien"),
        (OTHER, "she was seen at the ER and she's well now"),
        (OTHER, "my wife got checked at the hospital, they sent her home and she is fine"),
        (OTHER, "a doctor saw her and she's ok"),
        (HARM, "I'm safe now, my sister is with me"),
        (HARM, "that was a misunderstanding, I was quoting a song"),
        (HARM, "i am safe, thank you"),
        (HARM, "je suis en sécurité"),
    ],
)
def test_it_ends_with_seen_and_well_or_with_a_misunderstanding(layer: SafetyLayer, alarm: str, said: str) -> None:
    assert not is_held(layer, alarm, said)


@pytest.mark.parametrize(
    ("alarm", "said"),
    [
        (SELF, "it's not a misunderstanding"),
        (SELF, "this is no joke"),
        (SELF, "I was seen but it's getting worse"),
        (SELF, "they saw me at emerg, still can't swallow well"),
        (SELF, "doctor checked me and I'm fine, though my voice is going"),
        (SELF, "I'm going to be seen tomorrow, I'm fine"),
        (SELF, "I will go to the ER if it gets bad, I'm ok"),
        (SELF, "last year I was seen for this and sent home well"),
        (SELF, "I saw a doctor two weeks ago and I was fine"),
        (SELF, "my mom was seen at the ER and she is fine"),
        (SELF, "a friend of mine had that, doctors saw her and she's well"),
        (SELF, "thanks"),
        (SELF, "ok"),
        (SELF, "ok thank you so much"),
        (SELF, "I'm fine now"),
        (SELF, "it passed"),
        (SELF, "I called 911"),
        (SELF, "I called and they said I'm fine"),
        (SELF, "I was seen"),
        (SELF, "got checked at the hospital"),
        (SELF, "should I be seen? I'm fine"),
        (SELF, "I don't need to be seen, I'm fine"),
        (SELF, "nobody has seen me yet and I'm fine"),
        (SELF, "I hope to be seen soon and be fine"),
        (SELF, "never been seen, feeling good"),
        (SELF, "I refuse to be seen, I'm well"),
        (SELF, "ok fine I'll get seen"),
        (SELF, "the clinic saw my message and said fine"),
        (SELF, "ce n'est pas un malentendu"),
        (SELF, "j'ai été vue mais c'est pire"),
        (SELF, "je vais aller à l'urgence, ça va"),
        (SELF, "merci"),
        (SELF, "j'ai pas été vue et ça va"),
        (OTHER, "I was seen and I'm fine"),
        (OTHER, "I saw a doctor, I'm well"),
        (OTHER, "she's fine"),
        (HARM, "I was seen and I'm well"),
        (HARM, "I'm fine"),
        (HARM, "I'm not safe"),
        (HARM, "thanks"),
        (HARM, "i am safe from rain lol but still want it over"),
        (HARM, "it's not a misunderstanding"),
        (HARM, "is it safe?"),
        (HARM, "ok"),
    ],
)
def test_it_stays_after_anything_less(layer: SafetyLayer, alarm: str, said: str) -> None:
    assert is_held(layer, alarm, said)
