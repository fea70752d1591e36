"""Keys derived from the bot's one secret, one for each purpose, so that no key serves two ends."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derive_key(secret: str, purpose: str) -> bytes:
    """Derive the key for ``purpose`` from the secret; another purpose gives an unrelated key."""
    kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"tandem {purpose}".encode())
    return kdf.derive(secret.encode())
