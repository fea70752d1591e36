"""The safety layer itself: a message in, a reading out."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from bot.consult.safety.context import ONLY_TOLD, STORY, Context
from bot.consult.safety.document import Document, DocumentReader
from bot.consult.safety.forms import Span
from bot.consult.safety.lexicon import Lexicon, Rule, Signal
from bot.consult.safety.lexicon_files import load_lexicon
from bot.consult.safety.reading import (
    ALARMS,
    PRECEDENCE,
    Alarm,
    Assessment,
    Fact,
    Match,
    Person,
    Route,
    SafetyReading,
    Said,
    Standing,
)
from bot.consult.types import Language

Hit = tuple[Rule, Span]

_ROUTE_WHEN: Mapping[Standing, Route | None] = {
    "past": "clinician_only",
    "abstract": "side_effect_mild",
    "hearsay": "side_effect_mild",
    "negated": None,
    "no_context": None,
    "no_person": None,
    "unless": None,
}
_NO_WAY_OUT = ("present", "no_context")
_DISMISSALS = ("negated", "no_person", "unless")
_FIRST_WORDS = ("ok", "no")
_FEWEST_FOREIGN = 2
_LANGUAGES = ("english", "french")
_OF_SOMEBODY = ("seen", "well")
_ENDS_AN_ALARM = (*_OF_SOMEBODY, "safe", "misunderstanding")
_PERSONS = ("own_person", "other_person")
_DISTANT = (
    "hearsay",
    "past",
    "long_past",
    "told_past",
    "resolved",
    "habit",
    "untreated",
    "telling",
    "how_common",
    "foreseen_inside",
    "occupation",
)
"""Cues that take a sign out of the present wherever they stand."""
_ABSTRACT = ("abstract", "abstract_closing")
_SYMPTOMS = ("symptom", "effect")
_STATES = (*_SYMPTOMS, "condition", "distress")


def safety_layer(lexicon_folder: Path) -> SafetyLayer:
    """Build the layer from its lexicon; raises FileError for a broken file."""
    return SafetyLayer(load_lexicon(lexicon_folder))


class SafetyLayer:
    """Reads messages with one lexicon. Built once, shared freely: reading changes nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the lexicon."""
        self._lexicon = lexicon
        self._reader = DocumentReader(lexicon)
        self._outright = frozenset(rule.id for rule in lexicon.rules if rule.outright)
        self._foreign = frozenset(
            [rule.id for rule in lexicon.rules if rule.foreign]
            + [shape.id for shape in lexicon.shapes if shape.foreign]
        )

    def assess(self, text: str, treatment_context: bool = False) -> SafetyReading:
        """Read one message.

        Args:
            text: The message as typed.
            treatment_context: True when earlier turns spoke of a treatment just done, so that milder
                signs ("fever", "weak") count although this message names no treatment.
        """
        document = self._reader.read(text)
        hits = [hit for rule in self._lexicon.rules for hit in _hits(rule, document)]
        matches = [*self._matches(text, document, hits, treatment_context), *self._shapes(text)]
        foreign = _is_in_other_letters(document) or self._is_in_other_words(document)
        routes = _routes(matches)
        distant, less_plain = self._doubts(document, hits) if _tells_danger(document, hits, matches) else (False, False)
        return SafetyReading(
            route=routes[0] if routes else None,
            also=routes[1:],
            matches=tuple(sorted(matches, key=lambda match: (match.start, match.end))),
            language=self._language(document),
            said=self._said(document, matches),
            person=self._person(document, matches),
            abstract=self._is_abstract(matches),
            dismissed=self._dismissed(document, matches) if not routes else (),
            hint=routes == ("side_effect_mild",) and not self._about_danger(document, matches),
            spared=self._spared(document, matches),
            distant=distant,
            less_plain=less_plain,
            outright=_is_among(matches, self._outright),
            foreign=foreign or _is_among(matches, self._foreign),
        )

    def _matches(self, text: str, document: Document, hits: list[Hit], treated: bool) -> list[Match]:
        symptoms = [span for rule, span in hits if rule.kind in _STATES]
        unlicensed = any(rule.kind == "circumstance" and not rule.raises for rule, _ in hits)
        context = Context(document, self._lexicon, symptoms, treated, unlicensed)
        judged = [(rule, span, context.standing(rule, span)) for rule, span in hits]
        raised = _raised(rule for rule, _, standing in judged if standing == "present")
        return [
            self._match(text, document, rule, span, standing, raised)
            for rule, span, standing in judged
            if not _is_noise(rule, standing)
        ]

    def _match(
        self, text: str, document: Document, rule: Rule, span: Span, standing: Standing, raised: tuple[str, ...]
    ) -> Match:
        start, end = document.characters(span)
        route = _route_when(rule, standing)
        if standing == "present" and rule.kind in _SYMPTOMS and rule.id.startswith(raised):
            route = "emergency_911"
        return Match(rule.id, route, standing, text[start:end], start, end, _fact(rule, route), _asks(rule, standing))

    def _shapes(self, text: str) -> list[Match]:
        return [
            Match(shape.id, shape.route, "present", found.group(), found.start(), found.end(), shape.fact)
            for shape in self._lexicon.shapes
            for pattern in shape.patterns
            for found in pattern.finditer(text)
            if found.group()
        ]

    def _about_danger(self, document: Document, matches: list[Match]) -> bool:
        """It asks about more than an ordinary effect; what a story tells of others asks nothing."""
        mild = {rule.id for rule in self._lexicon.rules if rule.kind == "effect"}
        told = ("hearsay",) if len(document.words) >= STORY else ()
        return any(m.route == "side_effect_mild" and m.standing not in told and m.rule not in mild for m in matches)

    def _dismissed(self, document: Document, matches: list[Match]) -> tuple[Alarm, ...]:
        """Which alarms the message sounds like and does not raise: "dying to try it", "no trouble breathing"."""
        kinds = {rule.id: rule.kind for rule in self._lexicon.rules}
        denied = {kinds.get(match.rule) for match in matches if match.standing in _DISMISSALS}
        sounds: dict[Alarm, bool] = {
            "self_harm": "distress" in denied or self._is_figurative(document, "sounds_like_distress"),
            "emergency": "symptom" in denied or self._is_figurative(document, "sounds_like_symptom"),
        }
        return tuple(alarm for alarm, is_heard in sounds.items() if is_heard)

    def _is_abstract(self, matches: list[Match]) -> bool:
        """It asks about a red flag, or for the dangers at large ("what are the dangerous side effects?")."""
        signs = {rule.id for rule in self._lexicon.rules if rule.kind == "symptom" and rule.route in ALARMS}
        return any(match.standing == "abstract" and match.rule in signs for match in matches) or self._at_large(matches)

    def _at_large(self, matches: list[Match]) -> bool:
        asked = {rule.id for rule in self._lexicon.rules if rule.kind == "request" and rule.route == "side_effect_mild"}
        return any(match.route and match.rule in asked for match in matches)

    def _spared(self, document: Document, matches: list[Match]) -> bool:
        """Tell whether words of danger are none here, or ask only for an assessment."""
        kinds = {rule.id: rule.kind for rule in self._lexicon.rules}
        out = any(m.standing not in _NO_WAY_OUT and kinds.get(m.rule) in ("symptom", "distress") for m in matches)
        sounds = ("sounds_like_distress", "sounds_like_symptom")
        return out or any(m.asks for m in matches) or any(self._is_figurative(document, cue) for cue in sounds)

    def _doubts(self, document: Document, hits: list[Hit]) -> tuple[bool, bool]:
        """Whether a sign of danger may be out of the present, and whether it is less plain."""
        return self._is_distant(document, hits), bool(document.where(self._lexicon.cues["less_plain"]))

    def _is_distant(self, document: Document, hits: list[Hit]) -> bool:
        """Tell whether words stand beside a sign of danger that may take it out of the present."""
        if any(document.where(self._lexicon.cues[cue]) for cue in _DISTANT):
            return True
        told = {document.sentences[span[0]] for rule, span in hits if rule.route in ALARMS}
        asked = [at for cue in _ABSTRACT for at, _ in document.where(self._lexicon.cues[cue])]
        return any(document.sentences[at] in told for at in asked)

    def _is_figurative(self, document: Document, cue: str) -> bool:
        words = {form.text for form in self._lexicon.cues[cue].forms}
        return any(words & set(document.words[slice(*idiom)]) for idiom in document.idioms)

    def _said(self, document: Document, matches: list[Match]) -> tuple[Said, ...]:
        """Return what the message says to the layer's own questions."""
        said = {
            signal.id
            for signal in self._lexicon.signals
            if _stands(signal, document) and not document.where(signal.unless)
        }
        if "plans" in said:
            said = said - {"plans"} | ({"blocked"} if self._plans_it(document) else set())
        denied = any(match.standing == "negated" and self._is_condition(match) for match in matches)
        return tuple(sorted(said | {"withdrawn"} if denied else said))

    def _plans_it(self, document: Document) -> bool:
        """Tell whether a plan stands in a sentence that tells how it ended, not in a question beside it."""
        ends, plans = (self._sentences_of(document, ids) for ids in (_ENDS_AN_ALARM, ("plans",)))
        return not ends or not ends.isdisjoint(plans)

    def _sentences_of(self, document: Document, ids: Collection[str]) -> set[int]:
        signals = (signal for signal in self._lexicon.signals if signal.id in ids)
        return {document.sentences[at] for signal in signals for at, _ in document.where(signal.forms)}

    def _is_condition(self, match: Match) -> bool:
        return any(rule.id == match.rule and rule.kind == "condition" for rule in self._lexicon.rules)

    def _person(self, document: Document, matches: list[Match]) -> Person:
        """Whom the message tells of: who was named last before what it tells, or within it."""
        end = max([match.end for match in matches if match.route] + self._ends_of_recovery(document), default=0)
        named = [(span[0], person) for person in _PERSONS for span in document.where(self._lexicon.cues[person])]
        before = [(at, person) for at, person in named if document.characters((at, at + 1))[0] < end]
        return "other" if max(before, default=(0, ""))[1] == "other_person" else "self"

    def _ends_of_recovery(self, document: Document) -> list[int]:
        signals = [signal for signal in self._lexicon.signals if signal.id in _OF_SOMEBODY]
        return [document.characters(span)[1] for signal in signals for span in document.where(signal.forms)]

    def _is_in_other_words(self, document: Document) -> bool:
        """Tell whether its small words are of another language, more of them than of English and French."""
        spans = document.where(self._lexicon.cues["other_language"])
        other = {document.words[slice(*span)] for span in spans}
        return len(other) >= _FEWEST_FOREIGN and len(other) > sum(self._count(document, cue) for cue in _LANGUAGES)

    def language(self, text: str) -> Language | None:
        """Tell the language of a text by its function words; None where there are too few."""
        return self._language(self._reader.read(text))

    def _language(self, document: Document) -> Language | None:
        french, english = self._count(document, "french"), self._count(document, "english")
        if french == english:
            return None
        return "fr" if french > english else "en"

    def _count(self, document: Document, cue: str) -> int:
        return len(document.where(self._lexicon.cues[cue]))


def _is_in_other_letters(document: Document) -> bool:
    """Tell whether most of its letters are not Latin ones."""
    letters = [char for char in document.plain.text if char.isalpha()]
    return sum("LATIN" not in unicodedata.name(char, "") for char in letters) * 2 > len(letters)


def _stands(signal: Signal, document: Document) -> bool:
    """Tell whether it is said; an "ok" and a "no" only where the message begins with it."""
    spans = document.where(signal.forms)
    if signal.id not in _FIRST_WORDS:
        return bool(spans)
    # "no, just asking" stands among the figures of speech, where a "no" denies nothing else.
    return any(form.text in document.words[:1] for form in signal.forms.forms) or any(at == 0 for at, _ in spans)


def _raised(present: Iterable[Rule]) -> tuple[str, ...]:
    """How the ids begin whose signs become a 911: "" is every id."""
    found = [rule.raises or ("",) for rule in present if rule.kind == "circumstance"]
    return tuple(beginning for beginnings in found for beginning in beginnings)


def _is_noise(rule: Rule, standing: Standing) -> bool:
    """A plain word ("breathe") that only its circumstances would have made a sign explains nothing."""
    if rule.kind == "circumstance":
        return standing != "present"
    return rule.needs in ONLY_TOLD and standing == "no_context"


def _route_when(rule: Rule, standing: Standing) -> Route | None:
    """An ordinary effect stays one once it is over; somebody else's botched result is only talk."""
    if rule.route is None or (rule.kind == "effect" and standing == "past"):
        return rule.route
    if rule.route == "clinician_only" and standing == "hearsay":
        return None
    return _ROUTE_WHEN.get(standing, rule.route)


def _fact(rule: Rule, route: Route | None) -> Fact | None:
    """What is over and was danger once is a past reaction."""
    if route != "clinician_only":
        return None
    return "past_reaction" if rule.kind in ("symptom", "distress") else rule.fact


def _asks(rule: Rule, standing: Standing) -> Assessment | None:
    return rule.asks if standing == "present" else None


def _hits(rule: Rule, document: Document) -> Iterable[Hit]:
    return [(rule, span) for span in _tightest(document.where(rule.forms, rule.within))]


def _tightest(spans: list[Span]) -> list[Span]:
    """Drop doubles and every stretch that holds a smaller one."""
    unique = sorted(set(spans), key=lambda span: (span[1] - span[0], span))
    kept: list[Span] = []
    for span in unique:
        if not any(span[0] <= other[0] and other[1] <= span[1] for other in kept):
            kept.append(span)
    return kept


def _is_among(matches: list[Match], rules: frozenset[str]) -> bool:
    """Tell whether one of these rules leads somewhere."""
    return any(match.route and match.rule in rules for match in matches)


def _tells_danger(document: Document, hits: list[Hit], matches: Sequence[Match]) -> bool:
    """Tell whether a sign of danger, or a figure of speech, was seen at all, whatever became of it."""
    routes = (*(rule.route for rule, _ in hits), *(match.route for match in matches))
    return bool(document.idioms) or any(route in ALARMS for route in routes)


def _routes(matches: list[Match]) -> tuple[Route, ...]:
    found = {match.route for match in matches}
    return tuple(route for route in PRECEDENCE if route in found)
