"""Which response a timing question gets, with which values, from which passages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.consult.answers.parts import Answer, AnswerContext
from bot.consult.answers.timing import answer_timing, timing_of
from bot.consult.case.memory import Memory
from bot.knowledge.types import Knowledge

ContextFor = Callable[..., AnswerContext]
PAIR = ("botox", "microneedling")


def main(answer: Answer) -> tuple[str, dict[str, str]]:
    return answer.says[0].response, dict(answer.says[0].values)


@pytest.mark.parametrize(
    ("text", "topic", "response"),
    [
        ("which first, tox or needling", "order", "utter_order"),
        ("tox before needling?", "order", "utter_order_yes"),
        ("tox first then needling, is that ok", "order", "utter_order_leave"),
        ("tox last, correct?", "order", "utter_order_reversed_no"),
        ("needling before tox?", "order", "utter_order_reversed_no"),
        ("needling before tox", "order", "utter_order_reversed"),
        ("how long after tox til needling", "wait_after_botox", "utter_wait_interval"),
        ("how long after needling til tox", "wait_after_microneedling", "utter_wait_no_interval"),
        ("can i needle right after tox?", "wait_after_botox", "utter_wait_interval_leave"),
        ("do i have to wait 3 months after tox to needle?", "wait_after_botox", "utter_wait_interval_no"),
        ("is the wait 2 weeks after tox before needling?", "wait_after_botox", "utter_wait_interval_yes"),
        ("2 or 4 weeks between tox and needling?", "wait_after_botox", "utter_wait_interval"),
        ("is 3 months after tox too late to needle?", "wait_after_botox", "utter_wait_no_maximum"),
        ("both the same day?", "same_day", "utter_same_day"),
        ("needling first then tox the same day?", "same_day", "utter_same_day_reversed"),
        ("needling a week after tox?", "wait_after_botox", "utter_gap_too_soon_no"),
        ("is needling a week after tox too soon?", "wait_after_botox", "utter_gap_too_soon"),
        ("needling 14 days after tox?", "wait_after_botox", "utter_gap_exactly"),
        ("needling 3 weeks after tox?", "wait_after_botox", "utter_gap_past_minimum"),
        ("had tox nov 3, needling nov 12?", "date_check", "utter_date_too_soon_no"),
        ("had tox nov 3, needling nov 12", "date_check", "utter_date_too_soon"),
        ("had tox nov 3, needling nov 17?", "date_check", "utter_date_exactly"),
        ("had tox nov 8, can i needle?", "date_check", "utter_date_exactly_today"),
        ("had tox nov 12, when can i needle?", "date_check", "utter_date_earliest"),
        ("had tox nov 12, can i needle?", "date_check", "utter_date_too_soon_today"),
        ("had tox last week, needling today?", "date_check", "utter_date_too_soon_vague_no"),
        ("had tox nov 3, needling nov 20?", "date_check", "utter_date_past_minimum"),
        ("had tox nov 3, can i needle?", "date_check", "utter_date_past_minimum_today"),
        ("had tox in may, can i needle?", "date_check", "utter_date_past_minimum_vague"),
        ("tox on dec 9, when can i needle?", "date_check", "utter_date_earliest"),
        ("needling on dec 20, when should i get tox?", "date_check", "utter_date_latest"),
        ("had needling nov 3, tox nov 28?", "date_check", "utter_date_no_interval"),
        ("i had tox, needling tomorrow ok?", "date_check", "utter_date_ask"),
        ("are my dates ok?", "date_check", "utter_date_ask_order"),
        ("had tox nov 1 and a touch up nov 15, needling dec 20?", "date_check", "utter_date_ask_several"),
        ("had tox on feb 30, needling dec 20?", "date_check", "utter_date_ask_impossible"),
        ("botox on 02/03/2027, needling march 10 2027", "date_check", "utter_date_ask_ambiguous"),
        ("tox nov 22 and needling nov 22", "date_check", "utter_same_day"),
    ],
)
def test_a_question_gets_its_response(context: ContextFor, text: str, topic: str, response: str) -> None:
    assert main(answer_timing(context(text, topic), topic))[0] == response


@pytest.mark.parametrize(
    ("topic", "closing"),
    [
        ("order", "utter_close_article"),
        ("wait_after_botox", "utter_close_article"),
        ("wait_after_microneedling", "utter_close_decides"),
        ("same_day", "utter_close_decides"),
        ("date_check", "utter_close_article"),
    ],
)
def test_every_timing_answer_names_its_source_and_offers_a_person(
    context: ContextFor, topic: str, closing: str
) -> None:
    answer = answer_timing(context("tox, needling", topic), topic)
    close = answer.says[-1]

    assert (close.response, answer.handoff_offered, answer.topic) == (closing, True, topic)
    assert close.values["phone"] == "403-555-0100" and close.values["headings"].startswith("“")
    assert answer.sources


def test_the_passages_are_those_of_the_rule(context: ContextFor) -> None:
    def cited(text: str, topic: str) -> list[str]:
        return [source.id for source in answer_timing(context(text, topic), topic).sources]

    assert "optimal-sequence-3" in cited("how long after tox til needling", "wait_after_botox")
    assert cited("needling then tox?", "wait_after_microneedling")[0] == "optimal-sequence-4"


def test_every_quote_stands_in_its_passage(context: ContextFor, knowledge: Knowledge) -> None:
    for text in ("tox first?", "needling first?"):
        for source in answer_timing(context(text), "order").sources:
            assert source.quote in knowledge.passage(source.id).text


def test_the_dates_are_echoed_and_the_numbers_come_from_the_rule(context: ContextFor) -> None:
    _, values = main(answer_timing(context("had tox nov 3, needling nov 12?", "date_check"), "date_check"))

    assert values["lead_day"] == "Tue 3 Nov" and values["follow_day"] == "Thu 12 Nov"
    assert (values["days"], values["minimum"], values["earliest_day"]) == ("9 days", "two weeks", "Tue 17 Nov")


def with_interval(knowledge: Knowledge, days: int) -> Knowledge:
    rules = tuple(replace(r, interval_days=days) if r.interval_days else r for r in knowledge.rules)
    return replace(knowledge, rules=rules)


def test_another_interval_changes_the_number_the_dates_and_the_verdict(
    context: ContextFor, knowledge: Knowledge
) -> None:
    laid_out = context("had tox nov 3, needling nov 20?", "date_check", knowledge=with_interval(knowledge, 21))
    answer = answer_timing(laid_out, "date_check")
    response, values = main(answer)

    assert (response, values["minimum"], values["earliest_day"]) == (
        "utter_date_too_soon_no",
        "three weeks",
        "Tue 24 Nov",
    )
    assert answer.timing is not None
    assert (answer.timing.minimum_days, answer.timing.earliest) == (21, date(2026, 11, 24))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("needling before tox?", "order"),
        ("how long after needling til tox", "wait_after_microneedling"),
        ("had needling nov 3, tox nov 28?", "date_check"),
    ],
)
def test_microneedling_first_has_no_minimum_in_its_timing(context: ContextFor, text: str, topic: str) -> None:
    timing = answer_timing(context(text, topic), topic).timing

    assert timing is not None and (timing.first, timing.minimum_days) == ("microneedling", None)


@pytest.mark.parametrize("days", [14, 21])
@pytest.mark.parametrize("text", ["how long after needling til tox", "had needling, wait for tox?"])
def test_no_number_is_said_for_microneedling_first(
    context: ContextFor, knowledge: Knowledge, text: str, days: int
) -> None:
    laid_out = context(text, "wait_after_microneedling", knowledge=with_interval(knowledge, days))
    response, _ = main(answer_timing(laid_out, "wait_after_microneedling"))

    assert response == "utter_wait_no_interval"


def test_the_topic_gives_the_order_where_the_words_do_not(context: ContextFor) -> None:
    assert timing_of(context("how long?"), "wait_after_microneedling").first == "microneedling"
    assert timing_of(context("how long?"), "wait_after_botox").first == "botox"


def test_the_conversation_gives_the_order_where_the_message_does_not(context: ContextFor) -> None:
    memory = Memory(topic="date_check", first="microneedling")

    assert timing_of(context("is 3 weeks ok", memory=memory), "date_check").first == "microneedling"
    assert timing_of(context("the other way round", memory=memory), "date_check").first == "botox"


def test_asking_which_has_no_first(context: ContextFor) -> None:
    timing = timing_of(context("which first, tox or needling?"), "order")

    assert timing.first is None


def test_a_general_question_has_no_timing_where_no_order_is_known(context: ContextFor) -> None:
    assert answer_timing(context("whats the order"), "order").timing is None


def test_a_brand_gets_a_clause_and_the_treatment_s_own_name_none(context: ContextFor) -> None:
    branded = answer_timing(context("xeomin then needling?"), "order")
    plain = answer_timing(context("botox then needling?"), "order")

    assert [s.response for s in branded.says] == ["utter_order_yes", "utter_brand_note", "utter_close_article"]
    assert branded.says[1].values == {"brand": "xeomin", "treatment_name": "Botox"}
    assert [s.response for s in plain.says] == ["utter_order_yes", "utter_close_article"]


@pytest.mark.parametrize(
    ("text", "awaiting"),
    [
        ("i had tox, needling tomorrow ok?", "botox"),
        ("needling on dec 20, when should i get tox?", "botox"),
        ("had tox nov 1, needling is dec 2 i think, ok?", "microneedling"),
        ("had tox nov 3, needling nov 12?", None),
    ],
)
def test_the_treatment_whose_date_is_asked_for_is_awaited(context: ContextFor, text: str, awaiting: str | None) -> None:
    assert answer_timing(context(text, "date_check"), "date_check").awaiting == awaiting


def test_the_second_time_it_does_not_ask_again(context: ContextFor) -> None:
    memory = Memory(topic="date_check", awaiting="botox", asked_dates=1, first="botox")
    answer = answer_timing(context("i don't know", "date_check", memory=memory), "date_check")

    assert (main(answer)[0], answer.awaiting) == ("utter_date_unknown", None)


def test_the_same_day_is_too_soon_by_no_days(context: ContextFor) -> None:
    timing = timing_of(context("both on the same day?", "same_day"), "same_day")

    assert (timing.verdict, timing.days, timing.minimum_days) == ("too_soon", 0, 14)
    assert timing_of(context("needling then tox the same day?", "same_day"), "same_day").verdict == "no_interval"


@pytest.mark.parametrize("text", ["tox nov 3", "had tox, when can i needle", "is 10 days fine", "needling today"])
@pytest.mark.parametrize("topic", ["order", "wait_after_botox", "wait_after_microneedling", "same_day", "date_check"])
def test_every_value_that_an_answer_names_is_text(context: ContextFor, text: str, topic: str) -> None:
    for say in answer_timing(context(text, topic), topic).says:
        assert {type(value) for value in say.values.values()} <= {str}
