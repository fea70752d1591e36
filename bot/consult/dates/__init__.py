"""Dates and lengths of time in what people write.

``date_reader()`` builds a reader once; ``reader.read(text, today)`` finds the expressions and says what each
may mean. Which date belongs to which treatment, and what the verbs say of past and future, is decided
elsewhere.
"""

from bot.consult.dates.reader import DateReader, date_reader

__all__ = ["DateReader", "date_reader"]
