"""Reading questions: plain lines and JSON lines, and the first bad line named by its number."""

from __future__ import annotations

import pytest

from bot.cli.questions import Question, QuestionError, read_jsonl, read_plain


def test_each_plain_line_is_a_conversation_of_its_own_and_blank_lines_are_left_out() -> None:
    assert read_plain([b"\xef\xbb\xbfone\r\n", b"\n", b"  \n", b"two"]) == [
        Question("q1", "c1", "one"),
        Question("q2", "c2", "two"),
    ]


def test_json_lines_keep_their_ids_and_conversations() -> None:
    lines = [
        b'{"id": "a", "conversation": "c", "text": "one"}\n',
        b"\n",
        b'{"id": "b", "text": "two", "note": 1}\n',
    ]
    assert read_jsonl(lines) == [Question("a", "c", "one"), Question("b", "b", "two")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"\xff", "it is not UTF-8 text"),
        (b"a\x00b", "The message has characters that are not text"),
        (b"x" * 1001, "The message is too long: at most 1,000 characters"),
    ],
)
def test_a_bad_plain_line_is_named(line: bytes, why: str) -> None:
    with pytest.raises(QuestionError) as refused:
        read_plain([b"good\n", b"\n", line])
    assert str(refused.value) == f"Line 3: {why}. Nothing was asked."


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "it is not JSON"),
        (b"one question", "it is not JSON"),
        (b"[]", "it is not a JSON object"),
        (b'{"text": "one"}', '"id" must be a string'),
        (b'{"id": 1, "text": "one"}', '"id" must be a string'),
        (b'{"id": "", "text": "one"}', '"id" must be a string'),
        (b'{"id": "b", "conversation": 1, "text": "one"}', '"conversation" must be a string'),
        (b'{"id": "b"}', '"text" must be a string'),
        (b'{"id": "b", "text": " "}', "The message is empty"),
        (b'{"id": "a", "text": "two"}', "the id 'a' was used before"),
    ],
)
def test_a_bad_json_line_is_named(line: bytes, why: str) -> None:
    with pytest.raises(QuestionError) as refused:
        read_jsonl([b'{"id": "a", "text": "one"}\n', line])
    assert str(refused.value) == f"Line 2: {why}. Nothing was asked."
