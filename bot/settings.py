"""The settings of a running bot, read once from the environment and checked before anything starts.

Every setting has a safe default; a wrong one is refused with a sentence that names it and says what it wants.
"""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot.errors import TandemError
from bot.private import private_folder

PROJECT_ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 16
LONGEST_RETENTION_DAYS = 3650
SHORTEST_REQUEST_DAYS = 7
"""A request is kept for as long as its delivery may be tried, and longer."""
SMS_NAMES = (
    "TANDEM_TWILIO_ACCOUNT_SID",
    "TANDEM_TWILIO_AUTH_TOKEN",
    "TANDEM_TWILIO_FROM",
    "TANDEM_PUBLIC_URL",
)

NAMES = frozenset(
    f"TANDEM_{name}"
    for name in (
        "ACTIONS_URL ALLOWED_ORIGINS CLINIC_FILE DATABASE_URL DATA_DIR HOST KNOWLEDGE_DIR LOG_FORMAT LOG_LEVEL "
        "MAIL_FROM MAIL_TO METRICS_HOST METRICS_PORT PORT PUBLIC_URL REQUEST_RETENTION_DAYS RETENTION_DAYS "
        "SECRET_KEY SMS_NUMBER_PER_DAY SMS_NUMBER_PER_HOUR SMS_PER_DAY SMTP_URL TODAY TRUSTED_PROXIES "
        "TWILIO_ACCOUNT_SID TWILIO_API_BASE TWILIO_AUTH_TOKEN TWILIO_FROM WEBHOOK_SECRET WEBHOOK_URL"
    ).split()
)
"""Every setting that there is."""
SECRETS = (
    "TANDEM_DATABASE_URL",
    "TANDEM_SECRET_KEY",
    "TANDEM_SMTP_URL",
    "TANDEM_TWILIO_AUTH_TOKEN",
    "TANDEM_WEBHOOK_SECRET",
    "TANDEM_WEBHOOK_URL",
)
"""The settings that may stand in a file instead, which the name with ``_FILE`` behind it names."""
IN_FILE = "_FILE"
LARGEST_SECRET = 16 * 1024
ALIKE = 0.85
"""From here on two names, which share their beginning, are the same but for a slip."""
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Environment = Mapping[str, str]


class SettingsError(TandemError):
    """A setting that cannot be used, with its name and what it should be."""

    exit_code = 2


@dataclass(frozen=True)
class SmsSettings:
    """What the SMS channel needs to talk to Twilio."""

    account_sid: str
    auth_token: str = field(repr=False)
    from_number: str
    public_url: str
    """Scheme and host that Twilio calls and signs; a path is appended to it."""
    api_base: str | None = None
    """Another scheme and host for Twilio's REST API, for tests."""
    number_per_hour: int = 60
    number_per_day: int = 120
    """The most texts that go to one number."""
    per_day: int = 2000
    """The most texts that go out in 24 hours: what an attack may cost."""


@dataclass(frozen=True)
class Settings:
    """Every setting of the bot. Secrets stay out of ``repr`` so that no log shows them."""

    port: int
    database_url: str = field(repr=False)
    clinic_file: Path
    knowledge_dir: Path
    data_dir: Path
    """Where the bot keeps what it makes itself: the SQLite file and the generated secret key."""
    allowed_origins: tuple[str, ...] = ()
    """Origins that may embed the chat; empty means the bot's own only."""
    trusted_proxies: tuple[Network, ...] = ()
    actions_url: str | None = None
    today_override: date | None = None
    retention_days: int = 30
    """How long a conversation is kept after its last message."""
    request_retention_days: int = 30
    """How long a request to the clinic is kept, with its contact data."""
    smtp_url: str | None = field(default=None, repr=False)
    mail_to: tuple[str, ...] = ()
    mail_from: str | None = None
    webhook_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    sms: SmsSettings | None = None
    given_secret_key: str | None = field(default=None, repr=False)
    metrics_port: int | None = None
    """Where Prometheus may read the metrics; nowhere unless given."""
    metrics_host: str = "127.0.0.1"

    @classmethod
    def from_environment(cls, env: Environment | None = None) -> Settings:
        """Read and check the settings.

        Args:
            env: The environment to read; the process's own unless given.

        Raises:
            SettingsError: One sentence on the first setting that cannot be used.
        """
        given = _with_files(_given(os.environ if env is None else env))
        data_dir = _path(given, "TANDEM_DATA_DIR", PROJECT_ROOT / "var")
        return cls(
            port=port_of(given),
            database_url=_database_url(given, data_dir),
            clinic_file=_path(given, "TANDEM_CLINIC_FILE", PROJECT_ROOT / "clinic.yml"),
            knowledge_dir=_path(given, "TANDEM_KNOWLEDGE_DIR", PROJECT_ROOT / "data" / "knowledge"),
            data_dir=data_dir,
            allowed_origins=tuple(
                _origin("TANDEM_ALLOWED_ORIGINS", o) for o in _listed(given, "TANDEM_ALLOWED_ORIGINS")
            ),
            trusted_proxies=tuple(_network(p) for p in _listed(given, "TANDEM_TRUSTED_PROXIES")),
            actions_url=_web_address(given, "TANDEM_ACTIONS_URL"),
            today_override=_day(given),
            retention_days=_days(given, "TANDEM_RETENTION_DAYS", 1),
            request_retention_days=_days(given, "TANDEM_REQUEST_RETENTION_DAYS", SHORTEST_REQUEST_DAYS),
            smtp_url=_smtp_url(given),
            mail_to=_recipients(given),
            mail_from=_mailbox("TANDEM_MAIL_FROM", given["TANDEM_MAIL_FROM"]) if "TANDEM_MAIL_FROM" in given else None,
            webhook_url=_web_address(given, "TANDEM_WEBHOOK_URL"),
            webhook_secret=_webhook_secret(given),
            sms=_sms(given),
            given_secret_key=_secret_keys(given),
            metrics_port=_port(given, "TANDEM_METRICS_PORT") if "TANDEM_METRICS_PORT" in given else None,
            metrics_host=given.get("TANDEM_METRICS_HOST", "127.0.0.1"),
        )

    @property
    def secret_key_file(self) -> Path:
        """Where the generated secret key lives."""
        return self.data_dir / "secret.key"

    def secret_key(self) -> str:
        """The key that signs tokens and derives encryption keys; generated on first use unless given.

        It may be several, separated by commas: the first one signs and seals, the others still verify and open.
        """
        return self.given_secret_key or _stored_secret(self.secret_key_file)

    def mail_sender(self) -> str:
        """Whom mails come from: who logs in at the mail server, unless given; else the first who gets them."""
        user = unquote(urlsplit(self.smtp_url or "").username or "")
        return self.mail_from or (user if "@" in user else self.mail_to[0])


def unknown_settings(env: Environment) -> list[str]:
    """Say of each variable that looks like a setting and is none what it may have been meant for."""
    known = NAMES.union(f"{name}{IN_FILE}" for name in SECRETS)
    return [_unknown(name) for name in sorted(_given(env)) if name not in known]


def _unknown(name: str) -> str:
    near = get_close_matches(name, NAMES, n=1, cutoff=ALIKE)
    return f"{name} is no setting and changes nothing" + (f"; do you mean {near[0]}?" if near else ".")


def _given(env: Environment) -> Environment:
    """Our own variables; an empty one counts as not set, as docker compose and CI files write it."""
    return {k: v.strip() for k, v in env.items() if k.startswith("TANDEM_") and v.strip()}


def _with_files(given: Environment) -> Environment:
    """The settings with those that stand in files."""
    in_files = {name: _secret_in(name, given) for name in SECRETS if f"{name}{IN_FILE}" in given}
    return {**given, **in_files}


def _secret_in(name: str, given: Environment) -> str:
    """What stands in the file of a secret; a file that cannot be used never passes for a secret that is not set."""
    setting = f"{name}{IN_FILE}"
    if name in given:
        raise SettingsError(f"{name} and {setting} are both set; keep one of them.")
    file = Path(given[setting]).expanduser()
    try:
        content = file.read_text(encoding="utf-8").strip() if file.stat().st_size <= LARGEST_SECRET else ""
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"The file {file} of {setting} cannot be read by this user.") from None
    if not content or len(content.splitlines()) > 1:
        raise SettingsError(f"The file {file} of {setting} should hold the secret alone, on one line.")
    return content


def _listed(env: Environment, name: str) -> list[str]:
    return [item.strip() for item in env.get(name, "").split(",") if item.strip()]


def _path(env: Environment, name: str, default: Path) -> Path:
    return Path(env[name]).expanduser().resolve() if name in env else default


def port_of(env: Environment) -> int:
    """Return the port that the bot serves at.

    Raises:
        SettingsError: TANDEM_PORT is no port.
    """
    given = _given(env)
    return _port(given, "TANDEM_PORT") if "TANDEM_PORT" in given else 8000


def _port(env: Environment, name: str) -> int:
    text = env[name]
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise SettingsError(f"{name} should be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _day(env: Environment) -> date | None:
    text = env.get("TANDEM_TODAY")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise SettingsError(f"TANDEM_TODAY should be a date like 2026-11-22, not {text!r}.") from None


def _days(env: Environment, name: str, fewest: int) -> int:
    text = env.get(name, "30")
    if not (re.fullmatch("[0-9]{1,4}", text) and fewest <= int(text) <= LONGEST_RETENTION_DAYS):
        limits = f"from {fewest} to {LONGEST_RETENTION_DAYS}"
        raise SettingsError(f"{name} should be a number of days {limits}, not {text!r}.")
    return int(text)


def _database_url(env: Environment, data_dir: Path) -> str:
    url = env.get("TANDEM_DATABASE_URL", f"sqlite:///{data_dir / 'tandem.db'}")
    if not re.match(r"[a-z][a-z0-9]*(\+[a-z0-9_]+)?://", url):
        raise SettingsError("TANDEM_DATABASE_URL should be a database address like sqlite:////srv/tandem.db.")
    return url


def _web_address(env: Environment, name: str) -> str | None:
    text = env.get(name)
    if text and not (text.startswith(("http://", "https://")) and _host(text)):
        raise SettingsError(f"{name} should be a web address that starts with http:// or https://.")
    return text


def _host(address: str) -> str | None:
    """The host of an address, or None where it or its port cannot be read."""
    try:
        parts = urlsplit(address)
        return parts.hostname if parts.port != 0 else None
    except ValueError:
        return None


def _origin(name: str, text: str) -> str:
    """An origin as browsers send it: scheme and host in lower case, without a path."""
    origin = text.lower().removesuffix("/")
    if not re.fullmatch(r"https?://[^/?#@\s]+", origin) or not _host(origin):
        raise SettingsError(f"{name} should be an origin like https://clinic.example without a path, not {text!r}.")
    return origin


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise SettingsError(
            f"TANDEM_TRUSTED_PROXIES should list addresses like 10.0.0.1 or 10.0.0.0/8, not {text!r}."
        ) from None


def _smtp_url(env: Environment) -> str | None:
    url = env.get("TANDEM_SMTP_URL")
    if url and not (url.startswith(("smtp://", "smtps://")) and _host(url)):
        raise SettingsError("TANDEM_SMTP_URL should look like smtp://user:password@mail.example:587.")
    if url and "TANDEM_MAIL_TO" not in env:
        raise SettingsError("TANDEM_MAIL_TO is missing: whom should the mails of TANDEM_SMTP_URL go to?")
    return url


def _recipients(env: Environment) -> tuple[str, ...]:
    found = tuple(_mailbox("TANDEM_MAIL_TO", each) for each in _listed(env, "TANDEM_MAIL_TO"))
    if found and "TANDEM_SMTP_URL" not in env:
        raise SettingsError("TANDEM_SMTP_URL is missing: through which server should mails to TANDEM_MAIL_TO go?")
    return found


def _mailbox(name: str, text: str) -> str:
    try:
        # Only the form: asking the network for the domain would make the start depend on DNS, and a test
        # or an intranet mailbox (staff@clinic.example) is a mailbox all the same.
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise SettingsError(f"{name} should be an e-mail address, not {text!r}.") from None


def _long_enough(env: Environment, name: str) -> str | None:
    secret = env.get(name)
    if secret and len(secret) < SHORTEST_SECRET:
        raise SettingsError(f"{name} should have at least {SHORTEST_SECRET} characters.")
    return secret


def _secret_keys(env: Environment) -> str | None:
    keys = _listed(env, "TANDEM_SECRET_KEY")
    if any(len(key) < SHORTEST_SECRET for key in keys):
        raise SettingsError(f"TANDEM_SECRET_KEY should have at least {SHORTEST_SECRET} characters, or each of several.")
    return ",".join(keys) or None


def _webhook_secret(env: Environment) -> str | None:
    if "TANDEM_WEBHOOK_URL" in env and "TANDEM_WEBHOOK_SECRET" not in env:
        raise SettingsError("TANDEM_WEBHOOK_SECRET is missing: TANDEM_WEBHOOK_URL is called with a signature only.")
    return _long_enough(env, "TANDEM_WEBHOOK_SECRET")


def _sms(env: Environment) -> SmsSettings | None:
    """The SMS settings, or None where no Twilio account is named: then the channel is off."""
    if not any(name in env for name in SMS_NAMES[:3]):
        return None
    missing = [name for name in SMS_NAMES if name not in env]
    if missing:
        raise SettingsError(f"SMS needs these settings too: {', '.join(missing)}.")
    base = env.get("TANDEM_TWILIO_API_BASE")
    return SmsSettings(
        account_sid=env["TANDEM_TWILIO_ACCOUNT_SID"],
        auth_token=env["TANDEM_TWILIO_AUTH_TOKEN"],
        from_number=_phone(env["TANDEM_TWILIO_FROM"]),
        public_url=_origin("TANDEM_PUBLIC_URL", env["TANDEM_PUBLIC_URL"]),
        api_base=_origin("TANDEM_TWILIO_API_BASE", base) if base else None,
        number_per_hour=_count(env, "TANDEM_SMS_NUMBER_PER_HOUR", SmsSettings.number_per_hour),
        number_per_day=_count(env, "TANDEM_SMS_NUMBER_PER_DAY", SmsSettings.number_per_day),
        per_day=_count(env, "TANDEM_SMS_PER_DAY", SmsSettings.per_day),
    )


def _count(env: Environment, name: str, default: int) -> int:
    text = env.get(name, str(default))
    if not re.fullmatch("[1-9][0-9]{0,6}", text):
        raise SettingsError(f"{name} should be a number of texts from 1 to 9999999, not {text!r}.")
    return int(text)


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text)
        usable = phonenumbers.is_possible_number(number)
    except phonenumbers.NumberParseException:
        usable = False
    if not usable:
        raise SettingsError("TANDEM_TWILIO_FROM should be a phone number like +14035550100.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _stored_secret(path: Path) -> str:
    """The secret in ``path``, made first where there is none, readable by its owner only."""
    try:
        if not path.exists():
            _create_secret(path)
        path.chmod(0o600)
        secret = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"The secret key file {path} cannot be read or written; set TANDEM_SECRET_KEY.") from None
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError(f"The secret key file {path} is damaged; delete it to have a new key made.")
    return secret


def _create_secret(path: Path) -> None:
    """Write a new secret beside ``path`` and link it: of two starting processes one key wins, whole."""
    private_folder(path.parent)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: its key is the one
    finally:
        draft.unlink()
