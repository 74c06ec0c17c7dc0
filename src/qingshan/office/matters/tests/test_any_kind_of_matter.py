"""Does a kind that is named nowhere in the program get everything that matters share?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import qingshan.office.matters
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.errors import ChangedMeanwhile, NotAllowed, NotFound
from qingshan.office.matters import queries
from qingshan.office.matters.checking import astray
from qingshan.office.matters.kinds import MatterKind, kinds
from qingshan.office.matters.models import Matter, Movement, StandingTally, Step
from qingshan.office.matters.queries import Narrowing, one_matter, standings, stock_flow, turns_of
from qingshan.office.matters.sentences import MatterRefused
from qingshan.office.matters.tests import errands
from qingshan.office.trail.models import Entry
from qingshan.rules.errors import RuleBroken
from qingshan.rules.stock import Move

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2026, 3, 2, 2, tzinfo=UTC), date(2026, 3, 2)
SHOWN = ("errand",)


@pytest.fixture
def people() -> People:
    errands.declare()
    return nine_people()


@pytest.fixture
def errand(people: People) -> Matter:
    return errands.register(
        people, actor=people.actor("county_clerk"), now=NOW, due_on=TODAY + timedelta(days=3)
    )


def again(matter: Matter, people: People) -> Matter:
    return one_matter(matter.pk, actor=people.actor("provincial_dispatcher"))


def done(errand: Matter, people: People) -> Matter:
    errands.do(errand, "errands.begin", actor=people.actor("county_clerk"), now=NOW)
    reviewer = people.actor("city_reviewer")
    errands.do(again(errand, people), "errands.finish", actor=reviewer, now=NOW, grounds="送到了")
    return again(errand, people)


def test_no_kind_is_named_among_matters() -> None:
    room = Path(qingshan.office.matters.__file__).parent
    names = {kind.kind for kind in kinds()} - {"errand"}
    found = [
        f"{path.name}: {name}"
        for path in room.rglob("*.py")
        if not {"tests", "migrations"} & set(path.relative_to(room).parts)
        for name in names
        if re.search(rf"\b{name}\b", path.read_text(encoding="utf-8"))
    ]
    assert names
    assert found == []


def test_a_kind_whose_needs_nobody_can_judge_is_refused_at_once() -> None:
    with pytest.raises(LookupError, match="no_grounds"):
        MatterKind(flow=errands.FLOW, needs={}, path=errands.KIND.path)


def test_its_page_is_where_its_kind_says(errand: Matter) -> None:
    assert errand.get_absolute_url() == f"/errands/{errand.pk}/"


def test_it_is_registered_with_one_step_one_movement_and_one_entry(errand: Matter) -> None:
    assert errand.state_id == "errand.open"
    assert Step.objects.count() == Movement.objects.count() == Entry.objects.count() == 1
    assert astray() == []


def test_it_goes_its_way_and_comes_back(errand: Matter, people: People) -> None:
    matter = done(errand, people)
    assert (matter.state_id, matter.closed_on) == ("errand.done", TODAY)
    dispatcher = people.actor("provincial_dispatcher")
    errands.do(matter, "errands.resume", actor=dispatcher, now=NOW)
    matter = again(matter, people)
    assert (matter.state_id, matter.closed_on) == ("errand.doing", None)
    assert [step.to_state_id for step in queries.steps_of(matter)] == [
        "errand.open",
        "errand.doing",
        "errand.done",
        "errand.doing",
    ]
    assert astray() == []


def test_an_act_that_the_state_does_not_know_is_refused_and_says_what_is_possible(
    errand: Matter, people: People
) -> None:
    with pytest.raises(RuleBroken) as refused:
        errands.do(errand, "errands.finish", actor=people.actor("city_reviewer"), now=NOW, grounds="送到了")
    assert "当前状态为“待办”" in refused.value.say()
    assert "开始办" in refused.value.say()
    assert Step.objects.count() == 1


def test_only_the_unit_with_the_part_may(errand: Matter, people: People) -> None:
    with pytest.raises(NotAllowed) as refused:
        errands.do(errand, "errands.begin", actor=people.actor("county_leader"), now=NOW)
    assert refused.value.say() == "不能办理“开始办”：只有本事项的责任单位可以办理，您的单位不是。"


def test_only_the_level_that_is_asked_for_may(errand: Matter, people: People) -> None:
    errands.do(errand, "errands.begin", actor=people.actor("county_clerk"), now=NOW)
    from qingshan.office.accounts.tests.people import a_holding, a_person, a_post
    from qingshan.rules.duties import Duty

    bureau = people.organisations["county_bureau"]
    person = a_person(bureau, "县审")
    people.persons["low"] = person
    people.holdings["low"] = a_holding(person, a_post(bureau, "审核", Duty.REVIEW))
    with pytest.raises(NotAllowed) as refused:
        errands.do(
            again(errand, people), "errands.finish", actor=people.actor("low"), now=NOW, grounds="送到了"
        )
    assert refused.value.say() == "不能办理“办完”：须由市级单位办理。"


def test_a_need_that_is_not_met_leaves_everything_as_it_was(errand: Matter, people: People) -> None:
    errands.do(errand, "errands.begin", actor=people.actor("county_clerk"), now=NOW)
    before = (Step.objects.count(), Movement.objects.count(), Entry.objects.count())
    with pytest.raises(RuleBroken):
        errands.do(again(errand, people), "errands.finish", actor=people.actor("city_reviewer"), now=NOW)
    assert (Step.objects.count(), Movement.objects.count(), Entry.objects.count()) == before
    assert astray() == []


def test_of_two_who_act_on_what_they_both_saw_the_second_is_told(errand: Matter, people: People) -> None:
    first, second = again(errand, people), again(errand, people)
    errands.do(first, "errands.remark", actor=people.actor("county_clerk"), now=NOW, grounds="先说的")
    with pytest.raises(ChangedMeanwhile):
        errands.do(second, "errands.begin", actor=people.actor("county_clerk"), now=NOW)
    assert Step.objects.count() == 2


def test_what_has_no_deadline_never_hides_what_is_due(people: People) -> None:
    clerk = people.actor("county_clerk")
    for place in range(3):
        errands.register(people, actor=clerk, now=NOW, number=f"U-{place}")
    due = errands.register(people, actor=clerk, now=NOW, due_on=TODAY + timedelta(days=3))
    assert turns_of(clerk, rows=2)[0].pk == due.pk


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=1)])
def test_a_day_to_come_or_before_the_last_step_is_refused(errand: Matter, people: People, day: date) -> None:
    with pytest.raises(MatterRefused):
        errands.do(errand, "errands.begin", actor=people.actor("county_clerk"), now=NOW, occurred_on=day)


def test_the_turn_goes_to_who_must_act_next(errand: Matter, people: People) -> None:
    clerk, reviewer = people.actor("county_clerk"), people.actor("city_reviewer")
    assert [turn.pk for turn in turns_of(clerk)] == [errand.pk]
    assert turns_of(reviewer) == []
    errands.do(errand, "errands.begin", actor=clerk, now=NOW)
    assert turns_of(clerk) == []
    assert [turn.pk for turn in turns_of(reviewer)] == [errand.pk]
    errands.do(again(errand, people), "errands.finish", actor=reviewer, now=NOW, grounds="送到了")
    assert turns_of(reviewer) == []


def test_another_county_sees_nothing_of_it(errand: Matter, people: People) -> None:
    other = people.actor("other_county_clerk")
    with pytest.raises(NotFound):
        one_matter(errand.pk, actor=other)
    assert queries.ledger(SHOWN, actor=other, narrowing=Narrowing()).rows == []
    assert standings(SHOWN, actor=other, on=TODAY).in_stock == 0


@pytest.mark.parametrize("who", ["county_clerk", "city_reviewer", "provincial_dispatcher", "auditor"])
def test_whoever_has_the_region_finds_it_in_the_ledger(errand: Matter, people: People, who: str) -> None:
    page = queries.ledger(SHOWN, actor=people.actor(who), narrowing=Narrowing())
    assert [row.pk for row in page.rows] == [errand.pk]


def test_moving_it_takes_it_out_of_one_stock_and_into_the_other(errand: Matter, people: People) -> None:
    here, there = people.regions["990101"], people.regions["990201"]
    dispatcher = people.actor("provincial_dispatcher")
    errands.do(errand, "errands.move", actor=dispatcher, now=NOW, region_id=there.pk)
    of = {"actor": dispatcher, "from_on": TODAY, "to_on": TODAY}
    left = stock_flow("errand", region_id=here.pk, **of)
    came = stock_flow("errand", region_id=there.pk, **of)
    assert (left.closing, came.closing) == (0, 1)
    assert (left.counts[Move.TRANSFERRED_OUT], came.counts[Move.TRANSFERRED_IN]) == (1, 1)
    assert stock_flow("errand", **of).closing == 1
    assert astray() == []


def test_standings_tell_what_is_late_soon_and_in_time(people: People) -> None:
    clerk = people.actor("county_clerk")
    for place, days in enumerate((-1, 0, 15, 16, None)):
        due_on = TODAY + timedelta(days=days) if days is not None else None
        errands.register(people, actor=clerk, now=NOW, number=f"E-{place}", due_on=due_on)
    found = standings(SHOWN, actor=clerk, on=TODAY)
    assert (found.overdue, found.soon, found.in_time, found.without_deadline) == (1, 2, 1, 1)
    assert found.in_stock == 5


def test_what_has_ended_is_late_no_more(errand: Matter, people: People) -> None:
    done(errand, people)
    found = standings(SHOWN, actor=people.actor("county_clerk"), on=TODAY + timedelta(days=100))
    assert (found.overdue, found.by_state) == (0, {"errand.done": 1})


def test_an_extension_keeps_both_days(errand: Matter, people: People) -> None:
    later = TODAY + timedelta(days=30)
    errands.do(errand, "errands.remark", actor=people.actor("county_clerk"), now=NOW, due_on=later)
    (change,) = again(errand, people).due_changes.all()
    assert (change.old_due_on, change.new_due_on) == (TODAY + timedelta(days=3), later)


def test_a_late_entry_stands_where_it_stood_without_invented_steps(people: People) -> None:
    clerk = people.actor("county_clerk")
    matter = errands.register(
        people,
        actor=clerk,
        now=NOW,
        state="done",
        occurred_on=date(2024, 5, 1),
        closed_on=date(2024, 9, 1),
        missing_papers=("收条",),
    )
    assert (matter.state_id, matter.opened_on, matter.late_entry) == ("errand.done", date(2024, 5, 1), True)
    assert matter.steps.count() == 1
    flow = stock_flow("errand", actor=clerk, from_on=TODAY, to_on=TODAY)
    assert flow.counts == {Move.OPENED: 1, Move.CLOSED: 1}
    assert astray() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda matter: Matter.objects.filter(pk=matter.pk).update(state_id="errand.doing"),
        lambda matter: Matter.objects.filter(pk=matter.pk).update(due_on=None),
        lambda matter: Matter.objects.filter(pk=matter.pk).update(version=7),
        lambda matter: StandingTally.objects.update(rows=5),
        lambda matter: Movement.objects.all().delete(),
        lambda matter: Movement.objects.update(move="split_in"),
        lambda matter: Step.objects.update(to_state="errand.done"),
    ],
)
def test_the_doctor_names_whatever_was_changed_behind_the_program(errand: Matter, change: object) -> None:
    assert astray() == []
    change(errand)  # type: ignore[operator]
    assert astray() != []


def test_a_page_of_the_ledger_costs_the_same_few_queries_however_long_it_is(people: People) -> None:
    clerk = people.actor("county_clerk")
    counts = []
    for rows in (3, 30):
        have = Matter.objects.count()
        for place in range(have, rows):
            errands.register(people, actor=clerk, now=NOW, number=f"E-{place}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = queries.ledger(SHOWN, actor=clerk, narrowing=Narrowing())
            [(row.region.name, row.state.zh) for row in page.rows]
        counts.append(len(asked))
    # the county's and what its bureau entered abroad; then names of regions, states and whoever is asked, once each
    assert counts == [5, 5]
