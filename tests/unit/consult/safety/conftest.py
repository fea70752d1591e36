"""The safety layer, built once from the project's own lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.consult.safety.layer import SafetyLayer, safety_layer

LEXICON = Path(__file__).parents[4] / "data" / "knowledge" / "safety"


@pytest.fixture(scope="session")
def layer() -> SafetyLayer:
    return safety_layer(LEXICON)


@pytest.fixture
def lexicon_folder() -> Path:
    return LEXICON
