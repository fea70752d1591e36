"""What an answer changes in the form: the fields that it fills, what is asked next, and how the form ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.consult.request import consent
from bot.consult.request.types import FIELD_OF, FIELDS, SLOTS, Field, FormAnswer

Ending = Literal["stopped", "declined", "left"]
"""How a form ends without a request; one that was left ends without a word."""
EMPTY = "-"
"""The value of an optional field that stays empty."""
KEY, TRIES, ENDING = "request_key", "request_tries", "request_ending"
ALL_SLOTS = (KEY, *SLOTS.values(), TRIES, ENDING)
PATIENCE = 2
"""The problem with a field is explained fewer times than this; then a phone call is offered instead."""
QUESTIONS_BEFORE_CONSENT = 3
"""Who asks this many other things instead of saying yes or no is not asked any more."""
PASSED_OVER = "passed_over"

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
    return Progress(changed, _next({**held, **changed}, answer))


def fresh(key: str) -> Slots:
    """Return the slots of a form that starts."""
    return {slot: key if slot == KEY else None for slot in ALL_SLOTS}


def missing(held: Mapping[str, object]) -> tuple[Field, ...]:
    """Return the fields that are still to be asked for, in order."""
    return tuple(field for field in FIELDS if held.get(SLOTS[field]) is None)


def is_unsent(held: Mapping[str, object]) -> bool:
    """Whether a complete request waits for another try, because it could not be filed.

    A form that was left in the middle, whose session has ended since, is none.
    """
    return held.get(KEY) is not None and not missing(held)


def tried(held: Mapping[str, object], field: Field) -> int:
    """Return how often a field was answered wrongly."""
    tries = held.get(TRIES)
    return int(tries.get(field, 0)) if isinstance(tries, Mapping) else 0


def _passed_over(held: Mapping[str, object]) -> Progress:
    """The message was about something else; before the consent nobody is asked for ever."""
    asked = _next(held, None)
    if asked != "consent" or not _is_empty(held):
        return Progress({}, asked)
    tries = {**_tries(held), PASSED_OVER: _tries(held).get(PASSED_OVER, 0) + 1}
    if tries[PASSED_OVER] >= QUESTIONS_BEFORE_CONSENT:
        return Progress({ENDING: "left"}, None)
    return Progress({TRIES: tries}, asked)


def _is_empty(held: Mapping[str, object]) -> bool:
    return all(held.get(slot) is None for slot in SLOTS.values())


def _ending(answer: FormAnswer) -> Ending | None:
    if answer.wish == "stop":
        return "stopped"
    return "declined" if answer.consent is False else None


def _changed(answer: FormAnswer, held: Mapping[str, object], now: datetime) -> Slots:
    changed: Slots = {SLOTS[field]: EMPTY for field in answer.skipped if held.get(SLOTS[field]) is None}
    again = [*answer.reopened, *(field for field, _ in answer.problems if field != "consent")]
    changed.update((SLOTS[field], None) for field in again)
    changed.update((SLOTS[field], token) for field, token in _tokens(answer).items())
    if answer.consent:
        changed[SLOTS["consent"]] = consent.given(now)
    # Always among them: Rasa takes an answer without any slot for an interruption.
    changed[TRIES] = _tries(held) | {str(field): tried(held, field) + 1 for field, _ in answer.problems}
    return changed


def _tokens(answer: FormAnswer) -> dict[Field, str]:
    """The token of each field; of a number and an address the number."""
    by_detail = dict(answer.values)
    found: dict[Field, str] = {FIELD_OF[detail]: token for detail, token in by_detail.items()}
    return {**found, "contact": by_detail["phone"]} if "phone" in by_detail else found


def _tries(held: Mapping[str, object]) -> dict[str, int]:
    tries = held.get(TRIES)
    return dict(tries) if isinstance(tries, Mapping) else {}


def _next(held: Mapping[str, object], answer: FormAnswer | None) -> Field | None:
    left = missing(held)
    if not left or left[0] == "consent":
        return left[0] if left else None
    wrong = [field for field, _ in (answer.problems if answer else ()) if field in left]
    return (wrong or left)[0]
