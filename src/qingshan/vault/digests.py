"""How is a file or a text reduced to its SM3 digest (GB/T 32905)?

OpenSSL's SM3 through hashlib, the one of `cryptography` where this Python's OpenSSL has none.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Protocol, Self

HEX_DIGITS = 64
BLOCK_BYTES = 64


class Hash(Protocol):
    """What both libraries offer."""

    def update(self, data: bytes, /) -> None: ...
    def copy(self) -> Self: ...
    def digest(self) -> bytes: ...
    def hexdigest(self) -> str: ...


class CryptographySm3:
    """SM3 of `cryptography` in the shape of hashlib."""

    def __init__(self, state: Any = None) -> None:
        from cryptography.hazmat.primitives import hashes

        self._state = state or hashes.Hash(hashes.SM3())

    def update(self, data: bytes, /) -> None:
        self._state.update(data)

    def copy(self) -> CryptographySm3:
        return CryptographySm3(self._state.copy())

    def digest(self) -> bytes:
        return bytes(self._state.copy().finalize())

    def hexdigest(self) -> str:
        return self.digest().hex()


def _openssl_has_sm3() -> bool:
    try:
        hashlib.new("sm3", b"")
    except ValueError:
        return False
    return True


_OPENSSL = _openssl_has_sm3()


def new(data: bytes = b"") -> Hash:
    """A running SM3."""
    if _OPENSSL:
        return hashlib.new("sm3", data)
    state = CryptographySm3()
    state.update(data)
    return state


def sm3(data: bytes) -> bytes:
    """32 bytes."""
    return new(data).digest()


def sm3_hex(data: bytes) -> str:
    """64 hexadecimal digits, as digests are stored and printed."""
    return new(data).hexdigest()


@dataclass(frozen=True)
class Keyed:
    """HMAC-SM3 (RFC 2104) under one secret, ready for many messages."""

    inner: Hash
    outer: Hash

    def hexdigest(self, message: bytes) -> str:
        """What only the keeper of the secret can make of this message."""
        inner, outer = self.inner.copy(), self.outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.hexdigest()


def keyed(secret: bytes) -> Keyed:
    """HMAC-SM3 under a secret of at most one block."""
    padded = secret.ljust(BLOCK_BYTES, b"\x00")
    return Keyed(new(bytes(byte ^ 0x36 for byte in padded)), new(bytes(byte ^ 0x5C for byte in padded)))
