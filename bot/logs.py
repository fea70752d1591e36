"""Logs that say what failed and where, and never what somebody wrote.

Rasa's messages, exceptions and their local variables carry the user's text; this configures logging so that a
line keeps the kind of error and its place, and hides everything that a person may have typed.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any, Literal

import structlog

HIDDEN = "[hidden]"
OPEN_KEYS = frozenset({"event", "event_info", "event_key", "level", "action_name", "filename", "version", "url"})
LogFormat = Literal["text", "json"]
FIELDS = "fields"
"""The attribute of a log record that holds a structured line's values."""
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def configure_logs(level: str = "WARNING", style: LogFormat = "text") -> None:
    """Send every log line, Rasa's too, to standard error in its quiet form."""
    handler = logging.StreamHandler(sys.stderr)
    text = QuietFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if style == "json" else text)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("rasa", "sanic.root", "sanic.error"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelName(level)))
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    _configure_structlog(logging.getLogger("rasa").level, style)


def place_of(error: BaseException) -> str:
    """Name an error's kind, its cause's kind and the innermost place, without any message."""
    kinds = " from ".join(type(link).__name__ for link in _chain(error))
    frames = traceback.extract_tb(_chain(error)[-1].__traceback__)
    return f"{kinds} at {frames[-1].filename}:{frames[-1].lineno}" if frames else kinds


class QuietFormatter(logging.Formatter):
    """Shows an exception as its kind and place."""

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the standard library's name
        """Render one exception."""
        return place_of(ei[1]) if ei[1] else ""


class JsonFormatter(QuietFormatter):
    """Writes a line as one JSON object; an exception is its kind and place here too."""

    def format(self, record: logging.LogRecord) -> str:
        """Render one record."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "at": f"{moment}.{int(record.msecs):03d}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, FIELDS, {}),
        }
        error = self.formatException(record.exc_info) if record.exc_info else ""
        return json.dumps({**line, "error": error} if error else line, ensure_ascii=False, default=str)


def hide_values(_: Any, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Keep a structured line's event and harmless keys, hide every other value."""
    return {key: value if key in OPEN_KEYS else HIDDEN for key, value in event.items() if key != "exc_info"}


def _chain(error: BaseException) -> list[BaseException]:
    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) and cause not in chain:
        chain.append(cause)
    return chain


def as_fields(_: Any, __: str, event: Mapping[str, Any]) -> tuple[tuple[str], dict[str, Any]]:
    """Hand a structured line to the log with its values apart, for the line to be written as JSON."""
    values = {key: value for key, value in event.items() if key != "event"}
    return (str(event.get("event", "")),), {"extra": {FIELDS: values}}


def _configure_structlog(level: int, style: LogFormat) -> None:
    """Stock Rasa formats every debug line and prints local variables; neither happens with this."""
    renderer: Any = as_fields if style == "json" else structlog.processors.KeyValueRenderer()
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, hide_values, renderer],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
