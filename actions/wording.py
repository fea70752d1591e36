"""The domain's wording where an action needs it itself: for a page's form, whose labels are no messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def wording(domain: Mapping[str, Any], response: str, language: str, values: Mapping[str, str]) -> str:
    """Return a response's text in a language, filled in.

    Args:
        domain: The domain, as Rasa sends it.
        response: The response's name.
        language: The language; where the response has none of its own for it, its first text is taken.
        values: What stands for the names in braces.
    """
    texts: list[dict[str, Any]] = domain["responses"][response]
    spoken = next((each for each in texts if _is_for(each, language)), texts[0])
    return str(spoken["text"]).format_map(values)


def _is_for(text: Mapping[str, Any], language: str) -> bool:
    conditions = text.get("condition") or []
    return any(each.get("name") == "language" and each.get("value") == language for each in conditions)
