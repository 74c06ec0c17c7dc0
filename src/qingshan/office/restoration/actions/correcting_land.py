"""How is disturbed land put right that was entered with a wrong area, or for a wrong mine? By appended moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import shapely

from qingshan.geo.area import areas_m2
from qingshan.geo.search import intersecting
from qingshan.office.accounts.access import require
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.mines.models import Mine
from qingshan.office.restoration.access import CORRECT_LAND
from qingshan.office.restoration.actions.working import hectares
from qingshan.office.restoration.counting import NOISE_M2, has_area
from qingshan.office.restoration.models import LandMove, LandParcel, cm2
from qingshan.office.restoration.sentences import RestorationRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleBroken
from qingshan.rules.land import LandAct
from qingshan.rules.rectification import need_text


@official_act
def correct_land(
    parcel: LandParcel,
    *,
    area_m2: float | None = None,
    mine: Mine | None = None,
    grounds: str,
    number: str = "",
    actor: ActorLike,
    now: datetime,
) -> LandParcel:
    """更正登记损毁: the plot has another area (0: it was never there), or belongs to another mine; None: that stays.
    Its state stays too, and the balance moves by appended corrections alone. Refused: no registry duty, a region
    outside the area, no grounds, an area below zero, nothing that differs, a plot that changed meanwhile.
    """
    require(actor, CORRECT_LAND.code, region_id=parcel.region_id)
    if mine is not None:
        require(actor, CORRECT_LAND.code, region_id=mine.region_id)
    if unsaid := need_text(grounds):
        raise RuleBroken(*unsaid)
    held = LandParcel.objects.select_for_update(of=("self",)).select_related("mine", "site").get(pk=parcel.pk)
    if held.version != parcel.version:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(parcel))
    area_cm2 = held.area_cm2 if area_m2 is None else cm2(area_m2) or 0
    if area_cm2 < 0:
        raise RestorationRefused.because("restoration.area_negative", site=held.name)
    to = mine or held.mine
    if (to.pk, area_cm2) == (held.mine_id, held.area_cm2):
        raise RestorationRefused.because("restoration.nothing_to_correct")
    old = {"mine": held.mine.name, "area_ha": hectares(held.area_m2)}
    leaning = _leaning_on(held) if not area_cm2 else []
    moves = list(_moves(held, to, area_cm2, leaning, grounds=grounds, number=number, now=now))
    _write(held, to, area_cm2)
    new: dict[str, Any] = {
        "about": held.name,
        "mine": to.name,
        "area_ha": hectares(held.area_m2),
        "land_state": held.state,
        "number": number.strip() or None,
        "overlaps": "、".join(each["name"] for each in leaning) or None,
        "note": grounds.strip()[:500],
    }
    record(
        act=CORRECT_LAND.code,
        actor=actor,
        now=now,
        subjects=[held, *moves],
        old=old,
        new={name: value for name, value in new.items() if value is not None},
        region_id=held.region_id,
    )
    return held


def _moves(
    held: LandParcel,
    to: Mine,
    area_cm2: int,
    leaning: list[dict[str, Any]],
    *,
    grounds: str,
    number: str,
    now: datetime,
) -> Iterator[LandMove]:
    """At one mine the difference; from one mine to another all of it leaves, and what is right comes."""
    off, on = held.area_cm2, area_cm2
    if to.pk == held.mine_id:
        off, on = max(0, off - on), max(0, on - off)
    sides = (
        (held.mine_id, held.region_id, held.state, "", off),
        (to.pk, held.region_id if to.pk == held.mine_id else to.region_id, "", held.state, on),
    )
    for mine_id, region_id, before, after, area in sides:
        if not area:
            continue
        move = LandMove(
            mine_id=mine_id,
            region_id=region_id,
            parcel=held,
            into=held,
            act=LandAct.CORRECT.value,
            from_state=before,
            to_state=after,
            area_cm2=area,
            overlaps=leaning or None,
            number=number.strip()[:120],
            note=grounds.strip()[:500],
            occurred_on=shanghai_date(now),
            recorded_at=now,
        )
        move.save(force_insert=True)
        yield move


def _write(held: LandParcel, to: Mine, area_cm2: int) -> None:
    if to.pk != held.mine_id:
        held.mine, held.region_id = to, to.region_id
        if held.site is not None and held.site.mine_id != to.pk:
            held.site = None
    held.area_cm2 = area_cm2
    if not area_cm2 and not held.split_off.exists():
        held.geom = None
    held.version += 1
    held.save(update_fields=["mine", "region", "site", "area_cm2", "geom", "version"])


def _leaning_on(held: LandParcel) -> list[dict[str, Any]]:
    """Plots entered later that share land with one that was never there: it was not counted for them and has to be
    looked at, so both the move and the trail name them.
    """
    if held.geom is None or not has_area(held.geom):
        return []
    near = intersecting(LandParcel.objects.filter(came_from=None, pk__gt=held.pk), held.geom)
    rows = [
        row for row in LandParcel.objects.filter(pk__in=near).select_related("mine") if row.geom is not None
    ]
    shared = areas_m2(shapely.intersection(held.geom, [row.geom for row in rows])).tolist() if rows else []
    return [
        {"name": f"{row.mine.name} {row.name}", "area_m2": round(area, 2)}
        for row, area in zip(rows, shared, strict=True)
        if area > NOISE_M2
    ]
