"""Decides by structure: what the order of the words says where the classifier cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.consult.case.memory import Memory
from bot.consult.decision.doubts import corrected, nearly_sequencing
from bot.consult.decision.earlier import NOT_LONG_AGO
from bot.consult.decision.parts import parts_asked
from bot.consult.decision.types import (
    CLEAR_FROM,
    NEARLY,
    NOT_A_SECOND_QUESTION,
    NOT_OURS,
    SAFETY,
    SEQUENCING,
    SURE_FROM,
    UNDERSTOOD_FROM,
    Evidence,
    Guess,
    Topic,
    TopicDecision,
    in_timing_family,
    is_about,
    is_sequencing,
    is_wait,
)
from bot.consult.reading.message import Reading
from bot.consult.timeline.timeline import Timeline
from bot.consult.types import TreatmentId

UNDERSTOOD_WITH_TREATMENT_FROM = 0.1
"""The same for a message that names a covered treatment: it is about our subject, only oddly put."""
UNDERSTOOD_NEAR_OUR_SUBJECT_FROM = 0.17
"""The same for a message with a word that goes with a covered treatment ("forehead", "frown")."""
UNDERSTOOD_WITHOUT_TREATMENT_FROM = 0.46
"""The same for an article topic in a message that names none and follows nothing: it may be about anything."""
SEEN_FROM = 0.45
"""Below this similarity nothing like the message was ever seen: of 900 questions none that names no treatment was as
far off and rightly answered."""
NEVER = 2.0
"""A confidence that there is not."""
EXPLAINS_FROM = 0.4
"""From this confidence on a question for reasons or benefits stays one, whatever order it names."""


def structural(evidence: Evidence, memory: Memory) -> TopicDecision:
    """Decide by the words' order, and by the classifier where they say nothing."""
    evidence = corrected(evidence)
    best, reading = evidence.best, evidence.reading
    topic = best.topic
    both = len(reading.covered) >= 2 or (len(reading.covered) == 1 and reading.has("other_one", "both"))
    if reading.uncovered and _spoils(topic, best, reading):
        return TopicDecision("other_treatment", "names_other_treatment", confidence=best.confidence)
    topic = _with_partner(_of_the_one_at_hand(topic, evidence, memory), evidence, memory)
    enough = _enough(topic, evidence, memory)
    asked = parts_asked(evidence)
    two = [t for t in asked if not is_sequencing(t)]
    if reading.has("which") and reading.covered and best.confidence < SURE_FROM and not reading.timeline.says_when:
        return TopicDecision("order", "asks_which", confidence=best.confidence)
    if len(reading.covered) == 1 and reading.has("between") and _named_twice(reading):
        return TopicDecision("number_of_sessions", "between_sessions", confidence=best.confidence)
    if reading.covered and reading.has("counts_sessions") and best.confidence < SURE_FROM:
        return TopicDecision("number_of_sessions", "counts_sessions", confidence=best.confidence)
    if (
        len(two) > 1
        and two == asked
        and not _dated(reading, both, topic)
        and not (both and reading.direction.first and reading.has("how_long"))
        and best.confidence < CLEAR_FROM
    ):
        return TopicDecision(two[0], "parts", confidence=best.confidence)
    if in_timing_family(topic) or (both and best.confidence < CLEAR_FROM and nearly_sequencing(evidence)):
        topic, rule = _sequenced(topic, evidence, memory, both)
        if rule != "classifier" or best.confidence >= enough:
            return TopicDecision(topic, rule, confidence=best.confidence)
    if reading.safety.route == "side_effect_mild" and best.confidence < CLEAR_FROM:
        return TopicDecision("side_effect_mild", "safety_hint", confidence=best.confidence)
    if best.confidence < enough:
        return TopicDecision("date_check", "still_awaited") if memory.awaiting else _unclear(evidence)
    return TopicDecision(topic, "classifier", confidence=best.confidence)


def _of_the_one_at_hand(topic: Topic, evidence: Evidence, memory: Memory) -> Topic:
    """As in "what else does it do?": where none is named, the treatment last spoken of is meant."""
    reading, one = evidence.reading, (memory.topic or "").partition("_")[0]
    named, _, aspect = topic.partition("_")
    if reading.mentions or one not in reading.pair or named not in reading.pair or one == named:
        return topic
    twin = f"{one}_{aspect}"
    return twin if any(guess.topic == twin for guess in evidence.ranking) else topic


def _named_twice(reading: Reading) -> bool:
    """Between a treatment and itself lie sessions."""
    return sum(m.covered for m in reading.mentions) > 1


def _with_partner(topic: Topic, evidence: Evidence, memory: Memory) -> Topic:
    """A question on waiting or order needs two treatments; "how long after Botox can I lie down" has only one."""
    reading = evidence.reading
    alone = (
        len(reading.covered) == 1
        and not reading.has("both", "other_one", "flip")
        and not _partner_spoken_of(reading.covered[0], reading, memory)
    )
    if alone and topic == "date_check" and reading.has("effect"):
        onset = f"{reading.covered[0]}_onset"  # "gala on Saturday, tox tomorrow, will it show by then": no order
        return onset if any(g.topic == onset for g in evidence.ranking) else topic
    if not (alone and (is_wait(topic) or topic == "order") and not reading.times):
        return topic
    elsewhere = (g for g in evidence.ranking if not in_timing_family(g.topic) and g.topic not in SAFETY)
    other = next(elsewhere, evidence.best)
    return other.topic if other.confidence >= evidence.best.confidence * NEARLY else topic


def _partner_spoken_of(named: TreatmentId, reading: Reading, memory: Memory) -> bool:
    """As in "so how long after Botox for her?": the other treatment was the subject not long ago, or has a date."""
    partner = next((t for t in reading.pair if t != named), "")
    recent = memory.topics[:NOT_LONG_AGO]
    dated = any(treatment == partner for treatment, _ in memory.times)
    return dated or any(in_timing_family(topic) or is_about(topic, (partner,)) for topic in recent)


def _enough(topic: Topic, evidence: Evidence, memory: Memory) -> float:
    """How sure the classifier has to be: less where a treatment is named, more where nothing ties it to our subject."""
    reading = evidence.reading
    if reading.covered:
        return UNDERSTOOD_WITH_TREATMENT_FROM
    if evidence.similarity < SEEN_FROM:
        return NEVER
    if reading.near_our_subject or (reading.has("how_long") and reading.has("between", "both")):
        return UNDERSTOOD_NEAR_OUR_SUBJECT_FROM
    ours = in_timing_family(topic) or is_about(topic, reading.pair) or topic == "what_to_ask_professional"
    if topic == "date_check" and not memory.topic and not reading.has("both"):
        return CLEAR_FROM  # anybody's dates may be meant
    return (
        UNDERSTOOD_WITHOUT_TREATMENT_FROM if ours and not memory.topic and not reading.has("both") else UNDERSTOOD_FROM
    )


def _spoils(topic: Topic, best: Guess, reading: Reading) -> bool:
    """Another treatment is named: nothing of the article carries over to it."""
    if is_about(topic, reading.covered) and best.confidence >= CLEAR_FROM and not reading.has("either"):
        return False  # "is a SkinPen a tattoo gun?" asks what a SkinPen is
    about = in_timing_family(topic) or is_about(topic, reading.pair) or topic in NOT_OURS - {"abuse", "injection"}
    return about or best.confidence < UNDERSTOOD_FROM


def _unclear(evidence: Evidence) -> TopicDecision:
    likely = tuple(g.topic for g in evidence.ranking if g.topic not in NOT_A_SECOND_QUESTION | {"smalltalk_greet"})[:3]
    nothing_ours = evidence.best.topic in ("off_topic", "gibberish")
    return (
        TopicDecision("fallback", "unclear", likely=likely, confidence=evidence.best.confidence)
        if not nothing_ours
        else TopicDecision(evidence.best.topic, "unclear_not_ours", confidence=evidence.best.confidence)
    )


def _sequenced(topic: Topic, evidence: Evidence, memory: Memory, both: bool) -> tuple[Topic, str]:
    """Pick among the sequencing topics by structure."""
    best, reading, ranking = evidence.best, evidence.reading, evidence.ranking
    timeline = reading.timeline
    explains = topic in ("why_timing", "combined_benefits") and best.confidence >= EXPLAINS_FROM
    if topic == "combined_benefits" and both and reading.direction.first and _second_is_sequencing(ranking):
        topic, explains = ranking[1].topic, False  # "is it better to do A and then B" asks about the order
    if reading.has("same_day") and _planned_once(reading) and both:
        return "same_day", "same_day"
    if timeline.gap == (0, 0) and reading.has("same_day"):
        return "same_day", "same_day"
    if reading.direction.asks_which and _only_vaguely_dated(timeline):
        return "order", "asks_which"
    if _dated(reading, both, topic) and not (explains and not timeline.times):
        return "date_check", "dates"
    asks_why = reading.has("why") and not reading.has("and_why")
    if asks_why and (is_wait(topic) or topic == "order") and not reading.direction.asks_which:
        return "why_timing", "asks_why"
    if explains and not (topic == "combined_benefits" and both and reading.direction.asks_which):
        return topic, "classifier"
    if _on_one_day(reading, topic, best, both):
        return "same_day", "same_day"
    if reading.direction.asks_which:
        return "order", "asks_which"
    return _asked(topic, best, reading, memory, both)


def _second_is_sequencing(ranking: Sequence[Guess]) -> bool:
    first, second = ranking[0], ranking[1] if len(ranking) > 1 else Guess("fallback", 0.0)
    return is_sequencing(second.topic) and second.confidence >= first.confidence * NEARLY


def _asked(topic: Topic, best: Guess, reading: Reading, memory: Memory, both: bool) -> tuple[Topic, str]:
    """Waiting or order, where no date, no single day and no choice is asked about."""
    if _asks_when_it_can_be(reading, memory):
        return "date_check", "when_after_known"
    if is_wait(topic) or (reading.has("how_long") and both):
        return _wait(topic, reading, memory)
    if topic == "order" and both and reading.direction.first and memory.topic and in_timing_family(memory.topic):
        return _wait(topic, reading, memory)  # the order was told already: what of this one?
    if reading.timeline.gap and topic in ("order", "date_check", "same_day"):
        return ("date_check", "gap") if topic == "date_check" else _wait(topic, reading, memory)
    if topic == "date_check" and not reading.times:
        return _undated(best, reading)
    stray = topic not in SEQUENCING or (topic == "same_day" and not reading.has("same_day"))
    if best.confidence < CLEAR_FROM and both and stray:
        return _rescued(topic, reading, memory)
    return topic, "classifier"


def _asks_when_it_can_be(reading: Reading, memory: Memory) -> bool:
    """As in "so when can I get the needling", where the day of the Botox was told before."""
    told, named = {treatment for treatment, _ in memory.times}, set(reading.covered)
    of_one = len(named) == 1 and told == set(reading.pair) - named
    return of_one and reading.has("how_long") and not reading.direction.first


def _only_vaguely_dated(timeline: Timeline) -> bool:
    """As in "both this winter, which first?": a season is no date to check."""
    days = [period.is_day for _, time in timeline.times for period in time.readings]
    return bool(days) and not any(days)


def _planned_once(reading: Reading) -> bool:
    """One day is named for both, and nothing was done yet."""
    done = any(status == "done" for _, status in reading.direction.status)
    return len(reading.timeline.times) == 1 and not done


def _on_one_day(reading: Reading, topic: Topic, best: Guess, both: bool) -> bool:
    """Both on one day: said so, or by the clock."""
    if reading.timeline.gap == (0, 0):
        return True
    said = reading.has("same_day") and len(reading.timeline.times) < 2 and topic != "date_check"
    return said and (both or topic == "same_day" or best.confidence < CLEAR_FROM)


def _dated(reading: Reading, both: bool, topic: Topic) -> bool:
    known = [t for t, time in reading.timeline.times if time.known]
    if not known:
        return False
    return both or topic == "date_check" or is_wait(topic) or len(known) > 1


def _wait(topic: Topic, reading: Reading, memory: Memory) -> tuple[Topic, str]:
    first = reading.direction.first
    if first is None and memory.first and memory.topic and in_timing_family(memory.topic) and not reading.covered:
        return f"wait_after_{memory.first}", "order_at_hand"
    if first is None and len(reading.covered) > 1:
        return f"wait_after_{reading.pair[0]}", "as_named"
    if first is None:
        return (
            (topic, "classifier") if is_wait(topic) else (f"wait_after_{memory.first or reading.pair[0]}", "how_long")
        )
    return f"wait_after_{first}", "direction"


def _undated(best: Guess, reading: Reading) -> tuple[Topic, str]:
    """A question on own dates that gives none: ask for the date of what was done; else it is a general question."""
    if reading.direction.status and any(s == "done" for _, s in reading.direction.status):
        return "date_check", "done_without_date"
    first = reading.direction.first
    return (f"wait_after_{first}", "direction") if first else ("date_check", "classifier")


def _rescued(topic: Topic, reading: Reading, memory: Memory) -> tuple[Topic, str]:
    """Two treatments in an order, whatever the classifier made of it."""
    told = bool(memory.topic and in_timing_family(memory.topic))
    if reading.direction.first and (reading.has("how_long") or told):
        return f"wait_after_{reading.direction.first}", "direction"
    return ("order", "direction") if reading.direction.first else (topic, "classifier")
