"""Sentence encoders: a text in, a vector of length 1 out. They know nothing of Rasa or of this bot's domain."""
