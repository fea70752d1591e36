"""Reads the questions that ``tandem ask`` is given, and refuses the whole lot at the first bad line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.channels.body import check_payload, check_text
from bot.channels.errors import ApiError
from bot.errors import TandemError

Fields = Mapping[str, object]


class QuestionError(TandemError):
    """A line that is no question."""

    exit_code = 2


@dataclass(frozen=True)
class Question:
    """One question and the conversation that it belongs to; or a button's payload, or a form, in its place."""

    id: str
    conversation: str
    text: str = ""
    payload: str | None = None
    form: Mapping[str, str | None] | None = None

    @property
    def said(self) -> dict[str, object]:
        """What is sent of it."""
        if self.form is not None:
            return {"form": self.form}
        return {"text": self.text} if self.payload is None else {"payload": self.payload}


def read_plain(lines: Iterable[bytes]) -> list[Question]:
    """Read one question a line, each a conversation of its own; blank lines are left out.

    Raises:
        QuestionError: A line cannot be asked.
    """
    asked = [_checked(number, text) for number, text in _decoded(lines)]
    return [Question(f"q{n}", f"c{n}", text) for n, text in enumerate(asked, 1)]


def read_jsonl(lines: Iterable[bytes]) -> list[Question]:
    """Read one JSON object a line: ``id``, one of ``text``, ``payload`` and ``form``, and for turns ``conversation``.

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
    given = [kind for kind in _READERS if fields.get(kind) is not None]
    if len(given) > 1:
        raise _bad(number, 'it must hold one of "text", "payload" and "form"')
    return _READERS[given[0] if given else "text"](number, key, conversation, fields)


def _text(number: int, key: str, conversation: str, fields: Fields) -> Question:
    return Question(key, conversation, _checked(number, fields.get("text")))


def _payload(number: int, key: str, conversation: str, fields: Fields) -> Question:
    return Question(key, conversation, payload=_checked(number, fields["payload"], check_payload))


def _form(number: int, key: str, conversation: str, fields: Fields) -> Question:
    form = fields["form"]
    if not isinstance(form, dict) or not form or not all(v is None or isinstance(v, str) for v in form.values()):
        raise _bad(number, '"form" must be an object of fields and their values')
    return Question(key, conversation, form=form)


def _name(number: int, fields: Fields, field: str) -> str:
    value = fields.get(field)
    if not isinstance(value, str) or not value:
        raise _bad(number, f'"{field}" must be a string')
    return value


def _checked(number: int, text: object, check: Callable[[object], str] = check_text) -> str:
    try:
        return check(text)
    except ApiError as error:
        raise _bad(number, error.sentence) from None


def _bad(number: int, why: str) -> QuestionError:
    return QuestionError(f"Line {number}: {why.rstrip('.')}. Nothing was asked.")


_READERS = {"text": _text, "payload": _payload, "form": _form}
