"""The form as a page shows it: which fields, how they are filled in, and what came back from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.consult.request.checks import problem_of
from bot.consult.request.types import FIELD_OF, OPTIONAL, Detail, Field, FormAnswer, Problem


@dataclass(frozen=True)
class PageField:
    """One field of the page."""

    name: Detail
    type: str
    autocomplete: str
    required: bool = False
    one_of: str | None = None
    """Of the fields with the same word here, one has to be filled in."""


PAGE_FIELDS: tuple[PageField, ...] = (
    PageField("name", "text", "name", required=True),
    PageField("phone", "tel", "tel", one_of="contact"),
    PageField("email", "email", "email", one_of="contact"),
    PageField("time", "text", "off"),
    PageField("note", "textarea", "off"),
)
ABSENT: Mapping[Field, Problem] = {"name": "name_missing", "contact": "contact_missing"}


def fields_for(missing: Collection[Field]) -> tuple[PageField, ...]:
    """Return the page's fields for what is still missing."""
    return tuple(field for field in PAGE_FIELDS if FIELD_OF[field.name] in missing)


def read_page(given: Mapping[str, str], missing: Collection[Field]) -> FormAnswer:
    """Read what came back from the page.

    Args:
        given: The fields' values; one that is left out is empty.
        missing: What the form still lacks: an empty field that was filled in before stays as it was.
    """
    filled = {field.name: text for field in PAGE_FIELDS if (text := given.get(field.name, "").strip())}
    problems = [*_unusable(filled), *_absent(filled, missing)]
    wrong = dict(problems)
    values = tuple((name, value) for name, value in filled.items() if FIELD_OF[name] not in wrong)
    left_out = tuple(field for field in OPTIONAL if field in missing and field not in filled)
    shown = " ".join(f"[{name}]" for name in filled)
    return FormAnswer(values, left_out, problems=tuple(problems), shown=shown or "[…]", manner="instead")


def _unusable(filled: Mapping[Detail, str]) -> list[tuple[Field, Problem]]:
    checked = ((name, problem_of(name, value)) for name, value in filled.items())
    return [(FIELD_OF[name], problem) for name, problem in checked if problem]


def _absent(filled: Mapping[Detail, str], missing: Collection[Field]) -> list[tuple[Field, Problem]]:
    given = {FIELD_OF[name] for name in filled}
    return [(field, problem) for field, problem in ABSENT.items() if field in missing and field not in given]
