"""A whole turn: what is said, in which order, and what the conversation remembers of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.consult.answers.boundaries import answer_boundary
from bot.consult.answers.conversation import answer_small_talk
from bot.consult.answers.facts import answer_facts
from bot.consult.answers.kinds import AnswerKind, answer_topic
from bot.consult.answers.parts import AnswerContext
from bot.consult.answers.timing import answer_timing
from bot.consult.case.memory import Memory
from bot.consult.consultation import Reply, consult
from bot.consult.safety.state import SafeMemory

ContextFor = Callable[..., AnswerContext]
NOW = 1_000_000.0
CLEARED = {"clinician_only": "utter_cleared_clinician_only", "self_harm": "utter_cleared_self_harm"}


def responses(reply: Reply) -> list[str]:
    return [say.response for answer in reply.answers for say in answer.says]


def test_the_introduction_is_said_in_the_first_turn_only(context: ContextFor) -> None:
    first = consult(context("which first?"), NOW)
    second = consult(context("which first?", memory=first.conversation), NOW)

    assert first.introduction is not None and first.introduction.response == "utter_introduction"
    assert first.conversation.introduced and second.introduction is None


@pytest.mark.parametrize("topic", ["emergency", "self_harm"])
def test_a_safety_message_stands_alone_and_the_introduction_comes_after_it(context: ContextFor, topic: str) -> None:
    first = consult(context("my throat is closing", topic), NOW)
    second = consult(context("thanks", "smalltalk_thanks", memory=first.conversation), NOW)

    assert (first.introduction, responses(first)) == (None, ["utter_safety"])
    assert (first.answers[0].timing, first.answers[0].sources, first.answers[0].handoff_offered) == (None, (), False)
    assert second.introduction is not None


@pytest.mark.parametrize("topic", ["emergency", "self_harm"])
def test_the_line_that_keeps_safe_may_bring_the_introduction(context: ContextFor, topic: str) -> None:
    reply = consult(context("which first?", topic, memory=Memory(turns=1), follow_up="stay"), NOW)

    assert reply.introduction is not None and reply.conversation.introduced


def test_what_was_said_is_remembered_for_a_follow_up(context: ContextFor) -> None:
    memory = consult(context("needling before tox?", "order"), NOW).conversation

    assert (memory.turns, memory.topic, memory.first, memory.at) == (1, "order", "microneedling", NOW)
    assert memory.offered and memory.sources


def test_small_talk_leaves_the_topic_at_hand(context: ContextFor) -> None:
    memory = Memory(topic="order", first="botox", sources=("optimal-sequence-3",))
    memory = consult(context("thanks", "smalltalk_thanks", memory=memory), NOW).conversation

    assert (memory.topic, memory.first, memory.sources) == ("order", "botox", ("optimal-sequence-3",))


def test_a_date_is_asked_for_and_counted(context: ContextFor) -> None:
    first = consult(context("i had tox, needling tomorrow ok?", "date_check"), NOW)
    second = consult(context("no idea", "date_check", memory=first.conversation), NOW)

    assert (first.conversation.awaiting, first.conversation.asked_dates) == ("botox", 1)
    assert "utter_date_unknown" in responses(second)


def test_dates_of_two_turns_are_put_together(context: ContextFor) -> None:
    asked = consult(context("i had tox and needling is on nov 28, ok?", "date_check"), NOW)
    told = consult(context("it was nov 3", "date_check", memory=asked.conversation), NOW)
    timing = told.answers[0].timing

    assert timing is not None
    assert (timing.first, timing.verdict, timing.days) == ("botox", "past_minimum", 25)
    assert timing.date_of("botox") == date(2026, 11, 3) and timing.date_of("microneedling") == date(2026, 11, 28)


def test_a_question_of_another_kind_forgets_the_dates(context: ContextFor) -> None:
    dated = consult(context("had tox nov 3, needling nov 12?", "date_check"), NOW).conversation
    memory = consult(context("needling before tox?", "order", memory=dated), NOW).conversation

    assert dict(dated.times) and dict(memory.times) == {}


def test_two_questions_get_two_answers_and_the_first_is_remembered(context: ContextFor) -> None:
    reply = consult(context("price? and how long does it last", "price", more=("botox_duration",)), NOW)

    assert [answer.topic for answer in reply.answers] == ["price", "botox_duration"]
    assert reply.conversation.topic == "price"


@pytest.mark.parametrize(
    ("topic", "more", "closing"),
    [
        ("price", ("botox_duration",), "utter_close_article"),
        ("botox_duration", ("price",), "utter_close_article"),
        ("price", ("pain",), "utter_close"),
    ],
)
def test_two_answers_have_one_closing_at_the_end(
    context: ContextFor, topic: str, more: tuple[str, ...], closing: str
) -> None:
    reply = consult(context("x", topic, more=more), NOW)
    said = [say for answer in reply.answers for say in answer.says]

    assert [say.response for say in said if say.closing] == [said[-1].response] == [closing]


def test_the_one_closing_names_the_sources_of_all_answers(context: ContextFor) -> None:
    reply = consult(context("x", "botox_duration", more=("microneedling_what",)), NOW)

    assert reply.answers[-1].says[-1].values["headings"] == "“Botox: The Basics”, “Microneedling: How It Works”"
    assert [bool(answer.sources) for answer in reply.answers] == [True, True]


@pytest.mark.parametrize("topic", ["fallback", "gibberish"])
def test_turns_that_were_not_understood_are_counted_in_a_row(context: ContextFor, topic: str) -> None:
    first = consult(context("x", topic, likely=("price",)), NOW).conversation
    second = consult(context("x", topic, memory=first, likely=("price",)), NOW).conversation
    understood = consult(context("hi", "smalltalk_greet", memory=second), NOW).conversation

    assert (first.not_understood, second.not_understood, understood.not_understood) == (1, 2, 0)


@pytest.mark.parametrize(
    ("text", "topic", "state"),
    [
        ("i can't breathe after my botox", "emergency", "emergency_911"),
        ("i want to kill myself", "self_harm", "self_harm"),
        ("i am pregnant, is botox ok", "clinician_only", "clinician_only"),
        ("which goes first", "order", None),
    ],
)
def test_a_red_flag_is_remembered(context: ContextFor, text: str, topic: str, state: str | None) -> None:
    assert consult(context(text, topic), NOW).conversation.safe.safe_state == state


@pytest.mark.parametrize(
    ("safe", "state"),
    [
        (SafeMemory("emergency_911"), "emergency_911"),
        (SafeMemory("emergency_today"), "emergency_today"),
        (SafeMemory("self_harm"), "self_harm"),
        (SafeMemory(facts=("pregnancy",)), "clinician_only"),
    ],
)
def test_the_safe_state_stays_until_it_is_taken_back(context: ContextFor, safe: SafeMemory, state: str) -> None:
    memory = Memory(safe=safe)
    stayed = consult(context("which first?", "emergency", memory=memory, follow_up="stay"), NOW)
    thanked = consult(context("thanks", "smalltalk_thanks", memory=memory), NOW)
    back = consult(context("it was a misunderstanding", "help", memory=memory, follow_up="cleared"), NOW)

    assert stayed.conversation.safe.safe_state == thanked.conversation.safe.safe_state == state
    assert (back.conversation.safe.safe_state, responses(back)) == (
        None,
        [CLEARED.get(state, "utter_cleared"), "utter_cleared_ask"],
    )


def test_a_clinician_s_question_does_not_soften_an_emergency(context: ContextFor) -> None:
    memory = Memory(safe=SafeMemory("emergency_911"))
    memory = consult(context("i'm pregnant", "clinician_only", memory=memory), NOW).conversation

    assert memory.safe.safe_state == "emergency_911"


def test_the_source_of_the_last_answer_is_quoted_word_for_word(context: ContextFor) -> None:
    memory = replace(Memory(), topic="order", sources=("optimal-sequence-3",))
    (answer,) = consult(context("says who", "order", memory=memory, rule="source"), NOW).answers
    quoted = context("x").knowledge.passage("optimal-sequence-3").text

    assert (answer.says[0].response, answer.says[0].values["quote"]) == ("utter_source_quote", quoted)
    assert [source.id for source in answer.sources] == ["optimal-sequence-3"]


def test_where_there_is_no_source_to_quote_the_question_is_answered(context: ContextFor) -> None:
    reply = consult(context("says who", "order", follow_up="source"), NOW)

    assert responses(reply)[0] == "utter_order"


def test_french_is_answered_as_english_is_with_the_values_in_french(context: ContextFor) -> None:
    text = "j'ai eu du botox il y a 10 jours, microneedling aujourd'hui?"
    (answer,) = consult(context(text, "date_check"), NOW).answers

    assert (answer.says[0].response, answer.handoff_offered) == ("utter_date_too_soon_no", True)
    assert (answer.says[0].values["lead_name"], answer.says[0].values["days"]) == ("le Botox", "10 jours")
    assert answer.timing is not None and (answer.timing.verdict, answer.timing.days) == ("too_soon", 10)


def test_french_red_flags_get_the_french_text(context: ContextFor) -> None:
    (answer,) = consult(context("je n'arrive plus à respirer depuis mon botox", "emergency"), NOW).answers

    assert answer.says[0].values["website_text"].startswith("Cela pourrait être grave")


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        ("order", answer_timing),
        ("wait_after_microneedling", answer_timing),
        ("botox_what", answer_facts),
        ("why_timing", answer_facts),
        ("price", answer_boundary),
        ("smalltalk_greet", answer_small_talk),
    ],
)
def test_a_second_question_is_answered_by_its_kind(context: ContextFor, topic: str, kind: AnswerKind) -> None:
    assert answer_topic(context("x", topic), topic) == kind(context("x", topic), topic)


def test_a_treatment_just_done_is_remembered(context: ContextFor) -> None:
    done = consult(context("i had tox yesterday", "date_check"), NOW).conversation

    assert done.treatment_done
    assert not consult(context("what is tox", "botox_what"), NOW).conversation.treatment_done
    assert consult(context("thanks", "smalltalk_thanks", memory=done), NOW).conversation.treatment_done
