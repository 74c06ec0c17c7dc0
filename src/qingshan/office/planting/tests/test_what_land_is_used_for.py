"""Is what restored land is for changed by a document, noted as it was seen, and told with its denominators?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from qingshan.office.errors import ChangedMeanwhile, NotAllowed, NotFound
from qingshan.office.matters.models import Matter
from qingshan.office.planting import actions, on_map, queries
from qingshan.office.planting.models import UseChange
from qingshan.office.planting.queries import UseFilters
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.planting.uses import figures_shown, shown_use
from qingshan.office.restoration.models import ProjectSite
from qingshan.office.restoration.tests.factories import World, a_project, rows_of, square
from qingshan.rules.afteruse import Afteruse, Matching, SeenBy

DAY = date(2026, 2, 1)
APPROVED: dict[str, Any] = {"use": Afteruse.SOLAR, "number": "市自然资〔2026〕8号", "approved_on": DAY}


def a_use(world: World, *, use: str = "forest") -> ProjectSite:
    [row] = rows_of(a_project(world, world.site(square(122.3 + 0.01 * world.made))))
    ProjectSite.objects.filter(pk=row.pk).update(planned_use=use)
    return queries.one_use(row.pk, actor=world.actor("county_clerk"))


def noted(world: World, row: ProjectSite, use: Afteruse, **values: Any) -> UseChange:
    told: dict[str, Any] = {"seen_by": SeenBy.ON_SITE, "seen_on": DAY, **values}
    change = actions.note_actual_use(row, use=use, **told, **world.by("county_clerk"))
    row.refresh_from_db()
    return change


def test_the_planned_use_changes_by_a_document_of_who_reviews(world: World) -> None:
    row = a_use(world)
    with pytest.raises(NotAllowed):
        actions.change_planned_use(row, **APPROVED, **world.by("county_clerk"))
    for wrong, code in (
        ({"number": ""}, "planting.number_missing"),
        ({"use": Afteruse.FOREST}, "planting.same_use"),
        ({"approved_on": world.today + timedelta(days=1)}, "planting.day_to_come"),
    ):
        with pytest.raises(PlantingRefused) as refused:
            actions.change_planned_use(row, **(APPROVED | wrong), **world.by("city_reviewer"))
        assert refused.value.code == code
    stale = queries.one_use(row.pk, actor=world.actor("county_clerk"))
    change = actions.change_planned_use(row, **APPROVED, **world.by("city_reviewer"))
    row.refresh_from_db()
    assert (change.before, change.after, row.planned_use) == ("forest", "solar", "solar")
    with pytest.raises(ChangedMeanwhile):
        actions.change_planned_use(stale, **APPROVED, **world.by("city_reviewer"))


def test_what_was_seen_stands_beside_the_plan_as_a_doubt_never_a_verdict(world: World) -> None:
    row = a_use(world)
    assert shown_use(row).word == Matching.UNKNOWN.zh
    noted(world, row, Afteruse.BUILDING)
    found = shown_use(row, queries.use_changes_of(row))
    assert found.word == "与规划不一致（待核实）"
    assert "2026-02-01 现场所见为“建设”" in found.because[0]
    noted(world, row, Afteruse.FOREST)
    assert shown_use(row, queries.use_changes_of(row)).word == Matching.AS_PLANNED.zh
    with pytest.raises(PlantingRefused):
        noted(world, row, Afteruse.FOREST, seen_on=world.today + timedelta(days=1))


def test_a_site_that_left_its_project_keeps_its_use(world: World) -> None:
    row = a_use(world)
    ProjectSite.objects.filter(pk=row.pk).update(left_on=DAY)
    with pytest.raises(PlantingRefused):
        noted(world, row, Afteruse.FOREST)


def test_lists_and_figures_tell_uses_with_their_denominators(world: World) -> None:
    row = a_use(world)
    a_use(world, use="farm")
    a_use(world, use="")
    noted(world, row, Afteruse.SOLAR)
    actor = world.actor("county_clerk")
    for view, n in (("", 3), ("differs", 1), ("as_planned", 0), ("unseen", 1), ("unplanned", 1)):
        assert len(queries.uses(actor=actor, filters=UseFilters(view=view)).rows) == n, view
    shown = figures_shown(queries.use_figures(actor=actor))
    assert shown["sites"] == 3
    by_use = {each["use"]: each for each in shown["figures"]}
    assert by_use["forest"]["planned_sites"] == "33.33% = 1 / 3 处（按处）"
    assert by_use["solar"]["actual_sites"] == "33.33% = 1 / 3 处（按处）"
    assert by_use[""]["actual_sites"] == "66.67% = 2 / 3 处（按处）"
    assert queries.use_figures(actor=world.actor("other_county_clerk"))[0].planned_sites == 0


def test_land_that_an_earlier_site_of_the_project_covers_counts_once_on_either_side(world: World) -> None:
    row = a_use(world)
    ProjectSite.objects.filter(pk=row.pk).update(
        planned_cm2=90_000_000, counted_cm2=60_000_000, claimed_cm2=80_000_000, actual_use="forest"
    )
    [forest] = [
        each for each in queries.use_figures(actor=world.actor("county_clerk")) if each.use == "forest"
    ]
    assert (forest.planned_m2, forest.actual_m2) == (6_000.0, 6_000.0)
    ProjectSite.objects.filter(pk=row.pk).update(done_cm2=50_000_000)
    [forest] = [
        each for each in queries.use_figures(actor=world.actor("county_clerk")) if each.use == "forest"
    ]
    assert (forest.planned_m2, forest.actual_m2) == (6_000.0, 5_000.0)


def test_on_the_map_planned_only_differing_and_actual_are_told_apart(world: World) -> None:
    rows = [a_use(world) for _ in range(3)]
    noted(world, rows[1], Afteruse.FOREST)
    noted(world, rows[2], Afteruse.SOLAR)
    found = {
        each.pk: (each.use, each.stands)
        for part in on_map.USES.rows(world.actor("county_clerk"), {})
        for each in part
    }
    assert [found[row.site_id] for row in rows] == [
        ("forest", "planned"),
        ("forest", "actual"),
        ("solar", "differs"),
    ]
    only = on_map.USES.rows(world.actor("county_clerk"), {"category": "solar"})
    assert [each.pk for part in only for each in part] == [rows[2].site_id]
    assert not [each for part in on_map.USES.rows(world.actor("other_county_clerk"), {}) for each in part]


def test_the_map_tells_no_use_by_a_project_that_its_reader_may_not_see(world: World) -> None:
    seen, hidden = a_use(world), a_use(world)
    Matter.objects.filter(pk=hidden.project.matter_id).update(region=world.people.regions["990201"])
    actor = world.actor("county_clerk")
    assert [each.pk for part in on_map.USES.rows(actor, {}) for each in part] == [seen.site_id]
    assert on_map.USES.one(seen.site_id, actor).row == seen
    with pytest.raises(NotFound):
        on_map.USES.one(hidden.site_id, actor)
