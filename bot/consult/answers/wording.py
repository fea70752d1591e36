"""The wording that the answers need: every response that is said, and the names in braces that are filled in.

Whoever lets an answer say another response, or fill in another name, says so here: domain.yml is checked against this
table (``bot.wording``), and every test that runs an action checks the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from string import Formatter
from typing import get_args

from bot.consult.answers.conversation import VARIATIONS
from bot.consult.answers.openings import FORMS
from bot.consult.request.types import DETAILS, FIELDS, PROBLEMS
from bot.consult.safety.reading import Fact
from bot.consult.topics import NOT_A_SECOND_QUESTION, is_sequencing
from bot.knowledge.types import Topic

Names = tuple[str, ...]

CONTACT: Names = ("clinic_name", "phone")
REACH: Names = (*CONTACT, "reach")
CLINIC: Names = (*CONTACT, "email_line", "address_line", "hours_line", "booking_line", "price_note")
FORM: Names = (*CONTACT, "contact", "days")
REQUEST: Names = (*CONTACT, "reference")
TIMING: Names = (
    *("lead_id", "lead_name", "lead_day", "follow_name", "follow_day", "first_name", "then_id", "then_name"),
    *("missing_name", "minimum", "reason_line", "reversed_reason_line", "days", "earliest_day", "dates_echo"),
    *("latest_day", "told_day", "readings", "proposed"),
)

CLAIMS: Names = ("claims", "first_claim", "claims_and_gap", "gap", "lead_id")

SAID: tuple[tuple[str, Names], ...] = (
    # Topics by their kind; a name in braces stands for every word of that kind, and a later row overrides.
    ("utter_{article}", CLAIMS),
    ("utter_{boundary} utter_consult", CLINIC),
    ("utter_consult_open", (*CLINIC, "closes")),
    ("utter_consult_closed", (*CLINIC, "opens")),
    ("utter_{conversation}", CONTACT),
    ("utter_{variation} utter_acknowledged utter_smalltalk_greet_how_are_you", CONTACT),
    ("utter_bot_challenge utter_bot_challenge_2", (*CONTACT, "article")),
    ("utter_safety", ("website_text", "sms_text")),
    ("utter_title_{offered}", ()),
    ("utter_clinician_only_{health}", CLINIC),
    ("utter_other_treatment utter_other_treatment_timed", ("covered_names", "other_names")),
    ("utter_{silence}", CLINIC),
    ("utter_side_effect_mild", ("urgent",)),
    ("utter_fallback utter_fallback_sorry utter_cleared_ask", ()),
    ("utter_cleared utter_cleared_self_harm utter_cleared_clinician_only", ()),
    ("utter_clinician_only_stay utter_clinician_only_stay_{fact}", ()),
    # Order, waiting, dates.
    ("utter_order utter_order_reversed utter_wait_interval utter_wait_no_interval utter_no_interval_known", TIMING),
    ("utter_same_day utter_same_day_reversed", TIMING),
    ("utter_{form} utter_wait_no_maximum", TIMING),
    ("utter_combined_benefits_compared", CLAIMS),
    ("utter_date_{judged} utter_date_{judged}_today utter_gap_{judged}", TIMING),
    ("utter_date_too_soon_vague utter_date_past_minimum_vague", TIMING),
    ("utter_date_earliest utter_date_no_interval utter_date_unknown", TIMING),
    ("utter_date_ask utter_date_ask_order utter_date_ask_several utter_date_ask_impossible", TIMING),
    (
        "utter_date_latest utter_date_latest_past utter_date_ask_ambiguous utter_date_ask_doubtful utter_date_ask_past",
        TIMING,
    ),
    ("utter_date_ask_card", ("lead_name", "follow_name", "minimum")),
    ("utter_date_form", ()),
    # Beside an answer.
    ("utter_introduction utter_fallback_handoff utter_apology", CONTACT),
    ("utter_close", REACH),
    ("utter_close_article utter_close_verdict utter_close_decides", (*REACH, "headings")),
    ("utter_source_quote", ("heading", "quote")),
    ("utter_brand_note", ("brand", "treatment_name")),
    ("utter_no_clearance utter_as_before", ()),
    # Said again.
    ("utter_still_order utter_still_wait utter_still_no_interval utter_still_same_day utter_still_earliest", TIMING),
    ("utter_still_too_soon utter_still_past_minimum utter_still_exactly", TIMING),
    ("utter_still_claim", (*CONTACT, *CLAIMS)),
    ("utter_still_gap utter_still_clinician utter_close_again", CONTACT),
    ("utter_still_side_effect", (*CONTACT, "urgent")),
    # The clinic, asked about itself.
    ("utter_clinic_says", (*CONTACT, "clinic_words")),
    ("utter_clinic_not_told utter_clinic_closed_now_for_long", CONTACT),
    ("utter_clinic_open_now", (*CONTACT, "closes")),
    ("utter_clinic_closed_now", (*CONTACT, "opens")),
    ("utter_clinic_open_on", (*CONTACT, "day", "hours")),
    ("utter_clinic_closed_on", (*CONTACT, "day", "opens")),
    ("utter_clinic_closed_on_for_long", (*CONTACT, "day")),
    ("utter_clinic_week", (*CONTACT, "hours_lines", "hours_row")),
    ("utter_clinic_closures", (*CONTACT, "days")),
    ("utter_clinic_address", (*CONTACT, "address")),
    ("utter_clinic_phone", (*CONTACT, "ways")),
    ("utter_clinic_services", (*CONTACT, "services")),
    ("utter_clinic_service utter_clinic_service_some", (*CONTACT, "listed", "not_listed")),
    ("utter_clinic_service_not_listed", (*CONTACT, "listed", "not_listed")),
    # The request form.
    ("utter_request_{field} utter_request_{field}_again utter_request_problem_{problem}", FORM),
    ("utter_request_consent_kept utter_request_explain utter_request_details", FORM),
    ("utter_request_problems utter_request_call_instead utter_request_not_sent utter_request_nothing_written", FORM),
    ("utter_request_noted", FORM),
    ("utter_request_written", (*FORM, "written")),
    ("utter_request_holds", (*REQUEST, "written")),
    ("utter_written_{detail}", ("hint",)),
    ("utter_request_when utter_request_when_open utter_request_when_closed", (*CONTACT, "closes", "opens")),
    ("utter_form_title utter_form_hint utter_form_submit utter_form_{detail}", FORM),
    ("utter_form_phone_hint utter_form_time_hint", FORM),
    ("utter_request_stopped utter_request_declined utter_request_failed utter_request_forgotten", CLINIC),
    ("utter_request_none_open utter_request_set_aside utter_request_under_age", CLINIC),
    ("utter_request_changed utter_request_change_how", CLINIC),
    ("utter_request_late utter_request_unknown utter_request_not_now utter_request_not_now_self_harm", ()),
    ("utter_request_filed", REQUEST),
    ("utter_request_filed_open", (*REQUEST, "closes")),
    ("utter_request_filed_closed", (*REQUEST, "opens")),
    ("utter_request_waiting utter_request_passed_on utter_request_closed utter_request_cancelled", (*REQUEST, "asked")),
)


HEALTH = (*get_args(Fact), "suitability", "dose", "result")
"""What the answer of a clinician's question names, each in words of its own."""
NAMED: Mapping[str, Names] = {
    "aftercare": ("alcohol", "exercise", "makeup", "skincare", "sun", "flying", "sleep", "work"),
    "pain": ("numbing",),
    "price": ("deals", "insurance"),
}
"""What the article's silence on a topic is named by, where exactly that was asked."""
OF_ANY_TOPICS: Mapping[str, Names] = {
    "judged": ("too_soon", "past_minimum", "exactly"),
    "form": tuple(f"{name.removeprefix('utter_')}_{form}" for name, forms in FORMS.items() for form in forms),
    "variation": tuple(
        f"{name.removeprefix('utter_')}_{number}"
        for name, count in VARIATIONS.items()
        for number in range(2, count + 1)
    ),
    "health": HEALTH,
    "fact": get_args(Fact),
    "silence": tuple(f"{topic}_{each}" for topic, named in NAMED.items() for each in named),
    "field": FIELDS,
    "detail": DETAILS,
    "problem": PROBLEMS,
}
"""What a name in braces of the table stands for, whatever the topics are."""
WHERE_TYPED = frozenset({"utter_date_form"})
"""Said only where dates are typed: a page shows the date card instead."""


def filled_in(topics: Iterable[Topic]) -> dict[str, frozenset[str]]:
    """Every response that can be said on these topics, and the names that it may hold."""
    words = _words(tuple(topics))
    return {response: frozenset(names) for row, names in SAID for response in _responses(row, words)}


def names_in(text: str) -> frozenset[str]:
    """The names in braces of a text.

    Raises:
        ValueError: A brace has no partner.
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _words(topics: tuple[Topic, ...]) -> Mapping[str, tuple[str, ...]]:
    """What each name in braces of the table stands for."""
    kinds = {kind: tuple(t.id for t in topics if t.kind == kind) for kind in ("boundary", "conversation")}
    return {
        **OF_ANY_TOPICS,
        **kinds,
        "article": tuple(t.id for t in topics if t.kind == "article" and not is_sequencing(t.id)),
        "offered": tuple(t.id for t in topics if t.id not in NOT_A_SECOND_QUESTION),
    }


def _responses(row: str, words: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    for pattern in row.split():
        kinds = sorted(names_in(pattern))
        for chosen in product(*(words[kind] for kind in kinds)):
            yield pattern.format(**dict(zip(kinds, chosen, strict=True)))
