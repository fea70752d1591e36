"""The pages that may use the chat: an allow-list of origins, compared as browsers write them."""

from __future__ import annotations

DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def own_origins(port: int) -> tuple[str, ...]:
    """The bot's own origins on this machine."""
    return tuple(normalised(f"http://{host}:{port}") for host in ("127.0.0.1", "localhost"))


def normalised(origin: str) -> str:
    """An origin in the one form that a browser sends: lower case, without its scheme's own port."""
    lower = origin.strip().lower().removesuffix("/")
    return lower.removesuffix(DEFAULT_PORTS.get(lower.partition("://")[0], "/"))


class AllowedOrigins:
    """Decides whether a page's origin may call the API."""

    def __init__(self, given: tuple[str, ...], port: int) -> None:
        self.listed = tuple(dict.fromkeys((*own_origins(port), *map(normalised, given))))

    def __contains__(self, origin: object) -> bool:
        # As it came: a browser never sends another spelling, so another spelling is not a browser.
        return origin in self.listed
