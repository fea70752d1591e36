"""The one tokenizer: words, figures and marks, the same wherever a message is matched.

Treatments, order words, dates and safety terms are all found on these tokens, so that an offset means the same
everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.attrs import LOWER
from spacy.lang.en import TOKENIZER_EXCEPTIONS
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from bot.consult.text.characters import fold

_NOT = "nt"
_DENIED = "|".join(
    word.removesuffix(_NOT)
    for word in TOKENIZER_EXCEPTIONS
    if word.islower() and word.isalpha() and word.endswith(_NOT)
)
_CONTRACTED = rf"""
    [^\W_]+?(?=n't\b) | n't\b                     # do n't
    | (?<![^\W_])(?:{_DENIED})(?=nt\b) | nt\b      # do nt
    | '(?:s|m|re|ve|ll|d)\b                       # it 's
"""
_WORDS = r"""
    (?<![^\W_])(?:qu|[cdjlmnst])'(?=[^\W\d_])     # l' injection, qu' on
    | (?:[a-z]\.){2,}                             # a.m.
    | \d+(?=[ap]m\b) | \d+(?:[.,:]\d+)+[^\W_]*   # 10 am, 1.5, 2:30pm
    | [^\W_]+(?:'(?!(?:s|m|re|ve|ll|d)\b)[^\W_]+)*
    | [-=]+> | \.{2,} | \s+ | .
"""
TOKEN = re.compile(f"{_CONTRACTED}|{_WORDS}", re.VERBOSE | re.IGNORECASE | re.DOTALL)


class Tokenizer:
    """Makes spaCy documents; a blank that is not the only one between two tokens is a token itself."""

    def __init__(self, vocab: Vocab | None = None, opens_contractions: bool = True) -> None:
        """Prepare the pattern of a token.

        Args:
            vocab: The words of a matcher that has its own; else only the lower case is known of each word.
            opens_contractions: Whether "don't" and "it's" are two tokens each.
        """
        self.vocab = vocab or Vocab(lex_attr_getters={LOWER: str.lower})
        pattern = f"{_CONTRACTED}|{_WORDS}" if opens_contractions else _WORDS
        self._tokens = re.compile(pattern, re.VERBOSE | re.IGNORECASE | re.DOTALL)

    def make_doc(self, text: str) -> Doc:
        """Make a document of a text."""
        words: list[str] = []
        spaces: list[bool] = []
        for found in self._tokens.finditer(text):
            piece = found.group()
            if piece[0] == " " and words and not spaces[-1]:
                spaces[-1] = True
                piece = piece[1:]
            if piece:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


def tokenizer() -> Tokenizer:
    """Build what every matcher here makes its documents with: no model, no download, no language."""
    return Tokenizer()


class Phrases:
    """Phrases by label, found case-insensitively; within one label the longest match wins."""

    def __init__(self, nlp: Tokenizer, phrases: Iterable[tuple[str, str]]) -> None:
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
