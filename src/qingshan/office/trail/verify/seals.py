"""Did the program write every entry, or did somebody who has the database alone?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qingshan.office.trail.seals import VOUCHING_ACTS, id_in, present_seal_key
from qingshan.office.trail.verify.report import Findings


@dataclass
class Run:
    """Entries in a row with seals of keys that are not here."""

    first: int
    last: int
    count: int = 1


class SealCheck:
    """Looks at every seal; what other keys sealed is judged at the end, when restores and checkpoints are known."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._key = present_seal_key()
        self._own_first: int | None = None
        self._vouched = 0
        self._others: list[Run] = []

    def look(self, values: Mapping[str, Any]) -> None:
        seq, entry_hash, seal = values["seq"], values["hash"], values["seal"]
        key_id = id_in(seal)
        if key_id is None or not isinstance(entry_hash, str):
            self._findings.fault("seal_differs", seq=seq)
        elif self._key is None or key_id != self._key.id:
            self._other(seq)
        elif not self._key.made(seal, entry_hash):
            self._findings.fault("seal_differs", seq=seq)
        else:
            self._own_first = self._own_first or seq
            self._vouched = seq if values["act"] in VOUCHING_ACTS else self._vouched

    def _other(self, seq: int) -> None:
        if self._others and self._others[-1].last == seq - 1:
            self._others[-1].last = seq
            self._others[-1].count += 1
        else:
            self._others.append(Run(seq, seq))

    def conclude(self, *, covered: int) -> None:
        """Another key's seals may stand before the first of ours, where a restore or a checkpoint vouches."""
        if self._key is None and self._others:
            self._findings.notice("seals_not_checked", count=sum(run.count for run in self._others))
            return
        for run in self._others:
            vouched = run.last <= max(covered, self._vouched)
            before_ours = self._own_first is None or run.last < self._own_first
            tell = self._findings.notice if vouched and before_ours else self._findings.fault
            tell("seals_of_another_key", seq=run.first, to=run.last)
