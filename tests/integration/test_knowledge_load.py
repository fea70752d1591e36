"""Loading the knowledge: idempotent, all or nothing, and noticed by a bot that is running."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.database import engine, reading, writing
from bot.errors import TandemError
from bot.knowledge import models
from bot.knowledge.files import read_knowledge
from bot.knowledge.load import NewerReleaseError, load, load_files
from bot.knowledge.store import KnowledgeNotLoadedError, KnowledgeStore
from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT
from bot.yaml_lines import FileError
from tests.e2e.bots import wait_until
from tests.longer_wait import wait_three_weeks

DIRECTORY = PROJECT_ROOT / "data" / "knowledge"


@pytest.fixture
def bound(database_url: str) -> Iterator[Engine]:
    made = engine(database_url)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return read_knowledge(DIRECTORY)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DIRECTORY, tmp_path / "knowledge"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def counts(bound: Engine) -> dict[str, int]:
    with reading(bound) as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in models.metadata.sorted_tables
        }


def test_what_is_read_back_equals_what_the_files_say(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, knowledge)
    assert KnowledgeStore(bound).current() == knowledge


def test_loading_the_same_files_twice_changes_nothing(bound: Engine) -> None:
    assert load_files(bound, DIRECTORY)[1] is True
    rows, since = counts(bound), KnowledgeStore(bound).loaded_at()
    assert load_files(bound, DIRECTORY)[1] is False
    assert (counts(bound), KnowledgeStore(bound).loaded_at()) == (rows, since)


def test_the_tables_hold_each_thing_once(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, knowledge)
    load(bound, replace(knowledge, version="another"))
    rows = counts(bound)
    assert rows["knowledge_version"] == 1
    assert rows["knowledge_passage"] == 47
    assert rows["knowledge_sequencing_rule"] == 2
    assert rows["knowledge_fact"] == len(knowledge.all_facts)


def test_a_rule_is_a_row_with_its_interval(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, knowledge)
    columns = (models.rule.c.first, models.rule.c.then, models.rule.c.interval_days, models.rule.c.stance)
    with reading(bound) as connection:
        rows = connection.execute(sa.select(*columns).order_by(models.rule.c.position)).all()
    assert rows == [
        ("botox", "microneedling", 14, "advised"),
        ("microneedling", "botox", None, "not_advised"),
    ]


def test_a_running_store_notices_a_new_load(bound: Engine, copy: Path) -> None:
    load_files(bound, copy)
    store = KnowledgeStore(bound)
    before = store.current()
    assert store.current() is before
    wait_three_weeks(copy)
    load_files(bound, copy)
    rule = store.current().rule("botox", "microneedling")
    assert rule is not None
    assert rule.interval_days == 21


def test_a_broken_file_leaves_the_old_knowledge(bound: Engine, copy: Path) -> None:
    loaded, _ = load_files(bound, copy)
    change(copy / "sequencing.yml", "interval_days: 14", "interval_days: soon")
    with pytest.raises(FileError, match="expected a whole number"):
        load_files(bound, copy)
    assert KnowledgeStore(bound).current() == loaded


def test_a_load_that_fails_half_way_leaves_the_old_knowledge(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, knowledge)
    twice = replace(knowledge, version="broken", boundaries=knowledge.boundaries * 2)
    with pytest.raises(sa.exc.IntegrityError):
        load(bound, twice)
    assert KnowledgeStore(bound).current() == knowledge


def test_a_first_load_that_fails_leaves_no_half_made_tables(bound: Engine, knowledge: Knowledge) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        load(bound, replace(knowledge, boundaries=knowledge.boundaries * 2))
    assert [name for name in sa.inspect(bound).get_table_names() if name in models.metadata.tables] == []


def test_tables_of_another_release_are_made_anew(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, knowledge)
    with writing(bound) as connection:
        connection.execute(sa.update(models.version).values(layout="older"))
        connection.execute(sa.text("ALTER TABLE knowledge_phrase ADD COLUMN extra INTEGER"))
    with pytest.raises(KnowledgeNotLoadedError):
        KnowledgeStore(bound).current()
    assert load(bound, knowledge) is True
    assert "extra" not in {column["name"] for column in sa.inspect(bound).get_columns("knowledge_phrase")}
    assert KnowledgeStore(bound).current() == knowledge


def test_an_empty_database_is_answered_with_what_to_do(bound: Engine) -> None:
    store = KnowledgeStore(bound)
    for ask in (store.current, store.check, store.loaded_at):
        with pytest.raises(KnowledgeNotLoadedError, match="run: tandem knowledge load"):
            ask()


def test_a_store_keeps_what_it_knew_while_the_database_is_away(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, knowledge)
    store = KnowledgeStore(bound)
    store.current()
    with writing(bound) as connection:
        models.metadata.drop_all(connection)
    assert store.current() == knowledge
    with pytest.raises(TandemError):
        store.check()


def test_the_health_check_names_the_version(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, knowledge)
    store = KnowledgeStore(bound)
    assert store.check() == knowledge.version
    assert abs(store.loaded_at() - datetime.now(timezone.utc)) < timedelta(hours=1)


def test_nobody_reads_half_a_load(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, knowledge)
    seen: list[object] = []
    done = threading.Event()

    def read_on_and_on() -> None:
        while not done.is_set():
            seen.append(replace(KnowledgeStore(bound).current(), version="") == replace(knowledge, version=""))

    reader = threading.Thread(target=read_on_and_on)
    reader.start()
    for number in range(5):
        load(bound, replace(knowledge, version=str(number)))
    done.set()
    reader.join()
    assert set(seen) <= {True}


def test_two_processes_that_load_at_once_both_succeed(bound: Engine, knowledge: Knowledge) -> None:
    changed: list[bool] = []
    loaders = [threading.Thread(target=lambda: changed.append(load(bound, knowledge))) for _ in range(3)]
    for loader in loaders:
        loader.start()
    for loader in loaders:
        loader.join()
    assert sorted(changed) == [False, False, True]


def test_an_older_release_leaves_a_newer_one_s_knowledge(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, replace(knowledge, version="new"), "0.10.0")
    assert load(bound, replace(knowledge, version="old"), "0.9.3") is False
    assert KnowledgeStore(bound).check() == "new"


def test_a_newer_release_replaces_an_older_one_s_knowledge(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, replace(knowledge, version="old"), "0.9.3")
    assert load(bound, replace(knowledge, version="new"), "0.10.0") is True
    assert KnowledgeStore(bound).check() == "new"


def test_what_a_newer_release_keeps_in_another_form_is_left_and_told(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, knowledge, "0.10.0")
    with writing(bound) as connection:
        connection.execute(sa.update(models.version).values(layout="another"))
    with pytest.raises(NewerReleaseError, match=r"serves release 0\.10\.0 of Tandem, this is 0\.9\.3"):
        load(bound, knowledge, "0.9.3")


def test_what_was_loaded_before_releases_were_noted_is_replaced(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, knowledge)
    with writing(bound) as connection:
        connection.execute(sa.text("ALTER TABLE knowledge_version DROP COLUMN release"))
        connection.execute(sa.update(models.version).values(layout="another"))
    assert load(bound, knowledge) is True
    assert KnowledgeStore(bound).current() == knowledge


def test_a_running_bot_asks_in_the_background(bound: Engine, knowledge: Knowledge) -> None:
    load(bound, knowledge)
    store = KnowledgeStore(bound, fresh_seconds=0.001)
    before = store.current()
    load(bound, replace(knowledge, version="another"))
    wait_until(lambda: store.current().version == "another")
    assert before.version == knowledge.version
