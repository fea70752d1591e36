"""Short messages that lean on an earlier turn: recognised as a whole, never as a part of a longer question."""

from __future__ import annotations

import pytest
import yaml

from bot.consult.follow_ups import FollowUps
from bot.settings import PROJECT_ROOT

PATH = PROJECT_ROOT / "data" / "language" / "follow_ups.yml"
FOLLOW_UPS = FollowUps(PATH)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("why?", "why"),
        ("But why tho", "why"),
        ("ok but why", "why"),
        ("how long then?", "how_long"),
        ("And the other way round?", "flip"),
        ("says who?!", "source"),
        ("Yes please.", "yes"),
        ("no thanks", "no"),
        ("tell me more", "more"),
        ("just give me a number", "number_only"),
        ("Pourquoi ?", "why"),
        ("et l’inverse ?", "flip"),
        ("d'accord", "yes"),
        ("   WHY   ", "why"),
        ("so, how long exactly", "how_long"),
    ],
)
def test_a_whole_message_is_a_follow_up(text: str, kind: str) -> None:
    assert FOLLOW_UPS.kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "why is botox blue",
        "how long does botox last",
        "yes botox first",
        "source of collagen",
        "ok ok so then",
    ],
)
def test_a_question_of_its_own_is_none(text: str) -> None:
    assert FOLLOW_UPS.kind(text) is None


def test_every_phrase_of_the_lists_is_recognised_as_its_kind() -> None:
    lists = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    kinds = {kind: phrases for kind, phrases in lists.items() if kind not in ("openers", "closers")}

    assert [(kind, p) for kind, phrases in kinds.items() for p in phrases if FOLLOW_UPS.kind(p) != kind] == []
