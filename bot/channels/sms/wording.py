"""The texts that the channel says itself: consent, help, first contact, what it cannot take.

They stand here and not among the domain's responses because they must go out when Rasa does not answer. Each fits
one segment beside a clinic's name of ordinary length; characters that GSM-7 lacks, such as ê, are avoided.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot import gsm7
from bot.channels.apology import Reachable
from bot.consult.types import Language

Texts = Mapping[Language, str]
STOPPED: Texts = {
    "en": "{clinic}: you have opted out and will get no more texts. Reply START to get them again.",
    "fr": "{clinic}: vous ne recevrez plus de textos. Répondez START pour en recevoir à nouveau.",
}
STARTED: Texts = {
    "en": "{clinic}: you get texts again. Ask about Botox and microneedling. Reply STOP to opt out, HELP for help.",
    "fr": "{clinic}: les textos reprennent. Posez vos questions: Botox et microneedling. STOP: fin, AIDE: aide.",
}
HELP: Texts = {
    "en": "{clinic}: automated answers on Botox and microneedling, not medical advice. {reach} Reply STOP to opt out.",
    "fr": "{clinic}: réponses automatisées, Botox et microneedling, pas un avis médical. {reach} STOP pour arreter.",
}
INTRODUCTION: Texts = {
    "en": "{clinic}: automated assistant, not medical advice. Reply STOP to opt out.",
    "fr": "{clinic}: assistant automatisé, pas un avis médical. Répondez STOP pour arreter.",
}
PICTURE: Texts = {
    "en": "I can't open pictures. Please write your question in words. If it is urgent, call the clinic, or 911.",
    "fr": "Je ne peux pas ouvrir d'images. Écrivez votre question. Si c'est urgent, appelez la clinique ou le 911.",
}
BESIDE_PICTURE: Texts = {"en": "I can't open pictures. ", "fr": "Je ne peux pas ouvrir d'images. "}
EMPTY: Texts = {
    "en": "Your message arrived empty. Please write your question in words.",
    "fr": "Votre message est vide. Écrivez votre question, s.v.p.",
}
TOO_LONG: Texts = {
    "en": "That is too long for me. Please ask in fewer words, at most 1,000 characters.",
    "fr": "C'est trop long pour moi. Écrivez en moins de mots, 1000 lettres au plus.",
}
TOO_MANY: Texts = {
    "en": "{clinic}: that is more texts than I can answer. Please try again later. {reach} In an emergency, call 911.",
    "fr": "{clinic}: trop de textos pour moi. Réessayez plus tard. {reach} En cas d'urgence: 911.",
}
REACH: Texts = {"en": "Call {phone}.", "fr": "Appelez le {phone}."}


class Wording:
    """Fills the texts in for one clinic."""

    def __init__(self, clinic: Reachable) -> None:
        self._clinic = clinic

    def say(self, texts: Texts, language: Language) -> str:
        """A text in a language, with the clinic's name and how to reach it."""
        reach = REACH[language].format(phone=self._clinic.phone) if self._clinic.phone else ""
        filled = texts[language].format(clinic=self._clinic.name, reach=reach)
        return gsm7.normalised(" ".join(filled.split()))
