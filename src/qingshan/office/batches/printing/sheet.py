"""What does the 现场验收表 say of a batch or single site?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qingshan.office.batches.facts import batch_of, listed_rows, panel_of
from qingshan.office.batches.models import Batch, BatchSite, SiteCheck
from qingshan.office.batches.queries import newest_checks
from qingshan.office.matters.queries import evidence_by_site
from qingshan.office.papers.forms import SEPARATOR, one_piece
from qingshan.office.papers.usual import Told, accepted_sheet, shown_by
from qingshan.rules.areas import area_text
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.single_site import SingleAct
from qingshan.rules.reasons import CHINESE


def acceptance(told: Told) -> dict[str, Any]:
    """An acceptance that was sent back since is none; the panel signs where one was named."""
    batch = batch_of(told.matter)
    done = told.newest(BatchAct.ACCEPT, SingleAct.ACCEPT) if batch.accepted_on else None
    sheet = accepted_sheet(told, done, what="")
    panel = "\n".join(_members(batch))
    return {**sheet, "attendants": panel or sheet["attendants"], "items": "\n".join(_items(batch))}


def _members(batch: Batch) -> Iterator[str]:
    """Who is on the panel and did not stay away, each with the unit and why this one is there."""
    for each in panel_of(batch):
        if not each.absent_because:
            pieces = (each.name, each.unit_name, each.part_named.zh)
            yield SEPARATOR.join(map(one_piece, pieces))


def _items(batch: Batch) -> Iterator[str]:
    """Site by site what was applied for, and what was found there."""
    rows = listed_rows(batch)
    checks, shown = newest_checks(rows), evidence_by_site(batch.matter)
    for row in rows:
        claimed = row.claimed_m2
        asked = f"{row.site} 申报完成 {area_text(claimed, CHINESE)}" if claimed is not None else str(row.site)
        found = (*_found(row, checks.get(row.pk)), shown_by(shown.get(row.site_id, ())))
        yield SEPARATOR.join(filter(None, (one_piece(asked), one_piece("、".join(filter(None, found))))))


def _found(row: BatchSite, check: SiteCheck | None) -> Iterator[str]:
    """Only of this round: what an earlier one found was mended or looked at again."""
    if check is not None and check.round_no == row.batch.round_no:
        yield f"{check.visited_on} {check.visitors} 到场"
        yield check.result_named.zh
    if row.done_m2 is not None:
        yield f"验收 {area_text(row.done_m2, CHINESE)}"
