"""A slip in domain.yml is refused with its line and the reason, before anybody reads it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge
from bot.server.prepare import prepare
from bot.settings import PROJECT_ROOT, Settings
from bot.wording import check_wording
from bot.yaml_lines import FileError

Edit = Callable[[str, str], int]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return read_knowledge(PROJECT_ROOT / "data" / "knowledge")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copy(PROJECT_ROOT / "domain.yml", tmp_path / "domain.yml"))


@pytest.fixture
def edit(copy: Path) -> Edit:
    """Change the first place where a text stands; returns its line."""

    def edited(old: str, new: str) -> int:
        before, found, after = copy.read_text(encoding="utf-8").partition(old)
        assert found, f"the domain does not hold {old!r}"
        copy.write_text(before + new + after, encoding="utf-8")
        return (before + new).count("\n") + 1

    return edited


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "utter_safety:",
            "utter_safely:",
            "no answer says 'utter_safely', and 'utter_safety' is missing",
        ),
        (
            "utter_botox_what:",
            "utter_botox_whta:",
            "no answer says 'utter_botox_whta', and 'utter_botox_what' is missing",
        ),
        ("utter_title_pain:", "utter_title_price:", "'utter_title_price' stands here a second time"),
        ("then at least {minimum}", "then at least {minimun}", "nothing fills in {minimun} in 'utter_order'"),
        ('"{website_text}"', '"{text}"', "which may hold {sms_text}, {website_text}"),
        ("/wait_after_{then_id}", "/wait_after_{than_id}", "nothing fills in {than_id} in 'utter_wait_interval'"),
        (
            "What about {then_name} first?",
            "What about {then} first?",
            "nothing fills in {then} in 'utter_wait_interval'",
        ),
        ("by the article's rule: at least {minimum} after", "by the {reference} after", "nothing fills in {reference}"),
        ("then at least {minimum}", "then at least {minimum", "a brace in 'utter_order' has no partner"),
        ("then at least {minimum}", "then at least {}", "nothing fills in {} in 'utter_order'"),
    ],
)
def test_a_slip_is_refused_at_its_line(
    copy: Path, edit: Edit, knowledge: Knowledge, old: str, new: str, reason: str
) -> None:
    line = edit(old, new)
    with pytest.raises(FileError) as refused:
        check_wording(knowledge, copy)
    assert reason in refused.value.reason
    assert (refused.value.file, refused.value.line) == (copy, line)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "  utter_no_clearance:\n    - text:",
            "  utter_no_clearance:\n    - channel: sms\n      text:",
            "needs a text",
        ),
        ("  utter_no_clearance:\n    - text:", "  utter_no_clearance:\n    - say:", "'say' is not known here"),
        ("\nresponses:", "\nwording:", "'responses' is missing"),
    ],
)
def test_a_response_without_a_text_for_everybody_is_refused(
    copy: Path, edit: Edit, knowledge: Knowledge, old: str, new: str, reason: str
) -> None:
    edit(old, new)
    with pytest.raises(FileError, match=reason):
        check_wording(knowledge, copy)


def test_a_response_that_is_gone_is_named(copy: Path, knowledge: Knowledge) -> None:
    text = copy.read_text(encoding="utf-8")
    copy.write_text(re.sub(r"  utter_no_clearance:\n(    .*\n)+", "", text), encoding="utf-8")
    with pytest.raises(FileError, match="'utter_no_clearance' is missing"):
        check_wording(knowledge, copy)


def test_the_bot_does_not_start_on_it(copy: Path, edit: Edit, tmp_path: Path) -> None:
    edit("utter_safety:", "utter_safely:")
    with pytest.raises(FileError, match="'utter_safety' is missing"):
        prepare(Settings.from_environment({"TANDEM_DATA_DIR": str(tmp_path)}), copy)


def test_the_project_s_own_wording_is_whole(knowledge: Knowledge) -> None:
    check_wording(knowledge)
