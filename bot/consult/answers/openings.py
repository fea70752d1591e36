"""How an answer opens: with what was asked. A response may have forms of its own for the manners of a question.

``yes`` confirms what a source says, never that something is safe or allowed; ``no`` refuses or corrects; ``leave``
answers whether something may be; ``compared`` which of the two is better. A response that lacks a form is said as it
is.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.consult.case.case import Case

FORMS: Mapping[str, tuple[str, ...]] = {
    "utter_order": ("yes", "leave"),
    "utter_order_reversed": ("no",),
    "utter_wait_interval": ("yes", "no", "leave"),
    "utter_gap_too_soon": ("no",),
    "utter_date_too_soon": ("no",),
    "utter_date_too_soon_vague": ("no",),
    "utter_combined_benefits": ("compared",),
}
ON_RULE = frozenset({"utter_wait_interval"})
"""What says yes or no to a length that is taken for the rule, and to nothing else."""
OPEN = frozenset({"how_long", "which", "why", "alternatives", "too_soon"})
"""What asks for more than a yes or a no, or asks the other way about, so that either would mislead."""


def opened(response: str, case: Case, minimum: int | None) -> str:
    """Return the form of a response that opens as the question was put."""
    own = FORMS.get(response, ()) if case.proposed or response not in ON_RULE else ("leave",)
    form = next((form for form in _forms(case, minimum) if form in own), None)
    return f"{response}_{form}" if form else response


def _forms(case: Case, minimum: int | None) -> tuple[str, ...]:
    """The forms that fit, the best first."""
    if "compares" in case.asks and case.guess.topic == "combined_benefits":
        return ("compared",)
    if case.proposed:
        return _on_rule(case, minimum)
    if OPEN & set(case.asks):
        return ()
    if "leave" in case.asks:
        return ("leave", "no")
    if not {"whether", "proposal"} & set(case.asks):
        return ()
    return ("yes", "no") if case.first else ("no",)


def _on_rule(case: Case, minimum: int | None) -> tuple[str, ...]:
    """A length that is taken for the rule is the rule's or not; of several to choose from the rule's is named."""
    if "alternatives" in case.asks or (case.proposed == (minimum, minimum) and "leave" in case.asks):
        return ()
    return ("yes",) if case.proposed == (minimum, minimum) else ("no",)
