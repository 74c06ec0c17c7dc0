"""Are lists of corners read as mining licences print them, asked about where two readings make sense, and
refused with the numbers of their corners where the ground is not certain?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shapely
import xlsxwriter
from openpyxl import load_workbook

from qingshan.exchange import kinds
from qingshan.exchange.models import Import, StagedRow
from qingshan.exchange.tests import ugly
from qingshan.exchange.tests.conftest import Stage, counts, remarks, sentences, staged
from qingshan.exchange.tests.corner_lists import SAYS, SIDE, corners, numbered, polygon, spelled, survey
from qingshan.exchange.tests.quarries import Quarries, declared
from qingshan.exchange.writers import refused_workbook
from qingshan.geo.area import areas_m2
from qingshan.rules.flows.importing import ImportState

CLOSE = 1e-7
EAST = corners(122.13)
HEAD = ["编号", "名称", "点号", "X坐标", "Y坐标"]


def shapes(import_: Import) -> list[Any]:
    rows = StagedRow.objects.filter(source=import_).order_by("position")
    return [shapely.from_wkb(bytes(row.geom)) for row in rows]


def is_near(shape: Any, expected: Any) -> bool:
    return bool(shapely.symmetric_difference(shape, expected).area < CLOSE * expected.area * 100)


def rows_of(code: str, name: str, points: Any, *, again: bool = False) -> list[list[Any]]:
    """Number and name in the first row only, or in each."""
    return [
        [code if n == 0 or again else None, name if n == 0 or again else None, *point]
        for n, point in enumerate(numbered(points))
    ]


@pytest.mark.parametrize("again", [True, False])
def test_a_row_for_each_corner(again: bool, tmp_path: Path, stage: Stage, quarries: Quarries) -> None:
    rows = [[SAYS], HEAD, *rows_of("A1", "青石沟", survey(corners()), again=again)]
    rows += rows_of("A2", "北坡", survey(EAST), again=again)
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    assert (import_.question, counts(import_), sentences(import_)) == (None, (2, 0, 0, 0), [])
    assert [row.row for row in StagedRow.objects.order_by("position")] == [3, 7]
    assert all(map(is_near, shapes(import_), [polygon(), polygon(122.13)]))
    quarries.apply(import_)
    assert set(quarries.held) == {("A1",), ("A2",)}


def test_merged_cells_hold_an_object_together(tmp_path: Path, stage: Stage) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "拐点.xlsx"))
    page = book.add_worksheet()
    page.merge_range("A1:E1", "拐点坐标表（CGCS2000）")
    page.write_row(1, 0, HEAD)
    for first, (code, points) in enumerate((("A1", corners()), ("A2", EAST))):
        top = 2 + 4 * first
        page.merge_range(top, 0, top + 3, 0, code)
        page.merge_range(top, 1, top + 3, 1, f"点位{code}")
        for n, point in enumerate(numbered(survey(points))):
            page.write_row(top + n, 2, point)
    book.close()
    import_ = stage(tmp_path / "拐点.xlsx")
    assert (counts(import_), sentences(import_)) == ((2, 0, 0, 0), [])


@pytest.mark.parametrize(
    "write",
    [
        lambda lon, lat: (spelled(lon), spelled(lat)),
        lambda lon, lat: (lon, lat),
        lambda lon, lat: (f"{lon:.6f}", f"{lat:.6f}"),
        lambda lon, lat: tuple(
            spelled(v).replace("°", "-").replace("′", "-").rstrip("″") for v in (lon, lat)
        ),
        lambda lon, lat: tuple(
            spelled(v).replace("°", "度").replace("′", "分").replace("″", "秒") for v in (lon, lat)
        ),
        lambda lon, lat: (f"东经{spelled(lon)}", f"北纬{spelled(lat)}"),
    ],
)
def test_degrees_in_every_spelling(write: Any, tmp_path: Path, stage: Stage) -> None:
    rows: list[list[Any]] = [[SAYS], ["编号", "名称", "拐点编号", "经度", "纬度"]]
    rows += [
        ["A1", "青石沟", f"J{n}", *write(*one)] for n, one in enumerate(corners(122.1125, 33.125), start=1)
    ]
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    assert (import_.question, counts(import_), sentences(import_)) == (None, (1, 0, 0, 0), [])
    assert is_near(shapes(import_)[0], polygon(122.1125, 33.125))


def test_what_the_sheet_does_not_say_is_asked(tmp_path: Path, stage: Stage) -> None:
    path = ugly.workbook(tmp_path / "拐点.xlsx", [HEAD, *rows_of("A1", "沟", survey(corners()))])
    import_ = stage(path)
    question = import_.question
    assert question is not None
    assert [choice["value"] for choice in question["choices"]] == ["EPSG:4529/north_east"]
    answered = stage(path, crs="EPSG:4529/north_east")
    assert (counts(answered), is_near(shapes(answered)[0], polygon())) == ((1, 0, 0, 0), True)


def test_a_missing_zone_is_asked_and_a_named_one_is_taken(tmp_path: Path, stage: Stage) -> None:
    rows = [HEAD, *rows_of("A1", "沟", survey(corners(), 4550))]
    question = stage(ugly.workbook(tmp_path / "一.xlsx", [[SAYS], *rows])).question
    assert question is not None
    assert question["reason"]["code"] == "geo.ask_zone"
    assert len(question["choices"]) > 3
    said = stage(ugly.workbook(tmp_path / "二.xlsx", [[f"{SAYS}，中央经线123°"], *rows]))
    assert (said.question, counts(said)) == (None, (1, 0, 0, 0))
    assert is_near(shapes(said)[0], polygon())


def test_one_answer_holds_for_a_sheet_in_the_next_zone(tmp_path: Path, stage: Stage) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "两带.xlsx"))
    for code, lon, epsg in (("A1", 122.1, 4529), ("A2", 121.2, 4528)):
        page = book.add_worksheet(code)
        for number, row in enumerate([HEAD, *rows_of(code, "沟", survey(corners(lon), epsg))]):
            page.write_row(number, 0, row)
    book.close()
    import_ = stage(tmp_path / "两带.xlsx", crs="EPSG:4529/north_east")
    assert (counts(import_), sentences(import_)) == ((2, 0, 0, 0), [])
    assert all(map(is_near, shapes(import_), [polygon(), polygon(121.2)]))


def test_swapped_axes_are_asked(tmp_path: Path, stage: Stage) -> None:
    swapped = [(y, x) for x, y in survey(corners())]
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", [[SAYS], HEAD, *rows_of("A1", "沟", swapped)]))
    assert import_.question is not None
    assert import_.question["reason"]["code"] == "geo.ask_swapped"


def test_the_old_datums_are_refused_object_by_object(tmp_path: Path, stage: Stage) -> None:
    rows = [["1980西安坐标系"], HEAD, *rows_of("A1", "沟", survey(corners()))]
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    assert counts(import_) == (0, 0, 0, 1)
    assert sentences(import_)[0].startswith("第 3 行：表中写明坐标系为“1980西安坐标”")


def test_rings_by_column_label_number_and_closing_corner(tmp_path: Path, stage: Stage) -> None:
    one, two = survey(corners()), survey(EAST)
    both = shapely.union(polygon(), polygon(122.13))
    by_column = [[SAYS], ["编号", "名称", "圈号", "点号", "X", "Y"]]
    by_column += [["A1", "沟", ring, *row] for ring, ps in ((1, one), (2, two)) for row in numbered(ps)]
    by_label = [
        [SAYS],
        HEAD,
        *rows_of("A1", "沟", one),
        ["开采区2"],
        *([None, None, *r] for r in numbered(two, first=5)),
    ]
    by_number = [[SAYS], HEAD, *rows_of("A1", "沟", one), *([None, None, *row] for row in numbered(two))]
    closed = [*one, one[0]], [*two, two[0]]
    by_closing = [[SAYS], HEAD, *rows_of("A1", "沟", [*closed[0], *closed[1]])]
    for number, rows in enumerate((by_column, by_label, by_number, by_closing)):
        import_ = stage(ugly.workbook(tmp_path / f"{number}.xlsx", rows))
        assert (counts(import_), sentences(import_)) == ((1, 0, 0, 0), []), number
        assert is_near(shapes(import_)[0], both), number


def test_a_ring_inside_another_is_taken_out_and_said(tmp_path: Path, stage: Stage) -> None:
    inner = survey(corners(122.103, 33.103, 0.003))
    rows = [
        [SAYS],
        HEAD,
        *rows_of("A1", "沟", survey(corners())),
        *([None, None, *r] for r in numbered(inner)),
    ]
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    hole = polygon(122.103, 33.103, 0.003)
    assert is_near(shapes(import_)[0], shapely.difference(polygon(), hole))
    assert remarks(import_) == ["第 7 行：从这里开始的一圈（第 7–10 行）在另一圈之内，按扣除处理。"]


def test_a_ring_that_is_marked_needs_no_remark_and_must_lie_inside(tmp_path: Path, stage: Stage) -> None:
    outer, inner = rows_of("A1", "沟", survey(corners())), survey(corners(122.103, 33.103, 0.003))
    inside = [[SAYS], HEAD, *outer, ["扣除区（4个拐点）"], *([None, None, *row] for row in numbered(inner))]
    import_ = stage(ugly.workbook(tmp_path / "内.xlsx", inside))
    assert (counts(import_), remarks(import_)) == ((1, 0, 0, 0), [])
    outside = [[SAYS], HEAD, *outer, ["扣除区"], *([None, None, *row] for row in numbered(survey(EAST)))]
    assert sentences(stage(ugly.workbook(tmp_path / "外.xlsx", outside))) == [
        "第 8 行：写明扣除的一圈（第 8–11 行）不在其他圈之内。请核对拐点。"
    ]


def test_rings_that_overlap_in_part_are_refused(tmp_path: Path, stage: Stage) -> None:
    other = survey(corners(122.105))
    rows = [
        [SAYS],
        HEAD,
        *rows_of("A1", "沟", survey(corners())),
        *([None, None, *r] for r in numbered(other)),
    ]
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    assert sentences(import_)[0].startswith("第 7 行：这一圈（第 7–10 行）与第 3–6 行的一圈部分重叠")


def test_rings_side_by_side_become_one_area(tmp_path: Path, stage: Stage) -> None:
    beside = survey(corners(122.1 + SIDE))
    rows = [
        [SAYS],
        HEAD,
        *rows_of("A1", "沟", survey(corners())),
        *([None, None, *r] for r in numbered(beside)),
    ]
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    (shape,) = shapes(import_)
    assert shape.is_valid
    both = areas_m2([polygon(), polygon(122.1 + SIDE)]).sum()
    assert areas_m2([shape])[0] == pytest.approx(both, rel=1e-6)


def test_a_ring_that_crosses_itself_names_its_corners(tmp_path: Path, stage: Stage) -> None:
    a, b, c, d = survey(corners())
    rows = [[SAYS], HEAD, *rows_of("A1", "沟", [a, c, b, d])]
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    assert sentences(import_) == [
        "第 3 行：拐点 1（第 3 行）至 2（第 4 行）的边与拐点 3（第 5 行）至 4（第 6 行）的边相交，面积无法确定。"
        "请核对这几个拐点的坐标和次序。"
    ]


def test_a_ring_that_touches_itself_is_mended(tmp_path: Path, stage: Stage) -> None:
    ring = list(ugly.touching_ring().exterior.coords)[1:-1]
    rows = [[SAYS], HEAD, *rows_of("A1", "沟", survey(ring))]
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    assert (counts(import_), sentences(import_)) == ((1, 0, 0, 0), [])


def test_too_few_corners_and_half_corners_are_refused(tmp_path: Path, stage: Stage) -> None:
    few = rows_of("A1", "沟", survey(corners())[:2])
    half = rows_of("A2", "坡", survey(EAST))
    half[1][4] = None
    half[2][3] = "4412345.l2"
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", [[SAYS], HEAD, *few, *half]))
    assert sentences(import_) == [
        "第 3 行：从这里开始的一圈（第 3–4 行）只有 2 个不同的拐点，围不成面。请补全拐点。",
        "第 6 行“Y坐标”：这个拐点缺少“Y坐标”。请把两个坐标都填上，或删除该行。",
        "第 7 行“X坐标”：读到“4412345.l2”，不是坐标。请填写米数、十进制度（112.5824）或度分秒（112°34′56.7″）。",
    ]


def test_names_that_differ_within_one_object_are_refused(tmp_path: Path, stage: Stage) -> None:
    rows = [[SAYS], HEAD, *rows_of("A1", "青石沟", survey(corners()), again=True)]
    rows[4][1] = "青石沟（北）"
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    assert sentences(import_)[0].startswith(
        "第 5 行“名称”：读到“青石沟(北)”，同一对象的前面几行写的是“青石沟”"
    )


def test_a_missing_number_and_another_count_are_remarked(tmp_path: Path, stage: Stage) -> None:
    rows = [[SAYS], HEAD, *rows_of("A1", "沟", survey(corners())), ["共有６个拐点圈定"]]
    rows[4][2] = 4
    rows[5][2] = 5
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    assert remarks(import_) == [
        "第 5 行：拐点 2 之后是 4，编号不连续。请核对有无漏行。",
        "第 3 行：表中写明 6 个拐点，读到 4 个。请核对有无漏行或多行。",
    ]


# --- one licence on a sheet ----------------------------------------------------------------------


def licence(book: Any, name: str, code: str, points: Any) -> None:
    """A licence's sheet: labels above, corners in two panels, depth and count below."""
    page = book.add_worksheet(name)
    page.merge_range("A1:F1", "采矿许可证（副本）")
    page.write_row("A2", ["编号：" + code, None, "采矿权人", "某某矿业有限公司"])
    page.merge_range("A3:C3", f"名称：{name}    开采方式：露天")
    page.write("D3", "矿区面积：1.0366平方公里")
    page.merge_range("A4:F4", "2000国家大地坐标系")
    page.write_row("A5", ["点号", "X坐标", "Y坐标", "点号", "X坐标", "Y坐标"])
    half = len(points) // 2
    for row, (left, right) in enumerate(
        zip(numbered(points[:half]), numbered(points[half:], first=half + 1), strict=True), start=5
    ):
        page.write_row(row, 0, [*left, *right])
    page.merge_range(5 + half, 0, 5 + half, 5, f"开采深度：由1200米至900米标高  共有{len(points)}个拐点圈定")


def test_one_licence_on_each_sheet(tmp_path: Path, stage: Stage) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "许可证.xlsx"))
    licence(book, "青石沟", "A1", survey(corners()))
    licence(book, "北坡", "A2", survey(EAST))
    book.close()
    import_ = stage(tmp_path / "许可证.xlsx")
    assert (import_.question, counts(import_), sentences(import_), remarks(import_)) == (
        None,
        (2, 0, 0, 0),
        [],
        [],
    )
    rows = StagedRow.objects.order_by("position")
    assert [(row.sheet, row.key, row.values["name"], row.values["method"]) for row in rows] == [
        ("青石沟", "A1", "青石沟", "open_pit"),
        ("北坡", "A2", "北坡", "open_pit"),
    ]
    assert all(map(is_near, shapes(import_), [polygon(), polygon(122.13)]))


def test_licences_one_below_the_other(tmp_path: Path, stage: Stage) -> None:
    rows: list[list[Any]] = [["2000国家大地坐标系"]]
    for code, points in (("A1", corners()), ("A2", EAST)):
        rows += [[f"编号：{code}"], [f"名称：点位{code}"], ["点号", "X", "Y"], *numbered(survey(points))]
        rows += [["共有4个拐点圈定"], []]
    import_ = stage(ugly.workbook(tmp_path / "许可证.xlsx", rows))
    assert (counts(import_), sentences(import_)) == ((2, 0, 0, 0), [])
    assert [row.values["name"] for row in StagedRow.objects.order_by("position")] == ["点位A1", "点位A2"]


@pytest.mark.parametrize("down", [True, False])
def test_panels_side_by_side_are_put_in_order_by_their_numbers(
    down: bool, tmp_path: Path, stage: Stage
) -> None:
    ring = numbered(survey(list(ugly.sites(2)[1].exterior.coords)[:-1]))
    half = len(ring) // 2
    pairs = zip(ring[:half], ring[half:], strict=True) if down else zip(ring[::2], ring[1::2], strict=True)
    rows: list[list[Any]] = [["编号：A1  名称：青石沟"], [SAYS], ["点号", "X", "Y", "点号", "X", "Y"]]
    rows += [[*left, *right] for left, right in pairs]
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    assert (counts(import_), remarks(import_)) == ((1, 0, 0, 0), [])
    assert is_near(shapes(import_)[0], ugly.sites(2)[1])


def test_panels_without_numbers_are_refused(tmp_path: Path, stage: Stage) -> None:
    ring = survey(corners())
    rows: list[list[Any]] = [["编号：A1  名称：青石沟"], [SAYS], ["点号", "X", "Y", "点号", "X", "Y"]]
    rows += [[None, *ring[0], None, *ring[2]], [None, *ring[1], None, *ring[3]]]
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    assert sentences(import_)[0].startswith("第 4 行：并排的两组拐点没有可以判断先后的编号。")


def test_panels_go_on_below_the_headers_of_the_next_page(tmp_path: Path, stage: Stage) -> None:
    ring = numbered(survey(list(ugly.sites(2)[1].exterior.coords)[:-1]))
    head = ["点号", "X", "Y", "点号", "X", "Y"]
    rows: list[list[Any]] = [["编号：A1  名称：青石沟"], [SAYS], head]
    rows += [[*ring[0], *ring[2]], [*ring[1], *ring[3]], head, [*ring[4], *ring[6]], [*ring[5], *ring[7]]]
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    assert (counts(import_), remarks(import_)) == ((1, 0, 0, 0), [])
    assert is_near(shapes(import_)[0], ugly.sites(2)[1])


def test_two_systems_side_by_side_are_asked_about(tmp_path: Path, stage: Stage) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "拐点.xlsx"))
    page = book.add_worksheet()
    page.write("A1", "编号：A1  名称：青石沟")
    page.merge_range("A2:A3", "点号")
    page.merge_range("B2:C2", "2000国家大地坐标系（平面）")
    page.merge_range("D2:E2", "2000国家大地坐标系（经纬度）")
    page.write_row("B3", ["X", "Y", "经度", "纬度"])
    for row, ((lon, lat), (x, y)) in enumerate(zip(corners(), survey(corners()), strict=True), start=3):
        page.write_row(row, 0, [row - 2, x, y, spelled(lon), spelled(lat)])
    book.close()
    question = stage(tmp_path / "拐点.xlsx").question
    assert question is not None
    assert question["option"] == "coordinates"
    for choice in question["choices"]:
        import_ = stage(tmp_path / "拐点.xlsx", coordinates=choice["value"])
        assert is_near(shapes(import_)[0], polygon()), choice


def test_numbers_and_coordinates_alone_are_asked_about(tmp_path: Path, quarries: Quarries, db: None) -> None:
    rows = [[SAYS], ["序号", "经度", "纬度"], *([n, *one] for n, one in enumerate(corners(), start=1))]
    path = ugly.workbook(tmp_path / "点.xlsx", rows)
    kinds.withdraw_kind(kinds.kind("quarries"))
    with declared(geometry="any"):
        question = staged(path).question
        assert question is not None
        assert (question["option"], [c["value"] for c in question["choices"]]) == (
            "rows",
            ["corners", "points"],
        )
        assert len(staged(path, rows="points").layout["tables"][0]["fields"]) == 2
        assert sum(counts(staged(path, rows="corners"))) == 1


def test_places_one_to_a_row_stay_points(tmp_path: Path, points: Stage) -> None:
    rows = [["编号", "名称", "经度", "纬度"], ["A1", "沟", 122.1, 33.1], ["A2", "坡", 122.2, 33.1]]
    import_ = points(ugly.workbook(tmp_path / "点.xlsx", rows))
    assert (import_.question, counts(import_)) == (None, (2, 0, 0, 0))


# --- what is refused comes back ------------------------------------------------------------------


def test_refused_corners_come_back_as_they_were_written(
    tmp_path: Path, stage: Stage, quarries: Quarries
) -> None:
    a, b, c, d = corners()
    rows: list[list[Any]] = [[SAYS], ["编号", "名称", "拐点编号", "经度", "纬度"]]
    rows += [
        ["A1" if n == 1 else None, None, f"J{n}", spelled(x), spelled(y)]
        for n, (x, y) in enumerate((a, c, b, d), 1)
    ]
    rows[2][1] = "青石沟"
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", rows))
    assert counts(import_) == (0, 0, 0, 1)
    (tmp_path / "退回.xlsx").write_bytes(refused_workbook(import_))
    workbook = load_workbook(tmp_path / "退回.xlsx")
    sheet = workbook.worksheets[0]
    assert [cell.value for cell in sheet[1]][:6] == ["编号", "名称", "圈号", "拐点编号", "经度", "纬度"]
    assert [cell.value for cell in sheet[3]][:6] == [None, None, 1, "J2", spelled(c[0]), spelled(c[1])]
    second, third = ([sheet.cell(row, column).value for column in (4, 5, 6)] for row in (3, 4))
    for column, (one, other) in enumerate(zip(second, third, strict=True), start=4):
        sheet.cell(3, column, other)
        sheet.cell(4, column, one)
    workbook.save(tmp_path / "改正.xlsx")
    again = stage(tmp_path / "改正.xlsx", crs="EPSG:4490/east_north")
    assert (counts(again), sentences(again)) == ((1, 0, 0, 0), [])
    assert is_near(shapes(again)[0], polygon())


def test_a_refused_shape_of_a_vector_file_comes_back_as_text(tmp_path: Path, stage: Stage) -> None:
    import_ = stage(
        ugly.geojson(tmp_path / "点位.geojson", [ugly.feature(ugly.bow_tie(), 编号="A1", 名称="沟")])
    )
    assert counts(import_) == (0, 0, 0, 1)
    (tmp_path / "退回.xlsx").write_bytes(refused_workbook(import_))
    sheet = load_workbook(tmp_path / "退回.xlsx").worksheets[0]
    place = [cell.value for cell in sheet[1]].index("坐标") + 1
    assert shapely.from_wkt(sheet.cell(2, place).value).equals_exact(ugly.bow_tie(), 1e-9)


def test_a_question_leaves_no_rows(tmp_path: Path, stage: Stage) -> None:
    import_ = stage(ugly.workbook(tmp_path / "拐点.xlsx", [HEAD, *rows_of("A1", "沟", survey(corners()))]))
    assert (import_.state, StagedRow.objects.count()) == (ImportState.RECEIVED, 0)
