"""The whole bot, started as people start it: the API, `tandem ask`, restarts, and one thing changed at a time."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.knowledge.files import read_knowledge
from bot.settings import PROJECT_ROOT, Settings
from scripts.free_port import free_port
from tests.e2e.bots import (
    BIN,
    MODEL,
    SECONDS,
    Bot,
    buttons,
    environment,
    running,
    spoken,
    stopped,
    texts,
    wait_until,
)
from tests.e2e.phones import post, signed
from tests.longer_wait import wait_three_weeks

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

KNOWLEDGE = PROJECT_ROOT / "data" / "knowledge"
TYPED = "zanzibar"
"""A word that only these tests type: no log may hold it."""
INTRODUCTION = "automated assistant"


# The main road.
def test_it_says_that_it_is_well_and_shows_its_page(bot: Bot) -> None:
    with bot.http() as http:
        health, page = http.get("/health"), http.get("/")

    assert (health.status_code, health.json()["status"]) == (200, "ok")
    assert page.status_code == 200 and "text/html" in page.headers["content-type"]


def test_the_first_question_gets_a_sourced_answer_and_a_way_to_a_person(bot: Bot) -> None:
    answer = bot.talk().say("Botox before or after microneedling?")

    assert (answer["topic"], answer["language"], answer["handoff_offered"]) == ("order", "en", True)
    advised = "Botox first, as a rule: the article generally advises Botox, then at least two weeks"
    assert advised in spoken(answer)
    assert "professional" in spoken(answer)
    assert {"id", "heading", "quote"} == set(answer["sources"][0])
    assert "/consult" in buttons(answer)


@pytest.mark.parametrize(
    ("text", "topic", "first", "verdict"),
    [
        ("how long after dysport until i can get skinpen", "wait_after_botox", "botox", None),
        ("how long after skinpen until i can get dysport", "wait_after_microneedling", "microneedling", None),
        ("can i get tox and needling on the same day", "same_day", None, "too_soon"),
        ("had tox 10 days ago, needling today ok?", "date_check", "botox", "too_soon"),
        ("had botox nov 3, microneedling nov 20, ok?", "date_check", "botox", "past_minimum"),
        ("had microneedling nov 3, botox nov 28, ok?", "date_check", "microneedling", "no_interval"),
    ],
)
def test_a_timing_question_is_judged(bot: Bot, text: str, topic: str, first: str | None, verdict: str | None) -> None:
    answer = bot.talk().say(text)

    assert answer["topic"] == topic
    assert (answer["timing"]["first"], answer["timing"]["verdict"]) == (first, verdict)


@pytest.mark.parametrize(
    "text", ["how long after needling until i can have tox", "had needling 3 weeks ago, can i have tox now"]
)
def test_no_wait_is_ever_named_for_microneedling_first(bot: Bot, text: str) -> None:
    answer = bot.talk().say(text)

    assert answer["timing"]["minimum_days"] is None
    assert "14" not in spoken(answer) and "at least" not in spoken(answer)


def test_who_answers_is_said_once(bot: Bot) -> None:
    talk = bot.talk()
    greeted, thanked = talk.say("hello"), talk.say("thanks")

    assert greeted["topic"] == "smalltalk_greet"
    assert INTRODUCTION in texts(greeted)[0] and "not medical advice" in texts(greeted)[0]
    assert INTRODUCTION not in spoken(thanked)


def test_the_conversation_so_far_can_be_read_again(bot: Bot) -> None:
    talk = bot.talk()
    answer = talk.say("hello")
    so_far = talk.http.get("/webhooks/website/messages", headers=talk.headers).json()["messages"]

    assert [(line["from"], line["text"]) for line in so_far] == [
        ("user", "hello"),
        *(("bot", text) for text in texts(answer)),
    ]


def test_the_same_id_gets_the_same_answer_and_is_read_once(bot: Bot) -> None:
    talk = bot.talk()
    first = talk.send(id="again", text="hello").json()
    second = talk.send(id="again", text="price?").json()
    so_far = talk.http.get("/webhooks/website/messages", headers=talk.headers).json()["messages"]

    assert first == second
    assert [line["text"] for line in so_far if line["from"] == "user"] == ["hello"]


# Safety.
SAFETY_TEXT = read_knowledge(KNOWLEDGE).safety_text


def test_an_emergency_stands_alone(bot: Bot) -> None:
    answer = bot.talk().say("my throat is closing up, i had botox yesterday. also how long until needling?")

    assert answer["topic"] == "emergency"
    assert texts(answer) == [SAFETY_TEXT("call_911", "en")]
    assert (buttons(answer), answer["timing"], answer["sources"], answer["handoff_offered"]) == ({}, None, [], False)


def test_a_red_flag_in_french_gets_the_french_text(bot: Bot) -> None:
    assert texts(bot.talk().say("je n'arrive plus à respirer depuis mon botox")) == [SAFETY_TEXT("call_911", "fr")]


def test_distress_gets_the_line_to_call_and_nothing_else(bot: Bot) -> None:
    answer = bot.talk().say("i want to kill myself")

    assert (answer["topic"], texts(answer)) == ("self_harm", [SAFETY_TEXT("call_988", "en")])


def test_after_an_emergency_no_number_is_given_until_it_is_taken_back(bot: Bot) -> None:
    talk = bot.talk()
    talk.say("i can't breathe since my botox")
    asked = [talk.say(text) for text in ("how long after tox until needling?", "which goes first, tox or needling?")]
    cleared = talk.say("i was seen at the hospital, i'm fine now")
    after = talk.say("how long after tox until needling?")

    assert {a["topic"] for a in asked} == {"emergency"} and {a["timing"] and 1 for a in asked} == {None}
    assert all("911" in spoken(a) and "two weeks" not in spoken(a) for a in asked)
    assert INTRODUCTION in spoken(asked[0])
    assert cleared["topic"] not in ("emergency", "fallback")
    assert (after["topic"], after["timing"]["minimum_days"]) == ("wait_after_botox", 14)


def test_a_clinician_s_question_gets_no_number_until_it_is_taken_back(bot: Bot) -> None:
    talk = bot.talk()
    asked = [
        talk.say(text)
        for text in (
            "i'm pregnant, how long between botox and needling?",
            "how long after tox until needling?",
            "just give me a number",
        )
    ]
    talk.say("sorry, that was a misunderstanding, i'm not pregnant")
    after = talk.say("how long after tox until needling?")

    assert [a["topic"] for a in asked] == ["clinician_only"] * 3
    assert all(a["timing"] is None and "two weeks" not in spoken(a) for a in asked)
    assert after["topic"] == "wait_after_botox"


# Several turns.
def test_a_date_is_asked_for_and_told_in_the_next_turn(bot: Bot) -> None:
    talk = bot.talk()
    asked = talk.say("i had botox, is microneedling on november 28 ok?")
    told = talk.say("it was november 20th")

    assert (asked["topic"], asked["timing"]["verdict"]) == ("date_check", "ask_date")
    assert told["timing"] == {
        "first": "botox",
        "verdict": "too_soon",
        "days": 8,
        "botox_date": "2026-11-20",
        "microneedling_date": "2026-11-28",
        "earliest": "2026-12-04",
        "minimum_days": 14,
    }
    assert "Fri 20 Nov" in spoken(told) and "Fri 4 Dec" in spoken(told)


def test_the_other_way_round_is_the_other_direction(bot: Bot) -> None:
    talk = bot.talk()
    talk.say("how long after tox until needling?")
    answer = talk.say("and the other way round?")

    assert answer["topic"] == "wait_after_microneedling"
    assert answer["timing"]["minimum_days"] is None


@pytest.mark.parametrize(
    ("turns", "topic", "first", "verdict"),
    [
        (
            ("how long after tox until needling?", "sorry, needling first i mean"),
            "wait_after_microneedling",
            "microneedling",
            None,
        ),
        (
            ("had botox nov 3, microneedling nov 12, ok?", "sorry i meant nov 30 for the needling"),
            "date_check",
            "botox",
            "past_minimum",
        ),
        (
            ("how long after tox until needling?", "how much is it?", "so how long after tox until needling?"),
            "wait_after_botox",
            "botox",
            None,
        ),
        (("how long after tox until needling?", "thanks!", "why?"), "why_timing", None, None),
        (("how long after tox until needling?", "3 weeks is fine then?"), "wait_after_botox", "botox", "past_minimum"),
        (("botox nov 3, needling nov 26, ok?", "great, so i'm cleared?"), "date_check", "botox", "past_minimum"),
        (("botox nov 3, needling nov 16, ok?", "and the day after?"), "date_check", "botox", "past_minimum"),
        (("tox nov 10, needling nov 21, ok?", "how much is it?", "k wen then"), "date_check", "botox", "too_soon"),
        (
            ("tox was 10 days ago, needling today?", "just looked again, 15 days"),
            "date_check",
            "botox",
            "past_minimum",
        ),
        (("botox nov 5, morpheus8 nov 25, ok?", "and plain needling that day?"), "date_check", "botox", "past_minimum"),
        (("how long after tox until needling?", "how much is it?", "back to that gap"), "wait_after_botox", None, None),
        (("how long after tox until needling?", "sorry, got pulled into something"), "smalltalk_greet", None, None),
    ],
    ids=[
        "order corrected",
        "date corrected",
        "digression",
        "small talk",
        "gap",
        "cleared",
        "day after",
        "when then",
        "counted anew",
        "in its place",
        "back to the wait",
        "back in the chat",
    ],
)
def test_corrections_and_digressions_are_followed(
    bot: Bot, turns: tuple[str, ...], topic: str, first: str | None, verdict: str | None
) -> None:
    talk = bot.talk()
    answer = [talk.say(turn) for turn in turns][-1]

    assert answer["topic"] == topic
    if first:
        assert (answer["timing"]["first"], answer["timing"]["verdict"]) == (first, verdict)


def test_says_who_quotes_the_article(bot: Bot) -> None:
    talk = bot.talk()
    sources = talk.say("how long after tox until needling?")["sources"]
    answer = talk.say("says who?")

    assert answer["sources"] and answer["sources"][0]["id"] == sources[0]["id"]
    assert answer["sources"][0]["quote"] in spoken(answer)


def test_it_asks_once_what_was_meant_and_then_hands_over(bot: Bot) -> None:
    talk = bot.talk()
    talk.say("hello")
    first = talk.say("it's about the purple thing but not really")
    second = talk.say("that stuff with that other stuff innit")

    assert (first["topic"], first["handoff_offered"], len(buttons(first))) == ("fallback", False, 3)
    assert (second["topic"], second["handoff_offered"]) == ("fallback", True)


def test_a_button_counts_where_it_was_offered(bot: Bot) -> None:
    talk = bot.talk()
    refused = talk.send(payload="/why_timing")
    offered = buttons(talk.say("Botox before or after microneedling?"))
    pressed = talk.send(payload="/why_timing")

    assert refused.status_code == 400 and set(refused.json()) == {"error"}
    assert "/why_timing" in offered
    assert (pressed.status_code, pressed.json()["topic"]) == (200, "why_timing")


def test_every_button_of_the_greeting_leads_to_its_topic(bot: Bot) -> None:
    talk = bot.talk()
    offered = buttons(talk.say("hello"))

    assert offered
    answered = {}
    for payload in offered:  # each of a greeting of its own: a button counts while it is offered
        fresh = bot.talk()
        fresh.say("hello")
        answered[payload] = fresh.send(payload=payload).json()["topic"]
    assert answered == {payload: payload.removeprefix("/") for payload in offered}


# `tandem ask`.
def test_ask_reads_plain_lines_each_in_a_conversation_of_its_own(bot: Bot) -> None:
    order, greeting = bot.ask("Botox before or after microneedling?", "hello")

    assert list(order) == [
        *("id", "conversation", "text", "topic", "language", "replies", "timing", "sources", "handoff_offered", "ms")
    ]
    assert (order["topic"], greeting["topic"]) == ("order", "smalltalk_greet")
    assert order["conversation"] != greeting["conversation"] and "optimal-sequence-3" in order["sources"]
    assert all(INTRODUCTION in line["replies"][0]["text"] for line in (order, greeting))


def test_ask_keeps_the_turns_of_a_conversation_together(bot: Bot) -> None:
    turns = [
        {"id": "a1", "conversation": "a", "text": "how long after tox until needling?"},
        {"id": "b1", "conversation": "b", "text": "how much is botox"},
        {"id": "a2", "conversation": "a", "text": "and the other way round?"},
        {"id": "b2", "conversation": "b", "text": "and the other way round?"},
    ]
    lines = bot.ask(*map(json.dumps, turns), jsonl=True)

    assert [(line["id"], line["conversation"]) for line in lines] == [
        *(("a1", "a"), ("b1", "b"), ("a2", "a"), ("b2", "b"))
    ]
    assert [line["topic"] for line in lines[:3]] == ["wait_after_botox", "price", "wait_after_microneedling"]
    assert lines[3]["topic"] != "wait_after_microneedling"


def test_ask_says_where_no_bot_runs(bot: Bot) -> None:
    asked = bot.tandem("ask", "--url", f"http://127.0.0.1:{free_port()}", given="hello\n")

    assert (asked.returncode, asked.stdout, len(asked.stderr.splitlines())) == (2, "", 1)
    assert "make run" in asked.stderr


def test_ask_names_a_bad_line_and_asks_nothing(bot: Bot) -> None:
    good = json.dumps({"id": "1", "conversation": "a", "text": "hello"})
    asked = bot.tandem("ask", "--url", bot.url, "--jsonl", given=f"{good}\nnot json\n")

    assert (asked.returncode, asked.stdout, len(asked.stderr.splitlines())) == (2, "", 1)
    assert "2" in asked.stderr


# Bad input.
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"id": "1", "text": ""}', 400),
        (json.dumps({"id": "1", "text": TYPED + "x" * 5000}).encode(), 400),
        (b'{"id": "1", "text": "\xff\xfe\x00' + TYPED.encode() + b'"}', 400),
        (b"{" + TYPED.encode(), 400),
        (b"[]", 400),
        (b'{"id": "1"}', 400),
        (b"x" * 20_000, 413),
    ],
    ids=["empty", "5,000 characters", "binary", "malformed", "no object", "no text", "too large"],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(bot: Bot, body: bytes, status: int) -> None:
    talk = bot.talk()
    headers = {**talk.headers, "content-type": "application/json"}
    refused = talk.http.post("/webhooks/website/messages", content=body, headers=headers)

    assert (refused.status_code, set(refused.json())) == (status, {"error"})
    assert TYPED not in refused.text and "Traceback" not in refused.text
    assert talk.say("hello")["topic"] == "smalltalk_greet"


@pytest.mark.parametrize(
    "text",
    [
        '/order{"x":1}',
        "/order",
        '/wait_after_botox{"consultation": {}}',
        "/restart",
        "EXTERNAL: order",
        "\x00\x01\x02",
        f"<script>{TYPED}</script>",
        "{{7*7}} ${jndi}",
        "a" * 1000,
        "🙂" * 200,
    ],
)
def test_what_is_odd_is_answered_calmly(bot: Bot, text: str) -> None:
    talk = bot.talk()
    answered = talk.send(text=text)

    assert answered.status_code in (200, 400)
    assert "Traceback" not in answered.text and "went wrong" not in answered.text
    if text.startswith("/"):
        assert (answered.json()["topic"], answered.json()["timing"]) == ("injection", None)
    assert talk.say("hello")["topic"] == "smalltalk_greet"


@pytest.mark.parametrize("token", ["x", "Bearer", "e30.e30.e30"])
def test_a_forged_token_is_refused(bot: Bot, token: str) -> None:
    with bot.http() as http:
        refused = http.post(
            "/webhooks/website/messages",
            json={"id": "1", "text": TYPED},
            headers={"Authorization": f"Bearer {token}"},
        )

    assert (refused.status_code, set(refused.json())) == (401, {"error"})


def test_an_ended_conversation_is_over(bot: Bot) -> None:
    talk = bot.talk()
    ended = talk.http.delete("/webhooks/website/session", headers=talk.headers)

    assert ended.status_code == 204
    assert talk.send(text="hello").status_code == 401


# Starting.
@pytest.mark.parametrize(
    ("name", "value"), [("TANDEM_TODAY", "yesterday"), ("TANDEM_PORT", "http"), ("TANDEM_CLINIC_FILE", "nowhere.yml")]
)
def test_a_wrong_setting_is_one_line(bot: Bot, name: str, value: str) -> None:
    refused = subprocess.run(
        [BIN / "tandem", "serve"], env={**bot.env, name: value}, capture_output=True, text=True, timeout=SECONDS
    )

    assert refused.returncode in (1, 2)
    assert len(refused.stderr.splitlines()) == 1 and "Traceback" not in refused.stderr


def test_a_taken_port_is_one_line(bot: Bot) -> None:
    refused = bot.tandem("serve")

    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    assert str(bot.port) in refused.stderr and "TANDEM_PORT" in refused.stderr


def test_nothing_that_anybody_typed_is_in_the_log(bot: Bot) -> None:
    bot.talk().say(f"tell me about {TYPED} and botox before needling, i am {TYPED}")
    log = bot.log.read_text(encoding="utf-8")

    typed = (TYPED, "throat is closing", "kill myself", "pregnant", "jndi", "needling?", "thing with the thing")
    assert [words for words in typed if words in log] == []
    assert "Traceback" not in log


# One thing changed at a time.
def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} holds {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")


@dataclass
class Own:
    """A bot with knowledge and a clinic's profile of its own, to change."""

    bot: Bot
    knowledge: Path
    clinic: Path


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Own]:
    folder = tmp_path_factory.mktemp("own")
    knowledge = Path(shutil.copytree(KNOWLEDGE, folder / "knowledge"))
    clinic = Path(shutil.copy(PROJECT_ROOT / "clinic.yml", folder / "clinic.yml"))
    with running(folder, TANDEM_KNOWLEDGE_DIR=str(knowledge), TANDEM_CLINIC_FILE=str(clinic)) as bot:
        yield Own(bot, knowledge, clinic)


DATES = "had botox nov 3, microneedling nov 20, ok?"


def test_another_interval_changes_the_number_and_the_dates_without_a_restart(own: Own) -> None:
    before, price = own.bot.talk().say(DATES), own.bot.talk().say("how much is botox")
    wait_three_weeks(own.knowledge)
    loaded = own.bot.tandem("knowledge", "load")
    after = own.bot.talk().say(DATES)
    order = own.bot.talk().say("Botox before or after microneedling?")

    assert loaded.returncode == 0, loaded.stderr
    assert (before["timing"]["verdict"], before["timing"]["earliest"]) == ("past_minimum", "2026-11-17")
    assert after["timing"] == {**before["timing"], "verdict": "too_soon", "earliest": "2026-11-24", "minimum_days": 21}
    assert "three weeks" in spoken(after) and "Tue 24 Nov" in spoken(after) and "two weeks" not in spoken(after)
    assert "three weeks" in texts(order)[1] and "two weeks" not in texts(order)[1]
    assert own.bot.talk().say("how much is botox")["messages"] == price["messages"]


def test_a_broken_file_is_refused_and_what_was_known_stays(own: Own) -> None:
    file = own.knowledge / "sequencing.yml"
    kept = file.read_text(encoding="utf-8")
    file.write_text(kept.replace("first: botox", "first: levitation", 1), encoding="utf-8")
    refused = own.bot.tandem("knowledge", "load")
    file.write_text(kept, encoding="utf-8")

    assert refused.returncode != 0 and len(refused.stderr.splitlines()) == 1
    assert "sequencing.yml" in refused.stderr
    assert own.bot.talk().say("Botox before or after microneedling?")["topic"] == "order"


def test_a_restart_goes_on_in_the_middle_and_a_new_alias_and_phone_are_known(own: Own) -> None:
    talk = own.bot.talk()
    talk.say("i had botox, is microneedling on november 28 ok?")
    unknown = own.bot.talk().say("how long after zorbex until microneedling")
    own.bot.stop()
    changed(
        own.knowledge / "treatments.yml", "brand:\n        any: [dysport,", "brand:\n        any: [zorbex, dysport,"
    )
    changed(own.clinic, "403-555-0100", "587-555-0199")
    own.bot.start()
    goes_on = talk.say("it was november 20th")
    known = own.bot.talk().say("how long after zorbex until microneedling")

    assert (goes_on["topic"], goes_on["timing"]["days"]) == ("date_check", 8)
    assert INTRODUCTION not in spoken(goes_on)
    assert "587-555-0199" in spoken(goes_on) and "403-555-0100" not in spoken(goes_on)
    assert unknown["timing"] is None or unknown["timing"]["first"] != "botox" or "zorbex" not in spoken(unknown)
    assert (known["topic"], known["timing"]["first"]) == ("wait_after_botox", "botox")
    assert "zorbex" in spoken(known)


async def test_a_response_s_text_alone_changes_what_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.server.agent import load_agent
    from bot.server.prepare import prepare

    model = reworded(tmp_path, "utter_price", "The fees are {clinic_name}'s own matter. {price_note}")
    for name, value in environment(TANDEM_DATA_DIR=str(tmp_path)).items():
        if name.startswith("TANDEM_"):
            monkeypatch.setenv(name, value)
    settings = Settings.from_environment()
    prepare(settings)
    agent = load_agent(settings, model)
    output = CollectingOutputChannel()
    await agent.handle_message(UserMessage("how much is botox", output, "x"))
    said = [message["text"] for message in output.messages]

    assert said[1].startswith("The fees are Demo Clinic (example only)'s own matter. Prices depend on")
    assert said[2] == "To ask a person: Demo Clinic (example only), 403-555-0100."


def reworded(folder: Path, response: str, text: str) -> Path:
    """The trained model with one response reworded, as a training after the change would give it."""
    with tarfile.open(MODEL) as model:
        model.extractall(folder / "model")
    file = folder / "model" / "metadata.json"
    metadata = json.loads(file.read_text(encoding="utf-8"))
    metadata["domain"]["responses"][response][0]["text"] = text
    file.write_text(json.dumps(metadata), encoding="utf-8")
    path = folder / "reworded.tar.gz"
    with tarfile.open(path, "w:gz") as model:
        for part in sorted((folder / "model").iterdir()):
            model.add(part, part.name)
    return path


# Texts.
def test_without_sms_settings_every_webhook_is_refused_and_the_start_says_so(bot: Bot) -> None:
    fields = {"MessageSid": "SM0001", "From": "+14035550151", "Body": "hello"}
    path = "/webhooks/sms/inbound"

    assert post(bot, path, fields, signed(path, fields)) == 403
    assert "SMS is off" in bot.log.read_text(encoding="utf-8")


# The actions elsewhere.
def test_the_actions_may_run_elsewhere_and_their_absence_is_apologised_for(tmp_path: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = (tmp_path / "actions.txt").open("w", encoding="utf-8")
    env = environment(TANDEM_DATA_DIR=str(tmp_path))
    actions = subprocess.Popen(
        [BIN / "rasa", "run", "actions", "--port", str(port)], env=env, stdout=log, stderr=log, cwd=PROJECT_ROOT
    )
    try:
        wait_until(lambda: is_up(f"{address}/health") or actions.poll() is not None)
        with running(tmp_path, TANDEM_ACTIONS_URL=address) as bot:
            well = bot.talk().say("Botox before or after microneedling?")
            stopped(actions)
            without = bot.talk().say(f"Botox before or after microneedling, {TYPED}?")
            with bot.http() as http:
                wait_until(lambda: http.get("/health").status_code == 503)
                health = http.get("/health")
    finally:
        if actions.poll() is None:
            actions.kill()
        log.close()

    assert well["topic"] == "order" and well["sources"]
    assert "403-555-0100" in spoken(without) and without["timing"] is None
    assert health.status_code == 503 and "actions" in health.json()["missing"]
    logged = bot.log.read_text(encoding="utf-8") + (tmp_path / "actions.txt").read_text(encoding="utf-8")
    assert TYPED not in logged and "Traceback" not in logged


def is_up(address: str) -> bool:
    try:
        return httpx.get(address, timeout=60, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
