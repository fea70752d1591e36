"""Whether a treatment was done or is planned: what stands right behind its name, else the nearest cue before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bot.consult.reading.cues import Cue
from bot.consult.reading.sentence import STRONG_STOPS, Place, Sentence
from bot.consult.types import TreatmentId

Status = Literal["done", "planned"]
_CLAUSE, _NEAR, _BEHIND = 10, 6, 2
_PARTICIPLES = ("ed", "'d")


def status_of(sentence: Sentence, treatment: TreatmentId) -> Status | None:
    """Return whether a treatment was done or is planned, if the message says so; what is done goes first."""
    readings = [s for p in sentence.places_of(treatment) if (s := status_at(sentence, p))]
    return "done" if "done" in readings else readings[0] if readings else None


def status_at(sentence: Sentence, place: Place) -> Status | None:
    """Return whether a treatment was done or is planned, as told where it is named."""
    if _is_participle(sentence, place):
        return "done"
    if _is_moved(sentence, place):
        return None
    behind = _nearest_behind(sentence, place) or _is_dated(sentence, place)
    named = _is_named_as_done(sentence, place) and not _is_caused(sentence, place)
    return behind or _nearest_before(sentence, place) or ("done" if named else None)


def _is_participle(sentence: Sentence, place: Place) -> bool:
    """As in "Needled skin", "I've been botoxed": done, unless someone is to be ("getting tox Dec 1, then needled")."""
    if not place.mention.text.lower().endswith(_PARTICIPLES) or _is_caused(sentence, place, "becoming"):
        return False
    return not sentence.says("to_become", place.start - 2, place.start)


def _is_moved(sentence: Sentence, place: Place) -> bool:
    """As in "needling was Nov 10 but moved to Nov 24": the new day tells by itself whether it is past."""
    cue = sentence.cues.within("moved_to", place.end, sentence.clause_of(place.start)[1])
    if cue is None or sentence.names_between(place.end, cue.start):
        return False
    return sentence.when_at(cue.end + sentence.says("article", cue.end, cue.end + 1)) is not None


def _is_caused(sentence: Sentence, place: Place, causing: str = "causing") -> bool:
    """As in "get Botox and needling done", "want it done": nothing was done yet."""
    lists, clause = sentence.cues.words, sentence.words[max(0, place.start - _CLAUSE) : place.start]
    verbs = [w for w in clause if w in lists[causing] | lists["happened"] or w[:1] in STRONG_STOPS | {","}]
    return bool(verbs) and verbs[-1] in lists[causing]


def _is_dated(sentence: Sentence, place: Place) -> Status | None:
    """As in "Microneedling is November 24": the present tense with a date is a plan."""
    verb = sentence.says("present", place.end, place.end + 1)
    return "planned" if verb and sentence.when_at(place.end + 1) else None


def _is_named_as_done(sentence: Sentence, place: Place) -> bool:
    """As in "Needling done last month": the alias itself says so."""
    return place.mention.text.lower().endswith(tuple(sentence.cues.words["done"]))


def _nearest_before(sentence: Sentence, place: Place) -> Status | None:
    if any(place.end <= cue.start <= place.end + 1 for cue in sentence.cues.of("habit")):
        return None  # "I get tox every 4 months"
    cues = [c for c in _all(sentence, "done", "planned") if 0 <= place.start - c.end <= _NEAR]
    cues = [c for c in cues if not (_is_cut(sentence, c.end, place.start) or _is_of_none(sentence, c, place))]
    return _label(max(cues, key=lambda c: (c.end, c.label == "planned"), default=None))


def _is_of_none(sentence: Sentence, cue: Cue, place: Place) -> bool:
    """The month of May plans nothing, "far enough after the Botox" no Botox, and "I've got a slot" tells no visit."""
    a_slot = sentence.says("slot", place.end, place.end + 1) and sentence.says("got", cue.start, place.start)
    led_to = sentence.cues.within("after", cue.end, place.start) is not None
    return a_slot or led_to or sentence.when_at(cue.start) is not None


def _nearest_behind(sentence: Sentence, place: Place) -> Status | None:
    cues = [c for c in _all(sentence, "done_behind", "planned_behind") if 0 <= c.start - place.end <= _BEHIND]
    cues = [c for c in cues if not _is_cut(sentence, place.end, c.start)]
    if _is_caused(sentence, place):
        cues = [c for c in cues if not sentence.says_only(c.start, c.end, "done")]
    return _label(min(cues, key=lambda c: c.start, default=None))


def _all(sentence: Sentence, *labels: str) -> Iterator[Cue]:
    return (cue for label in labels for cue in sentence.cues.of(label))


def _is_cut(sentence: Sentence, start: int, end: int) -> bool:
    """A stop or another treatment stands between: the cue is not about this one."""
    return sentence.names_between(start, end) or sentence.stop_between(start, end) or sentence.says("or", start, end)


def _label(cue: Cue | None) -> Status | None:
    return None if cue is None else "done" if cue.label.startswith("done") else "planned"
