"""What Prometheus is told by a running bot: every measure moves when its event happens, and none names anybody."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from scripts.free_port import free_port
from tests.e2e.bots import Bot, running, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
NUMBER = "403-555-0123"
Samples = dict[str, float]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot with metrics, whose mail server does not answer, so that requests wait."""
    ports = {"TANDEM_METRICS_PORT": str(free_port())}
    mail = {"TANDEM_SMTP_URL": "smtp://127.0.0.1:1", "TANDEM_MAIL_TO": "desk@clinic.example"}
    with running(tmp_path_factory.mktemp("watched"), TANDEM_LOG_FORMAT="json", **ports, **mail) as bot:
        yield bot


def scraped(bot: Bot) -> Samples:
    """Every sample by its name and labels, as Prometheus writes them."""
    told = httpx.get(f"http://127.0.0.1:{bot.settings['TANDEM_METRICS_PORT']}/metrics", trust_env=False).text
    samples = (sample for family in text_string_to_metric_families(told) for sample in family.samples)
    return {_named(sample.name, sample.labels): sample.value for sample in samples}


def _named(name: str, labels: dict[str, str]) -> str:
    written = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
    return f"{name}{{{written}}}" if written else name


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Somebody else writes for long."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("said", "sample"),
    [
        ("botox or microneedling first?", 'tandem_topics_total{topic="order"}'),
        ("botox or microneedling first?", 'tandem_turns_total{channel="website",outcome="answered"}'),
        ("botox or microneedling first?", 'tandem_turn_seconds_count{channel="website"}'),
        ("botox or microneedling first?", 'tandem_stage_seconds_count{stage="wait"}'),
        ("botox or microneedling first?", 'tandem_stage_seconds_count{stage="recall"}'),
        ("botox or microneedling first?", 'tandem_stage_seconds_count{stage="understand"}'),
        ("botox or microneedling first?", 'tandem_stage_seconds_count{stage="answer"}'),
        ("botox or microneedling first?", 'tandem_stage_seconds_count{stage="keep"}'),
        ("botox or microneedling first?", 'tandem_http_seconds_count{route="website.post_message"}'),
        ("the purple one", 'tandem_questions_back_total{kind="clarification"}'),
        ("i had botox, can i needle today?", 'tandem_questions_back_total{kind="dates"}'),
        ("is it normal that it's kinda hard to breathe?", 'tandem_safety_events_total{route="emergency_911"}'),
        ("i'm pregnant, how soon after my tox may needling be?", 'tandem_safety_events_total{route="clinician_only"}'),
    ],
)
def test_a_turn_moves(watched: Bot, said: str, sample: str) -> None:
    before = scraped(watched).get(sample, 0.0)
    watched.talk().say(said)

    assert scraped(watched)[sample] == before + 1


def test_a_doubt_about_danger_is_a_question_back(watched: Bot) -> None:
    asked = 'tandem_questions_back_total{kind="danger"}'
    before = scraped(watched)[asked]
    watched.talk().say("feeling really low and i don't know how to go on")

    assert scraped(watched)[asked] == before + 1


def test_requests_are_counted_by_route_and_answer(watched: Bot) -> None:
    with watched.http() as http:
        http.get(f"/{NUMBER}")
        http.post("/webhooks/website/messages", json={"id": "1", "text": NUMBER})
        ready, live = http.get("/health/ready"), http.get("/health/live")
    told = scraped(watched)

    assert told['tandem_http_requests_total{method="GET",route="none",status="404"}'] == 1.0
    assert told['tandem_http_requests_total{method="POST",route="website.post_message",status="401"}'] == 1.0
    assert (ready.status_code, live.status_code) == (200, 200)


def test_a_request_that_cannot_be_delivered_waits_and_one_that_was_given_up_is_a_dead_letter(watched: Bot) -> None:
    talk = watched.talk()
    for said in ("could i talk with somebody", "yes", "just Testname", NUMBER, "weekday evenings", "no"):
        talk.say(said)
    wait_until(lambda: scraped(watched)['tandem_queue_oldest_seconds{queue="mail"}'] > 0)
    waiting = scraped(watched)
    with closing(sqlite3.connect(watched.folder / "tandem.db")) as connection, connection:
        connection.execute("UPDATE outbox SET dead_at = created_at")
    given_up = scraped(watched)

    length, dead = 'tandem_queue_length{queue="mail"}', 'tandem_dead_letters{queue="mail"}'
    assert (waiting[length], waiting[dead], waiting["tandem_queues_readable"]) == (1.0, 0.0, 1.0)
    assert (given_up[length], given_up[dead]) == (0.0, 1.0)


def test_a_database_that_makes_wait_shows_in_running_turns_in_errors_and_as_a_missing_part(watched: Bot) -> None:
    talk = watched.talk()
    talk.say("hi")
    with locked(watched.folder / "tandem.db"):
        asking = threading.Thread(target=talk.say, args=("botox or microneedling first?",))
        asking.start()
        wait_until(lambda: scraped(watched)['tandem_part_up{part="conversation_store"}'] == 0.0)
        asking.join()
    wait_until(lambda: scraped(watched)['tandem_part_up{part="conversation_store"}'] == 1.0)
    told = scraped(watched)

    assert told['tandem_database_errors_total{kind="OperationalError"}'] >= 1.0
    assert told['tandem_database_seconds_count{statement="BEGIN"}'] > 0.0
    assert told["tandem_turns_running"] == 0.0


def test_no_measure_and_no_line_of_the_log_names_anybody(watched: Bot) -> None:
    told = "\n".join(scraped(watched))

    assert "555" not in told and "Testname" not in told
    assert 'tandem_build_info{version="' in told
    assert all(line.startswith(("{", "Tandem is", "SMS is")) for line in watched.log.read_text().splitlines())
