"""Lean Rasa: the import hook that runs Rasa without TensorFlow, and what stands in TensorFlow's place."""

from bot.server.lean.hook import install as install
