"""One text for a turn: what it holds, what waits for "more", what is never left out."""

from __future__ import annotations

from typing import Any

import pytest

from bot import gsm7
from bot.channels.sms.choices import Choice
from bot.channels.sms.rendering import Rendered, continued, language_of, render, topic_of

END = {
    "text": "A professional decides: 403-555-0100.",
    "buttons": [{"title": "Talk to someone", "payload": "/consult"}],
}
SOURCES = [{"id": "s-1", "heading": "A heading", "quote": "A sentence."}]
INTRODUCTION = "Demo: automated assistant. Reply STOP to opt out."


def answer(text: str, topic: str = "order", buttons: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    envelope = {"topic": topic, "language": "en", "sources": SOURCES, **more}
    return {"text": text, "buttons": [{"title": t, "payload": f"/{t}"} for t in buttons], "answer": envelope}


def test_a_short_answer_is_said_whole_with_numbered_choices_and_its_source_on_more() -> None:
    assert render([answer("Botox **first** – then…", buttons=("why",)), END]) == Rendered(
        "Botox first - then... A professional decides: 403-555-0100. "
        "Reply: 1 why, 2 Talk to someone, MORE for the source",
        (Choice("why", "/why"), Choice("Talk to someone", "/consult")),
        'A heading: "A sentence."',
    )


def test_the_channel_s_introduction_stands_in_the_place_of_the_bot_s() -> None:
    said = [{"text": "I'm a program.", "introduction": True}, {"text": "Hello!"}]

    assert render(said, INTRODUCTION) == Rendered(f"{INTRODUCTION} Hello!")


@pytest.mark.parametrize("topic", ["emergency", "self_harm"])
def test_a_red_flag_stands_alone(topic: str) -> None:
    assert render([answer("Call 911 now.", topic, ("why",))], INTRODUCTION) == Rendered("Call 911 now.")


@pytest.mark.parametrize("sentences", [5, 9, 30])
def test_of_a_long_answer_whole_sentences_are_said_and_the_way_to_a_person_stays(sentences: int) -> None:
    text = " ".join(f"This is sentence number {n} of it." for n in range(sentences))
    rendered = render([answer(text, buttons=("why", "how")), END], INTRODUCTION)

    assert (gsm7.segments(rendered.text) or 99) <= 2
    assert rendered.text.startswith(f"{INTRODUCTION} This is sentence number 0 of it.")
    assert "A professional decides: 403-555-0100." in rendered.text
    said = rendered.text.partition(" A professional")[0].removeprefix(f"{INTRODUCTION} ")
    left = rendered.rest.removesuffix('A heading: "A sentence."').strip()
    assert f"{said} {left}".strip() == text and (not left or said.endswith("."))


def test_more_goes_on_until_all_is_said() -> None:
    words, rest = [], " ".join(f"word{n}" for n in range(200))
    whole = rest
    while rest:
        rendered = continued(rest, (), "en")
        assert (gsm7.segments(rendered.text) or 99) <= 2
        words.append(rendered.text.removesuffix(" Reply: MORE for the rest"))
        rest = rendered.rest

    assert " ".join(words) == whole


def test_the_choices_of_a_question_are_never_left_out() -> None:
    question = {"text": "A very long consent. " * 20, "buttons": [{"title": t, "payload": t} for t in ("Yes", "No")]}
    rendered = render([question])

    assert rendered.text.endswith(" Reply: 1 Yes, 2 No, MORE for the rest")
    assert rendered.choices == (Choice("Yes", "Yes"), Choice("No", "No"))


def test_characters_that_gsm_7_lacks_make_no_text_longer() -> None:
    rendered = render([{"text": "“Ê” ç ✨ — ‘ok’"}])

    assert rendered.text == "\"E\" c - 'ok'"
    assert gsm7.segments(rendered.text) == 1


def test_topic_and_language_are_those_of_the_first_answer() -> None:
    said = [{"text": "x"}, answer("a", "price", language="fr"), answer("b", "order")]

    assert (topic_of(said), language_of(said)) == ("price", "fr")
    assert (topic_of([]), language_of([])) == (None, "en")
