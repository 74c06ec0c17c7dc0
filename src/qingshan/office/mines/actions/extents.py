"""How do the extents of approved plans come from a file into the register? By one act over all of them."""

from __future__ import annotations

from datetime import datetime

from qingshan.exchange import staging
from qingshan.exchange.models import Import, Outcome
from qingshan.office.accounts.access import require
from qingshan.office.applying import account_of
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.mines.access import IMPORT_EXTENTS
from qingshan.office.mines.models import ApprovedPlan
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import ActorLike


@official_act
def import_extents(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入方案范围. Refused: no registry duty, a region outside the area, a plan replaced since the preview."""
    require(actor, IMPORT_EXTENTS.code)
    staging.claim(import_, actor=actor)
    written: list[ApprovedPlan] = []
    for batch in staging.rows(import_, outcomes=(Outcome.CHANGED,)):
        ids = [row.target_id for row in batch]
        held = ApprovedPlan.objects.select_for_update(of=("self",)).filter(replaced_by=None)
        plans = held.order_by("pk").in_bulk(ids)
        for row in batch:
            plan = plans.get(row.target_id or 0)
            if plan is None:
                raise ChangedMeanwhile.because("office.changed_meanwhile", what=row.values["number"])
            require(actor, IMPORT_EXTENTS.code, region_id=plan.region_id)
            plan.geom = row.geom
            plan.save(update_fields=["geom"])
            written.append(plan)
    entry = record(act=IMPORT_EXTENTS.code, actor=actor, now=now, subjects=written, new=account_of(import_))
    staging.finish(import_, entry_sequence=entry.seq)
    return entry
