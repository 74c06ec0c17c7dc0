"""Do the files of a survey add up, survive strange ids, and come out the same each time?"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from qingshan.earth.findings import Question, Verdict
from qingshan.earth.reports import write_outputs
from qingshan.earth.reports.counting import counted
from qingshan.earth.reports.names import file_names
from qingshan.earth.series import QUANTITIES
from qingshan.earth.tests.seen import HOSTILE, made_results
from qingshan.earth.writing import beside


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_outputs(made_results(), folder)
    return folder


def rows_of(out: Path, tab: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(out / "findings.xlsx").get_sheet_by_name(tab).to_python()


def test_each_answer_is_a_feature_with_names_that_stay(out: Path) -> None:
    told = json.loads((out / "findings.geojson").read_text("utf-8"))
    assert told["crs"]["properties"]["name"].endswith("EPSG::4490")
    assert [one["properties"]["verdict"] for one in told["features"]] == [
        "unsupported",
        "undecidable",
        "supported",
    ]
    first = told["features"][0]["properties"]
    assert first["claimed_on"] == "2023-06-10"
    assert first["sentence_zh"].startswith("申报")
    assert first["because"] == [{"code": "made.unsupported", "values": {}}]
    west, south = told["features"][0]["geometry"]["coordinates"][0][0]
    assert (west, south) == (112.4, 37.1)


def test_every_feature_leads_to_a_sheet_that_is_there(out: Path) -> None:
    told = json.loads((out / "findings.geojson").read_text("utf-8"))
    assert all((out / one["properties"]["sheet"]).is_file() for one in told["features"])
    assert len(list((out / "sheets").iterdir())) == 3


def test_the_workbook_shows_answers_and_counts_nothing_of_what_people_wrote(out: Path) -> None:
    head, *rows = rows_of(out, "核查结论")
    assert head[:5] == ["编号", "点位名称", "核查事项", "结论", "说明"]
    assert rows[2][0] == HOSTILE
    assert rows[0][head.index("申报日期")] == date(2023, 6, 10)
    assert rows[0][head.index("涉及占比")] == 0.56


def test_counts_stand_with_their_denominators_and_add_up(out: Path) -> None:
    head, *rows = rows_of(out, "分类统计")
    assert head == [
        "核查事项", "结论", "点位（处）", "共（处）", "按处占比", "面积（公顷）", "共（公顷）", "按面积占比",
    ]  # fmt: skip
    restored = [row for row in rows if row[0] == "已修复"]
    assert [row[2] for row in restored] == [1, 0, 0, 1]
    assert {row[3] for row in restored} == {2}
    assert sum(row[5] for row in restored) == pytest.approx(restored[0][6], abs=1e-3)


def test_the_third_tab_names_what_was_left_out_and_why(out: Path) -> None:
    assert rows_of(out, "影像清单")[-1][2:] == ["S2B_torn", "未采用", "文件不完整，读不出来。"]


def test_series_are_one_long_table(out: Path) -> None:
    table = pq.read_table(out / "series.parquet")
    series = made_results().series_of(made_results().sites.sites[0])
    first = table.slice(0, len(series))
    assert table.num_rows > len(series) * len(QUANTITIES)
    assert set(first["quantity"].to_pylist()) == {"ndvi"}
    assert first["mean"].null_count == 1
    assert first["day"][0].as_py() == date(2021, 1, 5)


def test_the_report_has_counts_links_and_what_was_left_out(out: Path) -> None:
    page = (out / "report.html").read_text("utf-8")
    assert "50.0% = 1 / 2" in page
    assert "S2B_torn" in page
    assert "<b>" not in page.replace("<b>青山</b>", "")
    for link in re.findall(r'href="([^"]+)"', page):
        assert (out / unquote(link)).is_file()


def test_the_same_survey_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    write_outputs(made_results(), tmp_path)
    files = sorted(path.relative_to(out) for path in out.rglob("*") if path.is_file())
    assert len(files) == 7
    assert all((out / file).read_bytes() == (tmp_path / file).read_bytes() for file in files)


def test_english_outputs_hold_no_chinese(tmp_path: Path) -> None:
    write_outputs(made_results(ids=("A", "B")), tmp_path, language="en")
    page = re.sub(r"<style>.*?</style>", "", (tmp_path / "report.html").read_text("utf-8"), flags=re.S)
    assert not re.search(r"[一-鿿]", page)
    assert rows_of(tmp_path, "Counts")[0][:2] == ["Claim", "Answer"]


def test_a_survey_without_answers_has_its_files_too(tmp_path: Path) -> None:
    write_outputs(made_results(findings={}, claims={}, used=(), left_out=()), tmp_path)
    assert json.loads((tmp_path / "findings.geojson").read_text("utf-8"))["features"] == []
    assert "没有可核查的申报。" in (tmp_path / "report.html").read_text("utf-8")


def test_verdicts_that_nobody_got_are_counted_as_none() -> None:
    results = made_results()
    counts = counted(results.answered(), {site.id: 10_000.0 for site in results.sites})
    restored = [one for one in counts if one.question == Question.RESTORED]
    assert {one.verdict for one in restored} == set(Verdict)
    assert sum(one.sites for one in restored) == restored[0].of_sites == 2


@given(st.lists(st.text(max_size=40), unique=True, max_size=12))
def test_names_of_files_are_safe_and_nobody_elses(ids: list[str]) -> None:
    names = file_names(ids)
    assert len({name.casefold() for name in names.values()}) == len(ids)
    for name in names.values():
        assert name
        assert not name.startswith(".")
        assert not set(name) & set('/\\:*?"<>|\0')
        assert len(name.encode()) < 200


def test_names_do_not_depend_on_the_order_of_sites() -> None:
    assert file_names(["a/b", "A_b", "a_b"]) == file_names(["a_b", "a/b", "A_b"])
    assert file_names(["东沟-3"]) == {"东沟-3": "东沟-3"}
    assert file_names(["CON"])["CON"].startswith("_CON-")


def fail_in_the_middle(path: Path) -> None:
    with beside(path) as part:
        part.write_text("half")
        raise ZeroDivisionError


def test_what_fails_in_the_middle_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(ZeroDivisionError):
        fail_in_the_middle(tmp_path / "a.txt")
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"
