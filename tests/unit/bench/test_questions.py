"""What is asked in the measurement."""

from bench.questions import varied_questions


def test_no_question_is_asked_twice():
    assert len(set(varied_questions(330))) == 330


def test_every_run_asks_the_same():
    assert varied_questions(50) == varied_questions(50)
