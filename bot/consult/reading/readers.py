"""Where the readers of a message get their lists: one builder for the bot, its tests and the staff tools."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bot.consult.dates import date_reader
from bot.consult.reading.clinic_question import ClinicQuestions
from bot.consult.reading.cues import CueFinder
from bot.consult.reading.follow_ups import FollowUps
from bot.consult.reading.message import MessageReader
from bot.consult.reading.treatments import TreatmentFinder
from bot.consult.safety.layer import safety_layer
from bot.consult.text.language import LanguageTeller
from bot.consult.text.plain_words import PlainWords
from bot.consult.text.questions import QuestionFinder
from bot.consult.text.tokens import tokenizer
from bot.consult.text.typos import Typos
from bot.consult.text.word_lists import words_in
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge


@lru_cache(maxsize=4)
def message_reader(knowledge_dir: Path, language_dir: Path) -> MessageReader:
    """Build the reader from the treatments, the safety lexicon and the word lists; once for each pair of folders."""
    knowledge = read_knowledge(knowledge_dir)
    nlp = tokenizer()
    typos = _typos(language_dir, knowledge_dir, knowledge)
    return MessageReader(
        nlp=nlp,
        treatments=TreatmentFinder(nlp, knowledge.aliases, _cues(knowledge)),
        cues=CueFinder(nlp, language_dir),
        dates=date_reader(language_dir, treatments=_words(knowledge)),
        safety=safety_layer(knowledge_dir / "safety"),
        follow_ups=FollowUps(language_dir / "follow_ups.yml"),
        plain_words=PlainWords(language_dir / "spelling.yml", _names(knowledge), typos),
        questions=QuestionFinder(language_dir / "parts.yml"),
        teller=LanguageTeller(language_dir / "told_by.yml"),
        pair=knowledge.usual_pair,
        clinic_questions=ClinicQuestions(language_dir / "clinic_questions.yml"),
        partners=knowledge.partners,
        advised=frozenset((rule.first, rule.then) for rule in knowledge.rules if rule.stance == "advised"),
    )


def _typos(language_dir: Path, knowledge_dir: Path, knowledge: Knowledge) -> Typos:
    """What corrects slips: no word of any list, and no name of a treatment, is one."""
    listed = [path.read_text(encoding="utf-8") for path in sorted(language_dir.rglob("*.yml"))]
    names = [alias.text for alias in knowledge.aliases]
    known = re.findall(r"[a-z']+", " ".join((*listed, *names)).lower())
    common = words_in(knowledge_dir / "safety" / "common_words.txt")
    return Typos(words_in(language_dir / "words.txt"), common, known)


def _cues(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    return {treatment.id: treatment.cues for treatment in knowledge.treatments}


def _words(knowledge: Knowledge) -> tuple[str, ...]:
    """The names in one word by which covered treatments are called."""
    return tuple(alias.text for alias in knowledge.aliases if alias.covered and alias.text.isalpha())


def _names(knowledge: Knowledge) -> dict[str, str]:
    return {treatment.id: str(treatment.name) for treatment in knowledge.treatments if treatment.covered}
