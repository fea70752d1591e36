"""The documents say what is there, all of it, and nothing that is not: whatever can be checked is checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot.channels import body, tokens
from bot.cli.main import app
from bot.consult.answers.wording import filled_in
from bot.knowledge.files import read_knowledge
from bot.settings import NAMES, PROJECT_ROOT, SECRETS
from scripts.decision_table import written

DOCUMENTS = sorted([*PROJECT_ROOT.glob("*.md"), *(PROJECT_ROOT / "docs").rglob("*.md")])
SETTING = re.compile(r'"(TANDEM_[A-Z_]+)"')
NAME = re.compile(r"\{(\w+)\}")
PATH = re.compile(r"`((?:bot|actions|data|deploy|docs|tests|scripts|bench|widget|requirements)/[\w./*-]+)`(?!, new:)")
LINK = re.compile(r"(?:\]\(|\bsrc(?:set)?=\")([^)\s\"]+)")
NEVER = {
    "a path of somebody's machine": re.compile(r"(?<![\w.)\]])/(?:work|tmp|root|home)(?:/|\b)"),
    "a package registry": re.compile(r"\b(?:pypi|pythonhosted|npmjs|huggingface)\.(?:org|com|co)\b"),
    "who typed it": re.compile(r"(?i)\b(?:agents?|helpers?)['’]? sessions?\b|\bthis session\b"),
}


def text_of(name: str) -> str:
    return (PROJECT_ROOT / name).read_text(encoding="utf-8")


def rows_of(text: str) -> Iterator[list[str]]:
    """The rows of a document's tables."""
    for line in text.splitlines():
        if line.startswith("| "):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def named(path: Path) -> str:
    return str(path.relative_to(PROJECT_ROOT))


@cache
def domain() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(text_of("domain.yml"))
    return loaded


# Settings.
def settings_that_are_read() -> set[str]:
    code = [*(PROJECT_ROOT / "bot").rglob("*.py"), *(PROJECT_ROOT / "actions").rglob("*.py")]
    return {name for file in code for name in SETTING.findall(file.read_text(encoding="utf-8"))}


def test_the_list_of_settings_is_those_that_are_read() -> None:
    assert settings_that_are_read() == NAMES


def test_the_readme_lists_exactly_the_settings_that_are_read() -> None:
    listed = [row[0].strip("`") for row in rows_of(text_of("README.md")) if row[0].startswith("`TANDEM_")]

    assert sorted(listed) == sorted(settings_that_are_read())


# Commands.
def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.MULTILINE)
    documents = text_of("README.md") + text_of("CONTRIBUTING.md")

    assert [target for target in targets if not re.search(rf"\bmake {target}\b(?!-)", documents)] == []


def test_every_documented_make_target_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    documented = {t for file in DOCUMENTS for t in re.findall(r"`make ([a-z-]+)", file.read_text(encoding="utf-8"))}

    assert documented - targets == set()


def commands(group: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command under a group, by its full name."""
    context = typer.Context(group)
    for each in group.list_commands(context):
        command = group.get_command(context, each)
        real = command.make_context(each, [], resilient_parsing=True).command if name == "tandem" else command
        yield from commands(real, f"{name} {each}") if hasattr(real, "list_commands") else [(f"{name} {each}", real)]


COMMANDS = dict(commands(typer.main.get_command(app), "tandem"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_tandem_is_documented_with_its_options(command: str) -> None:
    readme = text_of("README.md")
    options = [o for parameter in COMMANDS[command].params for o in parameter.opts if o.startswith("--")]
    ours = [option for option in options if option != "--help" and not option.endswith("-completion")]

    assert [wanted for wanted in (command, *ours) if wanted not in readme] == []


def test_every_documented_command_of_tandem_exists() -> None:
    first_words = {name.split()[1] for name in COMMANDS}
    documented = {
        word
        for file in DOCUMENTS
        for word in re.findall(r"`(?:\.venv/bin/)?tandem ([a-z]+)", file.read_text(encoding="utf-8"))
    }

    assert documented - first_words == set()


# Wording.
def documented_wording() -> dict[str, set[str]]:
    """The names that docs/wording.md allows each response: those of its section and of its own row."""
    allowed: dict[str, set[str]] = {}
    names: set[str] = set()
    for line in text_of("docs/wording.md").splitlines():
        if line.startswith("Names:"):
            names = set(NAME.findall(line))
        elif found := re.match(r"\| `(utter_\w+)` \|", line):
            assert found[1] not in allowed, f"{found[1]} is listed twice"
            allowed[found[1]] = names | set(NAME.findall(line))
    return allowed


def test_every_response_is_documented_with_the_names_that_are_filled_in() -> None:
    topics = read_knowledge(PROJECT_ROOT / "data" / "knowledge").topics

    assert documented_wording() == filled_in(topics)


def test_every_name_of_the_wording_is_explained() -> None:
    allowed = set[str]().union(*documented_wording().values())
    explained = {row[0].strip("`{}") for row in rows_of(text_of("docs/wording.md")) if row[0].startswith("`{")}

    assert explained == allowed


# What is in the house.
def test_every_topic_and_its_action_are_in_the_architecture() -> None:
    rules = {
        rule["steps"][0]["intent"]: rule["steps"][1]["action"]
        for rule in yaml.safe_load(text_of("data/rules.yml"))["rules"]
        if "condition" not in rule
    }
    rows = [row for row in rows_of(text_of("docs/architecture.md")) if "`action_" in row[-1]]
    documented = {topic: row[-1].strip("` ") for row in rows for topic in re.findall(r"`(\w+)`", row[1])}

    assert documented == rules
    assert set(documented) == {topic.id for topic in read_knowledge(PROJECT_ROOT / "data" / "knowledge").topics}


def test_every_package_and_module_at_the_top_of_the_bot_is_in_the_architecture() -> None:
    architecture = text_of("docs/architecture.md")
    parts = [p for p in (PROJECT_ROOT / "bot").iterdir() if p.name[0] != "_" and (p.is_dir() or p.suffix == ".py")]

    assert [named(part) for part in parts if f"`{named(part)}`" not in architecture] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_files_that_a_document_names_exist(document: Path) -> None:
    named_files = PATH.findall(document.read_text(encoding="utf-8"))

    assert [path for path in named_files if not any(PROJECT_ROOT.glob(path.rstrip("/")))] == []


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_and_pictures_lead_somewhere(document: Path) -> None:
    targets = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    broken = []
    for target in targets:
        name, _, anchor = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)

    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
@pytest.mark.parametrize("what", NEVER)
def test_no_document_holds(document: Path, what: str) -> None:
    assert NEVER[what].findall(document.read_text(encoding="utf-8")) == []


# What was once seen must still be so.
def lines_of_the_bot() -> list[str]:
    return re.findall(r"^Bot: (.+)$", text_of("README.md"), re.MULTILINE)


def spoken() -> list[re.Pattern[str]]:
    """Everything that the bot can say: the wording with anything for its names, and the fixed safety texts."""
    texts = [each["text"] for response in domain()["responses"].values() for each in response]
    patterns = ["(.+)".join(map(re.escape, NAME.split(text)[::2])) for text in texts if text != "{text}"]
    fixed = [re.escape(text.text) for text in read_knowledge(PROJECT_ROOT / "data" / "knowledge").safety_texts]
    return [re.compile(pattern) for pattern in (*patterns, *fixed) if pattern != "(.+)"]


@pytest.mark.parametrize("line", dict.fromkeys(lines_of_the_bot()))
def test_the_readmes_transcript_is_what_the_bot_says(line: str) -> None:
    assert any(pattern.fullmatch(line) for pattern in spoken())


def test_the_limits_in_the_operations_are_those_of_the_code() -> None:
    limits = {row[0]: row[1] for row in rows_of(text_of("docs/operations.md")) if len(row) == 2}

    assert limits["message"] == f"{body.LONGEST_TEXT:,} characters"
    assert limits["request body"] == f"{body.LARGEST_BODY // 1024} KB"
    assert limits["a session"] == f"{tokens.LIFETIME_SECONDS // 3600} hours"


def test_packages_held_below_a_fix_are_at_the_versions_that_the_lock_names() -> None:
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", text_of("requirements/run.txt"), re.MULTILINE))
    listed = {row[0]: row[1] for row in rows_of(text_of("SECURITY.md")) if re.fullmatch(r"[\d.]+", row[1])}

    assert listed
    assert listed == {name: locked[name] for name in listed}


def test_the_licence_is_the_one_that_the_project_names() -> None:
    assert 'license = { text = "Apache-2.0" }' in text_of("pyproject.toml")
    assert "Apache License\n" in text_of("LICENSE")
    assert "Version 2.0, January 2004" in text_of("LICENSE")


def test_every_vendored_file_of_the_embedding_has_its_notice() -> None:
    notice = text_of("bot/nlu/encoders/minilm/NOTICE")

    for file in (PROJECT_ROOT / "bot" / "nlu" / "encoders" / "minilm").iterdir():
        assert file.name in notice or file.suffix == ".py" or file.name in ("NOTICE", "__pycache__")


def test_the_architecture_shows_the_decision_table_as_it_is() -> None:
    page = text_of("docs/architecture.md")

    assert written(page) == page


def commands_of_operations() -> str:
    return "\n".join(re.findall(r"```sh\n(.*?)```", text_of("docs/operations.md"), re.DOTALL))


def test_the_operations_copy_only_what_there_is() -> None:
    named_files = re.findall(r"\bdeploy/[\w./*-]+", commands_of_operations())

    assert len(named_files) > 5
    assert [path for path in named_files if not any(PROJECT_ROOT.glob(path.rstrip("/")))] == []


def test_the_operations_name_only_settings_that_there_are() -> None:
    documented = set(re.findall(r"TANDEM_[A-Z_]+", text_of("docs/operations.md")))

    assert documented - NAMES - {f"{name}_FILE" for name in SECRETS} == set()
