"""Several turns in a row: what a message means after what was said before, and what becomes of the dates.

The classifier is left out: each turn names the topic that it would give, surely or (with "?") as an inkling.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest

from bot.consult.answers.parts import AnswerContext, ClinicFacts
from bot.consult.case.evidence import Evidence, Guess
from bot.consult.case.memory import Memory
from bot.consult.case.resolve import case_of
from bot.consult.consultation import consult
from bot.consult.decision.decide import decide
from bot.consult.reading.message import Reading
from bot.knowledge.types import Knowledge

Read = Callable[..., Reading]
TODAY = date(2026, 11, 22)
SURE, INKLING = 0.9, 0.2


class Turn(NamedTuple):
    """What somebody writes, what the classifier makes of it, and what has to come of it."""

    text: str
    guess: str
    topic: str
    verdict: str | None = None
    earliest: str | None = None
    first_response: str | None = None


def last_turn(turns: list[Turn], read: Read, knowledge: Knowledge) -> tuple[str, str | None, str | None, str]:
    """Say all turns; return topic, verdict, earliest day and first response of the last one."""
    memory, result = Memory(), ("", None, None, "")
    for turn in turns:
        ranking = (Guess(turn.guess.rstrip("?"), INKLING if turn.guess.endswith("?") else SURE),)
        case = case_of(read(turn.text), memory, Evidence(ranking), TODAY)
        context = AnswerContext(decide(case), case, memory, knowledge, ClinicFacts("Demo", "403"), TODAY)
        reply = consult(context, 1.0)
        memory, answer = reply.conversation, reply.answers[0]
        timing = answer.timing
        earliest = timing.earliest.isoformat() if timing and timing.earliest else None
        result = (answer.topic, timing.verdict if timing else None, earliest, answer.says[0].response)
    return result


CHECKED = Turn("botox nov 10, needling nov 21, ok?", "date_check", "date_check", "too_soon", "2026-11-24")
PASSED = Turn("botox nov 3, needling nov 26, ok?", "date_check", "date_check", "past_minimum", "2026-11-17")
ELAPSED = Turn("tox was 10 days ago, can i needle today?", "date_check", "date_check", "too_soon", "2026-11-26")
GAP = Turn("needling 9 days after botox, fine?", "date_check", "date_check", "too_soon")
WAIT = Turn("how long after botox until needling", "wait_after_botox", "wait_after_botox")
PRICE = Turn("how much is a session", "price", "price")
OTHER = Turn("botox nov 5, morpheus8 nov 25, alright?", "date_check", "other_treatment")
AHEAD = Turn("tox is on dec 4, when can i needle?", "date_check", "date_check")
UNSURE = Turn("i had tox, needling on dec 1 ok?", "date_check", "date_check", "ask_date")
FILLER = Turn("i had lip filler on nov 10, needling nov 26?", "date_check", "other_treatment")
RETOUCHED = Turn("tox nov 1 and a touch up nov 14, needling nov 26?", "date_check", "date_check", "ask_date")
DONE = Turn("i had my dysport nov 10, when can i do skinpen", "date_check", "date_check", None, "2026-11-24")
MINUS = Turn("tox on nov 2, needling booked this tuesday. all ok?", "date_check", "date_check", "past_minimum")
SWAPPED = Turn("needling is booked thursday and botox the day after", "date_check", "date_check", "no_interval")
WHAT = Turn("what is tox", "botox_what", "botox_what")
PEEL = Turn("how long after botox for a peel", "wait_after_botox", "other_treatment")
PREGNANT = Turn("im pregnant, how long after botox can i needle", "wait_after_botox", "clinician_only")
FAINTED = Turn(
    "last yr i fainted after my botox, im fine now. how long til needling", "wait_after_botox", "clinician_only"
)
REVERSED = Turn("can i needle before botox", "order", "order")

TALKS = [
    # May I, then?
    [PASSED, Turn("great, am i cleared?", "off_topic", "date_check", "past_minimum", None, "utter_no_clearance")],
    [CHECKED, Turn("so it's fine?", "injection?", "date_check", "too_soon", None, "utter_no_clearance")],
    [CHECKED, Turn("it's just two days", "date_check?", "date_check", "too_soon", "2026-11-24", "utter_no_clearance")],
    [GAP, Turn("ok?", "smalltalk_thanks?", "date_check", "too_soon", None, "utter_no_clearance")],
    [GAP, Turn("my aunt did it after 6 days and was fine", "emergency?", "date_check", "too_soon")],
    [WAIT, Turn("so if i do that i'm good to go?", "off_topic?", "wait_after_botox", None, None, "utter_no_clearance")],
    [PRICE, Turn("so it's fine?", "price?", "fallback")],
    [PASSED, Turn("am i good to go back to the gym after", "aftercare", "aftercare")],
    [PASSED, Turn("so no worries?", "off_topic?", "date_check", "past_minimum", None, "utter_no_clearance")],
    [PRICE, Turn("so no worries?", "off_topic?", "off_topic")],
    [WAIT, Turn("can't you make it shorter?", "injection?", "wait_after_botox", None, None, "utter_no_clearance")],
    [WAIT, Turn("that's so long", "smalltalk_bye?", "why_timing")],
    # A plan that is moved.
    [CHECKED, Turn("and the day after?", "aftercare?", "date_check", "too_soon", "2026-11-24")],
    [CHECKED, Turn("3 days later?", "smalltalk_bye?", "date_check", "past_minimum", "2026-11-24")],
    [PASSED, Turn("a week earlier?", "same_day?", "date_check", "past_minimum", "2026-11-17")],
    [PASSED, Turn("ten days earlier?", "same_day?", "date_check", "too_soon", "2026-11-17")],
    [GAP, Turn("and a week later?", "smalltalk_bye?", "date_check", "past_minimum")],
    [WAIT, Turn("and the day after that?", "aftercare?", "fallback")],
    # When, then?
    [CHECKED, Turn("ok when then", "botox_onset?", "date_check", "too_soon", "2026-11-24", "utter_date_earliest")],
    [CHECKED, PRICE, Turn("so what's the earliest?", "off_topic", "date_check", "too_soon", "2026-11-24")],
    [WAIT, Turn("when then", "botox_onset?", "wait_after_botox")],
    # The time that has passed, told anew.
    [ELAPSED, Turn("my bad, 15 days", "date_check?", "date_check", "past_minimum", "2026-11-21")],
    [ELAPSED, Turn("just looked again, 13 days", "date_check?", "date_check", "too_soon", "2026-11-23")],
    [ELAPSED, Turn("my calendar says 16 days", "wait_after_botox?", "date_check", "past_minimum", "2026-11-20")],
    [ELAPSED, Turn("what about 15 days?", "date_check?", "date_check", "past_minimum", None)],
    [CHECKED, Turn("the receipt says it was nov 2", "date_check?", "date_check", "past_minimum", "2026-11-16")],
    # Another treatment, then one of ours in its place.
    [OTHER, Turn("and plain needling that day?", "side_effect_mild?", "date_check", "past_minimum", "2026-11-19")],
    [OTHER, Turn("what if it's normal needling on nov 18", "date_check", "date_check", "too_soon", "2026-11-19")],
    [OTHER, Turn("ok so needling instead of morpheus8", "other_treatment", "date_check", "past_minimum")],
    [FILLER, Turn("and needling on dec 10?", "date_check", "date_check", "ask_date")],
    [FILLER, Turn("what if it had been botox", "why_timing?", "date_check", "past_minimum", "2026-11-24")],
    [OTHER, Turn("does needling hurt", "pain", "pain")],
    [OTHER, Turn("and laser?", "other_treatment", "other_treatment")],
    # The one date spoken of, supposed anew.
    [AHEAD, Turn("and if it's on the 8th?", "date_check", "date_check", None, "2026-12-22")],
    [AHEAD, Turn("and dec 10?", "date_check", "date_check", "too_soon", "2026-12-18")],
    [UNSURE, Turn("maybe the 2nd or the 3rd", "date_check", "date_check", "ask_date")],
    [UNSURE, Turn("found it, it was the 3rd", "date_check", "date_check", "past_minimum", "2026-11-17")],
    # Two dates of one treatment.
    [RETOUCHED, Turn("does it count from the touch up?", "botox_what?", "date_check", "ask_date")],
    [RETOUCHED, Turn("which of the two counts?", "order?", "date_check", "ask_date", None, "utter_date_ask_several")],
    # Back to an earlier subject.
    [WAIT, PRICE, Turn("ok back to that gap, how much was it", "price?", "wait_after_botox")],
    [WAIT, PRICE, Turn("going back to what you said, botox first?", "wait_after_botox?", "wait_after_botox")],
    [PASSED, Turn("when can i go back to the gym", "aftercare", "aftercare")],
    [WAIT, PRICE, Turn("and the other way round?", "smalltalk_thanks", "wait_after_microneedling")],
    # Somebody is back.
    [WAIT, Turn("sorry, got pulled into something", "consult?", "smalltalk_greet")],
    [WAIT, Turn("hi again", "consult?", "smalltalk_greet")],
    [WAIT, Turn("i'm back, how long was the wait", "wait_after_botox", "wait_after_botox")],
    # A date corrected, or spoken of again by its day alone.
    [AHEAD, Turn("sorry, i meant the 6th", "date_check", "date_check", None, "2026-12-20")],
    [DONE, Turn("sorry i meant the 12th", "date_check?", "date_check", "too_soon", "2026-11-26")],
    [
        MINUS,
        Turn("typo, i meant the 12th for the tox not the 2nd", "date_check", "date_check", "too_soon", "2026-11-26"),
    ],
    [PASSED, OTHER, Turn("just botox n needling then, ok on the 26th?", "date_check", "date_check", "past_minimum")],
    [CHECKED, Turn("25th?", "date_check?", "date_check", "past_minimum", "2026-11-24")],
    # What it may be, once the day of the other one is known.
    [DONE, PRICE, Turn("so when can i get the needling", "wait_after_botox", "date_check", "too_soon", "2026-11-24")],
    [
        SWAPPED,
        Turn(
            "ok swapped, botox is thursday now. earliest i can needle?", "date_check", "date_check", None, "2026-12-10"
        ),
    ],
    [CHECKED, Turn("what day can i move it to", "location_hours", "date_check", "too_soon", "2026-11-24")],
    [REVERSED, Turn("after?", "aftercare", "wait_after_botox")],
    [PRICE, Turn("after?", "aftercare", "aftercare")],
    # The other one.
    [WHAT, Turn("ok and the other one?", "same_day?", "microneedling_what")],
    [FILLER, Turn("and just regular needling?", "microneedling_what?", "date_check", "ask_date")],
    [PEEL, Turn("and just plain skinpen?", "microneedling_what?", "wait_after_botox")],
    # What a clinician has to say stays so.
    [PREGNANT, Turn("just say yes or no", "injection?", "clinician_only")],
    [FAINTED, Turn("ya but roughly how many weeks", "wait_after_botox", "clinician_only")],
    # Whose word it is, and where it comes from.
    [WAIT, Turn("so shes right", "fallback?", "wait_after_botox")],
    [WAIT, Turn("yeah u already said that lol but WHY", "wait_after_botox", "why_timing")],
    [WAIT, Turn("where does the 2 weeks come from tho", "date_check", "wait_after_botox")],
    [AHEAD, Turn("and if i move the xeomin to the 8th", "date_check", "date_check", None, "2026-12-22")],
    [
        PASSED,
        Turn("so thats a yes from you?", "bot_challenge?", "date_check", "past_minimum", None, "utter_no_clearance"),
    ],
    # In writing.
    [
        PASSED,
        Turn(
            "can u put in writing that im cleared",
            "injection",
            "date_check",
            "past_minimum",
            None,
            "utter_no_clearance",
        ),
    ],
    # The treatment last spoken of.
    [PRICE, Turn("what else does it do", "botox_what", "botox_what")],
]


@pytest.mark.parametrize("turns", TALKS, ids=lambda turns: " / ".join(turn.text for turn in turns))
def test_a_message_is_understood_from_the_turns_before_it(turns: list[Turn], read: Read, knowledge: Knowledge) -> None:
    last = turns[-1]
    topic, verdict, earliest, response = last_turn(turns, read, knowledge)

    assert (topic, verdict, earliest) == (last.topic, last.verdict, last.earliest or earliest)
    assert response == (last.first_response or response)


def test_other_things_said_in_between_leave_the_dates(read: Read, knowledge: Knowledge) -> None:
    turns = [CHECKED, PRICE, WAIT, Turn("and on nov 25?", "date_check", "date_check")]

    assert last_turn(turns, read, knowledge)[:3] == ("date_check", "past_minimum", "2026-11-24")
