import json
import logging
import sys

import pytest
import structlog

from bot.logs import HIDDEN, JsonFormatter, QuietFormatter, configure_logs, hide_values, place_of

SAID = "my number is 403 555 0100"


def fail():
    raise ValueError(SAID)


def fail_from_another():
    try:
        fail()
    except ValueError as error:
        raise RuntimeError(SAID) from error


def caught(function):
    try:
        function()
    except Exception as error:
        return error


@pytest.mark.parametrize("function, kinds", [(fail, "ValueError"), (fail_from_another, "RuntimeError from ValueError")])
def test_an_error_is_told_by_its_kinds_and_the_innermost_place(function, kinds):
    line = fail.__code__.co_firstlineno + 1
    assert place_of(caught(function)) == f"{kinds} at {__file__}:{line}"


def test_an_error_that_was_never_raised_has_a_kind_only():
    assert place_of(ValueError(SAID)) == "ValueError"


def test_a_log_line_with_an_exception_keeps_its_message_to_itself():
    try:
        fail()
    except ValueError:
        record = logging.LogRecord("rasa", logging.ERROR, "x.py", 1, "A turn failed", (), sys.exc_info())
    line = QuietFormatter("%(message)s").format(record)
    assert SAID not in line
    assert line.startswith("A turn failed\nValueError at ")


def test_a_structured_line_keeps_its_event_and_hides_values():
    event = {
        "event": "message.parsing.failed",
        "user_text": SAID,
        "exc_info": True,
        "action_name": "action_order",
    }
    assert hide_values(None, "warning", event) == {
        "event": "message.parsing.failed",
        "user_text": HIDDEN,
        "action_name": "action_order",
    }


@pytest.fixture
def logs_put_back():
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.configure(**before)


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING"])
def test_rasas_debug_lines_which_carry_texts_are_never_shown(level, logs_put_back, capsys):
    configure_logs(level)
    logging.getLogger("rasa.core.processor").debug(SAID)
    structlog.get_logger("rasa.nlu").debug("nlu.parse", text=SAID)
    structlog.get_logger("rasa.nlu").warning("nlu.parse.failed", text=SAID)
    logging.getLogger("bot.server").warning("A part did not answer")
    shown = capsys.readouterr().err
    assert SAID not in shown
    assert "nlu.parse.failed" in shown and "A part did not answer" in shown


def test_a_line_in_json_has_its_moment_level_place_and_message():
    record = logging.LogRecord("bot.x", logging.WARNING, "x.py", 1, "%s did not answer", ("mail",), None)
    record.created, record.msecs = 1795262400.25, 250.0
    assert json.loads(JsonFormatter().format(record)) == {
        "at": "2026-11-21T12:00:00.250Z",
        "level": "WARNING",
        "logger": "bot.x",
        "message": "mail did not answer",
    }


def test_a_line_in_json_keeps_an_exception_s_message_to_itself():
    try:
        fail()
    except ValueError:
        record = logging.LogRecord("rasa", logging.ERROR, "x.py", 1, "A turn failed", (), sys.exc_info())
    line = JsonFormatter().format(record)
    assert SAID not in line
    assert json.loads(line)["error"].startswith("ValueError at ")


def test_a_structured_line_in_json_has_its_values_apart_and_hidden(capsys):
    configure_logs("INFO", "json")
    structlog.get_logger("rasa.test").warning("message.parsing.failed", user_text=SAID, action_name="action_order")
    line = json.loads(capsys.readouterr().err)
    configure_logs()
    assert {key: line[key] for key in ("message", "user_text", "action_name")} == {
        "message": "message.parsing.failed",
        "user_text": HIDDEN,
        "action_name": "action_order",
    }
