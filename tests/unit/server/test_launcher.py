import socket

import pytest

from bot.server.launcher import PortTakenError, host, listen, log_level, sms_line
from bot.settings import Settings, SettingsError


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_free_port_is_taken_on_the_address_asked_for(free_port):
    with listen("127.0.0.1", free_port) as listener:
        assert listener.getsockname() == ("127.0.0.1", free_port)


def test_a_taken_port_is_told_in_one_sentence(free_port):
    with socket.create_server(("127.0.0.1", free_port)):
        with pytest.raises(
            PortTakenError, match=f"^Port {free_port} is taken by another program; .*TANDEM_PORT"
        ) as told:
            listen("127.0.0.1", free_port)
    assert told.value.exit_code == 2


@pytest.mark.parametrize("address", ["203.0.113.7", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_told(address, free_port):
    with pytest.raises(SettingsError, match=f"TANDEM_HOST '{address}' is not an address of this machine"):
        listen(address, free_port)


@pytest.mark.parametrize("given, used", [(None, "127.0.0.1"), (" ", "127.0.0.1"), ("0.0.0.0", "0.0.0.0")])
def test_the_bot_listens_on_this_machine_only_unless_told(given, used, monkeypatch):
    monkeypatch.delenv("TANDEM_HOST", raising=False) if given is None else monkeypatch.setenv("TANDEM_HOST", given)
    assert host() == used


@pytest.mark.parametrize("given, used", [("", "WARNING"), ("info", "INFO"), ("DEBUG", "DEBUG")])
def test_the_log_level_is_taken_as_given(given, used, monkeypatch):
    monkeypatch.setenv("TANDEM_LOG_LEVEL", given)
    assert log_level() == used


def test_an_unknown_log_level_is_refused(monkeypatch):
    monkeypatch.setenv("TANDEM_LOG_LEVEL", "loud")
    with pytest.raises(
        SettingsError, match="TANDEM_LOG_LEVEL should be one of DEBUG, INFO, WARNING, ERROR, not 'LOUD'"
    ):
        log_level()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "SMS is off; TANDEM_TWILIO_ACCOUNT_SID and the settings beside it turn it on."),
        (
            {
                "TANDEM_TWILIO_ACCOUNT_SID": "AC1",
                "TANDEM_TWILIO_AUTH_TOKEN": "a-token",
                "TANDEM_TWILIO_FROM": "+15875550199",
                "TANDEM_PUBLIC_URL": "https://bot.example",
            },
            "SMS is on: Twilio delivers texts to https://bot.example/webhooks/sms/inbound",
        ),
    ],
)
def test_the_start_says_whether_texts_are_answered(settings, said):
    assert sms_line(Settings.from_environment(settings)) == said
