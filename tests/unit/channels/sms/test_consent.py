"""Which texts are a wish about getting texts, and which are questions that only share a word with one."""

from __future__ import annotations

import pytest

from bot.channels.sms.consent import IN_WORDS, Wish, has_wish_to_stop, is_reaction, wish_of


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("STOP", Wish("stop", "STOP", None)),
        (" stop. ", Wish("stop", "STOP", None)),
        ("Stop please", Wish("stop", "STOP", None)),
        ("UNSUBSCRIBE", Wish("stop", "UNSUBSCRIBE", "en")),
        ("Stop all!", Wish("stop", "STOP ALL", "en")),
        ("Arrêt", Wish("stop", "ARRET", "fr")),
        ("ARRETEZ svp", Wish("stop", "ARRETEZ", "fr")),
        ("S'il vous plaît, arrêter", Wish("stop", "ARRETER", "fr")),
        ("pls stop plz", Wish("stop", "STOP", None)),
        ("Opt-out", Wish("stop", "OPT OUT", "en")),
        ("Fin.", Wish("stop", "FIN", "fr")),
        ("Réabonner", Wish("start", "REABONNER", "fr")),
        ("démarrer", Wish("start", "DEMARRER", "fr")),
        ("désabonnement", Wish("stop", "DESABONNEMENT", "fr")),
        ("start", Wish("start", "START", "en")),
        ("UNSTOP", Wish("start", "UNSTOP", "en")),
        ("help", Wish("help", "HELP", "en")),
        ("info", Wish("help", "INFO", None)),
        ("Aide", Wish("help", "AIDE", "fr")),
        ("please stop texting me", Wish("stop", IN_WORDS, "en")),
        ("Don't text me anymore", Wish("stop", IN_WORDS, "en")),
        ("no more texts please", Wish("stop", IN_WORDS, "en")),
        ("i don't want any more messages from you", Wish("stop", IN_WORDS, "en")),
        ("take me off your list", Wish("stop", IN_WORDS, "en")),
        ("Arrêtez de m'envoyer des textos", Wish("stop", IN_WORDS, "fr")),
        ("ne m'écrivez plus", Wish("stop", IN_WORDS, "fr")),
        ("Stop. Thank you", Wish("stop", "STOP", None)),
        ("STOP STOP STOP", Wish("stop", "STOP", None)),
        ("stop!!! stop!!!", Wish("stop", "STOP", None)),
        ("STOP - wrong number", Wish("stop", "STOP", None)),
        ("Stop, you have the wrong number", Wish("stop", "STOP", None)),
        ("Stop\n\nAnna Tremblay", Wish("stop", "STOP", None)),
        ("stop please.\n- Sam", Wish("stop", "STOP", None)),
        ("STOP\nSent from my iPhone", Wish("stop", "STOP", None)),
        ("No thanks stop", Wish("stop", "STOP", None)),
        ("ok stop now thanks", Wish("stop", "STOP", None)),
        ("stop it", Wish("stop", IN_WORDS, "en")),
        ("opt out of texts", Wish("stop", IN_WORDS, "en")),
        ("how do I opt out of these messages?", Wish("stop", IN_WORDS, "en")),
        ("pls stop txting me", Wish("stop", IN_WORDS, "en")),
        ("Please remove me.", Wish("stop", IN_WORDS, "en")),
        ("remove me from this list please", Wish("stop", IN_WORDS, "en")),
        ("no more of these texts thanks", Wish("stop", IN_WORDS, "en")),
        ("I'm not interested. Stop texting me", Wish("stop", IN_WORDS, "en")),
        ("leave me alone", Wish("stop", IN_WORDS, "en")),
        ("Arrêt. Merci", Wish("stop", "ARRET", "fr")),
        ("Non merci, arrêtez", Wish("stop", "ARRETEZ", "fr")),
        ("laissez-moi tranquille svp", Wish("stop", IN_WORDS, "fr")),
    ],
)
def test_a_wish_is_read_whatever_its_case_accents_and_manners(text: str, wish: Wish) -> None:
    assert wish_of(text) == wish


@pytest.mark.parametrize(
    "text",
    [
        "",
        "when does botox stop working?",
        "can i stop waiting after a week",
        "should i stop my aspirin before needling",
        "help me decide which goes first",
        "can I stop botox before needling",
        "help me decide which first",
        "end of october",
        "when does botox stop working",
        "quand puis-je arrêter la crème ?",
        "aide-moi à choisir",
        "🛑",
        "start with botox or microneedling?",
        "end of october ok?",
        "i want to cancel my appointment",
        "info on microneedling",
        "yes",
        "no",
        "do not text me the price, just call me",
        "fin novembre, ça va?",
        "when should I stop retinol",
        "count me in! STOP the aging",
        "should I stop?",
        "Stop. How long do I wait after botox?",
        "can you remove my stitches",
        "stop botox",
        "please stop by the clinic for me",
        "I had botox\nAnna",
        "what if it won't stop bleeding",
        "thanks",
        "wrong number",
    ],
)
def test_a_question_with_such_a_word_is_none(text: str) -> None:
    assert wish_of(text) is None
    assert not has_wish_to_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "Liked “Botox first, then at least two weeks.”",
        'Emphasized "Which goes first?"',
        "Laughed at “Hello!”",
        "Removed a heart from “Hello!\nReply STOP to opt out.”",
        "Reacted 👍 to “Hello!”",
        "Loved an image",
        "A aimé « Bonjour »",
    ],
)
def test_a_reaction_that_a_phone_puts_into_words_is_one(text: str) -> None:
    assert is_reaction(text)


@pytest.mark.parametrize(
    "text", ["", "Liked it!", "I liked “Botox first”, why?", "is it liked", "“Botox first”", "a aimé"]
)
def test_a_sentence_with_such_a_word_is_no_reaction(text: str) -> None:
    assert not is_reaction(text)


def test_a_wish_beside_something_else_is_seen() -> None:
    assert wish_of("My eyelid droops. Stop texting me!") is None
    assert has_wish_to_stop("My eyelid droops. Stop texting me!")


@pytest.mark.parametrize(
    "text", ["Quelle crème ? Arrêtez de m'envoyer des textos", "ok thanks, no more texts", "hi\ndon't text me"]
)
def test_any_of_several_sentences_may_be_the_wish(text: str) -> None:
    assert has_wish_to_stop(text)


@pytest.mark.parametrize("text", ["STOP", "Is that safe? Stop.", "It hurts, help"])
def test_a_keyword_beside_a_question_is_a_word_like_any_other(text: str) -> None:
    assert not has_wish_to_stop(text)
