"""Does what stands on the ground keep what the approved plan promised (联合检查)? Item by item; a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qingshan.rules.matters import ProblemKind
from qingshan.rules.plans import PlanFigure
from qingshan.rules.register import PlanKind
from qingshan.rules.words import Named


class Bound(Named):
    """方案指标的约束: on which side of the planned figure the ground must stay."""

    AT_MOST = "at_most", "不超过", "at most"
    AT_LEAST = "at_least", "不低于", "at least"
    AS_PLANNED = "as_planned", "供对照", "for comparison"


class Keeping(Named):
    """对照结果."""

    KEPT = "kept", "与方案相符", "as planned"
    DEPARTS = "departs", "与方案不符（待认定）", "departs from the plan (to be decided)"
    UNMEASURED = "unmeasured", "未实测", "not measured"
    NOT_PLANNED = "not_planned", "方案无此项", "not in a plan"


_F = PlanFigure
_AT_MOST = frozenset(
    {
        _F.CAPACITY_T_PER_YEAR, _F.MINED_AREA_M2, _F.TOP_LEVEL_M, _F.BENCH_HEIGHT_M, _F.SLOPE_DEG,
        _F.DUMP_CAPACITY_M3, _F.DUMP_HEIGHT_M, _F.CONTROLLED_AREA_M2,
    }
)  # fmt: skip
_AT_LEAST = frozenset(
    {
        _F.BOTTOM_LEVEL_M, _F.STRIPPED_TOPSOIL_M3, _F.SOIL_LOSS_CONTROL_PERCENT, _F.VEGETATION_RECOVERY_PERCENT,
        _F.VEGETATION_COVER_PERCENT, _F.WATER_REUSE_PERCENT, _F.WASTE_USE_PERCENT, _F.PROTECTION_DISTANCE_M,
        _F.RESTORED_AREA_M2, _F.RESTORED_PERCENT, _F.SOIL_DEPTH_M, _F.INVESTMENT_YUAN, _F.AFTERCARE_YEARS,
    }
)  # fmt: skip
_PROBLEM_OF = {
    _F.MINED_AREA_M2: ProblemKind.OUTSIDE_BOUNDARY,
    _F.BOTTOM_LEVEL_M: ProblemKind.OUTSIDE_BOUNDARY,
    _F.TOP_LEVEL_M: ProblemKind.OUTSIDE_BOUNDARY,
    _F.SLOPE_DEG: ProblemKind.SLOPE,
    _F.BENCH_HEIGHT_M: ProblemKind.SLOPE,
    _F.DUMP_CAPACITY_M3: ProblemKind.SLAG,
    _F.DUMP_HEIGHT_M: ProblemKind.SLAG,
    _F.RESTORED_AREA_M2: ProblemKind.UNRESTORED,
    _F.RESTORED_PERCENT: ProblemKind.UNRESTORED,
    _F.SOIL_DEPTH_M: ProblemKind.UNRESTORED,
    _F.WATER_REUSE_PERCENT: ProblemKind.WATER,
    _F.INVESTMENT_YUAN: ProblemKind.FUND,
}
DEPARTMENT_OF = {
    PlanKind.MINING: "自然资源",
    PlanKind.SOIL_AND_WATER: "水利",
    PlanKind.ENVIRONMENT: "生态环境",
    PlanKind.RECLAMATION: "自然资源",
}
"""Which department holds which plan against the ground, unless the team says otherwise."""


@dataclass(frozen=True)
class Comparison:
    """One figure of a plan beside what was measured."""

    keeping: Keeping
    difference: Decimal | None
    """measured less planned; None where one of the two is not known"""


def bound_of(figure: PlanFigure) -> Bound:
    """On which side of the planned figure the ground must stay."""
    if figure in _AT_MOST:
        return Bound.AT_MOST
    return Bound.AT_LEAST if figure in _AT_LEAST else Bound.AS_PLANNED


def compare(figure: PlanFigure, *, planned: Decimal | None, measured: Decimal | None) -> Comparison:
    """Whether the measured figure keeps the planned one. Nothing measured is nothing known, never kept."""
    if planned is None:
        return Comparison(Keeping.NOT_PLANNED, None)
    if measured is None:
        return Comparison(Keeping.UNMEASURED, None)
    bound, difference = bound_of(figure), measured - planned
    departs = (bound is Bound.AT_MOST and difference > 0) or (bound is Bound.AT_LEAST and difference < 0)
    return Comparison(Keeping.DEPARTS if departs else Keeping.KEPT, difference)


def problem_of(plan: PlanKind | None, figure: PlanFigure | None) -> ProblemKind:
    """What kind of problem it is when a figure is not kept."""
    if figure in _PROBLEM_OF:
        return _PROBLEM_OF[figure]
    if plan is PlanKind.SOIL_AND_WATER:
        return ProblemKind.SOIL_AND_WATER
    return ProblemKind.PLAN_NOT_FOLLOWED if plan is not None else ProblemKind.OTHER
