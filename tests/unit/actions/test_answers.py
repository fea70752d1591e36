"""Every topic is answered, and its rule leads to the action of its kind."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from rasa_sdk import Action

from actions import answers, request
from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT

Run = Callable[..., Any]
KINDS_OF_ACTION = {
    kind
    for module in (answers, request)
    for kind in (*vars(module).values(), *request.ASKING.values())
    if inspect.isclass(kind) and kind.__module__ == module.__name__ and issubclass(kind, Action)
}
ACTIONS = {kind().name(): kind() for kind in KINDS_OF_ACTION if not inspect.isabstract(kind)}
RULES = yaml.safe_load((PROJECT_ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
ACTION_OF = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in RULES if "condition" not in rule}
KINDS = {
    "article": "action_answer",
    "handoff": "action_offer_person",
    "safety": "action_keep_safe",
    "boundary": "action_answer",
    "conversation": "action_answer",
}


def test_the_domain_names_the_actions_that_there_are(domain: dict[str, Any]) -> None:
    named = {action if isinstance(action, str) else next(iter(action)) for action in domain["actions"]}

    assert named == set(ACTIONS)


def test_every_intent_has_one_rule_and_every_rule_an_intent(domain: dict[str, Any]) -> None:
    ruled = [rule["steps"][0]["intent"] for rule in RULES if "condition" not in rule]

    assert sorted(ruled) == sorted(domain["intents"])


def test_the_intents_are_the_topics_of_the_knowledge(domain: dict[str, Any], knowledge: Knowledge) -> None:
    assert sorted(domain["intents"]) == sorted(topic.id for topic in knowledge.topics)


def test_a_topic_leads_to_the_action_of_its_kind(knowledge: Knowledge) -> None:
    expected = {topic.id: KINDS[topic.kind] for topic in knowledge.topics}
    expected["fallback"] = "action_clarify"

    assert ACTION_OF == expected


FIRST_SAID = {"emergency": "utter_safety", "self_harm": "utter_safety", "bot_challenge": "utter_bot_challenge"}


@pytest.mark.parametrize("topic", sorted(ACTION_OF))
async def test_every_topic_is_answered_by_its_action(run: Run, topic: str, domain: dict[str, Any]) -> None:
    turn = await run(ACTIONS[ACTION_OF[topic]], "something", topic)

    assert turn.responses[0] == FIRST_SAID.get(topic, "utter_introduction")
    assert {m["answer"]["topic"] for m in turn.said if "answer" in m} == {topic}
    assert set(turn.responses) <= set(domain["responses"])
