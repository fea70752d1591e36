"""The request form as a page shows it: the fields that are missing, their labels, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from actions.wording import wording
from bot.consult.request.fields import PageField, fields_for
from bot.consult.request.types import Detail, Field, Problem

HINTED: frozenset[Detail] = frozenset({"phone", "time"})
PLACES: Mapping[Problem, Detail] = {"email": "email", "name_missing": "name"}
"""The page's field beside which a problem is shown, where it is not the one of its name."""


def page_form(
    domain: Mapping[str, Any],
    missing: Collection[Field],
    problems: Mapping[Field, Problem],
    language: str,
    values: Mapping[str, str],
) -> dict[str, Any]:
    """Return the form of the fields that are missing."""

    def said(response: str) -> str:
        return wording(domain, response, language, values)

    errors = {_place(field, problem): said(f"utter_request_problem_{problem}") for field, problem in problems.items()}
    return {
        "title": said("utter_form_title"),
        "note": said("utter_form_hint"),
        "submit": said("utter_form_submit"),
        "fields": [_field(each, said, errors) for each in fields_for(missing)],
    }


def _place(field: Field, problem: Problem) -> Detail:
    if problem in PLACES:
        return PLACES[problem]
    return "phone" if field == "contact" else field  # type: ignore[return-value]


def _field(each: PageField, said: Callable[[str], str], errors: Mapping[Detail, str]) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "name": each.name,
        "label": said(f"utter_form_{each.name}"),
        "type": each.type,
        "autocomplete": each.autocomplete,
        "required": each.required,
        "one_of": each.one_of,
        "hint": said(f"utter_form_{each.name}_hint") if each.name in HINTED else None,
        "error": errors.get(each.name),
    }
    return {key: value for key, value in drawn.items() if value is not None}
