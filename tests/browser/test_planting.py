"""Can a plot be counted in the field, on a phone and by keyboard alone, and do its pages stand up in both languages?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import LandUse
from qingshan.office.planting.models import Plot, PlotObservation
from qingshan.office.planting.tests.factories import a_plot, lent_land, planted, seen
from qingshan.office.planting.tests.test_land_goes_back import gone_back
from qingshan.office.restoration.tests.factories import World, a_project, a_world, rows_of, square

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
OpenPage = Callable[..., Any]


@pytest.fixture
def world(server: str) -> World:
    """A plot with doubts and a count, land that went back in part, and a project on the same site."""
    made = a_world()
    made.now = datetime.now(UTC)
    site = made.site(square(122.2))
    plot = a_plot(made, site)
    planted(made, plot)
    planted(made, plot, 50, species="橡胶树", on=plot.plantings.get().planted_on.replace(month=7))
    seen(made, plot, 90, 100)
    gone_back(made, lent_land(made))
    a_project(made, site)
    return made


def _faults(page: Any, axe_findings: Callable[[Any], list[str]]) -> list[str]:
    page.set_viewport_size(DESK)
    found = axe_findings(page)
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{beyond} px wider than {viewport['width']} px"] if beyond > 0 else []
    return found


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_planting_stands_up(
    page_for: OpenPage, world: World, axe_findings: Callable[[Any], list[str]], language: str
) -> None:
    page = page_for(world.people["county_clerk"], language=language)
    plot, use = Plot.objects.get(), _use()
    land = f"/planting/lent/{_lent()}/"
    paths = [
        *(
            "/planting/",
            "/planting/survival/",
            "/planting/care/",
            "/planting/returned/",
            "/planting/lent/?view=all",
        ),
        *("/planting/uses/", f"/planting/uses/{use}/", f"/planting/uses/{use}/planned/", "/planting/new/"),
        *(
            plot.get_absolute_url(),
            f"{plot.get_absolute_url()}plant/",
            f"{plot.get_absolute_url()}plan_care/",
        ),
        *(land, f"{land}hand_back/", f"{land}extend/", f"/planting/new/?site={plot.site_id}"),
        *(f"/sites/{plot.site_id}/", "/map/?layers=regions,uses,plots&picture=1"),
    ]
    faults = []
    for path in paths:
        answer = page.goto(path)
        faults += [f"{path}: status {answer.status}"] * (answer.status != 200)
        faults += [f"{path}: {fault}" for fault in _faults(page, axe_findings)]
    assert not faults, "\n".join(faults)


def _use() -> int:
    """The site of the project."""
    (row,) = rows_of(Matter.objects.get())
    return row.pk


def _lent() -> int:
    return LandUse.objects.get().pk


def test_a_plot_is_counted_on_a_phone_by_keyboard_alone(page_for: OpenPage, world: World) -> None:
    plot = Plot.objects.get()
    page = page_for(world.people["county_clerk"])
    page.set_viewport_size(PHONE)
    page.goto(f"{plot.get_absolute_url()}observe/")
    assert page.get_by_label("调查株数").get_attribute("inputmode") == "numeric"
    page.get_by_label("调查株数").focus()
    for typed in ("200", "150"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    expect(page.get_by_label("植被盖度")).to_be_focused()
    page.get_by_label("调查人").focus()
    page.keyboard.type("林查")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已办理，写入全过程记录：登记成活调查。")).to_be_visible()
    expect(page.get_by_text("75%").first).to_be_visible()
    newest = PlotObservation.objects.latest("pk")
    assert (newest.living, newest.examined, newest.observed_on) == (150, 200, world.today)
