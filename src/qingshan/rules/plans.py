"""Which figures of an approved plan does an inspection hold against the ground, and who answers for a mine?"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from qingshan.rules.errors import RuleError
from qingshan.rules.register import Circumstance, OrganisationKind, PlanKind
from qingshan.rules.words import Named, normalised


class PlanFigure(Named):
    """方案指标: a figure that a plan promises. Its unit stands in its name."""

    CAPACITY_T_PER_YEAR = "capacity_t_per_year", "生产规模（吨/年）", "capacity (t/a)"
    MINED_AREA_M2 = "mined_area_m2", "开采范围面积（平方米）", "mined area (m²)"
    TOP_LEVEL_M = "top_level_m", "开采上限标高（米）", "upper level (m)"
    BOTTOM_LEVEL_M = "bottom_level_m", "开采下限标高（米）", "lower level (m)"
    BENCH_HEIGHT_M = "bench_height_m", "台阶高度（米）", "bench height (m)"
    SLOPE_DEG = "slope_deg", "最终边坡角（度）", "final slope (°)"
    DUMP_CAPACITY_M3 = "dump_capacity_m3", "排土场容量（立方米）", "dump capacity (m³)"
    DUMP_HEIGHT_M = "dump_height_m", "排土场堆高（米）", "dump height (m)"
    SERVICE_LIFE_YEARS = "service_life_years", "服务年限（年）", "service life (years)"
    CONTROLLED_AREA_M2 = "controlled_area_m2", "防治责任范围面积（平方米）", "area under control (m²)"
    STRIPPED_TOPSOIL_M3 = "stripped_topsoil_m3", "表土剥离量（立方米）", "topsoil stripped (m³)"
    SOIL_LOSS_CONTROL_PERCENT = (
        "soil_loss_control_percent",
        "水土流失治理度（%）",
        "soil loss under control (%)",
    )
    VEGETATION_RECOVERY_PERCENT = (
        "vegetation_recovery_percent",
        "林草植被恢复率（%）",
        "vegetation recovered (%)",
    )
    VEGETATION_COVER_PERCENT = "vegetation_cover_percent", "林草覆盖率（%）", "vegetation cover (%)"
    WATER_REUSE_PERCENT = "water_reuse_percent", "废水回用率（%）", "water reused (%)"
    WASTE_USE_PERCENT = "waste_use_percent", "固废综合利用率（%）", "solid waste used (%)"
    PROTECTION_DISTANCE_M = "protection_distance_m", "防护距离（米）", "protection distance (m)"
    RESTORED_AREA_M2 = "restored_area_m2", "修复面积（平方米）", "area to be restored (m²)"
    RESTORED_PERCENT = "restored_percent", "修复率（%）", "share to be restored (%)"
    SOIL_DEPTH_M = "soil_depth_m", "覆土厚度（米）", "soil depth (m)"
    INVESTMENT_YUAN = "investment_yuan", "静态投资（元）", "investment (yuan)"
    AFTERCARE_YEARS = "aftercare_years", "管护年限（年）", "aftercare (years)"


_F = PlanFigure
FIGURES_OF: dict[PlanKind, tuple[PlanFigure, ...]] = {
    PlanKind.MINING: (
        _F.CAPACITY_T_PER_YEAR, _F.MINED_AREA_M2, _F.TOP_LEVEL_M, _F.BOTTOM_LEVEL_M, _F.BENCH_HEIGHT_M,
        _F.SLOPE_DEG, _F.DUMP_CAPACITY_M3, _F.DUMP_HEIGHT_M, _F.SERVICE_LIFE_YEARS,
    ),
    PlanKind.SOIL_AND_WATER: (
        _F.CONTROLLED_AREA_M2, _F.STRIPPED_TOPSOIL_M3, _F.SOIL_LOSS_CONTROL_PERCENT,
        _F.VEGETATION_RECOVERY_PERCENT, _F.VEGETATION_COVER_PERCENT, _F.DUMP_CAPACITY_M3,
    ),
    PlanKind.ENVIRONMENT: (
        _F.CAPACITY_T_PER_YEAR, _F.WATER_REUSE_PERCENT, _F.WASTE_USE_PERCENT, _F.PROTECTION_DISTANCE_M,
    ),
    PlanKind.RECLAMATION: (
        _F.RESTORED_AREA_M2, _F.RESTORED_PERCENT, _F.SOIL_DEPTH_M, _F.VEGETATION_COVER_PERCENT,
        _F.INVESTMENT_YUAN, _F.AFTERCARE_YEARS, _F.SERVICE_LIFE_YEARS,
    ),
}  # fmt: skip
"""What each kind of plan usually promises; a plan may leave figures out."""

_MAY_BE_NEGATIVE = frozenset({_F.TOP_LEVEL_M, _F.BOTTOM_LEVEL_M})


def figure_value(figure: PlanFigure, text: str) -> Decimal | None:
    """The number that a person wrote; None for nothing. RuleError where it is none, or cannot be."""
    written = normalised(text).replace(",", "")
    if not written:
        return None
    try:
        value = Decimal(written)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise RuleError.because("rules.plan.not_a_number", figure=figure.zh, figure_en=figure.en, value=text)
    too_much = figure.value.endswith("_percent") and value > 100
    if too_much or (value < 0 and figure not in _MAY_BE_NEGATIVE):
        raise RuleError.because("rules.plan.out_of_range", figure=figure.zh, figure_en=figure.en, value=text)
    return value


def check_answerable(circumstance: Circumstance, organisation_kind: str, *, name: str) -> None:
    """Who may be named as responsible: the holder while there is one, else the government.

    Mineral Resources Law 2024, art. 45: the duty outlives the right; land whose holder is gone is restored by
    the people's government at county level or above. Anybody else raises RuleError.
    """
    wanted = (
        OrganisationKind.GOVERNMENT
        if circumstance is Circumstance.HOLDER_EXTINCT
        else OrganisationKind.ENTERPRISE
    )
    if organisation_kind != wanted:
        raise RuleError.because(
            "rules.responsible.wrong_kind",
            name=name,
            circumstance=circumstance.zh,
            circumstance_en=circumstance.en,
            wanted=wanted.zh,
            wanted_en=wanted.en,
        )
