"""How does disturbed land come into the balance of a mine, and how does it move from state to state? Only by acts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from shapely.geometry.base import BaseGeometry

from qingshan.geo.area import area_m2 as measured
from qingshan.geo.search import intersecting
from qingshan.office.accounts.access import require
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.mines.models import Mine, Site
from qingshan.office.restoration.actions.listing import not_to_come
from qingshan.office.restoration.actions.working import hectares
from qingshan.office.restoration.counting import Counted, Held, counted_once, has_area
from qingshan.office.restoration.models import LandMove, LandParcel, cm2
from qingshan.office.restoration.sentences import RestorationRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules import land
from qingshan.rules.errors import RuleBroken
from qingshan.rules.land import FourAnswers, LandAct, LandLine, LandState
from qingshan.rules.rectification import need_number


@official_act
def disturb_land(
    mine: Mine,
    *,
    name: str,
    occurred_on: date,
    site: Site | None = None,
    shape: BaseGeometry | None = None,
    area_m2: float | None = None,
    number: str = "",
    note: str = "",
    actor: ActorLike,
    now: datetime,
) -> LandParcel:
    """登记新增损毁: a plot by its shape, or by its area alone. Land that is counted already is counted once, and both
    are named. Refused: no registry duty, a mine outside the area, no name, no area, a day to come, land that is counted
    already to the last square metre.
    """
    line = land.BY_ACT[LandAct.DISTURB]
    region_id = site.region_id if site is not None else mine.region_id
    require(actor, line.act.value, region_id=region_id)
    not_to_come(occurred_on, now=now)
    if not name.strip():
        raise RestorationRefused.because("restoration.land_name_missing")
    counted = _counted(mine, shape, area_m2)
    parcel = LandParcel(
        mine=mine,
        region_id=region_id,
        site=site,
        name=name.strip()[:120],
        state=line.to_state.value,
        area_cm2=cm2(counted.area_m2) or 0,
        since_on=occurred_on,
        geom=shape,
    )
    parcel.save(force_insert=True)
    move = _written(
        line, parcel, parcel, "", parcel.area_cm2, occurred_on, number=number, note=note, now=now,
        overlaps=[each.as_json() for each in counted.overlaps] or None,
    )  # fmt: skip
    _record(line, parcel, [parcel, move], move, actor=actor, now=now)
    return parcel


def _counted(mine: Mine, shape: BaseGeometry | None, area_m2: float | None) -> Counted:
    """How much of it is new to the balances of all mines."""
    own_m2 = area_m2 if area_m2 is not None else measured(shape) if has_area(shape) else None
    if own_m2 is None or own_m2 <= 0:
        raise RestorationRefused.because("restoration.land_area_missing")
    if shape is None or not has_area(shape):
        return Counted(own_m2)
    near = intersecting(LandParcel.objects.filter(came_from=None), shape)
    rows = LandParcel.objects.filter(pk__in=near).select_related("mine").order_by("id")
    held = [Held(f"{row.mine.name} {row.name}", row.geom) for row in rows if row.geom is not None]
    counted = counted_once(shape, own_m2, held)
    if not cm2(counted.area_m2):
        names = "、".join(each.name for each in counted.overlaps)
        raise RestorationRefused.because("restoration.land_counted_already", names=names)
    return counted


@official_act
def move_land(
    parcel: LandParcel,
    act: LandAct,
    *,
    occurred_on: date,
    area_m2: float | None = None,
    number: str = "",
    note: str = "",
    answers: FourAnswers | None = None,
    actor: ActorLike,
    now: datetime,
) -> LandParcel:
    """Move a plot, or a part of it, into another state; the plot in which the moved land stands now. Refused: not the
    duty of the line, an act that does not lead from this state, more land than there is, no document where one is asked
    for, a question that is open or answered with yes, a day to come or before its state began.
    """
    require(actor, act.value, region_id=parcel.region_id)
    held = LandParcel.objects.select_for_update(of=("self",)).select_related("mine").get(pk=parcel.pk)
    if held.version != parcel.version:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(parcel))
    line = land.line_from(LandState(held.state), act.value)
    moved_cm2 = held.area_cm2 if area_m2 is None else cm2(area_m2) or 0
    not_to_come(occurred_on, now=now)
    if against := _against(line, held, moved_cm2, occurred_on, number, answers):
        raise RuleBroken(*against)
    before = held.state
    into = _moved(held, line, moved_cm2, occurred_on)
    move = _written(
        line, held, into, before, moved_cm2, occurred_on, number=number, note=note, now=now,
        answers={name: bool(value) for name, value in asdict(answers).items()}
        if line.asks_four_questions and answers
        else None,
    )  # fmt: skip
    subjects = [move, held] if into.pk == held.pk else [move, held, into]
    _record(line, into, subjects, move, actor=actor, now=now)
    return into


def _against(
    line: LandLine,
    held: LandParcel,
    moved_cm2: int,
    occurred_on: date,
    number: str,
    answers: FourAnswers | None,
) -> list[Any]:
    return [
        *land.need_area(moved_cm2, of_cm2=held.area_cm2),
        *land.need_day(occurred_on, since=held.since_on),
        *(need_number(number) if line.needs_number else ()),
        *(land.against_available(answers or FourAnswers()) if line.asks_four_questions else ()),
    ]


def _moved(held: LandParcel, line: LandLine, moved_cm2: int, on: date) -> LandParcel:
    """The plot itself where all of it moves; else a new one with the part, and the rest stays where it is."""
    held.version += 1
    if moved_cm2 == held.area_cm2:
        held.state, held.since_on = line.to_state.value, on
        held.save(update_fields=["state", "since_on", "version"])
        return held
    held.area_cm2 -= moved_cm2
    held.save(update_fields=["area_cm2", "version"])
    part = LandParcel(
        mine=held.mine,
        region_id=held.region_id,
        site_id=held.site_id,
        name=held.name,
        state=line.to_state.value,
        area_cm2=moved_cm2,
        since_on=on,
        came_from=held,
    )
    part.save(force_insert=True)
    return part


def _written(
    line: LandLine,
    parcel: LandParcel,
    into: LandParcel,
    before: str,
    area_cm2: int,
    on: date,
    *,
    number: str,
    note: str,
    now: datetime,
    **more: Any,
) -> LandMove:
    move = LandMove(
        mine_id=parcel.mine_id,
        region_id=parcel.region_id,
        parcel=parcel,
        into=into,
        act=line.act.value,
        from_state=before,
        to_state=line.to_state.value,
        area_cm2=area_cm2,
        number=number.strip()[:120],
        note=note.strip()[:500],
        occurred_on=on,
        recorded_at=now,
        **more,
    )
    move.save(force_insert=True)
    return move


def _record(
    line: LandLine,
    parcel: LandParcel,
    subjects: list[Any],
    move: LandMove,
    *,
    actor: ActorLike,
    now: datetime,
) -> None:
    told: dict[str, Any] = {
        "about": parcel.name,
        "mine": parcel.mine.name,
        "area_ha": hectares(move.area_m2),
        "land_state": line.to_state.value,
        "from_land_state": move.from_state or None,
        "number": move.number or None,
        "note": f"（{move.note}）" if move.note else "",
        **(move.answers or {}),
    }
    if move.overlaps:
        told["overlaps"] = "、".join(each["name"] for each in move.overlaps)
    record(
        act=line.act.value,
        actor=actor,
        now=now,
        occurred_on=move.occurred_on,
        subjects=subjects,
        new={name: value for name, value in told.items() if value is not None},
        region_id=move.region_id,
    )
