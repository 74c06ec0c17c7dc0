"""How do the plots of the demonstration enter, and what of its land went back? Each event by its act."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from qingshan.demo.acting import Doing, Now, done_by
from qingshan.demo.casting import Cast
from qingshan.demo.chance import Chance
from qingshan.demo.circumstances import Seats
from qingshan.demo.regions import COUNTIES
from qingshan.office.mines.models import LandUse
from qingshan.office.planting import actions
from qingshan.office.planting.actions import NewPlot, Planted, Receipt, Seen, Wanted
from qingshan.office.planting.models import HandBack, Plot
from qingshan.office.restoration.models import ProjectSite
from qingshan.rules.aftercare import CareKind
from qingshan.rules.afteruse import Afteruse, SeenBy
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.dates import shanghai_date
from qingshan.rules.planting import PlantForm
from qingshan.rules.survival import SurveyMethod
from qingshan.rules.zones import Ground, Zone

INSPECTED_EVERY_MONTHS, YEARS, EXAMINED = 6, 3, 0.1
BACK, EXTENDED, OTHERWISE_USED = 6, 2, 3
OBSERVER, CARER, PLANTER = "县林草服务站（模拟）", "护林员（模拟）", "青山绿化工程队（模拟）"


def _plot(now: Now) -> Plot:
    return Plot.objects.select_related("site").defer("site__geom").get(key=now.of.plot_key)


def _register(now: Now) -> None:
    site = now.show.cast.site(now.of.site_key)
    area = site.area_m2 or site.reported_area_m2 or M2_PER_HECTARE
    new = NewPlot(
        site,
        now.of.name,
        now.of.plot_key,
        area_m2=round(area * now.of.share, 1),
        ground=Ground(Zone.CENTRAL),
        note="模拟数据",
    )
    actions.register_plot(new, **done_by(now))


def _plant(now: Now) -> None:
    plot, value = _plot(now), now.event.value
    count = max(10, round((plot.own_m2 or 0) / M2_PER_HECTARE * value("density")))
    actions.note_planting(
        plot, Planted(value("species"), PlantForm.TREE, now.on, count, by=PLANTER), **done_by(now)
    )


def _plan(now: Now) -> None:
    plot, value = _plot(now), now.event.value
    wanted = Wanted(now.on, YEARS, INSPECTED_EVERY_MONTHS, [(CareKind.WATERING, now.day(value("watering")))])
    actions.plan_care(plot, wanted, **done_by(now))


def _care(now: Now) -> None:
    kind = CareKind(now.event.value("kind"))
    actions.note_care(
        _plot(now), kind=kind, done_on=now.on, done_by=CARER, note=now.event.said, **done_by(now)
    )


def _observe(now: Now) -> None:
    plot = _plot(now)
    planted = sum(plot.plantings.values_list("count", flat=True))  # type: ignore[arg-type]
    examined = max(10, round(planted * EXAMINED))
    seen = Seen(
        now.on,
        OBSERVER,
        SurveyMethod.SAMPLE_PLOTS,
        examined,
        round(examined * now.event.value("living")),
    )
    actions.note_observation(plot, seen, **done_by(now))


PLANTING: dict[str, Doing] = {
    "register_plot": _register,
    "note_planting": _plant,
    "plan_care": _plan,
    "note_care": _care,
    "note_observation": _observe,
}
"""What is meant by each word of these diaries."""


def bring(*, now: datetime) -> None:
    """Temporary land that went back in part or was extended, and land that is used otherwise than planned; once."""
    if HandBack.objects.exists():
        return
    cast, on = Cast(), shanghai_date(now)
    for number, land in enumerate(_lent()):
        county = land.region.code
        if county not in COUNTIES or land.reported_area_m2 is None:
            continue
        if number < EXTENDED:
            _extended(land, cast.actor(Seats(county).city, on=on), number, now)
            continue
        share = 1.0 if number % 3 == 0 else round(Chance("back", land.key).between(0.2, 0.7), 2)
        receipt = Receipt(
            round(land.reported_area_m2 * share, 1),
            "所在村村民委员会（模拟）",
            on - timedelta(days=10 + number),
            f"交接（模拟）{number}号",
        )
        actions.hand_back(land, receipt, actor=cast.actor(Seats(county).clerk, on=on), now=now)
    for row in _used():
        county = row.site.region.code
        actions.note_actual_use(
            row,
            use=Afteruse.FARM if row.planned_use != Afteruse.FARM else Afteruse.SOLAR,
            seen_by=SeenBy.ON_SITE,
            seen_on=on - timedelta(days=20),
            note="现场所见（模拟）",
            actor=cast.actor(Seats(county).clerk, on=on),
            now=now,
        )


def _lent() -> list[LandUse]:
    rows = LandUse.objects.filter(returned_on=None, to_on__isnull=False, region__level="county")
    rows = rows.select_related("region").defer("geom", "region__geom")
    return list(rows.order_by("to_on", "key")[: BACK + EXTENDED])


def _extended(land: LandUse, actor: Any, number: int, now: datetime) -> None:
    assert land.to_on is not None
    actions.extend_land_use(
        land,
        until_on=max(land.to_on, shanghai_date(now)) + timedelta(days=60),
        number=f"临时用地延期（模拟）{number + 1}号",
        approved_on=shanghai_date(now) - timedelta(days=5),
        actor=actor,
        now=now,
    )


def _used() -> list[ProjectSite]:
    rows = ProjectSite.objects.filter(left_on=None, done_cm2__isnull=False).exclude(planned_use="")
    rows = rows.select_related("site__region").defer("site__geom", "site__region__geom")
    return list(rows.order_by("pk")[:OTHERWISE_USED])
