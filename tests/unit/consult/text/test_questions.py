"""Which sentence of a long message asks."""

from __future__ import annotations

import pytest

from bot.consult.text.questions import Question, QuestionFinder
from bot.consult.types import Mention
from bot.settings import PROJECT_ROOT

find = QuestionFinder(PROJECT_ROOT / "data" / "language" / "parts.yml").find
STORY = "We moved here in the spring, two children, one dog, and a car that starts when it likes to."
MORE = "My brother fixes it whenever he comes, which is at Christmas and for the long weekend in May."


@pytest.mark.parametrize(
    "question",
    [
        "What does it cost?",
        "So how long does it last",
        "My question is, which of them goes first?",
        "It lasts for a year, right?",
        "I'd like to know what it costs.",
        "Please have somebody call me.",
        "Combien ça coûte chez vous ?",
    ],
)
@pytest.mark.parametrize("where", ["{0} {1} {2}", "{1} {0} {2}", "{1} {2} {0}"])
def test_the_sentence_that_asks_is_the_question_wherever_it_stands(question: str, where: str) -> None:
    question = question if question[-1] in "?." else f"{question}."

    assert find(where.format(question, STORY, MORE), ()) == Question(question, question)


def test_of_several_questions_the_last_one_counts() -> None:
    assert find(f"Where are you? {STORY} {MORE} What does it cost?", ()) == Question(*["What does it cost?"] * 2)


def test_a_question_goes_before_what_only_ends_with_a_question_mark_and_that_before_a_request() -> None:
    told = f"What does it cost? {STORY} My sister said a month?? Please answer soon. {MORE}"

    assert find(told, ()) == Question(*["What does it cost?"] * 2)


def test_a_question_of_a_few_words_takes_the_sentence_before_it_along() -> None:
    found = find(f"{STORY} {MORE} Both in one visit, then. Possible?", ())

    assert found == Question(*["Both in one visit, then. Possible?"] * 2)


def test_the_gist_has_every_sentence_that_names_a_treatment() -> None:
    text = f"I had Botox. {STORY} {MORE} Is that too early?"
    named = Mention("botox", covered=True, brand=False, contextual=False, text="Botox", start=6, end=11)

    assert find(text, [named]) == Question("Is that too early?", "I had Botox. Is that too early?")


@pytest.mark.parametrize(
    "text", ["Hello there. Which one goes first?", f"{STORY} {MORE}", " ".join(STORY[:-1].split() * 3)]
)
def test_a_short_message_and_one_that_asks_nothing_have_no_question_apart(text: str) -> None:
    assert find(text, ()) is None


def test_marks_alone_make_no_trouble() -> None:
    assert find("? " * 500, ()) == Question(*["? ? ? ?"] * 2)
