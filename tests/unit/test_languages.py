"""Nothing that the bot says lacks a language, and each language says days, hours and numbers in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot import languages
from bot.channels.texts import FILE, channel_texts
from bot.clinic import Clinic, read_clinic
from bot.consult.answers.dates import day_in_words, days_in_words
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge, Text
from bot.settings import PROJECT_ROOT
from bot.translations import translated, translations
from bot.wording import check_wording
from bot.yaml_lines import FileError

KNOWLEDGE = read_knowledge(PROJECT_ROOT / "data" / "knowledge")
IDS = languages.ids()
DOMAIN = translated(yaml.safe_load((PROJECT_ROOT / "domain.yml").read_text(encoding="utf-8")))
WORDING = PROJECT_ROOT / "data" / "wording"


def texts_of(knowledge: Knowledge) -> Iterator[tuple[str, Text]]:
    """Every text of the knowledge that an answer may say."""
    for treatment in knowledge.treatments:
        yield treatment.id, treatment.name
    for fact in knowledge.all_facts:
        if fact.repeatable:
            yield fact.id, fact.claim
            yield from ((f"{fact.id}, {name}", text) for name, text in fact.values)
    for boundary in knowledge.boundaries:
        yield boundary.topic, boundary.gap
    for rule in knowledge.rules:
        yield from ((rule.id, text) for text in rule.rationale)
    yield "urgent signs", knowledge.urgent_signs


def texts_by_the_clinic(clinic: Clinic) -> Iterator[tuple[str, Text]]:
    for name, value in vars(clinic).items():
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, Text):
                yield name, text


@pytest.mark.parametrize("language", IDS)
def test_every_text_of_the_knowledge_has_it(language: str) -> None:
    assert [name for name, text in texts_of(KNOWLEDGE) if language not in text.languages] == []


@pytest.mark.parametrize("language", IDS)
def test_every_safety_text_has_it_on_every_channel(language: str) -> None:
    wanted = {(text.key, text.channel) for text in KNOWLEDGE.safety_texts}

    assert {(t.key, t.channel) for t in KNOWLEDGE.safety_texts if t.language == language} == wanted


@pytest.mark.parametrize("language", IDS)
def test_every_text_of_the_example_clinic_has_it(language: str) -> None:
    clinic = read_clinic(PROJECT_ROOT / "clinic.yml")

    assert [name for name, text in texts_by_the_clinic(clinic) if language not in text.languages] == []


@pytest.mark.parametrize("language", IDS[1:])
@pytest.mark.parametrize("response", DOMAIN["responses"])
def test_every_response_has_it_on_the_same_channels_with_the_same_buttons(response: str, language: str) -> None:
    variations = DOMAIN["responses"][response]
    plain = [each for each in variations if "condition" not in each]
    own = [each for each in variations if each.get("condition", [{}])[0].get("value") == language]

    assert [each.get("channel") for each in own] == [each.get("channel") for each in plain]
    payloads = [[button["payload"] for button in each.get("buttons", ())] for each in plain]
    assert [[button["payload"] for button in each.get("buttons", ())] for each in own] == payloads


def test_a_response_that_only_passes_words_on_is_the_only_one_that_reads_alike_in_french() -> None:
    alike = {
        name
        for name, variations in DOMAIN["responses"].items()
        for each in variations
        if "condition" in each and each["text"] in [other["text"] for other in variations if "condition" not in other]
    }

    assert {name for name in alike if "{" not in DOMAIN["responses"][name][0]["text"]} == set()


@pytest.mark.parametrize("name", channel_texts(FILE))
def test_every_text_of_the_channels_has_every_language(name: str) -> None:
    assert tuple(channel_texts(FILE)[name]) == IDS


def test_the_slot_of_the_language_takes_every_language() -> None:
    assert tuple(DOMAIN["slots"]["language"]["values"]) == IDS


@pytest.mark.parametrize("translation", translations())
def test_no_translation_was_reviewed_yet(translation: object) -> None:
    assert translation.review.translation_needed  # type: ignore[attr-defined]
    assert translation.review.translation_by is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("  utter_price:", "  utter_prize:", "no answer says 'utter_prize'"),
        ("D'abord {lead_name}", "D'abord {leading_name}", "nothing fills in {leading_name}"),
        ('"Why wait?"', '"Why weight?"', "the title 'Why wait?' is not translated (fr)"),
    ],
)
def test_a_slip_in_a_translation_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = (WORDING / "fr.yml").read_text(encoding="utf-8")
    (tmp_path / "fr.yml").write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(FileError) as refused:
        check_wording(KNOWLEDGE, folder=tmp_path)
    assert reason in refused.value.reason


@pytest.mark.parametrize("response", ["utter_price", "utter_order_reversed"])
def test_a_response_without_a_translation_is_refused(tmp_path: Path, response: str) -> None:
    whole = yaml.safe_load((WORDING / "fr.yml").read_text(encoding="utf-8"))
    del whole["responses"][response]
    whole["translation_reviewed"] = {}
    (tmp_path / "fr.yml").write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")

    with pytest.raises(FileError, match=f"'{response}' is not translated"):
        check_wording(KNOWLEDGE, folder=tmp_path)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Tue 24 Nov", "Tue 5 Jan 2027", "10 days", "2 to 3 weeks")),
        ("fr", ("mardi 24 novembre", "mardi 5 janvier 2027", "10 jours", "2 à 3 semaines")),
        ("de", ("Tue 24 Nov", "Tue 5 Jan 2027", "10 days", "2 to 3 weeks")),
    ],
)
def test_days_and_lengths_are_said_in_it(language: str, said: tuple[str, ...]) -> None:
    today = date(2026, 11, 22)
    days = (day_in_words(day, today, language) for day in (date(2026, 11, 24), date(2027, 1, 5)))

    assert (*days, days_in_words(10, 10, language), days_in_words(14, 21, language, "week")) == said
