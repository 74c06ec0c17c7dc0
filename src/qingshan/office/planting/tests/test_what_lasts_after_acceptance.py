"""Is it told until when accepted land is looked after, and by when reclaimed farmland is to be evaluated?"""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
import time_machine

from qingshan.office.matters.models import Matter
from qingshan.office.planting import lasting as module
from qingshan.office.planting.lasting import Lasting, LastingFilters, lasting, to_evaluate
from qingshan.office.planting.tests.factories import a_plot, planted
from qingshan.office.planting.tests.test_aftercare_has_dates import planned
from qingshan.office.planting.tests.test_pages import enter, words
from qingshan.office.restoration.models import ProjectSite, RestorationProject
from qingshan.office.restoration.tests.factories import NOW, World, a_project, led_to, rows_of, square
from qingshan.rules.dates import months_later

YEARS = 5


def accepted_as(world: World, use: str, *, on: date | None = None) -> Matter:
    """A project that was accepted, its land used so."""
    matter = led_to(world, a_project(world, world.site(square(122.2 + 0.01 * world.made))), "aftercare")
    ProjectSite.objects.filter(project__matter=matter).update(actual_use=use, planned_use="")
    if on is not None:
        RestorationProject.objects.filter(matter=matter).update(accepted_on=on)
    return matter


def seen_by(world: World, name: str, **filters: Any) -> list[Lasting]:
    return lasting(actor=world.actor(name), filters=LastingFilters(world.today, **filters))


@pytest.mark.parametrize("use", ["farm", "forest", "pasture"])
def test_farmland_is_evaluated_within_five_years_of_its_acceptance(world: World, use: str) -> None:
    matter = accepted_as(world, use)
    [row] = seen_by(world, "county_clerk")
    assert row.evaluated_by == months_later(world.today, 12 * YEARS)
    assert row.until == RestorationProject.objects.get(matter=matter).aftercare_until
    assert [each.by for each in row.accepted] == [matter.number]


def test_of_other_land_no_evaluation_is_asked_and_where_nobody_said_the_use_nothing_is_known(
    world: World,
) -> None:
    accepted_as(world, "solar")
    accepted_as(world, "")
    assert [row.evaluated_by for row in seen_by(world, "county_clerk")] == [None, None]
    [unknown] = seen_by(world, "county_clerk", view="no_use")
    assert unknown.newest is not None
    assert unknown.newest.use is None


def test_plots_keep_a_site_in_care_after_the_aftercare_of_its_acceptance(world: World) -> None:
    matter = accepted_as(world, "forest")
    site = rows_of(matter)[0].site
    plot = a_plot(world, site)
    planted(world, plot)
    planned(world, plot, years=8)
    other = a_plot(world)
    planted(world, other)
    planned(world, other)
    found = {row.site_id: row for row in seen_by(world, "county_clerk", view="in_care")}
    assert found[site.pk].until == plot.care_until_on
    assert found[other.site_id].until == other.care_until_on
    assert found[other.site_id].newest is None
    assert seen_by(world, "other_county_clerk") == []
    world.now += timedelta(days=365 * 9)
    assert seen_by(world, "county_clerk", view="in_care") == []


def test_what_is_due_within_a_year_is_counted_as_it_is_listed(world: World) -> None:
    due = months_later(world.today, 3)
    matter = accepted_as(world, "forest", on=months_later(due, -12 * YEARS))
    accepted_as(world, "forest")
    accepted_as(world, "forest", on=months_later(world.today, -12 * YEARS - 2))
    clerk = world.actor("county_clerk")
    assert to_evaluate(actor=clerk, on=world.today) == (1, due)
    [row] = seen_by(world, "county_clerk", view="evaluate")
    assert row.site_id == rows_of(matter)[0].site_id
    assert len(seen_by(world, "county_clerk", view="past")) == 1
    assert to_evaluate(actor=world.actor("other_county_clerk"), on=world.today) == (0, None)


def test_the_pages_say_it_with_the_article_and_the_list_leaves_as_a_table(world: World) -> None:
    matter = accepted_as(world, "forest")
    site = rows_of(matter)[0].site
    due = months_later(world.today, 12 * YEARS).isoformat()
    with time_machine.travel(NOW, tick=False):
        clerk = enter(world, "county_clerk")
        for path in ("/planting/lasting/", f"/sites/{site.pk}/", matter.get_absolute_url()):
            page = words(clerk.get(path))
            assert due in page, path
            assert "土地复垦条例（国务院令第592号）第三十一条" in page, path
            assert "第三十一条（待核）" not in page, path
        english = words(enter(world, "county_clerk", "en").get("/planting/lasting/"))
        assert "Aftercare" in english
        assert due not in words(clerk.get("/planting/lasting/?view=past"))
        leaving = b"".join(clerk.get("/planting/lasting/export.xlsx").streaming_content)  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(io.BytesIO(leaving)).active
    assert sheet is not None
    flat = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert site.key in flat
    assert matter.number in flat
    assert "第三十一条" in flat


def test_a_long_list_goes_on_page_by_page_and_back(world: World) -> None:
    for _number in range(5):
        accepted_as(world, "forest")
    rows = seen_by(world, "county_clerk")
    branch = module._AtHand(rows)
    key = module.ORDER.key_of(rows[1])
    assert branch.cut(key, backwards=False, rows=2) == rows[2:4]
    assert branch.cut(key, backwards=True, rows=2) == rows[:1]
    first = module.page_of(rows)
    assert [row.site_id for row in first.rows] == [row.site_id for row in rows]
