"""Files that the website channel hands out: only plain files of known types, from inside one folder."""

from __future__ import annotations

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
UNCHANGING = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"
ASK_AGAIN = "no-cache"


@dataclass(frozen=True)
class StaticFile:
    """A file to hand out."""

    path: Path
    content_type: str

    @property
    def tag(self) -> str:
        """An entity tag that changes with the file."""
        status = self.path.stat()
        return f'"{status.st_mtime_ns:x}-{status.st_size:x}"'


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


def _is_plain(part: str) -> bool:
    return part.isprintable() and not part.startswith((".", "/")) and "\\" not in part
