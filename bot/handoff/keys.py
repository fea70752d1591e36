"""Keys derived from the bot's secret, one for each purpose, so that no key serves two ends.

The secret may be several, separated by commas, the newest first: the newest signs and seals, the older ones
still verify and open, until nothing is left that they signed or sealed.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derive_key(secret: str, purpose: str) -> bytes:
    """Derive the key for ``purpose`` from the newest secret; another purpose gives an unrelated key."""
    return derive_keys(secret, purpose)[0]


def derive_keys(secret: str, purpose: str) -> tuple[bytes, ...]:
    """Derive the keys for ``purpose`` from all the secrets, the newest first."""
    return tuple(_derived(each, purpose) for each in split_secret(secret))


def split_secret(secret: str) -> tuple[str, ...]:
    """Take a list of secrets apart."""
    return tuple(each.strip() for each in secret.split(",") if each.strip())


def _derived(secret: str, purpose: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"tandem {purpose}".encode())
    return kdf.derive(secret.encode())
