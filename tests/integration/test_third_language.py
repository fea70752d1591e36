"""A third language is a change of data: a small Spanish sample, in a copy of the data, is told, said and dated."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot import languages
from bot.channels.texts import channel_texts
from bot.consult.answers.dates import day_in_words, days_in_words, readings_in_words
from bot.consult.dates import date_reader
from bot.consult.text.language import LanguageTeller
from bot.consult.types import Period
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT
from bot.translations import translated
from bot.wording import check_wording

TODAY = date(2026, 11, 22)
LANGUAGE = {
    "es": {
        "name": "Spanish",
        "locale": "es_MX",
        "day": "EEEE d 'de' MMMM",
        "long_day": "EEEE d 'de' MMMM",
        "moment": "EEEE d 'de' MMMM, H:mm",
        "clock": "H:mm",
        "quoted": "«{}»",
        "words": {"and": "y", "or": "o", "to": "a", "at": "a las", "on_day": "el", "closed": "cerrado"},
        "numbers": ["una", "dos", "tres", "cuatro"],
    }
}
TOLD_BY = {
    "es": {
        "clear": ["cuánto cuánta después antes qué cuándo puedo quiero tengo hola gracias"],
        "common": ["y o el los las del en con para me mi"],
        "letters": "ñ¿¡",
        "asked": ["en español [por favor|please]"],
    }
}
DATES = {
    "months": [[m] for m in "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre".split()]
    + [["diciembre"]],
    "weekdays": [[d] for d in "lunes martes miércoles jueves viernes sábado domingo".split()],
    "numbers": ["cero", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"],
    "tens": {10: ["diez"], 20: ["veinte"]},
    "ordinals": ["primero"],
    "ordinal_tens": {},
    "ordinal_endings": ["o"],
    "days": {"christmas": ["navidad"]},
    "glued": {},
    "not_typos": [],
    "unsure": [],
    "units": {"DAY": ["día"], "DAYS": ["días"], "WEEK": ["semana"], "WEEKS": ["semanas"]},
    "words": {"AGOLEADS": ["hace"], "TOMORROW": ["mañana"], "LE": ["el"], "OF": ["de"]},
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the data with the sample in it."""
    copy = Path(shutil.copytree(PROJECT_ROOT / "data", tmp_path / "data"))
    _add(copy / "language" / "languages.yml", LANGUAGE)
    _add(copy / "language" / "told_by.yml", TOLD_BY)
    (copy / "language" / "dates" / "es.yml").write_text(yaml.safe_dump(DATES, allow_unicode=True), encoding="utf-8")
    _translate(copy / "wording")
    monkeypatch.setattr(languages, "FILE", copy / "language" / "languages.yml")
    yield copy


def _add(file: Path, more: dict[str, object]) -> None:
    whole = yaml.safe_load(file.read_text(encoding="utf-8"))
    file.write_text(yaml.safe_dump({**whole, **more}, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _translate(folder: Path) -> None:
    """Every response once more, the sample's own words in one of them."""
    whole = yaml.safe_load((folder / "fr.yml").read_text(encoding="utf-8"))
    whole["translation_reviewed"] = {}
    whole["responses"]["utter_smalltalk_bye"] = "Adiós, cuídese."
    (folder / "es.yml").write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    channels = yaml.safe_load((folder / "channels.yml").read_text(encoding="utf-8"))
    spoken = {n: {} if n == "translation_reviewed" else {**t, "es": t["en"]} for n, t in channels.items()}
    (folder / "channels.yml").write_text(yaml.safe_dump(spoken, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture
def knowledge(data: Path) -> Knowledge:
    file = data / "knowledge" / "safety_texts.yml"
    whole = yaml.safe_load(file.read_text(encoding="utf-8"))
    whole["reviewed"] = whole["translation_reviewed"] = {}
    whole["urgent_signs"]["es"] = "**Llame al 911**."
    for channels in whole["safety_texts"].values():
        for texts in channels.values():
            texts["es"] = "Llame al 911."
    file.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    return read_knowledge(data / "knowledge")


def test_it_is_told_by_its_words_and_spoken_on_request(data: Path) -> None:
    teller = LanguageTeller(data / "language" / "told_by.yml")

    assert teller.language("¿cuánto después del botox?") == "es"
    assert teller.language("combien de temps après le botox") == "fr"
    assert teller.language("how long after botox") == "en"
    assert teller.language("en español por favor", "fr") == "es"
    assert teller.language("botox?", "es") == "es"


def test_its_responses_are_said(data: Path) -> None:
    domain = yaml.safe_load((PROJECT_ROOT / "domain.yml").read_text(encoding="utf-8"))
    said = translated(domain, data / "wording")["responses"]["utter_smalltalk_bye"]

    assert [(text["text"], text["condition"][0]["value"]) for text in said[1:]] == [
        ("Au revoir, et prenez soin de vous.", "fr"),
        ("Adiós, cuídese.", "es"),
    ]


def test_the_wording_is_checked_in_it(data: Path, knowledge: Knowledge) -> None:
    check_wording(knowledge, folder=data / "wording")


def test_its_days_and_numbers_are_said(data: Path, knowledge: Knowledge) -> None:
    rule = knowledge.rule("botox", "microneedling")
    days = [Period(day, day) for day in (date(2026, 11, 3), date(2026, 12, 3))]

    assert day_in_words(date(2026, 11, 24), TODAY, "es") == "martes 24 de noviembre"
    assert readings_in_words(days, TODAY, "es") == "martes 3 de noviembre o jueves 3 de diciembre"
    assert days_in_words(14, 21, "es", "week") == "2 a 3 semanas"
    assert rule is not None and rule.interval_in_words("es") == "dos semanas"


def test_its_safety_texts_are_said_and_other_texts_in_english_until_they_are_translated(knowledge: Knowledge) -> None:
    assert knowledge.safety_text("call_911", "es", "sms") == "Llame al 911."
    assert knowledge.facts("order")[0].claim.in_language("es") == "The article generally advises having Botox first."


def test_its_dates_are_read(data: Path) -> None:
    found = date_reader(data / "language").read("botox hace 10 días, microneedling el 3 de diciembre", TODAY)

    assert [(each.kind, each.readings[0].first) for each in found] == [
        ("point", date(2026, 11, 12)),
        ("point", date(2026, 12, 3)),
    ]


def test_the_channels_texts_have_it(data: Path) -> None:
    assert tuple(channel_texts(data / "wording" / "channels.yml")["stopped"]) == ("en", "fr", "es")
