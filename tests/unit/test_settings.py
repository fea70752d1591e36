"""The settings: safe defaults, every name of the contract, and a sentence for each that cannot be used."""

from __future__ import annotations

import stat
from datetime import date
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.settings import PROJECT_ROOT, SECRETS, Settings, SettingsError, SmsSettings, unknown_settings

SMS = {
    "TANDEM_TWILIO_ACCOUNT_SID": "AC0",
    "TANDEM_TWILIO_AUTH_TOKEN": "token-of-the-account",
    "TANDEM_TWILIO_FROM": "+14035550100",
    "TANDEM_PUBLIC_URL": "https://bot.example",
}


def test_an_empty_environment_gives_safe_defaults() -> None:
    assert Settings.from_environment({}) == Settings(
        port=8000,
        database_url=f"sqlite:///{PROJECT_ROOT / 'var' / 'tandem.db'}",
        clinic_file=PROJECT_ROOT / "clinic.yml",
        knowledge_dir=PROJECT_ROOT / "data" / "knowledge",
        data_dir=PROJECT_ROOT / "var",
    )


def test_an_empty_variable_counts_as_not_set() -> None:
    empty = {"TANDEM_PORT": "", "TANDEM_TODAY": " ", "TANDEM_SMTP_URL": "", "TANDEM_TWILIO_FROM": ""}
    assert Settings.from_environment(empty) == Settings.from_environment({})


def test_the_data_directory_holds_the_database_and_the_secret(tmp_path: Path) -> None:
    settings = Settings.from_environment({"TANDEM_DATA_DIR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/tandem.db"
    assert settings.secret_key_file == tmp_path / "secret.key"


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("TANDEM_PORT", "8123", "port", 8123),
        ("TANDEM_TODAY", "2026-11-22", "today_override", date(2026, 11, 22)),
        ("TANDEM_DATABASE_URL", "postgresql://db/tandem", "database_url", "postgresql://db/tandem"),
        ("TANDEM_CLINIC_FILE", "/srv/clinic.yml", "clinic_file", Path("/srv/clinic.yml")),
        ("TANDEM_KNOWLEDGE_DIR", "/srv/knowledge", "knowledge_dir", Path("/srv/knowledge")),
        (
            "TANDEM_ALLOWED_ORIGINS",
            "https://Clinic.example/, http://127.0.0.1:9000",
            "allowed_origins",
            ("https://clinic.example", "http://127.0.0.1:9000"),
        ),
        (
            "TANDEM_TRUSTED_PROXIES",
            "10.0.0.0/8,::1",
            "trusted_proxies",
            (ip_network("10.0.0.0/8"), ip_network("::1")),
        ),
        ("TANDEM_ACTIONS_URL", "http://actions:5055/webhook", "actions_url", "http://actions:5055/webhook"),
        ("TANDEM_MAIL_FROM", "chat@clinic.example", "mail_from", "chat@clinic.example"),
        ("TANDEM_SECRET_KEY", "sixteen or more characters", "given_secret_key", "sixteen or more characters"),
        ("TANDEM_SECRET_KEY", f"{'new' * 6} , {'old' * 6},", "given_secret_key", f"{'new' * 6},{'old' * 6}"),
        ("TANDEM_RETENTION_DAYS", "1", "retention_days", 1),
        ("TANDEM_REQUEST_RETENTION_DAYS", "365", "request_retention_days", 365),
    ],
)
def test_each_setting_is_read(name: str, value: str, field: str, expected: object) -> None:
    assert getattr(Settings.from_environment({name: value}), field) == expected


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TANDEM_PORT", "eighty", "TANDEM_PORT should be a number from 1 to 65535, not 'eighty'."),
        ("TANDEM_PORT", "0", "TANDEM_PORT should be a number from 1 to 65535, not '0'."),
        ("TANDEM_PORT", "70000", "TANDEM_PORT should be a number from 1 to 65535, not '70000'."),
        ("TANDEM_TODAY", "22/11/2026", "TANDEM_TODAY should be a date like 2026-11-22, not '22/11/2026'."),
        (
            "TANDEM_DATABASE_URL",
            "tandem.db",
            "TANDEM_DATABASE_URL should be a database address like sqlite:////srv/tandem.db.",
        ),
        (
            "TANDEM_ALLOWED_ORIGINS",
            "https://clinic.example/contact",
            "TANDEM_ALLOWED_ORIGINS should be an origin like https://clinic.example without a path, "
            "not 'https://clinic.example/contact'.",
        ),
        (
            "TANDEM_ALLOWED_ORIGINS",
            "*",
            "TANDEM_ALLOWED_ORIGINS should be an origin like https://clinic.example without a path, not '*'.",
        ),
        (
            "TANDEM_TRUSTED_PROXIES",
            "proxy",
            "TANDEM_TRUSTED_PROXIES should list addresses like 10.0.0.1 or 10.0.0.0/8, not 'proxy'.",
        ),
        (
            "TANDEM_ACTIONS_URL",
            "actions:5055",
            "TANDEM_ACTIONS_URL should be a web address that starts with http:// or https://.",
        ),
        (
            "TANDEM_SMTP_URL",
            "mail.example",
            "TANDEM_SMTP_URL should look like smtp://user:password@mail.example:587.",
        ),
        ("TANDEM_MAIL_TO", "desk", "TANDEM_MAIL_TO should be an e-mail address, not 'desk'."),
        *(
            (name, value, f"{name} should be a number of days from {fewest} to 3650, not {value!r}.")
            for name, fewest in (("TANDEM_RETENTION_DAYS", 1), ("TANDEM_REQUEST_RETENTION_DAYS", 7))
            for value in ("0", str(fewest - 1), "3651", "forever", "-1", "30.5", "9" * 5000)
        ),
        ("TANDEM_MAIL_FROM", "chat", "TANDEM_MAIL_FROM should be an e-mail address, not 'chat'."),
        (
            "TANDEM_SMTP_URL",
            "smtp://mail.example",
            "TANDEM_MAIL_TO is missing: whom should the mails of TANDEM_SMTP_URL go to?",
        ),
        (
            "TANDEM_MAIL_TO",
            "desk@clinic.example",
            "TANDEM_SMTP_URL is missing: through which server should mails to TANDEM_MAIL_TO go?",
        ),
        *(
            (
                "TANDEM_SECRET_KEY",
                key,
                "TANDEM_SECRET_KEY should have at least 16 characters, or each of several.",
            )
            for key in ("short", f"{'long' * 4},short")
        ),
        (
            "TANDEM_WEBHOOK_URL",
            "https://crm.example/hook",
            "TANDEM_WEBHOOK_SECRET is missing: TANDEM_WEBHOOK_URL is called with a signature only.",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_name(name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({name: value})
    assert str(refused.value) == sentence


def test_sms_is_off_without_an_account() -> None:
    assert Settings.from_environment({"TANDEM_PUBLIC_URL": "https://bot.example"}).sms is None


def test_sms_is_on_with_all_its_settings() -> None:
    env = {**SMS, "TANDEM_TWILIO_API_BASE": "http://127.0.0.1:8899"}
    assert Settings.from_environment(env).sms == SmsSettings(
        account_sid="AC0",
        auth_token="token-of-the-account",
        from_number="+14035550100",
        public_url="https://bot.example",
        api_base="http://127.0.0.1:8899",
    )


def test_half_of_the_sms_settings_are_refused_with_the_missing_half() -> None:
    half = {name: SMS[name] for name in ("TANDEM_TWILIO_ACCOUNT_SID", "TANDEM_TWILIO_FROM")}
    with pytest.raises(SettingsError, match="TANDEM_TWILIO_AUTH_TOKEN, TANDEM_PUBLIC_URL"):
        Settings.from_environment(half)


@pytest.mark.parametrize("number", ["403-555-0100", "+1", "desk"])
def test_sms_wants_a_number_with_its_country(number: str) -> None:
    with pytest.raises(SettingsError, match="TANDEM_TWILIO_FROM should be a phone number like"):
        Settings.from_environment({**SMS, "TANDEM_TWILIO_FROM": number})


MAIL = {"TANDEM_MAIL_TO": "desk@clinic.example, second@clinic.example"}


def test_mails_need_a_server_and_somebody_who_gets_them() -> None:
    settings = Settings.from_environment({**MAIL, "TANDEM_SMTP_URL": "smtp://u:p@mail.example:587"})
    assert settings.smtp_url == "smtp://u:p@mail.example:587"
    assert settings.mail_to == ("desk@clinic.example", "second@clinic.example")


@pytest.mark.parametrize(
    ("url", "given", "sender"),
    [
        ("smtp://mail.example", {}, "desk@clinic.example"),
        ("smtp://user:p@mail.example", {}, "desk@clinic.example"),
        ("smtps://chat%40clinic.example:p@mail.example", {}, "chat@clinic.example"),
        ("smtp://mail.example", {"TANDEM_MAIL_FROM": "bot@clinic.example"}, "bot@clinic.example"),
    ],
)
def test_mails_come_from_whom_the_server_knows(url: str, given: dict[str, str], sender: str) -> None:
    assert Settings.from_environment({**MAIL, "TANDEM_SMTP_URL": url, **given}).mail_sender() == sender


def test_no_secret_shows_in_the_settings_of_a_log() -> None:
    secrets = {
        "TANDEM_SECRET_KEY": "hidden-secret-key-0",
        "TANDEM_DATABASE_URL": "postgresql://u:hidden-in-database@db/tandem",
        "TANDEM_SMTP_URL": "smtp://u:hidden-in-smtp@mail.example",
        "TANDEM_MAIL_TO": "desk@clinic.example",
        "TANDEM_WEBHOOK_URL": "https://crm.example/hook",
        "TANDEM_WEBHOOK_SECRET": "hidden-webhook-secret",
    }
    settings = Settings.from_environment({**SMS, "TANDEM_TWILIO_AUTH_TOKEN": "hidden-token", **secrets})
    assert "hidden" not in repr(settings)


def test_a_given_secret_key_is_used_and_no_file_made(tmp_path: Path) -> None:
    env = {"TANDEM_DATA_DIR": str(tmp_path), "TANDEM_SECRET_KEY": "sixteen or more characters"}
    assert Settings.from_environment(env).secret_key() == "sixteen or more characters"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    env = {"TANDEM_DATA_DIR": str(tmp_path / "var")}
    key = Settings.from_environment(env).secret_key()
    file = tmp_path / "var" / "secret.key"
    assert len(key) == 64
    assert Settings.from_environment(env).secret_key() == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret.key"]


def test_a_secret_key_that_others_can_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    file.write_text("x" * 40)
    file.chmod(0o644)
    assert Settings.from_environment({"TANDEM_DATA_DIR": str(tmp_path)}).secret_key() == "x" * 40
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_damaged_secret_key_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("")
    with pytest.raises(SettingsError, match="is damaged; delete it to have a new key made"):
        Settings.from_environment({"TANDEM_DATA_DIR": str(tmp_path)}).secret_key()


def test_a_secret_key_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a directory should be")
    with pytest.raises(SettingsError, match="cannot be read or written; set TANDEM_SECRET_KEY"):
        Settings.from_environment({"TANDEM_DATA_DIR": str(tmp_path / "var")}).secret_key()


def test_a_variable_that_is_no_setting_is_named_with_the_one_that_was_meant() -> None:
    given = {
        "TANDEM_PROT": "8000",
        "TANDEM_PORT": "8000",
        "TANDEM_COLOUR_SCHEME": "x",
        "TANDEM_EMPTY": "",
        "OTHER": "x",
    }

    assert unknown_settings(given) == [
        "TANDEM_COLOUR_SCHEME is no setting and changes nothing.",
        "TANDEM_PROT is no setting and changes nothing; do you mean TANDEM_PORT?",
    ]


# Secrets in files.
def in_file(folder: Path, content: str) -> str:
    file = folder / "secret"
    file.write_text(content, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("name", "field", "content"),
    [
        ("TANDEM_DATABASE_URL", "database_url", "postgresql://db/tandem"),
        ("TANDEM_SECRET_KEY", "given_secret_key", "a key of the tests alone"),
        ("TANDEM_WEBHOOK_SECRET", "webhook_secret", "a key of the tests alone"),
    ],
)
def test_a_secret_may_stand_in_a_file(tmp_path: Path, name: str, field: str, content: str) -> None:
    settings = Settings.from_environment({f"{name}_FILE": in_file(tmp_path, f"{content}\n")})
    assert getattr(settings, field) == content


def test_every_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    named = {f"{name}_FILE": "/nowhere" for name in SECRETS}
    assert unknown_settings(named) == []
    for name in named:
        with pytest.raises(SettingsError, match=f"^The file /nowhere of {name} cannot be read"):
            Settings.from_environment({name: "/nowhere"})


def test_a_file_s_secret_is_checked_like_any_other(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^TANDEM_SECRET_KEY should have at least 16 characters"):
        Settings.from_environment({"TANDEM_SECRET_KEY_FILE": in_file(tmp_path, "short")})


@pytest.mark.parametrize("content", ["", "\n", "one\ntwo\n", "x" * 20_000])
def test_a_file_that_holds_no_secret_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(SettingsError, match="should hold the secret alone, on one line"):
        Settings.from_environment({"TANDEM_SECRET_KEY_FILE": in_file(tmp_path, content)})


def test_a_secret_in_two_places_is_refused(tmp_path: Path) -> None:
    twice = {"TANDEM_SECRET_KEY": "a" * 20, "TANDEM_SECRET_KEY_FILE": in_file(tmp_path, "b" * 20)}
    with pytest.raises(SettingsError, match=r"^TANDEM_SECRET_KEY and TANDEM_SECRET_KEY_FILE are both set"):
        Settings.from_environment(twice)


def test_what_is_no_secret_stands_in_no_file() -> None:
    assert unknown_settings({"TANDEM_PORT_FILE": "/nowhere"}) == ["TANDEM_PORT_FILE is no setting and changes nothing."]


# Metrics.
def test_there_are_no_metrics_unless_a_port_is_given() -> None:
    assert Settings.from_environment({}).metrics_port is None
    settings = Settings.from_environment({"TANDEM_METRICS_PORT": "9100", "TANDEM_METRICS_HOST": "0.0.0.0"})
    assert (settings.metrics_port, settings.metrics_host) == (9100, "0.0.0.0")


def test_a_port_for_metrics_that_is_none_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"^TANDEM_METRICS_PORT should be a number from 1 to 65535"):
        Settings.from_environment({"TANDEM_METRICS_PORT": "http"})
