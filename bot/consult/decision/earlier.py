"""Messages that only an earlier turn explains: "why?", "the other way round?", "and the day after that?"."""

from __future__ import annotations

from bot.consult.case.memory import Memory
from bot.consult.decision.types import (
    CLEAR_FROM,
    NOT_OURS,
    UNDERSTOOD_FROM,
    Evidence,
    Topic,
    TopicDecision,
    in_timing_family,
    is_about,
    is_sequencing,
)
from bot.consult.reading.message import Reading

NOT_LONG_AGO = 3
"""So many topics back a short message may still refer to."""
ASPECTS_OF_EACH = frozenset({"what", "uses"})
"""What the knowledge tells of every treatment of ours."""
FEW_WORDS, SHORT, NOT_LONG = 5, 12, 16
"""The most words of a bare figure, of a message that leans on an earlier turn, of one that names its subject again."""


def _awaited_date(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    reading = evidence.reading
    dated = bool(reading.timeline.loose or reading.timeline.times)
    ours = in_timing_family(evidence.best.topic) or evidence.best.confidence < CLEAR_FROM or reading.words <= 8
    return (
        TopicDecision("date_check", "awaited_date")
        if memory.awaiting and dated and ours and not reading.uncovered
        else None
    )


def _moved(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    """As in "and the day after that?": the plan last spoken of, moved."""
    reading = evidence.reading
    spoken_of = bool(memory.times or memory.gap) and _timing_topic(memory) is not None
    if reading.moved_by is None or not spoken_of or reading.mentions or reading.words > SHORT:
        return None
    return TopicDecision("date_check", "moved_plan", follow_up="moved")


def _timing_topic(memory: Memory) -> Topic | None:
    """The topic on timing that a short message may still refer to."""
    return next((topic for topic in memory.topics[:NOT_LONG_AGO] if in_timing_family(topic)), None)


def _at_hand(evidence: Evidence, memory: Memory) -> Topic | None:
    """The question on order, waiting or dates that the conversation stands at."""
    topic = _timing_topic(memory)
    if topic is None:
        return None
    if memory.times and "date_check" in memory.topics[:NOT_LONG_AGO]:
        return "date_check"
    earlier = (t for t in memory.topics if is_sequencing(t))
    return topic if is_sequencing(topic) else next(earlier, f"wait_after_{memory.first or evidence.reading.pair[0]}")


def _clear_of_something_else(evidence: Evidence) -> bool:
    """The classifier is sure of a topic that has nothing to do with timing."""
    return evidence.best.confidence >= CLEAR_FROM and not in_timing_family(evidence.best.topic)


def _push(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    """As in "if I wait that long I'm in the clear?", "my sister was fine": nothing of it changes the answer."""
    reading = evidence.reading
    like_others = reading.has("others") and reading.has("went_fine")
    permitted = reading.has("go_ahead") and reading.words <= SHORT and not reading.times
    if not (like_others or permitted) or reading.uncovered or _clear_of_something_else(evidence):
        return None
    return _clearance(evidence, memory)


def asks_whether_they_may(settled: TopicDecision, evidence: Evidence, memory: Memory) -> TopicDecision | None:
    """As in "so no worries?": nothing was understood but a word of permission, right after an answer on timing."""
    reading = evidence.reading
    lost = settled.topic in NOT_OURS and settled.rule != "safety" and settled.confidence < CLEAR_FROM
    fits = reading.has("may_i") and reading.words <= SHORT and not (reading.mentions or reading.times)
    if not (lost and fits and memory.topic and in_timing_family(memory.topic)) or reading.safety.route:
        return None
    return _clearance(evidence, memory)


def _clearance(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    topic = _at_hand(evidence, memory)
    return TopicDecision(topic, "asks_for_clearance", follow_up="clearance") if topic else None


def _when(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    if memory.times and _at_hand(evidence, memory):
        return TopicDecision("date_check", "follow_up_when", follow_up="earliest")
    return _how_long(evidence, memory)


def _which_counts(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    several = any(time.several for _, time in memory.times)
    return TopicDecision("date_check", "follow_up_which_counts", follow_up="which_counts") if several else None


def _greets(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    return TopicDecision("smalltalk_greet", "greets_again")


def _leaves(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    return TopicDecision("smalltalk_bye", "says_goodbye")


def _return(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    """As in "ok back to that gap, what was it": a topic that was spoken of before."""
    reading = evidence.reading
    if not reading.has("back_to") or reading.uncovered or reading.timeline.says_when or reading.words > NOT_LONG:
        return None
    if _clear_of_something_else(evidence) and evidence.best.topic not in memory.topics:
        return None
    if reading.has("between", "waiting_itself") and any(map(in_timing_family, memory.topics)):
        first = reading.direction.first or memory.first or reading.pair[0]
        return TopicDecision(f"wait_after_{first}", "returns_to_waiting")
    known = [guess for guess in evidence.ranking if guess.topic in memory.topics]
    if not known or (evidence.best not in known and evidence.best.confidence >= UNDERSTOOD_FROM):
        return None
    return TopicDecision(known[0].topic, "returns", confidence=known[0].confidence)


def _in_its_place(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    """As in "and normal needling that day?" after a question on another treatment's dates."""
    reading = evidence.reading
    told = {treatment for treatment, _ in memory.times}
    replaced = reading.has("negation") and set(reading.uncovered) <= told  # "needling instead of the laser"
    if memory.topic != "other_treatment" or not told or not reading.covered or (reading.uncovered and not replaced):
        return None
    if reading.words > SHORT or (_clear_of_something_else(evidence) and not (reading.uncovered and replaced)):
        return None
    return TopicDecision("date_check", "in_its_place", follow_up="in_its_place")


def _back_again(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    """As in "sorry, had to take a call": somebody is there again, and asks nothing yet."""
    reading = evidence.reading
    asks = reading.mentions or reading.times or reading.has("planned", "how_long", "which", "why", "back_to")
    if not memory.turns or not reading.has("was_away") or asks or reading.safety.route or reading.words > SHORT:
        return None
    return TopicDecision("smalltalk_greet", "back_again")


def _follow_up(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    kind = evidence.reading.follow_up
    answer = _FOLLOW_UPS.get(kind or "")
    return answer(evidence, memory) if answer else None


def _why(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    if memory.topic and in_timing_family(memory.topic):
        return TopicDecision("why_timing", "follow_up_why")
    return TopicDecision(memory.topic, "follow_up_why", follow_up="repeat") if memory.topic else None


def _how_long(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    if memory.topic and memory.topic.startswith("botox_"):
        return TopicDecision("botox_duration", "follow_up_how_long")
    if _timing_topic(memory) and not (memory.topic and is_about(memory.topic, evidence.reading.pair)):
        return TopicDecision(f"wait_after_{memory.first or evidence.reading.pair[0]}", "follow_up_how_long")
    return None


def _source(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    return (
        TopicDecision(memory.topic, "follow_up_source", follow_up="source") if memory.topic and memory.sources else None
    )


def _flip(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    topic = _timing_topic(memory)
    if not topic:
        return None
    first = _flipped(evidence, memory)
    if topic == "date_check" and memory.times:
        return TopicDecision("date_check", "follow_up_flip")
    return TopicDecision(f"wait_after_{first}", "follow_up_flip")


def _flipped(evidence: Evidence, memory: Memory) -> str:
    lead, other = evidence.reading.pair
    return lead if memory.first == other else other


def _yes(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    return TopicDecision("consult", "accepts_offer") if memory.offered else None


def _no(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    return TopicDecision("smalltalk_thanks", "declines_offer") if memory.offered or memory.topic else None


def _more(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    return TopicDecision(memory.topic, "follow_up_more", follow_up="repeat") if memory.topic else None


def _number_only(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    if memory.safe_state == "clinician_only":
        return TopicDecision("clinician_only", "stays_with_clinician", follow_up="stay")
    return _how_long(evidence, memory)


def _dont_know(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    return TopicDecision("date_check", "does_not_know_the_date") if memory.awaiting else None


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


def _ellipsis(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    """As in "And needling?" after a question on Botox asks the same of the other treatment."""
    reading = evidence.reading
    if not memory.topic or reading.words > FEW_WORDS or reading.uncovered:
        return None
    if not reading.mentions and reading.has("other_one"):
        return _of_the_other(memory.topic, evidence)
    if len(reading.covered) != 1:
        return None
    if memory.topic == "other_treatment" and reading.has("plain_kind"):
        return TopicDecision(f"wait_after_{reading.pair[0]}", "ellipsis")  # "and just regular needling?"
    topics = {guess.topic for guess in evidence.ranking}
    aspect = memory.topic.partition("_")[2]
    twin = f"{reading.covered[0]}_{aspect}"
    same_words = reading.words - len(reading.mentions[0].text.split()) <= 2 and not reading.has(
        "how_long", "which", "done", "planned"
    )
    if (
        same_words
        and not in_timing_family(memory.topic)
        and (twin in topics or memory.topic in ("price", "pain", "aftercare", "number_of_sessions"))
    ):
        return TopicDecision(twin if twin in topics else memory.topic, "ellipsis")
    return None


def _of_the_other(topic: Topic, evidence: Evidence) -> TopicDecision | None:
    """As in "ok and the other one?" after what Botox is."""
    one, _, aspect = topic.partition("_")
    other = next((t for t in evidence.reading.pair if t != one), "")
    known = one in evidence.reading.pair and aspect in ASPECTS_OF_EACH
    return TopicDecision(f"{other}_{aspect}", "ellipsis") if known else None


def _correction(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    """As in "sorry, needling first": the same question in the other order; "3 days is fine?": the same order, a gap."""
    reading = evidence.reading
    if not (memory.topic and in_timing_family(memory.topic)) or reading.words >= 15 or reading.uncovered:
        return None
    if _clear_of_something_else(evidence) and not _only_a_length(reading):
        return None
    if reading.direction.flips:
        return _flip(evidence, memory)
    if reading.has("hearsay") and not reading.has("updates") and not any(t.kind == "point" for t in reading.times):
        return _how_long(evidence, memory)
    if (reading.timeline.says_when or _bare_length(reading)) and not (reading.has("same_day") and not reading.times):
        return TopicDecision("date_check", "same_order_other_time")
    if (
        reading.direction.first
        and not reading.direction.asks_which
        and reading.words <= 8
        and not reading.has("how_long", "same_day")
    ):
        return TopicDecision(
            "date_check" if memory.topic == "date_check" and memory.times else f"wait_after_{reading.direction.first}",
            "correction",
        )
    return None


def _only_a_length(reading: Reading) -> bool:
    """As in "roughly? a week?": a figure and hardly a word beside it."""
    return _bare_length(reading) and not reading.mentions and reading.words <= FEW_WORDS


def _bare_length(reading: Reading) -> bool:
    return any(t.kind == "length" for t in reading.times)


_RULES = (_awaited_date, _moved, _follow_up, _push, _return, _in_its_place, _back_again, _ellipsis, _correction)


def explained(evidence: Evidence, memory: Memory) -> TopicDecision | None:
    """Return what a message means after the turns before it, if only they explain it; the first rule that fits."""
    return next((settled for rule in _RULES if (settled := rule(evidence, memory))), None)
