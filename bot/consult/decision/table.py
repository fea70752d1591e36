"""What a message is about: ONE table. The first row whose facts all hold for the case decides.

Safety comes first, then what only an earlier turn explains, then what the words say of order and dates, then the
classifier. Each row's example is its test (tests/unit/consult/decision/test_table.py); docs/architecture.md shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.consult.case.case import Case
from bot.consult.decision import facts as f
from bot.consult.decision import targets as to
from bot.consult.topics import Topic

Fact = Callable[[Case], bool]
Target = Callable[[Case], Topic]


@dataclass(frozen=True)
class Row:
    """One row: a name, at most three facts, the topic, and a message that it decides."""

    name: str
    facts: tuple[Fact, ...]
    topic: Target
    example: str
    after: tuple[str, ...] = ()
    """The messages before it, where the example leans on them."""

    def fits(self, case: Case) -> bool:
        """Tell whether all facts hold."""
        return all(fact(case) for fact in self.facts)


WHICH = "botox or microneedling first?"
WAIT = "how long after botox can I microneedle"
DATED = "botox was nov 16, can I needle on nov 26?"
OTHER = "botox nov 5, morpheus8 nov 25, alright?"
FAINTED = "I passed out right after my botox"
PREGNANT = "I'm pregnant, can I get botox"
UNDATED = "i had botox, can I needle today?"

ORDINARY = (
    # What only an earlier turn explains.
    Row("yes_to_offer", (f.says_yes, f.offered), to.consult, "yes please", (WHICH,)),
    Row("acknowledges", (f.acknowledges, f.in_talk), to.thanks, "ok got it", (WHICH,)),
    Row("is_back", (f.greets,), to.greet, "hello again", (WHICH,)),
    Row("bye", (f.leaves,), to.bye, "talk later"),
    Row("source_asked", (f.asks_source,), to.topic_before, "says who?", (WHICH,)),
    Row("told_again", (f.asks_again,), to.topic_before, "what do you mean", (WHICH,)),
    Row("why_of_it", (f.leans_why, f.timing_at_hand), to.why, "why", (WHICH,)),
    Row("why_of_other", (f.leans_why,), to.topic_before, "why", ("what is botox",)),
    Row("turned_round", (f.turns_round, f.timing_at_hand), to.dates_or_wait, "and the other way round?", (WAIT,)),
    Row("date_told", (f.tells_date, f.timing_at_hand), to.date_check, "it was nov 8", (UNDATED,)),
    Row("in_its_place", (f.takes_its_place,), to.date_check, "and normal needling then?", (OTHER,)),
    Row("wait_of_it", (f.leans_how_long, f.timing_at_hand), to.wait_at_hand, "just give me a number", (WHICH,)),
    Row("may_i", (f.asks_leave, f.timing_at_hand), to.at_hand, "so I'm good to go?", (DATED,)),
    Row("returns", (f.returns,), to.lean_topic, "back to the waiting, how long was it", (WAIT, "what does it cost")),
    Row("twin", (f.asks_of_other,), to.lean_topic, "and microneedling?", ("what is botox",)),
    # What the words say of other treatments, order and dates.
    Row("other_treatment", (f.names_other, f.ours_or_unclear), to.other_treatment, "filler, then needling when?"),
    Row("sessions", (f.asks_sessions, f.names_ours), to.sessions, "how many microneedling sessions do I need"),
    Row("which_first", (f.on_order, f.asks_which, f.undated), to.order, WHICH),
    Row("same_day", (f.on_order, f.at_once, f.undated), to.same_day, "can I get botox and microneedling in one visit"),
    Row("dates", (f.on_order, f.dated), to.date_check, "botox nov 1 and microneedling nov 24, ok?"),
    Row("reasons", (f.asks_reasons,), to.guess, "why do I have to wait after botox"),
    Row("why_wait", (f.on_order, f.asks_why), to.why, "why can't I needle right after botox"),
    Row("which", (f.on_order, f.asks_which), to.order, "both this winter, which one first?"),
    Row("wait", (f.on_order, f.asks_wait), to.wait, WAIT),
    # The classifier.
    Row("unsure_of_date", (f.unsure, f.awaits), to.date_check, "no clue to be honest", (UNDATED,)),
    Row("unsure", (f.unsure,), to.unclear, "what about the thing"),
    Row("classifier", (), to.guess, "how long does botox last"),
)  # fmt: skip

SAFETY = (
    Row("safety", (f.alarmed,), to.safety, "I can't breathe since my botox"),
    Row("released", (f.released, f.asks_nothing), to.help_, "it was a misunderstanding, I am fine", (FAINTED,)),
    Row("stays_safe", (f.after_alarm, f.not_released, f.asks_no_person), to.alarm, WAIT, (FAINTED,)),
    Row("stays_with_clinician", (f.for_clinician, f.not_released, f.asks_timing), to.clinician, WAIT, (PREGNANT,)),
)  # fmt: skip

TABLE = (*SAFETY, *ORDINARY)


def first_fit(case: Case) -> Row:
    """Return the first row that fits; the last of the table fits every case."""
    return next(row for row in TABLE if row.fits(case))
