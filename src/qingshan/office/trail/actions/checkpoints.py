"""How is a checkpoint signed?"""

from __future__ import annotations

from datetime import datetime

from qingshan.office.trail.access import SIGN_CHECKPOINT
from qingshan.office.trail.actions.keys import usable_signer
from qingshan.office.trail.actions.recording import official_act, record
from qingshan.office.trail.chain import lock_head
from qingshan.office.trail.checkpoints import signed_text
from qingshan.office.trail.merkle import root
from qingshan.office.trail.models import Checkpoint, Entry, Head
from qingshan.office.trail.parties import THE_SYSTEM, ActorLike
from qingshan.office.trail.queries import newest_checkpoint
from qingshan.office.trail.seals import VOUCHING_ACTS, id_in, seal_key
from qingshan.office.trail.sentences import TrailError
from qingshan.office.trail.signers import Signer, fingerprint_of
from qingshan.office.trail.tree import StoredTree, keep_subtrees


class _NothingNew(Exception):
    """Another process signed first; its checkpoint covers everything."""


def sign_checkpoint(*, now: datetime, actor: ActorLike = THE_SYSTEM, covering: int = 0) -> Checkpoint:
    """Sign the root over all entries; the newest checkpoint where nothing happened since.

    The signing is an act with an entry of its own, which the next checkpoint covers; `covering` asks for
    one that covers a certain entry, even if that is the signing of the last one.
    """
    signer = usable_signer(now=now)
    # the long work is done before the head is locked: what comes meanwhile is little
    so_far = Head.objects.get().seq
    keep_subtrees(so_far)
    newest = newest_checkpoint()
    refuse_unsealed(after=newest.size if newest else 0, upto=so_far)
    try:
        return _sign(actor=actor, now=now, signer=signer, covering=covering, checked=so_far)
    except _NothingNew:
        return Checkpoint.objects.latest("size")


def covering_checkpoint(seq: int, *, now: datetime) -> Checkpoint:
    """The first checkpoint that covers an entry; it is signed now where there is none."""
    found = Checkpoint.objects.filter(size__gte=seq).order_by("size").first()
    return found or sign_checkpoint(now=now, covering=seq)


@official_act
def _sign(*, actor: ActorLike, now: datetime, signer: Signer, covering: int, checked: int) -> Checkpoint:
    # the head is locked first: no entry may come between the root and the entry that tells of it
    size, _ = lock_head()
    newest = newest_checkpoint()
    if newest is not None and size == newest.size + 1 and newest.size >= covering:
        raise _NothingNew
    refuse_unsealed(after=checked, upto=size)
    checkpoint = Checkpoint(
        size=size,
        root=root(StoredTree().complete, size).hex(),
        made_at=now,
        algorithm=signer.algorithm,
        key=fingerprint_of(signer.algorithm, signer.public_key),
    )
    checkpoint.signature = signer.sign(signed_text(checkpoint)).hex()
    checkpoint.save()
    said = {"size": size, "root": checkpoint.root, "key": checkpoint.key}
    record(act=SIGN_CHECKPOINT.code, actor=actor, now=now, subjects=[checkpoint], new=said)
    return checkpoint


def refuse_unsealed(*, after: int, upto: int) -> None:
    """TrailError where an entry that would be signed was not sealed by this installation.

    What another key sealed is signed where a restore without keys, or a change of keys, came after it.
    """
    key = seal_key()
    sealed = Entry.objects.filter(seq__gt=after).order_by("seq").values_list("seq", "hash", "seal")
    vouching = sealed.filter(act__in=VOUCHING_ACTS)
    vouched = max((seq for seq, entry_hash, seal in vouching if key.made(seal, entry_hash)), default=0)
    for seq, entry_hash, seal in sealed.filter(seq__lte=upto).iterator():
        of_before = seq < vouched and id_in(seal) not in {None, key.id}
        if not of_before and not key.made(seal, entry_hash):
            raise TrailError.because("trail.not_sealed", seq=seq)
