"""The domain's wording as it is said: nothing is left open or left empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.answers import AnswerQuestion, Clarify, KeepSafe
from actions.request import OfferPerson
from actions.services import Services
from bot.consult.answers.wording import filled_in
from bot.consult.case.memory import Memory
from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT

Run = Callable[..., Any]
CODE = [file for folder in ("bot", "actions") for file in sorted((PROJECT_ROOT / folder).rglob("*.py"))]
NAMED = re.compile(r"\butter_[a-z_]*[a-z](?![a-z_{])")
NO_RESPONSE = {"utter_message"}
"""A method of the SDK."""
HOLDS_A_LENGTH = re.compile(
    r"\b(\d+|two|three|four|fourteen|deux|trois|quatorze)[ -](days?|weeks?|months?|jours?|semaines?|mois)\b", re.I
)
LEFT_OUT = ("email", "address", "booking_link")
MEDICAL = re.compile(r"two weeks|\b14\b")
MESSAGES = (
    "which first, tox or needling",
    "tox before needling?",
    "needling before tox?",
    "xeomin then skinpen, same day?",
    "needling then tox the same day",
    "needling a week after tox",
    "needling 3 weeks after tox",
    "tox 3 to 20 days after needling",
    "had tox nov 3, needling nov 12",
    "had tox nov 3, needling nov 12?",
    "had tox nov 3, needling nov 17?",
    "had tox nov 8, can i needle",
    "14 days between tox and needling",
    "is needling a week after tox enough?",
    "tox first then needling, ok?",
    "can i needle after tox?",
    "is the wait 2 weeks after tox before needling?",
    "do i have to wait 3 months after tox to needle?",
    "is 3 months after tox too late to needle?",
    "had tox last week, needling today?",
    "had tox nov 3, needling nov 20",
    "had tox nov 12, can i needle",
    "had tox nov 3, can i needle",
    "had tox last week, needling today",
    "had tox in may, can i needle",
    "tox on dec 9, when can i needle",
    "needling on dec 20, when should i get tox",
    "needling on nov 30, when should i get tox",
    "had needling nov 3, tox nov 28",
    "had needling 5 days ago, can i have tox",
    "i had tox, needling tomorrow ok?",
    "i had needling, can i have tox",
    "are my dates ok?",
    "i think tox was nov 1, needling dec 2",
    "had tox nov 14, can i do needling nov 20?",
    "had tox nov 1 and a touch up nov 15, needling dec 20",
    "had tox on feb 30, needling dec 20",
    "botox on 02/03/2027, needling march 10 2027",
    "tox nov 22 and needling nov 22",
    "tox at noon, needling at 1",
    "nov 3",
    "10 days ago",
    "the other way round",
    "laser and lip filler after tox",
    "",
)
TALKS = (
    Memory(),
    Memory(introduced=True, topic="order", first="microneedling", offered=True),
    Memory(introduced=True, topic="date_check", first="botox", awaiting="botox", asked_dates=1),
    Memory(introduced=True, topic="date_check", awaiting="microneedling", not_understood=1),
)
ACTION_OF: dict[str, Any] = {
    **dict.fromkeys(
        ("order", "wait_after_botox", "wait_after_microneedling", "same_day", "date_check"), AnswerQuestion()
    ),
    **dict.fromkeys(("emergency", "self_harm"), KeepSafe()),
    "consult": OfferPerson(),
    "fallback": Clarify(),
}
BY_KIND = {"article": AnswerQuestion(), "boundary": AnswerQuestion(), "conversation": AnswerQuestion()}


def texts(domain: dict[str, Any], response: str) -> Iterable[dict[str, Any]]:
    return domain["responses"][response]


def filled(variation: dict[str, Any], values: dict[str, Any]) -> list[str]:
    """A variation's text, button titles and payloads, as Rasa fills them."""
    parts = [variation.get("text", "")]
    for button in variation.get("buttons", []):
        parts += [button["title"], button["payload"]]
    return [part.format(**values) for part in parts]


def flaws(text: str) -> bool:
    """Whether something in a text was left open or left empty."""
    said = text.strip()
    empty = re.search(r"(^|[(“]|[:;,]\s*|[.!?]\s+)[.;,:)”]|\s[.,](\s|$)| {2,}|\bNone\b", said)
    return not said or "{" in said or "}" in said or bool(empty)


def named_by_code() -> set[str]:
    """Every response that the code names in full."""
    names = {name for file in CODE for name in NAMED.findall(file.read_text(encoding="utf-8"))}
    return {name for name in names if name not in NO_RESPONSE}


def test_every_response_that_the_code_names_is_one_of_the_table(knowledge: Knowledge) -> None:
    assert sorted(named_by_code() - filled_in(knowledge.topics).keys()) == []


def cases(knowledge: Knowledge) -> Iterable[tuple[Any, str]]:
    for topic in knowledge.topics:
        yield ACTION_OF.get(topic.id) or BY_KIND[topic.kind], topic.id


@pytest.mark.parametrize("follow_up", [None, "stay", "cleared"])
@pytest.mark.parametrize("memory", TALKS, ids=["new", "order", "asked", "unclear"])
async def test_every_answer_is_filled_whatever_the_topic_the_message_and_the_conversation(
    run: Run, domain: dict[str, Any], knowledge: Knowledge, memory: Memory, follow_up: str | None
) -> None:
    memory = replace(memory, at=9e9)  # fresh, or it would fade
    found = []
    for action, topic, message in asked(knowledge, follow_up):
        turn = await run(action, message, topic, memory=memory, follow_up=follow_up, likely=("order", "price"))
        assert "utter_apology" not in turn.responses, (topic, message)
        found += [(topic, message, part) for part in said_by(turn, domain) if flaws(part)]

    assert found == []


def asked(knowledge: Knowledge, follow_up: str | None) -> Iterable[tuple[Any, str, str]]:
    """Every message on order and dates, three on every other topic; one as a follow-up that the topic can have."""
    messages = MESSAGES if follow_up is None else MESSAGES[:1]
    for (action, topic), message in product(cases(knowledge), messages):
        is_common = message in MESSAGES[:3] or topic in ACTION_OF
        if is_common and (follow_up != "stay" or topic in ("emergency", "self_harm", "clinician_only")):
            yield action, topic, message


def said_by(turn: Any, domain: dict[str, Any]) -> list[str]:
    """Everything that a turn says in every variation of its wording."""
    return [part for said in turn.said for v in texts(domain, said["response"]) for part in filled(v, said)]


@pytest.mark.parametrize("topic", ["price", "location_hours", "consult", "aftercare", "off_topic", "fallback"])
async def test_a_clinic_that_says_little_leaves_no_holes(
    run: Run, domain: dict[str, Any], built: Services, serving: Callable[[Services], None], topic: str
) -> None:
    bare = replace(built.clinic, **dict.fromkeys((*LEFT_OUT, "price_note")))
    spare = replace(built, clinic=bare)
    spare.__dict__["requests"] = built.requests
    serving(spare)
    turn = await run(
        ACTION_OF.get(topic) or BY_KIND["conversation" if topic == "off_topic" else "boundary"], "x", topic
    )

    assert [part for part in said_by(turn, domain) if flaws(part)] == []


async def test_every_timing_response_is_reached_by_the_messages_above(run: Run, domain: dict[str, Any]) -> None:
    reached = set()
    for topic, message, memory in product(list(ACTION_OF)[:5], MESSAGES, TALKS):
        turn = await run(AnswerQuestion(), message, topic, memory=replace(memory, at=9e9))
        reached |= set(turn.responses)
    timing = {r for r in domain["responses"] if r.startswith(("utter_date", "utter_gap", "utter_wait", "utter_order"))}
    timing -= {"utter_date_ask_card"}  # of a card that was sent back empty

    assert sorted(timing - reached) == []


@pytest.mark.parametrize("topic", ["order", "wait_after_botox", "same_day"])
async def test_buttons_lead_to_intents(run: Run, domain: dict[str, Any], knowledge: Knowledge, topic: str) -> None:
    payloads = set()
    for action, each in cases(knowledge):
        for message in MESSAGES[:4]:
            turn = await run(action, message, each, likely=(topic,))
            for said in turn.said:
                offered = [b for variation in texts(domain, said["response"]) for b in variation.get("buttons", [])]
                payloads |= {b["payload"].format(**said) for b in [*offered, *said["buttons"]]}

    assert payloads
    intents = {payload: payload.removeprefix("/").partition("{")[0] for payload in payloads}
    assert sorted(p for p in payloads if intents[p] not in domain["intents"] or not p.startswith("/")) == []


def test_the_wording_holds_no_waiting_time(domain: dict[str, Any]) -> None:
    said = [(name, part) for name, all_of in domain["responses"].items() for v in all_of for part in parts_of(v)]

    assert [(name, part) for name, part in said if HOLDS_A_LENGTH.search(part)] == []


def parts_of(variation: dict[str, Any]) -> list[str]:
    return [variation.get("text", ""), *(b["title"] for b in variation.get("buttons", []))]


def test_the_code_holds_no_medical_number() -> None:
    found = [f"{file.relative_to(PROJECT_ROOT)}:{n}" for file in all_files() for n in lines_with_a_number(file)]

    assert found == []


def all_files() -> list[Path]:
    folders = (PROJECT_ROOT / "bot", PROJECT_ROOT / "actions")
    kinds = {".py", ".html", ".js", ".css", ".mako", ".md", ".svg"}
    return [file for folder in folders for file in folder.rglob("*") if file.suffix in kinds]


def lines_with_a_number(file: Path) -> list[int]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if MEDICAL.search(line)]


NLU = [
    (each["intent"], example)
    for file in sorted((PROJECT_ROOT / "data" / "nlu").glob("*.yml"))
    for each in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
    if "intent" in each
    for example in each["examples"].splitlines()
    if example.strip()
]
WRITTEN_MOST = {"order", "wait_after_botox", "wait_after_microneedling", "same_day", "date_check"}


def test_every_intent_has_enough_examples(domain: dict[str, Any]) -> None:
    counts = {intent: sum(name == intent for name, _ in NLU) for intent in domain["intents"]}
    short = {i: n for i, n in counts.items() if i != "fallback" and n < (60 if i in WRITTEN_MOST else 20)}

    assert short == {}
    assert {intent for intent, _ in NLU} <= set(domain["intents"])


def test_no_example_teaches_two_intents() -> None:
    intents: dict[str, set[str]] = {}
    for intent, example in NLU:
        intents.setdefault(example.removeprefix("- ").strip().lower(), set()).add(intent)

    assert {example: sorted(of) for example, of in intents.items() if len(of) > 1} == {}
