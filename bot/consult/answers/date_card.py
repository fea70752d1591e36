"""The answer to a date card: arithmetic on the days that were filled in, and on nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.consult.answers.dates import day_in_words
from bot.consult.answers.parts import Answer, AnswerContext, Say, Values
from bot.consult.answers.timing import answer_timing
from bot.consult.reading.direction import Direction
from bot.consult.timeline.date_card import TOPIC, card_form
from bot.consult.timeline.verdict import Timing, judge, the_day

ASKED_OFTEN = 2


def answer_card(context: AnswerContext) -> Answer:
    """Judge two days; of one day say what the rule makes of it; without any, ask."""
    lead, follow = context.advised_order(context.case.pair)
    first, then = (the_day(context.case.known.time_of(treatment)) for treatment in (lead, follow))
    if first and then:
        return answer_timing(context, TOPIC)
    timing = _timing(context, (lead, follow))
    rule = context.knowledge.rule(lead, follow)
    sources = context.cite(rule.quotes[:1] if rule else ())
    return Answer(
        TOPIC,
        (_say(context, timing, (lead, follow)), context.close_article(sources)),
        timing,
        sources,
        handoff_offered=True,
        awaiting=timing.missing,
        times=context.case.known.times,
    )


def with_card(context: AnswerContext, answer: Answer) -> Answer:
    """Offer the card with an answer that asks for a date, or where dates are typed the form of an answer."""
    if answer.timing is None or answer.timing.verdict != "ask_date":
        return answer
    said = [each for each in answer.says if not each.closing]
    closing = [each for each in answer.says if each.closing]
    asks = replace(said[-1], form=card_form(answer.timing, context.knowledge.usual_pair))
    return replace(answer, says=(*said[:-1], asks, Say("utter_date_form"), *closing))


def _timing(context: AnswerContext, pair: tuple[str, str]) -> Timing:
    """With one day there is nothing to judge yet: the other one is planned by it, or asked for."""
    lead, follow = pair
    timing = judge(Direction(), context.case.known, pair, context.interval, context.today, dates_asked=True)
    if timing.date_of(lead):
        return replace(timing, verdict=None, days=None, longest=None, missing=None)
    return Timing(verdict="ask_date", dates=timing.dates, minimum_days=context.interval(lead, follow), missing=lead)


def _say(context: AnswerContext, timing: Timing, pair: tuple[str, str]) -> Say:
    lead, follow = pair
    values = _values(context, pair)
    planned, minimum = timing.date_of(follow), timing.minimum_days or 0
    if timing.date_of(lead):
        days = {"lead_day": _day(context, timing.date_of(lead)), "earliest_day": _day(context, timing.earliest)}
        return Say("utter_date_earliest", {**values, **days})
    if planned:
        days = {"follow_day": _day(context, planned), "latest_day": _day(context, planned - timedelta(days=minimum))}
        return Say("utter_date_latest", {**values, **days})
    return Say("utter_date_unknown" if context.memory.asked_dates >= ASKED_OFTEN else "utter_date_ask_card", values)


def _values(context: AnswerContext, pair: tuple[str, str]) -> Values:
    lead, follow = pair
    rule = context.knowledge.rule(lead, follow)
    minimum = rule.interval_in_words(context.language) if rule else None
    return {"lead_name": context.name(lead), "follow_name": context.name(follow), "minimum": minimum or ""}


def _day(context: AnswerContext, day: date | None) -> str:
    return day_in_words(day, context.today, context.language) if day else ""
