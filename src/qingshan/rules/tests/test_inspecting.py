"""Is each figure held against the ground on its own side, and is nothing measured ever taken for kept?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from qingshan.rules.inspecting import Bound, Keeping, bound_of, compare, problem_of
from qingshan.rules.matters import ProblemKind
from qingshan.rules.plans import PlanFigure
from qingshan.rules.register import PlanKind


@pytest.mark.parametrize(
    ("figure", "planned", "measured", "keeping"),
    [
        (PlanFigure.CAPACITY_T_PER_YEAR, 300_000, 300_000, Keeping.KEPT),
        (PlanFigure.CAPACITY_T_PER_YEAR, 300_000, 300_001, Keeping.DEPARTS),
        (PlanFigure.BOTTOM_LEVEL_M, 540, 539, Keeping.DEPARTS),
        (PlanFigure.BOTTOM_LEVEL_M, 540, 541, Keeping.KEPT),
        (PlanFigure.BOTTOM_LEVEL_M, -20, -30, Keeping.DEPARTS),
        (PlanFigure.RESTORED_PERCENT, 80, 79, Keeping.DEPARTS),
        (PlanFigure.SERVICE_LIFE_YEARS, 17, 3, Keeping.KEPT),
        (PlanFigure.SLOPE_DEG, 45, None, Keeping.UNMEASURED),
        (PlanFigure.SLOPE_DEG, None, 45, Keeping.NOT_PLANNED),
        (PlanFigure.RESTORED_AREA_M2, 100, 0, Keeping.DEPARTS),
    ],
)
def test_a_figure_is_kept_on_its_own_side(
    figure: PlanFigure, planned: int | None, measured: int | None, keeping: Keeping
) -> None:
    found = compare(
        figure,
        planned=None if planned is None else Decimal(planned),
        measured=None if measured is None else Decimal(measured),
    )
    assert found.keeping is keeping


def test_the_difference_is_measured_less_planned_and_unknown_where_one_is() -> None:
    assert compare(PlanFigure.SLOPE_DEG, planned=Decimal(45), measured=Decimal(52)).difference == 7
    assert compare(PlanFigure.SLOPE_DEG, planned=Decimal(45), measured=None).difference is None


def test_every_figure_has_a_side_and_a_kind_of_problem() -> None:
    assert {bound_of(figure) for figure in PlanFigure} == set(Bound)
    assert bound_of(PlanFigure.SERVICE_LIFE_YEARS) is Bound.AS_PLANNED
    assert problem_of(PlanKind.MINING, PlanFigure.MINED_AREA_M2) is ProblemKind.OUTSIDE_BOUNDARY
    assert problem_of(PlanKind.SOIL_AND_WATER, PlanFigure.CONTROLLED_AREA_M2) is ProblemKind.SOIL_AND_WATER
    assert problem_of(None, None) is ProblemKind.OTHER
