"""Which of two treatments has the earlier hour, where a message says both hours ("Botox at noon, needling at 3")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.consult.reading.sentence import Place, Sentence

_FAR = 10
_FIRST_AFTERNOON_HOUR, _NOON = 8, 12
_DAY_PARTS = {"at_nine": 9, "at_noon": 12, "by_noon": 12, "at_three": 15, "at_six": 18, "at_eight": 20}
_HOUR = re.compile(r"(1\d|[1-9])(?!\d)")


def earlier_by_the_clock(sentence: Sentence) -> Place | None:
    """Return the treatment with the earlier hour; hours stand behind each, or before each ("2pm tox").

    Opening hours make 1 to 7 the afternoon.
    """
    told = [(_hour_before(sentence, place), place) for place in sentence.places]
    if any(hour is None for hour, _ in told):
        told = [(_hour_behind(sentence, place), place) for place in sentence.places]
    clocked = [(hour, place) for hour, place in told if hour is not None]
    if len({place.treatment for _, place in clocked}) != 2 or clocked[0][0] == clocked[-1][0]:
        return None
    return min(clocked, key=lambda each: each[0])[1]


def _hour_before(sentence: Sentence, place: Place) -> int | None:
    """As in "2 pm for the needling"."""
    end = place.start
    while end and place.start - end < 2 and sentence.says("leads_from_hour", end - 1, end):
        end -= 1
    halved = end >= 2 and sentence.says("half", end - 1, end)
    return _hour(sentence, sentence.words[end - 2 : end]) if halved else None


def _hour_behind(sentence: Sentence, place: Place) -> int | None:
    behind = range(place.end, min(sentence.clause_of(place.end)[1], place.end + _FAR))
    words = [sentence.words[i] for i in behind if not sentence.when_at(i)]
    led_to = words[:1] and words[0] in sentence.cues.words["leads_to_hour"]
    when = sentence.when_at(place.end)
    told = sentence.words[when.start : when.end] if when else ()
    return _hour_at(sentence, words[1:] if led_to else words) or _part_of_day(sentence, (*told, *words))


def _hour_at(sentence: Sentence, words: Sequence[str]) -> int | None:
    """As in "at noon", "at 3", "2 pm"."""
    lists, (first, second, *_) = sentence.cues.words, (*words, "", "")
    if first in lists["at"]:
        return _NOON if second in lists["at_noon"] else _hour(sentence, words[1:3])
    return _hour(sentence, words[:2]) if second in lists["half"] else None


def _part_of_day(sentence: Sentence, words: Sequence[str]) -> int | None:
    parts = {word: hour for part, hour in _DAY_PARTS.items() for word in sentence.cues.words[part]}
    return next((parts[word] for word in words if word in parts), None)


def _hour(sentence: Sentence, words: Sequence[str]) -> int | None:
    found = _HOUR.match(next(iter(words), ""))
    if not found:
        return None
    hour = int(found[1])
    morning = any(word in sentence.cues.words["before_noon"] for word in words)
    return hour + _NOON if hour < _FIRST_AFTERNOON_HOUR and not morning else hour
