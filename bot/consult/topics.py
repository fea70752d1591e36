"""What a message is about: the classifier's word, corrected by structure, conversation and, above all, safety.

Every rule below names itself, so that staff can see which one decided (``tandem explain``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.consult.conversation import Conversation
from bot.consult.reading import Reading
from bot.consult.types import TreatmentId

Topic = str

SEQUENCING = frozenset({"order", "same_day", "date_check"})
TIMING_FAMILY = SEQUENCING | {"why_timing", "combined_benefits"}
NOT_OURS = frozenset({"abuse", "off_topic", "gibberish", "injection", "fallback"})
SMALL_TALK = frozenset({"smalltalk_greet", "smalltalk_thanks", "smalltalk_bye", "bot_challenge", "help"})
FINE_AFTER_RED_FLAG = SMALL_TALK | {"consult", "location_hours", "emergency", "self_harm"}
NOT_A_SECOND_QUESTION = SMALL_TALK | NOT_OURS | {"emergency", "self_harm", "clinician_only", "consult"}
ROUTES: dict[str, Topic] = {
    "self_harm": "self_harm",
    "emergency_911": "emergency",
    "emergency_today": "emergency",
    "clinician_only": "clinician_only",
    "side_effect_mild": "side_effect_mild",
    "injection": "injection",
    "abuse": "abuse",
}

UNDERSTOOD_FROM = 0.26
"""Below this confidence the bot asks which topic was meant. Chosen, as the next two, by ``make score``."""
UNDERSTOOD_WITH_TREATMENT_FROM = 0.1
"""The same for a message that names a covered treatment: it is about our subject, only oddly put."""
UNDERSTOOD_NEAR_OUR_SUBJECT_FROM = 0.17
"""The same for a message with a word that goes with a covered treatment ("forehead", "frown")."""
UNDERSTOOD_WITHOUT_TREATMENT_FROM = 0.46
"""The same for an article topic in a message that names none and follows nothing: it may be about anything."""
CLEAR_FROM = 0.55
"""From this confidence on, structure alone does not overrule the classifier."""
NEARLY = 0.4
"""A runner-up with this share of the first one's confidence may stand in for it where the structure speaks for it."""
EXPLAINS_FROM = 0.4
"""From this confidence on a question for reasons or benefits stays one, whatever order it names."""
ALARM_FROM = 0.4
"""From this confidence on the classifier alone raises an alarm that the safety layer did not."""
SURE_FROM = 0.85
"""From this confidence on, even an order word means something else."""
PART_FROM = 0.5
"""A part of a message asks a question of its own from this confidence on."""


@dataclass(frozen=True)
class Guess:
    """One topic of the classifier's ranking, with its confidence from 0 to 1."""

    topic: Topic
    confidence: float


@dataclass(frozen=True)
class Settled:
    """The topic of a message, and how it came about."""

    topic: Topic
    rule: str
    more: tuple[Topic, ...] = ()
    """Further questions in the same message, to be answered as well."""
    likely: tuple[Topic, ...] = ()
    """The likeliest topics, for a clarification."""
    follow_up: str | None = None
    """How an earlier answer is taken up again: ``source``, ``repeat``, ``stay``, ``cleared``."""
    confidence: float = 0.0


@dataclass(frozen=True)
class Evidence:
    """All that decides on a topic."""

    reading: Reading
    ranking: tuple[Guess, ...]
    parts: tuple[tuple[Guess, ...], ...] = ()
    """The rankings of the message's parts, where it has several."""

    @property
    def best(self) -> Guess:
        """The classifier's first choice."""
        return self.ranking[0] if self.ranking else Guess("fallback", 0.0)


def is_wait(topic: Topic) -> bool:
    """Tell whether a topic asks for the wait after one treatment."""
    return topic.startswith("wait_after_")


def is_sequencing(topic: Topic) -> bool:
    """Tell whether a topic is answered by the sequencing rules: order, waiting, the same day, own dates."""
    return topic in SEQUENCING or is_wait(topic)


def in_timing_family(topic: Topic) -> bool:
    """Tell whether a topic is about order, waiting, dates or the reasons for them."""
    return topic in TIMING_FAMILY or is_wait(topic)


def settle(evidence: Evidence, talk: Conversation) -> Settled:
    """Decide what a message is about.

    Args:
        evidence: What was read in the message and what the classifier says.
        talk: The conversation so far.
    """
    cleared = bool(talk.safe_state and evidence.reading.safety.retraction)
    binding = _safety(evidence.reading)
    if binding:
        return binding
    settled = _ordinary(evidence, talk)
    if talk.safe_state == "clinician_only" and _wants_a_number(settled, evidence.reading) and not cleared:
        return Settled("clinician_only", "stays_with_clinician", follow_up="stay")
    if cleared:
        return _cleared(settled, evidence)
    return _kept_safe(settled, talk)


def _safety(reading: Reading) -> Settled | None:
    if reading.safety.route and reading.safety.binding:
        return Settled(ROUTES[reading.safety.route], "safety", confidence=1.0)
    return None


def _cleared(settled: Settled, evidence: Evidence) -> Settled:
    """The safe state was taken back: answer a question that came with it, else say that questions are welcome."""
    asks = evidence.best.confidence >= CLEAR_FROM and (in_timing_family(settled.topic) or "?" in settled.topic)
    if asks or (
        evidence.reading.mentions
        and evidence.reading.has("how_long", "which", "planned")
        and in_timing_family(settled.topic)
    ):
        return settled
    return Settled("help", "cleared", follow_up="cleared")


def _kept_safe(settled: Settled, talk: Conversation) -> Settled:
    """After a red flag there are no timing answers, and after a clinician's question no number."""
    if talk.safe_state in ("emergency_911", "emergency_today") and settled.topic not in FINE_AFTER_RED_FLAG:
        return Settled("emergency", "stays_safe", follow_up="stay")
    if talk.safe_state == "self_harm" and settled.topic not in FINE_AFTER_RED_FLAG:
        return Settled("self_harm", "stays_safe", follow_up="stay")
    if talk.safe_state == "clinician_only" and (settled.topic == "why_timing" or is_sequencing(settled.topic)):
        return Settled("clinician_only", "stays_with_clinician", follow_up="stay")
    return settled


def _wants_a_number(settled: Settled, reading: Reading) -> bool:
    """Asks for a time, or cannot be understood as anything else: no number while a clinician has to decide."""
    return settled.topic == "fallback" or (
        reading.has("how_long") and settled.topic in ("aftercare", "number_of_sessions")
    )


def _ordinary(evidence: Evidence, talk: Conversation) -> Settled:
    for rule in (_awaited_date, _follow_up, _ellipsis, _correction):
        if settled := rule(evidence, talk):
            return settled
    return _with_more(_structural(evidence, talk), evidence)


# Conversation: a message that only an earlier turn explains.
def _awaited_date(evidence: Evidence, talk: Conversation) -> Settled | None:
    reading = evidence.reading
    dated = bool(reading.timeline.loose or reading.timeline.times)
    ours = in_timing_family(evidence.best.topic) or evidence.best.confidence < CLEAR_FROM or reading.words <= 8
    return Settled("date_check", "awaited_date") if talk.awaiting and dated and ours and not reading.uncovered else None


def _follow_up(evidence: Evidence, talk: Conversation) -> Settled | None:
    kind = evidence.reading.follow_up
    answer = _FOLLOW_UPS.get(kind or "")
    return answer(evidence, talk) if answer else None


def _why(evidence: Evidence, talk: Conversation) -> Settled | None:
    if talk.topic and in_timing_family(talk.topic):
        return Settled("why_timing", "follow_up_why")
    return Settled(talk.topic, "follow_up_why", follow_up="repeat") if talk.topic else None


def _how_long(evidence: Evidence, talk: Conversation) -> Settled | None:
    if talk.topic and in_timing_family(talk.topic):
        return Settled(f"wait_after_{talk.first or evidence.reading.pair[0]}", "follow_up_how_long")
    if talk.topic and talk.topic.startswith("botox_"):
        return Settled("botox_duration", "follow_up_how_long")
    return None


def _source(evidence: Evidence, talk: Conversation) -> Settled | None:
    return Settled(talk.topic, "follow_up_source", follow_up="source") if talk.topic and talk.sources else None


def _flip(evidence: Evidence, talk: Conversation) -> Settled | None:
    if not (talk.topic and in_timing_family(talk.topic)):
        return None
    first = _flipped(evidence, talk)
    if talk.topic == "date_check" and talk.times:
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
    if not talk.topic or len(reading.covered) != 1 or reading.words > 4 or reading.uncovered:
        return None
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


def _correction(evidence: Evidence, talk: Conversation) -> Settled | None:
    """As in "sorry, needling first": the same question in the other order; "3 days is fine?": the same order, a gap."""
    reading = evidence.reading
    if not (talk.topic and in_timing_family(talk.topic)) or reading.words >= 15 or reading.uncovered:
        return None
    if evidence.best.confidence >= CLEAR_FROM and not in_timing_family(evidence.best.topic):
        return None
    if reading.direction.flips:
        return _flip(evidence, talk)
    if reading.has("hearsay") and not any(t.kind == "point" for t in reading.times):
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


def _bare_length(reading: Reading) -> bool:
    return any(t.kind == "length" for t in reading.times)


# Structure: what the words' order says where the classifier cannot see it.
def _structural(evidence: Evidence, talk: Conversation) -> Settled:
    evidence = _without_habits(_without_denied(_without_faint_alarms(_with_names_known(evidence))))
    best, reading = evidence.best, evidence.reading
    topic = best.topic
    both = len(reading.covered) >= 2 or (len(reading.covered) == 1 and reading.has("other_one", "both"))
    if reading.uncovered and _spoils(topic, best, reading):
        return Settled("other_treatment", "names_other_treatment", confidence=best.confidence)
    topic = _with_partner(topic, evidence, talk)
    enough = _enough(topic, reading, talk)
    two = [t for t in _parts_asked(evidence) if not is_sequencing(t)]
    if reading.has("which") and reading.covered and best.confidence < SURE_FROM and not reading.timeline.says_when:
        return Settled("order", "asks_which", confidence=best.confidence)
    if len(reading.covered) == 1 and reading.has("between") and _named_twice(reading):
        return Settled("number_of_sessions", "between_sessions", confidence=best.confidence)
    if (
        len(two) > 1
        and two == _parts_asked(evidence)
        and not _dated(reading, both, topic)
        and not (both and reading.direction.first and reading.has("how_long"))
        and best.confidence < CLEAR_FROM
    ):
        return Settled(two[0], "parts", confidence=best.confidence)
    if in_timing_family(topic) or (both and best.confidence < CLEAR_FROM and _nearly_sequencing(evidence)):
        topic, rule = _sequenced(topic, evidence, talk, both)
        if rule != "classifier" or best.confidence >= enough:
            return Settled(topic, rule, confidence=best.confidence)
    if reading.safety.route == "side_effect_mild" and best.confidence < CLEAR_FROM:
        return Settled("side_effect_mild", "safety_hint", confidence=best.confidence)
    if best.confidence < enough:
        return Settled("date_check", "still_awaited") if talk.awaiting else _unclear(evidence)
    return Settled(topic, "classifier", confidence=best.confidence)


def _named_twice(reading: Reading) -> bool:
    """Between a treatment and itself lie sessions."""
    return sum(m.covered for m in reading.mentions) > 1


def _without_faint_alarms(evidence: Evidence) -> Evidence:
    """The safety layer found nothing and the classifier only has an inkling: look at its next guesses."""
    if evidence.best.topic not in ("emergency", "self_harm") or evidence.best.confidence >= ALARM_FROM:
        return evidence
    return replace(evidence, ranking=tuple(g for g in evidence.ranking if g.topic not in ("emergency", "self_harm")))


def _without_denied(evidence: Evidence) -> Evidence:
    """As in "no meds, not pregnant. Tox Nov 16, needling Nov 28?": nothing to decide but the dates of both."""
    reading = evidence.reading
    dated = len([t for t, time in reading.timeline.times if time.known]) > 1
    if not (dated and reading.has("negation")) or reading.safety.route or evidence.best.topic != "clinician_only":
        return evidence
    return replace(evidence, ranking=tuple(g for g in evidence.ranking if g.topic != "clinician_only"))


def _without_habits(evidence: Evidence) -> Evidence:
    """As in "been getting tox for 3 years, is needling worth it": no date is told that could be checked."""
    reading = evidence.reading
    if not (reading.has("habit") and reading.times) or reading.timeline.says_when:
        return evidence
    return replace(evidence, ranking=tuple(g for g in evidence.ranking if g.topic != "date_check"))


def _nearly_sequencing(evidence: Evidence) -> bool:
    """Some topic on timing is nearly as likely as the first guess, or the words ask how long in an order."""
    if evidence.reading.direction.first and evidence.reading.has("how_long"):
        return True
    timing = max((g.confidence for g in evidence.ranking if in_timing_family(g.topic)), default=0.0)
    return timing >= evidence.best.confidence * NEARLY


def _with_partner(topic: Topic, evidence: Evidence, talk: Conversation) -> Topic:
    """A question on waiting or order needs two treatments; "how long after Botox can I lie down" has only one."""
    reading = evidence.reading
    alone = (
        len(reading.covered) == 1
        and not reading.has("both", "other_one", "flip")
        and not (talk.topic and in_timing_family(talk.topic))
    )
    if alone and topic == "date_check" and reading.has("effect"):
        onset = f"{reading.covered[0]}_onset"  # "gala on Saturday, tox tomorrow, will it show by then": no order
        return onset if any(g.topic == onset for g in evidence.ranking) else topic
    if not (alone and (is_wait(topic) or topic == "order") and not reading.times):
        return topic
    other = next((g for g in evidence.ranking if not in_timing_family(g.topic)), evidence.best)
    return other.topic if other.confidence >= evidence.best.confidence * NEARLY else topic


def _with_names_known(evidence: Evidence) -> Evidence:
    """Two treatments that the knowledge covers, and no other: whatever is asked, it is not another treatment."""
    if len(evidence.reading.covered) < 2 or evidence.reading.uncovered:
        return evidence
    return replace(evidence, ranking=tuple(g for g in evidence.ranking if g.topic != "other_treatment"))


def _is_about(topic: Topic, treatments: Sequence[TreatmentId]) -> bool:
    """Tell whether a topic is of one of these treatments; such topics start with the treatment's id."""
    return any(topic.startswith(f"{treatment}_") for treatment in treatments)


def _enough(topic: Topic, reading: Reading, talk: Conversation) -> float:
    """How sure the classifier has to be: less where a treatment is named, more where nothing ties it to our subject."""
    if reading.covered:
        return UNDERSTOOD_WITH_TREATMENT_FROM
    if reading.near_our_subject:
        return UNDERSTOOD_NEAR_OUR_SUBJECT_FROM
    ours = in_timing_family(topic) or _is_about(topic, reading.pair) or topic == "what_to_ask_professional"
    if topic == "date_check" and not talk.topic and not reading.has("both"):
        return CLEAR_FROM  # anybody's dates may be meant
    return UNDERSTOOD_WITHOUT_TREATMENT_FROM if ours and not talk.topic and not reading.has("both") else UNDERSTOOD_FROM


def _spoils(topic: Topic, best: Guess, reading: Reading) -> bool:
    """Another treatment is named: nothing of the article carries over to it."""
    if _is_about(topic, reading.covered) and best.confidence >= CLEAR_FROM and not reading.has("either"):
        return False  # "is a SkinPen a tattoo gun?" asks what a SkinPen is
    about = in_timing_family(topic) or _is_about(topic, reading.pair) or topic in NOT_OURS - {"abuse", "injection"}
    return about or best.confidence < UNDERSTOOD_FROM


def _unclear(evidence: Evidence) -> Settled:
    likely = tuple(g.topic for g in evidence.ranking if g.topic not in NOT_A_SECOND_QUESTION | {"smalltalk_greet"})[:3]
    nothing_ours = evidence.best.topic in ("off_topic", "gibberish")
    return (
        Settled("fallback", "unclear", likely=likely, confidence=evidence.best.confidence)
        if not nothing_ours
        else Settled(evidence.best.topic, "unclear_not_ours", confidence=evidence.best.confidence)
    )


def _sequenced(topic: Topic, evidence: Evidence, talk: Conversation, both: bool) -> tuple[Topic, str]:
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
    if _dated(reading, both, topic) and not (explains and not timeline.times):
        return "date_check", "dates"
    if reading.has("why") and (is_wait(topic) or topic == "order") and not reading.direction.asks_which:
        return "why_timing", "asks_why"
    if explains and not (topic == "combined_benefits" and both and reading.direction.asks_which):
        return topic, "classifier"
    if _on_one_day(reading, topic, best, both):
        return "same_day", "same_day"
    if reading.direction.asks_which:
        return "order", "asks_which"
    return _asked(topic, best, reading, talk, both)


def _second_is_sequencing(ranking: Sequence[Guess]) -> bool:
    first, second = ranking[0], ranking[1] if len(ranking) > 1 else Guess("fallback", 0.0)
    return is_sequencing(second.topic) and second.confidence >= first.confidence * NEARLY


def _asked(topic: Topic, best: Guess, reading: Reading, talk: Conversation, both: bool) -> tuple[Topic, str]:
    """Waiting or order, where no date, no single day and no choice is asked about."""
    if is_wait(topic) or (reading.has("how_long") and both):
        return _wait(topic, reading, talk)
    if topic == "order" and both and reading.direction.first and talk.topic and in_timing_family(talk.topic):
        return _wait(topic, reading, talk)  # the order was told already: what of this one?
    if reading.timeline.gap and topic in ("order", "date_check", "same_day"):
        return ("date_check", "gap") if topic == "date_check" else _wait(topic, reading, talk)
    if topic == "date_check" and not reading.times:
        return _undated(best, reading)
    stray = topic not in SEQUENCING or (topic == "same_day" and not reading.has("same_day"))
    if best.confidence < CLEAR_FROM and both and stray:
        return _rescued(topic, reading, talk)
    return topic, "classifier"


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


def _wait(topic: Topic, reading: Reading, talk: Conversation) -> tuple[Topic, str]:
    first = reading.direction.first
    if first is None and talk.first and talk.topic and in_timing_family(talk.topic) and not reading.covered:
        return f"wait_after_{talk.first}", "order_at_hand"
    if first is None and len(reading.covered) > 1:
        return f"wait_after_{reading.pair[0]}", "as_named"
    if first is None:
        return (topic, "classifier") if is_wait(topic) else (f"wait_after_{talk.first or reading.pair[0]}", "how_long")
    return f"wait_after_{first}", "direction"


def _undated(best: Guess, reading: Reading) -> tuple[Topic, str]:
    """A question on own dates that gives none: ask for the date of what was done; else it is a general question."""
    if reading.direction.status and any(s == "done" for _, s in reading.direction.status):
        return "date_check", "done_without_date"
    first = reading.direction.first
    return (f"wait_after_{first}", "direction") if first else ("date_check", "classifier")


def _rescued(topic: Topic, reading: Reading, talk: Conversation) -> tuple[Topic, str]:
    """Two treatments in an order, whatever the classifier made of it."""
    told = bool(talk.topic and in_timing_family(talk.topic))
    if reading.direction.first and (reading.has("how_long") or told):
        return f"wait_after_{reading.direction.first}", "direction"
    return ("order", "direction") if reading.direction.first else (topic, "classifier")


# Two questions in one message.
def _with_more(settled: Settled, evidence: Evidence) -> Settled:
    """Add the other question of a message, and put the one asked first in front."""
    asked = _parts_asked(evidence)
    if is_sequencing(settled.topic):  # a healing face, a series done or "no pain" tells something; it is no question
        told = {"side_effect_mild", "number_of_sessions", *(("pain",) if evidence.reading.has("negation") else ())}
        asked = [topic for topic in asked if topic not in told or _asks_how_many(topic, evidence.reading)]
    if settled.rule in ("dates", "same_day"):  # telling a date is no question on the treatment's effect
        asked = [topic for topic in asked if not _is_about(topic, evidence.reading.pair)]
    if len(evidence.reading.covered) == 1 and _is_about(settled.topic, evidence.reading.covered):
        asked = [topic for topic in asked if topic != "date_check"]  # "Botox 3 days ago, when does it start?"
    asked = [settled.topic if _same_kind(topic, settled.topic) else topic for topic in dict.fromkeys(asked)]
    asked = [t for t in dict.fromkeys(asked) if t == settled.topic or t not in NOT_A_SECOND_QUESTION]
    if settled.topic not in asked or len(asked) < 2 or settled.topic in NOT_OURS | SMALL_TALK:
        return settled
    return replace(settled, topic=asked[0], more=tuple(asked[1:3]), rule=f"{settled.rule}+parts")


def _asks_how_many(topic: Topic, reading: Reading) -> bool:
    return topic == "number_of_sessions" and reading.has("how_many")


def _parts_asked(evidence: Evidence) -> list[Topic]:
    """The topics that the parts of a message ask about clearly, each once."""
    return list(dict.fromkeys(part[0].topic for part in evidence.parts if part and part[0].confidence >= PART_FROM))


def _same_kind(one: Topic, other: Topic) -> bool:
    """Parts lose what the whole shows: any sequencing topic of a part means the whole's sequencing topic."""
    return is_sequencing(one) and is_sequencing(other)


def ranking_of(pairs: Sequence[tuple[str, float]]) -> tuple[Guess, ...]:
    """Build a ranking from (topic, confidence) pairs, best first."""
    return tuple(Guess(topic, confidence) for topic, confidence in sorted(pairs, key=lambda p: -p[1]))
