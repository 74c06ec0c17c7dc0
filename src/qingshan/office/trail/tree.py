"""How is the Merkle tree of a million entries answered from without reading a million entries?

Every eighth level of full subtrees is kept in a table, so that any root or path needs a few runs of at
most 256 neighbours. The table is a cache: `verify` computes all of it again from the entries.
"""

from __future__ import annotations

from django.db import transaction

from qingshan.office.trail.merkle import fold, leaf_hash
from qingshan.office.trail.models import Entry, Subtree

STEP = 8
WIDTH = 1 << STEP
RUNS_AT_ONCE = 64


class StoredTree:
    """Full subtrees over the stored entries; one object for one question, as it remembers what it read."""

    def __init__(self) -> None:
        self._runs: dict[tuple[int, int], dict[int, bytes]] = {}

    def complete(self, level: int, place: int) -> bytes:
        """The hash of the full subtree, see merkle.Complete."""
        kept = level - level % STEP
        count = 1 << (level - kept)
        return fold([self._kept(kept, place * count + number) for number in range(count)])

    def _kept(self, level: int, place: int) -> bytes:
        run = place // WIDTH
        if (level, run) not in self._runs:
            self._runs[level, run] = _read_run(level, run)
        found = self._runs[level, run].get(place)
        if found is None and level > 0:  # not in the cache yet
            below = range(place * WIDTH, (place + 1) * WIDTH)
            found = self._runs[level, run][place] = fold([self._kept(level - STEP, each) for each in below])
        if found is None:
            raise LookupError(f"there is no entry {place + 1}")
        return found


def _read_run(level: int, run: int) -> dict[int, bytes]:
    first = run * WIDTH
    if level == 0:
        entries = Entry.objects.filter(seq__gt=first, seq__lte=first + WIDTH).values_list("seq", "hash")
        return {seq - 1: leaf_hash(bytes.fromhex(found)) for seq, found in entries}
    rows = Subtree.objects.filter(level=level, place__gte=first, place__lt=first + WIDTH)
    return {place: bytes.fromhex(found) for place, found in rows.values_list("place", "hash")}


def keep_subtrees(size: int) -> None:
    """Bring the cache up to the first `size` entries, in short transactions. Any process may do it."""
    level = STEP
    while size >> level:
        while _keep_some(level, size >> level):
            pass
        level += STEP


def _keep_some(level: int, wanted: int) -> bool:
    with transaction.atomic():
        newest = (
            Subtree.objects.filter(level=level).order_by("-place").values_list("place", flat=True).first()
        )
        first = 0 if newest is None else newest + 1
        places = range(first, min(wanted, first + RUNS_AT_ONCE))
        tree = StoredTree()
        rows = [Subtree(level=level, place=place, hash=tree.complete(level, place).hex()) for place in places]
        Subtree.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows) == RUNS_AT_ONCE
