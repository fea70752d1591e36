"""What the website's API says when it refuses a request: a status and one sentence."""

from __future__ import annotations


class ApiError(Exception):
    """A refusal; ``sentence`` is shown to the caller and never holds what they sent."""

    status = 400

    def __init__(self, sentence: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.headers = headers or {}


class BadRequestError(ApiError):
    """The request is malformed, or its text cannot be taken."""


class UnauthorisedError(ApiError):
    """There is no valid token."""

    status = 401

    def __init__(self) -> None:
        super().__init__(
            "This conversation has ended or is not yours; start a new one.", {"WWW-Authenticate": "Bearer"}
        )


class ForeignOriginError(ApiError):
    """A page of another site is calling."""

    status = 403

    def __init__(self) -> None:
        super().__init__("This site may not use the chat.")


class NotFoundError(ApiError):
    """There is nothing at this address."""

    status = 404

    def __init__(self, sentence: str = "There is nothing at this address.") -> None:
        super().__init__(sentence)


class TooManyError(ApiError):
    """The caller is faster than the limits allow."""

    status = 429

    def __init__(self, wait: int) -> None:
        super().__init__("Too many messages at once; please wait a moment.", {"Retry-After": str(wait)})
