"""The trained model as a file: where it lies, and whether it fits the domain; Rasa need not be loaded for that."""

from __future__ import annotations

import json
import tarfile
import zlib
from collections.abc import Collection
from pathlib import Path

from bot.errors import TandemError
from bot.settings import PROJECT_ROOT
from bot.wording import response_names

MODEL_FILE = PROJECT_ROOT / "models" / "tandem.tar.gz"


class ModelError(TandemError):
    """There is no model that could be served."""

    exit_code = 2


def no_model(file: Path) -> ModelError:
    """The error of a model that is missing, damaged, or made by another version."""
    return ModelError(f"No model can be loaded from {file}; make train trains one.")


def check_model(file: Path) -> None:
    """Look whether a model is whole and was trained with the responses that are there now.

    Raises:
        ModelError: It is not, or there is none.
    """
    try:
        with tarfile.open(file) as archive:
            described = archive.extractfile("metadata.json")
            responses = json.load(described)["domain"]["responses"] if described else {}
    except (OSError, EOFError, KeyError, ValueError, zlib.error, tarfile.TarError):
        raise no_model(file) from None
    refuse_old_wording(responses, file)


def refuse_old_wording(responses: Collection[str], model_file: Path) -> None:
    """Refuse a model that was trained before a response was added to the domain.

    Raises:
        ModelError: a response is missing.
    """
    if response_names() - set(responses):
        raise ModelError(f"{model_file} was trained with an older domain.yml; make train trains it anew.")
