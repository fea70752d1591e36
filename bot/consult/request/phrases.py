"""What people say around their details: permission, a change of mind, questions about the form. Patterns only."""

from __future__ import annotations

import re

_REACH = r"(?:contact|call|text|e-?mail|phone|reach|ring|message|write(?:\s+to)?|get\s+in\s+touch\s+with)"
PERMISSION = re.compile(
    rf"\b(?:you|u|they|staff|someone|somebody|anyone|the\s+(?:clinic|team|nurse))\s+(?:may|can|could|are\s+free\s+to"
    rf"|have\s+(?:my\s+)?(?:permission|consent|ok|okay|leave)\s+to)\s+(?:\w+\s+)?{_REACH}\s+me\b"
    r"|\b(?:have|has|got)\s+my\s+(?:permission|consent|ok|okay)\b|\b(?:i\s+(?:do\s+)?(?:consent|agree|accept|give\s+"
    r"(?:my\s+)?(?:consent|permission)))\b"
    r"|\bvous\s+pouvez\s+(?:me\s+(?:contacter|joindre|rejoindre|rappeler|texter|[ée]crire)|m'(?:appeler|[ée]crire))"
    r"|\bj'accepte\b|\bje\s+(?:consens|suis\s+d'accord)\b|\bavec\s+mon\s+(?:accord|consentement)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|n't|never|don'?t|cannot|can't|nobody|no\s+one|ne|n'|pas|jamais)\b|n't\b", re.IGNORECASE)
LEADING_YES = re.compile(
    r"^\W*(?:yes|yeah|yea|yep|yup|ya|ok|okay|sure|fine|of\s+course|certainly|absolutely|definitely|oui|ouais|d'accord"
    r"|bien\s+s[ûu]r|certainement)\b(?!\s+but\b|\s+mais\b)",
    re.IGNORECASE,
)
OK_TO_BEGIN_WITH = re.compile(
    r"^\W*(?:ok|okay|alright|fine|d'accord)\s+(?:so\s+|then\s+|alors\s+)?(?:my|i'?m|i\s+am|the|name|this|it'?s|here|call|mon|je|c'est|moi)\b",
    re.IGNORECASE,
)
"""As in "ok my name is …": it only leads in, and consents to nothing."""
LEADING_NO = re.compile(
    r"^\W*(?:no|nope|nah|non)\b(?!\s+(?:problem|prob|worries|objection|probl[èe]me|souci))", re.IGNORECASE
)
YES_WITHIN = re.compile(
    r"\b(?:and|et)\s+(?:yes|yeah|yep|ok|okay|sure|oui|d'accord)\b|(?:^|[,.;!]\s*)(?:yes|oui)\b", re.IGNORECASE
)
AGAINST = re.compile(
    rf"\b(?:do\s+not|don'?t|never|not)\s+(?:want\s+(?:you\s+)?to\s+(?:be\s+)?)?{_REACH}(?:ed)?(?:\s+me)?\b"
    r"|\b(?:i\s+)?(?:do\s+not|don'?t)\s+(?:consent|agree|accept|want\s+(?:that|this|to))\b|\brather\s+not\b"
    r"|\bprefer\s+not\b|\bno\s+consent\b|\bne\s+m'(?:appelez|[ée]crivez)\s+pas\b|\bne\s+me\s+\w+\s+pas\b"
    r"|\bje\s+(?:ne\s+)?(?:veux|consens|souhaite)\s+pas\b|\bje\s+(?:n'accepte\s+pas|refuse)\b|\bpas\s+d'accord\b",
    re.IGNORECASE,
)
STOP = re.compile(
    r"\b(?:never\s?mind|nvm)\b(?!\s+(?:the|my|about))|\bforget\s+(?:it|about\s+it|the\s+(?:form|request|call|whole\s+thing))\b"
    r"|\b(?:i(?:'ve|\s+have)?\s+)?changed\s+my\s+mind\b(?!\s+(?:about|on)\s+(?:the|my)\s+(?:name|phone|number|e-?mail|time|note))"
    r"|\bcancel\s+(?:it|that|this|everything|(?:the|my)\s+(?:request|form|call|call\s?back))\b"
    r"|\bstop\s+(?:it|this|that|asking|(?:the|this)\s+(?:form|request))\b"
    r"|\b(?:do\s+not|don'?t)\s+(?:bother|send\s+(?:it|that|this)|want\s+(?:this|that|it|to\s+(?:do|go\s+on|continue|leave))(?:\s+\w+)*\s+any\s?more)\b"
    r"|\b(?:delete|erase|remove|forget)\s+(?:(?:all\s+)?(?:of\s+)?(?:my|the)\s+(?:data|details|info\w*|number|name|e-?mail|request)"
    r"|everything|it|that)\b"
    r"|\bi\s+(?:don'?t|do\s+not)\s+(?:want|need)\s+(?:a|the|this|that|any)\s+(?:call(?:\s?back)?|request|form)\b"
    r"|\bi(?:'ll|\s+will|'d\s+rather|\s+would\s+rather)\s+(?:just\s+)?(?:call|phone)\s+(?:you|them|the\s+clinic|myself|instead)\b"
    r"|\b(?:laisse[rz]?\s+(?:faire|tomber)|oublie[rz]?(?:-|\s)+(?:ça|ca|tout)|annule[rz]?\s+(?:ça|ca|tout|(?:la|ma)\s+demande)"
    r"|j'ai\s+chang[ée]\s+d'(?:avis|id[ée]e)|efface[rz]?\s+(?:tout|ça|mes\s+\w+))\b",
    re.IGNORECASE,
)
EXPLAIN = re.compile(
    r"\bwhy\s+(?:do|would|should|does|are)\s+(?:you|u|i|they|the\s+clinic)\b[^?]{0,40}\b(?:need|want|ask\w*|give|know|require)\b"
    r"|\bwhat\s+(?:do|will|would|are)\s+(?:you|u|they)\b[^?]{0,30}\b(?:do|use|using|need|want)\b[^?]{0,30}"
    r"\b(?:it|that|this|with|for|number|name|details|info\w*|data|e-?mail)\b|\bwhat(?:'s|\s+is)\s+(?:it|that|this)\s+for\b"
    r"|\bwho\s+(?:will\s+|can\s+|gets?\s+to\s+|is\s+going\s+to\s+)?(?:sees?|reads?|gets?|calls?|contacts?|has\s+access)\b"
    r"|\bis\s+(?:this|that|it)\s+(?:secure|private|confidential|anonymous)\b|\b(?:privacy|confidential)\b"
    r"|\bhow\s+long\s+(?:do|will|is|are)\s+(?:you|it|they|that|this|my)\b[^?]{0,30}\b(?:keep|store|kept|stored|save|saved)\b"
    r"|\bwhat\s+happens\s+(?:to|with)\s+(?:my|the|this|that)\b|\bque\s+deviennent\s+mes\b"
    r"|\bdo\s+(?:you|they)\s+(?:sell|share|store|keep)\b|\bwill\s+(?:you|they|i)\s+(?:spam|sell|share|get\s+spam)\b"
    r"|\bpourquoi\s+(?:avez|as|voulez|faut|demand|vous|tu)\b|\bqui\s+(?:va\s+)?(?:voi[rt]|verra|lira|lit)\b"
    r"|\bc'est\s+(?:confidentiel|priv[ée]|s[ée]curitaire|pour\s+quoi|pour\s+faire\s+quoi)\b|\bconfidentialit[ée]\b"
    r"|\bcombien\s+de\s+temps\s+(?:gardez|garde|conserve)",
    re.IGNORECASE,
)
STATUS = re.compile(
    r"\bany\s+(?:news|updates?|word|answer|reply|response)\b"
    r"|\b(?:did|have|has)\s+(?:you|u|they|anyone|anybody|someone|the\s+(?:clinic|team|nurse|staff))\b[^?]{0,30}"
    r"\b(?:get|got|gotten|receiv\w*|see|seen|read|look\w*|pass\w*|send|sent|forward\w*)\b[^?]{0,40}"
    r"\b(?:request|message|form|details|info\w*|it|number|note|that)\b"
    r"|\b(?:what|where|how)(?:'s|\s+is|\s+about|\s+happened\s+(?:to|with))\s+(?:\w+\s+){0,3}(?:my|the)\s+request\b|\bstatus\b"
    r"|\bwhen\s+(?:will|is|are|am|do|does|can|should)\s+(?:i|someone|somebody|anyone|they|you|the\s+(?:clinic|team|nurse))\b"
    r"[^?]{0,40}\b(?:call|contact|reply|answer|hear|get\s+back|phone|ring|text|expect)\w*"
    r"|\b(?:nobody|no\s?one|noone|you|they|someone|clinic)\s+(?:\w+\s+){0,2}(?:not|never|hasn'?t|haven'?t|didn'?t|has|have|did)?\s*"
    r"(?:called|contacted|replied|answered|phoned|reached)\b|\b(?:still|been)\s+waiting\b"
    r"|\b(?:didn'?t|haven'?t|did\s+not|have\s+not)\s+hear(?:d)?\b|\b(?:is|was)\s+(?:it|my\s+request)\s+(?:sent|received|passed|there)\b"
    r"|\bdes\s+nouvelles\b|\bavez[\s-]vous\s+(?:bien\s+)?re[çc]u\b|\bo[ùu]\s+en\s+est\b|\bma\s+demande\s+(?:est|a)\b"
    r"|\bquand\s+(?:va|vont|allez|est-ce|vais|serai)\b[^?]{0,40}\b(?:r?appel\w*|contact\w*|r[ée]pond\w*)"
    r"|\bpersonne\s+(?:ne\s+)?m'a\s+(?:r?appel|contact)|\bj'attends\s+(?:encore|toujours)\b",
    re.IGNORECASE,
)
ANOTHER = re.compile(
    r"\b(?:another|new|second|different|fresh)\s+(?:request|call\s?back|form|message)\b|\bstart\s+(?:over|again|a\s?new)\b"
    r"|\b(?:une\s+)?(?:nouvelle|autre|deuxi[èe]me)\s+demande\b|\brecommencer\b",
    re.IGNORECASE,
)
WRONG = re.compile(
    r"\b(?:wrong|incorrect|mistyped|misspelled|misspelt|typo\s+in|mistake\s+in|change|correct|fix|edit|update|redo|replace"
    r"|changed\s+my\s+mind\s+(?:about|on)|mauvais|chang\w*|corrig\w*|modifi\w*)\s+(?:\w+\s+){0,2}?"
    r"(?P<what>name|phone|number|cell|e-?mail|address|contact|time|note|nom|num[ée]ro|t[ée]l[ée]phone|courriel|heure|moment)\b"
    r"|\b(?:my|the|that|mon|le|ma|l')\s?(?P<that>name|phone|number|e-?mail|time|note|nom|num[ée]ro|courriel|heure)\s+(?:\w+\s+){0,3}"
    r"(?:is|was|est)\s+(?:wrong|incorrect|not\s+right|misspelled|mauvais|faux|fausse|erron[ée]\w*)\b",
    re.IGNORECASE,
)
CORRECTION = re.compile(
    r"^\W*(?:sorry|oops|actually|wait|correction|no\s*,|i\s+meant?|i\s+mean|rather|make\s+(?:it|that)|change\s+(?:it|that|the"
    r"\s+time|my\s+time)|pardon|d[ée]sol[ée]e?|en\s+fait|plut[ôo]t|non\s*,|attends|attendez)\b",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:rather|prefer)\s+not\b|\b(?:don'?t|do\s+not|won'?t|will\s+not|not\s+going\s+to)\s+(?:want\s+to\s+|wanna\s+|like\s+to\s+)?"
    r"(?:say|give|tell|share|provide|leave)\b|\b(?:don'?t|do\s+not)\s+have\s+(?:a|an|one|any)\b|\bnone\s+of\s+your\s+business\b"
    r"|\bje\s+(?:ne\s+)?(?:veux|pr[ée]f[èe]re)\s+(?:pas|ne\s+pas)\b|\banonym\w*",
    re.IGNORECASE,
)
TELL = re.compile(
    r"^\W*(?:please\s+)?(?:can|could|would|will)\s+(?:you|u|they|he|she|someone)\s+(?:please\s+|pls\s+)?"
    r"(?:tell|let|note|mention|pass|ask|say|add|write)\b|^\W*(?:pouvez-vous|peux-tu)\s+(?:leur\s+)?(?:dire|noter|ajouter|mentionner)\b",
    re.IGNORECASE,
)
"""Asks to pass something on: not a question to be answered here."""
NOTE_LEAD = re.compile(r"^\W*(?:note|message|p\.?s\.?|remarque)\s*[:\-]\s*", re.IGNORECASE)
LABELLED_NOTE = re.compile(r"\b(?:note|message|remarque)\s*:\s*(?P<note>\S.*)$", re.IGNORECASE | re.DOTALL)
"""A note in a list of details."""
ASKS = re.compile(
    r"\?|^\W*(?:(?:wait|hold\s+on|but|and|also|ok|okay|oh|hey|um|so|well|before\s+that|first|quick\s+question|one\s+question"
    r"|attends|attendez|mais|et)[\s,:.-]+)*(?:what|what's|whats|when|where|why|how|which|who|whom|is|are|was|were|do|does|did|can"
    r"|could|should|would|am|have|has|combien|comment|quand|pourquoi|quel\w*|qui|que|o[ùu]|est-ce|puis-je|peut-on|faut-il)\s+\S",
    re.IGNORECASE,
)
"""A question by its mark or its first words."""
LIKE_A_CONTACT = re.compile(
    r"@|(?:\d[\s().-]?){5,}|\bat\b.{1,40}\b(?:dot|point)\b"
    r"|(?:\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|z[ée]ro|deux|trois|quatre|cinq|sept|huit|neuf)\b"
    r"[\s,-]*){4}|\.(?:com|ca|org|net|fr)\b|^\s*\S+\s+at\s+\S+\s*$",
    re.IGNORECASE,
)
LIKE_AN_ADDRESS = re.compile(
    r"@|\bat\b.{1,40}\b(?:dot|point)\b|\.(?:com|ca|org|net|fr)\b|^\s*\S+\s+at\s+\S+\s*$", re.IGNORECASE
)
SHORT_NUMBER = re.compile(r"^\D*(?:\d\D?){7}\D*$")
_CONTACT_WORDS = (
    r"my|mon|ma|the|le|la|and|et|is|est|at|au|à|on|or|ou|phone|phones|cell|cellphone|mobile|number|numbers|no|tel|telephone"
    r"|t[ée]l[ée]phone|email|e-mail|mail|courriel|num[ée]ro|cellulaire|call|text|reach|contact|ring|me|you|can|may|could|it's|its"
    r"|c'est|by|par|via|use|work|home|new|same|better|best|should|be|sorry|actually|oops|correction|wait|instead|meant|i|mean|not|but"
    r"|here's|heres|here|vous|pouvez|m'appeler|me|joindre|appelez-moi|appelez|rappelez-moi|rappelez|moi"
)
CONTACT = re.compile(
    rf"(?:(?<![\w'-])(?:{_CONTACT_WORDS})(?![\w'])[\s,:#=-]*)*\[(?:phone|email)(?:-\d+)?\]"
    r"(?:\s*(?:is\s+(?:my|the)\s+(?:\w+\s+)?(?:number|phone|cell|mobile|e-?mail)|est\s+mon\s+(?:num[ée]ro|courriel)))?",
    re.IGNORECASE,
)
"""A number or an address that was sealed already, with the words that lead to it."""


def permits(text: str) -> bool:
    """Tell whether a text gives permission to get in touch, and does not deny it."""
    for found in PERMISSION.finditer(text):
        if not _NOT.search(text, max(0, found.start() - 12), found.end()):
            return True
    return False
