"""Files that the website channel hands out: only plain files of known types, from inside one folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""What lies compressed beside a file, the smallest first; the widget's build puts it there."""
_REFUSED = re.compile(r"q=0(\.0*)?")
UNCHANGING = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"
ASK_AGAIN = "no-cache"


@dataclass(frozen=True)
class StaticFile:
    """A file to hand out."""

    path: Path
    content_type: str
    encoding: str | None = None
    """How it is compressed."""

    @property
    def tag(self) -> str:
        """An entity tag that changes with the file, and is another one for each encoding."""
        status = self.path.stat()
        return f'"{status.st_mtime_ns:x}-{status.st_size:x}-{self.encoding or "plain"}"'

    def encoded_for(self, accepted: str) -> StaticFile:
        """The smallest form of the file that lies here and that a client with this ``Accept-Encoding`` reads."""
        taken = _taken(accepted)
        forms = ((name, Path(f"{self.path}{suffix}")) for name, suffix in ENCODINGS.items() if name in taken)
        return next((StaticFile(path, self.content_type, name) for name, path in forms if path.is_file()), self)


def find(folder: Path, name: str) -> StaticFile | None:
    """The file of this name under ``folder``, or None; no name leads out of the folder."""
    parts = PurePosixPath(name).parts
    content_type = TYPES.get(PurePosixPath(name).suffix)
    if content_type is None or not all(map(_is_plain, parts)):
        return None
    path = folder.joinpath(*parts).resolve()
    inside = path.is_relative_to(folder.resolve()) and path.is_file()
    return StaticFile(path, content_type) if inside else None


def cache_policy(name: str) -> str:
    """How long a widget's file may be kept: those under ``assets/`` carry a hash of their content."""
    if name.startswith("assets/"):
        return UNCHANGING
    return SHORT if name == "embed.js" else ASK_AGAIN


def _taken(accepted: str) -> set[str]:
    """The encodings that an ``Accept-Encoding`` names and does not refuse."""
    named = (item.replace(" ", "").lower().partition(";") for item in accepted.split(","))
    return {name for name, _, weight in named if not _REFUSED.fullmatch(weight)}


def _is_plain(part: str) -> bool:
    return part.isprintable() and not part.startswith((".", "/")) and "\\" not in part
