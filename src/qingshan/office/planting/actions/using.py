"""How does the planned use of restored land change, and how is its actual use noted? On the sites of projects."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from qingshan.office.accounts.access import require
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.planting.access import CHANGE_USE, NOTE_USE
from qingshan.office.planting.actions.plots import not_to_come
from qingshan.office.planting.models import UseChange, UseSide
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.planting.wording import twins
from qingshan.office.restoration.models import ProjectSite
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.afteruse import Afteruse, SeenBy


@official_act
def change_planned_use(
    row: ProjectSite,
    *,
    use: Afteruse,
    number: str,
    approved_on: date,
    note: str = "",
    actor: ActorLike,
    now: datetime,
) -> UseChange:
    """变更计划利用方向, by an approval. Refused: no review duty, outside the area, no document, a day to come, no
    change, a site that has left its project.
    """
    held = _held(row, CHANGE_USE, actor)
    not_to_come(approved_on, now=now)
    if not number.strip():
        raise PlantingRefused.because("planting.number_missing")
    if held.planned_use == use:
        raise PlantingRefused.because("planting.same_use", use=use.zh, use_en=use.en)
    change = _changed(
        held, UseSide.PLANNED, use, before=held.planned_use, on=approved_on, number=number, note=note
    )
    _recorded(change, held, CHANGE_USE, actor=actor, now=now)
    return change


@official_act
def note_actual_use(
    row: ProjectSite,
    *,
    use: Afteruse,
    seen_by: SeenBy,
    seen_on: date,
    number: str = "",
    note: str = "",
    actor: ActorLike,
    now: datetime,
) -> UseChange:
    """登记实际利用方向, as it was seen; the same use seen again is noted too. Refused: no registry duty, outside the
    area, a day to come, a site that has left its project.
    """
    held = _held(row, NOTE_USE, actor)
    not_to_come(seen_on, now=now)
    change = _changed(
        held,
        UseSide.ACTUAL,
        use,
        before=held.actual_use,
        on=seen_on,
        number=number,
        note=note,
        seen_by=seen_by.value,
    )
    _recorded(change, held, NOTE_USE, actor=actor, now=now)
    return change


def _held(row: ProjectSite, act: Act, actor: ActorLike) -> ProjectSite:
    require(actor, act.code, region_id=row.site.region_id)
    rows = ProjectSite.objects.select_for_update(of=("self",)).select_related("site").defer("site__geom")
    held = rows.get(pk=row.pk)
    if held.version != row.version:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(row.site))
    if held.left_on is not None:
        raise PlantingRefused.because("planting.left_project", site=str(held.site))
    return held


def _changed(
    held: ProjectSite,
    side: UseSide,
    use: Afteruse,
    *,
    before: str,
    on: date,
    number: str,
    note: str,
    **more: str,
) -> UseChange:
    change = UseChange(
        project_site=held,
        region_id=held.site.region_id,
        side=side.value,
        before=before,
        after=use.value,
        number=number.strip()[:120],
        occurred_on=on,
        note=note.strip()[:500],
        **more,
    )
    change.save(force_insert=True)
    field = "planned_use" if side is UseSide.PLANNED else "actual_use"
    setattr(held, field, use.value)
    held.version += 1
    held.save(update_fields=[field, "version"])
    return change


def _recorded(change: UseChange, held: ProjectSite, act: Act, *, actor: ActorLike, now: datetime) -> None:
    told: dict[str, Any] = {
        "about": str(held.site),
        **twins("use_before", change.before_named),
        **twins("use_after", change.after_named),
        "day": change.occurred_on.isoformat(),
        **twins("seen_by", change.seen_by_named),
        "number": change.number or None,
        "note": change.note or None,
    }
    record(
        act=act.code,
        actor=actor,
        now=now,
        occurred_on=change.occurred_on,
        subjects=[change, held],
        new={name: value for name, value in told.items() if value is not None},
        region_id=change.region_id,
    )
