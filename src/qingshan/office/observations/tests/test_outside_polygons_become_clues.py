"""Do polygons from elsewhere become clues by the wizard, grow across deliveries, and say no more than they can?"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.db import transaction
from shapely.geometry import box, mapping

from qingshan.exchange.errors import ExchangeError, Moved
from qingshan.exchange.kinds import kind as declared_kind
from qingshan.exchange.models import Import, StagedRow
from qingshan.exchange.writers import FORMS, export
from qingshan.office.accounts.actors import operator_of_this_machine
from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.mines.models import MiningRight
from qingshan.office.mines.tests.factories import (
    EAST,
    NOW,
    PROVINCE,
    WEST,
    a_mine,
    clerk,
    geojson,
    imported,
    regions,
    staged,
    workbook,
)
from qingshan.office.observations import actions, clue_queries
from qingshan.office.observations.actions import Looked
from qingshan.office.observations.clue_queries import UNSEEN, Narrowed
from qingshan.office.observations.columns import LEAVING, exported_clues
from qingshan.office.observations.models import Clue, ClueFile, ClueSighting
from qingshan.office.observations.tests.factories import as_recorded
from qingshan.office.trail.models import Entry
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Reason, say

pytestmark = pytest.mark.django_db
DATA = os.environ.get("QINGSHAN_TEST_DATA")
REAL = 400
DISPATCH = (Duty.REGISTRY, Duty.DISPATCH)
INCREMENT = {"来源": "某遥感中心", "数据性质": "增量"}
SNAPSHOT = {"来源": "某遥感中心", "数据性质": "全量快照"}
SPOTS = [(122.1 + place * 0.02, 33.1) for place in range(6)]


@pytest.fixture(autouse=True)
def _regions() -> None:
    regions()


def polygon(
    number: str | None, at: tuple[float, float] = SPOTS[0], *, side: float = 0.002, **values: Any
) -> dict[str, Any]:
    named = {"图斑编号": number} if number else {}
    shape = box(at[0], at[1], at[0] + side, at[1] + side)
    return {"type": "Feature", "properties": {**named, **values}, "geometry": mapping(shape)}


def file_of(folder: Path, *features: dict[str, Any], name: str = "图斑.geojson") -> Path:
    return geojson(folder, *features, name=name)


def read(path: Path, *, actor: Any = None, **options: Any) -> Import:
    return staged(path, actor or clerk(PROVINCE, *DISPATCH), kind="clues", **options)


def let_in(path: Path, *, actor: Any = None, **options: Any) -> Import:
    return imported(path, actor or clerk(PROVINCE, *DISPATCH), kind="clues", **options)


def counts(import_: Import) -> tuple[int, int, int, int]:
    return import_.created, import_.changed, import_.unchanged, import_.refused


def told(import_: Import, which: str = "faults") -> list[str]:
    rows = StagedRow.objects.filter(source=import_).order_by("position")
    return [say(Reason(one["code"], one["values"])) for row in rows for one in getattr(row, which)]


def newest() -> dict[str, Any]:
    return json.loads(Entry.objects.order_by("-seq").first().new_json)


# -- one delivery --------------------------------------------------------------------------------------------------


def test_a_polygon_begins_a_clue_with_its_doubt_and_one_entry(tmp_path: Path) -> None:
    path = file_of(tmp_path, polygon("A-1", 期次="2025Q2", 备注="新增采坑", **INCREMENT))
    preview = read(path)
    assert counts(preview) == (1, 0, 0, 0)
    assert told(preview, "notes") == ["新增图斑：采矿权范围外。"]
    assert not Clue.objects.exists()
    actions.import_clues(preview, actor=clerk(PROVINCE, *DISPATCH), now=NOW)
    clue = Clue.objects.get()
    assert (clue.source, clue.kind, clue.state, clue.region_id) == ("outside", "no_permit", "suspected", WEST)
    assert clue.first_seen == clue.last_seen == date(2025, 6, 30)
    sighting = clue.seen.get()
    assert (sighting.source, sighting.key, sighting.told["note"]) == ("某遥感中心", "A-1", "新增采坑")
    assert ClueFile.objects.get().delivery == "increment"
    entry = Entry.objects.get()
    assert (entry.act, newest()["new"], newest()["merged"]) == ("observations.import_clues", 1, 0)
    assert as_recorded()


def test_its_kind_is_judged_as_that_of_a_screening(tmp_path: Path) -> None:
    MiningRight.objects.create(
        key="C990101", region_id=WEST, mine=a_mine(), geom=box(122.09, 33.09, 122.101, 33.11)
    )
    let_in(file_of(tmp_path, polygon("A-1", 期次="2025Q2", **INCREMENT)))
    clue = Clue.objects.get()
    assert [each["kind"] for each in clue.doubts] == ["beyond", "inside"]
    assert clue.mine is not None
    assert clue.rulebook["version"] == "2"


def test_how_sure_the_source_is_of_its_position_counts(tmp_path: Path) -> None:
    MiningRight.objects.create(
        key="C990101", region_id=WEST, mine=a_mine(), geom=box(122.0, 33.0, 122.1015, 33.2)
    )
    let_in(file_of(tmp_path, polygon("A-1", 期次="2025Q2", 定位误差=500, **INCREMENT)))
    assert [each["kind"] for each in Clue.objects.get().doubts] == ["at_the_edge"]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        polygon("A-1", 期次="2025Q2", **INCREMENT),
        polygon(None, SPOTS[1], 期次="2025Q2", **INCREMENT),
    )
    let_in(path)
    before = list(Clue.objects.order_by("pk").values_list("pk", "version", "sightings"))
    again = read(path)
    assert counts(again) == (0, 0, 2, 0)
    assert "此前已导入" in told(again, "notes")[0]
    assert list(Clue.objects.order_by("pk").values_list("pk", "version", "sightings")) == before


def test_a_later_delivery_of_the_same_land_is_one_sighting_more(tmp_path: Path) -> None:
    let_in(file_of(tmp_path, polygon("A-1", 期次="2025Q2", **INCREMENT)))
    later = file_of(tmp_path, polygon("B-7", side=0.003, 期次="2025Q3", **INCREMENT), name="later.geojson")
    preview = read(later)
    assert counts(preview) == (0, 1, 0, 0)
    clue = Clue.objects.get()
    assert told(preview, "notes") == [f"与图斑 {clue.number}（疑似）重叠 100%，并入该图斑。"]
    actions.import_clues(preview, actor=clerk(PROVINCE, *DISPATCH), now=NOW)
    clue.refresh_from_db()
    assert (clue.sightings, clue.state, clue.last_seen) == (2, "persistent", date(2025, 9, 30))
    assert clue.geom.equals(box(122.1, 33.1, 122.103, 33.103))
    assert (newest()["new"], newest()["merged"]) == (0, 1)
    assert as_recorded()


def test_pieces_of_one_delivery_in_one_clue_are_one_sighting(tmp_path: Path) -> None:
    let_in(file_of(tmp_path, polygon("A-1", side=0.004, 期次="2025Q2", **INCREMENT)))
    pieces = [polygon("B-1", 期次="2025Q3", **INCREMENT)]
    pieces += [polygon("B-2", (122.1021, 33.1), side=0.0015, 期次="2025Q3", **INCREMENT)]
    let_in(file_of(tmp_path, *pieces, name="later.geojson"))
    clue = Clue.objects.get()
    assert (clue.sightings, clue.seen.count()) == (2, 3)


def test_rows_of_one_file_that_overlap_are_one_clue_and_the_preview_says_so(tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        polygon("A-1", 期次="2025Q2", **INCREMENT),
        polygon("A-2", (122.1005, 33.1), 期次="2025Q2", **INCREMENT),
    )
    preview = read(path)
    assert any("与本文件第 1 行重叠 75%" in each for each in told(preview, "notes"))
    actions.import_clues(preview, actor=clerk(PROVINCE, *DISPATCH), now=NOW)
    clue = Clue.objects.get()
    assert (clue.sightings, clue.state, clue.seen.count()) == (1, "suspected", 2)


# -- said once, in words of offices --------------------------------------------------------------------------------


def test_what_all_rows_share_is_said_once_and_a_row_that_says_it_itself_is_right(tmp_path: Path) -> None:
    path = file_of(tmp_path, polygon("A-1"), polygon("A-2", SPOTS[1], 期次="2025年三季度"))
    said = {"source": "某遥感中心", "seen_on": "2025-06", "delivery": "增量"}
    let_in(path, said=said)
    assert set(ClueSighting.objects.values_list("key", "last_seen")) == {
        ("A-1", date(2025, 6, 30)),
        ("A-2", date(2025, 9, 30)),
    }
    assert counts(read(path, said=said)) == (0, 0, 2, 0)


def test_a_row_that_does_not_say_whence_when_and_how_is_refused_with_each_reason(tmp_path: Path) -> None:
    preview = read(file_of(tmp_path, polygon("A-1")))
    assert counts(preview) == (0, 0, 0, 1)
    assert [each.split("“")[1].split("”")[0] for each in told(preview)] == ["来源", "发现期次", "数据性质"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"期次": "202502"}, "可能指某月，也可能指某季度"),
        ({"期次": "2031Q1"}, "晚于今天"),
        ({"期次": "去年"}, "不是日期"),
        ({"数据性质": "部分"}, "不在可选项内"),
        ({"覆盖区划": "990102"}, "不在覆盖区划“白水县”内"),
        ({"覆盖区划": "110101"}, "没有代码为"),
        ({"系统编号": "TB-4711"}, "没有系统编号为"),
        ({"系统编号": "TB-x"}, "没有系统编号为"),
        ({"来源": "=1+1"}, "公式"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(
    tmp_path: Path, values: dict[str, str], words: str
) -> None:
    given = {"期次": "2025Q2", **INCREMENT, **values}
    preview = read(file_of(tmp_path, polygon("A-1", **given)))
    assert counts(preview)[3] == 1
    assert words in told(preview)[0]


def test_a_polygon_without_shape_is_refused(tmp_path: Path) -> None:
    head = ["图斑编号", "来源", "期次", "数据性质", "行政区划代码"]
    path = workbook(tmp_path, head, ["A-1", "某遥感中心", "2025Q2", "增量", "990101"])
    assert counts(read(path)) == (0, 0, 0, 1)


def test_another_shape_under_a_number_and_period_that_were_brought_is_refused(tmp_path: Path) -> None:
    let_in(file_of(tmp_path, polygon("A-1", 期次="2025Q2", **INCREMENT)))
    changed = file_of(tmp_path, polygon("A-1", side=0.003, 期次="2025Q2", **INCREMENT), name="b.geojson")
    preview = read(changed)
    assert counts(preview)[3] == 1
    assert "发现记录不改写" in told(preview)[0]


# -- who may -------------------------------------------------------------------------------------------------------


def test_land_outside_the_area_of_the_post_is_refused(tmp_path: Path) -> None:
    preview = read(file_of(tmp_path, polygon("A-1", 期次="2025Q2", **INCREMENT)), actor=clerk(EAST))
    assert "不在您岗位的管辖范围内" in told(preview)[0]


def test_a_clue_of_the_next_county_is_not_grown_from_here(tmp_path: Path) -> None:
    let_in(file_of(tmp_path, polygon("A-1", (122.498, 33.1), side=0.0035, 期次="2025Q2", **INCREMENT)))
    assert Clue.objects.get().region_id == WEST
    over = polygon("B-1", (122.499, 33.1), side=0.004, 期次="2025Q3", **INCREMENT)
    preview = read(file_of(tmp_path, over, name="b.geojson"), actor=clerk(EAST, *DISPATCH))
    assert "管辖范围以外的图斑重叠" in told(preview)[0]


def test_land_abroad_is_nobodys_who_has_a_post_here(tmp_path: Path) -> None:
    path = file_of(tmp_path, polygon("A-1", (-60.0, -5.0), 期次="2025Q2", **INCREMENT))
    assert "位于境外" in told(read(path, allow_abroad=True))[0]


def test_nobody_says_of_a_province_what_only_a_county_lets_them_say(tmp_path: Path) -> None:
    path = file_of(tmp_path, polygon("A-1", 期次="2025Q2", 覆盖区划="990000", **SNAPSHOT))
    preview = read(path, actor=clerk(WEST))
    assert "不全在您岗位的管辖范围内" in told(preview)[0]


def test_the_act_needs_the_registry_duty(tmp_path: Path) -> None:
    preview = read(file_of(tmp_path, polygon("A-1", 期次="2025Q2", **INCREMENT)))
    with pytest.raises(NotAllowed):
        actions.import_clues(preview, actor=clerk(PROVINCE, Duty.DISPATCH), now=NOW)
    assert not Clue.objects.exists()


# -- what moved since the preview ----------------------------------------------------------------------------------


def test_what_somebody_else_brought_since_the_preview_stops_it(tmp_path: Path) -> None:
    path = file_of(tmp_path, polygon("A-1", 期次="2025Q2", **INCREMENT))
    preview = read(path)
    let_in(path)
    with pytest.raises(Moved), transaction.atomic():
        actions.import_clues(preview, actor=clerk(PROVINCE, *DISPATCH), now=NOW)
    assert Clue.objects.count() == 1


def test_land_that_became_a_clue_since_the_preview_stops_it(tmp_path: Path) -> None:
    preview = read(file_of(tmp_path, polygon("A-1", 期次="2025Q2", **INCREMENT)))
    let_in(file_of(tmp_path, polygon("Z-9", 期次="2025Q1", **INCREMENT), name="b.geojson"))
    with pytest.raises(ChangedMeanwhile), transaction.atomic():
        actions.import_clues(preview, actor=clerk(PROVINCE, *DISPATCH), now=NOW)
    assert (Clue.objects.count(), Entry.objects.count()) == (1, 1)


def test_a_decision_since_the_preview_stops_it(tmp_path: Path) -> None:
    let_in(file_of(tmp_path, polygon("A-1", 期次="2025Q2", **INCREMENT)))
    preview = read(file_of(tmp_path, polygon("A-1", 期次="2025Q3", **INCREMENT), name="b.geojson"))
    clue = Clue.objects.get()
    actions.dismiss_clue(clue, Looked("已批"), version=clue.version, actor=clerk(WEST), now=NOW)
    with pytest.raises(Moved), transaction.atomic():
        actions.import_clues(preview, actor=clerk(PROVINCE, *DISPATCH), now=NOW)
    again = read(tmp_path / "b.geojson")
    actions.import_clues(again, actor=clerk(PROVINCE, *DISPATCH), now=NOW)
    clue.refresh_from_db()
    assert (clue.state, clue.sightings) == ("dismissed", 2)


# -- what is not there any more ------------------------------------------------------------------------------------


def snapshot(folder: Path, period: str, *spots: int, **values: Any) -> Path:
    rows = [polygon(f"S-{place}", SPOTS[place], 期次=period, **{**SNAPSHOT, **values}) for place in spots]
    return file_of(folder, *rows, name=f"{period}.geojson")


def unseen() -> set[str]:
    rows = Clue.objects.filter(unseen_in__isnull=False).values_list("seen__key", flat=True)
    return set(rows)


def test_a_snapshot_marks_what_an_earlier_one_held_and_it_does_not(tmp_path: Path) -> None:
    let_in(snapshot(tmp_path, "2025Q2", 0, 1, 2))
    let_in(snapshot(tmp_path, "2025Q3", 0, 3))
    assert unseen() == {"S-1", "S-2"}
    marked = Clue.objects.filter(unseen_in__isnull=False)
    assert {clue.state for clue in marked} == {"suspected"}
    assert newest()["unseen"] == 2
    listed = clue_queries.listed(Narrowed(UNSEEN), actor=clerk(WEST))
    assert len(listed.rows) == 2
    assert as_recorded()


def test_what_comes_back_is_marked_no_longer(tmp_path: Path) -> None:
    let_in(snapshot(tmp_path, "2025Q1", 0, 1))
    let_in(snapshot(tmp_path, "2025Q2", 0))
    assert unseen() == {"S-1"}
    let_in(snapshot(tmp_path, "2025Q3", 0, 1))
    assert unseen() == set()
    assert Clue.objects.count() == 2


def test_an_increment_says_nothing_of_what_it_leaves_out(tmp_path: Path) -> None:
    let_in(snapshot(tmp_path, "2025Q2", 0, 1))
    let_in(snapshot(tmp_path, "2025Q3", 0, 数据性质="增量"))
    assert unseen() == set()


def test_a_snapshot_says_nothing_of_what_only_increments_held(tmp_path: Path) -> None:
    let_in(snapshot(tmp_path, "2025Q2", 0, 1, 数据性质="增量"))
    let_in(snapshot(tmp_path, "2025Q3", 0))
    assert unseen() == set()


def test_another_source_says_nothing_of_it(tmp_path: Path) -> None:
    let_in(snapshot(tmp_path, "2025Q2", 0, 1))
    let_in(snapshot(tmp_path, "2025Q3", 0, 来源="另一家"))
    assert unseen() == set()


def test_a_snapshot_speaks_only_of_counties_that_it_covers(tmp_path: Path) -> None:
    east = polygon("E-1", (122.7, 33.1), 期次="2025Q2", **SNAPSHOT)
    let_in(file_of(tmp_path, polygon("S-0", 期次="2025Q2", **SNAPSHOT), east))
    let_in(snapshot(tmp_path, "2025Q3", 1))
    assert unseen() == {"S-0"}
    let_in(snapshot(tmp_path, "2025Q4", 1, 覆盖区划="990000"))
    assert unseen() == {"S-0", "E-1"}


def test_land_that_a_snapshot_still_touches_is_not_missed(tmp_path: Path) -> None:
    let_in(snapshot(tmp_path, "2025Q2", 0, 1))
    corner = polygon("N-1", (122.1018, 33.1018), 期次="2025Q3", **SNAPSHOT)
    let_in(file_of(tmp_path, corner, polygon("S-1", SPOTS[1], 期次="2025Q3", **SNAPSHOT)))
    assert unseen() == set()
    assert Clue.objects.count() == 3


def test_with_refused_rows_a_snapshot_says_nothing_of_what_it_lacks(tmp_path: Path) -> None:
    let_in(snapshot(tmp_path, "2025Q2", 0, 1))
    path = file_of(
        tmp_path,
        polygon("S-0", 期次="2025Q3", **SNAPSHOT),
        polygon("S-9", (2.0, 2.0), 期次="2025Q3", **SNAPSHOT),
    )
    preview = read(path, good_rows_only=True)
    assert counts(preview) == (0, 1, 0, 1)
    actions.import_clues(preview, actor=clerk(PROVINCE, *DISPATCH), now=NOW)
    assert unseen() == set()
    assert not ClueFile.objects.order_by("-pk")[0].is_whole


def test_an_old_snapshot_that_comes_late_says_nothing_of_what_was_seen_since(tmp_path: Path) -> None:
    let_in(snapshot(tmp_path, "2025Q1", 0, 1))
    let_in(snapshot(tmp_path, "2025Q3", 0, 1))
    let_in(snapshot(tmp_path, "2025Q2", 0))
    assert unseen() == set()


def test_what_a_person_has_dismissed_is_not_marked(tmp_path: Path) -> None:
    let_in(snapshot(tmp_path, "2025Q2", 0, 1))
    clue = Clue.objects.get(seen__key="S-1")
    actions.dismiss_clue(clue, Looked("已批"), version=clue.version, actor=clerk(WEST), now=NOW)
    let_in(snapshot(tmp_path, "2025Q3", 0))
    assert unseen() == set()


# -- out and in again ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", sorted(FORMS))
def test_an_export_comes_back_unchanged(tmp_path: Path, form: str, language: str) -> None:
    let_in(snapshot(tmp_path, "2025Q2", 0, 1))
    let_in(snapshot(tmp_path, "2025Q3", 0))
    from_images = Clue.objects.get(seen__key="S-1")
    ClueSighting.objects.filter(clue=from_images).update(key="改名前")
    actor = clerk(PROVINCE, *DISPATCH)
    rows = exported_clues(clue_queries.exported(Narrowed("all"), actor=actor))
    path = tmp_path / f"导出.{form}"
    path.write_bytes(b"".join(export(LEAVING, rows, form=form, language=language)))
    again = read(path)
    assert (told(again), counts(again)) == ([], (0, 0, 2, 0))


def test_a_table_rewrites_no_clue(tmp_path: Path) -> None:
    let_in(snapshot(tmp_path, "2025Q2", 0))
    rows = exported_clues(clue_queries.exported(Narrowed("all"), actor=clerk(WEST)))
    content = json.loads(b"".join(export(LEAVING, rows, form="geojson")))
    content["features"][0]["geometry"] = mapping(box(122.1, 33.1, 122.11, 33.11))
    path = tmp_path / "edited.geojson"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    preview = read(path)
    assert "不由表格改写" in told(preview)[0]
    with pytest.raises(ExchangeError):
        actions.import_clues(preview, actor=clerk(PROVINCE, *DISPATCH), now=NOW)


# -- quarterly increments of a real source, and a snapshot made after them -----------------------------------------

FROM_ELSEWHERE = {"source": "Amazon Mining Watch", "delivery": "increment"}


def abroad_twin(path: Path, *, first: int, count: int) -> Path:
    """Polygons far away without numbers, some of which overlap those of the quarter before."""
    shapes = [
        box(-70.7 + at * 0.01, -13.2, -70.696 + at * 0.01, -13.196) for at in range(first, first + count)
    ]
    return abroad_file(path, shapes)


def abroad_file(path: Path, shapes: list[Any]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"Mined area (ha)": 19.7, "year": 202502},
            "geometry": mapping(shape),
        }
        for shape in shapes
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    whole = {"type": "FeatureCollection", "name": path.stem, "crs": crs, "features": features}
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def quarters(folder: Path) -> list[tuple[str, Path]]:
    if DATA is None:
        second = abroad_twin(folder / "2025Q2.geojson", first=0, count=30)
        return [("2025Q2", second), ("2025Q3", abroad_twin(folder / "2025Q3.geojson", first=25, count=20))]
    return [(quarter, _part_of(quarter, folder, Path(DATA))) for quarter in ("2025Q2", "2025Q3")]


def _part_of(quarter: str, folder: Path, data: Path) -> Path:
    """Some hundred polygons of a real quarter: what thousands bring is the same, and takes a minute more."""
    whole = json.loads((data / "mining_polygons" / f"amazon_{quarter}.geojson").read_text("utf-8"))
    whole["features"] = whole["features"][:REAL]
    part = folder / f"{quarter}.geojson"
    part.write_text(json.dumps(whole), encoding="utf-8")
    return part


@pytest.mark.outside_data
def test_two_quarters_come_in_and_a_later_snapshot_says_what_is_gone(tmp_path: Path) -> None:
    (second, first_file), (third, next_file) = quarters(tmp_path)
    abroad = {"actor": operator_of_this_machine(), "allow_abroad": True}
    said = FROM_ELSEWHERE | {"seen_on": second}
    first = let_in(first_file, said=said, **abroad)
    assert first.refused == first.changed == 0
    begun = Clue.objects.count()
    assert 0 < begun <= first.created == ClueSighting.objects.count()
    assert counts(read(first_file, said=said, **abroad)) == (0, 0, first.created, 0)
    after = let_in(next_file, said=FROM_ELSEWHERE | {"seen_on": third}, **abroad)
    assert after.refused == after.unchanged == 0
    assert Clue.objects.count() == begun + newest()["new"]
    # the twin repeats five polygons; the real quarters share boundaries only, and stay apart
    assert after.changed == (5 if DATA is None else 0)
    assert Clue.objects.filter(state="persistent").count() == after.changed
    assert not Clue.objects.filter(unseen_in__isnull=False).exists()

    lands = [clue.geom for clue in Clue.objects.order_by("pk")]
    alone = [land for at, land in enumerate(lands) if at % 7 == 0 and _is_alone(land, lands)]
    kept = [land for land in lands if not any(land is one for one in alone)]
    whole = FROM_ELSEWHERE | {"delivery": "snapshot"}
    all_of_it = let_in(
        abroad_file(tmp_path / "q4.geojson", lands), said=whole | {"seen_on": "2025-12"}, **abroad
    )
    assert counts(all_of_it) == (0, len(lands), 0, 0)
    assert set(Clue.objects.values_list("state", flat=True)) == {"persistent"}
    assert not Clue.objects.filter(unseen_in__isnull=False).exists()
    let_in(abroad_file(tmp_path / "q1.geojson", kept), said=whole | {"seen_on": "2026Q1"}, **abroad)
    missed = Clue.objects.filter(unseen_in__isnull=False)
    assert missed.count() == newest()["unseen"] == len(alone) > 0
    assert all(any(clue.geom.equals(land) for land in alone) for clue in missed[:20])
    assert set(missed.values_list("state", flat=True)) == {"persistent"}


def _is_alone(land: Any, lands: list[Any]) -> bool:
    return int(shapely.intersects(land, lands).sum()) == 1


def test_the_wizard_knows_the_kind() -> None:
    kind = declared_kind("clues")
    assert kind.said_once[:3] == ("source", "seen_on", "delivery")
