"""The one base of every error that a person at the clinic may read: a clear sentence, never a stack trace."""

from __future__ import annotations


class TandemError(Exception):
    """Something that the reader can put right; ``str(error)`` is the sentence to show."""

    exit_code = 1
