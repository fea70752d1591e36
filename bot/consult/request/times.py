"""A time that suits somebody, as words: kept as typed for a person to read, never calculated with."""

from __future__ import annotations

import re

_DAY = (
    r"mon(?:day)?s?|tue(?:s(?:day)?)?s?|wed(?:nesday|s)?s?|thu(?:r(?:s(?:day)?)?)?s?|fri(?:day)?s?|sat(?:urday)?s?"
    r"|sun(?:day)?s?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?"
)
_PART = (
    r"mornings?|afternoons?|aft|evenings?|nights?|noon|midday|midnight|lunch(?:time)?|weekdays?|weekends?|daytime"
    r"|today|tonight|tomorrow|tmrw?|tmr|tomo|week|month|asap|later|early|late|end|start|beginning|breakfast|dinner"
    r"|work(?:ing)?|school|matins?|matin[ée]es?|apr[èe]s-?\s?midis?|soirs?|soir[ée]es?|midi|demain|aujourd'hui|semaine|fin"
    r"|d[ée]but|heures?|anytime|whenever|n'importe\s+quand"
)
_CLOCK = (
    r"\d{1,2}(?:[:.h]\d{2})?\s?(?:a\.?m\.?|p\.?m\.?|o'?clock|h|ish)(?!\w)|\d{1,2}:\d{2}|\d{1,2}h\d{0,2}"
    r"|(?<=after )\d{1,2}|(?<=before )\d{1,2}|(?<=at )\d{1,2}|(?<=around )\d{1,2}|(?<=by )\d{1,2}|(?<=until )\d{1,2}"
    r"|(?<=between )\d{1,2}|(?<=and )\d{1,2}|(?<=to )\d{1,2}|(?<=-)\d{1,2}|(?<=à )\d{1,2}|(?<=après )\d{1,2}"
)
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre"
    r"|d[ée]cembre"
)
_DATE = (
    rf"(?:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th|er)?\s+(?:{_MONTH})"
    r"|the\s+\d{1,2}(?:st|nd|rd|th)|le\s+\d{1,2}"
)
_WORD = rf"(?:(?:{_DATE})|(?:{_CLOCK})|\b(?:{_DAY}|{_PART})\b)"
_JOIN = (
    r"(?:[\s,/&–-]+|\b(?:or|and|to|till?|until|the|in|on|at|of|after|before|between|around|about|by|from|any|next|this"
    r"|every|most|either|ou|et|à|a|le|la|les|l'|en|dans|de|du|d'|avant|apr[èe]s|entre|vers|jusqu'à|prochaine?|ce|cette"
    r"|tous|any\s+time|time|is|est)\b)*"
)
_LEAD = (
    r"(?:\b(?:any\s+time|any|after|before|between|around|about|from|by|until|at|on|in|the|this|next|every|most|early|late"
    r"|avant|apr[èe]s|entre|vers|d[èe]s|à|le|la|les|ce|cette|en|dans)\s+)*"
)
_RUN = re.compile(rf"{_LEAD}{_WORD}(?:{_JOIN}{_WORD})*", re.IGNORECASE)
_HAS = re.compile(_WORD, re.IGNORECASE)
_TO_REACH = re.compile(
    r"\b(?:call(?:ed)?|ring|phone|text|reach|contact|email|e-mail|write|get\s+back\s+to|hear\s+from)\b(?:\s+(?:me|back|us))*"
    r"|\b(?:m'|me\s+)(?:r?appel\w*|contacter|joindre|[ée]crire|texter)|\b(?:r?appele[rz]?|contacte[rz]|joindre|rejoindre)"
    r"(?:[\s-]+moi)?|\b(?:best|good|preferred)\s+times?\b(?:\s+(?:is|are|would\s+be|to\s+call|for\s+me))*",
    re.IGNORECASE,
)
_SUITS = re.compile(
    r"\b(?:are|r|is|would\s+be|works?|suits?|me\s+conviennent|me\s+convient|c'est)\b\s*"
    r"(?:the\s+)?(?:best|better|good|great|ideal|fine|well|mieux|parfait)?\b(?:\s+(?:for\s+)?me\b)?|\bfor\s+me\b",
    re.IGNORECASE,
)
"""What says that a time is a good one: "evenings are best for me"."""
_NEAR = 40
FEW_LETTERS = 3
"""Beside a time, this many letters say nothing else."""


def names_a_time(text: str) -> bool:
    """Tell whether a text has a word for a time: a day, a part of it, the clock."""
    return _HAS.search(text) is not None


def only_a_time(text: str) -> bool:
    """Tell whether nearly all of a text is a time."""
    left = _SUITS.sub("", _RUN.sub("", text))
    return names_a_time(text) and sum(map(str.isalpha, left)) <= FEW_LETTERS and not any(map(str.isdigit, left))


def time_to_reach(text: str) -> tuple[int, int] | None:
    """Find the time at which somebody asks to be reached ("call me after 5"); its place in the text."""
    for reach in _TO_REACH.finditer(text):
        found = _RUN.search(text, reach.end(), reach.end() + _NEAR)
        if found and not re.search(r"[.!?;\n]", text[reach.end() : found.start()]):
            whole = _RUN.match(text, found.start())
            return (whole or found).span()
    return None
