"""Answers on order, waiting, the same day and the user's own dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.consult.answers.dates import day_in_words, days_in_words, readings_in_words
from bot.consult.answers.parts import Answer, AnswerContext, Cited, Say
from bot.consult.decision.types import is_wait
from bot.consult.reading.direction import Direction
from bot.consult.timeline.open_dates import TreatmentTime, resolve, tense_of
from bot.consult.timeline.timeline import Timeline
from bot.consult.timeline.verdict import Timing, judge, order_to_go_by, the_day
from bot.consult.types import Period, Tense, TimeExpression
from bot.knowledge.types import Quote

SAME_DAY = (0, 0)
RESUMED = frozenset({"clearance", "earliest", "moved", "which_counts", "repeat"})
"""Follow-ups that take up what earlier turns said of order and dates, and add no date of their own."""


def answer_timing(context: AnswerContext, topic: str) -> Answer:
    """Answer a question on order, waiting, the same day or dates by the knowledge's sequencing rules."""
    return _TimingAnswer(context, topic).answer()


def timing_of(context: AnswerContext, topic: str) -> Timing:
    """Judge what the user says about order and dates."""
    return _TimingAnswer(context, topic).timing


class _TimingAnswer:
    def __init__(self, context: AnswerContext, topic: str) -> None:
        self.context, self.topic = context, topic
        replaces = context.settled.follow_up == "in_its_place"
        self.pair = context.advised_order(context.knowledge.usual_pair if replaces else context.reading.pair)
        self.lead, self.follow = order_to_go_by(self.pair, context.interval, None)
        self.asks_when_after = self._asks_when_after()
        self.direction = self._direction()
        self.timeline = self._timeline()
        self.timing = self._judge()
        self.lead, self.follow = order_to_go_by(self.pair, context.interval, self.timing.first)

    def _other(self, treatment: str) -> str:
        return self.follow if treatment == self.lead else self.lead

    # What this turn says, with what earlier turns said.
    def _direction(self) -> Direction:
        direction, memory = self.context.reading.direction, self.context.memory
        if self.asks_when_after and direction.first is None:
            return replace(direction, first=self.lead, flips=False)
        if self._resumes() and self.topic != "order":
            direction = Direction(first=memory.first if memory.first in self.pair else None)
        if direction.flips or self.context.reading.follow_up == "flip":
            return replace(direction, first=self._other(memory.first or self.lead))
        if direction.first is None and is_wait(self.topic):
            return replace(direction, first=self.topic.removeprefix("wait_after_"))
        if (
            direction.first is None
            and memory.first in self.pair
            and not direction.asks_which
            and len(self.context.reading.covered) < 2
        ):
            return replace(direction, first=memory.first) if self.topic != "order" else direction
        return direction

    def _asks_when_after(self) -> bool:
        """As in "Botox is Thursday now. Earliest I can needle?": the first one has the message's one date."""
        reading = self.context.reading
        told = [treatment for treatment, time in reading.timeline.times if time.known]
        asked = set(reading.covered) - set(told)
        asks = reading.has("how_long") and self.topic == "date_check"
        return asks and told == [self.lead] and asked == {self.follow}

    def _resumes(self) -> bool:
        return self.context.settled.follow_up in RESUMED

    def _timeline(self) -> Timeline:
        if self._resumes() and self.topic != "order":
            return self._resumed()
        timeline = self._as_before(self._with_loose(self.context.reading.timeline))
        if self.topic == "date_check":
            timeline = self._with_earlier(timeline)
        if self.topic == "same_day" and not timeline.says_when:
            timeline = replace(timeline, gap=SAME_DAY)
        return timeline

    def _resumed(self) -> Timeline:
        """The dates and the gap of earlier turns, as they were or moved."""
        memory, kind = self.context.memory, self.context.settled.follow_up
        lead = self.direction.first or self.lead
        times = tuple((t, time) for t, time in memory.times if t in self.pair)
        if is_wait(self.topic) or self.topic == "same_day":
            return Timeline(gap=SAME_DAY if self.topic == "same_day" else memory.gap)
        timeline = Timeline(times, gap=None if times else memory.gap)
        if kind == "earliest":
            return Timeline(tuple((t, time) for t, time in times if t == lead))
        return self._moved(timeline, lead) if kind == "moved" else timeline

    def _moved(self, timeline: Timeline, lead: str) -> Timeline:
        """The plan, or else the earliest day, moved; without dates the gap."""
        by, plan = self.context.reading.moved_by or 0, self._other(lead)
        if timeline.gap:
            shortest, longest = timeline.gap
            return replace(timeline, gap=(max(0, shortest + by), max(0, longest + by)))
        day = the_day(timeline.time_of(plan)) or self._earliest_after(timeline, lead)
        if day is None:
            return timeline
        day += timedelta(days=by)
        return _put(timeline, plan, TreatmentTime(readings=(Period(day, day),)))

    def _earliest_after(self, timeline: Timeline, lead: str) -> date | None:
        day, interval = the_day(timeline.time_of(lead)), self.context.interval(lead, self._other(lead))
        return day + timedelta(days=interval) if day and interval is not None else None

    def _with_loose(self, timeline: Timeline) -> Timeline:
        """Give the times that no treatment of this message claims to the treatments that are asked about."""
        points = [e for e in timeline.loose if e.kind == "point"]
        if self.context.memory.awaiting and points and points[0].doubtful:
            points = points[:1]  # "maybe the 12th or the 13th": two readings of the date that was asked for
        lengths = [e for e in timeline.loose if e.kind == "length" and e.days]
        for expression, treatment in zip(points, self._claimants(len(points)), strict=False):
            timeline = _put(
                timeline, treatment, resolve(expression, self._tense(expression, treatment), self.context.today)
            )
        return self._with_length(timeline, lengths[0]) if lengths else timeline

    def _as_before(self, timeline: Timeline) -> Timeline:
        """As in "still ok on the 27th?": a bare day is the one spoken of; one that corrects a day is of its month."""
        for treatment, time in timeline.times:
            day = the_day(self.context.memory.time_of(treatment))
            if day is None or len(time.readings) < 2:
                continue
            same = [p for p in time.readings if p.is_day and p.first == day]
            if not same and self.context.reading.has("corrects"):
                same = [p for p in time.readings if p.is_day and p.first.replace(day=1) == day.replace(day=1)]
            if not same and day > self.context.today:
                same = [p for p in time.readings if p.first > self.context.today]  # a plan moved is still a plan
            if len(same) == 1:
                timeline = _put(timeline, treatment, replace(time, readings=tuple(same)))
        return timeline

    def _claimants(self, count: int) -> tuple[str, ...]:
        first = self.direction.first or self.lead
        order = (first, self._other(first))
        if count > 1:
            return order
        awaiting = self.context.memory.awaiting
        if awaiting in order:
            return (str(awaiting),)
        told = [treatment for treatment in order if self.context.memory.time_of(treatment).known]
        if len(told) == 1 and self.context.reading.has("corrects"):
            return (told[0],)  # "sorry, I meant the 12th": of the one date that was spoken of
        if self.context.memory.time_of(first).known and self._told_of_the_past():
            return order  # "it was actually 5 days ago": a correction of what was done
        if self.context.reading.has("if_it") and not self.context.memory.time_of(order[1]).known:
            return order  # "and if it's on the 5th?": of the one date that was spoken of
        return order[1:] if self.context.memory.time_of(first).known else order

    def _told_of_the_past(self) -> bool:
        reading = self.context.reading
        if reading.has("updates") and not reading.has("planned", "planned_behind"):
            return True  # "it says nov 15 on the receipt"
        return any(e.tense == "past" for e in reading.times) or reading.has("done", "done_behind")

    def _tense(self, expression: TimeExpression, treatment: str) -> Tense | None:
        if expression.tense:
            return expression.tense
        reading, memory = self.context.reading, self.context.memory
        status = reading.direction.status_of(treatment)
        if not status and memory.treatment_done and treatment == (self.direction.first or self.lead):
            return "past"  # something was done, so what comes first was
        if not status and self._was_ahead(treatment):
            return "future"
        if status or not reading.has("done", "done_behind", "planned", "planned_behind"):
            return tense_of(status) or ("future" if treatment != (self.direction.first or self.lead) else None)
        return "past" if reading.has("done", "done_behind") else "future"

    def _was_ahead(self, treatment: str) -> bool:
        readings = self.context.memory.time_of(treatment).readings
        return bool(readings) and all(period.first > self.context.today for period in readings)

    def _with_length(self, timeline: Timeline, expression: TimeExpression) -> Timeline:
        if self.context.reading.has("elapsed") or self.context.memory.awaiting or self._recounted():
            treatment = self.context.memory.awaiting or self.direction.first or self.lead
            return _put(timeline, treatment, _ago(expression, self.context))
        return replace(timeline, gap=expression.days, gap_doubtful=expression.doubtful)

    def _recounted(self) -> bool:
        """As in "sorry, 13 days": the time since what was done, told anew; "what about 13 days?" puts a case."""
        reading, lead = self.context.reading, self.direction.first or self.lead
        told = reading.has("updates") or (reading.has("corrects") and not reading.has("how_long", "planned"))
        return told and not reading.has("supposes") and self.context.memory.time_of(lead).known

    def _with_earlier(self, timeline: Timeline) -> Timeline:
        """Add the dates of earlier turns; a gap named now speaks for itself; a flip swaps them."""
        if timeline.gap:
            return timeline
        memory = self.context.memory
        if self.context.reading.has("touch_up") and not self.context.reading.has("updates"):
            timeline = self._with_touch_up(timeline)
        swap = self.context.reading.direction.flips or self.context.reading.follow_up == "flip"
        asked = self.follow if self.asks_when_after else None
        for treatment, time in memory.times:
            owner = self._other(treatment) if swap and treatment in self.pair else treatment
            if owner in self.pair and owner != asked and not timeline.time_of(owner).known:
                timeline = _put(timeline, owner, time)
        return self._in_its_place(timeline) if self.context.settled.follow_up == "in_its_place" else timeline

    def _in_its_place(self, timeline: Timeline) -> Timeline:
        """A treatment named instead of another one takes that one's day, unless it has its own."""
        others = [time for treatment, time in self.context.memory.times if treatment not in self.pair]
        for treatment in self.context.reading.covered:
            if treatment in self.pair and not timeline.time_of(treatment).known and others:
                timeline = _put(timeline, treatment, others[-1])
        return timeline

    def _with_touch_up(self, timeline: Timeline) -> Timeline:
        """A touch-up told in a later turn is one more date: the article does not say which counts."""
        for treatment, time in timeline.times:
            earlier = self.context.memory.time_of(treatment)
            if earlier.known and time.known and earlier.readings != time.readings:
                timeline = _put(timeline, treatment, replace(time, several=True))
        return timeline

    def _judge(self) -> Timing:
        asked = self.topic == "date_check"
        return judge(self.direction, self.timeline, self.pair, self.context.interval, self.context.today, asked)

    # The answer.
    def answer(self) -> Answer:
        response, values = self._say()
        sources = self._sources()
        asks = response.startswith("utter_date_ask") or response == "utter_date_latest"
        says = [
            *([Say("utter_no_clearance")] if self.context.settled.follow_up == "clearance" else []),
            Say(response, {**self._values(), **values}),
            *self._brand_note(),
            self.context.close_article(sources) if sources else self.context.close(),
        ]
        timing = self.timing if self.timing.first or self.timeline.says_when or self.timing.verdict else None
        awaiting = (self.timing.missing or self.lead) if asks else None
        return Answer(
            self.topic,
            tuple(says),
            timing,
            sources,
            handoff_offered=True,
            awaiting=awaiting,
            times=self.timeline.times,
            gap=self.timeline.gap,
        )

    def _say(self) -> tuple[str, dict[str, str]]:
        if self.context.interval(self.lead, self.follow) is None:
            return "utter_no_interval_known", {}
        if self.topic == "date_check":
            return self._date_response()
        if self.topic == "same_day":
            return ("utter_same_day_reversed" if self._no_interval() else "utter_same_day"), {}
        if self.timeline.gap and self.timing.verdict in ("too_soon", "past_minimum") and is_wait(self.topic):
            return f"utter_gap_{self.timing.verdict}", {}
        if is_wait(self.topic):
            return ("utter_wait_no_interval" if self._no_interval() else "utter_wait_interval"), {}
        return ("utter_order_reversed" if self._no_interval() else "utter_order"), {}

    def _no_interval(self) -> bool:
        first = self.timing.first
        return bool(first) and self.context.interval(str(first), self._other(str(first))) is None

    def _date_response(self) -> tuple[str, dict[str, str]]:
        verdict = self.timing.verdict
        if verdict == "no_interval":
            return "utter_date_no_interval", {}
        if verdict == "ask_date":
            return self._ask()
        if self.context.settled.follow_up == "earliest" and self.timing.earliest:
            return "utter_date_earliest", {}
        if verdict is None:
            return "utter_date_earliest", {}
        if self.timing.days == 0:
            return "utter_same_day", {}
        return f"utter_{self._measured_kind()}", {}

    def _measured_kind(self) -> str:
        verdict = self.timing.verdict
        if self.timeline.gap and not (self.timing.date_of(self.lead) and self.timing.date_of(self.follow)):
            return f"gap_{verdict}"
        if not self.timing.date_of(self.lead):
            return f"date_{verdict}_vague"
        if self.timing.date_of(self.follow):
            return f"date_{verdict}"
        return f"date_{verdict}_vague" if self.timeline.time_of(self.follow).known else f"date_{verdict}_today"

    def _ask(self) -> tuple[str, dict[str, str]]:
        """Ask once for what is missing; the second time hand over to a person."""
        missing = self.timing.missing or self.lead
        time = self.timeline.time_of(missing)
        if self.context.memory.asked_dates and self.context.settled.follow_up != "which_counts":
            return "utter_date_unknown", {}
        if time.several:
            return "utter_date_ask_several", {}
        if time.impossible:
            return "utter_date_ask_impossible", {}
        if len(time.readings) > 1 and all(p.is_day for p in time.readings):
            return "utter_date_ask_ambiguous", {
                "readings": readings_in_words(time.readings, self.context.today, self.context.language)
            }
        if self.timing.first is None and not self.timeline.says_when:
            return "utter_date_ask_order", {}
        return self._ask_plainly(missing)

    def _ask_plainly(self, missing: str) -> tuple[str, dict[str, str]]:
        planned = self.timing.date_of(self.follow)
        if (
            missing == self.lead
            and planned
            and planned >= self.context.today
            and not self._lead_is_done()
            and self.timing.minimum_days
        ):
            latest = planned - timedelta(days=self.timing.minimum_days)
            return "utter_date_latest", {"latest_day": day_in_words(latest, self.context.today, self.context.language)}
        return "utter_date_ask", {}

    def _lead_is_done(self) -> bool:
        return self.context.reading.direction.status_of(self.lead) == "done"

    def _values(self) -> dict[str, str]:
        context, first = self.context, self.timing.first or self.lead
        rule, reverse = (
            context.knowledge.rule(self.lead, self.follow),
            context.knowledge.rule(self.follow, self.lead),
        )
        minimum = rule.interval_in_words(context.language) if rule else None
        return {
            "lead_id": self.lead,
            "lead_name": context.name(self.lead),
            "follow_name": context.name(self.follow),
            "first_name": context.name(first),
            "then_name": context.name(self._other(first)),
            "then_id": self._other(first),
            "missing_name": context.name(self.timing.missing or self.lead),
            "minimum": minimum or "",
            "reason": context.rationale(rule),
            "reversed_reason": context.rationale(reverse),
            "dates_echo": self._echo(),
            "lead_day": self._day(self.lead),
            "follow_day": self._day(self.follow),
            "days": self._days(),
            "earliest_day": self._earliest(),
        }

    def _day(self, treatment: str) -> str:
        day = self.timing.date_of(treatment)
        return day_in_words(day, self.context.today, self.context.language) if day else ""

    def _earliest(self) -> str:
        return (
            day_in_words(self.timing.earliest, self.context.today, self.context.language)
            if self.timing.earliest
            else ""
        )

    def _days(self) -> str:
        if self.timing.days is not None:
            return days_in_words(self.timing.days, self.timing.days, self.context.language)
        return days_in_words(*self.timeline.gap, self.context.language) if self.timeline.gap else ""

    def _echo(self) -> str:
        """The dates as read, so that the user can see a misreading."""
        days = [f"{self.context.name(t)} {self._day(t)}" for t in (self.follow, self.lead) if self._day(t)]
        return f" ({', '.join(days)})" if days else ""

    def _sources(self) -> tuple[Cited, ...]:
        rules = [self.context.knowledge.rule(self.lead, self.follow)]
        if self._no_interval():
            rules.insert(0, self.context.knowledge.rule(self.follow, self.lead))
        quotes = [rule.quotes[0] for rule in rules if rule and rule.quotes]
        known = {quote.passage for rule in rules if rule for quote in rule.quotes}
        return self.context.cite([*(q for q in self._order_quotes() if q.passage in known), *quotes])

    def _order_quotes(self) -> list[Quote]:
        """The first fact's quote where the order is asked for; it may be of another pair's rule."""
        facts = self.context.knowledge.facts(self.topic)[:1] if self.topic == "order" else ()
        return [quote for fact in facts for quote in fact.quotes[:1]]

    def _brand_note(self) -> list[Say]:
        mention = next((m for m in self.context.reading.mentions if m.covered and m.brand), None)
        if not mention:
            return []
        return [
            Say(
                "utter_brand_note",
                {"brand": mention.text, "treatment_name": self.context.name(mention.treatment)},
            )
        ]


def _put(timeline: Timeline, treatment: str, time: TreatmentTime) -> Timeline:
    times = tuple((t, old) for t, old in timeline.times if t != treatment)
    return replace(timeline, times=(*times, (treatment, time)), loose=())


def _ago(expression: TimeExpression, context: AnswerContext) -> TreatmentTime:
    shortest, longest = expression.days or SAME_DAY
    period = Period(context.today - timedelta(days=longest), context.today - timedelta(days=shortest))
    return TreatmentTime(readings=(period,), doubtful=expression.doubtful)
