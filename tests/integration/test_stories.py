"""A story before or behind a question changes no topic."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import cycle

import pytest

from bot.cli.in_process import Understanding, load_understanding
from bot.cli.score import TABLES, TODAY
from bot.cli.scoring.questions import is_scored, score_question
from bot.cli.scoring.tables import read_table
from bot.consult.topics import NOT_OURS, SAFETY, SMALL_TALK
from bot.nlu.services import services
from bot.settings import Settings

STORIES = (TABLES / "stories.tsv").read_text(encoding="utf-8").splitlines()[1:]
QUESTIONS = 60
LEAST_SHARE = {"{story} {question}": 0.89, "{question} {story}": 0.91}
"""What was measured, rounded down to a whole per cent."""
WITHOUT_STORY = NOT_OURS | SAFETY | SMALL_TALK | {"clinician_only"}
"""Nobody tells a story with these, or the safety layer decides on all of it."""

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]


@pytest.fixture(scope="module")
def understanding() -> Iterator[Understanding]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANDEM_TODAY", TODAY)
        services.cache_clear()
        yield load_understanding(Settings.from_environment())
    services.cache_clear()


@pytest.fixture(scope="module")
def solved(understanding: Understanding) -> list[tuple[str, str]]:
    """Questions that are understood, and their topics."""
    rows = [row for row in read_table(TABLES / "questions.tsv").rows if is_scored(row)]
    asked = [row for row in rows if row["category"] not in WITHOUT_STORY and "lang=fr" not in row["note"]]
    outcomes = (score_question(row, understanding) for row in random.Random(0).sample(asked, QUESTIONS))
    return [(f"{o.text.rstrip('?.! ')}?", o.got) for o in outcomes if o.right]


@pytest.mark.parametrize("shape", LEAST_SHARE)
def test_a_story_changes_no_topic(shape: str, solved: list[tuple[str, str]], understanding: Understanding) -> None:
    told = [(shape.format(story=story, question=q), topic) for (q, topic), story in zip(solved, cycle(STORIES))]
    changed = [(text, topic) for text, topic in told if understanding.of(text).answer.topic != topic]

    assert 1 - len(changed) / len(told) >= LEAST_SHARE[shape], "\n".join(map(str, changed))
