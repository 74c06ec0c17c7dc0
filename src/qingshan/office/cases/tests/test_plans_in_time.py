from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qingshan.office.cases import actions
from qingshan.office.cases.actions.planning import NewMeasure, NewStage
from qingshan.office.cases.tests.factories import World, a_plan, a_world, said
from qingshan.office.cases.tests.plans import DUE, approved, drafted, report, staged_plan, stages
from qingshan.office.cases.timetables import placed, plan_times, proposal, surroundings
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import Plan
from qingshan.office.matters.sentences import MatterRefused
from qingshan.office.trail.models import Entry
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.errors import RuleBroken

pytestmark = pytest.mark.django_db


def test_stages_are_placed_back_from_the_deadline_within_the_planting_season() -> None:
    world = a_world()
    plan = drafted(world)
    around = surroundings(plan.matter, on=world.today)
    found = proposal(stages(), deadline=DUE, not_before=world.today, around=around, on=world.today)
    assert found.timetable is not None
    days = [(stage.from_on, stage.due_on) for stage in placed(stages(), found.timetable)]
    assert days == [
        (date(2026, 3, 16), date(2026, 3, 27)),
        (date(2026, 3, 30), date(2026, 4, 24)),
        (date(2026, 5, 4), date(2026, 5, 29)),
    ]
    assert "rules.season.not_entered" in {note.code for note in found.notes}


def test_a_plan_that_does_not_fit_says_why_and_what_would() -> None:
    world = a_world()
    plan = drafted(world)
    around = surroundings(plan.matter, on=world.today)
    found = proposal(
        stages(), deadline=date(2026, 4, 10), not_before=world.today, around=around, on=world.today
    )
    assert found.timetable is None
    assert [fault.code for fault in found.faults] == [
        "rules.schedule.too_early",
        "rules.schedule.soonest_end",
    ]


def test_what_was_approved_is_frozen_with_all_that_its_days_came_from() -> None:
    world = a_world()
    plan = approved(world)
    assert plan.baseline[2] == {
        "place": 3,
        "name": "栽植乔灌木",
        "work": "planting",
        "days": 20,
        "in_calendar_days": False,
        "after": [2],
        "lag_days": 7,
        "from_on": "2026-04-20",
        "due_on": "2026-05-15",
    }


def test_a_forecast_of_what_was_approved_today_is_its_baseline() -> None:
    world = a_world()
    plan = approved(world)
    times = plan_times(plan, plan.matter, on=world.today)
    assert times.is_frozen
    assert times.forecast is not None
    assert [row.span for row in times.forecast.rows] == [row.span for row in times.baseline.rows]
    assert times.slips is not None
    assert times.slips.end_days == 0


def test_a_stage_that_begins_late_moves_what_waits_for_it_and_is_named_as_the_cause() -> None:
    world = a_world()
    plan = approved(world)
    world.later(14)
    report(world, plan, (1, {"begun_on": world.today - timedelta(days=7), "percent": 50}))
    times = plan_times(Plan.objects.get(pk=plan.pk), world.fresh(plan.matter), on=world.today)
    slips = times.slips
    assert slips is not None
    assert [each.days for each in slips.stages] == [7, 7, 7]
    assert slips.cause == "1"
    assert times.cause is not None
    assert times.cause.name == "清运弃渣"
    assert [each.name for each in times.moved(slips.stages[0])] == ["回填采坑", "栽植乔灌木"]
    assert slips.deadline_days == -7


def test_the_baseline_stays_while_reports_change_the_forecast() -> None:
    world = a_world()
    plan = approved(world)
    before = plan.baseline
    world.later(30)
    report(world, plan, (1, {"begun_on": date(2026, 3, 2), "done_on": date(2026, 3, 20), "percent": 100}))
    plan = Plan.objects.get(pk=plan.pk)
    assert plan.baseline == before
    times = plan_times(plan, world.fresh(plan.matter), on=world.today)
    assert times.bars is not None
    first = times.bars.rows[0]
    assert (first.is_finished, first.slip_days) == (True, 7)


def test_an_extension_moves_the_deadline_and_leaves_the_baseline() -> None:
    world = a_world()
    plan = approved(world)
    world.later(20)
    later = DUE + timedelta(days=31)
    actions.extend(
        world.fresh(plan.matter),
        replace(said("雨季提前"), number="青自然资〔2026〕8号"),
        due_on=later,
        actor=world.actor("city_reviewer"),
        now=world.now,
    )
    times = plan_times(Plan.objects.get(pk=plan.pk), world.fresh(plan.matter), on=world.today)
    assert times.deadline == later
    assert times.baseline.ends_on == date(2026, 5, 15)


def test_a_report_of_stages_is_one_step_and_one_entry_and_the_ledger_stays_sound() -> None:
    world = a_world()
    plan = approved(world)
    before = Entry.objects.count(), plan.matter.steps.count()
    report(world, plan, (1, {"begun_on": world.today, "percent": 30}), (2, {"percent": 10}))
    assert (Entry.objects.count(), plan.matter.steps.count()) == (before[0] + 1, before[1] + 1)
    step = plan.matter.steps.order_by("-matter_version")[0]
    assert step.facts == {"stage_1": 30, "stage_2": 10}
    assert astray() == []
    faults = verify_trail().faults
    assert [each for each in faults if str(each.values.get("kind", "")).startswith("matters.")] == []


def test_a_stage_at_a_hundred_percent_is_finished_on_the_day_of_the_report() -> None:
    world = a_world()
    plan = approved(world)
    report(world, plan, (1, {"begun_on": world.today, "percent": 100}))
    stage = plan.stages.get(place=1)
    assert (stage.done_on, stage.progress_percent, stage.reported_on) == (world.today, 100, world.today)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"percent": 130}, "rules.schedule.percent_out_of_range"),
        ({"begun_on": date(2026, 3, 9)}, "rules.schedule.reported_ahead"),
        (
            {"begun_on": date(2026, 3, 2), "done_on": date(2026, 2, 27)},
            "rules.schedule.finished_before_begun",
        ),
    ],
)
def test_a_report_that_cannot_be_is_refused_and_changes_nothing(values: dict[str, object], code: str) -> None:
    world = a_world()
    plan = approved(world)
    with pytest.raises(RuleBroken) as refused:
        report(world, plan, (1, dict(values)))
    assert refused.value.code == code
    assert plan.stages.get(place=1).reported_on is None


def test_a_stage_of_another_version_is_refused() -> None:
    world = a_world()
    plan = approved(world)
    actions.adjust(
        world.fresh(plan.matter),
        replace(said("面积核减"), number="青自然资〔2026〕9号"),
        target="回填采坑并复绿 2.8 公顷",
        target_quantity=None,
        target_unit="",
        actor=world.actor("city_reviewer"),
        now=world.now,
    )
    with pytest.raises(MatterRefused) as refused:
        report(world, plan, (1, {"percent": 10}))
    assert refused.value.code == "matters.stage_unknown"


def test_a_draft_is_held_against_its_deadline_before_anybody_approves_it() -> None:
    world = a_world()
    plan = drafted(world)
    times = plan_times(plan, plan.matter, on=world.today)
    assert not times.is_frozen
    assert times.deadline == DUE
    assert times.slips is not None
    assert times.slips.deadline_days == -14


def test_a_version_that_was_replaced_has_no_forecast() -> None:
    world = a_world()
    plan = approved(world)
    Plan.objects.filter(pk=plan.pk).update(state="replaced")
    times = plan_times(Plan.objects.get(pk=plan.pk), plan.matter, on=world.today)
    assert (times.forecast, times.slips, times.faults) == (None, None, ())
    assert times.bars is not None


def test_stages_that_wait_for_each_other_have_no_forecast_but_a_sentence() -> None:
    world = a_world()
    first, second, third = stages()
    from qingshan.office.cases.tests.plans import staged_plan

    plan = drafted(
        world, plan=replace(staged_plan(world), stages=(replace(first, after=(3,)), second, third))
    )
    times = plan_times(plan, plan.matter, on=world.today)
    assert times.forecast is None
    assert [fault.code for fault in times.faults] == ["rules.schedule.cycle"]


def test_what_is_due_on_a_sunday_is_not_late_before_monday_is_over() -> None:
    world = a_world()
    sunday = date(2026, 5, 24)
    only_due = (NewStage("回填采坑", due_on=sunday),)
    of_one = replace(staged_plan(world), stages=only_due, measures=measures_of_stage_one(world))
    plan = approved(world, plan=of_one)
    slips = plan_times(plan, plan.matter, on=world.today).slips
    assert slips is not None
    assert [stage.days for stage in slips.stages] == [0]
    tuesday = plan_times(plan, plan.matter, on=sunday + timedelta(days=2)).slips
    assert tuesday is not None
    assert [stage.days for stage in tuesday.stages] == [2]


def measures_of_stage_one(world: World) -> tuple[NewMeasure, ...]:
    return tuple(replace(each, stage=1) for each in a_plan(world, due_on=DUE).measures)
