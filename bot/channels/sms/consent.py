"""Whether a text is a wish about getting texts at all: a keyword that carriers know, or the same in plain words.

A keyword counts alone only, or with a please: "stop" inside a question is a word like any other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from bot.consult.types import Language

Action = Literal["stop", "start", "help"]
IN_WORDS = "words"
"""Stands in the audit for a keyword where the wish was said in a sentence."""
_KEYWORDS: dict[Action, dict[Language | None, tuple[str, ...]]] = {
    "stop": {
        None: ("STOP",),
        "en": ("STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "OPT OUT", "REVOKE"),
        "fr": ("ARRET", "ARRETER", "ARRETEZ", "ARRETE", "DESABONNER", "DESABONNEMENT", "DESINSCRIRE", "ANNULER", "FIN"),
    },
    "start": {None: (), "en": ("START", "UNSTOP"), "fr": ("COMMENCER", "DEMARRER", "REPRENDRE", "REABONNER")},
    "help": {None: ("INFO",), "en": ("HELP",), "fr": ("AIDE", "AIDER", "INFOS")},
}
_POLITE = re.compile(
    r"^(?:please|pls|plz|svp|s il vous plait|merci)\s+|\s+(?:please|pls|plz|svp|s il vous plait|merci)$"
)
_OPENING = r"(?:(?:please|pls|plz|hi|hello|hey|ok|okay|can you|could you|i want you to|i d like you to|just)\s+)*"
_ENDING = r"(?:\s+(?:please|pls|plz|thanks|thank you|now|right now|again|ever again|any ?more|at all))*"
_OUVERTURE = r"(?:(?:svp|s il vous plait|bonjour|ok|pouvez vous|pourriez vous|veuillez)\s+)*"
_FIN = r"(?:\s+(?:svp|s il vous plait|merci|maintenant))*"
_ENGLISH = (
    r"stop (?:texting|messaging|contacting|sms ?ing|writing(?: to)?)(?: (?:me|us|this number|my phone))?",
    r"stop sending (?:me )?(?:any )?(?:more )?(?:texts?|messages|sms|these|this|them)(?: to me)?",
    r"stop (?:the|these|your|all) (?:texts|messages|sms)",
    r"(?:do not|don t|dont|never) (?:text|message|contact|sms|write(?: to)?) (?:me|us|this number)",
    r"(?:do not|don t|dont) send (?:me )?(?:any )?(?:more )?(?:texts|messages|sms)(?: to me)?",
    r"(?:i (?:do not|don t|dont) want|no) (?:any )?(?:more |to get |to receive )?(?:any )?(?:more )?"
    r"(?:texts|messages|sms)(?: from you)?",
    r"unsubscribe me",
    r"(?:i want|i d like|i would like) to (?:unsubscribe|opt out|be unsubscribed|stop (?:these|the) texts)",
    r"opt me out",
    r"(?:take|remove) (?:me|my (?:phone )?number) (?:off|from) (?:your|this|the) (?:text(?:ing)? |sms )?list",
    r"(?:remove|delete) my (?:phone )?number",
    r"lose my number",
)
_FRENCH = (
    r"(?:arretez?|cessez?|arreter|cesser) de (?:me|m) "
    r"(?:texter|ecrire|contacter|envoyer (?:des|vos|ces) (?:textos|messages|sms))",
    r"(?:arretez?|cessez?|arreter|cesser) (?:les|vos|ces|tous les) (?:textos|messages|sms)",
    r"ne (?:me|m) (?:textez?|ecrivez|ecris|contactez?) (?:plus|pas)(?: jamais)?",
    r"ne (?:me|m) envoyez (?:plus|pas) de (?:textos|messages|sms)",
    r"(?:je ne veux |je veux )?plus (?:de|recevoir de|recevoir vos) (?:textos|messages|sms)",
    r"je ne veux plus (?:de|recevoir de|recevoir vos) (?:textos|messages|sms)",
    r"(?:desabonnez|desinscrivez|retirez|enlevez) moi(?: de (?:la|votre) liste)?",
    r"je (?:veux|voudrais) me (?:desabonner|desinscrire)",
)
_WISHES: tuple[tuple[Language, re.Pattern[str]], ...] = (
    ("en", re.compile(f"{_OPENING}(?:{'|'.join(_ENGLISH)}){_ENDING}")),
    ("fr", re.compile(f"{_OUVERTURE}(?:{'|'.join(_FRENCH)}){_FIN}")),
)
_SENTENCES = re.compile(r"[.!?;,\n]+")


@dataclass(frozen=True)
class Wish:
    """What somebody wishes about getting texts."""

    action: Action
    keyword: str
    """As the audit keeps it."""
    language: Language | None
    """That of the keyword; None where it is both's."""


def wish_of(text: str) -> Wish | None:
    """The wish that a text is as a whole, else None."""
    folded = _folded(text)
    return _by_keyword(_POLITE.sub("", folded)) or _in_words(folded)


def has_wish_to_stop(text: str) -> bool:
    """Whether a text says, beside other things, that it wants no more texts."""
    parts = map(_folded, _SENTENCES.split(text))
    return any(_in_words(part) for part in parts if part)


def _by_keyword(folded: str) -> Wish | None:
    for action, by_language in _KEYWORDS.items():
        for language, keywords in by_language.items():
            if folded.upper() in keywords:
                return Wish(action, folded.upper(), language)
    return None


def _in_words(folded: str) -> Wish | None:
    found = (language for language, wishes in _WISHES if wishes.fullmatch(folded))
    return next((Wish("stop", IN_WORDS, language) for language in found), None)


def _folded(text: str) -> str:
    """The text's words in small letters without accents and signs: "Arrêt !" and "ARRET" are one."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(" " if not c.isalnum() else c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())
