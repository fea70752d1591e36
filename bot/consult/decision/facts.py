"""The facts that the decision table asks a case for, each by its name."""

from __future__ import annotations

from collections.abc import Callable

from bot.consult.case.case import Case, LeanKind
from bot.consult.topics import (
    FINE_AFTER_RED_FLAG,
    NOT_OURS,
    REASONS,
    is_about,
    is_on_timing,
    is_sequencing,
    waited_after,
)
from bot.consult.types import ClinicKind

ALARMS = frozenset({"emergency_911", "emergency_today", "self_harm"})
Fact = Callable[[Case], bool]
PRESSES = NOT_OURS - {"off_topic", "abuse"}


def leans(*kinds: LeanKind) -> Fact:
    """Return the fact that the message leans on an earlier turn in one of these ways."""

    def fact(case: Case) -> bool:
        return case.lean is not None and case.lean.kind in kinds

    fact.__name__ = f"leans: {', '.join(kinds)}"
    return fact


# Safety.
def speaks(case: Case) -> bool:
    """The safety layer has something to say."""
    return case.safe.route is not None


def released(case: Case) -> bool:
    """What held the conversation is taken back."""
    return case.safe.released


def in_another_language(case: Case) -> bool:
    """It is clearly neither English nor French, and no red flag."""
    return case.safe.both_languages


def asks_nothing(case: Case) -> bool:
    """No question on timing comes with it, no day, and none of the clinic or for a person."""
    on_timing = is_on_timing(case.guess.topic) and (case.sureness != "unsure" or case.about == "both")
    of_clinic = bool(case.clinic) or (case.guess.topic == "consult" and case.sureness == "clear")
    return not (on_timing or of_clinic or case.told.says_when)


def after_alarm(case: Case) -> bool:
    """The conversation had a red flag."""
    return case.safe.held in ALARMS


def for_clinician(case: Case) -> bool:
    """The conversation has a fact of health that a clinician decides on."""
    return case.safe.held == "clinician_only"


def asks_no_person(case: Case) -> bool:
    """It is neither small talk nor the wish for a person."""
    return case.guess.topic not in FINE_AFTER_RED_FLAG or case.sureness != "clear"


_leans_on_timing = leans(
    "another",
    "answers",
    "moves",
    "how_long",
    "number_only",
    "when",
    "which_counts",
    "flip",
    "retimes",
    "regaps",
    "reorders",
)


def asks_timing(case: Case) -> bool:
    """It asks for an order, a wait, dates, or a bare figure, or presses without a question of its own."""
    return presses(case) or on_order(case) or _leans_on_timing(case) or is_sequencing(case.guess.topic)


def presses(case: Case) -> bool:
    """Nothing of its own is understood, or nothing clear beside a day or a wish for leave ("and next month?")."""
    if leans("yes", "no", "ack", "greet", "bye")(case):
        return False
    proposes = case.told.says_when or "waits" in case.asks or ("leave" in case.asks and bool(case.named))
    return case.sureness == "unsure" or case.guess.topic in PRESSES or (proposes and case.sureness != "clear")


# What only an earlier turn explains.
def offered(case: Case) -> bool:
    """The last turn offered a person."""
    return case.offered


def begun(case: Case) -> bool:
    """It is not the first message."""
    return case.begun


def in_talk(case: Case) -> bool:
    """Something was spoken of before."""
    return case.before is not None


def timing_at_hand(case: Case) -> bool:
    """The conversation stands at a question on order, waiting or dates."""
    return case.at_hand is not None


# What the words say.
def on_order(case: Case) -> bool:
    """It is about order or waiting: by the guess, or with both named and the guess not clear of anything."""
    open_ = case.about == "both" and case.sureness != "clear" and case.nearly
    return is_on_timing(case.guess.topic) or open_ or _waits_beside_both(case) or _tells_both(case)


def _tells_both(case: Case) -> bool:
    """Days of both or a gap are told, and nothing else is clear ("they could take me tomorrow. Thoughts?")."""
    days = sum(time.known for _, time in case.told.times) > 1
    return case.about == "both" and (days or case.told.gap is not None) and case.sureness != "clear"


def _waits_beside_both(case: Case) -> bool:
    """A wait is spoken of beside both, whatever they are for ("needling my chin and tox in my brows, still wait?")."""
    return case.joined and "waits" in case.asks and is_about(case.guess.topic, case.pair)


def asks_which(case: Case) -> bool:
    """It asks which goes first, not why one does."""
    return "which" in case.asks and not _asks_why(case)


def _asks_why(case: Case) -> bool:
    """It asks why first of all, not beside something else."""
    return "why" in case.asks and "reason_beside" not in case.asks


def at_once(case: Case) -> bool:
    """Both on one day, said so or by the clock."""
    said = "at_once" in case.asks and (case.about == "both" or case.guess.topic == "same_day")
    return case.told.gap == (0, 0) or said


def apart(case: Case) -> bool:
    """A question beside a story, clear by itself, that is not about dates, whatever days the story tells."""
    if case.asks_of_dates or waited_after(case.guess.topic):
        return False
    return "why" in case.asks or (case.sureness == "clear" and case.guess.topic != "date_check")


def undated(case: Case) -> bool:
    """No two days are told, or none in question."""
    if apart(case):
        return True
    days = {time.readings for _, time in case.told.times if any(period.is_day for period in time.readings)}
    at_once_ = case.told.gap == (0, 0) and "at_once" in case.asks
    return not days or at_once_ or (case.about == "both" and len(days) < 2 and not case.done)


def dated(case: Case) -> bool:
    """A date is told and in question, and it is about both or about dates."""
    told = [treatment for treatment, time in case.told.times if time.known]
    in_question = not (apart(case) or _waits_apart(case) or "alternatives" in case.asks)
    return in_question and (len(told) > 1 or (bool(told) and case.about != "one"))


def _waits_apart(case: Case) -> bool:
    """A story's question on the wait that tells no day, where the story tells none of what the wait is counted from."""
    waited = waited_after(case.guess.topic)
    time = case.told.time_of(waited or "")
    exact = len(time.readings) == 1 and time.readings[0].is_day
    return waited is not None and case.tells and (time.doubtful or not (case.asks_of_dates or exact))


def other_is_known(case: Case) -> bool:
    """The day of one treatment was told in an earlier turn, and only the other one can be meant."""
    known = [treatment for treatment, time in case.known.times if time.known]
    new = not case.told.times and case.first in (None, *known) and not case.others
    return new and len(known) == 1 and not set(case.named) & set(known)


def asks_when(case: Case) -> bool:
    """It asks when or how long, in words or by the guess; a clear guess at something else stands."""
    elsewhere = case.sureness == "clear" and not is_on_timing(case.guess.topic)
    sequencing = is_sequencing(case.guess.topic) and "which" not in case.asks
    return sequencing or ("how_long" in case.asks and not elsewhere)


def asks_reasons(case: Case) -> bool:
    """It asks for reasons or benefits: by the guess, where no length of time is asked, or in words."""
    guessed = case.sureness == "clear" or (case.sureness == "sure" and "how_long" not in case.asks)
    guessed = guessed and (case.told.gap is None or apart(case))
    return (case.guess.topic in REASONS and guessed) or _asks_why(case)


def asks_wait(case: Case) -> bool:
    """It asks how long, in words or by the guess, tells an order, or names both beside a question on timing."""
    asks = "how_long" in case.asks or bool(waited_after(case.guess.topic))
    beside = case.joined and (case.at_hand is not None or "waits" in case.asks)
    return asks or beside or case.first is not None


# The classifier.
def unsure(case: Case) -> bool:
    """The guess is too unsure for what is named."""
    return case.sureness == "unsure"


def asks_clinic(case: Case) -> bool:
    """It asks something of the clinic itself."""
    return bool(case.clinic)


def _asks_clinic_for(kind: ClinicKind, case: Case) -> bool:
    return any(each.kind == kind for each in case.clinic)


def books(case: Case) -> bool:
    """It asks the clinic for an appointment, and gives no treatment a day."""
    dated = bool(case.named) and case.told.says_when
    of_wait = other_is_known(case) and "how_long" in case.asks
    return _asks_clinic_for("booking", case) and not (dated or of_wait or case.others)


def asks_for_service(case: Case) -> bool:
    """It asks whether a treatment is done here ("do you do microneedling?"), and not for more than what it is."""
    offered = _asks_clinic_for("service", case) and "whether" in case.asks
    what_it_is = is_about(case.guess.topic, case.named) and case.guess.topic.endswith("_what")
    of_others = case.guess.topic == "other_treatment" and not case.others  # such as the one asked about before
    return offered and (what_it_is or (of_others and bool(case.named)))


def not_ours(case: Case) -> bool:
    """The guess is none to go by, or nothing of ours."""
    return case.sureness == "unsure" or case.guess.topic in (NOT_OURS | {"help"}) - {"abuse", "injection"}
