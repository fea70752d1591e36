"""What the project's knowledge says: the facts, rules, gaps and fixed texts that answers are made of."""

from __future__ import annotations

import pytest

from bot import gsm7
from bot.knowledge.reading.safety_texts import KEYS
from bot.knowledge.types import Knowledge, UnknownIdError

ARTICLE = [
    "order", "wait_after_botox", "wait_after_microneedling", "same_day", "date_check", "why_timing",
    "botox_what", "botox_onset", "botox_duration", "botox_uses", "microneedling_what", "microneedling_uses",
    "microneedling_inflammation", "combined_benefits", "what_to_ask_professional",
]  # fmt: skip
NOT_IN_THE_ARTICLE = [
    "clinician_only", "side_effect_mild", "other_treatment", "price", "location_hours", "aftercare", "pain",
    "number_of_sessions", "provider_choice",
]  # fmt: skip
TALK = [
    "smalltalk_greet", "smalltalk_thanks", "smalltalk_bye", "bot_challenge", "help", "abuse", "off_topic",
    "gibberish", "injection", "fallback",
]  # fmt: skip


def test_the_topics_are_those_of_the_contract(knowledge: Knowledge) -> None:
    known = [topic.id for topic in knowledge.topics]
    assert known == [*ARTICLE, "consult", "emergency", "self_harm", *NOT_IN_THE_ARTICLE, *TALK]


@pytest.mark.parametrize("topic", [*ARTICLE, "consult"])
def test_a_topic_of_the_article_has_facts_with_quotes(knowledge: Knowledge, topic: str) -> None:
    facts = knowledge.facts(topic)
    assert facts
    assert all(quote.text in knowledge.passage(quote.passage).text for f in facts for quote in f.quotes)


@pytest.mark.parametrize("topic", [*NOT_IN_THE_ARTICLE, "wait_after_microneedling", "same_day", "date_check"])
def test_a_topic_with_a_gap_says_what_is_missing_in_both_languages(knowledge: Knowledge, topic: str) -> None:
    boundary = knowledge.boundary(topic)
    assert boundary is not None
    assert boundary.gap.languages == ("en", "fr")
    assert "ask_professional" in boundary.say


def test_botox_before_microneedling_is_advised_with_its_interval(knowledge: Knowledge) -> None:
    rule = knowledge.rule("botox", "microneedling")
    assert rule is not None
    assert (rule.interval_days, rule.stance, rule.quotes[0].passage) == (14, "advised", "optimal-sequence-3")
    assert (rule.interval_in_words("en"), rule.interval_in_words("fr")) == ("two weeks", "deux semaines")


def test_microneedling_before_botox_is_not_advised_and_has_no_interval(knowledge: Knowledge) -> None:
    rule = knowledge.rule("microneedling", "botox")
    assert rule is not None
    assert (rule.interval_days, rule.stance, rule.interval_in_words()) == (None, "not_advised", None)


def test_no_rule_covers_a_treatment_that_no_source_speaks_of(knowledge: Knowledge) -> None:
    assert knowledge.rule("botox", "rf_microneedling") is None


@pytest.mark.parametrize(
    ("topic", "claims"),
    [
        (
            "botox_onset",
            [
                "Botox typically starts to take effect within a few days to a week.",
                "The article allows at least two weeks for the full effect.",
            ],
        ),
        ("botox_duration", ["Botox typically lasts for about three to four months."]),
        (
            "botox_uses",
            [
                "The article calls Botox particularly effective for dynamic wrinkles, "
                "those that appear with facial expressions."
            ],
        ),
        (
            "microneedling_uses",
            [
                "The article names acne scars, fine lines, and uneven skin tone "
                "as concerns that microneedling helps with."
            ],
        ),
    ],
)
def test_the_claims_on_a_topic_are_filled_in(knowledge: Knowledge, topic: str, claims: list[str]) -> None:
    assert [str(fact.claim) for fact in knowledge.facts(topic)] == claims


@pytest.mark.parametrize(
    ("fact_id", "key", "language", "words"),
    [
        ("botox-onset-starts", "starts", "en", "a few days to a week"),
        ("botox-duration-months", "duration", "en", "three to four months"),
        ("botox-duration-months", "duration", "fr", "trois à quatre mois"),
        ("botox-duration-months", "duration", "de", "three to four months"),
        ("what-to-ask-about-you", "about", "en", "your skin type, condition, and specific goals"),
    ],
)
def test_a_number_is_a_value_with_a_name(
    knowledge: Knowledge, fact_id: str, key: str, language: str, words: str
) -> None:
    assert knowledge.fact(fact_id).value(key, language) == words


def test_the_claims_on_microneedling_first_name_no_number(knowledge: Knowledge) -> None:
    claims = " ".join(str(fact.claim) for fact in knowledge.facts("wait_after_microneedling"))
    assert not any(word in claims for word in ("day", "week", "month", "two", "14"))


@pytest.mark.parametrize("word", ["ensure", "maximi", "guarantee", "paralyz", "long-lasting", "skin's surface"])
def test_no_claim_that_is_said_promises_or_repeats_what_is_doubtful(knowledge: Knowledge, word: str) -> None:
    assert [f.id for f in knowledge.all_facts if f.repeatable and word in str(f.claim).lower()] == []


def test_every_claim_that_is_said_is_there_in_french(knowledge: Knowledge) -> None:
    assert [f.id for f in knowledge.all_facts if f.repeatable and "fr" not in f.claim.languages] == []


def test_facts_that_may_not_be_said_are_kept_apart_with_a_reason(knowledge: Knowledge) -> None:
    silent = [fact for fact in knowledge.all_facts if not fact.repeatable]
    assert len(silent) == 13
    assert all(fact.reason and fact not in knowledge.facts(fact.topic) for fact in silent)
    with pytest.raises(UnknownIdError):
        knowledge.fact("why-timing-skin-surface")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_safety_text_fits_one_sms(knowledge: Knowledge, key: str, language: str) -> None:
    length = gsm7.length(knowledge.safety_text(key, language, "sms"))
    assert length is not None
    assert length <= 160


@pytest.mark.parametrize("key", KEYS)
def test_a_safety_text_is_there_for_both_channels_in_both_languages(knowledge: Knowledge, key: str) -> None:
    texts = {(text.channel, text.language) for text in knowledge.safety_texts if text.key == key}
    assert texts == {("website", "en"), ("website", "fr"), ("sms", "en"), ("sms", "fr")}


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("seen_today", "A clinician should look at this today.", "redness that spreads fast or is near the eye."),
        ("in_doubt", "If one of these is happening to you now, **call 911**:", "Is one of these happening now?"),
        ("in_doubt_self_harm", "That sounds heavy, and I'm glad you wrote it.", "You can tell me."),
        ("distress", "I'm sorry, that sounds really hard.", "Would you like someone from the clinic to call you?"),
        ("stays_safe", "What you told me comes first, so I won't answer this now.", "Tell me, and I'll go on."),
    ],
)
def test_a_safety_text_is_said_word_for_word(knowledge: Knowledge, key: str, first: str, last: str) -> None:
    text = knowledge.safety_text(key, "en")
    assert (text.startswith(first), text.endswith(last), "  " in text, "\n" in text) == (True, True, False, False)


def test_a_safety_text_falls_back_to_english(knowledge: Knowledge) -> None:
    assert knowledge.safety_text("call_911", "de") == knowledge.safety_text("call_911", "en", "website")
    assert knowledge.safety_text("call_911", "en").startswith("This could be serious, and I can't assess it.")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_urgent_signs_are_those_of_the_fixed_text(knowledge: Knowledge, language: str) -> None:
    assert knowledge.urgent_signs.in_language(language) in knowledge.safety_text("seen_today", language)


def test_nothing_counts_as_reviewed_before_somebody_has_reviewed_it(knowledge: Knowledge) -> None:
    assert not knowledge.reviewed
    assert {(review.by, review.translation_by) for review in knowledge.reviews} == {(None, None)}


@pytest.mark.parametrize(
    "ask",
    [
        lambda k: k.topic("nope"),
        lambda k: k.passage("nope"),
        lambda k: k.treatment("nope"),
        lambda k: k.safety_text("nope", "en"),
    ],
)
def test_an_unknown_id_is_named(knowledge: Knowledge, ask: object) -> None:
    assert callable(ask)
    with pytest.raises(UnknownIdError, match="The knowledge holds nothing called 'nope'"):
        ask(knowledge)
