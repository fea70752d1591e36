"""Messages that mean something only after an earlier turn: "why?", "and the other way round?", "says who?".

The lists are data (data/language/follow_ups.yml); a message counts only as a whole.
"""

from __future__ import annotations

import re
from pathlib import Path

from bot.consult.tokens import fold
from bot.yaml_lines import plain_yaml

_WORDS = re.compile(r"[\w']+")


class FollowUps:
    """Recognises the kind of a follow-up message, such as ``why`` or ``source``."""

    def __init__(self, path: Path) -> None:
        """Read the lists of whole messages by kind from a YAML file."""
        lists: dict[str, list[str]] = plain_yaml(path)
        self._openers = [_plain(text) for text in lists.pop("openers")]
        self._closers = [_plain(text) for text in lists.pop("closers")]
        self._kinds: dict[str, str] = {_plain(text): kind for kind, texts in lists.items() for text in texts}

    def kind(self, text: str) -> str | None:
        """Return the kind of follow-up that the whole message is, or None."""
        plain = _plain(text)
        while plain:
            if plain in self._kinds:
                return self._kinds[plain]
            shorter = self._shorten(plain)
            if shorter == plain:
                return None
            plain = shorter
        return None

    def _shorten(self, plain: str) -> str:
        for opener in sorted(self._openers, key=len, reverse=True):
            if plain.startswith(opener + " "):
                return plain[len(opener) + 1 :]
        for closer in self._closers:
            if plain.endswith(" " + closer):
                return plain[: -len(closer) - 1]
        return plain


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(fold(text).lower()))
