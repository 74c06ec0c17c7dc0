"""What does the law book demand of plans, acceptance, closing and of who holds the duty?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from qingshan.rules.closing import ClosingFacts, missing
from qingshan.rules.flows import lasting, petition, rectification
from qingshan.rules.four_questions import AreaAnswer, MeasureAnswer, PlanAnswer, unanswered
from qingshan.rules.holding import (
    Determination,
    may_order_performance,
    passes_to_government,
    same_measure_for_many,
)
from qingshan.rules.independence import DoneBy, Judge, Unit, faults
from qingshan.rules.matters import SourceKind
from qingshan.rules.reasons import Reason, say
from qingshan.rules.rectification import levels_asked, lifted, need_level, need_visit
from qingshan.rules.register import Circumstance, OrganisationKind, RegionLevel
from qingshan.rules.roles import THREE_DUTIES, Role
from qingshan.rules.rulebook import in_force
from qingshan.rules.stock import Move, StockFlow

ON = date(2026, 3, 2)
COUNTY, CITY, PROVINCE = RegionLevel.COUNTY, RegionLevel.PREFECTURE, RegionLevel.PROVINCE
AUTHORITY, ENTERPRISE = OrganisationKind.AUTHORITY, OrganisationKind.ENTERPRISE


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code.removeprefix("rules.") for reason in reasons]


# -- the four questions ------------------------------------------------------------------------------------------

MEASURE = MeasureAnswer("回填采坑", "青石矿业", "经理", "李企", date(2026, 6, 1))
PLAN = PlanAnswer(
    target="复绿 3.2 公顷",
    target_quantity=Decimal("3.2"),
    target_unit="公顷",
    due_on=date(2026, 6, 30),
    assigned_due_on=date(2026, 7, 31),
    stages=2,
    measures=(MEASURE,),
    named_duties=frozenset(THREE_DUTIES),
    lead_unit="青石县自然资源局",
)


def test_a_plan_that_answers_all_four_questions_can_be_approved() -> None:
    assert unanswered(PLAN) == ()
    assert unanswered(replace(PLAN, area=AreaAnswer("北山", 7, 0, (), True))) == ()


@pytest.mark.parametrize(
    ("change", "open_question", "words"),
    [
        ({"target": " "}, "questions.what_target", "治什么：没有整改目标。"),
        ({"target_quantity": None}, "questions.what_measurable", "治什么：整改目标没有可核的数量和单位"),
        ({"target_unit": ""}, "questions.what_measurable", "治什么"),
        ({"measures": ()}, "questions.what_measures", "治什么：没有整改措施。"),
        (
            {"area": AreaAnswer("北山", 7, 6, ("甲矿", "乙矿", "丙矿", "丁矿", "戊矿", "己矿"), True)},
            "questions.what_uncovered",
            "共 7 座矿山，还有 6 座没有纳入方案：甲矿、乙矿、丙矿、丁矿、戊矿……。请逐座纳入",
        ),
        (
            {"area": AreaAnswer("北山", 7, 1, (), True)},
            "questions.what_uncovered",
            "还有 1 座没有纳入方案：……。",
        ),
        (
            {"area": AreaAnswer("北山", 7, 0, (), False)},
            "questions.what_public_land",
            "没有写明片区“北山”内矿山之间的公共区域",
        ),
        ({"area": AreaAnswer("北山", 0, 0, (), True)}, "questions.what_no_mines", "没有登记任何矿山"),
        ({"due_on": None}, "questions.when_deadline", "何时治：没有完成时限。"),
        ({"due_on": date(2026, 8, 1)}, "questions.when_after_assigned", "晚于交办时限 2026-07-31"),
        ({"stages": 0}, "questions.when_stages", "何时治：没有阶段节点。"),
        ({"measures": (replace(MEASURE, due_on=None),)}, "questions.when_measure", "“回填采坑”没有完成时限"),
        (
            {"measures": (replace(MEASURE, due_on=date(2026, 7, 1)),)},
            "questions.when_too_late",
            "时限 2026-07-01 晚于方案时限 2026-06-30",
        ),
        ({"lead_unit": ""}, "questions.who_leads", "谁来治：没有牵头单位。"),
        (
            {"measures": (replace(MEASURE, unit="", person=" "),)},
            "questions.who_measure",
            "“回填采坑”没有写明责任单位、责任人",
        ),
        (
            {"named_duties": frozenset(THREE_DUTIES) - {Role.TERRITORIAL_DUTY}},
            "questions.otherwise",
            "治不好谁来管：党委政府属地责任没有落实到单位、岗位和人。",
        ),
    ],
)
def test_each_open_question_is_named(change: dict[str, object], open_question: str, words: str) -> None:
    found = unanswered(replace(PLAN, **change))
    assert codes(found) == [open_question]
    assert words in say(found[0])


# -- whoever did the work does not judge it ----------------------------------------------------------------------

MINE = Unit(1, "青石矿业有限公司", ENTERPRISE)
BUREAU = Unit(2, "青石县自然资源局", AUTHORITY, COUNTY)
ECOLOGY = Unit(3, "青石县生态环境分局", AUTHORITY, COUNTY)
ABOVE = Unit(4, "云岭市自然资源局", AUTHORITY, CITY)
HIGHEST = Unit(5, "青山省自然资源厅", AUTHORITY, PROVINCE)
OTHER_HIGHEST = Unit(6, "青山省林业局", AUTHORITY, PROVINCE)


@pytest.mark.parametrize(
    ("judge", "worker", "refused"),
    [
        (BUREAU, MINE, []),
        (MINE, MINE, ["independence.same_unit"]),
        (BUREAU, BUREAU, ["independence.same_unit"]),
        (ECOLOGY, BUREAU, ["independence.one_level_up"]),
        (ABOVE, BUREAU, []),
        (BUREAU, ABOVE, ["independence.one_level_up"]),
        (HIGHEST, ABOVE, []),
        (HIGHEST, HIGHEST, ["independence.same_unit"]),
        (OTHER_HIGHEST, HIGHEST, []),
    ],
)
def test_work_is_judged_by_another_unit_and_a_governments_own_by_the_level_above(
    judge: Unit, worker: Unit, refused: list[str]
) -> None:
    assert codes(faults(Judge(judge), DoneBy((worker,)))) == refused


def test_one_clerk_with_several_posts_does_not_get_round_it() -> None:
    judge = Judge(BUREAU, persons=frozenset({7}))
    (reason,) = faults(judge, DoneBy((MINE,), persons=frozenset({7, 8}), names={7: "陈登"}))
    assert say(reason).startswith("陈登参与了该项整改的实施、自验或申请，不能再作认定，换岗也不行。")


def test_the_refusal_names_the_unit_on_both_sides() -> None:
    (reason,) = faults(Judge(BUREAU), DoneBy((BUREAU,)))
    assert say(reason) == "实施单位与办理单位同为青石县自然资源局，须由上一级组织（谁实施、谁回避）。"


# -- the levels of acceptance -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "levels"),
    [
        (SourceKind.CENTRAL_INSPECTION, (COUNTY, CITY, PROVINCE)),
        (SourceKind.PROVINCIAL_INSPECTION, (COUNTY, CITY)),
        (SourceKind.NOTICE, (COUNTY, CITY)),
        (SourceKind.SELF_CHECK, (COUNTY,)),
        (SourceKind.SATELLITE, (COUNTY,)),
    ],
)
def test_the_source_says_which_levels_accept(source: SourceKind, levels: tuple[RegionLevel, ...]) -> None:
    assert levels_asked(in_force("rectification", on=ON), source) == levels


@pytest.mark.parametrize(
    ("asked", "worker", "levels"),
    [
        ((COUNTY,), MINE, (COUNTY,)),
        ((COUNTY,), BUREAU, (CITY,)),
        ((COUNTY, CITY), BUREAU, (CITY,)),
        ((COUNTY, CITY, PROVINCE), ABOVE, (PROVINCE,)),
        ((COUNTY, CITY), ABOVE, (PROVINCE,)),
        ((COUNTY, CITY, PROVINCE), HIGHEST, (PROVINCE,)),
    ],
)
def test_the_governments_own_work_is_accepted_only_above_it(
    asked: tuple[RegionLevel, ...], worker: Unit, levels: tuple[RegionLevel, ...]
) -> None:
    assert lifted(asked, (worker,)) == levels


@pytest.mark.parametrize(
    ("level", "signed", "may"),
    [
        (COUNTY, (), True),
        (CITY, (), False),
        (CITY, (COUNTY,), True),
        (PROVINCE, (COUNTY, CITY), False),
    ],
)
def test_levels_accept_in_their_order_and_no_other_does(
    level: RegionLevel, signed: tuple[RegionLevel, ...], may: bool
) -> None:
    reasons = need_level(level, asked=(COUNTY, CITY), signed=signed, source=SourceKind.NOTICE)
    assert (reasons == ()) is may


@pytest.mark.parametrize(
    ("names", "day", "refused"),
    [
        ("韩验、周专", ON, []),
        (" ", ON, ["rectification.nobody_on_site"]),
        ("韩验", None, ["rectification.nobody_on_site"]),
        ("韩验", date(2026, 3, 3), ["rectification.visited_in_the_future"]),
    ],
)
def test_acceptance_says_who_was_on_site_and_when(names: str, day: date | None, refused: list[str]) -> None:
    assert codes(need_visit(names, day, on=ON)) == refused


# -- closing ------------------------------------------------------------------------------------------------------

COMPLETE = ClosingFacts(
    on=ON,
    target_reached=True,
    target_evidence=3,
    levels_asked=(COUNTY, CITY),
    levels_signed=(COUNTY, CITY),
    notice_ends_on=date(2026, 3, 1),
    enforcement="done",
    mechanism="《矿区巡查制度》",
    effect_evaluated=True,
)


def test_a_case_with_everything_can_be_closed() -> None:
    assert missing(COMPLETE) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"open_measures": ("回填",)}, "closing.measure_open"),
        ({"by_closing_the_mine": True}, "closing.mine_closed_instead"),
        ({"target_reached": None}, "closing.target_not_reached"),
        ({"target_reached": False}, "closing.target_not_reached"),
        ({"target_evidence": 0}, "closing.target_without_evidence"),
        ({"levels_signed": (COUNTY,)}, "closing.not_accepted"),
        ({"notice_ends_on": None}, "closing.no_notice"),
        ({"notice_ends_on": ON}, "closing.notice_running"),
        ({"open_objections": 2}, "closing.objections_open"),
        ({"enforcement": None}, "closing.enforcement_unanswered"),
        ({"enforcement": "open"}, "closing.enforcement_open"),
        ({"mechanism": "  "}, "closing.no_mechanism"),
        ({"effect_evaluated": False}, "closing.effect_not_evaluated"),
        ({"missing_papers": ("验收单",)}, "closing.paper_missing"),
    ],
)
def test_whatever_is_missing_is_listed(change: dict[str, object], code: str) -> None:
    found = missing(replace(COMPLETE, **change))
    assert codes(found) == [code]
    assert say(found[0])


def test_where_none_is_needed_enforcement_stands_in_nobodys_way() -> None:
    assert missing(replace(COMPLETE, enforcement="none_needed")) == ()


# -- who holds the duty -------------------------------------------------------------------------------------------


def determined(circumstance: Circumstance) -> Determination:
    return Determination(circumstance, "青石政函〔2026〕1号", ON)


@pytest.mark.parametrize(
    ("determination", "code"),
    [
        (None, ["holding.undetermined"]),
        (determined(Circumstance.PRODUCING), ["holding.has_holder"]),
        (determined(Circumstance.HAS_HOLDER), ["holding.has_holder"]),
        (determined(Circumstance.HOLDER_EXTINCT), []),
    ],
)
def test_the_duty_passes_to_the_government_only_where_the_holder_is_determined_extinct(
    determination: Determination | None, code: list[str]
) -> None:
    assert codes(passes_to_government(determination)) == code


def test_performance_is_ordered_at_the_cost_of_a_holder_who_exists() -> None:
    assert may_order_performance(None) == ()
    assert may_order_performance(determined(Circumstance.HAS_HOLDER)) == ()
    (reason,) = may_order_performance(determined(Circumstance.HOLDER_EXTINCT))
    assert "第七十一条" in say(reason)


@pytest.mark.parametrize(
    ("mines", "reasons", "refused"), [(1, 0, False), (3, 3, False), (3, 1, True), (2, 0, True)]
)
def test_the_same_order_for_many_mines_asks_for_a_reason_each(
    mines: int, reasons: int, refused: bool
) -> None:
    found = same_measure_for_many(mines, reasons)
    assert bool(found) is refused
    if found:
        assert say(found[0]).endswith("请逐矿写明理由（防止一刀切）。")


# -- the flow tables ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "flow", [rectification.FLOW, petition.FLOW, lasting.FLOW], ids=lambda flow: flow.kind
)
def test_what_moves_in_or_out_of_the_stock_is_what_ends_or_begins_again(flow: rectification.Flow) -> None:
    for line in flow.transitions:
        ends = not line.stays and line.to_state in flow.final
        begins = not line.stays and any(state in flow.final for state in line.from_states)
        net = sum(move.sign for move in line.moves)
        assert net == (-1 if ends else 1 if begins else 0), line.act


def test_a_lasting_task_has_no_way_to_be_closed() -> None:
    assert "closed" not in lasting.FLOW.states
    assert not any(Move.CLOSED in line.moves for line in lasting.FLOW.transitions)


def test_closing_a_mine_leads_a_case_nowhere() -> None:
    lines = [
        line for line in rectification.FLOW.transitions if line.act == rectification.CaseAct.NOTE_MINE_STATE
    ]
    assert [line.stays for line in lines] == [True]


def test_the_sum_of_stock_and_flow_comes_out() -> None:
    counts = {Move.OPENED: 14, Move.SPLIT_IN: 2, Move.REOPENED: 1, Move.CLOSED: 9, Move.MERGED: 1, Move.SPLIT_OUT: 1,
              Move.TRANSFERRED_OUT: 1}  # fmt: skip
    assert StockFlow(208, counts).closing == 213
    assert len(StockFlow(208, counts).terms) == len(Move)
