"""A third treatment is a data change: the steps of docs/extending.md, done in a copy, and asked about."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.consult.answers.kinds import answer_topic
from bot.consult.answers.parts import Answer, AnswerContext, ClinicFacts
from bot.consult.case.evidence import Evidence, Guess
from bot.consult.case.memory import Memory
from bot.consult.case.resolve import case_of
from bot.consult.decision.decide import decide
from bot.consult.decision.types import TopicDecision
from bot.consult.reading.message import MessageReader
from bot.consult.reading.readers import message_reader
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT
from bot.wording import check_wording
from bot.yaml_lines import FileError

PAGE = PROJECT_ROOT / "docs" / "extending.md"
COPIED = ("data", "domain.yml")
TODAY = date(2026, 11, 22)
STEP = re.compile(r"^`(?P<file>\S+)`, (?P<how>new|at its end|changed):\n\n```\w+\n(?P<text>.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Step:
    """One block of the page: a file, and what is done to it."""

    file: str
    how: str
    text: str

    def do(self, root: Path) -> None:
        path = root / self.file
        if self.how == "changed":
            path.write_text(self._changed(path.read_text(encoding="utf-8")), encoding="utf-8")
        elif self.how == "new":
            assert not path.exists()
            path.write_text(self.text, encoding="utf-8")
        else:
            path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + self.text, encoding="utf-8")

    def _changed(self, before: str) -> str:
        old, new = self._side("+"), self._side("-")
        assert before.count(old) == 1, f"{self.file} should hold this once:\n{old}"
        return before.replace(old, new)

    def _side(self, without: str) -> str:
        return "".join(line[1:] for line in self.text.splitlines(keepends=True) if not line.startswith(without))


def steps() -> list[Step]:
    return [Step(**found.groupdict()) for found in STEP.finditer(PAGE.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's data with every step of the page done."""
    copy = tmp_path_factory.mktemp("project")
    for name in COPIED:
        source = PROJECT_ROOT / name
        shutil.copytree(source, copy / name) if source.is_dir() else shutil.copy(source, copy / name)
    for step in steps():
        step.do(copy)
    return copy


@pytest.fixture(scope="module")
def knowledge(root: Path) -> Knowledge:
    return read_knowledge(root / "data" / "knowledge")


@pytest.fixture(scope="module")
def reader(root: Path) -> MessageReader:
    return message_reader(root / "data" / "knowledge", root / "data" / "language")


@dataclass(frozen=True)
class Asked:
    """What one message came to."""

    decision: TopicDecision
    answer: Answer

    @property
    def timing(self) -> dict[str, object]:
        """The timing that the channel would show, without what is unknown."""
        assert self.answer.timing is not None
        shown = self.answer.timing.as_json(("botox", "microneedling", "chemical_peel"))
        return {key: value for key, value in shown.items() if value is not None}

    @property
    def response(self) -> str:
        return self.answer.says[0].response

    @property
    def values(self) -> dict[str, str]:
        return dict(self.answer.says[0].values)

    @property
    def sources(self) -> list[str]:
        return [source.id for source in self.answer.sources]


Ask = Callable[[str, str], Asked]


@pytest.fixture(scope="module")
def ask(reader: MessageReader, knowledge: Knowledge) -> Ask:
    """Ask the consultation; ``guess`` is the classifier's word."""

    def asked(text: str, guess: str) -> Asked:
        reading, memory = reader.read(text, TODAY), Memory()
        case = case_of(reading, memory, Evidence((Guess(guess, 0.5),)), TODAY)
        decision = decide(case)
        context = AnswerContext(decision, case, memory, knowledge, ClinicFacts("A clinic", "403-555-0100"), TODAY)
        return Asked(decision, answer_topic(context, decision.topic))

    return asked


def test_the_page_has_every_kind_of_step() -> None:
    assert [(step.file, step.how) for step in steps()] == [
        ("data/knowledge/leaflet.txt", "new"),
        ("data/knowledge/leaflet.yml", "new"),
        ("data/knowledge/treatments.yml", "changed"),
        ("data/knowledge/sequencing.yml", "at its end"),
        ("data/knowledge/topics.yml", "changed"),
        ("data/knowledge/facts.yml", "at its end"),
        ("domain.yml", "changed"),
        ("domain.yml", "changed"),
        ("data/wording/fr.yml", "changed"),
        ("data/rules.yml", "at its end"),
        ("data/nlu/peels.yml", "new"),
    ]


def test_the_new_treatment_has_its_source_and_its_rule(knowledge: Knowledge) -> None:
    assert knowledge.covered == ("botox", "microneedling", "chemical_peel")
    assert knowledge.usual_pair == ("botox", "microneedling")
    rule = knowledge.rule("chemical_peel", "botox")
    assert rule is not None
    assert (rule.interval_days, rule.interval_in_words()) == (10, "10 days")


@pytest.mark.parametrize("text", ["botox or a peel first?", "tca peel or dysport, which goes first?"])
def test_the_order_is_the_new_rule_s_with_its_names_interval_and_source(ask: Ask, text: str) -> None:
    asked = ask(text, "order")
    assert (asked.decision.topic, asked.response) == ("order", "utter_order")
    assert (asked.values["lead_name"], asked.values["follow_name"]) == ("chemical peels", "Botox")
    assert asked.values["minimum"] == "10 days"
    assert asked.sources == ["leaflet-1"]


@pytest.mark.parametrize("guess", ["wait_after_chemical_peel", "order", "date_check", "other_treatment"])
def test_the_wait_after_it_is_its_own_whatever_the_classifier_guesses(ask: Ask, guess: str) -> None:
    asked = ask("how long after my peel can i get botox", guess)
    assert (asked.decision.topic, asked.response) == ("wait_after_chemical_peel", "utter_wait_interval")
    assert (asked.values["first_name"], asked.values["then_name"]) == ("chemical peels", "Botox")
    assert (asked.values["minimum"], asked.sources) == ("10 days", ["leaflet-1"])
    assert asked.timing == {"first": "chemical_peel", "minimum_days": 10}


@pytest.mark.parametrize(
    ("text", "timing"),
    [
        (
            "had a peel on nov 15, botox on nov 24?",
            {
                "first": "chemical_peel",
                "verdict": "too_soon",
                "days": 9,
                "chemical_peel_date": "2026-11-15",
                "botox_date": "2026-11-24",
                "earliest": "2026-11-25",
                "minimum_days": 10,
            },
        ),
        (
            "chemical peel was 10 days ago, dysport today ok?",
            {
                "first": "chemical_peel",
                "verdict": "past_minimum",
                "days": 10,
                "chemical_peel_date": "2026-11-12",
                "botox_date": "2026-11-22",
                "earliest": "2026-11-22",
                "minimum_days": 10,
            },
        ),
    ],
)
def test_dates_are_judged_by_the_new_interval(ask: Ask, text: str, timing: dict[str, object]) -> None:
    asked = ask(text, "date_check")
    assert (asked.decision.topic, asked.timing, asked.sources) == ("date_check", timing, ["leaflet-1"])


def test_the_order_without_a_rule_gets_no_number(ask: Ask) -> None:
    asked = ask("botox on nov 20, peel on dec 10?", "date_check")
    assert (asked.response, asked.timing["verdict"]) == ("utter_date_no_interval", "no_interval")
    assert asked.timing == {
        "first": "botox",
        "verdict": "no_interval",
        "days": 20,
        "botox_date": "2026-11-20",
        "chemical_peel_date": "2026-12-10",
    }


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("peel or needling first?", "order"),
        ("how long after a peel can i microneedle", "wait_after_chemical_peel"),
        ("peel and microneedling on the same day?", "same_day"),
        ("had a peel on nov 15, needling nov 24?", "date_check"),
    ],
)
def test_a_pair_without_any_rule_gets_no_number_and_no_order(ask: Ask, text: str, guess: str) -> None:
    asked = ask(text, guess)
    assert (asked.decision.topic, asked.response) == (guess, "utter_no_interval_known")
    assert asked.sources == []
    assert asked.values["minimum"] == ""
    assert asked.answer.timing is None or not {"minimum_days", "earliest"} & set(asked.timing)


@pytest.mark.parametrize(
    ("text", "first", "minimum"),
    [
        ("how long after tox can i needle", "botox", 14),
        ("how long after needling can i get tox", "microneedling", None),
    ],
)
def test_the_two_treatments_of_the_article_keep_their_own_answers(
    ask: Ask, text: str, first: str, minimum: int | None
) -> None:
    asked = ask(text, "order")
    assert asked.decision.topic == f"wait_after_{first}"
    assert asked.timing.get("minimum_days") == minimum


def test_what_it_is_comes_from_the_leaflet(ask: Ask) -> None:
    asked = ask("what is a chemical peel", "chemical_peel_what")
    assert asked.values["claims"] == "A chemical peel takes off the upper layer of the skin."
    assert asked.sources == ["leaflet-0"]


def test_the_wording_is_whole_again(root: Path, knowledge: Knowledge) -> None:
    check_wording(knowledge, root / "domain.yml", root / "data" / "wording")
    with pytest.raises(FileError, match="'utter_chemical_peel_what' is missing"):
        check_wording(knowledge)


def test_every_new_topic_is_an_intent_with_examples_a_rule_and_its_responses(root: Path) -> None:
    domain, rules, examples = (
        yaml.safe_load((root / file).read_text(encoding="utf-8"))
        for file in ("domain.yml", "data/rules.yml", "data/nlu/peels.yml")
    )
    new = ["wait_after_chemical_peel", "chemical_peel_what"]
    led = {step["intent"] for rule in rules["rules"] for step in rule["steps"] if "intent" in step}
    assert set(new) <= set(domain["intents"]) & led
    assert [each["intent"] for each in examples["nlu"]] == new
    assert {f"utter_title_{topic}" for topic in new} | {"utter_chemical_peel_what"} <= set(domain["responses"])
