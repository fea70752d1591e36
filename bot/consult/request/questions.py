"""What the form says next: a question, what was wrong with the last answer, or a way round it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.consult.request.progress import PATIENCE
from bot.consult.request.types import Field, FormAnswer, Wish

ABOUT_THE_FORM: tuple[Wish, ...] = ("explain", "written", "when", "status")


@dataclass(frozen=True)
class Asking:
    """A question that is due."""

    field: Field
    answer: FormAnswer | None = None
    """What the last message said to the form; None where it was about something else."""
    started: bool = False
    """The form has only just been opened."""
    noted: bool = False
    """The last message told something else than what was asked for."""
    tried: int = 0
    """How often the field that went wrong was answered wrongly, this time included."""
    shows_page: bool = False
    """A page shows what is missing as a form, several fields at once."""
    written: bool = False
    """Something was told already."""
    hours: str = ""
    """``_open`` or ``_closed``, as the clinic is; empty where its hours are not known."""


def responses(asking: Asking) -> tuple[str, ...]:
    """Return the responses that put a question."""
    answer = asking.answer or FormAnswer()
    question = f"utter_request_{asking.field}"
    if answer.problems:
        return _about_problems(asking, answer)
    if asking.started:
        return (question,)
    if answer.wish in ABOUT_THE_FORM:
        return (_about_the_form(asking, answer.wish), f"{question}_again")
    if not _went_on(answer):
        return (f"{question}_again",)
    if asking.field == "consent":
        return ("utter_request_consent_kept",)
    if asking.noted:
        return ("utter_request_noted", f"{question}_again")
    return ("utter_request_details",) if asking.field == "name" and asking.shows_page else (question,)


def _about_the_form(asking: Asking, wish: Wish) -> str:
    said = {
        "written": "utter_request_written" if asking.written else "utter_request_nothing_written",
        "when": f"utter_request_when{asking.hours}",
        "status": "utter_request_not_sent",
    }
    return said.get(wish, "utter_request_explain")


def _about_problems(asking: Asking, answer: FormAnswer) -> tuple[str, ...]:
    field, problem = answer.problems[0]
    said = f"utter_request_problem_{problem}" if len(answer.problems) == 1 else "utter_request_problems"
    needs_buttons = asking.field == "consent" and (field != "consent" or asking.tried >= PATIENCE)
    asks = ("utter_request_consent_again",) if needs_buttons else ()
    if asking.tried < PATIENCE:
        return (said, *asks)
    why = (said,) if field != "consent" else ()
    return ("utter_request_call_instead", *why, *asks)


def _went_on(answer: FormAnswer) -> bool:
    return bool(answer.values or answer.skipped or answer.reopened or answer.consent)
