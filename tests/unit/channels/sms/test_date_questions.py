"""A question for dates by SMS: whatever is asked, the form of an answer is in the first text, beside whom to call."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
import yaml

from bot import gsm7
from bot.channels.sms.rendering import render
from bot.channels.sms.wording import INTRODUCTION
from bot.settings import PROJECT_ROOT

RESPONSES = yaml.safe_load((PROJECT_ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
ASKS = [name for name in RESPONSES if name.startswith("utter_date_ask") and name != "utter_date_ask_card"]
VALUES: dict[str, str] = defaultdict(
    lambda: "microneedling",
    lead_name="Botox",
    phone="403-555-0100",
    readings="Wed 3 Feb 2027 or Tue 2 Mar 2027",
    follow_day="Sun 20 Dec",
    latest_day="Sun 6 Dec",
)
SENDER = INTRODUCTION["en"].format(clinic="Demo Clinic (example only)")


def said(name: str) -> dict[str, Any]:
    text = next(each for each in RESPONSES[name] if each.get("channel") == "sms" and "condition" not in each)
    return {**text, "text": text["text"].format_map(VALUES)}


@pytest.mark.parametrize("introduction", [SENDER, ""], ids=["first text", "later"])
@pytest.mark.parametrize("name", [*ASKS, "utter_date_latest", "utter_date_unknown"])
def test_a_question_for_dates_shows_how_to_answer(name: str, introduction: str) -> None:
    answer = {"topic": "date_check", "language": "en", "sources": [{"heading": "H", "quote": "Q"}]}
    turn = [{**said(name), "answer": answer}, said("utter_date_form"), said("utter_close_article")]
    rendered = render(turn, introduction)

    assert "Such as: Botox Nov 9, needling Nov 25." in rendered.text
    assert "403-555-0100" in rendered.text
    assert gsm7.segments(rendered.text) == 2
