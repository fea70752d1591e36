"""Whose treatments a message is about: the writer's, or somebody else's that the writer asks for."""

from __future__ import annotations

from bot.consult.reading.cues import Cue
from bot.consult.reading.sentence import Sentence
from bot.consult.safety.reading import WRITER, SafetyReading

Whose = str
"""``MINE``, or the person as the message names her ("sister"), or ``THEIRS`` for somebody spoken of before."""
MINE, THEIRS = WRITER, "theirs"


def whose_case(sentence: Sentence, safety: SafetyReading) -> Whose | None:
    """Return whose case a message on treatments, times or facts of health is; None where it leaves it open.

    What somebody says, or did and was fine, is no case of theirs: the writer's own is spoken of.
    """
    person = next((cue for cue in sentence.cues.of("person") if sentence.is_told_of(cue)), None)
    if person or sentence.cues.has("for_another"):
        return _theirs(sentence, person, bool(safety.facts))
    if safety.facts:
        return THEIRS if safety.person == "other" else MINE
    return MINE if _is_own(sentence) else None


def _is_own(sentence: Sentence) -> bool:
    own = sentence.cues.has("for_myself") or (_writes(sentence) and bool(sentence.places))
    return own and not sentence.cues.has("they", "their")


def _theirs(sentence: Sentence, person: Cue | None, has_facts: bool) -> Whose | None:
    """The person's, where it is her treatments, times or facts, or where it is asked for her."""
    told = _writes(sentence) or sentence.cues.has("quotes", "hearsay", "went_fine")
    on_a_case = has_facts or _is_on_a_case(sentence) or _is_asked_for(sentence, person)
    if told or not on_a_case:
        return None
    return " ".join(sentence.words[person.start : person.end]) if person else THEIRS


def _is_on_a_case(sentence: Sentence) -> bool:
    return bool(sentence.places or sentence.others or sentence.whens)


def _is_asked_for(sentence: Sentence, person: Cue | None) -> bool:
    led_to = person is not None and sentence.cues.at("for_whom", person.start - 2)
    return led_to or sentence.cues.has("for_another")


def _writes(sentence: Sentence) -> bool:
    """Tell whether the writer is spoken of, and not only as somebody's company ("with me")."""
    cues = sentence.cues
    return any(sentence.is_speaker(c.start) and not cues.at("by_person", c.start - 1) for c in cues.of("speaker"))
