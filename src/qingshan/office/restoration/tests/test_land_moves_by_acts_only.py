"""Is land available only when nothing is left to be done there, and does a clock run on what lies idle?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from qingshan.geo.area import area_m2
from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.mines.models import Mine
from qingshan.office.restoration import actions, queries
from qingshan.office.restoration.checking import astray
from qingshan.office.restoration.models import LandMove, LandParcel
from qingshan.office.restoration.sentences import RestorationRefused
from qingshan.office.restoration.tests.factories import World, square
from qingshan.office.trail.models import Entry
from qingshan.rules.errors import RuleBroken
from qingshan.rules.land import TO_RESTORE, FourAnswers, Idle, LandAct, LandState, against_available

FREE = FourAnswers(False, False, False, False)
HECTARE = 10_000.0


def disturbed(world: World, area: float | None = 3 * HECTARE, **given: object) -> LandParcel:
    return actions.disturb_land(
        world.mine, name="一采区", occurred_on=world.today, area_m2=area, **given, **world.by("county_clerk")
    )


def moved(
    world: World, parcel: LandParcel, act: LandAct, *, by: str = "city_reviewer", **given: object
) -> LandParcel:
    return actions.move_land(
        parcel, act, occurred_on=world.today, **{"number": "云自然资〔2026〕8号", **given}, **world.by(by)
    )


def in_state(world: World, state: LandState) -> float:
    return queries.balances([world.mine])[world.mine.pk].m2(state)


@pytest.mark.parametrize("name", ["mined", "installations", "ore_within_ten_years", "kept_by_agreement"])
def test_one_yes_keeps_land_from_being_available(world: World, name: str) -> None:
    parcel = disturbed(world)
    with pytest.raises(RuleBroken) as refused:
        moved(world, parcel, LandAct.MAKE_AVAILABLE, answers=replace(FREE, **{name: True}))
    assert refused.value.code == f"rules.land.{name}"
    assert in_state(world, LandState.AVAILABLE) == 0


def test_a_question_that_nobody_answered_is_no_no() -> None:
    reasons = against_available(replace(FREE, mined=None))
    assert [reason.code for reason in reasons] == ["rules.land.question_open"]


def test_the_four_answers_stay_with_the_move(world: World) -> None:
    moved(world, disturbed(world), LandAct.MAKE_AVAILABLE, answers=FREE)
    newest = LandMove.objects.order_by("-id").first()
    assert newest is not None
    assert newest.answers == {
        "mined": False, "installations": False, "ore_within_ten_years": False, "kept_by_agreement": False
    }  # fmt: skip


def test_a_part_moves_and_the_rest_stays(world: World) -> None:
    parcel = disturbed(world)
    part = moved(world, parcel, LandAct.MAKE_AVAILABLE, area_m2=HECTARE, answers=FREE)
    assert part.came_from_id == parcel.pk
    assert in_state(world, LandState.ACTIVE) == 2 * HECTARE
    assert in_state(world, LandState.AVAILABLE) == HECTARE


def test_more_land_than_there_is_cannot_be_moved(world: World) -> None:
    with pytest.raises(RuleBroken) as refused:
        moved(world, disturbed(world), LandAct.MAKE_AVAILABLE, area_m2=4 * HECTARE, answers=FREE)
    assert refused.value.code == "rules.land.area_impossible"


def test_land_that_is_counted_at_another_plot_is_counted_once_and_both_are_named(world: World) -> None:
    one, other = square(122.2), square(122.201)
    disturbed(world, None, shape=one)
    disturbed(world, None, shape=other)
    total = queries.balances([world.mine])[world.mine.pk].total_m2
    assert total == pytest.approx(area_m2(one.union(other)), abs=0.1)
    newest = LandMove.objects.order_by("-id").first()
    assert newest is not None
    assert [each["name"] for each in newest.overlaps or []] == ["老虎沟铁矿 一采区"]
    with pytest.raises(RestorationRefused) as refused:
        disturbed(world, None, shape=one)
    assert refused.value.code == "restoration.land_counted_already"


def test_a_clock_runs_on_available_land_and_nothing_is_judged_without_a_rule(world: World) -> None:
    parcel = moved(world, disturbed(world), LandAct.MAKE_AVAILABLE, answers=FREE)
    world.later(120)
    [row] = queries.idle_land(actor=world.actor("provincial_dispatcher")).rows
    clock = queries.clock_of(row, on=world.today)
    assert (row.pk, clock.days, clock.stands) == (parcel.pk, 120, Idle.UNLIMITED)


def test_what_was_restored_is_held_against_what_was_disturbed_in_the_year(world: World) -> None:
    parcel = moved(world, disturbed(world), LandAct.MAKE_AVAILABLE, answers=FREE)
    part = moved(world, parcel, LandAct.BEGIN, by="county_clerk", area_m2=2 * HECTARE)
    part = moved(world, part, LandAct.RESTORE)
    [year] = queries.years_of(queries.land_moves_of(world.mine))
    assert year.said == "66.67% = 2.00 / 3.00 公顷（按面积）"
    world.later(365)
    moved(world, part, LandAct.RELAPSE)
    years = queries.years_of(queries.land_moves_of(world.mine))
    assert [(each.year, each.restored_m2) for each in years] == [(2027, -2 * HECTARE), (2026, 2 * HECTARE)]
    assert years[0].said == "— = -2.00 / 0.00 公顷（按面积）"


def test_the_years_add_up_to_what_is_still_to_be_restored(world: World) -> None:
    part = moved(world, disturbed(world), LandAct.MAKE_AVAILABLE, area_m2=2 * HECTARE, answers=FREE)
    part = moved(world, moved(world, part, LandAct.BEGIN, by="county_clerk"), LandAct.RESTORE)
    world.later(365)
    moved(world, part, LandAct.RELAPSE, area_m2=HECTARE / 2)
    part = LandParcel.objects.get(pk=part.pk)
    gone = moved(world, part, LandAct.RELEASE, area_m2=HECTARE)
    world.later(365)
    moved(world, gone, LandAct.DISTURB_AGAIN, by="county_clerk")
    moved(world, LandParcel.objects.get(pk=part.pk), LandAct.DISTURB_AGAIN, by="county_clerk")
    years = queries.years_of(queries.land_moves_of(world.mine))
    balance = queries.balances([world.mine])[world.mine.pk]
    left = sum(each.disturbed_m2 - each.restored_m2 for each in years)
    assert left == sum(balance.m2(state) for state in TO_RESTORE) == 3 * HECTARE


def test_whoever_looked_at_an_older_state_is_told_so(world: World) -> None:
    parcel = disturbed(world)
    read = LandParcel.objects.get(pk=parcel.pk)
    moved(world, parcel, LandAct.MAKE_AVAILABLE, answers=FREE)
    with pytest.raises(ChangedMeanwhile):
        moved(world, read, LandAct.MAKE_AVAILABLE, answers=FREE)


def test_nothing_happens_before_its_time_or_without_the_duty(world: World) -> None:
    parcel = disturbed(world)
    with pytest.raises(RuleBroken):
        actions.move_land(
            parcel, LandAct.MAKE_AVAILABLE, occurred_on=world.today - timedelta(days=1), answers=FREE,
            **world.by("city_reviewer"),
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        moved(world, parcel, LandAct.MAKE_AVAILABLE, by="county_clerk", answers=FREE)
    with pytest.raises(RuleBroken) as refused:
        moved(world, parcel, LandAct.RELEASE)
    assert refused.value.code == "rules.land.not_from_here"


# --- what was entered wrongly ------------------------------------------------------------------------------------


def corrected(world: World, parcel: LandParcel, *, by: str = "county_clerk", **given: object) -> LandParcel:
    told = {"grounds": "面积多录一位", **given}
    return actions.correct_land(parcel, **told, **world.by(by))  # type: ignore[arg-type]


def test_a_wrong_area_is_put_right_by_the_difference_and_the_history_stays(world: World) -> None:
    parcel = corrected(world, disturbed(world), area_m2=2 * HECTARE)
    assert in_state(world, LandState.ACTIVE) == 2 * HECTARE
    newest, first = queries.land_moves_of(world.mine)
    assert (newest.act, newest.from_state, newest.to_state) == ("restoration.correct_land", "active", "")
    assert (newest.area_m2, first.area_m2) == (HECTARE, 3 * HECTARE)
    corrected(world, parcel, area_m2=5 * HECTARE, grounds="重新测量")
    assert in_state(world, LandState.ACTIVE) == 5 * HECTARE
    assert not astray()
    entry = Entry.objects.latest("seq")
    assert (entry.old["area_ha"], entry.new["area_ha"]) == ("2.0000", "5.0000")


def test_land_of_another_mine_goes_there_with_its_state(world: World) -> None:
    other = Mine.objects.create(key="M-2", name="野猪岭石矿", region=world.mine.region)
    parcel = moved(world, disturbed(world), LandAct.MAKE_AVAILABLE, answers=FREE)
    corrected(world, parcel, mine=other, grounds="登记错矿山")
    assert in_state(world, LandState.AVAILABLE) == 0
    assert queries.balances([other])[other.pk].m2(LandState.AVAILABLE) == 3 * HECTARE
    assert queries.years_of(queries.land_moves_of(world.mine))[0].disturbed_m2 == 0
    assert not astray()


def test_the_year_in_which_land_was_entered_is_put_right_and_no_later_one(world: World) -> None:
    parcel = disturbed(world)
    world.later(365)
    corrected(world, parcel, area_m2=HECTARE)
    [year] = queries.years_of(queries.land_moves_of(world.mine))
    assert (year.year, year.disturbed_m2) == (2026, HECTARE)


def test_land_that_was_never_there_frees_its_shape_and_names_what_leaned_on_it(world: World) -> None:
    one, other = square(122.2), square(122.201)
    parcel = disturbed(world, None, shape=one)
    disturbed(world, None, shape=other)
    corrected(world, parcel, area_m2=0.0, grounds="没有损毁")
    newest = queries.land_moves_of(world.mine)[0]
    assert [each["name"] for each in newest.overlaps or []] == ["老虎沟铁矿 一采区"]
    again = disturbed(world, None, shape=one)
    assert again.area_m2 == pytest.approx(area_m2(one.difference(other)), abs=1)


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"area_m2": HECTARE, "grounds": " "}, RuleBroken),
        ({"area_m2": -1.0}, RestorationRefused),
        ({"area_m2": 3 * HECTARE}, RestorationRefused),
        ({"area_m2": HECTARE, "by": "city_reviewer"}, NotAllowed),
        ({"area_m2": HECTARE, "by": "other_county_clerk"}, NotAllowed),
    ],
)
def test_what_cannot_be_is_no_correction(
    world: World, given: dict[str, object], refused: type[Exception]
) -> None:
    parcel = disturbed(world)
    with pytest.raises(refused):
        corrected(world, parcel, **given)  # type: ignore[arg-type]
    assert in_state(world, LandState.ACTIVE) == 3 * HECTARE


def test_land_is_put_right_at_its_page(world: World) -> None:
    parcel = disturbed(world)
    path = f"/restoration/land/plots/{parcel.pk}/correct/"
    with time_machine.travel(world.now, tick=False):
        client = world.people.enter("county_clerk")
        assert path in client.get(f"/restoration/land/mines/{world.mine.pk}/").content.decode()
        assert 'value="3.0000"' in client.get(path).content.decode()
        sent = {"area": "1.5", "grounds": "多录一倍", "version": parcel.version}
        assert client.post(path, sent).status_code == 302
        page = client.get(f"/restoration/land/mines/{world.mine.pk}/").content.decode()
    assert in_state(world, LandState.ACTIVE) == 1.5 * HECTARE
    assert "生产占用 → 登记更正" in page
