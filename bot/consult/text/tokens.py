"""Text to tokens: one spaCy tokenizer and one normalisation for everything that matches words.

Treatments, order words and safety terms are all matched on these tokens, so that an offset means the same
everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from spacy.lang.en import English
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

_SAME_LENGTH = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\t": " ",
        "\n": " ",
        "\r": " ",
    }
)
# People type arrows, slashes and plus signs between treatments without blanks.
_INNER_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_EXTRA_INFIXES = [
    r"-+>",
    r"=+>",
    r"→",
    r">",
    r"/",
    r"\+",
    r"&",
    r"(?<=\d)\)",
    r"\.\.+",
    r"(?<=[a-z])[,;:!?.](?=[a-zA-Z])",
]


def normalise(text: str) -> str:
    """Straighten quotes, dashes and blanks without changing the length, so that offsets stay true."""
    return text.translate(_SAME_LENGTH)


def fold(text: str) -> str:
    """Drop accents, and hyphens inside words, again without changing the length: "post-séance" is "post seance"."""
    plain = "".join(_base(character) for character in normalise(text))
    return _INNER_HYPHEN.sub(" ", plain)


def _base(character: str) -> str:
    decomposed = unicodedata.normalize("NFD", character)
    return decomposed[0] if len(decomposed) > 1 and unicodedata.combining(decomposed[1]) else character


class _Defaults(English.Defaults):
    infixes = (*(English.Defaults.infixes or ()), *_EXTRA_INFIXES)
    # "had botox.can i needle" is a missing blank, not a web address.
    url_match = None


class _ChatEnglish(English):
    """Set up as a class: each change to a finished tokenizer reads its two thousand exceptions anew."""

    Defaults = _Defaults


def tokenizer() -> Language:
    """Build the English tokenizer that every matcher here shares (no model, no download)."""
    return _ChatEnglish()


class Phrases:
    """Phrases by label, found case-insensitively; within one label the longest match wins."""

    def __init__(self, nlp: Language, phrases: Iterable[tuple[str, str]]) -> None:
        """Take ``(label, phrase)`` pairs; a phrase may have several labels."""
        self._nlp = nlp
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        for label, phrase in phrases:
            self._matcher.add(label, [nlp.make_doc(fold(phrase))])

    def find(self, doc: Doc) -> dict[str, list[Span]]:
        """Return the spans found by label, in the order of the text."""
        found: dict[str, list[Span]] = {}
        for span in self._matcher(doc, as_spans=True):
            found.setdefault(span.label_, []).append(span)
        return {label: sorted(filter_spans(spans), key=lambda s: s.start) for label, spans in found.items()}
