"""Reads the questions that ``tandem ask`` is given, and refuses the whole lot at the first bad line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.channels.body import check_text
from bot.channels.errors import ApiError
from bot.errors import TandemError


class QuestionError(TandemError):
    """A line that is no question."""

    exit_code = 2


@dataclass(frozen=True)
class Question:
    """One question and the conversation that it belongs to."""

    id: str
    conversation: str
    text: str


def read_plain(lines: Iterable[bytes]) -> list[Question]:
    """Read one question a line, each a conversation of its own; blank lines are left out.

    Raises:
        QuestionError: A line cannot be asked.
    """
    asked = [_checked(number, text) for number, text in _decoded(lines)]
    return [Question(f"q{n}", f"c{n}", text) for n, text in enumerate(asked, 1)]


def read_jsonl(lines: Iterable[bytes]) -> list[Question]:
    """Read one JSON object a line, with ``id``, ``text`` and, for several turns, ``conversation``.

    Raises:
        QuestionError: A line is no such object, cannot be asked, or repeats an id.
    """
    questions: dict[str, Question] = {}
    for number, line in _decoded(lines):
        question = _question(number, line)
        if question.id in questions:
            raise _bad(number, f"the id {question.id!r} was used before")
        questions[question.id] = question
    return list(questions.values())


def _decoded(lines: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers."""
    for number, line in enumerate(lines, 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise _bad(number, "it is not UTF-8 text") from None
        if text.strip():
            yield number, text


def _question(number: int, line: str) -> Question:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        raise _bad(number, "it is not JSON") from None
    if not isinstance(fields, dict):
        raise _bad(number, "it is not a JSON object")
    key = _name(number, fields, "id")
    conversation = _name(number, {"conversation": key, **fields}, "conversation")
    return Question(key, conversation, _checked(number, fields.get("text")))


def _name(number: int, fields: dict[str, object], field: str) -> str:
    value = fields.get(field)
    if not isinstance(value, str) or not value:
        raise _bad(number, f'"{field}" must be a string')
    return value


def _checked(number: int, text: object) -> str:
    try:
        return check_text(text)
    except ApiError as error:
        raise _bad(number, error.sentence) from None


def _bad(number: int, why: str) -> QuestionError:
    return QuestionError(f"Line {number}: {why.rstrip('.')}. Nothing was asked.")
