"""The deterministic safety layer: red flags, distress and clinicians' questions, read in one message.

A pure function of the message (and of whether the conversation spoke of a treatment just done), built once
from ``data/knowledge/safety_lexicon.yml``, which a clinician can read and extend.
"""

from bot.consult.safety.layer import SafetyLayer, safety_layer
from bot.consult.safety.lexicon import LexiconError
from bot.consult.safety.reading import PRECEDENCE, Match, Retraction, Route, SafetyReading, Standing

__all__ = [
    "PRECEDENCE",
    "LexiconError",
    "Match",
    "Retraction",
    "Route",
    "SafetyLayer",
    "SafetyReading",
    "Standing",
    "safety_layer",
]
