"""Hears the doubt that a speaker voices about a date: "I think", "not sure", "or maybe the 10th", "Nov 3??".

A doubt behind a date, or in a sentence of its own, belongs to the date before it; any other belongs to the
next date in its clause. Words of permission between the two ("not sure if I can ...") make it a doubt about
something else. Doubt of one's own memory ("don't quote me on that") can be of nothing but the date nearest to it, and
where someone mixes up which was which, every date is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.consult.dates.grammar import Line


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


_FOUND = re.compile(r"@[dwvtkmpalif]\d+")
_UNKNOWN = r"(?:KNOW|REMEMBER)"
_DOUBT = _words(
    rf"(?<!CAN I )DOUBT|NOT (?:REALLY |EXACT |TOO |_ )*(?:SURE|{_UNKNOWN})|{_UNKNOWN} NOT|EITHER"
    r"|UNSURE(?= (?:THE|WHEN|EXACT)| ?$)"
)
_WAVERS = _words(r"WAVERS|NOT (?:REALLY |EXACT )*REMEMBER|KNOW (?:NOT|ORMORE)(?= [.!?;,]| ?$)")
_MIXED_UP = _words("MIXEDUP")
_HEDGE = re.compile(r"(?:^| )(?:ABOUT|APPROX|DOUBT)(?: (?:ON|THE|LE|DU))? $")
_LIKE = re.compile(r" (?:WAS|ON|IS|BEEN|IT) LIKE(?: (?:ON|THE|LE))? $")
_ISH = re.compile(r" (?:ISH|APPROX|\( \?)(?!\S)")
_QUERIED = re.compile(r" \? \?")
_REPORT = _words("WAS|SINCE|LAST|AGO|VISIT")
_QUESTION = _words("CAN|OKAY|ENOUGH|WHEN|IS|ASKED")
_SENTENCE_END = _words(r"[.!?;,]")
_END = _words("[.!?;]")
_ELSEWHERE = re.compile(r" (?:[.!?;]|X(?!\S).*,) ")
_CLAUSE_END = _words(r"[.!?;,]|AND|BUT|SO|THEN|CAN|WHEN")
_PERMISSION = _words("CAN|OKAY|ENOUGH|WANT|NEED")
_VERDICT = re.compile(r"(?: ,)?(?: (?:IS|WAS|FN|REALLY))* (?:OKAY|ENOUGH|TOO|FULL)(?!\S)")
_OR = re.compile(r"(?: ,)? (?:OR|/)(?P<was> WAS)?(?: FN)? ")
_COMMA_AT_ONCE = re.compile(r"^(?: [A-Z]+)? , ")
_ONE_SENTENCE_ON = re.compile(r"[^.!?;]*[.!? ]*[^.!?;]*")
_ABOUT_THE_DATE = re.compile(r"(?: (?:THEDATE|THE DAY|REALLY|EXACT|[^\w@ ]+))*(?: FN)?(?: [^\w@ ]+)* ?")

Place = tuple[int, int]


def doubted(line: Line) -> set[str]:
    """Return the pieces that the speaker doubts."""
    places = [found.span() for found in _FOUND.finditer(line.text)]
    at = {place for match in _DOUBT.finditer(line.text) for place in _doubted_by(line.text, match.span(), places)}
    at |= _undecided(line, places)
    at |= {place for match in _WAVERS.finditer(line.text) for place in _nearest(line.text, match.span(), places)}
    at |= set(places) if _MIXED_UP.search(line.text) else set()
    at |= {place for place in places if _is_hedged(line, place)}
    return {line.text[slice(*place)] for place in at}


def _nearest(text: str, doubt: Place, places: list[Place]) -> list[Place]:
    """Return the date before a doubt of memory, or the one behind it where that stands first in its sentence."""
    before = [place for place in places if place[1] <= doubt[0]][-1:]
    after = [place for place in places if place[0] >= doubt[1]][:1]
    opens = not before or _END.search(text, before[0][1], doubt[0])
    led_in = after and not _ELSEWHERE.search(text[doubt[1] : after[0][0]])
    return after if opens and led_in else before


def _undecided(line: Line, places: list[Place]) -> set[Place]:
    """Hear ``it was the 3rd or the 4th``: the report of a day that leaves it open."""
    undecided: set[Place] = set()
    for one, two in pairwise(places):
        either = _OR.fullmatch(line.text[one[1] : two[0]])
        reported = _REPORT.search(_SENTENCE_END.split(line.text[: one[0]])[-1]) or (either and either["was"])
        if reported and either and line.text[one[0] + 1] not in "li":
            undecided |= {one, two}
    return undecided


def _is_hedged(line: Line, place: Place) -> bool:
    """Hear the hedge right at a date: ``around nov 3``, ``nov 3ish``, ``it was nov 3??``."""
    before, draft = line.text[: place[0]], line.draft(line.text[slice(*place)])
    if _ISH.match(line.text, place[1]):
        return True
    if _QUERIED.match(line.text, place[1]) and draft.shape != "t":
        clause = _SENTENCE_END.split(before)[-1]
        return bool(_REPORT.search(clause) and not _QUESTION.search(clause)) or draft.shape == "a"
    like = not draft.is_vague and _LIKE.search(f" {before}")
    return draft.days is None and bool(_HEDGE.search(before) or like)


def _doubted_by(text: str, doubt: Place, places: list[Place]) -> Iterator[Place]:
    """Yield the places of the dates that one voiced doubt belongs to."""
    before = next((place for place in reversed(places) if place[1] <= doubt[0]), None)
    opens = before is None or bool(_END.search(text, before[1], doubt[0]))
    after = _next_after(text, doubt, places, opens)
    if after is not None:
        yield from _chosen_from(text, places, after)
        if before and _OR.fullmatch(f"{text[before[1] : doubt[0]].rstrip()} "):
            yield before
    elif before and _belongs_back(text, doubt, before):
        yield before


def _chosen_from(text: str, places: list[Place], place: Place) -> Iterator[Place]:
    """Yield a date and those that "or" adds to it."""
    yield place
    for one, two in pairwise(places[places.index(place) :]):
        if not _OR.fullmatch(text[one[1] : two[0]]):
            return
        yield two


def _next_after(text: str, doubt: Place, places: list[Place], opens: bool) -> Place | None:
    """Find the next date in the doubt's own clause, if the clause is about a date."""
    found = next((place for place in places if place[0] >= doubt[1]), None)
    if found is None or _VERDICT.match(text, found[1]):
        return None
    between = text[doubt[1] : found[0]]
    if opens:  # "i think, nov 3": no other date stands in the sentence before it
        between = _COMMA_AT_ONCE.sub(" ", between)
    return None if _CLAUSE_END.search(between) or _PERMISSION.search(between) else found


def _belongs_back(text: str, doubt: Place, found: Place) -> bool:
    """A doubt belongs to the date before it where nothing else follows it in its clause."""
    rest = _CLAUSE_END.split(text[doubt[1] :], maxsplit=1)[0]
    return bool(_ONE_SENTENCE_ON.fullmatch(text[found[1] : doubt[0]]) and _ABOUT_THE_DATE.fullmatch(rest))
