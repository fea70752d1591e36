"""Hears the doubt that a speaker voices about a date: "I think", "not sure", "or maybe the 10th", "Nov 3??".

A doubt behind a date, or in a sentence of its own, belongs to the date before it; any other belongs to the
next date in its clause. Words of permission between the two ("not sure if I can ...") make it a doubt about
something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.consult.types import TimeExpression

_REALLY = r"(?:too |really |entirely |exactly |totally |so |very |100 |super |quite |even )?"
_VOICED = (
    r"(?<!do )(?<!you )(?<!u )i (?:think|thought|believe|guess|assume|wanna say"
    r"|want to say)(?! (?:of|about))",
    r"(?:i'd|id) say",
    r"(?<!you )(?<!u )(?:think|thinking)(?! (?:of|about))",
    rf"(?:not|n't|isnt|never) {_REALLY}(?:sure|certain|positive)",
    r"unsure|uncertain|perhaps|possibly|probably|prob|probs|presumably|supposedly|idk|dunno",
    r"(?<!can i )(?<!could i )(?<!should i )(?:maybe|mayb|mabye)",
    r"(?:might|may|could|must) have been|(?:might|could|must)'?ve been",
    rf"(?:can't|cant|cannot|do not|don't|dont|didn't) {_REALLY}(?:remember|recall|know)",
    r"(?:i )?(?:forget|forgot)(?= (?:exactly|when|which|the (?:exact|date))|\W*$)",
    r"(?:pretty|fairly|almost) sure|iirc|if i remember|if memory|if i'?m not mistaken|afaik|not 100%?",
    r"(?:was|is|were|had it|got it|done|been) either|or was it|unless it was|somewhere around",
    r"or thereabouts|or so|or something|give or take|ish|\(\?\)",
    r"je crois|je pense|je (?:ne )?suis (?:pas|plus)|chuis pas|j'suis pas",
    r"pas (?:trop |vraiment |certaine? |tout a fait )?(?:sure?|certaine?)|peut[- ]etre|probablement",
    r"(?:il )?me semble|sais (?:pas|plus)|souviens (?:pas|plus)|ou quelque chose|a peu pres|environ",
)
_DOUBT = re.compile(rf"(?<!\w)(?:{'|'.join(_VOICED)})(?!\w)")
_NOT_ABOUT = "".join(f"(?<!{word} )" for word in "what how question questions asking ask worried sure info is".split())
_NEAR = (
    "around|roughly|approximately|approx\\.?|circa|~|vers|aux alentours de?|autour du?|environ|some ?time around|maybe"
)
_LIKE = r"(?:\b(?:was|on|is|been|it|had it|got it|done|something)|,) like"
_NEAR_WORDS = re.compile(rf"(?<!\w)(?:{_NEAR}|{_NOT_ABOUT}about|{_LIKE}) (?:on |the |le )?$")
_ISH = re.compile(r"-? ?ish\b| ?\(\?+\)| or so\b| or thereabouts| give or take| approx")
_CLAUSE_END = re.compile(r"[.!?\n;,]|(?<!\w)(?:and|but|so|then|et|mais|can|could|should|is it|when|puis)(?!\w)")
_PERMISSION = re.compile(
    r"(?<!\w)(?:can|could|should|shld|shouldn't|ok|okay|safe|fine|good|allowed|alright|need|wait|enough|too|i'll|"
    r"i will|ill|going to|gonna|wanna|want|would|it's|its fine|peux|peut|puis|dois|devrais"
    r"|correct|possible)(?!\w)"
)
_VERDICT = re.compile(
    r"[ ,]*(?:is|are|was|would be|'s|seems?)? ?(?:too|enough|not enough|plenty|sufficient"
    r"|long enough|long|ok|okay|"
    r"fine|safe)(?!\w)"
)
_OR = re.compile(r",? ?(?:or|ou)(?: it (?:was|could be|might be))? $")
_QUESTION = re.compile(
    r"(?<!\w)(?:can|could|should|is|are|do|does|when|what|how|will|may|would|ok|okay|why|which|good|fine|peux|"
    r"puis|est|quand)(?!\w)"
)
_REPORT = re.compile(r"(?<!\w)(?:was|were|had|got|did|done|since|last|ago|etait|ai eu|fait|my appt|appointment)(?!\w)")
_SURE_ENOUGH = frozenset({"TODAY", "TOMORROW", "YESTERDAY", "TONIGHT"})

Drafts = Sequence[TimeExpression]


def with_doubts(text: str, drafts: Drafts) -> list[TimeExpression]:
    """Mark the drafts that the speaker doubts."""
    if not drafts:
        return []
    doubted = {at for match in _DOUBT.finditer(text) for at in _doubted_by(text, match, drafts)}
    doubted |= _undecided(text, drafts)
    return [
        replace(each, doubtful=True) if at in doubted or _is_hedged(text, each) else each
        for at, each in enumerate(drafts)
    ]


def _undecided(text: str, drafts: Drafts) -> set[int]:
    """Hear ``it was the 3rd or the 4th``: the report of a day that leaves it open."""
    undecided: set[int] = set()
    for at, (one, two) in enumerate(pairwise(drafts)):
        reported = _REPORT.search(re.split(r"[.!?\n,;]", text[: one.start])[-1])
        if reported and _OR.fullmatch(text[one.end : two.start]) and one.days is None:
            undecided |= {at, at + 1}
    return undecided


def _is_hedged(text: str, found: TimeExpression) -> bool:
    """Hear the hedge right at a date: ``around nov 3``, ``nov 3ish``, ``it was nov 3??``."""
    if _ISH.match(text, found.end) or _is_queried(text, found):
        return True
    return found.days is None and bool(_NEAR_WORDS.search(text[max(0, found.start - 32) : found.start]))


def _is_queried(text: str, found: TimeExpression) -> bool:
    """Two question marks behind a report doubt its date; behind a question they are impatience."""
    if not re.match(r" ?\?\?", text[found.end : found.end + 3]) or text[found.start : found.end] in _SURE_ENOUGH:
        return False
    clause = re.split(r"[.!?\n,]", text[: found.start])[-1] + text[found.start : found.end]
    return bool(_REPORT.search(clause)) and not _QUESTION.search(clause)


def _doubted_by(text: str, doubt: re.Match[str], drafts: Drafts) -> Iterator[int]:
    """Yield the places of the drafts that one voiced doubt belongs to."""
    if any(each.start <= doubt.start() and doubt.end() <= each.end for each in drafts):
        return
    before = _last_before(doubt, drafts)
    after = _next_after(text, doubt, drafts)
    if after is not None:
        yield from _chosen_from(text, drafts, after)
        if before is not None and _is_choice(text[drafts[before].end : doubt.end()], doubt.group()):
            yield before
    elif before is not None and _belongs_back(text, doubt, drafts[before]):
        yield before


def _chosen_from(text: str, drafts: Drafts, at: int) -> Iterator[int]:
    """Yield a draft and those that "or" adds to it."""
    yield at
    while at + 1 < len(drafts) and _OR.fullmatch(text[drafts[at].end : drafts[at + 1].start]):
        at += 1
        yield at


def _is_choice(between: str, doubt: str) -> bool:
    return bool(_OR.search(between.removesuffix(doubt))) or doubt.startswith(("or ", "unless"))


def _last_before(doubt: re.Match[str], drafts: Drafts) -> int | None:
    return max((at for at, each in enumerate(drafts) if each.end <= doubt.start()), default=None)


def _next_after(text: str, doubt: re.Match[str], drafts: Drafts) -> int | None:
    """Find the next draft in the doubt's own clause, if the clause is about a date."""
    found = next((at for at, each in enumerate(drafts) if each.start >= doubt.end()), None)
    if found is None:
        return None
    between = text[doubt.end() : drafts[found].start]
    if found == 0 and not _AIMED_ELSEWHERE.match(between):
        between = between.replace(",", "", 1)
    if _CLAUSE_END.search(between) or _PERMISSION.search(between) or _VERDICT.match(text, drafts[found].end):
        return None
    return found


_OPEN = re.compile(r"[^.!?\n]*[.!?\s]*[^.!?\n]*")
_AIMED_ELSEWHERE = re.compile(r" ?(?:if|whether|about|what|why|how|to|that|it's|its|it is|you|u|they|this|i|he|she)\b")


def _belongs_back(text: str, doubt: re.Match[str], found: TimeExpression) -> bool:
    """A doubt belongs to the date before it where nothing else follows it in its clause."""
    if not _OPEN.fullmatch(text[found.end : doubt.start()]) or _AIMED_ELSEWHERE.match(text, doubt.end()):
        return False
    rest = _CLAUSE_END.split(text[doubt.end() :], maxsplit=1)[0]
    return (
        not rest.strip(" )")
        or re.fullmatch(
            r" (?:it was|of the date|when|exactly|which day|now|lol|tho\w*|anymore|"
            r"the (?:exact )?(?:date|day)|de la date|ou avant).*",
            rest,
        )
        is not None
    )
