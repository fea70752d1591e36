"""What is said to a date card, by arithmetic alone, and which answers offer one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.consult.answers.date_card import answer_card, with_card
from bot.consult.answers.parts import Answer, AnswerContext, ClinicFacts, Say
from bot.consult.case.case import Case
from bot.consult.case.memory import Memory
from bot.consult.decision.types import TopicDecision
from bot.consult.timeline.date_card import CARD, timeline_of
from bot.consult.timeline.verdict import Timing
from bot.knowledge.types import Knowledge

TODAY = date(2026, 11, 22)
CLINIC = ClinicFacts(name="Demo Clinic", phone="403-555-0100")


def day(text: str | None) -> date | None:
    return date.fromisoformat(f"2026-{text}") if text else None


def sent(knowledge: Knowledge, first: str | None, then: str | None, memory: Memory | None = None) -> AnswerContext:
    pair = knowledge.usual_pair
    days = timeline_of(dict(zip(pair, (day(first), day(then)), strict=True)))
    case = Case(pair=pair, told=days, known=days)
    return AnswerContext(TopicDecision("date_check", CARD), case, memory or Memory(), knowledge, CLINIC, TODAY)


@pytest.mark.parametrize(
    ("first", "then", "response", "told"),
    [
        ("11-12", "11-24", "utter_date_too_soon", ("botox", "too_soon", 12, "2026-11-26")),
        ("11-12", "11-26", "utter_date_exactly", ("botox", "past_minimum", 14, "2026-11-26")),
        ("11-12", "11-12", "utter_same_day", (None, "too_soon", 0, "2026-11-26")),
        ("11-12", None, "utter_date_earliest", ("botox", None, None, "2026-11-26")),
        ("10-01", None, "utter_date_earliest", ("botox", None, None, "2026-10-15")),
        ("12-09", None, "utter_date_earliest", ("botox", None, None, "2026-12-23")),
        (None, "12-24", "utter_date_latest", (None, "ask_date", None, None)),
        (None, "11-01", "utter_date_latest", (None, "ask_date", None, None)),
        (None, None, "utter_date_ask_card", (None, "ask_date", None, None)),
    ],
)
def test_a_card_is_answered_by_arithmetic(
    knowledge: Knowledge, first: str | None, then: str | None, response: str, told: tuple[object, ...]
) -> None:
    answer = answer_card(sent(knowledge, first, then))
    timing = answer.timing.as_json(knowledge.covered) if answer.timing else {}

    assert answer.says[0].response == response
    assert tuple(timing[name] for name in ("first", "verdict", "days", "earliest")) == told
    assert (timing["botox_date"], timing["microneedling_date"]) == tuple(
        f"2026-{d}" if d else None for d in (first, then)
    )
    assert (answer.topic, answer.handoff_offered, timing["minimum_days"]) == ("date_check", True, 14)
    assert answer.says[-1].closing and answer.sources


def test_the_other_way_round_there_is_no_interval(knowledge: Knowledge) -> None:
    answer = answer_card(sent(knowledge, "11-24", "11-12"))
    assert answer.says[0].response == "utter_date_no_interval"
    assert answer.timing and (answer.timing.first, answer.timing.verdict) == ("microneedling", "no_interval")


def test_the_last_day_that_the_rule_allows_is_named(knowledge: Knowledge) -> None:
    said = answer_card(sent(knowledge, None, "12-24")).says[0]
    assert (said.values["follow_day"], said.values["latest_day"]) == ("Thu 24 Dec", "Thu 10 Dec")


def test_an_empty_card_is_asked_about_again_and_then_a_person_is_named(knowledge: Knowledge) -> None:
    asked = [answer_card(sent(knowledge, None, None, Memory(asked_dates=count))) for count in (1, 2)]
    assert [answer.says[0].response for answer in asked] == ["utter_date_ask_card", "utter_date_unknown"]
    assert [answer.awaiting for answer in asked] == ["botox", "botox"]


def test_a_card_says_nothing_of_what_was_told_before(knowledge: Knowledge) -> None:
    answer = answer_card(sent(knowledge, "11-12", None))
    assert [treatment for treatment, _ in answer.times] == ["botox"]


def asking(verdict: str | None) -> Answer:
    timing = Timing(verdict=verdict, dates=(("botox", date(2026, 11, 12)),))  # type: ignore[arg-type]
    return Answer(
        "date_check", (Say("utter_no_clearance"), Say("utter_date_ask"), Say("utter_close", closing=True)), timing
    )


def test_an_answer_that_asks_for_a_date_offers_the_card_before_its_closing(knowledge: Knowledge) -> None:
    offered = with_card(sent(knowledge, None, None), asking("ask_date"))
    assert [say.response for say in offered.says] == [
        "utter_no_clearance",
        "utter_date_ask",
        "utter_date_form",
        "utter_close",
    ]
    form = offered.says[1].form or {}
    assert [field["value"] for field in form["fields"]] == ["2026-11-12", None]  # type: ignore[attr-defined]
    assert [say.form for say in (offered.says[0], *offered.says[2:])] == [None, None, None]


@pytest.mark.parametrize("answer", [asking(None), asking("too_soon"), Answer("price", (Say("utter_price"),))])
def test_no_other_answer_does(knowledge: Knowledge, answer: Answer) -> None:
    assert with_card(sent(knowledge, None, None), answer) == answer
