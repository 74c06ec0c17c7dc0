"""Do batches stand as their sites and numbers say? `doctor --state` asks."""

from __future__ import annotations

from collections.abc import Iterator

from qingshan.office.batches.drawing import faults_of
from qingshan.office.batches.facts import counts_of, rows_of
from qingshan.office.batches.models import Batch, BatchSite
from qingshan.office.matters.kinds import kind_named
from qingshan.rules.batches import reconcile
from qingshan.rules.reasons import CHINESE, say


def astray() -> list[str]:
    """One line for every batch whose counts do not add up, whose sample cannot be computed again, or that holds a site
    although it has ended.
    """
    return [*_batches(), *_held()]


def _batches() -> Iterator[str]:
    for batch in Batch.objects.select_related("matter").order_by("pk").iterator(chunk_size=200):
        for reason in reconcile(counts_of(rows_of(batch))):
            yield f"批次 {batch.matter.number}：{say(reason, CHINESE)}"
        yield from faults_of(batch)


def _held() -> Iterator[str]:
    held = BatchSite.objects.filter(is_open=True).select_related("batch__matter", "site").order_by("pk")
    for row in held.iterator(chunk_size=500):
        matter = row.batch.matter
        if matter.state_name in kind_named(matter.kind).flow.final or not row.is_listed:
            yield f"批次 {matter.number}：仍占用“{row.site}”"
