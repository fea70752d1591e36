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


def test_a_json_line_may_press_a_button_or_send_a_form() -> None:
    lines = [
        b'{"id": "a", "payload": "/date_check"}',
        b'{"id": "b", "text": null, "form": {"botox_date": "2026-11-12", "microneedling_date": null}}',
    ]
    form = {"botox_date": "2026-11-12", "microneedling_date": None}
    read = read_jsonl(lines)
    assert read == [Question("a", "a", payload="/date_check"), Question("b", "b", form=form)]
    assert [question.said for question in read] == [{"payload": "/date_check"}, {"form": form}]
    assert Question("c", "c", "one").said == {"text": "one"}


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
        (b'{"id": "b", "text": "hi", "payload": "/order"}', 'it must hold one of "text", "payload" and "form"'),
        (b'{"id": "b", "payload": 1}', '"payload" must be the payload of a button that was offered'),
        (b'{"id": "b", "form": {}}', '"form" must be an object of fields and their values'),
        (b'{"id": "b", "form": {"botox_date": 12}}', '"form" must be an object of fields and their values'),
        (b'{"id": "a", "text": "two"}', "the id 'a' was used before"),
    ],
)
def test_a_bad_json_line_is_named(line: bytes, why: str) -> None:
    with pytest.raises(QuestionError) as refused:
        read_jsonl([b'{"id": "a", "text": "one"}\n', line])
    assert str(refused.value) == f"Line 2: {why}. Nothing was asked."
