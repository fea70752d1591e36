"""Rasa made lean and safe to run: everything that changes how Rasa itself starts, stores, locks or listens.

``lean`` is where to begin: the import hook that keeps TensorFlow out and applies the few adjustments.
``launcher`` is the server behind ``tandem serve``.
"""
