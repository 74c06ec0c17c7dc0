"""Does a batch go its way by the table, and does no site get lost on it?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.batches import (
    IDENTITIES,
    BatchSite,
    Stage,
    Standing,
    Sum,
    differences,
    lost_between,
    reconcile,
    sums,
)
from qingshan.rules.errors import RuleBroken, RuleError
from qingshan.rules.flow import Flow
from qingshan.rules.flows import batch, rectification, single_site
from qingshan.rules.flows.batch import BatchAct, BatchState
from qingshan.rules.flows.single_site import SingleAct, SingleState
from qingshan.rules.reasons import Reason, say
from qingshan.rules.sampling import Check, Round
from qingshan.rules.stock import Move

A, S = BatchAct, BatchState


def walk(flow: Flow, *acts: str) -> str:
    state = flow.initial
    for act in acts:
        state = flow.after(state, act, met=flow.line(state, act).needs)
    return state


# -- the way -----------------------------------------------------------------------------------------------------

TO_CHECK = (A.ADD_SITE, A.FINISH, A.APPLY, A.SEAL_NUMBER, A.CLOSE_LIST, A.OPEN_NUMBER, A.DRAW, A.RECORD_CHECK)
TO_END = (A.NAME_PANEL, A.ACCEPT, A.GIVE_NOTICE, A.CONCLUDE)


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ((*TO_CHECK, *TO_END), S.DONE),
        ((*TO_CHECK, A.SEND_BACK_SITE, A.DRAW_DOUBLE, A.RECORD_CHECK, *TO_END), S.DONE),
        ((*TO_CHECK, A.DRAW_DOUBLE, A.SEND_BACK_SITE, A.CHECK_WHOLE, A.RECORD_CHECK, *TO_END), S.DONE),
        ((*TO_CHECK, A.RETURN, A.SEAL_NUMBER, A.APPLY, A.CLOSE_LIST, A.DRAW, *TO_END), S.DONE),
        ((*TO_CHECK, *TO_END[:3], A.STOP_NOTICE, A.APPLY), S.APPLIED),
        ((A.FINISH, A.RESUME_FORMING, A.ADD_SITE), S.FORMING),
        ((A.FINISH, A.APPLY, A.CLOSE_LIST, A.CANCEL_LIST), S.APPLIED),
        ((A.WITHDRAW,), S.WITHDRAWN),
        ((*TO_CHECK, *TO_END, A.TRACE_BACK), S.DONE),
    ],
)
def test_a_batch_goes_its_way(acts: tuple[str, ...], state: str) -> None:
    assert walk(batch.FLOW, *acts) == state


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (S.FORMING, A.APPLY),
        (S.FINISHED, A.CLOSE_LIST),
        (S.APPLIED, A.DRAW),
        (S.SEALED, A.SEAL_NUMBER),
        (S.SEALED, A.ADD_SITE),
        (S.SEALED, A.TAKE_OUT_SITE),
        (S.APPLIED, A.OPEN_NUMBER),
        (S.CHECKING, A.CHECK_WHOLE),
        (S.CHECKING, A.WITHDRAW),
        (S.CHECKING, A.CANCEL_LIST),
        (S.WHOLE, A.DRAW_DOUBLE),
        (S.ACCEPTED, A.CONCLUDE),
        (S.DONE, A.RETURN),
    ],
)
def test_no_step_is_skipped_and_nothing_moves_once_the_list_is_closed(state: str, act: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        batch.FLOW.after(state, act, met=[])
    assert refused.value.code == "rules.flow.not_from_here"


def test_the_period_runs_from_every_application_and_the_stock_moves_once_at_the_end() -> None:
    for flow, act in ((batch.FLOW, A.APPLY), (single_site.FLOW, SingleAct.APPLY)):
        assert {line.deadline for line in flow.transitions if line.act == act} == {batch.PERIOD}
        closing = [line for line in flow.transitions if Move.CLOSED in line.moves]
        assert [line.to_state for line in closing] == ["done"]


def test_a_single_site_is_accepted_by_itself_and_reopened_when_it_relapses() -> None:
    one = SingleAct
    way = (one.FINISH, one.APPLY, one.ACCEPT, one.GIVE_NOTICE, one.CONCLUDE)
    assert walk(single_site.FLOW, *way) == SingleState.DONE
    assert walk(single_site.FLOW, *way, one.REOPEN) == SingleState.RESTORING
    assert walk(single_site.FLOW, *way[:2], one.RETURN, *way) == SingleState.DONE
    assert single_site.FLOW.line(SingleState.DONE, one.REOPEN).moves == (Move.REOPENED,)


def test_no_act_of_one_flow_is_an_act_of_another() -> None:
    acts = [*batch.FLOW.acts, *single_site.FLOW.acts, *rectification.FLOW.acts]
    assert len(acts) == len(set(acts))


@given(st.randoms(use_true_random=False))
def test_from_every_state_a_random_walk_only_goes_where_the_table_leads(random: Random) -> None:
    for flow in (batch.FLOW, single_site.FLOW):
        state = flow.initial
        for _ in range(40):
            possible = flow.acts_from(state)
            if not possible:
                assert state in flow.final
                break
            line = random.choice(possible)
            if line.needs:
                with pytest.raises(RuleBroken):
                    flow.after(state, line.act, met=line.needs[1:])
            state = flow.after(state, line.act, met=line.needs)


# -- the numbers -------------------------------------------------------------------------------------------------


@st.composite
def batches(draw: st.DrawFn) -> list[BatchSite]:
    sites = []
    for number in range(draw(st.integers(0, 12))):
        standing = draw(st.sampled_from(Standing))
        area = draw(st.one_of(st.none(), st.decimals(0, 99_999, places=2)))
        checks = [Check.PASSED] if standing is Standing.ACCEPTED else list(Check)
        check = draw(st.one_of(st.none(), st.sampled_from(checks)))
        drawn_in = None if check is None else draw(st.sampled_from(Round))
        sites.append(BatchSite(f"XF-{number:02}", standing, area, drawn_in, check))
    return sites


@given(batches())
def test_counts_and_areas_add_up_at_every_stage(sites: list[BatchSite]) -> None:
    found = sums(sites)
    assert reconcile(found) == ()
    assert found[Stage.ENTERED].count == len(sites)
    assert found[Stage.ENTERED].area_m2 == sum((site.area_m2 or Decimal(0) for site in sites), Decimal(0))
    assert found[Stage.ENTERED].without_area == sum(site.area_m2 is None for site in sites)


@given(batches(), st.sampled_from(IDENTITIES), st.integers(1, 9), st.booleans())
def test_a_number_that_is_wrong_by_one_is_found_and_named(
    sites: list[BatchSite], identity: tuple[Stage, tuple[Stage, ...]], more: int, in_area: bool
) -> None:
    found = sums(sites)
    part = identity[1][0]
    found[part] += Sum(0, Decimal(more)) if in_area else Sum(more)
    reasons = reconcile(found)
    assert reasons
    assert any(part.zh in say(reason) for reason in reasons)
    assert all(say(reason, "en") for reason in reasons)


def test_a_difference_is_told_with_both_sides() -> None:
    stated = {Stage.LISTED: Sum(10), Stage.FINISHED: Sum(7), Stage.UNFINISHED: Sum(2)}
    assert [say(one) for one in reconcile(stated)] == [
        "在批 10 处，已完工 7 + 未完工 2 合计 9 处，相差 1 处。"
    ]
    assert reconcile({Stage.LISTED: Sum(10)}) == ()
    told = differences({Stage.LISTED: 9, Stage.DRAWN: 1}, {Stage.LISTED: Sum(10)})
    assert [say(one) for one in told] == ["“在批”填报 9 处，系统按点位统计 10 处。请说明差异。"]


@pytest.mark.parametrize(
    ("sites", "code"),
    [
        ([BatchSite("A", Standing.WAITING), BatchSite("A", Standing.ACCEPTED)], "site_twice"),
        ([BatchSite("A", Standing.WAITING, check=Check.PASSED)], "check_without_draw"),
        ([BatchSite("A", Standing.WAITING, drawn_in=Round.FIRST)], "check_without_draw"),
        ([BatchSite("A", Standing.ACCEPTED, None, Round.FIRST, Check.FAILED)], "accepted_without_passing"),
        ([BatchSite("A", Standing.ACCEPTED, None, Round.FIRST, Check.OPEN)], "accepted_without_passing"),
        ([BatchSite("A", Standing.WAITING, Decimal(-1))], "negative_area"),
    ],
)
def test_sites_that_contradict_themselves_are_not_counted(sites: list[BatchSite], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        sums(sites)
    assert refused.value.code == f"rules.batch.{code}"


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code.removeprefix("rules.batch.") for reason in reasons]


@given(batches(), st.data())
def test_a_site_that_vanishes_appears_or_changes_in_area_is_named(
    sites: list[BatchSite], data: st.DataObject
) -> None:
    moved = [replace(site, standing=Standing.TAKEN_OUT, drawn_in=None, check=None) for site in sites]
    assert lost_between(sites, moved) == ()
    new = BatchSite("XF-new", Standing.UNFINISHED, Decimal(5))
    assert codes(lost_between(sites, [*sites, new])) == ["site_appeared"]
    assert lost_between(sites, [*sites, new], added=["XF-new"]) == ()
    if sites:
        one = data.draw(st.sampled_from(sites))
        rest = [site for site in sites if site is not one]
        assert codes(lost_between(sites, rest)) == ["site_vanished"]
        grown = replace(one, area_m2=(one.area_m2 or Decimal(0)) + 1)
        assert codes(lost_between(sites, [*rest, grown])) == ["area_changed"]
