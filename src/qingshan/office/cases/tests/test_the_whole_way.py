from __future__ import annotations

from datetime import timedelta

import pytest

from qingshan.office.cases import actions
from qingshan.office.cases.tests.factories import a_world, brought_to, said
from qingshan.office.matters.checking import astray
from qingshan.office.matters.queries import stock_flow
from qingshan.office.trail.models import Entry
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.stock import Move

pytestmark = pytest.mark.django_db


def test_a_problem_goes_from_the_list_to_closed() -> None:
    world = a_world()
    matter = brought_to(world, "closed")
    assert matter.state_id == "rectification.closed"
    assert matter.closed_on == world.today
    assert matter.awaits_duty == ""
    assert astray() == []
    assert _changed_outside_acts() == []


def test_each_act_leaves_one_step_and_one_entry() -> None:
    world = a_world()
    matter = brought_to(world, "closed")
    assert matter.steps.count() == matter.version == Entry.objects.count()


def test_a_closed_case_that_returns_is_reopened_with_a_new_deadline_and_closed_again() -> None:
    world = a_world()
    matter = brought_to(world, "closed")
    old = matter.due_on
    world.later(200)
    actions.reopen(
        matter,
        said("卫星影像显示复垦地块再次破坏"),
        due_on=world.today + timedelta(days=60),
        actor=world.actor("county_dispatcher"),
        now=world.now,
    )
    matter = world.fresh(matter)
    assert matter.state_id == "rectification.reopened"
    assert matter.closed_on is None
    assert matter.due_on == world.today + timedelta(days=60)
    change = matter.due_changes.order_by("-id")[0]
    assert (change.old_due_on, change.new_due_on) == (old, matter.due_on)
    assert astray() == []


def test_the_stock_is_opening_plus_what_came_in_less_what_went_out() -> None:
    world = a_world()
    brought_to(world, "closed")
    brought_to(world, "assigned")
    dispatcher = world.actor("provincial_dispatcher")
    flow = stock_flow(
        "rectification", actor=dispatcher, from_on=world.today - timedelta(days=5), to_on=world.today
    )
    assert flow.opening == 1
    assert flow.counts == {Move.OPENED: 1, Move.CLOSED: 1}
    assert flow.closing == 1


def _changed_outside_acts() -> list[object]:
    """Faults of matters; the people of the tests were written straight to their tables."""
    faults = verify_trail().faults
    return [each for each in faults if str(each.values.get("kind", "")).startswith(("matters.", "cases."))]
