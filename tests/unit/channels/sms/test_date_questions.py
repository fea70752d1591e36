"""A question for dates by SMS: whatever is asked, the form of an answer is in the first text, beside whom to call."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
import yaml

from bot import gsm7
from bot.channels.sms.rendering import render
from bot.channels.texts import said as channel_text
from bot.settings import PROJECT_ROOT
from bot.translations import translated

RESPONSES = translated(yaml.safe_load((PROJECT_ROOT / "domain.yml").read_text(encoding="utf-8")))["responses"]
ASKS = [name for name in RESPONSES if name.startswith("utter_date_ask") and name != "utter_date_ask_card"]
WORDS: dict[str, dict[str, str]] = {
    "en": defaultdict(
        lambda: "microneedling",
        lead_name="Botox",
        phone="403-555-0100",
        readings="Wed 3 Feb 2027 or Tue 2 Mar 2027",
        follow_day="Sun 20 Dec",
        latest_day="Sun 6 Dec",
    ),
    "fr": defaultdict(
        lambda: "le microneedling",
        lead_name="le Botox",
        phone="403-555-0100",
        readings="mercredi 3 février 2027 ou mardi 2 mars 2027",
        follow_day="dimanche 20 décembre",
        latest_day="dimanche 6 décembre",
    ),
}
SHOWN = {"en": "Such as: Botox Nov 9, needling Nov 25.", "fr": "Ex.: Botox 9 nov, microneedling 25 nov."}


def said(name: str, language: str) -> dict[str, Any]:
    text = next(each for each in RESPONSES[name] if each.get("channel") == "sms" and spoken(each) == language)
    return {**text, "text": text["text"].format_map(WORDS[language])}


def spoken(text: dict[str, Any]) -> str:
    return str(next((condition["value"] for condition in text.get("condition", ())), "en"))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("first", [True, False], ids=["first text", "later"])
@pytest.mark.parametrize("name", [*ASKS, "utter_date_latest", "utter_date_unknown"])
def test_a_question_for_dates_shows_how_to_answer(name: str, first: bool, language: str) -> None:
    answer = {"topic": "date_check", "language": language, "sources": [{"heading": "H", "quote": "Q"}]}
    turn = [said(each, language) for each in (name, "utter_date_form", "utter_close_article")]
    introduction = channel_text("introduction", language, clinic="Demo Clinic (example only)") if first else ""
    rendered = render([{**turn[0], "answer": answer}, *turn[1:]], introduction)

    assert SHOWN[language] in rendered.text
    assert "403-555-0100" in rendered.text
    assert gsm7.segments(rendered.text) == 2
