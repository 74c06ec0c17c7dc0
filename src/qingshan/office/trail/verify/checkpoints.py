"""Do the signed roots, the keys and the kept tree hashes fit the entries?"""

from __future__ import annotations

from itertools import pairwise

from qingshan.office.trail.access import CHANGE_KEY, NEW_KEY_AFTER_RESTORE
from qingshan.office.trail.checkpoints import Saved, signed_text
from qingshan.office.trail.keys import KnownKey, hands_over
from qingshan.office.trail.models import Checkpoint, Subtree
from qingshan.office.trail.signers import is_signed
from qingshan.office.trail.tree import STEP
from qingshan.office.trail.verify.chain import ChainCheck
from qingshan.office.trail.verify.reading import UNREADABLE, in_runs
from qingshan.office.trail.verify.report import Findings

RUN = 2000


def check_keys(findings: Findings, keys: list[KnownKey]) -> None:
    """Each key after the first was handed over by the one before, or began after a restore."""
    for old, new in pairwise(keys):
        if new.act == NEW_KEY_AFTER_RESTORE.code:
            findings.notice("new_key_after_restore", seq=new.seq)
        elif new.act != CHANGE_KEY.code or not hands_over(old, new):
            findings.fault("key_not_handed_over", seq=new.seq)


def read_checkpoints(findings: Findings) -> list[Checkpoint]:
    """All checkpoints that can be read; the others are faults."""
    runs = in_runs(
        Checkpoint.objects.all(),
        key="id",
        after=0,
        upto=None,
        run=RUN,
        spoilt=lambda number: findings.fault("checkpoint_unreadable", id=number),
    )
    read = [checkpoint for run in runs for checkpoint in run]
    whole = [checkpoint for checkpoint in read if isinstance(checkpoint.size, int)]
    for _ in range(len(read) - len(whole)):
        findings.fault("checkpoint_unreadable", id=None)
    return whole


def check_checkpoints(findings: Findings, checkpoints: list[Checkpoint], chain: ChainCheck) -> None:
    """Root and signature of every checkpoint."""
    for checkpoint in checkpoints:
        size = checkpoint.size
        if size not in chain.roots and chain.whole:
            findings.fault("checkpoint_beyond_end", size=size)
        elif chain.roots.get(size) != checkpoint.root:
            findings.fault("checkpoint_root_differs", size=size)
        if not _is_signed(checkpoint, chain.keys):
            findings.fault("checkpoint_signature_bad", size=size)


def _is_signed(checkpoint: Checkpoint, keys: list[KnownKey]) -> bool:
    try:
        in_use = [key for key in keys if key.seq <= checkpoint.size][-1]
        return in_use.fingerprint == checkpoint.key and is_signed(
            algorithm=checkpoint.algorithm,
            public_key=in_use.public_key,
            text=signed_text(checkpoint),
            signature=bytes.fromhex(checkpoint.signature),
        )
    except (IndexError, *UNREADABLE):
        return False


def check_kept_subtrees(findings: Findings, chain: ChainCheck, *, covered: int) -> None:
    """The cache of the tree: nothing changed, nothing missing below the newest checkpoint (`covered`)."""
    if not chain.whole:  # the chain's own faults say more
        return
    rows = {(row.level, row.place): row.hash for row in Subtree.objects.all()}
    for level, place in sorted(rows, key=str):
        expected = chain.frontier.kept.get((level, place))
        if expected is None or rows[level, place] != expected.hex():
            findings.fault("subtree_differs", level=level, place=place)
    level = STEP
    while covered >> level:
        missing = sum((level, place) not in rows for place in range(covered >> level))
        if missing:
            findings.fault("subtree_missing", level=level, count=missing)
        level += STEP


def check_against(findings: Findings, saved: Saved, chain: ChainCheck) -> None:
    """Whether the trail extends a checkpoint that was kept outside."""
    if saved.size > chain.frontier.size:
        findings.fault("against_too_long", size=saved.size, entries=chain.frontier.size)
    elif chain.roots.get(saved.size) != saved.root:
        findings.fault("against_root_differs", size=saved.size)
    elif saved.signature and not saved.is_signed:
        findings.fault("against_signature_bad", size=saved.size)
    elif saved.signature and saved.key not in {key.fingerprint for key in chain.keys}:
        findings.fault("against_key_unknown", size=saved.size)
    else:
        findings.notice("against_good", size=saved.size)
