"""The places of Rasa that are changed: one module for each, with one function ``adjust(module)``.

``bot.server.lean.hook`` names them and calls ``adjust`` as soon as Rasa's module was imported. Each first asserts that
the place is what it was when the change was written (``shape``): another version of Rasa is refused in one sentence.
"""
