"""Whose address a request counts for: the peer's, or the client's behind a proxy that is trusted."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

UNREADABLE = "unreadable"
"""One shared bucket for whatever a proxy passes on that is no address."""
CLIENT_BITS = 64
"""An IPv6 customer owns a whole network of this size and could change its address at every request."""
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]+)\](?::\d+)?|(?P<four>[\d.]+):\d+")


def limit_key(peer: str, forwarded: str | None, trusted: tuple[Network, ...]) -> str | None:
    """Name the bucket that a request counts for.

    Args:
        peer: The address at the other end of the connection.
        forwarded: The X-Forwarded-For header, where there is one.
        trusted: Proxies whose X-Forwarded-For is believed; anybody else could write anything there.

    Returns:
        The bucket's name, or None for a direct loopback peer, which has no limit by address.
    """
    address = _parse(peer)
    if address is not None and forwarded and _among(address, trusted):
        return _key(_client(forwarded, trusted))
    return None if address is not None and address.is_loopback else _key(address)


def _client(forwarded: str, trusted: tuple[Network, ...]) -> Address | None:
    """The nearest hop that no trusted proxy stands for: what is left of it, anybody could have written."""
    hops = [_parse(hop) for hop in reversed(forwarded.split(","))]
    return next((hop for hop in hops if hop is None or not _among(hop, trusted)), hops[-1])


def _among(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)


def _parse(text: str) -> Address | None:
    found = _WITH_PORT.fullmatch(text.strip())
    bare = (found["six"] or found["four"]) if found else text.strip()
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _key(address: Address | None) -> str:
    if address is None:
        return UNREADABLE
    if address.version == 6:
        return str(ip_network((address, CLIENT_BITS), strict=False))
    return str(address)
