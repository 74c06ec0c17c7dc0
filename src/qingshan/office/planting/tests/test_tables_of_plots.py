"""Do plots and observations come in from files, leave as tables, and come in again without a change?"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingshan.exchange.models import Import, StagedRow
from qingshan.office.mines.tests.factories import imported, staged, workbook
from qingshan.office.planting.actions import import_observations
from qingshan.office.planting.models import Plot, PlotObservation
from qingshan.office.planting.queries import survival_of
from qingshan.office.planting.tests.factories import a_plot, planted, seen
from qingshan.office.restoration.tests.factories import NOW, World, square
from qingshan.office.trail.models import Entry
from qingshan.rules.reasons import Reason, say

PLOT_HEADERS = ["地块编号", "地块名称", "点位编号", "面积（公顷）", "土地复垦类型区", "有无灌溉"]
PLANTED_HEADERS = [
    "地块编号", "树种草种", "植物类型", "株数", "播种量（千克）", "栽植日期", "栽植单位", "对存疑的说明",
]  # fmt: skip
SEEN_HEADERS = ["地块编号", "调查日期", "调查株数", "成活株数", "植被盖度", "调查方法", "调查人"]


def refusals(import_: Import) -> list[str]:
    rows = StagedRow.objects.filter(source=import_, outcome="refused").order_by("position")
    return [say(Reason(one["code"], one["values"])) for row in rows for one in row.faults]


def read(world: World, file: Path, kind: str) -> Import:
    return staged(file, world.actor("county_clerk"), kind=kind)


def applied(world: World, file: Path, kind: str) -> Import:
    return imported(file, world.actor("county_clerk"), kind=kind)


def test_plots_come_in_are_changed_and_stay_on_their_site(world: World, tmp_path: Path) -> None:
    site = world.site(square(122.2), key="D-1")
    row: list[Any] = ["D-1-P01", "北坡", "D-1", 1.5, "中部山地丘陵区", "否"]
    first = applied(world, workbook(tmp_path, PLOT_HEADERS, row), "plots")
    plot = Plot.objects.get()
    assert (first.created, plot.site, plot.own_m2, plot.zone, plot.is_irrigated) == (
        1, site, 15_000.0, "central", False,
    )  # fmt: skip
    assert read(world, workbook(tmp_path, PLOT_HEADERS, row), "plots").unchanged == 1
    changed = applied(
        world, workbook(tmp_path, PLOT_HEADERS, ["D-1-P01", "南坡", "D-1", 2, None, None]), "plots"
    )
    assert changed.changed == 1
    plot.refresh_from_db()
    assert (plot.name, plot.own_m2) == ("南坡", 20_000.0)
    world.site(square(122.3), key="D-2")
    moved = staged(
        workbook(tmp_path, PLOT_HEADERS, ["D-1-P01", "南坡", "D-2", 2, None, None]),
        world.actor("county_clerk"),
        kind="plots",
    )
    assert "导入不改变所属点位" in refusals(moved)[0]


def test_plots_on_sites_that_nobody_knows_or_of_others_are_refused(world: World, tmp_path: Path) -> None:
    world.site(square(122.2), key="D-3", county="990102")
    file = workbook(
        tmp_path, PLOT_HEADERS, ["X-1", "甲", "没有", 1, None, None], ["X-2", "乙", "D-3", 1, None, None]
    )
    brought = staged(file, world.actor("county_clerk"), kind="plots")
    assert [each[: len("第 2 行“点位编号”：没有")] for each in refusals(brought)] == [
        "第 2 行“点位编号”：没有",
        "第 3 行“点位编号”：没有",
    ]


def test_what_was_planted_comes_in_and_only_then_observations_do(world: World, tmp_path: Path) -> None:
    plot = a_plot(world, key="甲-1")
    seen_row: list[Any] = ["甲-1", "2025-10-01", 100, 80, None, "样地抽查", "林查"]
    rows: list[list[Any]] = [
        ["甲-1", "刺槐", "乔木", 1_000, None, "2025-04-10", "林场", None],
        ["甲-1", "椰子", "乔木", 10, None, "2025-07-15", None, "试验"],
        ["甲-1", "紫花苜蓿", "草本", None, "12.5", "2025-04-10", None, None],
    ]
    with time_machine.travel(NOW, tick=False):
        [told] = refusals(read(world, workbook(tmp_path, SEEN_HEADERS, seen_row), "plot_observations"))
        assert "请先登记栽植" in told
        file = workbook(tmp_path, PLANTED_HEADERS, *rows)
        previewed = read(world, file, "plantings")
        [_tree, palm, _grass] = StagedRow.objects.filter(source=previewed).order_by("position")
        assert any("未列入" in say(Reason(one["code"], one["values"])) for one in palm.notes)
        done = applied(world, file, "plantings")
        again = read(world, workbook(tmp_path, PLANTED_HEADERS, *rows), "plantings")
        observed = applied(world, workbook(tmp_path, SEEN_HEADERS, seen_row), "plot_observations")
    assert (done.created, again.unchanged, again.created, observed.created) == (3, 3, 0, 1)
    by_species = {row.species: row for row in plot.plantings.all()}
    assert (by_species["刺槐"].count, by_species["刺槐"].suitability) == (1_000, "suitable")
    assert by_species["紫花苜蓿"].weight_g == 12_500
    assert (by_species["椰子"].suitability, by_species["椰子"].answer) == ("not_listed", "试验")
    assert Entry.objects.filter(act="planting.import_plantings").count() == 1


def test_wrong_rows_of_what_was_planted_say_where_and_why(world: World, tmp_path: Path) -> None:
    plot = a_plot(world, key="甲-1")
    planted(world, plot)
    rows: list[list[Any]] = [
        ["甲-1", "刺槐", "乔木", 999, None, "2025-04-10", None, None],
        ["甲-1", "侧柏", "乔木", None, None, "2025-04-10", None, None],
        ["甲-1", "侧柏", "乔木", 10, None, "2026-12-01", None, None],
        ["甲-1", "榆树", None, 10, None, "2025-04-10", None, None],
        ["没有", "侧柏", "乔木", 10, None, "2025-04-10", None, None],
    ]
    with time_machine.travel(NOW, tick=False):
        told = refusals(read(world, workbook(tmp_path, PLANTED_HEADERS, *rows), "plantings"))
    assert len(told) == len(rows), told
    for sentence, said in zip(
        told, ("内容不同", "至少填写一项", "还没有到", "植物类型", "没有编号为“没有”的地块"), strict=True
    ):
        assert said in sentence, sentence
    assert "第 2 行“株数”" in told[0]


def test_who_keeps_another_county_plants_nothing_here(world: World, tmp_path: Path) -> None:
    a_plot(world, key="甲-1")
    file = workbook(tmp_path, PLANTED_HEADERS, ["甲-1", "刺槐", "乔木", 1, None, "2025-04-10", None, None])
    [told] = refusals(staged(file, world.actor("other_county_clerk"), kind="plantings"))
    assert "没有编号为“甲-1”的地块" in told


def test_observations_come_in_once_and_each_wrong_row_says_why(world: World, tmp_path: Path) -> None:
    one, other = a_plot(world, key="甲-1"), a_plot(world, key="甲-2")
    planted(world, one)
    planted(world, other)
    seen(world, other, 10, 20)
    rows: list[list[Any]] = [
        ["甲-1", "2025-10-01", 100, 80, None, "样地抽查", "林查"],
        ["甲-1", "2025-11-01", 100, 101, None, None, "林查"],
        ["甲-1", "2025-12-01", None, None, None, None, "林查"],
        ["甲-1", "2024-12-01", 100, 80, None, None, "林查"],
        ["甲-1", "2026-12-01", 100, 80, None, None, "林查"],
        ["甲-2", "2025-10-07", 10, 20, None, None, "林查"],
        ["没有", "2025-10-01", 100, 80, None, None, "林查"],
    ]
    with time_machine.travel(NOW, tick=False):
        file = workbook(tmp_path, SEEN_HEADERS, *rows)
        told = refusals(staged(file, world.actor("county_clerk"), kind="plot_observations"))
        done = applied(world, workbook(tmp_path, SEEN_HEADERS, rows[0]), "plot_observations")
        again = read(world, workbook(tmp_path, SEEN_HEADERS, rows[0]), "plot_observations")
    assert len(told) == 7, told  # the sixth cannot be, and another one stands for its day
    assert any("没有填写调查株数" in each for each in told)
    assert any("还没有到" in each for each in told)
    assert (done.created, again.unchanged) == (1, 1)
    one.refresh_from_db()
    assert str(one.observed_on) == "2025-10-01"
    assert PlotObservation.objects.filter(plot=one).count() == 1
    found = survival_of(one.site_id, on=world.today)
    assert found.rate is not None
    assert found.rate * 100 == 80
    acts = Entry.objects.filter(act="planting.import_observations")
    assert acts.count() == 1


def test_a_longer_file_of_observations_asks_no_more_of_each_row(world: World, tmp_path: Path) -> None:
    plot = a_plot(world, key="甲-1")
    planted(world, plot)
    asked = []
    with time_machine.travel(NOW, tick=False):
        for month, n in ((10, 2), (11, 12)):
            days = [f"2025-{month}-{day:02}" for day in range(1, n + 1)]
            rows = [["甲-1", day, 100, 80, None, "样地抽查", "林查"] for day in days]
            brought = read(world, workbook(tmp_path, SEEN_HEADERS, *rows), "plot_observations")
            with CaptureQueriesContext(connection) as queries:
                import_observations(brought, **world.by("county_clerk"))
            asked.append(sum("planting_" in each["sql"] for each in queries))
    assert asked[1] - asked[0] == 10  # each row is written; nothing is read for it


def test_what_leaves_says_what_it_counts_and_comes_in_again_unchanged(world: World, tmp_path: Path) -> None:
    plot = a_plot(world, name="北坡")
    planted(world, plot)
    seen(world, plot, 80, 100)
    a_plot(world)
    with time_machine.travel(NOW, tick=False):
        client = world.people.enter("county_clerk")
        for path, kind, n in (
            ("/planting/export.xlsx", "plots", 2),
            ("/planting/plantings/export.xlsx", "plantings", 1),
            ("/planting/observations/export.xlsx", "plot_observations", 1),
        ):
            content = b"".join(client.get(path).streaming_content)  # type: ignore[attr-defined]
            file = tmp_path / "出.xlsx"
            file.write_bytes(content)
            again = read(world, file, kind)
            assert (refusals(again), again.unchanged) == ([], n), kind
        leaving = b"".join(client.get("/planting/export.xlsx").streaming_content)  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(io.BytesIO(leaving)).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    flat = " ".join(str(each) for row in cells for each in row)
    assert "80%" in flat


def test_survival_by_county_leaves_with_what_it_counts_and_the_list_shows_it_too(world: World) -> None:
    plot = a_plot(world, name="北坡")
    planted(world, plot)
    seen(world, plot, 80, 100)
    a_plot(world)
    with time_machine.travel(NOW, tick=False):
        client = world.people.enter("county_clerk")
        leaving = b"".join(client.get("/planting/survival/export.xlsx").streaming_content)  # type: ignore[attr-defined]
        listed = client.get("/planting/").content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(leaving)).active
    assert sheet is not None
    rows = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows if "80" in " ".join(row)] == ["合计", "青石县"]
    assert "成活 80 / 调查 100 株" in listed
