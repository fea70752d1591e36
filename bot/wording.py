"""Checks domain.yml against the answers: what they say must be there, and everything in braces must be filled in.

The bot does so at each start, ``make validate`` before a training (``python -m bot.wording``).
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from bot.consult.answers.wording import WHERE_TYPED, filled_in, names_in
from bot.errors import TandemError
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT, Settings
from bot.yaml_lines import Entry, read_yaml

DOMAIN_FILE = PROJECT_ROOT / "domain.yml"


def check_wording(knowledge: Knowledge, file: Path = DOMAIN_FILE) -> None:
    """Compare the responses of a domain with those that the answers say on the topics of the knowledge.

    Raises:
        FileError: The first response that is missing, said by nothing, or holds a name that nothing fills in.
    """
    responses = _responses(file)
    needed = filled_in(knowledge.topics)
    _refuse_strays(responses, needed)
    for name, variations in responses.pairs().items():
        _check(name, variations, needed[name])


def response_names(file: Path = DOMAIN_FILE) -> AbstractSet[str]:
    """The names of a domain's responses."""
    return _responses(file).pairs().keys()


def _responses(file: Path) -> Entry:
    domain = read_yaml(file)
    found = domain.pairs()
    if "responses" not in found:
        raise domain.refusal("'responses' is missing")
    return found["responses"]


def _refuse_strays(responses: Entry, needed: Mapping[str, Collection[str]]) -> None:
    """Refuse a response that nothing says at its line; it may be the missing one, misspelt."""
    names = responses.names()
    missing = sorted(needed.keys() - names.keys())
    also = f", and {missing[0]!r} is missing" if missing else ""
    for name in names.keys() - needed.keys():
        raise names[name].refusal(f"no answer says {name!r}{also}")
    if missing:
        raise responses.refusal(f"{missing[0]!r} is missing")


def _check(name: str, variations: Entry, filled: Collection[str]) -> None:
    fields = [variation.fields(("text",), ("buttons", "condition", "channel")) for variation in variations.items()]
    if name not in WHERE_TYPED and all(each.keys() & {"condition", "channel"} for each in fields):
        raise variations.refusal(f"{name!r} needs a text without a condition or a channel")
    for said in (each[part] for each in fields for part in ("text", "buttons") if part in each):
        for text in said.leaves():
            _refuse_unfilled(name, text, filled)


def _refuse_unfilled(name: str, text: Entry, filled: Collection[str]) -> None:
    try:
        unfilled = sorted(names_in(text.text()) - set(filled))
    except ValueError:
        raise text.refusal(f"a brace in {name!r} has no partner") from None
    if unfilled:
        known = ", ".join(f"{{{each}}}" for each in sorted(filled)) or "no name"
        raise text.refusal(f"nothing fills in {{{unfilled[0]}}} in {name!r}, which may hold {known}")


def main() -> int:
    """Check the project's own wording; the exit code says how it went."""
    try:
        check_wording(read_knowledge(Settings.from_environment().knowledge_dir))
    except TandemError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
