"""Corrects the classifier's ranking where the reading of the message knows better, before structure decides."""

from __future__ import annotations

from dataclasses import replace

from bot.consult.decision.types import (
    CLEAR_FROM,
    NEARLY,
    NOT_A_SECOND_QUESTION,
    PART_FROM,
    SURE_FROM,
    Evidence,
    in_timing_family,
)

ALARM_FROM = {"emergency": 0.4, "self_harm": 0.5}
"""From this confidence on the classifier alone raises an alarm that the safety layer did not. Of 1,400 messages that
only sound like one, asked of the whole bot, thirteen are above it; "my husband will kill me" was, at 0.4."""
CLINICIAN_FROM = 0.2
"""Below this confidence the classifier's guess at a clinician's question yields to one on timing that is as likely."""


def corrected(evidence: Evidence) -> Evidence:
    """Return the evidence with a ranking that the reading of the message does not contradict."""
    for correction in _CORRECTIONS:
        evidence = correction(evidence)
    return evidence


def _without_faint_alarms(evidence: Evidence) -> Evidence:
    """The safety layer found nothing and the classifier only has an inkling: look at its next guesses."""
    best = evidence.best
    # A figure of speech or a denial, seen as such by the layer, looks like an alarm to the classifier.
    enough = SURE_FROM if best.topic in evidence.reading.safety.dismissed else ALARM_FROM.get(best.topic, 0.0)
    return evidence if best.confidence >= enough else evidence.without(*ALARM_FROM)


def _without_faint_caution(evidence: Evidence) -> Evidence:
    """No condition was read and the classifier hardly sees one: a question on timing comes before the clinician."""
    best = evidence.best
    if best.topic != "clinician_only" or best.confidence >= CLINICIAN_FROM or not evidence.reading.covered:
        return evidence
    if not nearly_sequencing(evidence):
        return evidence
    return evidence.without("clinician_only")


def _without_denied(evidence: Evidence) -> Evidence:
    """As in "no meds, not pregnant. Tox Nov 16, needling Nov 28?": nothing to decide but the dates of both."""
    reading = evidence.reading
    dated = len([t for t, time in reading.timeline.times if time.known]) > 1
    if not (dated and reading.has("negation")) or reading.safety.route or evidence.best.topic != "clinician_only":
        return evidence
    return evidence.without("clinician_only")


def _with_its_question(evidence: Evidence) -> Evidence:
    """A long tale is like no example, its one question may be: then the question counts."""
    asked = [part[0] for part in evidence.parts if part and part[0].confidence >= PART_FROM]
    asked = [guess for guess in asked if guess.topic not in NOT_A_SECOND_QUESTION]
    if len({guess.topic for guess in asked}) != 1 or evidence.best.confidence >= min(CLEAR_FROM, asked[0].confidence):
        return evidence
    return replace(evidence, ranking=(asked[0], *evidence.without(asked[0].topic).ranking))


def _without_habits(evidence: Evidence) -> Evidence:
    """As in "been getting tox for 3 years, is needling worth it": no date is told that could be checked."""
    reading = evidence.reading
    if not (reading.has("habit") and reading.times) or reading.timeline.says_when:
        return evidence
    return evidence.without("date_check")


def _without_fading(evidence: Evidence) -> Evidence:
    """As in "gone after 9 weeks, is that early": how long one treatment lasted is no wait for another."""
    reading = evidence.reading
    alone = len(reading.covered) == 1 and not reading.has("both", "other_one")
    if not (alone and reading.has("wears_off")) or evidence.best.topic != "date_check":
        return evidence
    return replace(evidence, ranking=tuple(g for g in evidence.ranking if not in_timing_family(g.topic)))


def nearly_sequencing(evidence: Evidence) -> bool:
    """Some topic on timing is nearly as likely as the first guess, or the words ask how long in an order."""
    if evidence.reading.direction.first and evidence.reading.has("how_long"):
        return True
    timing = max((g.confidence for g in evidence.ranking if in_timing_family(g.topic)), default=0.0)
    return timing >= evidence.best.confidence * NEARLY


def _with_names_known(evidence: Evidence) -> Evidence:
    """Two treatments that the knowledge covers, and no other: whatever is asked, it is not another treatment."""
    if len(evidence.reading.covered) < 2 or evidence.reading.uncovered:
        return evidence
    return evidence.without("other_treatment")


_CORRECTIONS = (
    _with_names_known,
    _without_faint_alarms,
    _without_faint_caution,
    _with_its_question,
    _without_denied,
    _without_habits,
    _without_fading,
)
