"""How does a signing key begin, and how is it changed?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from qingshan.office.trail.access import CHANGE_KEY, NEW_KEY_AFTER_RESTORE, START_KEY, require_duty
from qingshan.office.trail.actions.recording import official_act, record
from qingshan.office.trail.chain import lock_head
from qingshan.office.trail.keys import KnownKey, change_text, current_key
from qingshan.office.trail.parties import THE_SYSTEM, ActorLike
from qingshan.office.trail.sentences import TrailError
from qingshan.office.trail.signers import Signer, fingerprint_of, key_store


def usable_signer(*, now: datetime, actor: ActorLike = THE_SYSTEM) -> Signer:
    """The key in use; the first call starts one, the first call after a restore without keys a new one."""
    known = current_key()
    if known is not None and (signer := key_store().find(known.fingerprint)) is not None:
        return signer
    return _begin(actor=actor, now=now, instead_of=known)


@official_act
def _begin(*, actor: ActorLike, now: datetime, instead_of: KnownKey | None) -> Signer:
    """The one act that locks the head first: two processes that start together must not start two keys."""
    lock_head()
    if current_key() != instead_of:
        raise TrailError.because("trail.key_begun_meanwhile")
    signer = key_store().make()
    act = START_KEY if instead_of is None else NEW_KEY_AFTER_RESTORE
    previous = {} if instead_of is None else {"previous_key": instead_of.fingerprint}
    record(act=act.code, actor=actor, now=now, new={**described(signer), **previous})
    return signer


@official_act
def change_key(*, actor: ActorLike, now: datetime) -> Signer:
    """Start a new key, signed by the old one. Refused without the duty, or where the old key is not here."""
    require_duty(actor, CHANGE_KEY)
    lock_head()
    known = current_key()
    old = key_store().find(known.fingerprint) if known else None
    if known is None or old is None:
        raise TrailError.because("trail.no_key_to_hand_over")
    new = key_store().make()
    described_new = described(new)
    text = change_text(
        previous=known.fingerprint,
        fingerprint=described_new["key"],
        algorithm=new.algorithm,
        public_key=new.public_key,
    )
    handed_over = {"previous_key": known.fingerprint, "signature": old.sign(text).hex()}
    record(act=CHANGE_KEY.code, actor=actor, now=now, new={**described_new, **handed_over})
    return new


def described(signer: Signer) -> dict[str, Any]:
    """A key as its entry tells of it."""
    return {
        "key": fingerprint_of(signer.algorithm, signer.public_key),
        "algorithm": signer.algorithm,
        "public_key": signer.public_key.hex(),
    }
