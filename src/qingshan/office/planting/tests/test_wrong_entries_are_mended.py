"""Can what was entered wrongly of a plot be corrected or withdrawn, with its reason, and does nothing vanish?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import time_machine

from qingshan.exchange.models import StagedRow
from qingshan.office.errors import NotAllowed
from qingshan.office.mines.tests.factories import staged, workbook
from qingshan.office.planting import actions, queries
from qingshan.office.planting.actions import Corrected
from qingshan.office.planting.models import CareEntry, Plot
from qingshan.office.planting.queries import PlotFilters
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.planting.tests.factories import a_plot, planted, seen
from qingshan.office.planting.tests.test_aftercare_has_dates import cared, planned
from qingshan.office.planting.tests.test_pages import enter, words
from qingshan.office.planting.tests.test_tables_of_plots import PLOT_HEADERS, refusals
from qingshan.office.restoration.models import RestorationProject
from qingshan.office.restoration.tests.factories import NOW, World, a_project, square
from qingshan.office.trail.models import Entry
from qingshan.rules.aftercare import CareKind
from qingshan.rules.reasons import say
from qingshan.rules.zones import Ground, Zone


def corrected(world: World, plot: Plot, wanted: Corrected, who: str = "county_clerk") -> Plot:
    found = actions.correct_plot(plot, wanted, note="按现场核对", **world.by(who))
    plot.refresh_from_db()
    return found


def withdrawn(world: World, plot: Plot, who: str = "county_clerk") -> None:
    actions.withdraw_plot(plot, because="误登", **world.by(who))
    plot.refresh_from_db()


def listed(world: World, view: str = "") -> list[Plot]:
    filters = PlotFilters(world.today, view=view)
    return queries.plots(actor=world.actor("county_clerk"), filters=filters).rows


def test_area_project_and_shape_of_a_plot_are_corrected(world: World) -> None:
    site = world.site(square(122.2))
    a_project(world, site)
    plot = a_plot(world, site)
    project = RestorationProject.objects.get()
    corrected(world, plot, Corrected("北坡", Ground(Zone.CENTRAL), 15_000.0, project))
    assert (plot.own_m2, plot.project, plot.geom) == (15_000.0, project, None)
    corrected(world, plot, Corrected("北坡", Ground(Zone.CENTRAL), 15_000.0, project, site.geom))
    assert plot.own_m2 == pytest.approx(site.area_m2)
    corrected(world, plot, Corrected("北坡", Ground(Zone.CENTRAL)))
    assert (plot.project, plot.own_m2) == (None, pytest.approx(site.area_m2))
    entry = Entry.objects.order_by("-seq")[0]
    assert entry.old["project"] == project.matter.number
    assert "project" not in entry.new


def test_a_plot_keeps_an_area_and_belongs_to_works_on_its_site(world: World) -> None:
    plot = a_plot(world)
    a_project(world, world.site(square(122.6)))
    elsewhere = RestorationProject.objects.get()
    for wanted, code in (
        (Corrected("北坡"), "planting.area_missing"),
        (Corrected("北坡", area_m2=100.0, project=elsewhere), "planting.project_without_site"),
    ):
        with pytest.raises(PlantingRefused) as refused:
            corrected(world, plot, wanted)
        assert refused.value.code == code
        plot.refresh_from_db()
        assert (plot.own_m2, plot.version) == (20_000.0, 1)


def test_a_plot_entered_by_mistake_is_withdrawn_and_stands_in_no_list(world: World) -> None:
    plot, other = a_plot(world), a_plot(world)
    withdrawn(world, plot)
    assert listed(world) == [other]
    assert listed(world, "withdrawn") == [plot]
    assert queries.survival_of(plot.site_id, on=world.today).plots == 0
    assert Entry.objects.order_by("-seq")[0].act == "planting.withdraw_plot"
    with pytest.raises(PlantingRefused) as refused:
        planted(world, plot)
    assert refused.value.code == "planting.plot_withdrawn"


def test_a_plot_with_records_is_withdrawn_once_these_are(world: World) -> None:
    plot = a_plot(world)
    row = planted(world, plot)
    count = seen(world, plot, 80, 100)
    with pytest.raises(PlantingRefused) as refused:
        withdrawn(world, plot)
    assert "栽植记录 1 项、成活调查 1 项" in say(refused.value.reasons[0])
    planned(world, plot)
    actions.withdraw_observation(plot, count, because="误登", **world.by("county_clerk"))
    plot.refresh_from_db()
    actions.withdraw_planting(plot, row, because="误登", **world.by("county_clerk"))
    plot.refresh_from_db()
    withdrawn(world, plot)
    assert (plot.care_until_on, plot.next_due_on) == (None, None)
    assert queries.tasks_of(plot) == []


def test_who_does_not_register_there_withdraws_no_plot(world: World) -> None:
    plot = a_plot(world)
    for who in ("other_county_clerk", "enterprise_manager", "city_reviewer"):
        with pytest.raises(NotAllowed):
            withdrawn(world, plot, who)


def test_the_number_of_a_withdrawn_plot_does_not_come_in_again(world: World, tmp_path: Path) -> None:
    plot = a_plot(world, key="甲-1")
    withdrawn(world, plot)
    file = workbook(tmp_path, PLOT_HEADERS, ["甲-1", "北坡", plot.site.key, 1, None, None])
    brought = staged(file, world.actor("county_clerk"), kind="plots")
    [told] = refusals(brought)
    assert "已经撤回" in told
    assert not StagedRow.objects.filter(source=brought, outcome="changed").exists()


def test_an_entry_of_aftercare_is_withdrawn_and_its_date_is_open_again(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot)
    planned(world, plot)
    cared(world, plot, date(2026, 2, 1))
    assert plot.next_due_on == date(2027, 4, 10)
    entry = CareEntry.objects.get()
    actions.withdraw_care(plot, entry, because="记错地块", **world.by("county_clerk"))
    plot.refresh_from_db()
    assert plot.next_due_on == date(2026, 4, 10)
    assert [task for task in queries.tasks_of(plot) if task.entry] == []
    with pytest.raises(PlantingRefused) as refused:
        actions.withdraw_care(plot, entry, because="再次", **world.by("county_clerk"))
    assert refused.value.code == "planting.withdrawn_already"
    planned(world, plot, years=5)
    assert plot.next_due_on == date(2026, 4, 10)  # a new plan does not count it either


def test_later_visits_settle_the_date_that_a_withdrawn_one_leaves_open(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot)
    planned(world, plot, every_months=2, years=1)
    first, second = date(2025, 5, 20), date(2025, 7, 20)
    cared(world, plot, first)
    cared(world, plot, second)
    cared(world, plot, date(2025, 7, 21), CareKind.WATERING)
    [wrong] = CareEntry.objects.filter(done_on=first)
    actions.withdraw_care(plot, wrong, because="没有到场", **world.by("county_clerk"))
    plot.refresh_from_db()
    settled = [(task.due_on, task.entry.done_on) for task in queries.tasks_of(plot) if task.entry]
    assert settled == [(date(2025, 6, 10), second)]
    assert plot.next_due_on == date(2025, 8, 10)


def test_wrong_entries_are_mended_at_pages(world: World) -> None:
    site = world.site(square(122.2))
    a_project(world, site)
    plot = a_plot(world, site)
    project = RestorationProject.objects.get()
    path = plot.get_absolute_url()
    with time_machine.travel(NOW, tick=False):
        clerk = enter(world, "county_clerk")
        told = {"name": "南坡", "area": "1.5", "project": project.pk, "note": "实测", "version": plot.version}
        assert clerk.post(f"{path}correct/", told).status_code == 302
        plot.refresh_from_db()
        assert (plot.own_m2, plot.project, plot.name) == (15_000.0, project, "南坡")
        assert f"{path}withdraw/" in clerk.get(path).content.decode()
        planted(world, plot)
        cared(world, plot, date(2025, 8, 1))
        assert f"{path}withdraw/" not in clerk.get(path).content.decode()
        refused = clerk.post(f"{path}withdraw/", {"because": "误登", "version": plot.version})
        assert "请先撤回这些记录" in words(refused)
        entry = CareEntry.objects.get()
        away = f"{path}care/{entry.pk}/withdraw/"
        assert away in clerk.get(path).content.decode()
        assert clerk.post(away, {"because": "记错", "version": plot.version}).status_code == 302
        assert "2026-03-02 撤回：记错" in words(clerk.get(path))
        other = a_plot(world)
        gone = f"{other.get_absolute_url()}withdraw/"
        assert "只用于误登的地块" in words(clerk.get(gone))
        assert clerk.post(gone, {"because": "误登", "version": other.version}).status_code == 302
        page = words(clerk.get(other.get_absolute_url()))
        assert "撤回的地块不列入清单" in page
        assert "登记栽植" not in page
        assert other.key in words(clerk.get("/planting/?view=withdrawn"))
        assert other.key not in words(clerk.get("/planting/"))
