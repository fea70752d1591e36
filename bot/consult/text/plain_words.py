"""A message in plain words: short forms spelt out, treatments by their own names.

"tox b4 needlin" and "Botox before microneedling" are one question; the classifier learns it once. Brands stay
where another name of the same treatment stands beside them: a comparison would lose its sense.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.consult.text.characters import straight
from bot.consult.text.typos import Typos
from bot.consult.types import Mention, TreatmentId
from bot.yaml_lines import plain_yaml

_WORD = re.compile(r"w/o?(?=\s)|[\w']+")


class PlainWords:
    """Rewrites messages with a list of short forms and the treatments' names."""

    def __init__(self, path: Path, names: Mapping[TreatmentId, str], typos: Typos) -> None:
        """Read the short forms by language.

        Args:
            path: The file of short forms.
            names: The covered treatments' own names.
            typos: What corrects slips.
        """
        lists: dict[str, dict[str, str]] = plain_yaml(path)
        self._forms = {language: {str(k): str(v) for k, v in forms.items()} for language, forms in lists.items()}
        self._names = names
        self.typos = typos

    def rewrite(self, text: str, mentions: Sequence[Mention], language: str) -> str:
        """Return the text in plain words; ``mentions`` are the treatments found in it."""
        pieces, at = [], 0
        for mention in self._renamed(mentions):
            pieces += [self._spelt(text[at : mention.start], language), self._names[mention.treatment]]
            at = mention.end
        return "".join([*pieces, self._spelt(text[at:], language)])

    def has_odd_word(self, text: str) -> bool:
        """Tell whether a word is a short form in any language, or a slip: only then the language matters."""
        words = {word.lower() for word in _WORD.findall(straight(text))}
        short = any(not words.isdisjoint(forms) for forms in self._forms.values())
        return short or any(self.typos.word(word) != word for word in words)

    def _renamed(self, mentions: Sequence[Mention]) -> list[Mention]:
        """The plainly named treatments, but no brand beside another name of the same one."""
        named = [m for m in mentions if m.covered and not m.contextual and m.treatment in self._names]
        return [m for m in named if not (m.brand and _others(m, named))]

    def _spelt(self, text: str, language: str) -> str:
        forms = self._forms.get(language, {})
        return _WORD.sub(lambda found: forms.get(found.group().lower()) or self._meant(found, language), text)

    def _meant(self, found: re.Match[str], language: str) -> str:
        return found.group() if language == "fr" else self.typos.word(found.group(), found.start())


def _others(brand: Mention, mentions: Sequence[Mention]) -> bool:
    """Tell whether another name of the same treatment stands in the message."""
    own = brand.text.lower()
    return any(m.treatment == brand.treatment and m.text.lower() != own for m in mentions)
