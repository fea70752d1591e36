"""Rasa made lean and safe to run: everything that changes how Rasa itself starts, stores, locks or listens.

``launcher`` is the server behind ``tandem serve``. ``lean`` keeps TensorFlow out of every start of Rasa and has
``patches`` change the few other places; ``conversations`` keeps what is said, ``actions`` runs the answers.
"""
