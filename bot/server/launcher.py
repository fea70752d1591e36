"""``tandem serve``: checks what it needs, loads the bot, serves it until Ctrl-C.

What can be refused at once, such as a taken port, is refused before Rasa's slow imports, in one line.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, cast, get_args

from bot.errors import TandemError
from bot.logs import LogFormat, configure_logs
from bot.server.lean import install
from bot.settings import Settings, SettingsError, unknown_settings

if TYPE_CHECKING:
    from sanic import Sanic

Attach = Callable[["Sanic"], None]
"""What is done to the application before it runs."""
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class PortTakenError(TandemError):
    """Another program already listens where the bot should."""

    exit_code = 2


def serve(settings: Settings, attach: Attach = lambda app: None) -> None:
    """Serve the bot until it is told to stop.

    Args:
        settings: The bot's settings.
        attach: What is to be done to the application before it runs.

    Raises:
        TandemError: one sentence on what is in the way.
    """
    # One message's matrices are small: a second thread would gain nothing and keep another core busy waiting.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    style = log_format()
    configure_logs(log_level(), style)
    for sentence in unknown_settings(os.environ):
        _tell(sentence, style)
    warnings.simplefilter("ignore")
    install()
    with listen(host(), settings.port) as listener:
        _serve_on(listener, settings, attach)


def _tell(sentence: str, style: LogFormat) -> None:
    """Say something to whoever starts the bot, whatever the log's level: as it is, or as a line of a log in JSON."""
    if style == "json":
        logging.getLogger(__name__).error(sentence)
    else:
        print(sentence, file=sys.stderr, flush=True)


def sms_line(settings: Settings) -> str:
    """Say whether texts are answered, and where Twilio should deliver them."""
    if settings.sms is None:
        return "SMS is off; TANDEM_TWILIO_ACCOUNT_SID and the settings beside it turn it on."
    return f"SMS is on: Twilio delivers texts to {settings.sms.public_url}/webhooks/sms/inbound"


def host() -> str:
    """Give the address to listen on: this machine only, unless ``TANDEM_HOST`` names another."""
    return os.environ.get("TANDEM_HOST", "").strip() or "127.0.0.1"


def log_level() -> str:
    """Give the level of ``TANDEM_LOG_LEVEL``.

    Raises:
        SettingsError: there is no such level.
    """
    level = os.environ.get("TANDEM_LOG_LEVEL", "").strip().upper() or "WARNING"
    if level not in LOG_LEVELS:
        raise SettingsError(f"TANDEM_LOG_LEVEL should be one of {', '.join(LOG_LEVELS)}, not {level!r}.")
    return level


def log_format() -> LogFormat:
    """Give the format of ``TANDEM_LOG_FORMAT``.

    Raises:
        SettingsError: there is no such format.
    """
    wanted = os.environ.get("TANDEM_LOG_FORMAT", "").strip().lower() or "text"
    if wanted not in get_args(LogFormat):
        raise SettingsError(f"TANDEM_LOG_FORMAT should be one of {', '.join(get_args(LogFormat))}, not {wanted!r}.")
    return cast(LogFormat, wanted)


def listen(address: str, port: int) -> socket.socket:
    """Take the port now, so that a taken one is told before anything slow happens.

    Callers are refused until the server is ready: it starts to listen then.

    Raises:
        PortTakenError: another program has it.
        SettingsError: the address is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
    except OSError as error:
        listener.close()
        raise _refused(error, address, port) from None
    return listener


def _refused(error: OSError, address: str, port: int) -> TandemError:
    if isinstance(error, PermissionError):
        return SettingsError(f"Port {port} may not be used by this user; choose another with TANDEM_PORT.")
    if isinstance(error, socket.gaierror) or error.errno == 99:
        return SettingsError(f"TANDEM_HOST {address!r} is not an address of this machine.")
    return PortTakenError(f"Port {port} is taken by another program; choose another with TANDEM_PORT.")


def _serve_on(listener: socket.socket, settings: Settings, attach: Attach) -> None:
    # Rasa's imports take seconds: only now, when everything quick has been checked.
    from bot.server.app import build_app
    from bot.server.prepare import prepare
    from bot.server.stopping import Stopping

    prepare(settings)
    app = build_app(settings)
    attach(app)

    @app.after_server_start
    async def say_where(*_: object) -> None:
        print(f"Tandem is ready: http://{host()}:{settings.port}/ (Ctrl-C stops it)", flush=True)
        print(sms_line(settings), flush=True)

    Stopping(app)
    logging.getLogger("sanic.root").setLevel(logging.ERROR)
    app.run(sock=listener, motd=False, access_log=False, register_sys_signals=False)
