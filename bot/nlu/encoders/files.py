"""The encoders' files: where they are, and whether they are the right ones.

Another model would quietly give other vectors, and every trained model and threshold here would be wrong.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

CONVERTED = Path(sys.prefix) / "share" / "tandem"
"""Where ``convert`` puts what it makes of the packaged models: it lives and dies with the environment."""
CHUNK = 1 << 20


class EmbeddingModelError(RuntimeError):
    """An embedding model's files are missing or are not the expected ones."""


def verified(file: Path, sha256: str) -> Path:
    """Return the file if its content is the expected one.

    Raises:
        EmbeddingModelError: It is missing or has another sha256.
    """
    if not file.is_file():
        raise _missing(file)
    if _sha256_of(file) != sha256:
        raise EmbeddingModelError(f"The embedding model's file {file.name} has an unexpected sha256.")
    return file


def verified_as_converted(file: Path) -> Path:
    """Return a converted file if it is whole.

    Raises:
        EmbeddingModelError: It is missing or is not what ``convert`` wrote.
    """
    return verified(file, noted_sha256(file))


def noted_sha256(converted: Path) -> str:
    """Return the sha256 that ``convert`` noted.

    Raises:
        EmbeddingModelError: It is missing.
    """
    try:
        return _note(converted).read_text(encoding="ascii").strip()
    except OSError:
        raise _missing(converted) from None


def write(content: bytes, file: Path) -> None:
    """Write a converted file and its checksum; a process that starts meanwhile sees the old pair or misses the new."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(file)
    _note(file).write_text(hashlib.sha256(content).hexdigest() + "\n", encoding="ascii")


def _note(converted: Path) -> Path:
    return converted.with_name(f"{converted.name}.sha256")


def _sha256_of(file: Path) -> str:
    """Hash a file by chunks: the largest one is never wholly in memory."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _missing(file: Path) -> EmbeddingModelError:
    return EmbeddingModelError(f"The embedding model's file {file.name} is missing: install again.")
