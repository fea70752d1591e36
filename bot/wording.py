"""Checks domain.yml and its translations against the answers: what they say must be there, every brace be filled in.

The bot does so at each start, ``make validate`` before a training (``python -m bot.wording``).
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from bot.consult.answers.wording import WHERE_TYPED, filled_in, names_in
from bot.errors import TandemError
from bot.knowledge.files import read_knowledge
from bot.knowledge.types import Knowledge
from bot.settings import PROJECT_ROOT, Settings
from bot.translations import EVERYWHERE, FOLDER, Translation, translations
from bot.yaml_lines import Entry, read_yaml

DOMAIN_FILE = PROJECT_ROOT / "domain.yml"


def check_wording(knowledge: Knowledge, file: Path = DOMAIN_FILE, folder: Path = FOLDER) -> None:
    """Compare the responses of a domain with those that the answers say on the topics of the knowledge.

    Args:
        knowledge: What the topics are.
        file: The domain.
        folder: Where the same responses stand in other languages.

    Raises:
        FileError: The first response that is missing, said by nothing, or holds a name that nothing fills in.
    """
    responses = _responses(file)
    needed = filled_in(knowledge.topics)
    _refuse_strays(responses, needed)
    for name, variations in responses.pairs().items():
        _check(name, variations, needed[name])
    for translation in translations(folder):
        _check_translation(translation, responses, needed)


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


def _check_translation(translation: Translation, responses: Entry, needed: Mapping[str, Collection[str]]) -> None:
    """Refuse a translation that lacks a response, a channel's text or a button's title, or has one too many."""
    for name in translation.responses.keys() - needed.keys():
        raise translation.names[name].refusal(f"no answer says {name!r}")
    for name, variations in responses.pairs().items():
        if name not in translation.responses:
            raise variations.refusal(f"{name!r} is not translated ({translation.language})")
        _check_texts(name, variations, translation, needed[name])
        for title in _titles(variations):
            _check_title(name, title, translation, needed[name])


def _check_texts(name: str, variations: Entry, translation: Translation, filled: Collection[str]) -> None:
    wanted, given = {_channel(each) for each in variations.items()}, translation.texts(name)
    if wanted != given.keys():
        odd = sorted(wanted ^ given.keys())[0]
        raise translation.responses[name].refusal(f"the texts of {name!r} and domain.yml's differ in {odd!r}")
    for text in given.values():
        _refuse_unfilled(name, text, filled)


def _check_title(name: str, title: Entry, translation: Translation, filled: Collection[str]) -> None:
    if title.text() not in translation.buttons:
        raise title.refusal(f"the title {title.text()!r} is not translated ({translation.language})")
    _refuse_unfilled(name, translation.buttons[title.text()], filled)


def _channel(variation: Entry) -> str:
    found = variation.pairs().get("channel")
    return found.text() if found else EVERYWHERE


def _titles(variations: Entry) -> Iterator[Entry]:
    for variation in variations.items():
        buttons = variation.pairs().get("buttons")
        yield from (button.pairs()["title"] for button in (buttons.items() if buttons else ()))


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
