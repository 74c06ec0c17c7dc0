"""Which keys have signed this trail, since when, and did each hand over to the next?

There is no table of keys: the trail itself says it, in the entries of three acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qingshan.office.trail.access import CHANGE_KEY, NEW_KEY_AFTER_RESTORE, START_KEY
from qingshan.office.trail.canonical import KEY_CHANGE, flat
from qingshan.office.trail.models import Entry
from qingshan.office.trail.signers import fingerprint_of, is_signed

KEY_ACTS = (START_KEY.code, CHANGE_KEY.code, NEW_KEY_AFTER_RESTORE.code)


@dataclass(frozen=True)
class KnownKey:
    """A key that an entry brought in."""

    fingerprint: str
    algorithm: str
    public_key: bytes
    seq: int
    """the entry that brought it in: it signs whatever comes after"""
    act: str
    previous: str | None
    signature: bytes
    """of the key before, over this change; empty at the start and after a restore"""


def known_keys() -> list[KnownKey]:
    """All keys, the one in use last."""
    return keys_in(Entry.objects.filter(act__in=KEY_ACTS).order_by("seq"))


def current_key() -> KnownKey | None:
    """The key in use."""
    return next(iter(keys_in(Entry.objects.filter(act__in=KEY_ACTS).order_by("-seq")[:1])), None)


def keys_in(entries: Iterable[Entry]) -> list[KnownKey]:
    """The keys that these entries brought in."""
    return [key_of(seq=entry.seq, act=entry.act, said=entry.new) for entry in entries]


def key_of(*, seq: int, act: str, said: Mapping[str, str]) -> KnownKey:
    """The key that an entry of a key act brought in; ValueError, KeyError, TypeError where it says none."""
    public_key = bytes.fromhex(said["public_key"])
    return KnownKey(
        fingerprint=fingerprint_of(said["algorithm"], public_key),
        algorithm=said["algorithm"],
        public_key=public_key,
        seq=seq,
        act=act,
        previous=said.get("previous_key"),
        signature=bytes.fromhex(said.get("signature", "")),
    )


def change_text(*, previous: str, fingerprint: str, algorithm: str, public_key: bytes) -> bytes:
    """What the old key signs when it hands over."""
    change = [previous, fingerprint, algorithm, public_key.hex()]
    return KEY_CHANGE + flat(change).encode()


def hands_over(old: KnownKey, new: KnownKey) -> bool:
    """Whether the old key signed for the new one."""
    text = change_text(
        previous=old.fingerprint,
        fingerprint=new.fingerprint,
        algorithm=new.algorithm,
        public_key=new.public_key,
    )
    return new.previous == old.fingerprint and is_signed(
        algorithm=old.algorithm, public_key=old.public_key, text=text, signature=new.signature
    )
