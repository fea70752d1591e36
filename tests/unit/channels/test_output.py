"""Merging what a turn said into one answer."""

from __future__ import annotations

from bot.channels.output import CollectedOutput, merged

A = {"id": "a", "heading": "A", "quote": "First."}
B = {"id": "b", "heading": "B", "quote": "Second."}
TIMING = {"verdict": "no_interval"}


def answer(**fields: object) -> dict[str, object]:
    return {
        "topic": "order",
        "language": "en",
        "timing": None,
        "sources": [],
        "handoff_offered": False,
        **fields,
    }


def test_several_messages_make_one_answer() -> None:
    said = [
        {"text": "Hello.", "timestamp": 1.0},
        {
            "text": "One.",
            "buttons": [{"title": "Yes", "payload": "/yes", "extra": 1}],
            "answer": answer(sources=[B, A]),
        },
        {"text": "Two.", "answer": answer(topic="wait", timing=TIMING, sources=[A, B], handoff_offered=True)},
    ]
    assert merged(said) == {
        "messages": [
            {"text": "Hello.", "buttons": []},
            {"text": "One.", "buttons": [{"title": "Yes", "payload": "/yes"}]},
            {"text": "Two.", "buttons": []},
        ],
        "topic": "order",
        "language": "en",
        "timing": TIMING,
        "sources": [B, A],
        "handoff_offered": True,
    }


def test_messages_without_an_answer_are_a_fallback() -> None:
    assert merged([{"text": "Hm."}]) == {
        "messages": [{"text": "Hm.", "buttons": []}],
        "topic": "fallback",
        "language": "en",
        "timing": None,
        "sources": [],
        "handoff_offered": False,
    }


def test_a_form_travels_with_its_message() -> None:
    form = {"fields": ["name"]}
    assert merged([{"text": "Please.", "form": form}])["messages"] == [{"text": "Please.", "buttons": [], "form": form}]


def test_a_closing_is_one_only_at_the_end_of_everything() -> None:
    said = [{"text": "One."}, {"text": "Ask.", "closing": True}, {"text": "Two."}, {"text": "Talk.", "closing": True}]
    assert [message.get("closing") for message in merged(said)["messages"]] == [None, None, None, True]
    assert said[1]["closing"] is True


async def test_messages_with_nothing_to_show_are_not_collected() -> None:
    output = CollectedOutput()
    for message in ({"text": ""}, {"text": None, "buttons": []}, {"text": "Hi."}):
        await output.send_response("someone", message)
    assert output.said == [{"text": "Hi."}]
    assert not output.has_answer
