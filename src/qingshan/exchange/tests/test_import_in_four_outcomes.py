"""Is every row created, changed, left or refused, and is the same file twice nothing at all?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qingshan.exchange.models import Outcome, StagedRow
from qingshan.exchange.tests import ugly
from qingshan.exchange.tests.conftest import Stage, counts, sentences
from qingshan.exchange.tests.quarries import Quarries
from qingshan.rules.errors import QingshanError


def csv_file(folder: Path, text: str) -> Path:
    path = folder / "采石场.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_same_file_twice_changes_nothing(tmp_path: Path, stage: Stage, quarries: Quarries) -> None:
    path = csv_file(
        tmp_path, "编号,名称,面积（亩）,发现日期\nA1,青石沟,１８．９,2026年3月1日\nA2,北坡,3,2026.3.2\n"
    )
    first = stage(path)
    assert counts(first) == (2, 0, 0, 0)
    quarries.apply(first)
    again = stage(path)
    assert counts(again) == (0, 0, 2, 0)
    with pytest.raises(QingshanError) as refusal:
        quarries.apply(again)
    assert refusal.value.code == "rules.importing.nothing_to_apply"


def test_a_changed_cell_is_shown_old_and_new(tmp_path: Path, stage: Stage, quarries: Quarries) -> None:
    quarries.apply(stage(csv_file(tmp_path, "编号,名称,备注\nA1,青石沟,无\nA2,北坡,\n")))
    second = stage(csv_file(tmp_path, "编号,名称\nA1,青石沟东\nA2,北坡\n"))
    assert counts(second) == (0, 1, 1, 0)
    changed = StagedRow.objects.get(source=second, outcome=Outcome.CHANGED)
    assert changed.changes == {"name": ["青石沟", "青石沟东"]}


def test_the_sentence_says_where_why_and_what_to_do(tmp_path: Path, stage: Stage) -> None:
    rows = "".join(f"A{n},点{n},1\n" for n in range(2, 17))
    import_ = stage(csv_file(tmp_path, f"编号,名称,面积\n{rows}A17,青石沟,1.2公顷左右\n"))
    assert counts(import_) == (15, 0, 0, 1)
    assert sentences(import_) == ["第 17 行“面积”：读到“1.2公顷左右”，不是数字。请改为 1.2，或在备注中说明。"]


def test_two_rows_of_one_object_are_both_refused(tmp_path: Path, stage: Stage) -> None:
    import_ = stage(csv_file(tmp_path, "编号,名称\nA1,青石沟\nA2,北坡\nA1,青石沟东\n"))
    assert counts(import_) == (1, 0, 0, 2)
    assert sentences(import_) == [
        "第 2 行：与第 4 行是同一对象（A1）。请只保留一行。",
        "第 4 行：与第 2 行是同一对象（A1）。请只保留一行。",
    ]


def test_shapes_without_ids_are_known_by_layer_and_shape(
    tmp_path: Path, stage: Stage, quarries: Quarries
) -> None:
    features = [ugly.feature(shape, 名称="青石沟") for shape in ugly.sites(3)]
    path = ugly.geojson(tmp_path / "sites.geojson", features, name="sites")
    first = stage(path)
    assert counts(first) == (3, 0, 0, 0)
    quarries.apply(first)
    assert counts(stage(path)) == (0, 0, 3, 0)
