"""Are the sheets of real offices read: titles, merged headers, totals, notes, formulas, odd encodings?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingshan.exchange.errors import FileRefused
from qingshan.exchange.models import Import, StagedRow
from qingshan.exchange.tests import ugly
from qingshan.exchange.tests.conftest import Stage, counts, sentences

TEXT = "编号,名称,面积（亩）,备注\nA1,青石沟,15,\nA2,北坡,3,“引号”\n"


def values(import_: Import) -> list[dict[str, Any]]:
    return [row.values for row in StagedRow.objects.filter(source=import_).order_by("position")]


def test_a_county_ledger_is_read_to_the_last_hidden_row(tmp_path: Path, stage: Stage) -> None:
    import_ = stage(ugly.office_workbook(tmp_path / "台账.xlsx"))
    assert (counts(import_), sentences(import_)) == ((4, 0, 0, 0), [])
    read = [(v["code"], v["name"], v["area_m2"], v["found_on"], v["method"]) for v in values(import_)]
    assert read == [
        ("A-001", "青石沟", "823000.0000", "2026-03-01", "open_pit"),
        ("A-002", "北坡（东）", "2000.0000", "2026-03-01", "open_pit"),
        ("A-003", "南沟", "2000.0000", "2026-03-01", "underground"),
        ("A-004", "西沟", "2000.0000", "2026-03-01", "underground"),
    ]
    table = import_.layout["tables"][0]
    assert [(row["row"], row["why"]) for row in table["left_out"]] == [
        (5, "numbering"),
        (10, "totals"),
        (11, "notes"),
    ]
    assert table["header_row"] == 4


def test_row_numbers_are_those_of_the_sheet(tmp_path: Path, stage: Stage) -> None:
    rows = [["某县台账"], [], ["编号", "名称", "面积"], ["A1", "青石沟", 1], [], ["A2", "北坡", "很大"]]
    import_ = stage(ugly.workbook(tmp_path / "表.xlsx", rows))
    assert sentences(import_) == ["第 6 行“面积”：读到“很大”，不是数字。请只写数字。"]


def test_formulas_are_read_by_their_saved_result(tmp_path: Path, stage: Stage) -> None:
    import_ = stage(ugly.formula_workbook(tmp_path / "公式.xlsx"))
    assert counts(import_) == (1, 0, 0, 2)
    assert values(import_)[0]["area_m2"] == "15000.0000"
    without, error = sentences(import_)
    assert without.startswith("第 3 行“面积（公顷）”：是公式，但文件中没有保存它的结果。")
    assert error.startswith("第 4 行“面积（公顷）”：公式的结果是错误值“#DIV/0!”。")


def test_every_sheet_with_known_headers_is_read_and_hidden_ones_too(tmp_path: Path, stage: Stage) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "多表.xlsx"))
    for number, name in enumerate(("一区", "二区", "填写说明")):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ["编号", "名称"])
        page.write_row(1, 0, [f"A{number}", "青石沟"])
        if name == "二区":
            page.hide()
    book.add_worksheet("照片")
    book.close()
    import_ = stage(tmp_path / "多表.xlsx")
    rows = StagedRow.objects.filter(source=import_).order_by("position")
    assert [(row.sheet, row.row, row.key) for row in rows] == [("一区", 2, "A0"), ("二区", 2, "A1")]


def test_twins_in_two_sheets_name_the_other_sheet(tmp_path: Path, stage: Stage) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "多表.xlsx"))
    for name in ("一区", "二区"):
        book.add_worksheet(name).write_row(0, 0, ["编号", "名称"])
        book.get_worksheet_by_name(name).write_row(1, 0, ["A1", "青石沟"])
    book.close()
    assert sentences(stage(tmp_path / "多表.xlsx")) == [
        "第 2 行：与“二区”第 2 行是同一对象（A1）。请只保留一行。",
        "第 2 行：与“一区”第 2 行是同一对象（A1）。请只保留一行。",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_files_in_any_encoding(encoding: str, separator: str, tmp_path: Path, stage: Stage) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(TEXT.replace(",", separator).replace("\n", "\r\n").encode(encoding))
    import_ = stage(path)
    assert (counts(import_), sentences(import_)) == ((2, 0, 0, 0), [])
    assert values(import_)[0]["area_m2"] == "10000.0000"
    assert values(import_)[1]["note"] == "“引号”"


def test_a_text_file_in_no_known_encoding_is_refused(tmp_path: Path, stage: Stage) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes("编号,名称\n".encode() + b"\xff\xff\xff\xff\n")
    with pytest.raises(FileRefused) as refusal:
        stage(path)
    assert refusal.value.code == "exchange.not_utf8"


def test_open_document_sheets(tmp_path: Path, stage: Stage) -> None:
    rows = ugly.ods_row("编号", "名称", "面积（亩）") + ugly.ods_row("A1", "青石沟", "１５")
    import_ = stage(ugly.ods(tmp_path / "表.ods", rows))
    assert (counts(import_), sentences(import_)) == ((1, 0, 0, 0), [])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<table:table-cell table:formula="of:=1+1"/>', "exchange.formulas_without_results"),
        (
            '<table:table-cell office:value-type="string" table:number-columns-repeated="900000">'
            "<text:p>x</text:p></table:table-cell>",
            "exchange.spread_too_wide",
        ),
    ],
)
def test_open_document_sheets_that_would_be_read_wrongly(
    cell: str, code: str, tmp_path: Path, stage: Stage
) -> None:
    rows = ugly.ods_row("编号", "名称") + f"<table:table-row>{cell}</table:table-row>"
    with pytest.raises(FileRefused) as refusal:
        stage(ugly.ods(tmp_path / "表.ods", rows))
    assert refusal.value.code == code


def test_web_page_code_and_formulas_in_cells_are_refused_row_by_row(tmp_path: Path, stage: Stage) -> None:
    rows = [
        ["编号", "名称"],
        ["A1", "<script>alert(1)</script>"],
        ["A2", '=HYPERLINK("http://example.invalid","点这里")'],
        ["A3", "青石沟"],
    ]
    import_ = stage(ugly.workbook(tmp_path / "表.xlsx", rows))
    assert counts(import_) == (1, 0, 0, 2)
    assert sentences(import_) == [
        "第 2 行“名称”：读到“<script>alert(1)</script>”，含有网页代码。请只写文字。",
        '第 3 行“名称”：读到“=HYPERLINK("http://example.invalid","点这里")”，以“=”开头，'
        "是公式而不是内容。请改为公式的结果。",
    ]


def test_every_fault_of_a_row_is_said_at_once(tmp_path: Path, stage: Stage) -> None:
    rows = [["编号", "名称", "面积", "发现日期", "已修复"], ["A1", "", "很大", "去年", "也许"]]
    import_ = stage(ugly.workbook(tmp_path / "表.xlsx", rows))
    assert len(sentences(import_)) == 4
    assert "第 2 行“名称”：没有填写，这一项必填。请补充。" in sentences(import_)


def test_a_missing_column_binds_new_rows_only(tmp_path: Path, stage: Stage, quarries: Any) -> None:
    quarries.apply(stage(ugly.workbook(tmp_path / "一.xlsx", [["编号", "名称"], ["A1", "青石沟"]])))
    import_ = stage(ugly.workbook(tmp_path / "二.xlsx", [["编号", "备注"], ["A1", "已核查"], ["A2", "新点"]]))
    assert counts(import_) == (0, 1, 0, 1)
    assert sentences(import_) == ["第 3 行“名称”：文件中没有这一列，新增时必填。请增加这一列。"]


def test_a_warning_does_not_refuse(tmp_path: Path, stage: Stage) -> None:
    # the embedded organisation code fails its own check, the code as a whole passes
    from qingshan.rules.identifiers import uscc_check_character

    first = "91110000600037340"
    rows = [["编号", "名称", "统一社会信用代码"], ["A1", "青石沟", first + uscc_check_character(first)]]
    import_ = stage(ugly.workbook(tmp_path / "表.xlsx", rows))
    assert counts(import_) == (1, 0, 0, 0)
    assert StagedRow.objects.get(source=import_).notes[0]["code"] == "rules.uscc.organisation_check"


def test_headers_are_looked_up_a_few_times_whatever_the_number_of_rows(
    tmp_path: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qingshan.exchange import columns
    from qingshan.exchange.readers import corners, headings

    looked_up: list[str] = []

    def counted(text: str, known: Any) -> Any:
        looked_up.append(text)
        return columns.header_of(text, known)

    for module in (corners, headings):
        monkeypatch.setattr(module, "header_of", counted)
    rows: list[list[Any]] = [["编号", "名称", "面积", "发现日期"]]
    few, many = (
        [*rows, *([f"A{n}", f"沟{n}", n, "2026-03-01"] for n in range(count))] for count in (50, 1000)
    )
    stage(ugly.workbook(tmp_path / "少.xlsx", few))
    first = len(looked_up)
    stage(ugly.workbook(tmp_path / "多.xlsx", many))
    assert len(looked_up) == 2 * first
