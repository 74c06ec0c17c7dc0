from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from qingshan.office.cases.task_map import ROWS_ON_PAPER, legend, on_paper, on_screen, short, told
from qingshan.rules.bars import Bars, bars
from qingshan.rules.placing import shifted
from qingshan.rules.reasons import Sentence
from qingshan.rules.seasons import MonthDay, Season, SeasonEffect, WorkKind
from qingshan.rules.timetable import Dated, Progress, Timetable, Work

SPRING = Season(
    "spring", Sentence("春季种植", "spring planting"), SeasonEffect.POSSIBLE, frozenset({WorkKind.PLANTING}),
    MonthDay(3, 1), MonthDay(5, 31),
)  # fmt: skip
WINTER = replace(
    SPRING, id="winter", title=Sentence("冬季停工", "winter stop"), effect=SeasonEffect.STOP,
    first=MonthDay(11, 15), last=MonthDay(3, 15),
)  # fmt: skip


def timetable(*days: tuple[str, str], deadline: str = "2026-06-30", later: int = 0) -> Timetable:
    works = tuple(Work(str(n), 5, title=f"第{n}项") for n in range(1, len(days) + 1))
    rows = tuple(
        Dated(
            work.id,
            date.fromisoformat(first),
            shifted(date.fromisoformat(last), later),
            is_critical=work.id == str(len(days)),
        )
        for work, (first, last) in zip(works, days, strict=True)
    )
    return Timetable(works, rows, date.fromisoformat(deadline))


DAYS = (("2026-03-02", "2026-03-27"), ("2026-04-01", "2026-05-15"))


def drawn(*, later: int = 0, on: str = "2026-03-20", done: bool = False) -> Bars:
    found = bars(
        timetable(*DAYS, later=later),
        baseline=timetable(*DAYS),
        progress=[
            Progress("1", date(2026, 3, 3), date(2026, 3, 19) if done else None),
        ],
        seasons=[SPRING, WINTER],
        on=date.fromisoformat(on),
    )
    assert found is not None
    return found


def test_a_picture_is_well_formed_and_needs_no_style_of_its_own() -> None:
    picture = on_screen(drawn(), label="任务图")
    root = ElementTree.fromstring(str(picture))
    assert root.get("aria-label") == "任务图"
    assert "style" not in {name for element in root.iter() for name in element.attrib}


def test_today_deadline_and_seasons_are_said_in_words() -> None:
    picture = str(on_screen(drawn(), label="任务图"))
    for words in ("今天", "时限 2026-06-30", "春季种植", "冬季停工"):
        assert words in picture


def test_what_is_late_is_hatched_and_said_so_and_what_is_in_time_is_not() -> None:
    late, good = str(on_screen(drawn(later=7), label="")), str(on_screen(drawn(), label=""))
    assert late.count('fill="url(#s-late)"') == 2
    assert "推迟 7 天" in late
    assert 'fill="url(#s-late)"' not in good
    assert "推迟" not in good


def test_a_finished_row_and_a_critical_one_are_told_apart_by_shape() -> None:
    first, second = drawn(done=True).rows
    assert short(first).startswith("✓")
    assert short(second) == "◆"
    assert told(first).split("；") == [
        "第1项",
        "基线 2026-03-02 – 2026-03-27",
        "预测 2026-03-02 – 2026-03-27",
        "实际 2026-03-03 – 2026-03-19",
        "✓ 完成",
    ]


def test_words_never_leave_the_picture() -> None:
    picture = str(on_screen(drawn(later=44), label=""))
    width = float(re.search(r'width="(\d+)"', picture)[1])  # type: ignore[index]
    for x, anchor in re.findall(
        r'<text x="([\d.]+)" y="[\d.]+" font-size="11.5"[^>]*?(text-anchor="end")?', picture
    ):
        assert 0 <= float(x) <= width, anchor


def test_a_long_plan_is_cut_into_sheets_with_names_of_as_many_rows_as_fit() -> None:
    days = [("2026-03-02", "2026-03-27")] * (ROWS_ON_PAPER + 1)
    found = bars(timetable(*days), on=date(2026, 3, 2))
    assert found is not None
    sheets = on_paper(found, label="任务图")
    assert len(sheets) == 2
    assert "第1项" in str(sheets[0])
    assert f"第{ROWS_ON_PAPER + 1}项" in "".join(map(str, sheets))
    ids = re.findall(r'id="([^"]+)"', "".join(map(str, sheets)))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("years", [0, 3, 12])
def test_a_plan_of_any_length_has_a_width_that_can_be_scrolled(years: int) -> None:
    found = bars(timetable(("2026-03-02", f"{2026 + years}-03-27"), deadline=f"{2027 + years}-01-01"))
    assert found is not None
    picture = str(on_screen(found, label=""))
    width = int(re.search(r'width="(\d+)"', picture)[1])  # type: ignore[index]
    assert 300 <= width <= 9000


def test_every_sign_of_the_legend_has_its_words() -> None:
    assert [words for _picture, words in legend()] == [
        "基线（批准时的计划）", "预测", "预测推迟", "实际", "关键", "已完成", "适宜时段", "停工时段",
    ]  # fmt: skip
