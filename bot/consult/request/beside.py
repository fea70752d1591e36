"""What else a message may be about while the request form is open, and what is asked about the request itself."""

from __future__ import annotations

from bot.consult.decision.types import TopicDecision
from bot.consult.reading.message import Reading
from bot.consult.request import phrases
from bot.consult.request.types import TOKEN, Field, Wish
from bot.consult.topics import NOT_OURS, SAFETY, SMALL_TALK

SURELY_ASKS_FROM = 0.75
"""From this confidence on, a single word is a question of its own and not somebody's name."""
OF_HEALTH = frozenset({"clinician_only", "side_effect_mild"})
"""Topics that speak up also where no question is asked."""
WRONG_FIELDS: dict[str, Field] = {
    "name": "name",
    "nom": "name",
    "time": "time",
    "heure": "time",
    "moment": "time",
    "note": "note",
}


def wants_to_know_why(requested: Field, text: str, reading: Reading, settled: TopicDecision) -> bool:
    """Tell whether somebody asks what the details are for; a bare "why?" does, unless it takes up an earlier answer."""
    bare = reading.follow_up == "why" and requested in ("consent", "name", "contact")
    return bool(phrases.EXPLAIN.search(text) and not reading.mentions) or (bare and settled.rule != "follow_up_why")


def reopened(text: str) -> Field | None:
    """Return the field that somebody says was wrong."""
    found = phrases.WRONG.search(text)
    if not found:
        return None
    what = (found["what"] or found["that"] or "").lower()
    return WRONG_FIELDS.get(what, "contact")


def is_about_something_else(settled: TopicDecision) -> bool:
    """Tell whether a message is about another topic, well enough read."""
    if settled.topic in ("off_topic", "injection", "abuse"):
        return surely_asks(settled)  # an inkling of the classifier's, where an answer was asked for
    return settled.topic not in ("consult", "fallback", "gibberish")


def surely_asks(settled: TopicDecision) -> bool:
    """Tell whether a topic of its own was read with certainty from the words alone."""
    if settled.rule == "safety":
        return True
    return settled.topic not in ("consult", "fallback", "gibberish") and settled.confidence >= SURELY_ASKS_FROM


def is_abuse(settled: TopicDecision) -> bool:
    """Tell whether the safety layer found abuse or commands."""
    return settled.rule == "safety" and settled.topic in ("injection", "abuse")


def asks_beside(text: str, settled: TopicDecision) -> bool:
    """Tell whether a question stands beside what is told to the form."""
    if settled.topic in NOT_OURS | SMALL_TALK | SAFETY | {"consult"}:
        return False
    return settled.topic in OF_HEALTH or bool(phrases.ASKS.search(text))


def gives_a_contact(text: str, settled: TopicDecision) -> bool:
    """Tell whether somebody gives a number or an address and nothing that is understood: they want to be reached."""
    return settled.topic in NOT_OURS and settled.rule != "safety" and TOKEN.search(text) is not None


def about_a_request(text: str, reading: Reading, settled: TopicDecision) -> Wish | None:
    """Return what is wanted of a request: "any news?" is nothing that a classifier can know."""
    if settled.topic not in NOT_OURS | SMALL_TALK - {"abuse"} or settled.rule == "safety" or reading.mentions:
        return None
    if phrases.ANOTHER.search(text):
        return "new"
    return "status" if phrases.STATUS.search(text) or phrases.WRONG.search(text) else None
