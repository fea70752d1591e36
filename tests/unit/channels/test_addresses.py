"""Whose bucket a request counts for."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from bot.channels.addresses import limit_key

TRUSTED = (ip_network("10.0.0.0/8"), ip_network("127.0.0.1/32"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "key"),
    [
        ("127.0.0.1", None, None),
        ("127.0.0.1", "", None),
        ("::1", None, None),
        ("::ffff:127.0.0.1", None, None),
        ("203.0.113.7", None, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "127.0.0.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
        ("::1", "198.51.100.1", None),
        ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::/64"),
        ("10.0.0.1", "198.51.100.1, garbage", "unreadable"),
        ("10.0.0.1", ",", "unreadable"),
        ("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        ("", None, "unreadable"),
    ],
)
def test_a_request_counts_for_the_nearest_address_that_is_no_trusted_proxy(
    peer: str, forwarded: str | None, key: str | None
) -> None:
    assert limit_key(peer, forwarded, TRUSTED) == key


def test_without_trusted_proxies_nothing_forwarded_is_believed() -> None:
    assert limit_key("127.0.0.1", "198.51.100.1", ()) is None
    assert limit_key("203.0.113.7", "198.51.100.1", ()) == "203.0.113.7"
