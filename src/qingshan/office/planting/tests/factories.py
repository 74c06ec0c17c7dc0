"""Plots, plantings and temporary land, made by the acts themselves, in the county of restoration's tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from qingshan.office.mines.models import LandUse, Site
from qingshan.office.planting import actions
from qingshan.office.planting.actions import NewPlot, Planted, Seen
from qingshan.office.planting.models import Planting, Plot, PlotObservation
from qingshan.office.restoration.tests.factories import World, square
from qingshan.rules.planting import PlantForm
from qingshan.rules.survival import SurveyMethod
from qingshan.rules.zones import Ground, Zone

SPRING = date(2025, 4, 10)


def a_plot(world: World, site: Site | None = None, **values: Any) -> Plot:
    """A plot of 2 ha on a legacy pit, in a zone that is known."""
    site = site or world.site(square(122.2 + 0.01 * world.made))
    told: dict[str, Any] = {"name": "北坡", "area_m2": 20_000.0, "ground": Ground(Zone.CENTRAL), **values}
    return actions.register_plot(NewPlot(site=site, **told), **world.by("county_clerk"))


def planted(world: World, plot: Plot, count: int | None = 1_000, **values: Any) -> Planting:
    """Trees that fit the zone, in spring."""
    told: dict[str, Any] = {"species": "刺槐", "form": PlantForm.TREE, "on": SPRING, **values}
    row = actions.note_planting(plot, Planted(count=count, **told), **world.by("county_clerk"))
    plot.refresh_from_db()
    return row


def seen(world: World, plot: Plot, living: int, examined: int, **values: Any) -> PlotObservation:
    """A count in autumn."""
    told: dict[str, Any] = {
        "on": SPRING + timedelta(days=180),
        "by": "林查",
        "method": SurveyMethod.WHOLE,
        **values,
    }
    row = actions.note_observation(
        plot, Seen(examined=examined, living=living, **told), **world.by("county_clerk")
    )
    plot.refresh_from_db()
    return row


def lent_land(world: World, key: str = "LS-1", **values: Any) -> LandUse:
    """A hectare that was lent to the mine for two years."""
    told: dict[str, Any] = {
        "name": "施工便道",
        "reported_area_m2": 10_000.0,
        "from_on": date(2024, 1, 1),
        "to_on": date(2025, 12, 31),
        "purpose": "dump",
        **values,
    }
    region = world.people.regions["990101"]
    return LandUse.objects.create(
        key=key, region=region, mine=world.mine, enterprise=world.mine.enterprise, **told
    )
