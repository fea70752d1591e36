"""How the words around a match make it read: present, past and resolved, in the abstract, denied, hearsay.

Each way out is narrow: only words that the lexicon lists may stand between a cue and the match, so that
"no patience and my throat is closing" denies nothing. When in doubt a match is present.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.consult.safety.document import Document
from bot.consult.safety.forms import Forms, Span
from bot.consult.safety.lexicon import Lexicon, Rule
from bot.consult.safety.reading import Standing

_NEIGHBOURS = 3
_DENIAL_REACH = 10
_ABSTRACT_REACH = 16
_PERSONAL_REACH = 6
_TELLING_REACH = 8
_SUBJECT_REACH = 4
STORY = 40
"""From so many words and marks on a message is a story."""
_OF_A_PERSON = ("symptom", "effect", "distress", "condition")
ONLY_TOLD = ("treatment_onset", "unlicensed")
"""What must be told with a sign before its words are one at all."""


class Context:
    """Judges the matches of one message."""

    def __init__(
        self, document: Document, lexicon: Lexicon, symptoms: Iterable[Span], treated: bool, unlicensed: bool = False
    ) -> None:
        """Take a message and what is known beside its words.

        Args:
            document: The message.
            lexicon: The grammar.
            symptoms: The stretches in it that are symptoms.
            treated: A treatment was just done, as earlier turns say.
            unlicensed: The message tells of a product or a person without a licence.
        """
        self._document = document
        self._lexicon = lexicon
        self._symptoms = {at for span in symptoms for at in range(*span)}
        self._treated = treated
        self._unlicensed = unlicensed
        self._list_ends = lexicon.listed("list_ends")

    def standing(self, rule: Rule, hit: Span) -> Standing:
        """Say how one match of one rule reads."""
        if self._in_sentence(rule.unless, hit):
            return "unless"
        if rule.aside and self._is_aside(hit):
            return "no_context"
        if rule.kind in _OF_A_PERSON and self._is_of_no_person(hit):
            return "no_person"
        if not self._need_is_met(rule, hit):
            return self._without_context(rule, hit)
        return self._said(rule, hit)

    def _said(self, rule: Rule, hit: Span) -> Standing:
        if rule.kind in ("speech", "request"):
            return "present"
        if rule.kind == "assessment":
            return "hearsay" if self._hearsay(hit) else "present"
        if rule.kind == "circumstance":
            return "negated" if rule.raises and self._negated(rule, hit) else "present"
        return "negated" if self._negated(rule, hit) else self._in_time(rule, hit)

    def _without_context(self, rule: Rule, hit: Span) -> Standing:
        """A sign that names no treatment may still be asked about in the abstract ("can you get hives?")."""
        asked = rule.kind in ("symptom", "effect") and rule.needs not in ONLY_TOLD
        return "abstract" if asked and self._abstract(hit) else "no_context"

    def _in_time(self, rule: Rule, hit: Span) -> Standing:
        if rule.kind == "condition" and self._is_of_another(hit) and self._is_no_case(hit):
            return "no_context"
        if rule.kind == "condition":
            return "present"
        if self._past(hit, everywhere=not rule.outright):
            return self._in_the_past(hit)
        if rule.kind == "distress":
            return "present"
        if self._abstract(hit):
            return "abstract"
        return "hearsay" if self._hearsay(hit) else "present"

    def _need_is_met(self, rule: Rule, hit: Span) -> bool:
        if rule.needs == "unlicensed":
            return self._unlicensed
        if rule.needs == "ours":
            return self._treated or self._is_ours(hit)
        if rule.needs is None or (self._treated and rule.needs != "treatment_onset"):
            return True
        return any(self._is_near(cue, hit) for cue in self._where(rule.needs))

    def _is_near(self, cue: Span, hit: Span) -> bool:
        """In a story what a sign needs is told in its own sentence, or in one beside it."""
        sentences = self._document.sentences
        return len(sentences) < STORY or abs(sentences[cue[0]] - sentences[hit[0]]) <= 1

    def _is_ours(self, hit: Span) -> bool:
        """True for "im on accutane" and "accutane and needling", not for "refill my dogs accutane"."""
        if self._where("ours"):
            return True
        return not self._where("foreign") and (self._is_personal(hit) or self._stands_alone(hit))

    def _is_aside(self, hit: Span) -> bool:
        """True for "my boss had the flu" in a story: it asks nothing, and tells of no treatment and of nobody now."""
        told = any(self._same_clause(cue, hit) for name in ("ours", "of_now") for cue in self._where(name))
        told = told or bool(self._where("their_case"))
        return len(self._document.words) >= STORY and not (told or self._asks(hit))

    def _is_personal(self, hit: Span) -> bool:
        told = self._where("personal")
        return any(cue[0] <= hit[0] <= cue[1] + _PERSONAL_REACH and self._together(cue, hit) for cue in told)

    def _stands_alone(self, hit: Span) -> bool:
        """True for "ok with lupus?": beside it there are only small words."""
        words = self._document.words
        rest = {at for at in range(len(words)) if words[at].isalnum()} - set(range(*hit))
        return rest <= self._listed("small") | self._symptoms

    def _is_of_no_person(self, hit: Span) -> bool:
        """True for "my dog passed out": a pet's state is no patient's."""
        return any(self._is_subject(cue, hit) for cue in self._where("no_person"))

    def _is_subject(self, cue: Span, hit: Span) -> bool:
        """True where only small words part a subject from what is said of it."""
        if hit[0] <= cue[0] < hit[1]:
            return cue[0] - hit[0] <= 1  # "cats eyelid drooping", "my dog cant breathe"
        return self._leads_to(cue, hit, "between_subject", _SUBJECT_REACH)

    def _negated(self, rule: Rule, hit: Span) -> bool:
        cues = [cue for cue in self._where("negation") if not self._is_own_word(rule, cue, hit)]
        if any(self._denies(cue, hit) or self._denies_inside(cue, hit) for cue in cues):
            return True
        return any(hit[1] <= cue[0] <= hit[1] + 1 for cue in self._where("negation_after"))

    def _is_own_word(self, rule: Rule, cue: Span, hit: Span) -> bool:
        """True where another form of the rule itself holds the denial ("dont deserve to live")."""
        return any(
            start <= cue[0] and cue[1] <= hit[0] < end
            for item in rule.literals
            for start, end in self._document.finds.get(item, ())
        )

    def _denies(self, cue: Span, hit: Span) -> bool:
        """True for "no fever, chills or pus", not for "no fever, my throat feels tight"."""
        if not self._leads_to(cue, hit, "between_negation", _DENIAL_REACH):
            return False
        between = self._document.words[cue[1] : hit[1] + 1]
        return "," not in between[: hit[0] - cue[1]] or not self._list_ends.isdisjoint(between)

    def _denies_inside(self, cue: Span, hit: Span) -> bool:
        """True for "eyelid isn't drooping", not for "eyelid does not stop drooping"."""
        if not hit[0] < cue[0] or not cue[1] < hit[1] or self._is_part_of_a_word(cue):
            return False
        return set(range(cue[1], hit[1] - 1)) <= self._listed("between_negation")

    def _is_part_of_a_word(self, cue: Span) -> bool:
        """True where the lexicon itself holds the denial ("not opening", "peux pas")."""
        return any(
            start <= cue[0] and cue[1] <= end and end - start > cue[1] - cue[0]
            for found in self._document.finds.values()
            for start, end in found
        )

    def _abstract(self, hit: Span) -> bool:
        if self._is_told_apart(hit):
            return True
        if self._happens(hit):
            return False
        if self._is_not_treated_yet(hit) or self._is_foreseen(hit):
            return True
        openings = self._where("abstract")
        if any(self._leads_to(cue, hit, "between_abstract", _ABSTRACT_REACH) for cue in openings):
            return True
        return self._is_asked_about(hit)

    def _is_told_apart(self, hit: Span) -> bool:
        """True for "how would i know if im having a reaction": what follows is no more than thought of."""
        leads = [cue for cue in self._where("telling") if self._together(cue, hit)]
        asked = any(cue[0] < hit[1] and hit[0] - cue[1] <= _TELLING_REACH for cue in leads)
        return asked and not self._where("present_anywhere") and not self._follows(hit, "present")

    def _is_not_treated_yet(self, hit: Span) -> bool:
        """True for "is it hard to breathe with it? i havent had it done yet", not for "i cant breathe"."""
        if not self._where("untreated") or self._where("treatment_onset"):
            return False
        return not any(self._same_clause(cue, hit) for cue in self._where("somebody"))

    def _is_foreseen(self, hit: Span) -> bool:
        """True for "the eyelid will drop", "le sourcil peut descendre": what is still to come is no sign."""
        return any(hit[0] < cue[0] and cue[1] <= hit[1] for cue in self._where("foreseen_inside"))

    def _follows(self, hit: Span, cue: str) -> bool:
        return any(hit[1] <= span[0] and self._together(span, hit) for span in self._where(cue))

    def _is_asked_about(self, hit: Span) -> bool:
        """True for "is trouble swallowing a side effect?"."""
        opened = any(self._leads_to(cue, hit, "between_abstract", 4) for cue in self._where("abstract_opening"))
        return opened and any(
            0 <= cue[0] - hit[1] <= 4 and self._together(cue, hit) for cue in self._where("abstract_closing")
        )

    def _happens(self, hit: Span) -> bool:
        """True when something says that it is happening, whatever frame the question has."""
        if self._where("present_anywhere"):
            return True
        if any(hit[0] < cue[0] and cue[1] <= hit[1] for cue in self._where("present_inside")):
            return True
        return any(self._same_clause(cue, hit) for cue in self._where("present"))

    def _hearsay(self, hit: Span) -> bool:
        told = [cue for cue in self._where("hearsay") if self._together(cue, hit) and cue[1] <= hit[0]]
        return bool(told) and not self._happens(hit)

    def _in_the_past(self, hit: Span) -> Standing:
        """What is over is told to a clinician; somebody else's story is none, or asks how common it is."""
        if not self._is_of_another(hit) or self._where("their_case"):
            return "past"
        if self._where("how_common"):
            return "hearsay"
        return "past" if self._asks(hit) or self._where("own_worry") else "no_context"

    def _is_no_case(self, hit: Span) -> bool:
        """True for "my dad died of a stroke. How long ...?", "my friend has chemo. For me only: ...?"."""
        of_now = self._asks(hit) or self._where("own_worry") or self._where("their_case")
        over = (self._past(hit) or self._hearsay(hit)) and not of_now
        return over or bool(self._where("own_case") and not self._where("asks_theirs"))

    def _is_of_another(self, hit: Span) -> bool:
        """True where somebody else was named last before it ("my aunt's lid drooped in 2015")."""
        told, own = (
            [cue for cue in self._where(who) if cue[0] <= hit[0] and self._together(cue, hit)]
            for who in ("other_person", "own_person")
        )
        return max(told, default=(-1,)) > max(own, default=(-1,))

    def _asks(self, hit: Span) -> bool:
        """True where its own sentence is a question."""
        words, sentences = self._document.words, self._document.sentences
        end = next((at for at in range(hit[1], len(words)) if sentences[at] != sentences[hit[0]]), len(words) - 1)
        return words[end] == "?"

    def _past(self, hit: Span, everywhere: bool = True) -> bool:
        """True for what is over; what is said outright is over only in its own sentence."""
        if self._is_of_a_disease(hit):
            return True
        if self._still_there(hit):
            return False
        if any(self._together(cue, hit) for cue in self._where("habit")) or self._is_told_past(hit):
            return True
        return self._long_ago(hit) or self._resolved(hit, everywhere)

    def _is_told_past(self, hit: Span) -> bool:
        """True for "i felt faint, but that was last spring", in whatever sentence it is said."""
        return any(hit[1] <= cue[0] for cue in self._where("told_past"))

    def _is_of_a_disease(self, hit: Span) -> bool:
        """True for "weak from my parkinsons": an old sign of something else, which no treatment brought on."""
        if self._where("treatment_onset"):
            return False
        of_it = [cue for cue in self._where("of_a_disease") if 0 <= cue[0] - hit[1] <= _NEIGHBOURS]
        return any(self._together(cue, hit) for cue in of_it)

    def _long_ago(self, hit: Span) -> bool:
        """True for a past verb with a time in the past that is the symptom's own, not the treatment's."""
        if any(self._same_clause(cue, hit) and self._is_own(cue, hit) for cue in self._where("long_past")):
            return not self._is_recent(hit)
        if not any(self._same_clause(cue, hit) for cue in self._where("past_verbs")):
            return False
        if any(self._opens(cue, hit) for cue in self._where("long_past")):
            return True
        return any(self._together(cue, hit) and self._is_own(cue, hit) for cue in self._where("past"))

    def _is_own(self, cue: Span, hit: Span) -> bool:
        if self._same_clause(cue, hit):
            return not any(word == "since" for word in self._document.words[cue[0] - 1 : cue[0]])
        clauses = self._document.clauses
        return not any(clauses[named[0]] == clauses[cue[0]] for named in self._where("treatment"))

    def _opens(self, cue: Span, hit: Span) -> bool:
        """True for "last year, in Banff, i fainted": a time that is a clause of its own leads what it is told of."""
        words, clauses = self._document.words, self._document.clauses
        own = {at for at, clause in enumerate(clauses) if clause == clauses[cue[0]] and words[at].isalnum()}
        alone = own <= set(range(*cue)) | {at for at in self._listed("small") if at < cue[0]}
        return alone and cue[1] <= hit[0] and self._together(cue, hit) and not self._is_recent(hit)

    def _resolved(self, hit: Span, everywhere: bool) -> bool:
        told = [cue for cue in self._where("resolved") if everywhere or self._together(cue, hit)]
        over = [cue for cue in told if cue[0] >= hit[1] or _holds(cue, hit) or self._comes_before(cue, hit)]
        if not over or self._where("not_resolved"):
            return False
        return not self._is_recent(hit)

    def _is_recent(self, hit: Span) -> bool:
        return any(self._same_clause(cue, hit) for cue in self._where("recent"))

    def _comes_before(self, cue: Span, hit: Span) -> bool:
        """True for "all better now, my lid drooped", not for "has gone blurry"."""
        return cue[1] < hit[0] and self._together(cue, hit)

    def _still_there(self, hit: Span) -> bool:
        """True when the match is in the present tense, or said to go on or to come back."""
        if self._where("present_anywhere"):
            return True
        over = self._listed("gone_now")  # "the fever is gone"
        return any(
            hit[0] - _NEIGHBOURS <= cue[0] and cue[1] <= hit[1] + 1 and self._same_clause(cue, hit)
            for cue in self._where("present_close")
            if cue[0] not in over
        )

    def _where(self, cue: str) -> list[Span]:
        return self._document.where(self._lexicon.cues[cue])

    def _in_sentence(self, forms: Forms, hit: Span) -> bool:
        return any(self._together(span, hit) for span in self._document.where(forms))

    def _together(self, a: Span, b: Span) -> bool:
        return self._document.sentences[a[0]] == self._document.sentences[b[0]]

    def _same_clause(self, cue: Span, hit: Span) -> bool:
        clauses = self._document.clauses
        return clauses[hit[0]] <= clauses[cue[0]] <= clauses[hit[1] - 1]

    def _leads_to(self, cue: Span, hit: Span, between: str, reach: int) -> bool:
        """True when a cue stands before a match with only listed words, or other symptoms, between them."""
        if cue[0] < hit[0] < cue[1]:
            return True
        if not 0 <= hit[0] - cue[1] <= reach or not self._together(cue, hit):
            return False
        return set(range(cue[1], hit[0])) <= self._listed(between) | self._symptoms

    def _listed(self, cue: str) -> set[int]:
        return {at for span in self._where(cue) for at in range(*span)}


def _holds(cue: Span, hit: Span) -> bool:
    """True for "fever gone": words that name the sign and say that it is over."""
    return cue[0] <= hit[0] and hit[1] < cue[1]
