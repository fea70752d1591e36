"""What a message is about: safety first, then the conversation, then structure over the classifier's word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bot.consult.decision.settling import settle

from bot.consult.case.evidence import Evidence, Guess, ranking_of
from bot.consult.case.memory import Memory
from bot.consult.decision.types import TopicDecision
from bot.consult.reading.message import Reading
from bot.consult.safety.reading import Alarm, SafetyReading
from bot.consult.topics import in_timing_family, is_sequencing, is_wait

Read = Callable[..., Reading]
Settle = Callable[..., TopicDecision]
NEW = Memory()
AFTER_ORDER = Memory(turns=1, topic="order", sources=("optimal-sequence-1",), offered=True)
AFTER_WAIT = Memory(turns=1, topic="wait_after_botox", first="botox", sources=("optimal-sequence-3",))


@pytest.fixture
def settled(read: Read) -> Settle:
    """Settle a text with the classifier's ranking given as topic=confidence."""

    def decide(
        text: str,
        memory: Memory = NEW,
        parts: tuple[dict[str, float], ...] = (),
        safety: SafetyReading | None = None,
        **ranking: float,
    ) -> TopicDecision:
        reading = read(text, safety=safety)
        each = tuple(ranking_of(list(part.items())) for part in parts)
        return settle(Evidence(reading, ranking_of(list(ranking.items())), each), memory)

    return decide


@pytest.mark.parametrize(
    ("route", "topic"),
    [
        ("self_harm", "self_harm"),
        ("emergency_911", "emergency"),
        ("emergency_today", "emergency"),
        ("clinician_only", "clinician_only"),
        ("injection", "injection"),
        ("abuse", "abuse"),
        ("side_effect_mild", "side_effect_mild"),
    ],
)
def test_a_red_flag_decides_whatever_the_classifier_says(settled: Settle, route: str, topic: str) -> None:
    decided = settled("tox then needling?", safety=SafetyReading(route=route), order=0.99)  # type: ignore[arg-type]

    assert (decided.topic, decided.rule, decided.confidence) == (topic, "safety", 1.0)


@pytest.mark.parametrize("state", ["emergency_911", "emergency_today", "self_harm", "clinician_only"])
def test_a_red_flag_decides_whatever_the_conversation_was(settled: Settle, state: str) -> None:
    memory = Memory(topic="order", safe_state=state)  # type: ignore[arg-type]

    assert settled("x", memory, safety=SafetyReading(route="self_harm"), order=0.9).topic == "self_harm"


def test_an_ordinary_effect_is_only_a_hint_beside_a_clear_question(settled: Settle) -> None:
    hint = SafetyReading(route="side_effect_mild", hint=True)

    assert settled("is needling for redness?", safety=hint, microneedling_uses=0.9).topic == "microneedling_uses"
    assert settled("a bit red", safety=hint, microneedling_uses=0.3).topic == "side_effect_mild"


@pytest.mark.parametrize("state", ["emergency_911", "emergency_today"])
@pytest.mark.parametrize(
    "topic", ["order", "wait_after_botox", "date_check", "why_timing", "price", "botox_what", "fallback", "off_topic"]
)
def test_after_a_red_flag_questions_get_the_safety_line(settled: Settle, state: str, topic: str) -> None:
    memory = Memory(safe_state=state)  # type: ignore[arg-type]
    decided = settled("how long after tox can i needle", memory, **{topic: 0.9})

    assert (decided.topic, decided.follow_up) == ("emergency", "stay")


@pytest.mark.parametrize("topic", ["smalltalk_thanks", "smalltalk_bye", "consult", "location_hours", "bot_challenge"])
def test_after_a_red_flag_thanks_and_ways_to_a_person_stay_themselves(settled: Settle, topic: str) -> None:
    decided = settled("ok", Memory(safe_state="emergency_911"), **{topic: 0.9})

    assert (decided.topic, decided.follow_up) == (topic, None)


def test_after_distress_questions_get_the_line_that_keeps_safe(settled: Settle) -> None:
    decided = settled("tox or needling first?", Memory(safe_state="self_harm"), order=0.9)

    assert (decided.topic, decided.follow_up) == ("self_harm", "stay")


@pytest.mark.parametrize("topic", ["order", "wait_after_botox", "same_day", "date_check", "why_timing"])
def test_a_clinician_s_question_keeps_timing_with_the_clinician(settled: Settle, topic: str) -> None:
    decided = settled("how long between tox and needling", Memory(safe_state="clinician_only"), **{topic: 0.9})

    assert (decided.topic, decided.follow_up) == ("clinician_only", "stay")


def test_just_a_number_is_not_given_after_a_clinician_s_question(settled: Settle) -> None:
    memory = Memory(topic="clinician_only", safe_state="clinician_only")

    assert settled("just give me a number", memory, wait_after_botox=0.9).follow_up == "stay"


def test_other_questions_are_answered_after_a_clinician_s_question(settled: Settle) -> None:
    decided = settled("how much is botox", Memory(safe_state="clinician_only"), price=0.9)

    assert (decided.topic, decided.follow_up) == ("price", None)


def test_taking_it_back_welcomes_questions(settled: Settle) -> None:
    seen = SafetyReading(retraction="seen")
    decided = settled("i was seen, all fine", Memory(safe_state="emergency_911"), safety=seen, off_topic=0.3)

    assert (decided.topic, decided.follow_up) == ("help", "cleared")


def test_taking_it_back_with_a_question_answers_it(settled: Settle) -> None:
    seen = SafetyReading(retraction="seen")
    text = "i was seen, all fine. how long after tox until needling?"
    decided = settled(text, Memory(safe_state="emergency_911"), safety=seen, wait_after_botox=0.9)

    assert decided.topic == "wait_after_botox"


@pytest.mark.parametrize(
    ("text", "memory", "topic", "follow_up"),
    [
        ("why?", AFTER_ORDER, "why_timing", None),
        ("why?", Memory(topic="price"), "price", "repeat"),
        ("how long?", AFTER_ORDER, "wait_after_botox", None),
        ("how long?", Memory(topic="order", first="microneedling"), "wait_after_microneedling", None),
        ("how long?", Memory(topic="botox_onset"), "botox_duration", None),
        ("the other way round?", AFTER_WAIT, "wait_after_microneedling", None),
        ("and vice versa?", Memory(topic="order", first="microneedling"), "wait_after_botox", None),
        ("says who?", AFTER_WAIT, "wait_after_botox", "source"),
        ("yes please", AFTER_ORDER, "consult", None),
        ("no thanks", AFTER_ORDER, "smalltalk_thanks", None),
        ("tell me more", AFTER_WAIT, "wait_after_botox", "repeat"),
        ("just give me a number", AFTER_WAIT, "wait_after_botox", None),
    ],
)
def test_a_follow_up_takes_up_the_last_topic(
    settled: Settle, text: str, memory: Memory, topic: str, follow_up: str | None
) -> None:
    decided = settled(text, memory, gibberish=0.4)

    assert (decided.topic, decided.follow_up) == (topic, follow_up)


@pytest.mark.parametrize("text", ["how long?", "says who?", "yes please", "tell me more", "vice versa"])
def test_a_follow_up_without_anything_before_it_is_not_understood(settled: Settle, text: str) -> None:
    assert settled(text, order=0.2).rule == "unclear"


def test_a_date_that_was_asked_for_is_a_date_check(settled: Settle) -> None:
    memory = Memory(topic="date_check", awaiting="botox", first="botox")

    assert settled("nov 3", memory, gibberish=0.9).topic == "date_check"
    assert settled("nov 3", gibberish=0.9).topic == "gibberish"


@pytest.mark.parametrize(
    ("text", "topic"), [("and needling?", "microneedling_what"), ("what about skinpen", "microneedling_what")]
)
def test_naming_the_other_treatment_asks_the_same_of_it(settled: Settle, text: str, topic: str) -> None:
    decided = settled(text, Memory(topic="botox_what"), order=0.3, microneedling_what=0.2)

    assert decided.topic == topic


def test_naming_another_treatment_after_a_price_asks_for_its_price(settled: Settle) -> None:
    assert settled("and needling?", Memory(topic="price"), microneedling_what=0.4).topic == "price"


@pytest.mark.parametrize(
    ("text", "memory", "topic"),
    [
        ("sorry, needling first", AFTER_WAIT, "wait_after_microneedling"),
        ("i meant botox after needling", AFTER_WAIT, "wait_after_microneedling"),
        ("what if the order is reversed", AFTER_WAIT, "wait_after_microneedling"),
        ("3 weeks is fine right", AFTER_WAIT, "date_check"),
    ],
)
def test_a_correction_asks_the_same_again(settled: Settle, text: str, memory: Memory, topic: str) -> None:
    assert settled(text, memory, order=0.3).topic == topic


@pytest.mark.parametrize(
    ("text", "best", "topic"),
    [
        ("how long after tox can i needle", "wait_after_microneedling", "wait_after_botox"),
        ("how long after needling can i tox", "wait_after_botox", "wait_after_microneedling"),
        ("had tox nov 3, needling nov 12 ok?", "wait_after_botox", "date_check"),
        ("tox and needling the same day?", "order", "same_day"),
        ("tox or needling first?", "wait_after_botox", "order"),
        ("tox at noon and needling at 3?", "order", "same_day"),
    ],
)
def test_the_structure_overrules_the_classifier_among_the_timing_topics(
    settled: Settle, text: str, best: str, topic: str
) -> None:
    assert settled(text, **{best: 0.45}).topic == topic


@pytest.mark.parametrize("topic", ["order", "wait_after_botox", "same_day", "botox_duration", "combined_benefits"])
def test_nothing_of_the_article_carries_over_to_another_treatment(settled: Settle, topic: str) -> None:
    assert settled("how long between laser and morpheus8", **{topic: 0.9}).topic == "other_treatment"


def test_a_question_for_the_reasons_stays_one_whatever_order_it_names(settled: Settle) -> None:
    assert settled("why is tox before needling", why_timing=0.7).topic == "why_timing"


def test_a_why_asks_for_reasons_although_it_speaks_of_waiting(settled: Settle) -> None:
    assert settled("why do i have to wait after tox before needling", wait_after_botox=0.9).topic == "why_timing"
    assert settled("tox 10 days ago, why can't i needle", why_timing=0.3).topic == "date_check"


@pytest.mark.parametrize("topic", ["botox_what", "price", "aftercare", "smalltalk_greet", "help", "provider_choice"])
def test_a_clear_word_of_the_classifier_is_taken(settled: Settle, topic: str) -> None:
    assert settled("something", **{topic: 0.9}) == TopicDecision(topic, "classifier", confidence=0.9)


def test_a_doubtful_message_asks_with_the_likeliest_topics(settled: Settle) -> None:
    decided = settled("something", price=0.2, pain=0.15, smalltalk_greet=0.12, aftercare=0.1, order=0.05)

    assert (decided.topic, decided.likely) == ("fallback", ("price", "pain", "aftercare"))


@pytest.mark.parametrize(
    ("dismissed", "topic"), [((), "self_harm"), (("self_harm",), "pain"), (("emergency",), "self_harm")]
)
def test_the_classifier_takes_no_figure_of_speech_for_an_alarm(
    settled: Settle, dismissed: tuple[Alarm, ...], topic: str
) -> None:
    decided = settled("scared to death of it lol", safety=SafetyReading(dismissed=dismissed), self_harm=0.6, pain=0.3)

    assert decided.topic == topic


def test_a_classifier_that_is_sure_of_an_alarm_is_believed(settled: Settle) -> None:
    safety = SafetyReading(dismissed=("self_harm",))

    assert settled("scared to death, i want out", safety=safety, self_harm=0.9, pain=0.05).topic == "self_harm"


@pytest.mark.parametrize(("confidence", "topic"), [(0.12, "date_check"), (0.5, "clinician_only")])
def test_a_faint_guess_at_a_clinician_s_question_yields_to_timing(
    settled: Settle, confidence: float, topic: str
) -> None:
    decided = settled("my friend needled 7 days after tox", clinician_only=confidence, date_check=0.11)

    assert decided.topic == topic


def test_what_is_not_ours_is_not_asked_about(settled: Settle) -> None:
    assert settled("something", off_topic=0.2, price=0.1).topic == "off_topic"


def test_nothing_recognised_at_all_is_a_fallback(settled: Settle) -> None:
    assert settled("something").topic == "fallback"


def test_two_questions_are_both_answered_the_first_one_in_front(settled: Settle) -> None:
    parts = ({"price": 0.9}, {"botox_duration": 0.8})
    decided = settled("how much is botox? how long does it last?", parts=parts, botox_duration=0.6, price=0.4)

    assert (decided.topic, decided.more) == ("price", ("botox_duration",))


def test_a_greeting_beside_a_question_is_not_a_second_one(settled: Settle) -> None:
    parts = ({"smalltalk_greet": 0.9}, {"price": 0.9})

    assert settled("hello there! how much is it?", parts=parts, price=0.9).more == ()


def test_parts_of_one_timing_question_are_one_question(settled: Settle) -> None:
    parts = ({"wait_after_botox": 0.8}, {"date_check": 0.8})
    decided = settled("had tox nov 3. can i needle nov 12?", parts=parts, date_check=0.8)

    assert (decided.topic, decided.more) == ("date_check", ())


@pytest.mark.parametrize(
    ("topic", "wait", "sequencing", "family"),
    [
        ("wait_after_botox", True, True, True),
        ("order", False, True, True),
        ("same_day", False, True, True),
        ("date_check", False, True, True),
        ("why_timing", False, False, True),
        ("combined_benefits", False, False, True),
        ("botox_what", False, False, False),
    ],
)
def test_topics_of_timing_are_known_as_such(topic: str, wait: bool, sequencing: bool, family: bool) -> None:
    assert (is_wait(topic), is_sequencing(topic), in_timing_family(topic)) == (wait, sequencing, family)


def test_a_ranking_starts_with_the_surest() -> None:
    assert ranking_of([("a", 0.1), ("b", 0.7)]) == (Guess("b", 0.7), Guess("a", 0.1))


def test_a_date_by_which_a_lone_treatment_should_show_asks_for_its_onset(settled: Settle) -> None:
    text = "party on saturday, will tox from tomorrow kick in by then"

    assert settled(text, date_check=0.5, botox_onset=0.3).topic == "botox_onset"
    assert settled("tox tomorrow, when can i needle", date_check=0.5, botox_onset=0.3).topic == "date_check"


def test_a_habit_is_no_date_to_check(settled: Settle) -> None:
    text = "been getting tox for 3 years, would needling add anything"

    assert settled(text, date_check=0.5, combined_benefits=0.4).topic == "combined_benefits"


def test_conditions_denied_beside_two_dates_leave_the_dates(settled: Settle) -> None:
    guesses = {"clinician_only": 0.6, "date_check": 0.1}

    assert settled("not pregnant, no meds. tox nov 16, needling nov 28?", **guesses).topic == "date_check"
    assert settled("pregnant, tox nov 16, needling nov 28?", **guesses).topic == "clinician_only"


def test_how_long_one_treatment_lasted_is_no_wait(settled: Settle) -> None:
    guesses = {"date_check": 0.5, "wait_after_botox": 0.2, "botox_duration": 0.1}

    assert settled("my xeomin was gone after 9 weeks, is that early", **guesses).topic == "botox_duration"
    assert settled("my xeomin was gone after 9 weeks, needling ok?", **guesses).topic == "date_check"


def test_better_in_one_order_asks_about_the_order(settled: Settle) -> None:
    text = "is it better to needle and then do the tox"

    assert settled(text, combined_benefits=0.5, order=0.3).topic == "order"
    assert settled(text, combined_benefits=0.8, order=0.1).topic == "combined_benefits"


def test_no_pain_beside_a_question_on_the_order_is_no_question(settled: Settle) -> None:
    parts = ({"pain": 0.9}, {"order": 0.9})

    assert settled("no pain at all. which first, tox or needling?", parts=parts, order=0.6).topic == "order"


@pytest.mark.parametrize(
    ("whole", "parts", "topic"),
    [
        (0.3, ({"pain": 0.6},), "pain"),
        (0.6, ({"pain": 0.6},), "price"),
        (0.3, ({"pain": 0.4},), "price"),
        (0.3, ({"pain": 0.6}, {"off_topic": 0.9}), "pain"),
    ],
)
def test_the_one_question_of_a_long_tale_counts(
    settled: Settle, whole: float, parts: tuple[dict[str, float], ...], topic: str
) -> None:
    assert settled("my skin is dull and everybody raves. would it hurt", parts=parts, price=whole).topic == topic


@pytest.mark.parametrize(
    ("parts", "topic"),
    [
        (({"smalltalk_thanks": 0.9}, {"botox_what": 0.8}), "botox_what"),
        (({"smalltalk_thanks": 0.9}, {"smalltalk_bye": 0.8}), "smalltalk_thanks"),
        (({"smalltalk_thanks": 0.9}, {"off_topic": 0.8}), "smalltalk_thanks"),
    ],
)
def test_a_question_behind_a_thank_you_is_answered(
    settled: Settle, parts: tuple[dict[str, float], ...], topic: str
) -> None:
    assert settled("thanks so much, and what is it", parts=parts, smalltalk_thanks=0.5).topic == topic


@pytest.mark.parametrize(
    ("text", "similarity", "topic"),
    [
        ("the usual but not", 0.43, "fallback"),
        ("the usual but not", 0.45, "price"),
        ("the usual botox but not", 0.43, "price"),
    ],
)
def test_what_is_like_nothing_seen_and_names_no_treatment_is_not_answered(
    read: Read, text: str, similarity: float, topic: str
) -> None:
    assert settle(Evidence(read(text), (Guess("price", 0.4),), similarity=similarity), NEW).topic == topic
