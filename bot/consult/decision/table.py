"""What a message is about: ONE table. The first row whose facts all hold for the case decides.

Safety comes first, then what only an earlier turn explains, then what the words say of order and dates, then the
classifier. Each row's example is its test (tests/unit/consult/decision/test_table.py); docs/architecture.md shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.consult.case.case import Case, LeanKind
from bot.consult.decision import facts as f
from bot.consult.decision import targets as to
from bot.consult.topics import Topic

Target = Callable[[Case], Topic]


@dataclass(frozen=True)
class Row:
    """One row: a name, at most three facts, the topic, and a message that it decides."""

    name: str
    facts: tuple[f.Fact, ...]
    topic: Target
    example: str
    after: tuple[str, ...] = ()
    """The messages before it, where the example leans on them."""

    def fits(self, case: Case) -> bool:
        """Tell whether all facts hold."""
        return all(fact(case) for fact in self.facts)


DATES: tuple[LeanKind, ...] = ("answers", "moves", "when", "which_counts", "dont_know", "retimes")
"""How a message gives, moves or lacks a date of the question at hand."""
FIGURES: tuple[LeanKind, ...] = ("how_long", "number_only", "regaps")
"""How a message asks for, or proposes, a figure of the question at hand."""
WHICH = "botox or microneedling first?"
WAIT = "how long after botox can I microneedle"
DATED = "botox was nov 16, can I needle on nov 26?"
OTHER = "botox nov 5, morpheus8 nov 25, alright?"
TOLD = "I got botox on nov 9"
FAINTED = "I passed out right after my botox"
PREGNANT = "I'm pregnant, can I get botox"
PREGNANT_WAIT = "I'm pregnant, how long after botox can I microneedle"
UNDATED = "i had botox, can I needle today?"

ORDINARY = (
    # What only an earlier turn explains.
    Row("yes_to_offer", (f.leans("yes"), f.offered), to.consult, "yes please", (WHICH,)),
    Row("acknowledges", (f.leans("yes", "no", "ack"), f.begun), to.thanks, "ok got it", (WHICH,)),
    Row("is_back", (f.leans("greet", "how_are_you"),), to.greet, "hello again", (WHICH,)),
    Row("leaves", (f.leans("bye"), f.unsure), to.bye, "great, see you on Wednesday", (DATED,)),
    Row("why_of_it", (f.leans("why"), f.timing_at_hand), to.why, "why", (WHICH,)),
    Row("source", (f.leans("source"), f.in_talk), to.origin, "says who?", (WHICH,)),
    Row("taken_up", (f.leans("more", "why"), f.in_talk), to.topic_before, "what else?", (WHICH,)),
    Row("turned_round", (f.leans("flip", "reorders"), f.timing_at_hand), to.dates_or_wait, "and reversed?", (WAIT,)),
    Row("books", (f.books, f.in_talk), to.consult, "can you move me to Friday?", (DATED,)),
    Row("date_told", (f.leans(*DATES), f.timing_at_hand), to.date_check, "it was nov 8", (UNDATED,)),
    Row("in_its_place", (f.leans("in_its_place"),), to.date_check, "and normal needling then?", (OTHER,)),
    Row("wait_of_it", (f.leans(*FIGURES), f.timing_at_hand), to.wait_at_hand, "a ballpark?", (WHICH,)),
    Row("may_i", (f.leans("clearance"), f.timing_at_hand), to.at_hand, "so I'm good to go?", (DATED,)),
    Row("another_person", (f.leans("another"), f.timing_at_hand), to.at_hand, "and for my mom?", (PREGNANT_WAIT,)),
    Row("earlier_topic", (f.leans("returns", "twin"),), to.lean_topic, "and microneedling?", ("what is botox",)),
    # What the words say of other treatments, order and dates.
    Row("when_other", (f.other_is_known, f.asks_when), to.date_check, "so when can I needle", (TOLD,)),
    Row("which_first", (f.on_order, f.asks_which, f.undated), to.order, WHICH),
    Row("same_day", (f.on_order, f.at_once, f.undated), to.same_day, "can I get botox and microneedling in one visit"),
    Row("dates", (f.on_order, f.dated), to.date_check, "botox nov 1 and microneedling nov 24, ok?"),
    Row("reasons", (f.on_order, f.asks_reasons), to.reasons, "why can't I needle right after botox"),
    Row("wait", (f.on_order, f.asks_wait), to.wait, WAIT),
    # The classifier.
    Row("service", (f.asks_for_service,), to.clinic, "do they also do microneedling?", ("who injects?",)),
    Row("clinic", (f.asks_clinic, f.not_ours), to.clinic, "which languages are spoken there"),
    Row("unsure", (f.unsure,), to.unclear, "the purple one"),
    Row("classifier", (), to.guess, "how long does botox last"),
)  # fmt: skip

SAFETY = (
    Row("safety", (f.speaks,), to.safety, "I can't breathe since my botox"),
    Row("released", (f.released, f.asks_nothing), to.help_, "that was a misunderstanding", (FAINTED,)),
    Row("stays_safe", (f.after_alarm, f.asks_no_person), to.alarm, WAIT, (FAINTED,)),
    Row("stays_with_clinician", (f.for_clinician, f.asks_timing), to.clinician, WAIT, (PREGNANT,)),
    Row("other_language", (f.in_another_language,), to.fallback, "¿cuánto cuesta el botox?"),
)  # fmt: skip

TABLE = (*SAFETY, *ORDINARY)


def first_fit(case: Case) -> Row:
    """Return the first row that fits; the last of the table fits every case."""
    return next(row for row in TABLE if row.fits(case))
