"""The deterministic safety layer: red flags, distress and clinicians' questions, read in one message.

A pure function of the message (and of whether the conversation spoke of a treatment just done), built once
from ``data/knowledge/safety``, which a clinician can read and extend.
Import from its modules: the lexicon can be checked without what reads messages.
"""
