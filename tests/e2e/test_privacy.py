"""What a whole bot leaves behind of the people who talked to it, with every log line there is: nothing readable."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import astuple

import pytest

from bot.database import engine
from bot.handoff.requests import RequestStore
from bot.handoff.vault import ContactVault
from scripts.free_port import free_port
from tests.e2e.bots import SECRET, Answer, Bot, Talk, running, spoken, wait_until
from tests.people import (
    BY_MAIL,
    DECLINES,
    FILES,
    INTERRUPTS,
    LEAVES,
    RED_FLAG,
    TYPES_FREELY,
    dump,
    strangers_in,
    whole_files,
)

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('private')}/tandem.db"
        return
    cluster = request.getfixturevalue("cluster")
    name = cluster.create()
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory, url: str) -> Iterator[Bot]:
    """A bot that logs all that it can, and whose mail server and webhook are not there: failures are loud."""
    nowhere = f"127.0.0.1:{free_port()}"
    ways = {
        "TANDEM_SMTP_URL": f"smtp://{nowhere}",
        "TANDEM_MAIL_TO": "desk@clinic.example",
        "TANDEM_WEBHOOK_URL": f"http://{nowhere}/requests",
        "TANDEM_WEBHOOK_SECRET": SECRET,
    }
    folder = tmp_path_factory.mktemp("loud")
    with running(folder, TANDEM_LOG_LEVEL="DEBUG", TANDEM_DATABASE_URL=url, **ways) as started:
        yield started


def choose(talk: Talk, answer: Answer, title: str) -> Answer:
    """Press a button of an answer."""
    payloads = {each["title"]: each["payload"] for message in answer["messages"] for each in message["buttons"]}
    return dict(talk.send(payload=payloads[title]).json())


def agreed(bot: Bot) -> Talk:
    """A conversation whose user has asked for a person and agreed to what is kept."""
    talk = bot.talk()
    choose(talk, talk.say("can someone call me?"), "Yes")
    return talk


def freely_typed(bot: Bot) -> None:
    """Contact data where nobody has asked for it."""
    talk = bot.talk()
    for text in (
        f"call me at {TYPES_FREELY.phone}, had botox 10 days ago, needling today?",
        f"or write to {TYPES_FREELY.email} please",
        f"/consult {TYPES_FREELY.phone}",
        f"my name is {TYPES_FREELY.name}, how long after botox until needling",
        f"my throat is closing, my number is {TYPES_FREELY.phone}",
    ):
        talk.say(text)


def filed_in_conversation(bot: Bot) -> str:
    """A request, one message after the other, with a correction and a second try; what the bot said at its end."""
    talk = agreed(bot)
    talk.say(FILES.name)
    talk.say("12")
    talk.say("403 555 0168")
    talk.say(f"sorry, my number is {FILES.phone}")
    talk.say("weekdays after work")
    filed = talk.say(FILES.note)
    talk.say("any news?")
    talk.say("can someone call me?")
    return spoken(filed)


def filed_on_the_page(bot: Bot) -> str:
    """A request by the page's form, wrong at first; what the bot said at its end."""
    talk = agreed(bot)
    talk.send(form={"name": BY_MAIL.name, "phone": "12", "email": "", "time": "Tuesday mornings", "note": BY_MAIL.note})
    filed = talk.send(form={"name": BY_MAIL.name, "phone": "", "email": BY_MAIL.email, "time": "", "note": ""})
    return spoken(filed.json())


def declined(bot: Bot) -> None:
    """Details before the consent, which is then refused."""
    talk = bot.talk()
    asked = talk.say(f"i'm {DECLINES.name}, {DECLINES.phone}, can someone call me?")
    talk.say(f"or {DECLINES.email}, my name is {DECLINES.name}")
    choose(talk, asked, "No") if "No" in str(asked) else talk.say("no")


def left(bot: Bot) -> None:
    """A form that nobody finishes, and one that ends with the conversation."""
    for end in (False, True):
        talk = agreed(bot)
        talk.say(f"my name is {LEAVES.name}")
        talk.say(f"{LEAVES.phone} or {LEAVES.email}")
        if end:
            talk.http.delete("/webhooks/website/session", headers=talk.headers)


def interrupted(bot: Bot) -> None:
    """A form with questions in between, which is then called off."""
    talk = agreed(bot)
    talk.say(INTERRUPTS.name)
    talk.say("wait, how long does botox take to work?")
    talk.say(f"{INTERRUPTS.phone}, and which goes first?")
    talk.say("mornings")
    talk.say("never mind")


def in_danger(bot: Bot) -> None:
    """A red flag in the middle."""
    talk = agreed(bot)
    talk.say(f"{RED_FLAG.name} {RED_FLAG.phone}")
    talk.say(f"it's {RED_FLAG.name}, i can't breathe, {RED_FLAG.email}")


@pytest.fixture(scope="module")
def references(bot: Bot) -> list[str]:
    """Everything that people do, done; the references of what they were told was filed."""
    for happens in (freely_typed, declined, left, interrupted, in_danger):
        happens(bot)
    said = filed_in_conversation(bot) + filed_on_the_page(bot)
    return re.findall(r"TD-\w+", said)


def test_both_requests_are_filed_and_staff_can_read_them(references: list[str], url: str) -> None:
    bound = engine(url)
    store = RequestStore(bound, ContactVault(bound, SECRET))
    shown = [astuple(store.show(reference, "sam").contact) for reference in references]
    bound.dispose()
    assert shown == [
        (FILES.name, "+14035550161", "weekdays after work", FILES.note),
        (BY_MAIL.name, BY_MAIL.email, "Tuesday mornings", BY_MAIL.note),
    ]


def test_no_table_holds_anything_readable_of_anybody(references: list[str], url: str) -> None:
    rows = dump(url)
    assert "website_turns: " in rows and "events: " in rows and "handoff_requests: " in rows and "[phone-1]" in rows
    assert strangers_in(rows) == []


def test_no_file_and_no_log_holds_anything_either(bot: Bot, references: list[str]) -> None:
    wait_until(lambda: f"{references[0]} did not arrive by mail" in whole_files(bot.folder))
    files = whole_files(bot.folder)
    assert "DEBUG" in files
    assert strangers_in(files) == []


def test_what_was_declined_called_off_or_overtaken_by_danger_is_not_even_kept_under_seal(
    bot: Bot, references: list[str]
) -> None:
    for someone in (DECLINES, INTERRUPTS, RED_FLAG):
        held = json.loads(bot.tandem("privacy", "export", "--phone", someone.phone).stdout)
        assert (held["requests"], held["contacts"], held["unreadable_values"]) == ([], [], 0)


def test_a_person_gets_their_data_and_is_forgotten(bot: Bot, references: list[str], url: str) -> None:
    held = json.loads(bot.tandem("privacy", "export", "--phone", FILES.phone).stdout)
    assert [(each["reference"], each["name"], each["contact"]) for each in held["requests"]] == [
        (references[0], FILES.name, "+14035550161")
    ]
    assert [each["text"] for each in held["conversations"][0]["turns"]][:2] == ["can someone call me?", "Yes"]
    assert bot.tandem("privacy", "forget", "--phone", FILES.phone).stdout.startswith("Deleted: requests 1, contacts ")
    rows = dump(url)
    assert held["conversations"][0]["id"] not in rows
    assert {line.split(":")[0] for line in rows.splitlines() if references[0] in line} == {"access_log"}
    assert references[1] in rows
