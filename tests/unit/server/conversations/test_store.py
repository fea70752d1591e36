import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.database import DatabaseError, writing
from bot.migrations import newest
from bot.server.conversations.store import GoneOnError, HonestTrackerStore, StoreError

DOMAIN = Domain.from_yaml("""
intents: [order]
slots:
  first: {type: text, influence_conversation: false, mappings: [{type: custom}]}
""")
ASKED = UserUttered("which first?", intent={"name": "order", "confidence": 1.0}, timestamp=2.0)
EVENTS = [SessionStarted(timestamp=1.0), ASKED, SlotSet("first", "botox", timestamp=3.0)]


@pytest.fixture
def store(database_url):
    made = HonestTrackerStore(DOMAIN, database_url)
    yield made
    made.engine.dispose()


def tracker(*events):
    return DialogueStateTracker.from_events("anna", list(events), slots=DOMAIN.slots)


async def test_a_conversation_goes_on_after_a_restart(store, database_url):
    await store.save(tracker(*EVENTS))
    kept = await HonestTrackerStore(DOMAIN, database_url).retrieve("anna")
    assert list(kept.events) == EVENTS
    assert kept.get_slot("first") == "botox"


async def test_only_what_is_new_is_added(store):
    await store.save(tracker(*EVENTS))
    await store.save(tracker(*EVENTS, ActionExecuted("action_order", timestamp=4.0)))
    await store.save(tracker(*EVENTS, ActionExecuted("action_order", timestamp=4.0)))
    with store.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT type_name, intent_name, action_name FROM events ORDER BY id")).all()
    assert rows == [
        ("session_started", None, None),
        ("user", "order", None),
        ("slot", None, "first"),
        ("action", None, "action_order"),
    ]


async def test_of_a_long_conversation_the_next_turn_reads_little_and_everything_is_kept_once(store):
    said = [SessionStarted(timestamp=1.0), ActionExecuted("action_listen", timestamp=1.5)]
    await store.save(tracker(*said))
    for number in range(2, 42):
        turn = [
            UserUttered(f"question {number}", intent={"name": "order"}, timestamp=number),
            SlotSet("first", f"value {number}", timestamp=number + 0.1),
            ActionExecuted("action_listen", timestamp=number + 0.2),
        ]
        kept = await store.retrieve("anna")
        for event in turn:
            kept.update(event)
        await store.save(kept)
        said += turn

    # The opening, one slot, the listening before the last two turns, and those.
    assert list((await store.retrieve("anna")).events) == [*said[:2], said[-8], *said[-7:]]
    assert list((await store.retrieve_full_tracker("anna")).events) == said


async def test_the_latest_session_is_read_unless_all_are_asked_for(store):
    later = [SessionStarted(timestamp=10.0), SlotSet("first", "microneedling", timestamp=11.0)]
    await store.save(tracker(*EVENTS))
    await store.save(tracker(*EVENTS, *later))
    assert list((await store.retrieve("anna")).events) == later
    assert len((await store.retrieve_full_tracker("anna")).events) == 5


async def test_an_unknown_conversation_is_none(store):
    assert await store.retrieve("nobody") is None


async def test_a_failed_write_keeps_nothing_of_the_turn(store, monkeypatch):
    monkeypatch.setattr("bot.server.conversations.store.json.dumps", lambda data: {}["no such key"])
    with pytest.raises(KeyError):
        await store.save(tracker(*EVENTS))
    assert await store.retrieve("anna") is None


def test_a_file_is_in_wal_mode(tmp_path):
    with HonestTrackerStore(DOMAIN, f"sqlite:///{tmp_path}/conversations.db").engine.connect() as connection:
        assert connection.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"


@pytest.mark.parametrize(
    "address, told",
    [
        ("sqlite:////proc/no/such/folder.db", "cannot|does not answer"),
        ("postgresql://tandem:hidden-word@127.0.0.1:1/tandem", "does not answer"),
    ],
)
def test_a_database_that_is_not_there_is_told_at_once_without_its_password(address, told):
    with pytest.raises((StoreError, DatabaseError)) as refused:
        HonestTrackerStore(DOMAIN, address)
    assert "hidden-word" not in str(refused.value)


@pytest.fixture
def impatient(monkeypatch):
    """Faults are met with another try for no longer than a moment."""
    monkeypatch.setattr("bot.retrying.persistently.__kwdefaults__", {"seconds": 0.2})


async def test_a_server_that_dies_is_told_and_what_was_answered_is_kept_once_it_is_back(
    postgresql_url, cluster, impatient
):
    store = HonestTrackerStore(DOMAIN, postgresql_url)
    await store.save(tracker(*EVENTS))
    kept = await store.retrieve("anna")
    cluster.stop("immediate")
    kept.update(ActionExecuted("action_order", timestamp=4.0))
    await store.save(kept)
    with pytest.raises(OperationalError):
        await store.retrieve("anna")
    cluster.start()
    assert list((await store.retrieve("anna")).events) == [*EVENTS, ActionExecuted("action_order", timestamp=4.0)]


async def test_what_could_not_be_kept_is_kept_without_anybody_asking(postgresql_url, cluster, impatient):
    store = HonestTrackerStore(DOMAIN, postgresql_url)
    cluster.stop("immediate")
    await store.save(tracker(*EVENTS))
    cluster.start()
    await store.unkept.drain(60)
    with store.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM events")).scalar() == len(EVENTS)


async def test_a_turn_that_another_process_has_overtaken_is_told_and_not_kept(store, database_url):
    other = HonestTrackerStore(DOMAIN, database_url)
    await store.save(tracker(*EVENTS))
    mine, theirs = await store.retrieve("anna"), await other.retrieve("anna")
    theirs.update(ActionExecuted("action_theirs", timestamp=4.0))
    mine.update(ActionExecuted("action_mine", timestamp=5.0))
    await other.save(theirs)
    with pytest.raises(GoneOnError):
        await store.save(mine)
    assert list((await store.retrieve("anna")).events) == [*EVENTS, ActionExecuted("action_theirs", timestamp=4.0)]


async def test_two_processes_that_begin_the_same_conversation_keep_one_beginning(store, database_url):
    other = HonestTrackerStore(DOMAIN, database_url)
    mine, theirs = store.init_tracker("anna"), other.init_tracker("anna")
    theirs.update(ActionExecuted("action_theirs", timestamp=4.0))
    mine.update(ActionExecuted("action_mine", timestamp=5.0))
    await other.save(theirs)
    with pytest.raises(GoneOnError):
        await store.save(mine)


async def test_a_save_that_was_kept_before_the_connection_broke_is_kept_once(store):
    await store.save(tracker(*EVENTS))
    kept = await store.retrieve("anna")
    kept.update(ActionExecuted("action_order", timestamp=4.0))
    latest, rows = store._new_of(kept)
    assert store._write("anna", latest, rows) == store._write("anna", latest, rows)
    assert len((await store.retrieve("anna")).events) == len(EVENTS) + 1


async def test_a_clock_that_was_set_back_hides_nothing_of_a_conversation(store):
    await store.save(tracker(*EVENTS))
    kept = await store.retrieve("anna")
    earlier = [SessionStarted(timestamp=-86400.0), SlotSet("first", "microneedling", timestamp=-86399.0)]
    for event in earlier:
        kept.update(event)
    await store.save(kept)
    again = await store.retrieve("anna")
    assert list(again.events) == earlier
    again.update(ActionExecuted("action_order", timestamp=-86398.0))
    await store.save(again)
    assert len((await store.retrieve("anna")).events) == 3


async def test_a_server_that_comes_back_between_two_turns_is_not_even_noticed(postgresql_url, cluster):
    store = HonestTrackerStore(DOMAIN, postgresql_url)
    await store.save(tracker(*EVENTS))
    cluster.stop("immediate")
    cluster.start()
    assert list((await store.retrieve("anna")).events) == EVENTS


async def test_a_locked_table_is_not_awaited_for_ever_and_nothing_is_lost(postgresql_url, monkeypatch, impatient):
    monkeypatch.setattr("bot.database.STATEMENT_SECONDS", 2)
    store = HonestTrackerStore(DOMAIN, postgresql_url)
    with writing(store.engine) as holder:
        holder.execute(sa.text("LOCK TABLE events IN EXCLUSIVE MODE"))
        await store.save(tracker(*EVENTS))
    assert list((await store.retrieve("anna")).events) == EVENTS


async def test_how_a_message_was_read_is_not_kept_beyond_its_turn(store):
    parsed = {"text": "which first?", "intent": {"name": "order"}, "reading": {"language": "en"}, "classified": []}
    await store.save(tracker(SessionStarted(timestamp=1.0), UserUttered("which first?", parse_data=parsed)))
    kept = (await store.retrieve("anna")).latest_message
    assert kept.parse_data["intent"] == {"name": "order"}
    assert not {"reading", "classified"} & kept.parse_data.keys()


# The probe of the health check.
@pytest.fixture
def kept(migrated_url):
    made = HonestTrackerStore(DOMAIN, migrated_url)
    yield made
    made.engine.dispose()


def test_a_store_that_can_be_read_and_written_is_well_and_unchanged(kept):
    kept.ping()
    with kept.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all() == [newest()]
        assert connection.execute(sa.text("SELECT count(*) FROM events")).scalar() == 0


@pytest.mark.parametrize("loss", ["DROP TABLE events", "DROP TABLE alembic_version"])
def test_a_store_that_lost_a_table_is_not(kept, loss):
    with writing(kept.engine) as connection:
        connection.execute(sa.text(loss))
    with pytest.raises(DBAPIError):
        kept.ping()


def test_a_deleted_file_is_noticed_though_open_connections_go_on_in_it(migrated_file, tmp_path):
    file = Path(shutil.copy(migrated_file, tmp_path / "tandem.db"))
    store = HonestTrackerStore(DOMAIN, f"sqlite:///{file}")
    store.ping()
    file.unlink()
    with pytest.raises(DBAPIError, match="unable to open database file"):
        store.ping()
    assert not file.exists()
    store.engine.dispose()


READ_ONLY = {
    "sqlite": "CREATE TRIGGER no BEFORE UPDATE ON alembic_version BEGIN SELECT raise(ABORT, 'read-only'); END",
    "postgresql": 'ALTER DATABASE "{name}" SET default_transaction_read_only = on',
}


def test_a_database_that_may_only_be_read_is_noticed(kept):
    with writing(kept.engine) as connection:
        connection.execute(sa.text(READ_ONLY[kept.engine.dialect.name].format(name=kept.engine.url.database)))
    kept.engine.dispose()
    with pytest.raises(DBAPIError, match="read-only"):
        kept.ping()
