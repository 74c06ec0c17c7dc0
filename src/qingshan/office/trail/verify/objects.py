"""Is every live object as the last act about it left it?"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

from qingshan.office.trail.models import Subject
from qingshan.office.trail.subjects import GONE, SubjectKind, declared_subjects, digest_of, digests_of
from qingshan.office.trail.verify.reading import UNREADABLE, in_runs, that_hide_junk, with_raw_marks
from qingshan.office.trail.verify.report import Counts, Findings

RUN = 2000
BEFORE_ALL = -(2**63)

Recorded = tuple[int | None, str | None]
Latest = dict[int, Recorded]
"""object id -> the newest entry about it and the digest there"""
NEVER: Recorded = (None, None)
SUSPECTS_AT_ONCE = 500


class ObjectCheck:
    """Walks live rows and recorded subjects side by side, by ascending id."""

    def __init__(self, findings: Findings, counts: Counts) -> None:
        self.findings, self.counts = findings, counts
        self._spoilt: set[int] = set()

    def run(self) -> Iterator[int]:
        """All declared kinds; yields how many objects were compared so far."""
        kinds = declared_subjects()
        for kind in kinds.values():
            yield from self._kind(kind)
        for name in sorted(_recorded_kinds() - set(kinds), key=str):
            self.findings.notice("kind_unknown", kind=str(name))

    def _kind(self, kind: SubjectKind) -> Iterator[int]:
        rows = with_raw_marks(kind.model._base_manager.all())
        self._spoilt, after = set(), BEFORE_ALL
        for run in in_runs(rows, key="pk", after=after, upto=None, run=RUN, spoilt=self._spoilt.add):
            self._spoilt |= {row.pk for row in that_hide_junk(run)}
            digests = self._digests([row for row in run if row.pk not in self._spoilt])
            upto = max([*digests, *self._spoilt], default=after)
            self._compare(kind, digests, after, upto)
            after = upto
            self.counts.objects += len(digests)
            yield self.counts.objects
        self._compare(kind, {}, after, None)
        for object_id in sorted(self._spoilt):
            self.findings.fault("object_unreadable", kind=kind.kind, id=object_id)

    def _digests(self, run: list[Model]) -> dict[int, str]:
        try:
            return dict(zip([row.pk for row in run], digests_of(run), strict=True))
        except UNREADABLE:
            return {row.pk: digest for row in run if (digest := self._digest(row)) is not None}

    def _digest(self, row: Model) -> str | None:
        try:
            return digest_of(row)
        except UNREADABLE:
            self._spoilt.add(row.pk)
            return None

    def _compare(self, kind: SubjectKind, digests: dict[int, str], after: int, upto: int | None) -> None:
        """Compare the objects with `after` < id <= `upto` with what was recorded of these ids."""
        try:
            latest = _latest(kind.kind, after, upto)
        except UNREADABLE:
            self.findings.fault("subjects_unreadable", kind=kind.kind, first=after + 1)
            return
        suspects = [
            object_id
            for object_id in sorted(digests.keys() | latest.keys())
            if object_id not in self._spoilt
            and _judged(latest.get(object_id, NEVER)[1], digests.get(object_id, GONE))
        ]
        for start in range(0, len(suspects), SUSPECTS_AT_ONCE):
            self._look_again(kind, suspects[start : start + SUSPECTS_AT_ONCE])

    def _look_again(self, kind: SubjectKind, suspects: list[int]) -> None:
        """Read them once more: an act may have ended between the two readings."""
        while suspects:
            before = _newest(kind.kind, suspects)
            rows = {row.pk: row for row in kind.model._base_manager.filter(pk__in=suspects)}
            after = _newest(kind.kind, suspects)
            settled = [each for each in suspects if before.get(each) == after.get(each)]
            for object_id in settled:
                live = digest_of(rows[object_id]) if object_id in rows else GONE
                self._tell(kind.kind, object_id, after.get(object_id, NEVER), live)
            suspects = [each for each in suspects if each not in set(settled)]

    def _tell(self, kind: str, object_id: int, latest: Recorded, live: str) -> None:
        seq, recorded = latest
        code = _judged(recorded, live)
        if code is not None:
            self.findings.fault(code, kind=kind, id=object_id, seq=seq)


def _judged(recorded: str | None, live: str) -> str | None:
    """What is wrong between the digest that was recorded (None: by no act) and that of the live row."""
    if recorded is None:
        return None if live == GONE else "object_without_act"
    if recorded == live:
        return None
    if live == GONE:
        return "object_vanished"
    return "object_back" if recorded == GONE else "object_changed"


def _latest(kind: str, after: int, upto: int | None) -> Latest:
    rows = Subject.objects.filter(kind=kind, object_id__gt=after)
    if upto is not None:
        rows = rows.filter(object_id__lte=upto)
    found = rows.order_by("object_id", "entry_seq").values_list("object_id", "entry_seq", "digest")
    # an id that is no whole number is told by the entry, whose subjects differ
    return {object_id: (seq, digest) for object_id, seq, digest in found if isinstance(object_id, int)}


def _recorded_kinds() -> set[str]:
    try:
        return set(Subject.objects.order_by().values_list("kind", flat=True).distinct())
    except UNREADABLE:  # told by the entry, whose subjects differ
        return set()


def _newest(kind: str, object_ids: list[int]) -> Latest:
    rows = Subject.objects.filter(kind=kind, object_id__in=object_ids).order_by("object_id", "entry_seq")
    found = rows.values_list("object_id", "entry_seq", "digest")
    return {object_id: (seq, digest) for object_id, seq, digest in found}
