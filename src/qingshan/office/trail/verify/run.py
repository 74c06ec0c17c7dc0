"""Verify the whole trail and everything that its acts made, while the office goes on working."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from qingshan.geo.triggers import missing_triggers
from qingshan.office.trail.checkpoints import Saved, read
from qingshan.office.trail.subjects import declared_subjects
from qingshan.office.trail.triggers import APPEND_ONLY
from qingshan.office.trail.verify import sentences  # noqa: F401  declares what is said
from qingshan.office.trail.verify.chain import ChainCheck, check_ends, check_outside
from qingshan.office.trail.verify.checkpoints import (
    check_against,
    check_checkpoints,
    check_kept_subtrees,
    check_keys,
    read_checkpoints,
)
from qingshan.office.trail.verify.objects import ObjectCheck
from qingshan.office.trail.verify.report import Counts, Findings, Report

Progress = Callable[[int, int], None]


def verify_trail(against: Path | Saved | None = None, progress: Progress | None = None) -> Report:
    """Check chain, hashes, numbers, subjects, personal values, checkpoints, keys and every live object.

    `against` is a checkpoint kept outside (a file, or read by `checkpoints.read`): a history that does not
    extend it is refused. `progress` is told (done, total). Raises TrailError for a file without checkpoint.
    """
    saved = read(against.read_text("utf-8")) if isinstance(against, Path) else against
    began, findings, counts = time.perf_counter(), Findings(), Counts()
    _check_guards(findings)
    checkpoints = read_checkpoints(findings)
    head_seq, head_hash = check_ends(findings)
    chain = ChainCheck(
        findings, counts, {each.size for each in checkpoints} | ({saved.size} if saved else set())
    )
    told = _teller(progress, head_seq)
    for done in chain.run(head_seq):
        told(done)
    check_outside(findings)
    check_keys(findings, chain.keys)
    counts.checkpoints = len(checkpoints)
    check_checkpoints(findings, checkpoints, chain)
    check_kept_subtrees(findings, chain, covered=max((each.size for each in checkpoints), default=0))
    if saved:
        check_against(findings, saved, chain)
    for done in ObjectCheck(findings, counts).run():
        told(head_seq + done)
    return Report(
        counts=counts,
        faults=tuple(findings.faults),
        notices=tuple(findings.notices),
        fault_count=findings.fault_count,
        head_seq=head_seq,
        head_hash=head_hash,
        seconds=time.perf_counter() - began,
    )


def _teller(progress: Progress | None, head_seq: int) -> Callable[[int], None]:
    if progress is None:
        return lambda done: None
    objects = sum(kind.model._base_manager.count() for kind in declared_subjects().values())
    return lambda done: progress(done, head_seq + objects)


def _check_guards(findings: Findings) -> None:
    ours = tuple(f"{table}_no_" for table in APPEND_ONLY)
    for name in missing_triggers(connection):
        if name.startswith(ours):
            findings.fault("trigger_missing", name=name)
