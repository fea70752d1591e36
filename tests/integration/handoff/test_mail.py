"""Mails to a real SMTP server that fails in every way: what is made of each, and that repeats keep their id."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.handoff.delivery.mail import Mail
from bot.handoff.delivery.mail import MailServer as Address
from bot.handoff.delivery.notifier import DeliveryError
from bot.handoff.types import Notice
from tests.integration.handoff.servers import MailServer, mail_server

NOTICE = Notice(7, "ab12", 1, "mail", "TD-4F7K", datetime(2026, 11, 22, 18, 5), ("pain",), "website", "en")


def mailer(url: str, recipients: tuple[str, ...] = ("desk@clinic.example",), seconds: float = 5) -> Mail:
    zone = ZoneInfo("America/Edmonton")
    return Mail(Address.at(url), "chat@clinic.example", recipients, "Demo Clinic", zone, seconds)


async def test_a_mail_arrives_once_with_its_id(mail: MailServer) -> None:
    await mailer(mail.url).send(NOTICE)
    (arrived,) = mail.mails
    assert arrived["Message-ID"] == "<ab12@tandem.invalid>"
    assert arrived["Subject"] == "Request TD-4F7K"
    assert mail.recipients == [["desk@clinic.example"]]


@pytest.mark.parametrize(
    ("fault", "problem", "of_notice"),
    [
        (("greeting", "421 Too busy"), "smtp_421", False),
        (("greeting", "554 Go away"), "smtp_554", False),
        (("greeting", "drop"), "connection_SMTPConnectError", False),
        (("greeting", "hang"), "timeout", False),
        (("ehlo", "drop"), "disconnected", False),
        (("mail", "451 Later"), "smtp_451", False),
        (("mail", "550 Not from you"), "smtp_550", False),
        (("mail", "drop"), "disconnected", False),
        (("rcpt", "450 Later"), "smtp_450_recipients", False),
        (("rcpt", "550 No such mailbox"), "smtp_550_recipients", False),
        (("rcpt", "hang"), "timeout", False),
        (("data", "451 Later"), "smtp_451", False),
        (("data", "554 Not this one"), "smtp_554", True),
        (("data", "drop"), "disconnected", False),
        (("data", "hang"), "timeout", False),
    ],
    ids=str,
)
async def test_each_failure_is_told_by_its_kind(
    mail: MailServer, fault: tuple[str, str], problem: str, of_notice: bool
) -> None:
    mail.fault = fault
    with pytest.raises(DeliveryError) as failed:
        await mailer(mail.url, seconds=30).send(NOTICE)
    assert (failed.value.problem, failed.value.of_notice) == (problem, of_notice)
    assert mail.mails == []


async def test_a_server_that_is_not_there_is_told(mail: MailServer) -> None:
    await mail.stop()
    with pytest.raises(DeliveryError, match="connection_SMTPConnectError"):
        await mailer(mail.url).send(NOTICE)


async def test_a_name_that_no_server_has_is_told() -> None:
    with pytest.raises(DeliveryError, match="connection_"):
        await mailer("smtp://nowhere.invalid").send(NOTICE)


@pytest.mark.parametrize("fault", ["drop", "hang", "500 What?"])
async def test_what_the_server_has_taken_is_delivered_whatever_comes_after(mail: MailServer, fault: str) -> None:
    mail.fault = ("quit", fault)
    await mailer(mail.url, seconds=30).send(NOTICE)
    assert len(mail.mails) == 1


async def test_one_bad_recipient_does_not_keep_the_mail_from_the_others(
    mail: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    await mailer(mail.url, ("unknown@clinic.example", "desk@clinic.example")).send(NOTICE)
    assert mail.recipients == [["desk@clinic.example"]]
    assert caplog.messages == ["The mail server refused 1 of 2 recipients."]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("smtp://mail.example", Address("mail.example", None, False)),
        ("smtps://mail.example:4650", Address("mail.example", 4650, True)),
        ("smtp://a%40b.example:p%40s%3As@[::1]:25", Address("::1", 25, False, "a@b.example", "p@s:s")),
    ],
)
def test_an_address_is_read(url: str, address: Address) -> None:
    assert Address.at(url) == address
    assert address.password is None or address.password not in repr(address)


# Encryption.
@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(timezone.utc)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    builder = builder.add_extension(names, critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + builder.sign(key, hashes.SHA256()).public_bytes(pem))
    return file


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


async def test_encryption_is_used_where_it_is_offered_before_anybody_logs_in(
    tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with mail_server(tls_context=tls, auth_required=True) as server:
        address = f"smtp://chat%40clinic.example:p%40ss@127.0.0.1:{server.port}"
        await mailer(address).send(NOTICE)
        assert server.encrypted == [True]
        assert [(login.login, login.password) for login in server.logins] == [(b"chat@clinic.example", b"p@ss")]


async def test_a_wrong_password_is_told(
    tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with mail_server(tls_context=tls, auth_required=True) as server:
        with pytest.raises(DeliveryError, match="smtp_535"):
            await mailer(f"smtp://chat:wrong@127.0.0.1:{server.port}").send(NOTICE)


async def test_a_server_encrypted_from_the_start_is_reached(
    tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = MailServer()
    await server.start(tls)
    await mailer(f"smtps://127.0.0.1:{server.port}").send(NOTICE)
    assert len(server.mails) == 1
    await server.stop()


async def test_a_certificate_that_nobody_vouches_for_is_refused(tls: ssl.SSLContext) -> None:
    async with mail_server(tls_context=tls) as server:
        with pytest.raises(DeliveryError, match=r"^(connection_.+|disconnected)$"):
            await mailer(server.url).send(NOTICE)
        assert server.mails == []


async def test_a_password_is_not_told_to_another_machine_in_the_open(
    mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Address, "is_this_machine", False)
    with pytest.raises(DeliveryError, match="login_needs_tls"):
        await mailer(f"smtp://chat:secret@127.0.0.1:{mail.port}").send(NOTICE)


@pytest.mark.parametrize(
    ("host", "is_here"), [("localhost", True), ("127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("mail", False)]
)
def test_this_machine_is_known(host: str, is_here: bool) -> None:
    assert Address(host, None, False).is_this_machine is is_here
