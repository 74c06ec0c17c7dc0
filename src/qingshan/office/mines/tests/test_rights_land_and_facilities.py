"""Do mining rights, temporary land, works, ponds and dumps come in from the tables that offices have?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qingshan.exchange.models import StagedRow
from qingshan.geo.area import area_m2
from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Tally
from qingshan.office.mines.queries import miscounted
from qingshan.office.mines.tests.factories import (
    EAST,
    PROVINCE,
    WEST,
    a_mine,
    an_enterprise,
    clerk,
    imported,
    regions,
    staged,
    workbook,
)
from qingshan.office.trail.models import Entry
from qingshan.office.trail.verify.run import verify_trail
from qingshan.rules.reasons import Reason, say

pytestmark = pytest.mark.django_db
LICENCE = "C9901012020011120000001"
CORNERS = "122.1,33.1;122.12,33.1;122.12,33.12;122.1,33.12"
RIGHT_HEADERS = [
    "采矿许可证号", "所属矿山编号", "采矿权人", "生产规模（万吨/年）", "矿区面积（平方公里）", "上限标高", "下限标高",
    "有效期起", "有效期止", "状态", "拐点坐标",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _regions() -> None:
    regions()


def sentences(import_: Any) -> list[str]:
    rows = StagedRow.objects.filter(source=import_).order_by("position")
    return [say(Reason(one["code"], one["values"])) for row in rows for one in [*row.faults, *row.notes]]


def test_a_licence_becomes_a_right_with_boundary_term_and_levels(tmp_path: Path) -> None:
    mine = a_mine(enterprise=an_enterprise())
    row = [LICENCE, "K-1", "青石矿业公司", 30, "4.1", 1200, 900, "2020.1.1", "2030年1月1日", "有效", CORNERS]
    imported(workbook(tmp_path, RIGHT_HEADERS, row), clerk(WEST), kind="rights")
    right = MiningRight.objects.get()
    assert (right.key, right.mine_id, right.enterprise_id) == (LICENCE, mine.pk, mine.enterprise_id)
    assert right.capacity_t_per_year == 300_000
    assert right.reported_area_m2 == 4_100_000
    assert (right.top_level_m, right.bottom_level_m) == (1200, 900)
    assert (right.from_on, right.to_on) == (date(2020, 1, 1), date(2030, 1, 1))
    assert right.region_id == WEST
    assert right.area_m2 == pytest.approx(area_m2(right.geom))
    tally = Tally.objects.get(what="right")
    assert (tally.category, tally.rows, tally.area_cm2) == ("in_force", 1, round(right.area_m2 * 10_000))


def test_the_same_table_again_changes_nothing(tmp_path: Path) -> None:
    a_mine()
    row = [LICENCE, "K-1", "青石矿业公司", 30, "4.1", 1200, 900, "2020.1.1", "2030.1.1", "有效", CORNERS]
    file = workbook(tmp_path, RIGHT_HEADERS, row)
    imported(file, clerk(WEST), kind="rights")
    again = staged(file, clerk(WEST), kind="rights")
    assert (again.created, again.changed, again.unchanged, again.refused) == (0, 0, 1, 0)


def test_a_mine_may_have_several_rights_and_a_term_over_still_counts_its_land(tmp_path: Path) -> None:
    a_mine()
    headers = ["采矿许可证号", "所属矿山编号", "有效期止", "拐点坐标"]
    other = "122.2,33.1;122.21,33.1;122.21,33.11;122.2,33.11"
    rows = [[LICENCE, "K-1", "2019-01-01", CORNERS], [LICENCE[:-1] + "2", "K-1", "2031-01-01", other]]
    imported(workbook(tmp_path, headers, *rows), clerk(WEST), kind="rights")
    rights = MiningRight.objects.filter(mine__key="K-1")
    assert rights.count() == 2
    assert Tally.objects.get(what="right").area_cm2 == pytest.approx(
        sum(round((right.area_m2 or 0) * 10_000) for right in rights), abs=1
    )
    assert [line for line in miscounted() if line.startswith("right")] == []


def test_what_says_no_place_lies_with_its_mine(tmp_path: Path) -> None:
    a_mine("K-9", EAST)
    imported(
        workbook(tmp_path, ["设施编号", "设施名称", "类型", "所属矿山"], ["F-1", "一选厂", "选矿厂", "K-9"]),
        clerk(PROVINCE),
        kind="facilities",
    )
    facility = Facility.objects.get()
    assert (facility.region_id, facility.kind, facility.geom) == (EAST, "ore_dressing_works", None)


def test_a_tailings_pond_keeps_its_figures_in_their_units(tmp_path: Path) -> None:
    headers = ["设施编号", "类型", "行政区划代码", "库容（万方）", "坝高（米）", "处理能力（吨/天）"]
    imported(
        workbook(tmp_path, headers, ["F-2", "尾矿库", "990101", 12.5, 38, 1500]),
        clerk(WEST),
        kind="facilities",
    )
    pond = Facility.objects.get()
    assert (pond.capacity_m3, pond.height_m, pond.throughput_t_per_day) == (125_000, 38, 1500)


def test_land_that_was_handed_back_counts_no_more(tmp_path: Path) -> None:
    headers = ["批准文号", "用途", "批准面积（亩）", "到期日期", "还地日期", "坐标"]
    lent = ["青自然资临〔2024〕1号", "排土", 15, "2026-06-30", None, CORNERS]
    imported(workbook(tmp_path, headers, lent), clerk(WEST), kind="land-uses")
    land = LandUse.objects.get()
    assert land.reported_area_m2 == pytest.approx(10_000)
    assert Tally.objects.get(what="land_use").area_cm2 > 0
    back = [*lent[:4], "2026-05-01", CORNERS]
    imported(workbook(tmp_path, headers, back, name="还地.xlsx"), clerk(WEST), kind="land-uses")
    land.refresh_from_db()
    assert land.returned_on == date(2026, 5, 1)
    assert Tally.objects.get(what="land_use").area_cm2 == 0
    assert miscounted() == []


def test_faults_are_said_where_they_stand(tmp_path: Path) -> None:
    a_mine()
    rows = [
        [LICENCE, "K-404", None, None, None, None, None, None, None, None, CORNERS],
        [LICENCE[:-1] + "3", "K-1", None, None, None, None, None, "2030-1-1", "2020-1-1", None, None],
        [LICENCE[:-1] + "4", None, None, "30万立方米", None, None, None, None, None, "作废", None],
    ]
    import_ = staged(workbook(tmp_path, RIGHT_HEADERS, *rows), clerk(WEST), kind="rights")
    said = sentences(import_)
    assert import_.refused == 3
    assert any("没有编号为“K-404”的矿山" in one for one in said)
    assert any("“2020-01-01”早于起始日期" in one for one in said)
    assert any("第 4 行“生产规模（万吨/年）”" in one for one in said)
    assert any("第 4 行“状态”" in one for one in said)


def test_a_number_that_was_merged_still_means_its_mine(tmp_path: Path) -> None:
    kept = a_mine("K-1")
    a_mine("K-2", merged_into=kept)
    file = workbook(tmp_path, ["采矿许可证号", "所属矿山编号", "拐点坐标"], [LICENCE, "K-2", CORNERS])
    import_ = imported(file, clerk(WEST), kind="rights")
    assert MiningRight.objects.get().mine_id == kept.pk
    assert sentences(import_) == ["第 2 行“所属矿山编号”：编号“K-2”已并入“K-1”，按“K-1”登记。"]
    refused = staged(
        workbook(tmp_path, ["矿山编号", "矿山名称"], ["K-2", "新名"], name="矿.xlsx"),
        clerk(WEST),
        kind="mines",
    )
    assert refused.refused == 1
    assert "请改用编号“K-1”" in sentences(refused)[0]


def test_a_renamed_mine_keeps_its_former_name(tmp_path: Path) -> None:
    for name in ("老虎沟铁矿", "虎沟矿业一矿", "虎沟矿业一矿", "老虎沟铁矿"):
        file = workbook(
            tmp_path, ["矿山编号", "矿山名称", "行政区划代码"], ["K-1", name, "990101"], name=f"{name}.xlsx"
        )
        import_ = staged(file, clerk(WEST), kind="mines")
        if import_.created or import_.changed:
            imported(file, clerk(WEST), kind="mines")
    mine = Mine.objects.get()
    assert (mine.name, mine.former_names) == ("老虎沟铁矿", ["虎沟矿业一矿"])


def test_every_import_leaves_one_entry_and_objects_that_verify(tmp_path: Path) -> None:
    mine = workbook(
        tmp_path, ["矿山编号", "矿山名称", "行政区划代码"], ["K-1", "老虎沟铁矿", "990101"], name="矿.xlsx"
    )
    imported(mine, clerk(WEST), kind="mines")
    file = workbook(tmp_path, ["采矿许可证号", "所属矿山编号", "拐点坐标"], [LICENCE, "K-1", CORNERS])
    imported(file, clerk(WEST), kind="rights")
    assert [e.act for e in Entry.objects.order_by("seq")] == ["mines.import_mines", "mines.import_rights"]
    assert [fault for fault in verify_trail().faults if "mines." in str(fault)] == []
    MiningRight.objects.update(capacity_t_per_year=1)
    assert [fault for fault in verify_trail().faults if "mines.right" in str(fault)] != []
