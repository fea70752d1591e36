"""The headers that every answer carries, and the policies of the pages."""

from __future__ import annotations

from collections.abc import Mapping

API_POLICY = "default-src 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
WIDGET_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: {sites}; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self' {sites}"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
UNLESS_SET = {
    "Content-Security-Policy": API_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def page_headers() -> dict[str, str]:
    """What the demo page carries: nothing may frame it, and it loads nothing from elsewhere."""
    return {"Content-Security-Policy": PAGE_POLICY, "X-Frame-Options": "DENY", "Cache-Control": "no-cache"}


def widget_headers(origins: tuple[str, ...], cache: str) -> dict[str, str]:
    """What the widget's files carry: the clinic's sites may load and frame them, and lend the chat a picture."""
    return {
        "Content-Security-Policy": WIDGET_POLICY.format(sites=" ".join(origins)),
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": cache,
    }


def cors_headers(origin: str) -> dict[str, str]:
    """What lets a page of an allowed origin read the answer."""
    return {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Retry-After"}


PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}


def missing(present: Mapping[str, str]) -> dict[str, str]:
    """The headers that an answer with these still needs."""
    return {**ALWAYS, **{name: value for name, value in UNLESS_SET.items() if name not in present}}
