"""Do lists of corners become mines, rights, sites, patches and land in use, by their one act?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shapely
import xlsxwriter

from qingshan.exchange.models import Import, StagedRow
from qingshan.exchange.tests.corner_lists import SAYS, corners, numbered, polygon, survey
from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.office.mines.tests import factories
from qingshan.office.trail.models import Entry
from qingshan.rules.reasons import Reason, say

pytestmark = pytest.mark.django_db
LICENCE = "C9901012020011120000001"
OTHER = "C9901012020011120000002"


@pytest.fixture(autouse=True)
def ground() -> None:
    factories.regions()


def come_in(path: Path, kind: str) -> Import:
    return factories.imported(path, factories.clerk(factories.WEST), kind=kind)


def said(import_: Import) -> list[str]:
    return [
        say(Reason(f["code"], f["values"]))
        for row in StagedRow.objects.filter(source=import_)
        for f in row.faults
    ]


def rows(head: list[Any], *objects: tuple[list[Any], Any]) -> list[list[Any]]:
    """A list of corners: the cells of each object in its first row only."""
    lines: list[list[Any]] = [[SAYS], [*head, "点号", "X坐标", "Y坐标"]]
    for cells, points in objects:
        for n, point in enumerate(numbered(survey(points))):
            lines.append([*(cells if n == 0 else [None] * len(cells)), *point])
    return lines


def same_ground(shape: Any, expected: Any) -> bool:
    return bool(shapely.symmetric_difference(shape, expected).area < 1e-5 * expected.area)


def licences(path: Path) -> Path:
    """Two licences, a sheet each, as they are printed."""
    book = xlsxwriter.Workbook(str(path))
    for name, number, lon in (("青石铁矿", LICENCE, 122.1), ("北坡灰岩矿", OTHER, 122.2)):
        page = book.add_worksheet(name)
        page.merge_range("A1:F1", "中华人民共和国 采矿许可证")
        page.merge_range("A2:F2", f"证号：{number}")
        page.write_row("A3", ["采矿权人", "青石矿业有限公司", None, "矿山名称", name])
        page.merge_range("A4:F4", "开采矿种：建筑石料用灰岩    开采方式：露天开采    生产规模：30万吨/年")
        page.merge_range("A5:F5", "矿区面积：1.0366平方公里  有效期限：自2020年3月1日至2030年3月1日")
        page.merge_range("A6:F6", "矿区范围拐点坐标（2000国家大地坐标系）")
        page.write_row("A7", ["点号", "X坐标", "Y坐标", "点号", "X坐标", "Y坐标"])
        ring = numbered(survey(corners(lon)))
        page.write_row("A8", [*ring[0], *ring[2]])
        page.write_row("A9", [*ring[1], *ring[3]])
        page.merge_range("A10:F10", "开采深度：由1200米至900米标高    共有4个拐点圈定")
    book.close()
    return path


def test_licences_on_a_sheet_each_become_mining_rights(tmp_path: Path) -> None:
    import_ = come_in(licences(tmp_path / "许可证.xlsx"), "rights")
    assert (import_.question, import_.created, said(import_)) == (None, 2, [])
    right = MiningRight.objects.get(key=LICENCE)
    assert (right.holder_name, right.mineral, right.method) == (
        "青石矿业有限公司",
        "建筑石料用灰岩",
        "open_pit",
    )
    assert (right.top_level_m, right.bottom_level_m) == (1200, 900)
    assert (str(right.from_on), str(right.to_on)) == ("2020-03-01", "2030-03-01")
    assert round(float(right.reported_area_m2 or 0)) == 1_036_600
    assert same_ground(right.geom, polygon())
    assert same_ground(MiningRight.objects.get(key=OTHER).geom, polygon(122.2))
    assert Entry.objects.count() == 1


def test_a_mine_is_known_by_its_licence_and_a_new_one_is_numbered_by_it(tmp_path: Path) -> None:
    mine = factories.a_mine("K-1", licence_no=LICENCE)
    head = ["采矿许可证号", "矿山名称"]
    lines = rows(head, ([LICENCE, "老虎沟铁矿"], corners()), ([OTHER, "北坡矿"], corners(122.2)))
    import_ = come_in(factories.workbook(tmp_path, *lines), "mines")
    assert (import_.created, import_.changed, said(import_)) == (1, 1, [])
    mine.refresh_from_db()
    assert same_ground(mine.geom, polygon())
    assert same_ground(Mine.objects.get(key=OTHER).geom, polygon(122.2))


def test_a_licence_of_several_mines_is_refused(tmp_path: Path) -> None:
    for key in ("K-1", "K-2"):
        factories.a_mine(key, licence_no=LICENCE)
    lines = rows(["采矿许可证号", "矿山名称"], ([LICENCE, "老虎沟铁矿"], corners()))
    import_ = factories.staged(
        factories.workbook(tmp_path, *lines), factories.clerk(factories.WEST), kind="mines"
    )
    assert said(import_) == [
        f"第 3 行“采矿许可证号”：几个矿山都登记了采矿许可证号“{LICENCE}”（K-1、K-2）。请填写矿山编号。"
    ]


@pytest.mark.parametrize(
    ("kind", "head", "cells", "model"),
    [
        ("sites", ["点位编号", "点位名称"], ["S-1", "青石沟"], Site),
        ("patches", ["图斑编号", "所属点位编号"], ["P-1", "S-0"], Patch),
        ("land-uses", ["批准文号", "用地名称"], ["青自然资临〔2026〕1号", "运输便道"], LandUse),
        ("facilities", ["设施编号", "设施名称", "设施类型"], ["F-1", "东沟尾矿库", "尾矿库"], Facility),
    ],
)
def test_every_kind_with_shapes_takes_corners(
    kind: str, head: list[Any], cells: list[Any], model: Any, tmp_path: Path
) -> None:
    site = factories.geojson(tmp_path, factories.site_row("S-0"))
    factories.imported(site, factories.clerk(factories.WEST))
    import_ = come_in(factories.workbook(tmp_path, *rows(head, (cells, corners()))), kind)
    assert (import_.created, said(import_)) == (1, [])
    assert same_ground(model.objects.get(key=cells[0]).geom, polygon())
