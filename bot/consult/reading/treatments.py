"""Which treatments a message names: the one list of names, brands and slang, matched by spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.consult.text.tokens import Phrases, Tokenizer
from bot.consult.types import Alias, Mention, TreatmentId

# Short words have too many neighbours for a fuzzy match ("botox"/"detox"): their misspellings are listed as data.
FUZZY_FROM_LETTERS = 8
FUZZY_RATIO = 86


_LOOSE = ("contextual", "ordered")
_CLOSE = 10
TokenSpans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Told:
    """Where words stand that decide on an alias which may mean anything, as token positions."""

    order: TokenSpans = ()
    """Order words: "then", "first", "before"."""
    times: TokenSpans = ()
    """Dates and lengths of time."""
    elsewhere: TokenSpans = ()
    """Phrases in which an alias means something else ("ballpoint pen", "freeze my membership")."""


NOTHING_TOLD = Told()


class TreatmentFinder:
    """Finds treatments by the aliases of the knowledge, and by near misspellings of their long names."""

    def __init__(self, nlp: Tokenizer, aliases: Sequence[Alias], cues: Mapping[TreatmentId, Sequence[str]]) -> None:
        """Index the aliases, and the cues beside which a contextual alias counts, by treatment."""
        self._cues = Phrases(nlp, ((treatment, cue) for treatment, words in cues.items() for cue in words))
        self._covered = {alias.treatment for alias in aliases if alias.covered}
        self._aliases = _by_text(aliases)
        self._phrases = Phrases(nlp, ((key, alias.text) for key, alias in self._aliases.items()))
        self._ordered = {key for key, alias in self._aliases.items() if alias.kind == "ordered"}
        self._long_names = {key: a for key, a in self._aliases.items() if _is_long_name(a)}

    def find(self, doc: Doc, told: Told = NOTHING_TOLD) -> tuple[Mention, ...]:
        """Return the treatments that the text names, in its order; the longest alias wins.

        Args:
            doc: The text on its tokens.
            told: Where order words and dates stand in it, and words that make an alias mean something else.
        """
        spans = self._spans(doc, told)
        mentions = self._mentions(doc, spans)
        in_context = self._in_context(doc, mentions)
        joined = self._joined(spans, told, _plainly_named(mentions))
        return _in_text_order([*in_context, *(m for m in joined if not _overlaps(m, in_context))])

    def near_our_subject(self, doc: Doc) -> bool:
        """Tell whether the text has a word that a covered treatment's cues list ("forehead", "frown", "scars")."""
        return bool(self._cues.find(doc).keys() & self._covered)

    def _spans(self, doc: Doc, told: Told) -> list[Span]:
        """The longest aliases; a loose one does not count in a phrase that means something else."""
        longest = filter_spans(span for spans in self._phrases.find(doc).values() for span in spans)
        return [span for span in longest if not (self._is_loose(span) and _stands_in(span, told.elsewhere))]

    def _mentions(self, doc: Doc, spans: Sequence[Span]) -> tuple[Mention, ...]:
        """What the aliases name, and the misspelt names beside them."""
        exact = [self._mention(span) for span in spans]
        return _in_text_order([*exact, *(m for m in self._misspelt(doc) if not _overlaps(m, exact))])

    def _joined(self, spans: Sequence[Span], told: Told, named: set[TreatmentId]) -> list[Mention]:
        """The loose aliases that an order makes plain, of treatments that are not named plainly."""
        return [self._made_plain(span) for span in self._in_order(spans, told) if self._treatment(span) not in named]

    # Two words that may mean anything make each other plain where an order word or dates join them.
    def _in_order(self, spans: Sequence[Span], told: Told) -> Iterable[Span]:
        covered = [span for span in spans if self._aliases[span.label_].covered]
        for span in covered:
            others = [o for o in covered if self._treatment(o) != self._treatment(span) and _are_close(o, span)]
            if self._is_loose(span) and any(self._are_joined(span, other, told) for other in others):
                yield span

    def _are_joined(self, one: Span, other: Span, told: Told) -> bool:
        first, last = sorted((one, other), key=lambda span: span.start)
        loose = [span for span in (one, other) if self._aliases[span.label_].kind == "ordered"]
        if loose:
            return all(_is_beside(span, told.order) for span in loose)
        joins = [(start, end) for start, end in (*told.order, *told.times) if first.start - 3 <= start]
        return any(end <= last.end + 3 for _, end in joins)

    def _treatment(self, span: Span) -> TreatmentId:
        return self._aliases[span.label_].treatment

    def _is_loose(self, span: Span) -> bool:
        return self._aliases[span.label_].kind in _LOOSE

    def _made_plain(self, span: Span) -> Mention:
        return replace(self._mention(span), contextual=False)

    def _in_context(self, doc: Doc, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """Keep a contextual alias ("injections") beside a cue or another treatment, not beside its own name."""
        cued = self._cues.find(doc)
        named = _plainly_named(mentions)
        return tuple(
            m
            for m in mentions
            if not m.contextual
            or (m.treatment not in named and _key(m.text) not in self._ordered and self._counts(m, named, cued))
        )

    def _counts(self, mention: Mention, named: set[TreatmentId], cued: Mapping[str, Sequence[Span]]) -> bool:
        """Another treatment beside it is cue enough for a covered one; skin also "peels" after needling."""
        return (mention.covered and bool(named)) or self._cued(mention, cued)

    def _cued(self, mention: Mention, cued: Mapping[str, Sequence[Span]]) -> bool:
        return any(not _within(span, mention) for span in cued.get(mention.treatment, ()))

    def _mention(self, span: Span) -> Mention:
        return _mention(self._aliases[span.label_], span.text, span.start_char)

    def _misspelt(self, doc: Doc) -> Iterable[Mention]:
        for token in doc:
            if len(token) >= FUZZY_FROM_LETTERS and (alias := self._nearest(token.lower_)):
                yield replace(_mention(alias, token.text, token.idx))

    def _nearest(self, word: str) -> Alias | None:
        best = process.extractOne(word, self._long_names.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY_RATIO)
        return self._long_names[best[0]] if best else None


def _key(text: str) -> str:
    return " ".join(text.lower().split())


def _by_text(aliases: Sequence[Alias]) -> dict[str, Alias]:
    """The aliases by their text; of two with the same text the first counts."""
    found: dict[str, Alias] = {}
    for alias in aliases:
        found.setdefault(_key(alias.text), alias)
    return found


def _is_long_name(alias: Alias) -> bool:
    single = " " not in alias.text and "-" not in alias.text
    return single and alias.kind in ("name", "brand") and len(alias.text) >= FUZZY_FROM_LETTERS


def _mention(alias: Alias, text: str, start: int) -> Mention:
    return Mention(
        treatment=alias.treatment,
        covered=alias.covered,
        brand=alias.kind == "brand",
        contextual=alias.kind in _LOOSE,
        text=text,
        start=start,
        end=start + len(text),
    )


def _plainly_named(mentions: Sequence[Mention]) -> set[TreatmentId]:
    """The treatments named by a word that can mean nothing else."""
    return {m.treatment for m in mentions if not m.contextual}


def _in_text_order(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(mentions, key=lambda m: m.start))


def _overlaps(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(mention.start < other.end and other.start < mention.end for other in others)


def _stands_in(span: Span, places: TokenSpans) -> bool:
    return any(start <= span.start and span.end <= end for start, end in places)


def _are_close(one: Span, other: Span) -> bool:
    return bool(max(one.start, other.start) - min(one.end, other.end) <= _CLOSE)


def _is_beside(span: Span, places: TokenSpans) -> bool:
    """Right before an order word, or behind one with at most an article between."""
    return any(start == span.end or 0 <= span.start - end <= 1 for start, end in places)


def _within(span: Span, mention: Mention) -> bool:
    return bool(mention.start <= span.start_char and span.end_char <= mention.end)
