"""How is a record taken back that was entered wrongly? It stays, with the reason, and counts no more."""

from __future__ import annotations

from datetime import date, datetime

from qingshan.office.accounts.access import require
from qingshan.office.planting.access import WITHDRAW
from qingshan.office.planting.actions.plots import held_plot
from qingshan.office.planting.models import Planting, Plot, PlotObservation
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.planting.surviving import check_counts
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date


@official_act
def withdraw_planting(
    plot: Plot, row: Planting, *, because: str, actor: ActorLike, now: datetime
) -> Planting:
    """撤回栽植记录. Refused: no registry duty, no reason, withdrawn already, plants that were counted since."""
    _withdrawn(plot, row, "栽植记录", because=because, day=row.planted_on.isoformat(), actor=actor, now=now)
    return row


@official_act
def withdraw_observation(
    plot: Plot, row: PlotObservation, *, because: str, actor: ActorLike, now: datetime
) -> PlotObservation:
    """撤回成活调查. Refused: no registry duty, no reason, withdrawn already."""
    _withdrawn(plot, row, "成活调查", because=because, day=row.observed_on.isoformat(), actor=actor, now=now)
    return row


def _withdrawn(
    plot: Plot,
    row: Planting | PlotObservation,
    what: str,
    *,
    because: str,
    day: str,
    actor: ActorLike,
    now: datetime,
) -> None:
    require(actor, WITHDRAW.code, region_id=plot.region_id)
    held = held_plot(plot)
    row.refresh_from_db()
    if row.withdrawn_on is not None:
        raise PlantingRefused.because("planting.withdrawn_already")
    if not because.strip():
        raise PlantingRefused.because("planting.reason_missing")
    row.withdrawn_on, row.withdrawn_because = shanghai_date(now), because.strip()[:200]
    row.version += 1
    row.save(update_fields=["withdrawn_on", "withdrawn_because", "version"])
    check_counts(held)
    held.observed_on = _last_observed(held)
    held.version += 1
    held.save(update_fields=["observed_on", "version"])
    record(
        act=WITHDRAW.code,
        actor=actor,
        now=now,
        subjects=[row, held],
        new={
            "about": str(held),
            "what": what,
            "day": day,
            "note": row.withdrawn_because,
        },
        region_id=held.region_id,
    )


def _last_observed(plot: Plot) -> date | None:
    rows = PlotObservation.objects.filter(plot=plot, withdrawn_on=None).order_by("-observed_on")
    return rows.values_list("observed_on", flat=True).first()
