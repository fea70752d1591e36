"""Messages that only an earlier turn explains: "why?", "the other way round?", "and the day after that?"."""

from __future__ import annotations

from bot.consult.conversation import Conversation
from bot.consult.reading import Reading
from bot.consult.topics.types import (
    CLEAR_FROM,
    NOT_OURS,
    UNDERSTOOD_FROM,
    Evidence,
    Settled,
    Topic,
    in_timing_family,
    is_about,
    is_sequencing,
)

NOT_LONG_AGO = 3
"""So many topics back a short message may still refer to."""
ASPECTS_OF_EACH = frozenset({"what", "uses"})
"""What the knowledge tells of every treatment of ours."""
FEW_WORDS, SHORT, NOT_LONG = 5, 12, 16
"""The most words of a bare figure, of a message that leans on an earlier turn, of one that names its subject again."""


def _awaited_date(evidence: Evidence, talk: Conversation) -> Settled | None:
    reading = evidence.reading
    dated = bool(reading.timeline.loose or reading.timeline.times)
    ours = in_timing_family(evidence.best.topic) or evidence.best.confidence < CLEAR_FROM or reading.words <= 8
    return Settled("date_check", "awaited_date") if talk.awaiting and dated and ours and not reading.uncovered else None


def _moved(evidence: Evidence, talk: Conversation) -> Settled | None:
    """As in "and the day after that?": the plan last spoken of, moved."""
    reading = evidence.reading
    spoken_of = bool(talk.times or talk.gap) and _timing_topic(talk) is not None
    if reading.moved_by is None or not spoken_of or reading.mentions or reading.words > SHORT:
        return None
    return Settled("date_check", "moved_plan", follow_up="moved")


def _timing_topic(talk: Conversation) -> Topic | None:
    """The topic on timing that a short message may still refer to."""
    return next((topic for topic in talk.topics[:NOT_LONG_AGO] if in_timing_family(topic)), None)


def _at_hand(evidence: Evidence, talk: Conversation) -> Topic | None:
    """The question on order, waiting or dates that the conversation stands at."""
    topic = _timing_topic(talk)
    if topic is None:
        return None
    if talk.times and "date_check" in talk.topics[:NOT_LONG_AGO]:
        return "date_check"
    earlier = (t for t in talk.topics if is_sequencing(t))
    return topic if is_sequencing(topic) else next(earlier, f"wait_after_{talk.first or evidence.reading.pair[0]}")


def _clear_of_something_else(evidence: Evidence) -> bool:
    """The classifier is sure of a topic that has nothing to do with timing."""
    return evidence.best.confidence >= CLEAR_FROM and not in_timing_family(evidence.best.topic)


def _push(evidence: Evidence, talk: Conversation) -> Settled | None:
    """As in "if I wait that long I'm in the clear?", "my sister was fine": nothing of it changes the answer."""
    reading = evidence.reading
    like_others = reading.has("others") and reading.has("went_fine")
    permitted = reading.has("go_ahead") and reading.words <= SHORT and not reading.times
    if not (like_others or permitted) or reading.uncovered or _clear_of_something_else(evidence):
        return None
    return _clearance(evidence, talk)


def asks_whether_they_may(settled: Settled, evidence: Evidence, talk: Conversation) -> Settled | None:
    """As in "so no worries?": nothing was understood but a word of permission, right after an answer on timing."""
    reading = evidence.reading
    lost = settled.topic in NOT_OURS and settled.rule != "safety" and settled.confidence < CLEAR_FROM
    fits = reading.has("may_i") and reading.words <= SHORT and not (reading.mentions or reading.times)
    if not (lost and fits and talk.topic and in_timing_family(talk.topic)) or reading.safety.route:
        return None
    return _clearance(evidence, talk)


def _clearance(evidence: Evidence, talk: Conversation) -> Settled | None:
    topic = _at_hand(evidence, talk)
    return Settled(topic, "asks_for_clearance", follow_up="clearance") if topic else None


def _when(evidence: Evidence, talk: Conversation) -> Settled | None:
    if talk.times and _at_hand(evidence, talk):
        return Settled("date_check", "follow_up_when", follow_up="earliest")
    return _how_long(evidence, talk)


def _which_counts(evidence: Evidence, talk: Conversation) -> Settled | None:
    several = any(time.several for _, time in talk.times)
    return Settled("date_check", "follow_up_which_counts", follow_up="which_counts") if several else None


def _greets(evidence: Evidence, talk: Conversation) -> Settled | None:
    return Settled("smalltalk_greet", "greets_again")


def _leaves(evidence: Evidence, talk: Conversation) -> Settled | None:
    return Settled("smalltalk_bye", "says_goodbye")


def _return(evidence: Evidence, talk: Conversation) -> Settled | None:
    """As in "ok back to that gap, what was it": a topic that was spoken of before."""
    reading = evidence.reading
    if not reading.has("back_to") or reading.uncovered or reading.timeline.says_when or reading.words > NOT_LONG:
        return None
    if _clear_of_something_else(evidence) and evidence.best.topic not in talk.topics:
        return None
    if reading.has("between", "waiting_itself") and any(map(in_timing_family, talk.topics)):
        first = reading.direction.first or talk.first or reading.pair[0]
        return Settled(f"wait_after_{first}", "returns_to_waiting")
    known = [guess for guess in evidence.ranking if guess.topic in talk.topics]
    if not known or (evidence.best not in known and evidence.best.confidence >= UNDERSTOOD_FROM):
        return None
    return Settled(known[0].topic, "returns", confidence=known[0].confidence)


def _in_its_place(evidence: Evidence, talk: Conversation) -> Settled | None:
    """As in "and normal needling that day?" after a question on another treatment's dates."""
    reading = evidence.reading
    told = {treatment for treatment, _ in talk.times}
    replaced = reading.has("negation") and set(reading.uncovered) <= told  # "needling instead of the laser"
    if talk.topic != "other_treatment" or not told or not reading.covered or (reading.uncovered and not replaced):
        return None
    if reading.words > SHORT or (_clear_of_something_else(evidence) and not (reading.uncovered and replaced)):
        return None
    return Settled("date_check", "in_its_place", follow_up="in_its_place")


def _back_again(evidence: Evidence, talk: Conversation) -> Settled | None:
    """As in "sorry, had to take a call": somebody is there again, and asks nothing yet."""
    reading = evidence.reading
    asks = reading.mentions or reading.times or reading.has("planned", "how_long", "which", "why", "back_to")
    if not talk.turns or not reading.has("was_away") or asks or reading.safety.route or reading.words > SHORT:
        return None
    return Settled("smalltalk_greet", "back_again")


def _follow_up(evidence: Evidence, talk: Conversation) -> Settled | None:
    kind = evidence.reading.follow_up
    answer = _FOLLOW_UPS.get(kind or "")
    return answer(evidence, talk) if answer else None


def _why(evidence: Evidence, talk: Conversation) -> Settled | None:
    if talk.topic and in_timing_family(talk.topic):
        return Settled("why_timing", "follow_up_why")
    return Settled(talk.topic, "follow_up_why", follow_up="repeat") if talk.topic else None


def _how_long(evidence: Evidence, talk: Conversation) -> Settled | None:
    if talk.topic and talk.topic.startswith("botox_"):
        return Settled("botox_duration", "follow_up_how_long")
    if _timing_topic(talk) and not (talk.topic and is_about(talk.topic, evidence.reading.pair)):
        return Settled(f"wait_after_{talk.first or evidence.reading.pair[0]}", "follow_up_how_long")
    return None


def _source(evidence: Evidence, talk: Conversation) -> Settled | None:
    return Settled(talk.topic, "follow_up_source", follow_up="source") if talk.topic and talk.sources else None


def _flip(evidence: Evidence, talk: Conversation) -> Settled | None:
    topic = _timing_topic(talk)
    if not topic:
        return None
    first = _flipped(evidence, talk)
    if topic == "date_check" and talk.times:
        return Settled("date_check", "follow_up_flip")
    return Settled(f"wait_after_{first}", "follow_up_flip")


def _flipped(evidence: Evidence, talk: Conversation) -> str:
    lead, other = evidence.reading.pair
    return lead if talk.first == other else other


def _yes(evidence: Evidence, talk: Conversation) -> Settled | None:
    return Settled("consult", "accepts_offer") if talk.offered else None


def _no(evidence: Evidence, talk: Conversation) -> Settled | None:
    return Settled("smalltalk_thanks", "declines_offer") if talk.offered or talk.topic else None


def _more(evidence: Evidence, talk: Conversation) -> Settled | None:
    return Settled(talk.topic, "follow_up_more", follow_up="repeat") if talk.topic else None


def _number_only(evidence: Evidence, talk: Conversation) -> Settled | None:
    if talk.safe_state == "clinician_only":
        return Settled("clinician_only", "stays_with_clinician", follow_up="stay")
    return _how_long(evidence, talk)


def _dont_know(evidence: Evidence, talk: Conversation) -> Settled | None:
    return Settled("date_check", "does_not_know_the_date") if talk.awaiting else None


_FOLLOW_UPS = {
    "dont_know": _dont_know,
    "why": _why,
    "how_long": _how_long,
    "when": _when,
    "which_counts": _which_counts,
    "clearance": _clearance,
    "greet": _greets,
    "bye": _leaves,
    "source": _source,
    "flip": _flip,
    "yes": _yes,
    "no": _no,
    "more": _more,
    "number_only": _number_only,
}


def _ellipsis(evidence: Evidence, talk: Conversation) -> Settled | None:
    """As in "And needling?" after a question on Botox asks the same of the other treatment."""
    reading = evidence.reading
    if not talk.topic or reading.words > FEW_WORDS or reading.uncovered:
        return None
    if not reading.mentions and reading.has("other_one"):
        return _of_the_other(talk.topic, evidence)
    if len(reading.covered) != 1:
        return None
    if talk.topic == "other_treatment" and reading.has("plain_kind"):
        return Settled(f"wait_after_{reading.pair[0]}", "ellipsis")  # "and just regular needling?"
    topics = {guess.topic for guess in evidence.ranking}
    aspect = talk.topic.partition("_")[2]
    twin = f"{reading.covered[0]}_{aspect}"
    same_words = reading.words - len(reading.mentions[0].text.split()) <= 2 and not reading.has(
        "how_long", "which", "done", "planned"
    )
    if (
        same_words
        and not in_timing_family(talk.topic)
        and (twin in topics or talk.topic in ("price", "pain", "aftercare", "number_of_sessions"))
    ):
        return Settled(twin if twin in topics else talk.topic, "ellipsis")
    return None


def _of_the_other(topic: Topic, evidence: Evidence) -> Settled | None:
    """As in "ok and the other one?" after what Botox is."""
    one, _, aspect = topic.partition("_")
    other = next((t for t in evidence.reading.pair if t != one), "")
    known = one in evidence.reading.pair and aspect in ASPECTS_OF_EACH
    return Settled(f"{other}_{aspect}", "ellipsis") if known else None


def _correction(evidence: Evidence, talk: Conversation) -> Settled | None:
    """As in "sorry, needling first": the same question in the other order; "3 days is fine?": the same order, a gap."""
    reading = evidence.reading
    if not (talk.topic and in_timing_family(talk.topic)) or reading.words >= 15 or reading.uncovered:
        return None
    if _clear_of_something_else(evidence) and not _only_a_length(reading):
        return None
    if reading.direction.flips:
        return _flip(evidence, talk)
    if reading.has("hearsay") and not reading.has("updates") and not any(t.kind == "point" for t in reading.times):
        return _how_long(evidence, talk)
    if (reading.timeline.says_when or _bare_length(reading)) and not (reading.has("same_day") and not reading.times):
        return Settled("date_check", "same_order_other_time")
    if (
        reading.direction.first
        and not reading.direction.asks_which
        and reading.words <= 8
        and not reading.has("how_long", "same_day")
    ):
        return Settled(
            "date_check" if talk.topic == "date_check" and talk.times else f"wait_after_{reading.direction.first}",
            "correction",
        )
    return None


def _only_a_length(reading: Reading) -> bool:
    """As in "roughly? a week?": a figure and hardly a word beside it."""
    return _bare_length(reading) and not reading.mentions and reading.words <= FEW_WORDS


def _bare_length(reading: Reading) -> bool:
    return any(t.kind == "length" for t in reading.times)


_RULES = (_awaited_date, _moved, _follow_up, _push, _return, _in_its_place, _back_again, _ellipsis, _correction)


def explained(evidence: Evidence, talk: Conversation) -> Settled | None:
    """Return what a message means after the turns before it, if only they explain it; the first rule that fits."""
    return next((settled for rule in _RULES if (settled := rule(evidence, talk))), None)
