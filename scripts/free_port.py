"""Prints a port of this machine that nobody uses: for a server that is to be in nobody's way."""

from __future__ import annotations

import socket


def free_port() -> int:
    """Find a port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    print(free_port())
