"""Reads safety_texts.yml: the fixed texts of the safety layer, each for both channels in every language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot import gsm7
from bot.knowledge.reading.common import open_file, text_by_language
from bot.knowledge.types import CHANNELS, Channel, Review, SafetyText, Text
from bot.yaml_lines import Entry

KEYS = (
    "call_911",
    "seen_today",
    "call_988",
    "in_doubt",
    "in_doubt_self_harm",
    "distress",
    "stays_safe",
    "were_you_seen",
    "stays_safe_self_harm",
    "after_days",
    "after_days_self_harm",
    "other_language",
)
"""Every text that the safety layer says."""


def read_safety_texts(file: Path) -> tuple[tuple[SafetyText, ...], Text, Review]:
    """The fixed texts, the urgent signs, and who reviewed them."""
    fields, _, review = open_file(file, ("safety_texts", "urgent_signs"), translated=True)
    urgent_signs = text_by_language(fields["urgent_signs"])
    texts = tuple(_texts(fields["safety_texts"], urgent_signs.languages))
    return texts, urgent_signs, review


def _texts(entry: Entry, languages: tuple[str, ...]) -> Iterator[SafetyText]:
    for key, channels in entry.fields(KEYS).items():
        for channel, texts in channels.fields(CHANNELS).items():
            yield from _of_channel(key, "sms" if channel == "sms" else "website", texts, languages)


def _of_channel(key: str, channel: Channel, entry: Entry, languages: tuple[str, ...]) -> Iterator[SafetyText]:
    for language, text in entry.fields(languages).items():
        if channel == "sms":
            _refuse_long(text)
        yield SafetyText(key, channel, language, text.text())


def _refuse_long(entry: Entry) -> None:
    length = gsm7.length(entry.text())
    if length is None:
        raise entry.refusal("the text holds a character that an SMS in GSM-7 cannot carry")
    if length > gsm7.SEGMENT:
        raise entry.refusal(f"the text takes {length} of the {gsm7.SEGMENT} characters of an SMS")
