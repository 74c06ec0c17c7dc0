"""Is restored land held against what was asked for, by people who may, within the period, and nothing guessed?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.acceptance import (
    PANEL_RULEBOOK,
    PERIOD_RULEBOOK,
    RULEBOOK,
    Acceptance,
    Against,
    Asked,
    Criterion,
    Judged,
    LimitSource,
    Measured,
    Member,
    PanelPart,
    Payer,
    PlanLimit,
    Verdict,
    acceptance_clock,
    check_panel,
    judge,
    panel_parts,
    plan_limits,
)
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.calendar import Calendar
from qingshan.rules.errors import RuleError
from qingshan.rules.independence import DoneBy, Unit
from qingshan.rules.plans import PlanFigure
from qingshan.rules.reasons import Reason, say
from qingshan.rules.register import OrganisationKind, RegionLevel
from qingshan.rules.rulebook import in_force
from qingshan.rules.zones import Ground, Zone

ON = date(2026, 11, 26)
BOOK = in_force(RULEBOOK, on=ON)
C, M, N, U = Criterion, Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
FOREST = Asked(RestorationMode.TO_FOREST, Afteruse.FOREST, Ground(Zone.CENTRAL, Decimal(1400), False))
D = Decimal


def measured(**values: object) -> dict[Criterion, Measured]:
    return {
        C(name): Measured(D(value) if isinstance(value, str) else value) for name, value in values.items()
    }


def one(asked: Asked, criterion: Criterion) -> Judged:
    return next(each for each in judge(asked, BOOK).criteria if each.criterion is criterion)


def verdicts(found: Acceptance) -> dict[Criterion, Verdict]:
    return {each.criterion: each.verdict for each in found.criteria}


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code.removeprefix("rules.") for reason in reasons]


# -- numbers of the rulebook -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("use", "ground", "criterion", "value", "verdict"),
    [
        ("forest", Ground(rain_mm=D(400), is_irrigated=False), C.SURVIVAL_PERCENT, "85", M),
        ("forest", Ground(rain_mm=D(400), is_irrigated=False), C.SURVIVAL_PERCENT, "84.99", N),
        ("forest", Ground(rain_mm=D("399.9"), is_irrigated=False), C.SURVIVAL_PERCENT, "70", M),
        ("forest", Ground(rain_mm=D("399.9"), is_irrigated=False), C.SURVIVAL_PERCENT, "69.9", N),
        ("forest", Ground(rain_mm=D(200), is_irrigated=True), C.SURVIVAL_PERCENT, "84", N),
        ("forest", Ground(is_irrigated=True), C.SURVIVAL_PERCENT, "85", M),
        ("forest", Ground(), C.SURVIVAL_PERCENT, "85", M),
        ("forest", Ground(), C.SURVIVAL_PERCENT, "80", U),
        ("forest", Ground(rain_mm=D(300)), C.SURVIVAL_PERCENT, "80", U),
        ("forest", Ground(), C.SURVIVAL_PERCENT, "69", N),
        ("forest", Ground(), C.SOIL_DEPTH_M, "0.30", M),
        ("forest", Ground(), C.SOIL_DEPTH_M, "0.29", N),
        ("forest", Ground(Zone.CENTRAL), C.CANOPY_PERCENT, "25", N),
        ("forest", Ground(Zone.NORTHWEST), C.CANOPY_PERCENT, "25", M),
        ("forest", Ground(), C.CANOPY_PERCENT, "25", U),
        ("forest", Ground(), C.CANOPY_PERCENT, "30", M),
        ("forest", Ground(), C.CANOPY_PERCENT, "19", N),
        ("forest", Ground(), C.COVER_PERCENT, "60", U),
        ("pasture", Ground(Zone.LOESS), C.COVER_PERCENT, "30", M),
        ("pasture", Ground(Zone.STEPPE), C.COVER_PERCENT, "39", N),
        ("pasture", Ground(Zone.TIBET), C.COVER_PERCENT, "90", U),
        ("farm", Ground(), C.SOIL_DEPTH_M, "0.8", M),
        ("farm", Ground(), C.SLOPE_DEG, "24.9", M),
        ("farm", Ground(), C.SLOPE_DEG, "26", N),
        ("farm", Ground(), C.AFTERCARE_YEARS, "2", N),
    ],
)
def test_a_figure_is_held_against_the_number_of_its_zone_and_water(
    use: str, ground: Ground, criterion: Criterion, value: str, verdict: Verdict
) -> None:
    asked = Asked(RestorationMode.TO_FOREST, Afteruse(use), ground, {criterion: Measured(D(value))})
    found = one(asked, criterion)
    assert found.verdict is verdict
    assert found.doubts
    assert all(say(reason) and say(reason, "en") for reason in found.because)


def test_cropland_of_twenty_five_degrees_is_forbidden_whatever_a_plan_says() -> None:
    """水土保持法 art. 20: 二十五度以上, the number included."""
    plan = (PlanLimit(C.SLOPE_DEG, D(30), "方案第 8 页"),)
    farm = Asked(RestorationMode.TO_FARM, Afteruse.FARM, Ground(), measured(slope_deg="25"), plan)
    found = one(farm, C.SLOPE_DEG)
    assert found.verdict is N
    assert codes(found.because)[0] == "acceptance.too_steep"
    assert one(replace(farm, measured=measured(slope_deg="24.9")), C.SLOPE_DEG).verdict is M


def test_what_nobody_measured_is_unknown_and_never_nought() -> None:
    found = judge(FOREST, BOOK)
    assert set(verdicts(found).values()) == {U}
    assert found.verdict is U
    for each in found.criteria:
        assert each.measured.value is None
        assert codes(each.because) == ["acceptance.not_measured"]
    assert "没有实测，要求 0.3，结论未知" in say(one(FOREST, C.SOIL_DEPTH_M).because[0])
    nought = replace(FOREST, measured=measured(soil_depth_m="0"))
    assert one(nought, C.SOIL_DEPTH_M).verdict is N


def test_natural_recovery_is_accepted_on_what_is_seen() -> None:
    natural = Asked(RestorationMode.NATURAL, Afteruse.FOREST)
    seen = measured(is_stable=True, no_hazard=True, no_pollution=True, function=True)
    assert set(verdicts(judge(natural, BOOK))) == {C.IS_STABLE, C.NO_HAZARD, C.NO_POLLUTION, C.FUNCTION}
    assert judge(replace(natural, measured=seen), BOOK).verdict is M
    worse = {**seen, C.NO_HAZARD: Measured(False)}
    assert judge(replace(natural, measured=worse), BOOK).verdict is N
    assert judge(replace(natural, measured={**seen, C.FUNCTION: Measured(None)}), BOOK).verdict is U


def test_one_failure_outweighs_what_is_unknown_and_all_must_be_met() -> None:
    assert judge(replace(FOREST, measured=measured(soil_depth_m="0.1")), BOOK).verdict is N
    assert judge(replace(FOREST, measured=measured(soil_depth_m="0.5")), BOOK).verdict is U
    assert Acceptance((), BOOK.citation).verdict is U


# -- the site's own plan -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("criterion", "own", "against", "code"),
    [
        (C.SOIL_DEPTH_M, "0.5", Against.STRICTER, "plan_stricter"),
        (C.SOIL_DEPTH_M, "0.2", Against.LOOSER, "plan_looser"),
        (C.SOIL_DEPTH_M, "0.30", Against.SAME, "plan_same"),
        (C.COVER_PERCENT, "60", Against.ALONE, "plan_alone"),
        (C.SLOPE_DEG, "35", Against.ALONE, "plan_alone"),
    ],
)
def test_the_plan_goes_before_the_rulebook_and_is_said_to_be_stricter_or_looser(
    criterion: Criterion, own: str, against: Against, code: str
) -> None:
    limit = PlanLimit(criterion, D(own), "方案表 5-2")
    value = {criterion: Measured(D(own))}
    found = one(replace(FOREST, measured=value, plan=(limit,)), criterion)
    assert (found.verdict, found.source, found.against) == (M, LimitSource.PLAN, against)
    assert found.limits == (D(own),)
    assert codes(found.because)[-1] == f"acceptance.{code}"
    assert "方案表 5-2" in say(found.because[-1])


def test_a_gentler_slope_in_the_plan_of_cropland_is_stricter() -> None:
    for own, against in (("15", Against.STRICTER), ("25", Against.SAME), ("26", Against.LOOSER)):
        plan = (PlanLimit(C.SLOPE_DEG, D(own), "方案"),)
        asked = Asked(RestorationMode.TO_FARM, Afteruse.FARM, plan=plan, measured=measured(slope_deg="10"))
        assert one(asked, C.SLOPE_DEG).against is against


def test_between_two_numbers_that_may_apply_the_plan_is_neither() -> None:
    plan = (PlanLimit(C.SURVIVAL_PERCENT, D(80), "方案"),)
    found = one(
        replace(FOREST, ground=Ground(), plan=plan, measured=measured(survival_percent="82")),
        C.SURVIVAL_PERCENT,
    )
    assert (found.verdict, found.against) == (M, Against.UNCLEAR)


def test_figures_of_a_plan_on_file_become_its_limits() -> None:
    figures = {
        PlanFigure.SOIL_DEPTH_M: D("0.5"),
        PlanFigure.AFTERCARE_YEARS: None,
        PlanFigure.DUMP_HEIGHT_M: D(9),
    }
    assert plan_limits(figures, source="方案") == (PlanLimit(C.SOIL_DEPTH_M, D("0.5"), "方案"),)


def test_a_plan_that_asks_twice_is_refused() -> None:
    plan = (PlanLimit(C.SOIL_DEPTH_M, D(1), "a"), PlanLimit(C.SOIL_DEPTH_M, D(2), "b"))
    with pytest.raises(RuleError) as refused:
        judge(replace(FOREST, plan=plan), BOOK)
    assert refused.value.code == "rules.acceptance.plan_twice"


@pytest.mark.parametrize(
    ("criterion", "value", "code"),
    [
        (C.COVER_PERCENT, D(101), "out_of_range"),
        (C.SOIL_DEPTH_M, D(-1), "out_of_range"),
        (C.SLOPE_DEG, D(91), "out_of_range"),
        (C.SOIL_DEPTH_M, D("NaN"), "out_of_range"),
        (C.SOIL_DEPTH_M, True, "wrong_kind"),
        (C.IS_STABLE, D(1), "wrong_kind"),
        (C.SOIL_DEPTH_M, 0.3, "wrong_kind"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(criterion: Criterion, value: object, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        judge(replace(FOREST, measured={criterion: Measured(value)}), BOOK)
    assert refused.value.code == f"rules.acceptance.{code}"


def test_an_interval_that_holds_the_limit_leaves_a_doubt() -> None:
    figure = Measured(D(86), low=D(80), high=D(91))
    found = one(replace(FOREST, measured={C.SURVIVAL_PERCENT: figure}), C.SURVIVAL_PERCENT)
    assert found.verdict is M
    assert "acceptance.within_error" in codes(found.because)
    sure = replace(figure, low=D(85))
    assert codes(one(replace(FOREST, measured={C.SURVIVAL_PERCENT: sure}), C.SURVIVAL_PERCENT).because) == [
        "acceptance.met"
    ]


amounts = st.decimals(0, 100, places=2, allow_nan=False)


@given(amounts, st.sampled_from(Zone), st.one_of(st.none(), st.decimals(0, 2000, places=0)))
def test_to_know_less_of_the_place_never_turns_met_into_not_met(
    value: Decimal, zone: Zone, rain: Decimal | None
) -> None:
    """What is judged without knowing the place is judged the same once it is known."""
    for criterion in (C.SURVIVAL_PERCENT, C.CANOPY_PERCENT):
        figure = {criterion: Measured(value)}
        blind = one(replace(FOREST, ground=Ground(), measured=figure), criterion).verdict
        known = one(replace(FOREST, ground=Ground(zone, rain, False), measured=figure), criterion).verdict
        assert blind in {U, known} or known is U


# -- who says so -------------------------------------------------------------------------------------------------

BUREAU = Unit(1, "青石县自然资源局", OrganisationKind.AUTHORITY, RegionLevel.COUNTY)
ECOLOGY = Unit(2, "云岭市生态环境局青石分局", OrganisationKind.AUTHORITY, RegionLevel.COUNTY)
WORKS = Unit(3, "青石生态工程公司", OrganisationKind.ENTERPRISE)
PANEL_BOOK = in_force(PANEL_RULEBOOK, on=ON)
SIGNED = {"signed_on": ON, "paper": "QS-1"}
PANEL = (
    Member(PanelPart.NATURAL_RESOURCES, "张一", BUREAU, 1, **SIGNED),
    Member(PanelPart.ECOLOGY, "李二", ECOLOGY, 2, **SIGNED),
    Member(PanelPart.EXPERT, "王三", Unit(9, "省地质院", OrganisationKind.AGENCY), 3, **SIGNED),
    Member(PanelPart.RESIDENTS, "赵四", **SIGNED),
)
WORK = DoneBy((WORKS,), frozenset({77}), {77: "钱五"})


def test_a_panel_of_all_four_parts_may_accept() -> None:
    answer = check_panel(PANEL, WORK, on=ON, book=PANEL_BOOK)
    assert (answer.faults, answer.doubts) == ((), ())
    assert answer.citation.version == "2024"


@pytest.mark.parametrize(
    ("on", "parts"),
    [
        ("2025-06-30", ["natural_resources", "agriculture", "forestry", "ecology", "expert"]),
        ("2025-07-01", ["natural_resources", "ecology", "expert", "residents"]),
    ],
)
def test_who_takes_part_follows_the_law_in_force_on_the_day(on: str, parts: list[str]) -> None:
    assert [str(one) for one in panel_parts(in_force(PANEL_RULEBOOK, on=date.fromisoformat(on)))] == parts


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"part": PanelPart.OTHER}, "acceptance.part_missing"),
        ({"signed_on": None}, "acceptance.not_signed"),
        ({"paper": " "}, "acceptance.not_signed"),
        ({"signed_on": ON + timedelta(1)}, "acceptance.signed_later"),
        ({"name": " "}, "acceptance.nameless"),
        ({"unit": WORKS}, "independence.same_unit"),
        ({"person_id": 77}, "independence.same_person"),
    ],
)
@pytest.mark.parametrize("place", range(4))
def test_whoever_is_missing_unsigned_or_did_the_work_is_named(
    place: int, change: dict[str, object], fault: str
) -> None:
    panel = [replace(each, **change) if number == place else each for number, each in enumerate(PANEL)]
    assert fault in codes(check_panel(panel, WORK, on=ON, book=PANEL_BOOK).faults)


def test_work_of_the_bureau_itself_is_accepted_one_level_up_but_residents_need_no_level() -> None:
    own = DoneBy((BUREAU,))
    assert codes(check_panel(PANEL, own, on=ON, book=PANEL_BOOK).faults) == [
        "independence.same_unit",
        "independence.one_level_up",
    ]
    above = replace(BUREAU, id=11, level=RegionLevel.PREFECTURE)
    panel = (replace(PANEL[0], unit=above), replace(PANEL[1], unit=replace(above, id=12)), *PANEL[2:])
    assert check_panel(panel, own, on=ON, book=PANEL_BOOK).faults == ()


def test_an_invited_person_who_did_not_come_leaves_the_reason_an_authority_may_not_stay_away() -> None:
    away = {"signed_on": None, "paper": "", "absent_because": "因病"}
    panel = (*PANEL[:3], replace(PANEL[3], **away))
    answer = check_panel(panel, WORK, on=ON, book=PANEL_BOOK)
    assert answer.faults == ()
    assert say(answer.doubts[0]) == "已邀请的居民（村民）代表赵四没有参加：因病。"
    panel = (replace(PANEL[0], **away), *PANEL[1:])
    assert codes(check_panel(panel, WORK, on=ON, book=PANEL_BOOK).faults) == ["acceptance.not_signed"]


# -- until when --------------------------------------------------------------------------------------------------

PERIOD = in_force(PERIOD_RULEBOOK, on=ON)
CALENDAR = Calendar(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    make_up_days=frozenset({date(2026, 10, 10)}),
    known_years=frozenset({2026}),
)


@pytest.mark.parametrize(
    ("applied", "on", "due", "used", "left"),
    [
        ("2026-09-01", "2026-09-01", "2026-11-30", 0, 60),
        ("2026-09-01", "2026-09-02", "2026-11-30", 1, 59),
        ("2026-09-01", "2026-10-07", "2026-11-30", 21, 39),
        ("2026-09-01", "2026-10-10", "2026-11-30", 24, 36),
        ("2026-09-01", "2026-11-29", "2026-11-30", 59, 1),
        ("2026-09-01", "2026-11-30", "2026-11-30", 60, 0),
        ("2026-09-01", "2026-12-01", "2026-11-30", 61, -1),
    ],
)
def test_sixty_working_days_run_from_the_application(
    applied: str, on: str, due: str, used: int, left: int
) -> None:
    found = acceptance_clock(
        date.fromisoformat(applied),
        on=date.fromisoformat(on),
        payer=Payer.OBLIGED,
        calendar=CALENDAR,
        book=PERIOD,
    )
    assert (found.due_on, found.used, found.left) == (date.fromisoformat(due), used, left)
    assert found.is_over is (left < 0)
    assert found.warnings == ()
    assert "第二十九条" in say(found.because)


def test_a_year_that_was_not_announced_is_named() -> None:
    found = acceptance_clock(date(2026, 11, 20), on=ON, payer=Payer.OBLIGED, calendar=CALENDAR, book=PERIOD)
    assert codes(found.warnings) == ["calendar.unknown_year"]


@pytest.mark.parametrize("payer", [Payer.GOVERNMENT, Payer.INVESTOR])
def test_no_period_is_invented_for_projects_that_others_pay_for(payer: Payer) -> None:
    found = acceptance_clock(date(2026, 9, 1), on=ON, payer=payer, calendar=CALENDAR, book=PERIOD)
    assert (found.due_on, found.left, found.is_over) == (None, None, False)
    assert found.used == 58
    assert "第三十条" in say(found.because)


def test_where_nobody_has_said_whose_works_they_are_the_days_are_shown_and_no_period() -> None:
    found = acceptance_clock(date(2026, 9, 1), on=ON, payer=None, calendar=CALENDAR, book=PERIOD)
    assert (found.due_on, found.left, found.used) == (None, None, 58)
    assert "没有写明谁来复垦" in say(found.because)
