"""What can be wrong with a request, in a sentence for the person who asked for it."""

from __future__ import annotations

from bot.errors import TandemError


class ForgottenError(TandemError):
    """A value that a request should hold is no longer kept: it has to be asked for again."""

    def __init__(self) -> None:
        super().__init__("What was typed is no longer kept; please type it again.")


class UnknownReferenceError(TandemError):
    """There is no such request."""

    exit_code = 2

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no request {reference}; tandem handoffs list shows those that there are.")


class NothingToRetryError(TandemError):
    """A request that was passed on, or closed, needs no further try."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"Nothing of {reference} waits to be delivered.")
