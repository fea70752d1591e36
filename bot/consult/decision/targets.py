"""The topics that rows of the decision table lead to, where the case tells which."""

from __future__ import annotations

from collections.abc import Callable

from bot.consult.case.case import Case
from bot.consult.safety.reading import Route
from bot.consult.topics import REASONS, Topic, wait_after, waited_after
from bot.consult.types import TreatmentId

ROUTES: dict[Route, Topic] = {
    "emergency_911": "emergency",
    "emergency_today": "emergency",
    "distress": "side_effect_mild",
    "in_doubt": "side_effect_mild",
    "in_doubt_self_harm": "side_effect_mild",
}
"""The safety layer's routes whose topic has another name."""


def always(topic: Topic) -> Callable[[Case], Topic]:
    """Return a target that is the same for every case."""

    def target(case: Case) -> Topic:
        return topic

    target.__name__ = topic
    return target


consult, clinician, help_ = always("consult"), always("clinician_only"), always("help")
thanks, greet, bye = always("smalltalk_thanks"), always("smalltalk_greet"), always("smalltalk_bye")
order, same_day, date_check = always("order"), always("same_day"), always("date_check")
why, fallback = always("why_timing"), always("fallback")


def safety(case: Case) -> Topic:
    """The safety layer's topic."""
    route = case.safe.route
    return ROUTES.get(route, str(route)) if route else "fallback"


def alarm(case: Case) -> Topic:
    """The topic of the red flag that the conversation had."""
    return "self_harm" if case.safe.held == "self_harm" else "emergency"


def reasons(case: Case) -> Topic:
    """The guess at reasons or benefits, or else why to wait."""
    return case.guess.topic if case.guess.topic in REASONS else "why_timing"


def guess(case: Case) -> Topic:
    """The classifier's topic."""
    return case.guess.topic


def unclear(case: Case) -> Topic:
    """A question back, or the guess that it is nothing of ours."""
    return case.guess.topic if case.guess.topic in ("off_topic", "gibberish") else "fallback"


def at_hand(case: Case) -> Topic:
    """The question on timing that the conversation stands at."""
    return case.at_hand or "fallback"


def origin(case: Case) -> Topic:
    """Who says so: where it comes from, or more on the topic of the turn before ("are you sure?")."""
    return "bot_challenge" if case.guess.topic == "bot_challenge" else topic_before(case)


def topic_before(case: Case) -> Topic:
    """What was spoken of last."""
    return case.before or "fallback"


def lean_topic(case: Case) -> Topic:
    """The topic that an earlier turn tells."""
    return (case.lean and case.lean.topic) or "fallback"


def wait_at_hand(case: Case) -> Topic:
    """The wait after the treatment that was put first."""
    return wait_after(case.first or case.thread or case.pair[0])


def dates_or_wait(case: Case) -> Topic:
    """The dates at hand in the other order, or else the wait after the one that now goes first."""
    return "date_check" if case.at_hand == "date_check" and case.known.times else wait_after(case.first or case.pair[0])


def wait(case: Case) -> Topic:
    """The wait after the treatment put first; a guess at a wait stands where the words put none first."""
    first = case.first or _before_the_named(case) or _guessed_first(case)
    asks_order = case.guess.topic in ("order", "same_day") and "how_long" not in case.asks
    if _has_own_gap(case) or (case.guess.topic == "date_check" and case.done):
        return "date_check"  # with a gap of their own, or where the date of what was done is missing
    return case.guess.topic if asks_order else wait_after(first)


def _has_own_gap(case: Case) -> bool:
    """A gap is told of their own: in a story that asks for no length, or by the guess."""
    told = case.tells and case.proposed is None and "how_long" not in case.asks
    return case.told.gap is not None and (told or case.guess.topic == "date_check")


def _before_the_named(case: Case) -> TreatmentId | None:
    """The treatment that earlier turns put first, unless the message names just that one."""
    return case.thread if case.thread and case.thread not in case.named else None


def _guessed_first(case: Case) -> TreatmentId:
    """The guess; two side by side are in the advised order, and one that is asked for follows the other spoken of."""
    guessed = waited_after(case.guess.topic)
    if case.joined or not (guessed or case.named):
        return case.pair[0]
    return guessed or (_beside(case) if case.about == "both" else case.named[0])


def _beside(case: Case) -> TreatmentId:
    """The one of the pair that is not named."""
    return next((treatment for treatment in case.pair if treatment not in case.named), case.pair[0])


def clinic(case: Case) -> Topic:
    """The topic that the clinic's own matter belongs to."""
    return case.clinic[0].topic
