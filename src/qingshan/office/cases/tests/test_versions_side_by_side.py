from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from qingshan.office.cases.actions.planning import NewCover, NewPlan, NewStage
from qingshan.office.cases.progress import finished, quantities
from qingshan.office.cases.tests.areas import LAND
from qingshan.office.cases.tests.factories import World, a_world
from qingshan.office.cases.tests.plans import drafted, staged_plan, stages, taken_on
from qingshan.office.cases.versions import Change, compared
from qingshan.office.matters.models import Measure, Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def two_versions(world: World, first: NewPlan, second: NewPlan) -> tuple[Plan, Plan]:
    matter = taken_on(world)
    old = drafted(world, matter, first)
    Plan.objects.filter(pk=old.pk).update(state="returned")
    return Plan.objects.get(pk=old.pk), drafted(world, matter, second)


def changes(old: Plan, new: Plan) -> dict[str, list[tuple[str, Change]]]:
    return {
        part.title: [(line.name, line.change) for line in part.shown]
        for part in compared(old, new, whole=False)
        if part.shown
    }


def test_nothing_changed_is_nothing_shown_but_all_is_there(world: World) -> None:
    old, new = two_versions(world, staged_plan(world), staged_plan(world))
    assert changes(old, new) == {}
    whole = compared(old, new, whole=True)
    assert [(part.title, len(part.shown)) for part in whole] == [
        ("目标和时限", 4), ("整改措施", 2), ("阶段节点", 3),
    ]  # fmt: skip


def test_a_target_a_deadline_and_a_measure_that_changed_are_named(world: World) -> None:
    base = staged_plan(world)
    clearing, filling = base.measures
    second = replace(
        base,
        target_quantity=Decimal("2.8"),
        due_on=date(2026, 5, 15),
        measures=(clearing, replace(filling, quantity=Decimal(2))),
    )
    old, new = two_versions(world, base, second)
    assert changes(old, new) == {
        "目标和时限": [("目标数量", Change.CHANGED), ("完成时限", Change.CHANGED)],
        "整改措施": [("回填采坑", Change.CHANGED)],
    }
    (line,) = [
        each for part in compared(old, new, whole=False) for each in part.shown if each.name == "回填采坑"
    ]
    assert line.old.startswith("1.5 万立方米")
    assert line.new.startswith("2 万立方米")


def test_stages_are_matched_by_name_wherever_they_went_then_by_place(world: World) -> None:
    first, second, third = stages()
    new_ones = (second, replace(first, name="清运全部弃渣"), NewStage("管护", days=30))
    base = staged_plan(world)
    old, new = two_versions(world, base, replace(base, stages=new_ones, measures=()))
    found = dict(changes(old, new)["阶段节点"])
    assert found == {
        "清运全部弃渣": Change.ADDED,
        "管护": Change.CHANGED,
        "清运弃渣": Change.GONE,
    }
    assert third.name not in found


def test_what_an_area_covers_is_compared_too(world: World) -> None:
    base = staged_plan(world)
    with_mine = replace(base, covers=(NewCover(mine=world.mine),))
    without = replace(base, covers=(NewCover(mine=world.mine, left_out_because="已移交"), LAND))
    old, new = two_versions(world, with_mine, without)
    assert changes(old, new)["覆盖范围"] == [("北山沟谷", Change.ADDED), (str(world.mine), Change.CHANGED)]


def test_quantities_are_added_up_by_unit_and_what_nobody_reported_is_not_zero() -> None:
    rows = [
        Measure(name="甲", quantity=Decimal("100"), quantity_unit="立方米", done_quantity=Decimal("40")),
        Measure(name="乙", quantity=Decimal("50"), quantity_unit="立方米"),
        Measure(name="丙", quantity=Decimal("3.2"), quantity_unit="公顷"),
        Measure(name="丁"),
    ]
    land, slag = quantities(rows)
    assert (slag.said, slag.percent, slag.reported, slag.measures) == ("40 / 150 立方米", "26.7%", 1, 2)
    assert (land.said, land.percent, land.done) == ("— / 3.2 公顷", "", None)
    assert finished(rows).say() == "0.00% = 0 / 4 项（按项）"
