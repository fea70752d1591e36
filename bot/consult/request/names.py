"""Names of people, as they come: "O'Brien", "Nguyen", "just Sam", "Will", "May", and not "how much"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.consult.request.words import RequestWords, plain

LONGEST_NAME = 80
MOST_WORDS = 6
SHORT_FORM = 2
"""An initial and its stop."""
# A letter, and then anything but blanks, digits and signs: some scripts write vowels as marks.
_WORD = re.compile(r"[^\W\d_][^\s\d_,;:!?()\[\]{}\"<>@/\\|=+*&^%$#~]*")
_GAP = re.compile(r"[ \t]+")
_FILLER = r"(?:\s+(?:actually|really|just|now|spelled|spelt|in fact|is|en fait|plut[ôo]t|bien))*"
SURE_LEAD = re.compile(
    r"(?:\b(?:(?:my|the|full|first|last|our|whole)\s+)+name(?:'s|s|\s+is|\s+was|\s+would\s+be|\s*[:=-])"
    r"|\bname(?:'s|\s+is|\s*[:=]|\s+-)|\bje\s+m'appelle|\bmoi\s+c'est|\bnom\s*[:=]"
    r"|\bmon\s+(?:nom|pr[ée]nom)(?:\s+complet)?(?:\s+(?:est|c'est)|\s*[:=]))" + _FILLER + r"\s*[:-]?\s*"
    r"|\b(?:under\s+the\s+name(?:\s+of)?|au\s+nom\s+de)\s+",
    re.IGNORECASE,
)
"""What is certain to come before a name."""
LIKELY_LEAD = re.compile(
    r"\b(?:i'm|im|i\s+am|this\s+is|it's|its|it\s+is|call\s+me|ask\s+for|it\s+would\s+be|c'est|je\s+suis|ici)\s+"
    r"(?:(?:just|me|moi),?\s+)*",
    re.IGNORECASE,
)
"""What often comes before one."""


class Names:
    """Finds names, with the lists of what is none."""

    def __init__(self, words: RequestWords) -> None:
        """Take the form's words."""
        self._words = words

    def after_sure_lead(self, text: str) -> Iterator[tuple[int, int]]:
        """Find the names after "my name is" and its like; their places in the text."""
        for lead in SURE_LEAD.finditer(text):
            found = self._taken(text, lead.end(), strict=False, sure=True)
            if found:
                yield found

    def after_likely_lead(self, text: str, strict: bool) -> Iterator[tuple[int, int]]:
        """Find the names after "I'm", "it's" and their like; strictly, where they are written as names."""
        for lead in LIKELY_LEAD.finditer(text):
            found = self._taken(text, lead.end(), strict)
            if found:
                yield found

    def whole(self, text: str) -> str | None:
        """Return the name that a message is, or None."""
        name = self._words.stripped(text)
        found = self._taken(name, 0, strict=False)
        if found is None or found != (0, len(name)):
            return None
        words = name.split()
        if len(words) > 3 and not all(self._written_as_name(word) for word in words):
            return None
        return name

    def acceptable(self, name: str) -> bool:
        """Tell whether something given as a name can be one: letters, not too long, no address."""
        letters = sum(map(str.isalpha, name))
        return bool(letters) and len(name) <= LONGEST_NAME and not re.search(r"[\d@<>\[\]{}\\|=_/]|https?:|www\.", name)

    def _taken(self, text: str, start: int, strict: bool, sure: bool = False) -> tuple[int, int] | None:
        """The words of a name from a place on, up to what can be no part of one."""
        end, at, count = start, start, 0
        while count < MOST_WORDS and (word := _WORD.match(text, at)):
            certain = sure and count == 0 and word[0][:1].isupper()
            if not (certain or self._may_continue(word[0], strict, count)):
                break
            end, count = word.end(), count + 1
            if word[0].endswith(".") and not self._is_short_form(word[0]):
                break
            gap = _GAP.match(text, end)
            if not gap:
                break
            at = gap.end()
        while end > start and text[end - 1] in ".'’-":
            end -= 1
        name = text[start:end]
        return (start, end) if name.strip() and not self._only_small(name) else None

    def _may_continue(self, word: str, strict: bool, count: int) -> bool:
        whole = plain(word)
        if whole in self._words.particles or whole in self._words.titles:
            return not strict or count > 0 or word[:1].isupper()
        if whole in self._words.not_names:
            # "Will", "May", "Young": only a word of the list in small letters, or alone, is none.
            return False
        return not strict or word[:1].isupper() or not word[:1].islower()

    def _is_short_form(self, word: str) -> bool:
        """Whether the stop behind a word is its own ("Dr.", "J.") and not the sentence's."""
        return "." in word[:-1] or len(word) <= SHORT_FORM or plain(word) in self._words.titles

    def _only_small(self, name: str) -> bool:
        words = plain(name).split()
        known = self._words.titles
        return not words or all(word in known for word in words) or not any(map(str.isalpha, name))

    def _written_as_name(self, word: str) -> bool:
        return not word[:1].islower() or plain(word) in self._words.particles | self._words.titles
