"""What an answer changes in the form: the fields that it fills, what is asked next, and how the form ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.consult.request import consent
from bot.consult.request.types import FIELD_OF, FIELDS, SEALED, SLOTS, Field, FormAnswer, Manner

Ending = Literal["stopped", "declined", "under_age", "set_aside", "left"]
"""How a form ends without a request; one that was left before anything was told ends without a word."""
EMPTY = "-"
"""The value of an optional field that stays empty."""
KEY, TRIES, ENDING = "request_key", "request_tries", "request_ending"
ALL_SLOTS = (KEY, *SLOTS.values(), TRIES, ENDING)
KNOWN = "request_known"
"""The slot of what is known outside of the form: details told in passing, a request that was filed, a minor."""
LASTING = ("filed", "under_age")
"""What stays known when a form ends and forgets the rest."""
PATIENCE = 2
"""The problem with a field is explained fewer times than this; then a phone call is offered instead."""
OTHER_QUESTIONS = 3
"""Who asks this many other things in a row instead of answering is not asked any more."""
MOST_CONTACTS = 3
PASSED_OVER, NOTED = "passed_over", "noted"
"""Marks beside the tries: how many other questions came, and that something else was told than what was asked for."""
REQUESTED = "requested_slot"

Slots = dict[str, object]


@dataclass(frozen=True)
class Progress:
    """The slots that change, and the field to ask for; none where the form ends."""

    slots: Slots
    requested: Field | None


def advance(answer: FormAnswer | None, held: Mapping[str, object], now: datetime) -> Progress:
    """Take an answer into the form.

    Args:
        answer: What the message said to the form, sealed; None for a message about something else.
        held: The form's slots so far.
        now: The moment, in UTC.
    """
    if answer is None:
        return _passed_over(held)
    ending = _ending(answer)
    if ending:
        return Progress({ENDING: ending}, None)
    changed = _changed(answer, held, now)
    requested = _next({**held, **changed}, answer)
    if requested and answer.values and held.get(REQUESTED) == SLOTS[requested]:
        changed[TRIES] = {**_tries(changed), NOTED: 1}
    return Progress(changed, requested)


def fresh(key: str, known: Mapping[str, object] | None = None) -> Slots:
    """Return the slots of a form that starts, with the details that were told before."""
    told = {SLOTS[field]: (known or {}).get(field) for field in ("name", "contact")}
    return {slot: key if slot == KEY else told.get(slot) for slot in ALL_SLOTS}


def known_later(known: object) -> dict[str, object]:
    """Return what stays known outside of the form when one has ended."""
    return {name: known[name] for name in LASTING if name in known} if isinstance(known, Mapping) else {}


def known_after(answer: FormAnswer, known: object) -> dict[str, object]:
    """Return what is known outside of the form after a message: a name, a number, that somebody is under age."""
    before = dict(known) if isinstance(known, Mapping) else {}
    told = _tokens(answer, before)
    minor = {"under_age": True} if answer.wish == "under_age" else {}
    return {**before, **{field: told[field] for field in ("name", "contact") if field in told}, **minor}


def contacts_after(held: object, new: str, manner: Manner | None) -> str:
    """Return the tokens of all ways to reach somebody, the numbers first, with blanks between them.

    A number replaces the number given before, and stands beside an address; said to be another one, beside both.
    """
    kinds, before = {_kind(token) for token in new.split()}, str(held or "").split()
    keeps = {"also": before, "instead": [], None: [token for token in before if _kind(token) not in kinds]}[manner]
    together = dict.fromkeys([*keeps, *new.split()])
    return " ".join(sorted(list(together)[-MOST_CONTACTS:], key=lambda token: _kind(token) != "phone"))


def missing(held: Mapping[str, object]) -> tuple[Field, ...]:
    """Return the fields that are still to be asked for, in order."""
    return tuple(field for field in FIELDS if held.get(SLOTS[field]) is None)


def is_unsent(held: Mapping[str, object]) -> bool:
    """Whether a complete request waits for another try, because it could not be filed.

    A form that was left in the middle, whose session has ended since, is none.
    """
    return held.get(KEY) is not None and not missing(held)


def tried(held: Mapping[str, object], field: str) -> int:
    """Return how often a field was answered wrongly."""
    tries = held.get(TRIES)
    return int(tries.get(field, 0)) if isinstance(tries, Mapping) else 0


def tokens_in(held: Mapping[str, object]) -> list[str]:
    """Return the tokens of all that was told so far."""
    told = (str(held.get(SLOTS[field]) or "") for field in FIELDS if field != "consent")
    return [token for several in told for token in several.split() if token != EMPTY]


def _kind(token: str) -> str:
    return token.rpartition("-")[0]


def _passed_over(held: Mapping[str, object]) -> Progress:
    """The message was about something else: nobody is asked for ever."""
    passed = tried(held, PASSED_OVER) + 1
    if passed < OTHER_QUESTIONS:
        return Progress({TRIES: {**_tries(held), PASSED_OVER: passed}}, _next(held, None))
    told = any(held.get(slot) is not None for slot in SLOTS.values())
    return Progress({ENDING: "set_aside" if told else "left"}, None)


def _ending(answer: FormAnswer) -> Ending | None:
    if answer.wish == "under_age":
        return "under_age"
    if answer.wish == "stop":
        return "stopped"
    return "declined" if answer.consent is False else None


def _changed(answer: FormAnswer, held: Mapping[str, object], now: datetime) -> Slots:
    again: Slots = dict.fromkeys((*answer.reopened, *(field for field, _ in answer.problems if field != "consent")))
    by_field: Slots = {field: held.get(slot) for field, slot in SLOTS.items()} | again
    left_out: Slots = {field: EMPTY for field in answer.skipped if by_field[field] is None}
    filled: Slots = {**left_out, **again, **_tokens(answer, by_field)}
    changed = {f"request_{field}": value for field, value in filled.items()}
    if answer.consent:
        changed[SLOTS["consent"]] = consent.given(now)
    # Always among them: Rasa takes an answer without any slot for an interruption.
    changed[TRIES] = _tries(held) | {str(field): tried(held, field) + 1 for field, _ in answer.problems}
    return changed


def _tokens(answer: FormAnswer, before: Mapping[str, object]) -> dict[str, str]:
    """The tokens of each field that an answer tells."""
    found: dict[str, str] = {FIELD_OF[detail]: token for detail, token in answer.values if detail not in SEALED}
    contacts = " ".join(token for detail, token in answer.values if detail in SEALED)
    return {**found, "contact": contacts_after(before.get("contact"), contacts, answer.manner)} if contacts else found


def _tries(held: Mapping[str, object]) -> dict[str, int]:
    """How often each field was answered wrongly; an answer is no other question."""
    tries = held.get(TRIES)
    tried_fields = tries.items() if isinstance(tries, Mapping) else ()
    return {field: int(n) for field, n in tried_fields if field not in (PASSED_OVER, NOTED)}


def _next(held: Mapping[str, object], answer: FormAnswer | None) -> Field | None:
    left = missing(held)
    if not left or left[0] == "consent":
        return left[0] if left else None
    wrong = [field for field, _ in (answer.problems if answer else ()) if field in left]
    return (wrong or left)[0]
