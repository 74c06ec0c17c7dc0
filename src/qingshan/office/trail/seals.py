"""Who wrote an entry: this program, or somebody who can only write to the database?

Each entry carries a seal: HMAC-SM3 over its hash, under a secret in the folder of keys. Whoever has the
database alone can make hashes anew to the end of the chain, but no seal; and no checkpoint is signed over
entries without one. The seal is no part of the hashed text: it convinces the keeper of the secret only,
as the signed checkpoints convince everybody.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from qingshan.office.trail.access import CHANGE_KEY, NEW_KEY_AFTER_RESTORE
from qingshan.office.trail.canonical import SEAL
from qingshan.office.trail.secret_files import kept_secret
from qingshan.vault import digests

ID_DIGITS = 8
FILE = "trail-seal.key"

VOUCHING_ACTS = (NEW_KEY_AFTER_RESTORE.code, CHANGE_KEY.code)
"""Whoever restores without keys, or changes them, vouches for what another key sealed before."""


@dataclass(frozen=True)
class SealKey:
    """The secret, ready for use."""

    id: str
    """names the secret without telling it"""
    keyed: digests.Keyed

    def seal(self, entry_hash: str) -> str:
        """The seal of an entry: the key's id and HMAC-SM3 (RFC 2104)."""
        return f"{self.id}:{self.keyed.hexdigest(SEAL + entry_hash.encode())}"

    def made(self, seal: object, entry_hash: str) -> bool:
        """Whether this key made the seal of this hash."""
        return isinstance(seal, str) and hmac.compare_digest(seal.encode(), self.seal(entry_hash).encode())


def key_of(secret: bytes) -> SealKey:
    """The key with this secret."""
    return SealKey(id=digests.sm3_hex(SEAL + secret)[:ID_DIGITS], keyed=digests.keyed(secret))


_LOADED: dict[Path, SealKey] = {}


def seal_key() -> SealKey:
    """The installation's key; the first act of an installation makes it."""
    place = Path(settings.KEYS_ROOT) / FILE
    if place not in _LOADED:
        _LOADED[place] = key_of(kept_secret(place))
    return _LOADED[place]


def present_seal_key() -> SealKey | None:
    """The key for checking; None where it is not on this machine."""
    return seal_key() if (Path(settings.KEYS_ROOT) / FILE).exists() else None


def id_in(seal: object) -> str | None:
    """The key that a seal claims; None where it is no seal at all."""
    if not isinstance(seal, str):
        return None
    key_id, _, mac = seal.partition(":")
    is_seal = len(key_id) == ID_DIGITS and len(mac) == digests.HEX_DIGITS
    return key_id if is_seal else None
