"""How can a value be erased from a record that nobody can change? The record holds only a commitment.

The commitment is SM3 over a random salt and the value; without the salt it tells nothing about the value,
so that erasing both leaves a record that still verifies.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from qingshan.office.trail.canonical import PERSONAL, flat, hash_in

SALT_BYTES = 32


@dataclass(frozen=True)
class Secret:
    """A personal value with the salt of its commitment."""

    field: str
    value: str
    salt: str

    @property
    def commitment(self) -> str:
        return commitment_of(field=self.field, value=self.value, salt=self.salt)


def commit(field: str, value: str) -> Secret:
    """The value under a new salt."""
    return Secret(field, value, secrets.token_hex(SALT_BYTES))


def commitment_of(*, field: str, value: str, salt: str) -> str:
    """What the entry holds."""
    return _digest(flat([field, salt, value]).encode())


_digest = hash_in(PERSONAL)
