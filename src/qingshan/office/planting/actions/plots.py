"""How does a planted plot enter the books, and how is its entry corrected?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from shapely.geometry.base import BaseGeometry

from qingshan.geo.area import area_m2 as measured
from qingshan.office.accounts.access import require
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.mines.models import Site
from qingshan.office.planting.access import CORRECT, REGISTER, WITHDRAW_PLOT
from qingshan.office.planting.models import CareTask, Plot
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.restoration.actions.working import hectares
from qingshan.office.restoration.counting import has_area
from qingshan.office.restoration.models import ProjectSite, RestorationProject
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.zones import Ground

UNKNOWN = Ground()


@dataclass(frozen=True)
class NewPlot:
    """What is said of a plot. Without a shape its area is said; without a number it gets the next one of its site."""

    site: Site
    name: str = ""
    key: str = ""
    shape: BaseGeometry | None = None
    area_m2: float | None = None
    ground: Ground = UNKNOWN
    project: RestorationProject | None = None
    note: str = ""


@official_act
def register_plot(new: NewPlot, *, actor: ActorLike, now: datetime) -> Plot:
    """登记造林种草地块. Refused: no registry duty, a site outside the area, neither shape nor area, a number that is
    taken, a project that does not work on the site.
    """
    require(actor, REGISTER.code, region_id=new.site.region_id)
    shape = new.shape if has_area(new.shape) else None
    if shape is None and not (new.area_m2 and new.area_m2 > 0):
        raise PlantingRefused.because("planting.area_missing")
    _check_project(new.project, new.site)
    key = new.key.strip() or next_key(new.site)
    if Plot.objects.filter(key=key).exists():
        raise PlantingRefused.because("planting.key_taken", value=key)
    plot = Plot(
        key=key,
        name=new.name.strip()[:120],
        region_id=new.site.region_id,
        site=new.site,
        project=new.project,
        geom=shape,
        area_m2=None if shape is None else measured(shape),
        reported_area_m2=new.area_m2,
        note=new.note.strip()[:500],
        **_told(new.ground),
    )
    plot.save(force_insert=True)
    told = {"about": str(plot), "site": str(new.site), "zone": plot.zone or None}
    record(
        act=REGISTER.code,
        actor=actor,
        now=now,
        subjects=[plot],
        new={name: value for name, value in told.items() if value is not None},
        region_id=plot.region_id,
    )
    return plot


def _check_project(project: RestorationProject | None, site: Site) -> None:
    works_there = ProjectSite.objects.filter(project=project, site=site, left_on=None)
    if project is not None and not works_there.exists():
        raise PlantingRefused.because("planting.project_without_site", site=str(site))


def next_key(site: Site) -> str:
    """`QS-0001-P02`: the next number of a site that nobody has taken."""
    taken = set(Plot.objects.filter(key__startswith=f"{site.key}-P").values_list("key", flat=True))
    number = len(taken) + 1
    while f"{site.key}-P{number:02d}" in taken:
        number += 1
    return f"{site.key}-P{number:02d}"


def _told(ground: Ground) -> dict[str, str | bool | Decimal | None]:
    return {
        "zone": ground.zone.value if ground.zone else "",
        "rain_mm": ground.rain_mm,
        "is_irrigated": ground.is_irrigated,
    }


@dataclass(frozen=True)
class Corrected:
    """How a plot is said to be from now on. `shape` None: it keeps the one that it has, or none."""

    name: str = ""
    ground: Ground = UNKNOWN
    area_m2: float | None = None
    project: RestorationProject | None = None
    shape: BaseGeometry | None = None


@official_act
def correct_plot(plot: Plot, wanted: Corrected, *, note: str, actor: ActorLike, now: datetime) -> Plot:
    """更正地块: name, ground, area, shape and project, with a reason. Refused: no registry duty, outside the area, no
    reason, neither shape nor area, a project that does not work on the site, a plot that was withdrawn.
    """
    require(actor, CORRECT.code, region_id=plot.region_id)
    if not note.strip():
        raise PlantingRefused.because("planting.reason_missing")
    held = held_plot(plot)
    if wanted.project is None or wanted.project.pk != held.project_id:
        _check_project(wanted.project, held.site)
    old = _account(held)
    held.name, held.project = wanted.name.strip()[:120], wanted.project
    held.reported_area_m2 = wanted.area_m2
    if has_area(wanted.shape):
        assert wanted.shape is not None
        held.geom, held.area_m2 = wanted.shape, measured(wanted.shape)
    if held.own_m2 is None or held.own_m2 <= 0:
        raise PlantingRefused.because("planting.area_missing")
    for field, value in _told(wanted.ground).items():
        setattr(held, field, value)
    held.version += 1
    held.save(update_fields=CORRECTED)
    new = {"about": str(held), **_account(held), "note": note.strip()[:500]}
    record(
        act=CORRECT.code, actor=actor, now=now, subjects=[held], old=old, new=new, region_id=held.region_id
    )
    return held


CORRECTED = [
    "name", "project", "geom", "area_m2", "reported_area_m2", "zone", "rain_mm", "is_irrigated", "version", "words",
]  # fmt: skip


def _account(plot: Plot) -> dict[str, str]:
    """What of a plot a correction may change, as far as it is known."""
    told = {
        "name": plot.name,
        "zone": plot.zone,
        "area_ha": None if plot.own_m2 is None else hectares(plot.own_m2),
        "project": plot.project.matter.number if plot.project else "",
    }
    return {name: value for name, value in told.items() if value}


@official_act
def withdraw_plot(plot: Plot, *, because: str, actor: ActorLike, now: datetime) -> Plot:
    """撤回地块 that was entered by mistake: it stays on record with the reason, and stands in no list. Refused: no
    registry duty, outside the area, no reason, withdrawn already, records of it that were not withdrawn before.
    """
    require(actor, WITHDRAW_PLOT.code, region_id=plot.region_id)
    held = held_plot(plot)
    if not because.strip():
        raise PlantingRefused.because("planting.reason_missing")
    _check_empty(held)
    today = shanghai_date(now)
    dropped = drop_tasks(held, on=today)
    held.withdrawn_on, held.withdrawn_because = today, because.strip()[:200]
    held.care_from_on = held.care_until_on = held.next_due_on = None
    held.version += 1
    held.save(update_fields=WITHDRAWN)
    record(
        act=WITHDRAW_PLOT.code,
        actor=actor,
        now=now,
        subjects=[held, *dropped],
        new={"about": str(held), "note": held.withdrawn_because},
        region_id=held.region_id,
    )
    return held


WITHDRAWN = ["withdrawn_on", "withdrawn_because", "care_from_on", "care_until_on", "next_due_on", "version"]


def _check_empty(plot: Plot) -> None:
    counts = (
        plot.plantings.filter(withdrawn_on=None).count(),
        plot.observations.filter(withdrawn_on=None).count(),
        plot.care.filter(withdrawn_on=None).count(),
    )
    if any(counts):
        planted, seen, care = counts
        raise PlantingRefused.because(
            "planting.plot_in_use", plot=str(plot), planted=planted, seen=seen, care=care
        )


def drop_tasks(plot: Plot, *, on: date) -> list[CareTask]:
    """Open dates of aftercare that are due no more."""
    dropped = list(CareTask.objects.filter(plot=plot, entry=None, dropped_on=None))
    for each in dropped:
        each.dropped_on = on
        each.version += 1
        each.save(update_fields=["dropped_on", "version"])
    return dropped


def held_plot(plot: Plot) -> Plot:
    """The plot, locked, as the reader saw it; ChangedMeanwhile where somebody else was first, PlantingRefused for one
    that was withdrawn.
    """
    rows = Plot.objects.select_for_update(of=("self",)).select_related("site").defer("site__geom")
    held = rows.get(pk=plot.pk)
    if held.version != plot.version:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(plot))
    if held.withdrawn_on is not None:
        raise PlantingRefused.because("planting.plot_withdrawn", plot=str(plot))
    return held


def not_to_come(day: date, *, now: datetime) -> None:
    """PlantingRefused for a day that has not come yet."""
    if day > shanghai_date(now):
        raise PlantingRefused.because("planting.day_to_come", day=day.isoformat())
