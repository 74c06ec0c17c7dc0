"""Is aftercare planned by the rulebook or by own dates, settled one date a visit, and told when it is late?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.office.errors import NotAllowed
from qingshan.office.planting import actions, queries
from qingshan.office.planting.actions import Wanted
from qingshan.office.planting.models import CareTask, Plot
from qingshan.office.planting.queries import CareFilters
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.planting.tests.factories import SPRING, a_plot, planted
from qingshan.office.restoration.tests.factories import World
from qingshan.rules.aftercare import Aftercare, CareKind, next_visit, settles
from qingshan.rules.errors import RuleError


def planned(world: World, plot: Plot, **values: Any) -> list[CareTask]:
    told: dict[str, Any] = {"from_on": SPRING, "years": 3, **values}
    tasks = actions.plan_care(plot, Wanted(**told), **world.by("county_clerk"))
    plot.refresh_from_db()
    return tasks


def cared(world: World, plot: Plot, on: date, kind: CareKind = CareKind.INSPECTION) -> None:
    actions.note_care(plot, kind=kind, done_on=on, done_by="护林员", note="正常", **world.by("county_clerk"))
    plot.refresh_from_db()


def test_by_the_rulebook_it_is_inspected_once_a_year_until_its_last_day(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot)
    tasks = planned(world, plot)
    assert [task.due_on for task in tasks] == [date(2026, 4, 10), date(2027, 4, 10), date(2028, 4, 10)]
    assert all(task.is_by_book and task.kind_named is CareKind.INSPECTION for task in tasks)
    assert (plot.care_until_on, plot.next_due_on) == (date(2028, 4, 10), date(2026, 4, 10))


def test_own_dates_stand_beside_the_inspections(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot)
    own = [(CareKind.WATERING, date(2025, 6, 1)), (CareKind.WEEDING, date(2025, 8, 1))]
    planned(world, plot, every_months=6, tasks=own)
    assert plot.next_due_on == date(2025, 6, 1)
    cared(world, plot, date(2025, 5, 28), CareKind.WATERING)
    assert plot.next_due_on == date(2025, 8, 1)
    assert [task.kind for task in queries.tasks_of(plot) if task.entry] == [CareKind.WATERING]


def test_what_was_not_planned_is_noted_all_the_same(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot)
    planned(world, plot)
    cared(world, plot, date(2025, 7, 1), CareKind.PEST)
    assert plot.next_due_on == date(2026, 4, 10)
    assert len(queries.care_of(plot)) == 1


def test_a_new_plan_drops_what_was_open_and_keeps_what_was_done(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot)
    planned(world, plot)
    cared(world, plot, date(2026, 2, 1))
    planned(world, plot, years=5)
    still_open = [task.due_on for task in queries.tasks_of(plot) if task.entry is None]
    assert still_open == [date(year, 4, 10) for year in (2027, 2028, 2029, 2030)]


def test_late_dates_are_listed_for_the_county_and_for_nobody_else(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot)
    planned(world, plot, tasks=[(CareKind.WATERING, date(2025, 6, 1))])
    on = world.today
    late = CareFilters(on, view="overdue")
    [task] = queries.care_tasks(actor=world.actor("county_clerk"), filters=late).rows
    assert task.due_on == date(2025, 6, 1)
    assert queries.how_many_tasks(actor=world.actor("other_county_clerk"), filters=late) == 0
    assert (
        queries.how_many_tasks(actor=world.actor("county_clerk"), filters=CareFilters(on, view="soon")) == 0
    )
    world.later(30)
    soon = CareFilters(world.today, view="soon")
    assert queries.how_many_tasks(actor=world.actor("county_clerk"), filters=soon) == 1


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"from_on": SPRING - timedelta(days=1)}, "planting.care_before_planting"),
    ({"years": 0}, "rules.aftercare.period"),
    ({"every_months": 37}, "rules.aftercare.period"),
    ({"tasks": [(CareKind.WATERING, date(2029, 1, 1))]}, "planting.task_outside"),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_plans_that_cannot_be_are_refused(world: World, wrong: dict[str, Any], code: str) -> None:
    plot = a_plot(world)
    planted(world, plot)
    with pytest.raises((PlantingRefused, RuleError)) as refused:
        planned(world, plot, **wrong)
    assert refused.value.code == code
    assert not CareTask.objects.exists()


def test_nothing_is_planned_or_done_where_nothing_grows(world: World) -> None:
    plot = a_plot(world)
    with pytest.raises(PlantingRefused):
        planned(world, plot)
    with pytest.raises(PlantingRefused):
        cared(world, plot, SPRING)


def test_care_names_who_did_it_and_on_a_day_that_has_come(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot)
    with pytest.raises(PlantingRefused):
        cared(world, plot, world.today + timedelta(days=1))
    with pytest.raises(PlantingRefused):
        actions.note_care(plot, kind=CareKind.OTHER, done_on=SPRING, done_by=" ", **world.by("county_clerk"))
    with pytest.raises(NotAllowed):
        actions.note_care(
            plot, kind=CareKind.OTHER, done_on=SPRING, done_by="某", **world.by("city_reviewer")
        )


CARES = st.builds(
    Aftercare,
    st.just(SPRING),
    st.integers(1, 5),
    st.integers(1, 12),
)


@given(CARES, st.lists(st.integers(-30, 2_200), max_size=30), st.integers(0, 2_200))
def test_one_visit_at_a_time_settles_what_all_visits_together_settle(
    care: Aftercare, days: list[int], until: int
) -> None:
    on = SPRING + timedelta(days=until)
    visits = sorted(SPRING + timedelta(days=day) for day in days)
    settled = 0
    for visit in visits:
        if visit <= on:
            settled += settles(visit, care.dues, settled=settled, from_on=care.from_on) is not None
    found = next_visit(care, visits, on=on)
    assert settled == (found.of if found.due_on is None else found.number - 1)
