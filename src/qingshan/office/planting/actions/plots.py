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
from qingshan.office.planting.access import CORRECT, REGISTER
from qingshan.office.planting.models import Plot
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.restoration.counting import has_area
from qingshan.office.restoration.models import ProjectSite, RestorationProject
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.zones import Ground, Zone

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


@official_act
def correct_plot(
    plot: Plot, *, name: str, zone: Zone | None, rain_mm: Decimal | None, is_irrigated: bool | None, note: str,
    actor: ActorLike, now: datetime,
) -> Plot:  # fmt: skip
    """更正地块: name and ground, with a reason. Refused: no registry duty, outside the area, no reason."""
    require(actor, CORRECT.code, region_id=plot.region_id)
    if not note.strip():
        raise PlantingRefused.because("planting.reason_missing")
    held = held_plot(plot)
    old = {"name": held.name, "zone": held.zone or None}
    held.name = name.strip()[:120]
    for field, value in _told(Ground(zone, rain_mm, is_irrigated)).items():
        setattr(held, field, value)
    held.version += 1
    held.save(update_fields=["name", "zone", "rain_mm", "is_irrigated", "version", "words"])
    record(
        act=CORRECT.code,
        actor=actor,
        now=now,
        subjects=[held],
        old={key: value for key, value in old.items() if value},
        new={"about": str(held), "zone": held.zone or "—", "note": note.strip()[:500]},
        region_id=held.region_id,
    )
    return held


def held_plot(plot: Plot) -> Plot:
    """The plot, locked, as the reader saw it; ChangedMeanwhile where somebody else was first."""
    rows = Plot.objects.select_for_update(of=("self",)).select_related("site").defer("site__geom")
    held = rows.get(pk=plot.pk)
    if held.version != plot.version:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(plot))
    return held


def not_to_come(day: date, *, now: datetime) -> None:
    """PlantingRefused for a day that has not come yet."""
    if day > shanghai_date(now):
        raise PlantingRefused.because("planting.day_to_come", day=day.isoformat())
