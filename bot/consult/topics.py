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
COURTESIES = frozenset({"smalltalk_greet", "smalltalk_thanks", "smalltalk_bye"})
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
CLINICIAN_FROM = 0.2
"""Below this confidence the classifier's guess at a clinician's question yields to one on timing that is as likely."""
SURE_FROM = 0.85
"""From this confidence on, even an order word means something else."""
NOT_LONG_AGO = 3
"""So many topics back a short message may still refer to."""
FEW_WORDS, SHORT, NOT_LONG = 5, 12, 16
"""The most words of a bare figure, of a message that leans on an earlier turn, of one that names its subject again."""
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
    """How an earlier answer is taken up again: ``source``, ``repeat``, ``stay``, ``cleared``, ``clearance``,
    ``earliest``, ``moved``, ``which_counts``."""
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
    for rule in (_awaited_date, _moved, _follow_up, _push, _return, _in_its_place, _back_again, _ellipsis, _correction):
        if settled := rule(evidence, talk):
            return settled
    settled = _with_more(_structural(evidence, talk), evidence)
    return _asks_whether_they_may(settled, evidence, talk) or settled


# Conversation: a message that only an earlier turn explains.
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


def _asks_whether_they_may(settled: Settled, evidence: Evidence, talk: Conversation) -> Settled | None:
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
    if _timing_topic(talk) and not (talk.topic and _is_about(talk.topic, evidence.reading.pair)):
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


# Structure: what the words' order says where the classifier cannot see it.
def _structural(evidence: Evidence, talk: Conversation) -> Settled:
    evidence = _without_faint_caution(_without_faint_alarms(_with_names_known(evidence)))
    evidence = _without_fading(_without_habits(_without_denied(_with_its_question(evidence))))
    best, reading = evidence.best, evidence.reading
    topic = best.topic
    both = len(reading.covered) >= 2 or (len(reading.covered) == 1 and reading.has("other_one", "both"))
    if reading.uncovered and _spoils(topic, best, reading):
        return Settled("other_treatment", "names_other_treatment", confidence=best.confidence)
    topic = _with_partner(_of_the_one_at_hand(topic, evidence, talk), evidence, talk)
    enough = _enough(topic, reading, talk)
    asked = _parts_asked(evidence)
    two = [t for t in asked if not is_sequencing(t)]
    if reading.has("which") and reading.covered and best.confidence < SURE_FROM and not reading.timeline.says_when:
        return Settled("order", "asks_which", confidence=best.confidence)
    if len(reading.covered) == 1 and reading.has("between") and _named_twice(reading):
        return Settled("number_of_sessions", "between_sessions", confidence=best.confidence)
    if (
        len(two) > 1
        and two == asked
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


def _of_the_one_at_hand(topic: Topic, evidence: Evidence, talk: Conversation) -> Topic:
    """As in "what else does it do?": where none is named, the treatment last spoken of is meant."""
    reading, one = evidence.reading, (talk.topic or "").partition("_")[0]
    named, _, aspect = topic.partition("_")
    if reading.mentions or one not in reading.pair or named not in reading.pair or one == named:
        return topic
    twin = f"{one}_{aspect}"
    return twin if any(guess.topic == twin for guess in evidence.ranking) else topic


def _named_twice(reading: Reading) -> bool:
    """Between a treatment and itself lie sessions."""
    return sum(m.covered for m in reading.mentions) > 1


def _without_faint_alarms(evidence: Evidence) -> Evidence:
    """The safety layer found nothing and the classifier only has an inkling: look at its next guesses."""
    best = evidence.best
    # A figure of speech or a denial, seen as such by the layer, looks like an alarm to the classifier.
    enough = SURE_FROM if best.topic in evidence.reading.safety.dismissed else ALARM_FROM
    if best.topic not in ("emergency", "self_harm") or best.confidence >= enough:
        return evidence
    return replace(evidence, ranking=tuple(g for g in evidence.ranking if g.topic not in ("emergency", "self_harm")))


def _without_faint_caution(evidence: Evidence) -> Evidence:
    """No condition was read and the classifier hardly sees one: a question on timing comes before the clinician."""
    best = evidence.best
    if best.topic != "clinician_only" or best.confidence >= CLINICIAN_FROM or not evidence.reading.covered:
        return evidence
    if not _nearly_sequencing(evidence):
        return evidence
    return replace(evidence, ranking=tuple(g for g in evidence.ranking if g.topic != "clinician_only"))


def _without_denied(evidence: Evidence) -> Evidence:
    """As in "no meds, not pregnant. Tox Nov 16, needling Nov 28?": nothing to decide but the dates of both."""
    reading = evidence.reading
    dated = len([t for t, time in reading.timeline.times if time.known]) > 1
    if not (dated and reading.has("negation")) or reading.safety.route or evidence.best.topic != "clinician_only":
        return evidence
    return replace(evidence, ranking=tuple(g for g in evidence.ranking if g.topic != "clinician_only"))


def _with_its_question(evidence: Evidence) -> Evidence:
    """A long tale is like no example, its one question may be: then the question counts."""
    asked = [part[0] for part in evidence.parts if part and part[0].confidence >= PART_FROM]
    asked = [guess for guess in asked if guess.topic not in NOT_A_SECOND_QUESTION]
    if len({guess.topic for guess in asked}) != 1 or evidence.best.confidence >= min(CLEAR_FROM, asked[0].confidence):
        return evidence
    others = tuple(guess for guess in evidence.ranking if guess.topic != asked[0].topic)
    return replace(evidence, ranking=(asked[0], *others))


def _without_habits(evidence: Evidence) -> Evidence:
    """As in "been getting tox for 3 years, is needling worth it": no date is told that could be checked."""
    reading = evidence.reading
    if not (reading.has("habit") and reading.times) or reading.timeline.says_when:
        return evidence
    return replace(evidence, ranking=tuple(g for g in evidence.ranking if g.topic != "date_check"))


def _without_fading(evidence: Evidence) -> Evidence:
    """As in "gone after 9 weeks, is that early": how long one treatment lasted is no wait for another."""
    reading = evidence.reading
    alone = len(reading.covered) == 1 and not reading.has("both", "other_one")
    if not (alone and reading.has("wears_off")) or evidence.best.topic != "date_check":
        return evidence
    return replace(evidence, ranking=tuple(g for g in evidence.ranking if not in_timing_family(g.topic)))


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
    if reading.near_our_subject or (reading.has("how_long") and reading.has("between", "both")):
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
    asks_why = reading.has("why") and not reading.has("and_why")
    if asks_why and (is_wait(topic) or topic == "order") and not reading.direction.asks_which:
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
    if settled.topic in COURTESIES and (beside := [t for t in asked if t not in NOT_A_SECOND_QUESTION]):
        return replace(settled, topic=beside[0], more=tuple(beside[1:3]), rule=f"{settled.rule}+parts")
    if is_sequencing(settled.topic) and evidence.reading.has("and_why"):
        return replace(settled, more=("why_timing",), rule=f"{settled.rule}+why")
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
    """The topics that the parts of a message ask about clearly, each once; a courtesy only where it is all there is."""
    clear = [part[0].topic for part in evidence.parts if part and part[0].confidence >= PART_FROM]
    return list(dict.fromkeys(topic for topic in clear if topic not in COURTESIES)) or list(dict.fromkeys(clear))


def _same_kind(one: Topic, other: Topic) -> bool:
    """Parts lose what the whole shows: any sequencing topic of a part means the whole's sequencing topic."""
    return is_sequencing(one) and is_sequencing(other)


def ranking_of(pairs: Sequence[tuple[str, float]]) -> tuple[Guess, ...]:
    """Build a ranking from (topic, confidence) pairs, best first."""
    return tuple(Guess(topic, confidence) for topic, confidence in sorted(pairs, key=lambda p: -p[1]))
