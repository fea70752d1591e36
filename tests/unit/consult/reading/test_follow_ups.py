"""Short messages that lean on an earlier turn: recognised as a whole, never as a part of a longer question."""

from __future__ import annotations

import pytest
import yaml

from bot.consult.reading.follow_ups import FollowUps
from bot.consult.text.patterns import is_pattern
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
        ("d'accord", "ack"),
        ("   WHY   ", "why"),
        ("so, how long exactly", "how_long"),
        ("Sure?", "source"),
        ("sure", "ack"),
        ("k wen then", "when"),
        ("what's the earliest I can book it?", "when"),
        ("so when's the soonest then?", "when"),
        ("ok i'll ask my nurse", "ack"),
        ("👍", "ack"),
        ("🙏❤️!", "ack"),
        ("👎", "no"),
        ("💉", None),
        ("hey how are you doing today", "how_are_you"),
        ("what does the article advise then", "source"),
        ("ok so which of the two counts", "which_counts"),
        ("do I count from the first one or the last one?", "which_counts"),
        ("perfect, so I'm cleared?", "clearance"),
        ("ok great so it's safe then", "clearance"),
        ("so I don't need to ask anybody?", "clearance"),
        ("but it's only one day", "clearance"),
        ("ok?", "clearance"),
        ("ok", "ack"),
        ("ok then", "ack"),
        ("I'm good", "no"),
        ("am I good to go", "clearance"),
        ("so that's a no?", "more"),
        ("does one day really matter", "why"),
        ("hello again", "greet"),
        ("can you say that in simpler words?", "more"),
        ("what was the gap again", "how_long"),
    ],
)
def test_a_whole_message_is_a_follow_up(text: str, kind: str | None) -> None:
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

    plain = [(kind, p) for kind, phrases in kinds.items() for p in phrases if not is_pattern(p)]

    assert [(kind, p) for kind, p in plain if FOLLOW_UPS.kind(p) != kind] == []


def test_a_long_message_is_never_one() -> None:
    assert FOLLOW_UPS.kind("ok " * 300 + "why") is None
