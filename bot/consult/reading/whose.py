"""Whose treatments a message is about: the writer's, or somebody else's that the writer asks for."""

from __future__ import annotations

from bot.consult.reading.sentence import Sentence

Whose = str
"""``MINE``, or the person as the message names her ("sister"), or ``THEIRS`` for somebody spoken of before."""
MINE, THEIRS = "mine", "theirs"


def whose_case(sentence: Sentence) -> Whose | None:
    """Return whose case a message on treatments or times is; None where it leaves it open.

    What somebody says, or did and was fine, is no case of theirs: the writer's own is spoken of.
    """
    cues = sentence.cues
    writes = any(sentence.is_speaker(c.start) and not cues.at("by_person", c.start - 1) for c in cues.of("speaker"))
    person = next((cue for cue in cues.of("person") if sentence.is_told_of(cue)), None)
    if person or cues.has("for_another"):
        told = cues.has("quotes", "hearsay", "went_fine")
        asked_for = cues.has("for_another") or (person is not None and cues.at("for_whom", person.start - 2))
        on_a_case = asked_for or bool(sentence.places or sentence.others or sentence.whens)
        named = " ".join(sentence.words[person.start : person.end]) if person else THEIRS
        return named if on_a_case and not (writes or told) else None
    own = cues.has("for_myself") or (writes and bool(sentence.places))
    return MINE if own and not cues.has("they", "their") else None
