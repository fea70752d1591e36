"""Answers on order, waiting, the same day and the user's own dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.consult.answers.dates import can_be_said, day_in_words, days_in_words, readings_in_words
from bot.consult.answers.openings import opened
from bot.consult.answers.parts import CLOSINGS, Answer, AnswerContext, Cited, Say, Values
from bot.consult.case.order import first_for, times_for
from bot.consult.case.times import put
from bot.consult.reading.direction import Direction
from bot.consult.timeline.open_dates import TreatmentTime
from bot.consult.timeline.timeline import Timeline
from bot.consult.timeline.verdict import Timing, judge, order_to_go_by, the_day
from bot.consult.topics import Topic, wait_after, waited_after
from bot.consult.types import Pair, Period, other
from bot.knowledge.types import Quote, SequencingRule

MEASURED = frozenset({"too_soon", "past_minimum"})
ASKS_FOR_DATES = ("utter_date_ask", "utter_date_latest")


def answer_timing(context: AnswerContext, topic: Topic) -> Answer:
    """Answer a question on order, waiting, the same day or dates by the knowledge's sequencing rules."""
    judged = _judged(context, topic)
    return _Words(context, topic, judged).answer()


def timing_of(context: AnswerContext, topic: Topic) -> Timing:
    """Judge what the user says about order and dates."""
    return _judged(context, topic).timing


@dataclass(frozen=True)
class _Judged:
    """The times that an answer goes by, and what the sequencing rules say of them."""

    timeline: Timeline
    timing: Timing
    lead: str
    """The treatment that goes first in the order that the rules are applied in."""
    follow: str

    def other(self, treatment: str) -> str:
        return other((self.lead, self.follow), treatment)

    @property
    def missing(self) -> str:
        return self.timing.missing or self.lead


def _judged(context: AnswerContext, topic: Topic) -> _Judged:
    case = context.case
    pair = context.advised_order(case.pair)
    timeline = _moved(times_for(topic, case), pair, context)
    direction = Direction(first_for(topic, case), asks_which="which" in case.asks)
    timing = judge(direction, timeline, pair, context.interval, context.today, topic == "date_check")
    return _Judged(timeline, timing, *order_to_go_by(pair, context.interval, timing.first))


def _moved(timeline: Timeline, pair: Pair, context: AnswerContext) -> Timeline:
    """Move the plan that was spoken of, or else the earliest day; without dates the gap."""
    lean = context.case.lean
    if lean is None or lean.kind != "moves":
        return timeline
    if timeline.gap:
        shortest, longest = timeline.gap
        return replace(timeline, gap=(max(0, shortest + lean.days), max(0, longest + lean.days)))
    lead, plan = pair if context.case.first in (None, pair[0]) else (pair[1], pair[0])
    day = the_day(timeline.time_of(plan)) or _earliest(timeline, lead, plan, context)
    moved = day and day + timedelta(days=lean.days)
    return put(timeline, plan, TreatmentTime(readings=(Period(moved, moved),))) if moved else timeline


def _earliest(timeline: Timeline, lead: str, plan: str, context: AnswerContext) -> date | None:
    day, interval = the_day(timeline.time_of(lead)), context.interval(lead, plan)
    return day + timedelta(days=interval) if day and interval is not None else None


def _is_ambiguous(time: TreatmentTime) -> bool:
    """Tell whether what was told can be read as more than one day."""
    return len(time.readings) > 1 and all(p.is_day for p in time.readings)


class _Words:
    """Chooses the response to what was judged, and what it is filled in with."""

    def __init__(self, context: AnswerContext, topic: Topic, judged: _Judged) -> None:
        self.context, self.topic = context, topic
        self.judged, self.timing, self.timeline = judged, judged.timing, judged.timeline
        self.lead, self.follow = judged.lead, judged.follow
        self.reversed = bool(self.timing.first) and not self._has_interval(str(self.timing.first))

    def _has_interval(self, first: str) -> bool:
        return self.context.interval(first, self.judged.other(first)) is not None

    def answer(self) -> Answer:
        response, sources = self._response(), self._sources()
        timing = self.timing if self.timing.first or self.timeline.says_when or self.timing.verdict else None
        return Answer(
            self.topic,
            (
                *self._before(),
                Say(self._opened(response), self._values()),
                *self.context.brand_note(),
                self._closing(sources),
            ),
            timing,
            sources,
            handoff_offered=True,
            awaiting=self.judged.missing if response.startswith(ASKS_FOR_DATES) else None,
            times=self.timeline.times,
            gap=self.timeline.gap,
        )

    def _before(self) -> list[Say]:
        return [Say("utter_no_clearance")] if self.context.leans("clearance") else []

    def _closing(self, sources: tuple[Cited, ...]) -> Say:
        return self.context.close_article(sources, self._who_decides()) if sources else self.context.close()

    def _who_decides(self) -> str:
        """A verdict is for a professional to confirm; what no source tells, a professional decides."""
        confirms, decides, tells = CLOSINGS
        if self.timing.verdict in MEASURED or self.timing.earliest:
            return decides if self.topic == "same_day" else confirms
        return decides if self.reversed or self.topic == "same_day" else tells

    def _opened(self, response: str) -> str:
        return opened(response, self.context.case, self.context.interval(self.lead, self.follow))

    # Which response.
    def _response(self) -> str:
        if self.context.interval(self.lead, self.follow) is None:
            return "utter_no_interval_known"
        if self._asks_how_late():
            return "utter_wait_no_maximum"
        if self.topic == "date_check":
            return self._on_dates()
        if self.topic == "same_day":
            return "utter_same_day_reversed" if self.reversed else "utter_same_day"
        if waited_after(self.topic) and not self._puts_an_order():
            return self._on_waiting()
        return "utter_order_reversed" if self.reversed else "utter_order"

    def _puts_an_order(self) -> bool:
        """An order is put up to be confirmed, or asked leave for, and no length of time comes with it."""
        case = self.context.case
        timed = case.proposed or self.timeline.gap or "how_long" in case.asks
        leave = self.context.leans("reorders") and "leave" in case.asks
        return not timed and ("confirm" in case.asks or leave)

    def _asks_how_late(self) -> bool:
        """It asks how long is too long, of which no source says anything; a gap under the minimum goes before."""
        asks = "at_most" in self.context.case.asks and not self.reversed
        return asks and self.timing.verdict in (None, "past_minimum")

    def _on_waiting(self) -> str:
        if self.timing.verdict in MEASURED and self._span():
            return f"utter_{self._measured()}" if self.timeline.gap else f"utter_gap_{self._verdict()}"
        if self.timing.earliest and self.timing.earliest >= self.context.today and not self.context.case.proposed:
            return "utter_date_earliest"
        return "utter_wait_no_interval" if self.reversed else "utter_wait_interval"

    def _on_dates(self) -> str:
        verdict = self.timing.verdict
        if verdict == "no_interval":
            return "utter_date_no_interval"
        if verdict == "ask_date":
            return self._asking()
        if verdict is None or (self._asks_when() and self.timing.earliest):
            return "utter_date_earliest"
        return "utter_same_day" if self.timing.days == 0 else f"utter_{self._measured()}"

    def _asks_when(self) -> bool:
        """It asks for the day, and none is planned; a day that is past already is no answer."""
        if self.context.leans("when"):
            return True
        planned = self.timeline.time_of(self.follow).known
        return "how_long" in self.context.case.asks and not planned and self.timing.verdict == "too_soon"

    def _measured(self) -> str:
        verdict = self._verdict()
        led, followed = map(self.timing.date_of, (self.lead, self.follow))
        if self.timeline.gap and not (led and followed):
            sayable = can_be_said(*self.timeline.gap, self.context.case.unit)
            return f"gap_{verdict}" if sayable else f"date_{self.timing.verdict}_vague"
        if led and followed:
            return f"date_{verdict}"
        vague = not led or self.timeline.time_of(self.follow).known
        return f"date_{self.timing.verdict}_vague" if vague else f"date_{verdict}_today"

    def _verdict(self) -> str | None:
        return "exactly" if self._is_exactly_the_minimum() else self.timing.verdict

    def _is_exactly_the_minimum(self) -> bool:
        days, longest = self.timing.days, self.timing.longest
        return days is not None and days == self.timing.minimum_days and longest in (None, days)

    def _asking(self) -> str:
        """Ask once for what is missing; the second time hand over to a person."""
        time = self.timeline.time_of(self.judged.missing)
        if self.context.memory.asked_dates and not self.context.leans("which_counts"):
            return "utter_date_unknown"
        if open_ := self._asking_of(time):
            return open_
        if self.timing.first is None and not self.timeline.says_when:
            return "utter_date_ask_order"
        latest = self._latest()
        if latest is None:
            return "utter_date_ask"
        return "utter_date_latest" if latest >= self.context.today else "utter_date_latest_past"

    def _asking_of(self, time: TreatmentTime) -> str | None:
        """Ask about what is open of a date that was told."""
        if time.several:
            return "utter_date_ask_several"
        if time.impossible:
            return "utter_date_ask_impossible"
        if _is_ambiguous(time):
            return "utter_date_ask_ambiguous"
        if time.doubtful and (day := self._told_day()):
            return "utter_date_ask_past" if self._is_dated_back(day) else "utter_date_ask_doubtful"
        return None

    def _is_dated_back(self, day: date) -> bool:
        return self.judged.missing == self.follow and day < self.context.today

    def _told_day(self) -> date | None:
        """The one day told of what is asked for, however sure."""
        return the_day(replace(self.timeline.time_of(self.judged.missing), doubtful=False))

    def _latest(self) -> date | None:
        """The last day for what goes first, where the plan of the other is known and nothing was done yet."""
        planned, minimum = self.timing.date_of(self.follow), self.timing.minimum_days
        open_ = self.judged.missing == self.lead and not self.context.case.done
        ahead = planned is not None and planned >= self.context.today
        return planned - timedelta(days=minimum) if planned and minimum and open_ and ahead else None

    # What it is filled in with.
    def _values(self) -> Values:
        context, first = self.context, self.timing.first or self.lead
        rule, reverse = (context.knowledge.rule(*order) for order in self._orders())
        return {
            "lead_id": self.lead,
            "lead_name": context.name(self.lead),
            "follow_name": context.name(self.follow),
            "first_name": context.name(first),
            "then_name": context.name(self.judged.other(first)),
            "then_id": self.judged.other(first),
            "missing_name": context.name(self.judged.missing),
            "minimum": (rule.interval_in_words(context.language) if rule else None) or "",
            "reason_line": self._reason(rule, "order", "why_timing", wait_after(self.lead)),
            "reversed_reason_line": self._reason(reverse, wait_after(self.follow)),
            "dates_echo": self._echo(),
            "lead_day": self._day(self.timing.date_of(self.lead)),
            "follow_day": self._day(self.timing.date_of(self.follow)),
            "days": self._days(self._span()),
            "proposed": self._days(context.case.proposed),
            "earliest_day": self._day(self.timing.earliest),
            "latest_day": self._day(self._latest()),
            "told_day": self._day(self._told_day()),
            "readings": self._readings(),
        }

    def _reason(self, rule: SequencingRule | None, *given_with: Topic) -> str:
        """The first reason of a rule, unless an answer on one of these topics gave it not long ago."""
        reason = "" if self.context.answered(*given_with) else self.context.rationale(rule)
        return f" {reason}" if reason else ""

    def _orders(self) -> tuple[Pair, Pair]:
        return (self.lead, self.follow), (self.follow, self.lead)

    def _day(self, day: date | None) -> str:
        return day_in_words(day, self.context.today, self.context.language) if day else ""

    def _readings(self) -> str:
        readings = self.timeline.time_of(self.judged.missing).readings
        return readings_in_words(readings, self.context.today, self.context.language)

    def _span(self) -> tuple[int, int] | None:
        days = self.timing.days
        return self.timeline.gap or ((days, days) if days is not None else None)

    def _days(self, span: tuple[int, int] | None) -> str:
        return days_in_words(*span, self.context.language, self.context.case.unit) if span else ""

    def _echo(self) -> str:
        """The dates as read, so that the user can see a misreading."""
        days = [(t, self.timing.date_of(t)) for t in (self.follow, self.lead)]
        told = [f"{self.context.name(t)} {self._day(day)}" for t, day in days if day]
        return f" ({', '.join(told)})" if told else ""

    def _sources(self) -> tuple[Cited, ...]:
        lead, follow = self._orders()
        orders = (follow, lead) if self.reversed else (lead,)
        rules = [rule for order in orders if (rule := self.context.knowledge.rule(*order))]
        quotes = [rule.quotes[0] for rule in rules if rule.quotes]
        known = {quote.passage for rule in rules for quote in rule.quotes}
        return self.context.cite([*(q for q in self._order_quotes() if q.passage in known), *quotes])

    def _order_quotes(self) -> list[Quote]:
        """The first fact's quote where the order is asked for; it may be of another pair's rule."""
        facts = self.context.knowledge.facts(self.topic)[:1] if self.topic == "order" else ()
        return [quote for fact in facts for quote in fact.quotes[:1]]
