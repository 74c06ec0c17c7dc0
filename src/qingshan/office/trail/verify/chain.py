"""Does every entry fit its hash, its predecessor, its subjects and its personal values?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery

from qingshan.office.trail.access import CONFIRM_ERASURE
from qingshan.office.trail.entries import COLUMNS, body_of, hash_of_body
from qingshan.office.trail.keys import KEY_ACTS, KnownKey, key_of
from qingshan.office.trail.models import NO_PREVIOUS, Entry, Head, PersonalValue, Subject
from qingshan.office.trail.personal import commitment_of
from qingshan.office.trail.subjects import digest_of_states
from qingshan.office.trail.verify.frontier import Frontier
from qingshan.office.trail.verify.reading import FILLED, UNREADABLE, in_runs, with_raw_marks
from qingshan.office.trail.verify.report import Counts, Findings
from qingshan.office.trail.verify.seals import SealCheck

RUN = 2000
PAPER_DAY_FILLED = f"{FILLED}paper_decided_on"
SUBJECTS_AT_ONCE = 50_000

Values = dict[str, Any]
States = list[tuple[str, int, str]]


class ChainCheck:
    """One pass over the entries; afterwards it knows the roots at the sizes asked for, and all keys."""

    def __init__(self, findings: Findings, counts: Counts, sizes: set[int]) -> None:
        self.findings, self.counts, self.sizes = findings, counts, sizes
        self.frontier = Frontier()
        self.roots: dict[int, str] = {}
        self.keys: list[KnownKey] = []
        self.whole = True
        """no entry was missing or unreadable so far"""
        self._last = (0, NO_PREVIOUS)
        self._confirmed: set[tuple[int, str, int]] = set()
        self._erased: list[PersonalValue] = []
        self._standing: list[tuple[int, str]] = []
        self._seals = SealCheck(findings)

    def run(self, upto: int) -> Iterator[int]:
        """Check the entries 1 to `upto`; yields how far it is."""
        rows = with_raw_marks(Entry.objects.all()).values(*COLUMNS, PAPER_DAY_FILLED)
        for entries in in_runs(rows, key="seq", after=0, upto=upto, run=RUN, spoilt=self._spoilt):
            for values in entries:
                self._entry(values)
            for some in _by_weight(entries):
                self._subjects(some)
            self._personal(entries)
            self.counts.entries += len(entries)
            yield self.counts.entries
        self._gap(upto + 1)
        self._erasures()
        self._seals.conclude(covered=max(self.sizes, default=0))

    def _entry(self, values: Values) -> None:
        seq, found = values["seq"], values["hash"]
        self._gap(seq)
        if values["previous"] != self._last[1]:
            self.findings.fault("previous_differs", seq=seq, before=self._last[0])
        if _hash_of(values) != found:
            self.findings.fault("hash_differs", seq=seq, act=str(values["act"]))
        self._seals.look(values)
        self._last = (seq, found)
        self._grow(seq, found)
        self._remember(values)

    def _grow(self, seq: int, found: str) -> None:
        try:
            self.frontier.add(bytes.fromhex(found))
        except UNREADABLE:
            self.whole = False
        if seq in self.sizes and self.whole:
            self.roots[seq] = self.frontier.root().hex()

    def _gap(self, seq: int) -> None:
        """Entries between the last one and `seq` are missing."""
        first = self._last[0] + 1
        if first < seq:
            self.whole = False
            self.findings.fault("gap", seq=first, to=seq - 1)

    def _spoilt(self, seq: int) -> None:
        self.whole = False
        self.findings.fault("hash_differs", seq=seq, act="?")

    def _remember(self, values: Values) -> None:
        """What later checks need: keys, and which erasures were confirmed."""
        act, seq = values["act"], values["seq"]
        if act not in KEY_ACTS and act != CONFIRM_ERASURE.code:
            return
        try:
            said = json.loads(values["new_json"])
            if act == CONFIRM_ERASURE.code:
                self._confirmed |= {(said["entry"], field, seq) for field in said["fields"]}
            else:
                self.keys.append(key_of(seq=seq, act=act, said=said))
        except UNREADABLE:
            self.findings.fault("key_unreadable", seq=seq)

    def _subjects(self, entries: list[Values]) -> None:
        found = _states_of(entries)
        for values in entries:
            states = found.get(values["seq"], [])
            self.counts.subjects += len(states)
            if _digest_of(states) != values["subjects_digest"] or len(states) != values["subject_count"]:
                self.findings.fault(
                    "subjects_differ", seq=values["seq"], found=len(states), count=values["subject_count"]
                )

    def _personal(self, entries: list[Values]) -> None:
        first, last = entries[0]["seq"], entries[-1]["seq"]
        between = PersonalValue.objects.filter(entry_seq__gte=first, entry_seq__lte=last)
        try:
            stored = {(row.entry_seq, row.field): row for row in between}
        except UNREADABLE:
            self.findings.fault("personal_unreadable", seq=first, to=last)
            return
        self.counts.personal += len(stored)
        for values in entries:
            for field, commitment in _commitments(values).items():
                row = stored.pop((values["seq"], field), None)
                self._personal_value(values["seq"], field, commitment, row)
        for seq, field in stored:
            self.findings.fault("personal_extra", seq=seq, field=field)

    def _personal_value(self, seq: int, field: str, commitment: str, row: PersonalValue | None) -> None:
        if row is None:
            self.findings.fault("personal_missing", seq=seq, field=field)
        elif row.erased_by is not None or not row.salt:
            self._erased.append(row)
        elif _commitment(row) != commitment:
            self.findings.fault("personal_differs", seq=seq, field=field)
        else:
            self._standing.append((seq, field))

    def _erasures(self) -> None:
        """Each erased value was confirmed by an act, and each confirmed erasure was carried out."""
        fault = self.findings.fault
        for row in self._erased:
            confirmed = (row.entry_seq, row.field, row.erased_by) in self._confirmed
            if not confirmed or row.value or row.salt:
                fault("personal_erased_outside", seq=row.entry_seq, field=row.field)
        confirmed_fields = {(seq, field) for seq, field, _ in self._confirmed}
        for seq, field in self._standing:
            if (seq, field) in confirmed_fields:
                fault("personal_not_erased", seq=seq, field=field)


def check_ends(findings: Findings) -> tuple[int, str]:
    """Number and hash of the head; whether it is the last entry's, and nothing lies outside the chain."""
    last = Entry.objects.filter(seq=OuterRef("seq")).values("hash")[:1]
    newest = Entry.objects.order_by("-seq").values("seq")[:1]
    rows = Head.objects.filter(id=1).annotate(found=Subquery(last), newest=Subquery(newest))
    head = rows.values_list("seq", "hash", "found", "newest").first()
    if head is None or not isinstance(head[0], int):
        findings.fault("head_missing")
        return Entry.objects.count(), ""
    seq, recorded, found, number = head
    if (found or NO_PREVIOUS, number or 0) != (recorded, seq):
        findings.fault("head_differs", head=seq, last=number)
    return seq, str(recorded)


def check_outside(findings: Findings) -> None:
    """Rows that lie outside the chain's numbers, counted in one statement each: acts go on meanwhile."""
    head = Subquery(Head.objects.filter(id=1).values("seq")[:1])
    for rows, number, code in (
        (Entry.objects.all(), "seq", "entries_outside"),
        (Subject.objects.all(), "entry_seq", "subjects_without_entry"),
        (PersonalValue.objects.all(), "entry_seq", "personal_without_entry"),
    ):
        inside = Q(**{f"{number}__gte": 1, f"{number}__lte": head})
        found = rows.aggregate(every=Count(F(number)), inside=Count(F(number), filter=inside))
        if found["every"] != found["inside"]:
            findings.fault(code, count=found["every"] - found["inside"])


def _hash_of(values: Values) -> str | None:
    if values["paper_decided_on"] is None and values[PAPER_DAY_FILLED]:
        return None  # something stands there that is no day
    try:
        return hash_of_body(body_of(values))
    except UNREADABLE:
        return None


def _states_of(entries: list[Values]) -> dict[int, States]:
    """The subject rows of these entries; those of an entry with an unreadable one are left out."""
    first, last = entries[0]["seq"], entries[-1]["seq"]
    try:
        return _read_states(first, last)
    except UNREADABLE:
        if first == last:
            return {}
        halves = entries[: len(entries) // 2], entries[len(entries) // 2 :]
        return {seq: states for half in halves for seq, states in _states_of(half).items()}


def _read_states(first: int, last: int) -> dict[int, States]:
    found: defaultdict[int, States] = defaultdict(list)
    between = Subject.objects.filter(entry_seq__gte=first, entry_seq__lte=last).order_by()
    for seq, kind, object_id, digest in between.values_list("entry_seq", "kind", "object_id", "digest"):
        found[seq].append((kind, object_id, digest))
    return found


def _digest_of(states: States) -> str | None:
    try:
        return digest_of_states(sorted(states))
    except UNREADABLE:
        return None


def _commitment(row: PersonalValue) -> str | None:
    try:
        return commitment_of(field=row.field, value=row.value, salt=row.salt)
    except UNREADABLE:
        return None


def _commitments(values: Values) -> dict[str, str]:
    if values["personal_json"] == "{}":
        return {}
    try:
        return dict(json.loads(values["personal_json"]))
    except UNREADABLE:  # the hash of the entry tells already
        return {}


def _by_weight(entries: list[Values]) -> Iterator[list[Values]]:
    """Runs of entries whose subjects fit into memory."""
    some: list[Values] = []
    weight = 0
    for values in entries:
        if some and weight > SUBJECTS_AT_ONCE:
            yield some
            some, weight = [], 0
        some.append(values)
        weight += values["subject_count"] if isinstance(values["subject_count"], int) else 0
    if some:
        yield some
