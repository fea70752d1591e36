"""Whole conversations through case, decision and answer: what is held, what is asked, and what lets it go on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.consult.answers.parts import AnswerContext
from bot.consult.case.evidence import Evidence, Guess
from bot.consult.case.memory import Memory, remembered
from bot.consult.case.resolve import case_of
from bot.consult.consultation import consult
from bot.consult.decision.decide import decide
from bot.consult.safety.second_look import Danger, combined
from bot.knowledge.types import Knowledge
from tests.unit.consult.conftest import CLINIC, TODAY, Read

START = 1_800_000_000.0
HOUR = 3600.0
CHOKING = "my throat is closing since my botox"
SUICIDAL = "i want to die"
PREGNANT = "i'm 12 weeks pregnant, how long after botox can i needle"
ODD = "hm, odd day after my botox"
HEAVY = "hm, heavy day after my botox"
WAIT = "how long after botox can i microneedle"
DANGERS = {ODD: Danger(0.7, 0.0), HEAVY: Danger(0.0, 0.7)}
"""What the second look makes of messages that the lexicon leaves alone."""
WEEKS = "utter_wait_interval"
ON = "utter_cleared"
SAFE = "utter_cleared_self_harm"


Talk = Callable[..., list[str]]


@pytest.fixture
def talk(read: Read, knowledge: Knowledge) -> Talk:
    """Hold a conversation; of each answer its fixed text is told by the key, or else its response."""
    keys = {
        text.text: text.key for text in knowledge.safety_texts if (text.language, text.channel) == ("en", "website")
    }

    def held(*texts: str, every: float = 60.0) -> list[str]:
        memory, said = Memory(introduced=True, at=START), []
        for number, text in enumerate(texts):
            now = START + number * every
            memory = remembered(json.loads(json.dumps(memory.as_json())), now)
            reading = read(text)
            reading = replace(reading, safety=combined(reading.safety, DANGERS.get(text, Danger())))
            guess = Guess("wait_after_botox", 0.95) if text == WAIT else Guess("fallback", 0.2)
            case = case_of(reading, memory, Evidence((guess,)), TODAY, now)
            reply = consult(AnswerContext(decide(case), case, memory, knowledge, CLINIC, TODAY), now)
            memory, say = reply.conversation, reply.answers[0].says[0]
            said.append(keys.get(str(say.values.get("website_text")), say.response))
            assert say.response != "utter_safety" or (len(reply.answers), len(reply.answers[0].says)) == (1, 1)
            assert (reply.answers[0].timing is None) == (say.response != WEEKS)
        return said

    return held


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((ODD, "yes", WAIT), ["in_doubt", "call_911", "stays_safe"]),
        ((ODD, "ok", WAIT), ["in_doubt", "call_911", "stays_safe"]),
        ((ODD, "no", WAIT), ["in_doubt", "utter_acknowledged_2", WEEKS]),
        ((ODD, WAIT, WAIT, WAIT), ["in_doubt", "in_doubt", "seen_today", WEEKS]),
        ((ODD, WAIT, "kinda"), ["in_doubt", "in_doubt", "call_911"]),
        ((HEAVY, "no", WAIT), ["in_doubt_self_harm", "utter_acknowledged_2", WEEKS]),
        ((HEAVY, "maybe", WAIT), ["in_doubt_self_harm", "call_988", "stays_safe_self_harm"]),
        ((HEAVY, WAIT), ["in_doubt_self_harm", "call_988"]),
    ],
    ids=str,
)
def test_a_doubt_is_asked_about_until_it_is_settled(talk: Talk, texts: tuple[str, ...], said: list[str]) -> None:
    assert talk(*texts) == said


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((CHOKING, WAIT, WAIT), ["call_911", "stays_safe", "stays_safe"]),
        ((CHOKING, CHOKING), ["call_911", "call_911"]),
        ((CHOKING, "a doctor checked me and i'm well", WAIT), ["call_911", ON, WEEKS]),
        ((CHOKING, "that was a misunderstanding", WAIT), ["call_911", ON, WEEKS]),
        ((CHOKING, "it was not a misunderstanding", WAIT), ["call_911", "stays_safe", "stays_safe"]),
        ((CHOKING, "er sent me home but it's worse", WAIT), ["call_911", "were_you_seen", "stays_safe"]),
        ((CHOKING, "i feel fine now", WAIT), ["call_911", "were_you_seen", "stays_safe"]),
        ((SUICIDAL, WAIT), ["call_988", "stays_safe_self_harm"]),
        ((SUICIDAL, "i'm safe", WAIT), ["call_988", SAFE, WEEKS]),
        ((SUICIDAL, "i'm not safe", WAIT), ["call_988", "call_988", "stays_safe_self_harm"]),
        ((CHOKING, SUICIDAL, WAIT), ["call_911", "call_988", "stays_safe_self_harm"]),
    ],
    ids=str,
)
def test_an_alarm_holds_timing_until_it_is_over(talk: Talk, texts: tuple[str, ...], said: list[str]) -> None:
    assert talk(*texts) == said


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((CHOKING, WAIT, "all good, thanks"), ["call_911", "after_days", ON]),
        ((CHOKING, WAIT, "still bad"), ["call_911", "after_days", "stays_safe"]),
        ((SUICIDAL, WAIT, "yes i'm safe"), ["call_988", "after_days_self_harm", SAFE]),
    ],
    ids=str,
)
def test_after_days_of_silence_it_is_asked_once_whether_it_is_over(
    talk: Talk, texts: tuple[str, ...], said: list[str]
) -> None:
    assert talk(*texts, every=73 * HOUR) == said


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((PREGNANT, WAIT), ["utter_clinician_only_pregnancy", "utter_clinician_only_stay_pregnancy"]),
        (
            (PREGNANT, "i'm not pregnant after all", WAIT),
            ["utter_clinician_only_pregnancy", "utter_cleared_clinician_only", WEEKS],
        ),
        ((PREGNANT, CHOKING, WAIT), ["utter_clinician_only_pregnancy", "call_911", "stays_safe"]),
        (
            (PREGNANT, CHOKING, "false alarm", WAIT),
            ["utter_clinician_only_pregnancy", "call_911", ON, "utter_clinician_only_stay_pregnancy"],
        ),
    ],
    ids=str,
)
def test_a_fact_of_health_holds_timing_beside_and_after_an_alarm(
    talk: Talk, texts: tuple[str, ...], said: list[str]
) -> None:
    assert talk(*texts) == said


def test_a_first_message_in_doubt_stands_alone_and_the_introduction_comes_after_it(
    read: Read, knowledge: Knowledge
) -> None:
    reading = replace(read(ODD), safety=combined(read(ODD).safety, DANGERS[ODD]))
    case = case_of(reading, Memory(), Evidence(()), TODAY, START)
    reply = consult(AnswerContext(decide(case), case, Memory(), knowledge, CLINIC, TODAY), START)

    assert (reply.introduction, reply.conversation.introduced) == (None, False)


@pytest.mark.parametrize(
    ("texts", "held"),
    [
        (("im 16, can i get botox before needling", "ok but my mom is 45, for her?"), None),
        (("im 16, can i get botox before needling", "and for my mom, she's 45?", "ok and for me?"), "clinician_only"),
        (("im 16, can i get botox before needling", "my mom said two weeks is fine"), "clinician_only"),
        (("my 16 year old wants botox", "and for me?"), None),
        (("i am 16 by the way", "and for my mom, she's 45?"), None),
        (("my aunt takes eliquis, can she have botox?", "is wednesday okay for her?"), "clinician_only"),
    ],
)
def test_a_fact_of_health_is_one_persons(read: Read, texts: tuple[str, ...], held: str | None) -> None:
    memory = Memory()
    for text in texts:
        safe = case_of(read(text), memory, Evidence((Guess("fallback", 0.2),)), TODAY).safe
        memory = replace(memory.taken_up(read(text).whose), safe=safe.memory)
    assert (safe.held, bool(safe.memory.facts)) == (held, True)
