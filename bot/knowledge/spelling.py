"""Ways to write one and the same alias, for whoever compares or matches them."""

from __future__ import annotations

from bot.consult.text.characters import without_accents


def fold(text: str) -> str:
    """An alias without what makes no difference: case, accents, hyphens, apostrophes, runs of spaces."""
    letters = without_accents(text.casefold())
    return " ".join("".join(" " if c in "-‐‑–'’" else c for c in letters).split())


def forms(alias: str) -> tuple[str, ...]:
    """The forms of an alias that a matcher of whole words has to know: hyphens or not, accents or not."""
    written = " ".join(alias.lower().split())
    spaced = (written, written.replace("-", " "))
    return tuple(dict.fromkeys(form for text in spaced for form in (text, without_accents(text))))
