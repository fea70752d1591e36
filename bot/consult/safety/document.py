"""A message as the lexicon sees it: tokens in the lexicon's spelling, sentences, clauses, and every find.

spaCy does the work: one PhraseMatcher over all word lists and literal words, one Matcher for numbers and endings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.consult.safety.forms import Finds, Forms, Span, is_list
from bot.consult.safety.lexicon import Lexicon
from bot.consult.text.characters import PlainText
from bot.consult.text.disguises import undisguised
from bot.consult.text.spelling import Speller
from bot.consult.text.tokens import Tokenizer

_SENTENCE_MARKS = frozenset(".!?;")
_CLAUSE_MARKS = frozenset(',:()-–—/"')
NEAR = 5


@dataclass(frozen=True)
class Document:
    """One message, read once."""

    plain: PlainText
    words: tuple[str, ...]
    bounds: tuple[Span, ...]
    """Each token's stretch of the plain text."""
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]
    finds: Finds
    idioms: tuple[Span, ...] = ()
    """The figures of speech, whose words are no finds any more."""

    def where(self, forms: Forms, within: int = NEAR) -> list[Span]:
        """Where any of these forms fits, inside one sentence."""
        return forms.spans(self.finds, self.sentences, within)

    def characters(self, span: Span) -> Span:
        """The stretch of the message that these tokens cover."""
        return self.plain.span(self.bounds[span[0]][0], self.bounds[span[1] - 1][1])


class DocumentReader:
    """Reads messages with one lexicon's word lists."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the word lists for spaCy."""
        self._vocab = Vocab()  # without the shapes and flags of each word, which nothing here asks for
        self._tokenizer = Tokenizer(self._vocab, opens_contractions=False)
        make_doc = self._tokenizer.make_doc
        entries = {key: [make_doc(text) for text in texts] for key, texts in _literals(lexicon).items()}
        left_alone = lexicon.not_typos | _vocabulary(entries, Speller(lexicon.spellings))
        self._speller = Speller(lexicon.spellings, lexicon.corrected, left_alone)
        self._phrases = self._phrase_matcher(entries)
        self._tokens = self._token_matcher(lexicon)
        self._idioms = lexicon.idioms
        self._sentence_ends = _SENTENCE_MARKS | lexicon.listed("sentence_ends")
        self._clause_ends = _CLAUSE_MARKS | self._sentence_ends
        self._joins, self._subjects = lexicon.listed("joins"), lexicon.listed("subjects")
        # The layer reads a message, and right after it the classifier asks for its language.
        self.read = lru_cache(maxsize=2)(self._read)

    @property
    def speller(self) -> Speller:
        """The speller made from this lexicon's vocabulary."""
        return self._speller

    def _read(self, message: str) -> Document:
        """Read one message."""
        text = undisguised(message)
        doc = self._doc(text.text)
        words = tuple(token.norm_ for token in doc)
        bounds = tuple((token.idx, token.idx + len(token)) for token in doc)
        sentences = _numbered(words, self._ends_sentence)
        document = Document(text, words, bounds, sentences, _numbered(words, self._ends_clause), self._finds(doc))
        return self._without_idioms(document)

    def _ends_sentence(self, words: tuple[str, ...], at: int) -> bool:
        return words[at] in self._sentence_ends

    def _ends_clause(self, words: tuple[str, ...], at: int) -> bool:
        if words[at] in self._clause_ends:
            return True
        return words[at] in self._joins and at + 1 < len(words) and words[at + 1] in self._subjects

    def _doc(self, text: str) -> Doc:
        return self._spelt(self._tokenizer.make_doc(text))

    def _spelt(self, doc: Doc) -> Doc:
        for token in doc:
            token.norm_ = self._speller.spell(_whole(token.text))
        return doc

    def _phrase_matcher(self, entries: Mapping[str, Sequence[Doc]]) -> PhraseMatcher:
        matcher = PhraseMatcher(self._vocab, attr="NORM")
        for key, docs in entries.items():
            matcher.add(key, [self._spelt(doc) for doc in docs])
        return matcher

    def _token_matcher(self, lexicon: Lexicon) -> Matcher:
        matcher = Matcher(self._vocab)
        for name, (first, last) in lexicon.numbers.items():
            texts = [str(number) for number in range(first, last + 1)]
            matcher.add(f"<{name}>", [[{"NORM": {"IN": texts}}]])
        for name, endings in lexicon.endings.items():
            matcher.add(f"<{name}>", [[{"NORM": {"REGEX": rf"\w{{3}}(?:{'|'.join(endings)})$"}}]])
        return matcher

    def _finds(self, doc: Doc) -> Finds:
        finds: dict[str, list[Span]] = defaultdict(list)
        for key, start, end in [*self._phrases(doc), *self._tokens(doc)]:
            if doc[start].text.strip():
                finds[self._vocab.strings[key]].append((start, end))
        return finds

    def _without_idioms(self, document: Document) -> Document:
        """Take away what stands inside a figure of speech ("dying to try")."""
        masks = document.where(self._idioms)
        if not masks:
            return document
        finds = {key: [s for s in found if not _inside(s, masks)] for key, found in document.finds.items()}
        return replace(document, finds=finds, idioms=tuple(masks))


def _whole(word: str) -> str:
    """A number without its fraction: 38.9 is a 38."""
    return re.split("[.,]", word, maxsplit=1)[0] or word if word[0].isdigit() else word


def _vocabulary(entries: Mapping[str, Sequence[Doc]], speller: Speller) -> set[str]:
    return {speller.spell(token.text) for docs in entries.values() for doc in docs for token in doc}


def _inside(span: Span, masks: Sequence[Span]) -> bool:
    return any(span[0] < mask[1] and mask[0] < span[1] for mask in masks)


def _literals(lexicon: Lexicon) -> dict[str, list[str]]:
    """Every word list and every literal of every form, by the key under which it is found, made plain."""
    entries = {f"<{name}>": [undisguised(text).text for text in texts] for name, texts in lexicon.words.items()}
    for form in lexicon.forms():
        entries.update({item: [undisguised(item).text] for item in form.items if not is_list(item)})
    return entries


def _numbered(words: tuple[str, ...], ends: Callable[[tuple[str, ...], int], bool]) -> tuple[int, ...]:
    number = 0
    numbers = []
    for at in range(len(words)):
        number += ends(words, at)
        numbers.append(number)
    return tuple(numbers)
