"""Do the ledgers show, narrow, count, page and export what the reader may see, in few queries?"""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from qingshan.office.cases import actions
from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.cases.listing import OF_CASES
from qingshan.office.cases.tests.factories import World, a_case, a_petition, a_world, brought_to, said
from qingshan.office.matters import queries, showing
from qingshan.office.matters.ledgers import OVERDUE, SOON, Look, chips, look_at
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import Narrowing, ledger
from qingshan.office.mines.queries import Total
from qingshan.office.paging import PAGE_ROWS
from qingshan.office.showing import mark, rows_html
from qingshan.rules.matters import Route

pytestmark = pytest.mark.django_db
KINDS = CASES.kinds
ON = date(2026, 3, 2)


@pytest.fixture
def world() -> World:
    return a_world()


def many(
    world: World, rows: int, *, code: str = "990101", kind: str = "rectification", **more: object
) -> None:
    """So many matters at once; no act made them, so no tally knows them."""
    region = world.people.regions[code]
    given = {
        "state_id": f"{kind}.registered",
        "severity": "ordinary",
        "source": "self_check",
        "opened_on": ON,
    }
    Matter.objects.bulk_create(
        Matter(kind=kind, number=f"{code}-{kind}-{n}-{len(more)}", title=f"第 {n} 处采坑未回填", region=region,
               **{**given, **more})
        for n in range(rows)
    )  # fmt: skip


def numbers(world: World, who: str = "provincial_dispatcher", **narrowing: object) -> list[str]:
    found = ledger(KINDS, actor=world.actor(who), narrowing=Narrowing(**narrowing))  # type: ignore[arg-type]
    return [row.number for row in found.rows]


def test_a_page_of_the_ledger_costs_the_same_however_many_rows_there_are(world: World) -> None:
    actor = world.actor("county_leader")
    asked = []
    for rows in (3, PAGE_ROWS + 20):
        many(world, rows, severity="grave" if asked else "ordinary", **({"due_on": ON} if asked else {}))
        with CaptureQueriesContext(connection) as caught:
            shown = OF_CASES.shown(None)
            page = ledger(KINDS, actor=actor, narrowing=Narrowing(), beside=OF_CASES.beside(shown))
            assert rows_html((*OF_CASES.head, *shown), OF_CASES.seen(page.rows, shown, on=ON))
        asked.append(len(caught))
    # two kinds, then regions, mines and units beside them, answering units and progress
    assert asked[0] == asked[1]
    assert asked[1] <= 7


def test_no_row_of_a_ledger_reads_its_shape(world: World) -> None:
    many(world, 2)
    with CaptureQueriesContext(connection) as caught:
        ledger(KINDS, actor=world.actor("county_clerk"), narrowing=Narrowing())
    assert not [one["sql"] for one in caught if '"matters_matter"."geom"' in one["sql"]]


@pytest.mark.parametrize("rows", [1, 7, 50])
def test_pages_go_on_through_both_kinds_from_region_to_region_and_show_each_row_once(
    world: World, rows: int
) -> None:
    many(world, 9)
    many(world, 6, kind="lasting")
    many(world, 5, code="990201")
    wanted = list(Matter.objects.order_by("region_id", "-id").values_list("number", flat=True))
    seen, mark = [], ""
    while True:
        page = ledger(
            KINDS, actor=world.actor("provincial_dispatcher"), narrowing=Narrowing(), after=mark, rows=rows
        )
        seen += [row.number for row in page.rows]
        if not page.next_mark:
            break
        mark = page.next_mark
    assert seen == wanted


def test_another_county_sees_none_of_it_and_an_enterprise_only_its_own(world: World) -> None:
    case = a_case(world)
    many(world, 3)
    assert numbers(world, "other_county_clerk") == []
    assert numbers(world, "enterprise_manager") == [case.number]
    assert len(numbers(world, "county_clerk")) == 4


def test_words_are_found_in_the_title_the_number_and_by_pinyin(world: World) -> None:
    a_case(world, title="北坡未分台阶")
    other = a_case(world, title="沉淀池破损")
    for typed in ("沉淀池", "cdc", other.number[-9:]):
        assert numbers(world, "county_clerk", text=typed) == [other.number]
        assert numbers(world, "enterprise_manager", text=typed) == [other.number]
    assert (
        queries.how_many(KINDS, actor=world.actor("county_clerk"), narrowing=Narrowing(text="沉淀")).rows == 1
    )


def look(world: World, address: str, on: date | None = None) -> Look:
    return look_at(CASES, QueryDict(address), on=on or world.today)


def shown(world: World, address: str, who: str = "county_clerk", on: date | None = None) -> list[str]:
    looked = look(world, address, on)
    return [
        row.title for row in ledger(looked.kinds, actor=world.actor(who), narrowing=looked.narrowing).rows
    ]


def test_each_view_shows_what_its_name_says(world: World) -> None:
    late = brought_to(world, "assigned", title="逾期的")
    a_case(world, title="没有时限的")
    gone = a_case(world, title="不立项的")
    actions.dismiss(gone, said("不属于采矿"), actor=world.actor("county_leader"), now=world.now)
    assert late.due_on is not None
    after, before = late.due_on + timedelta(days=1), late.due_on - timedelta(days=queries.SOON_DAYS)
    assert shown(world, "") == ["没有时限的", "逾期的"]
    assert shown(world, "view=all") == ["不立项的", "没有时限的", "逾期的"]
    assert shown(world, "view=undated") == ["没有时限的"]
    assert shown(world, "view=overdue", on=after) == ["逾期的"]
    assert shown(world, "view=overdue", on=late.due_on) == []
    assert shown(world, "view=soon", on=before) == ["逾期的"]
    assert shown(world, "view=soon", on=before - timedelta(days=1)) == []
    assert shown(world, "view=in_time", on=before - timedelta(days=1)) == ["逾期的"]
    assert shown(world, "state=dismissed") == ["不立项的"]
    assert shown(world, "view=nonsense&state=nonsense&region=x&source=y&mine=z") == ["没有时限的", "逾期的"]


def test_the_view_of_my_turn_shows_what_waits_for_this_person(world: World) -> None:
    a_case(world, title="等登记岗位核实")
    brought_to(world, "verified", title="等调度岗位交办")
    assert shown(world, "view=turn", "county_clerk") == ["等登记岗位核实"]
    assert shown(world, "view=turn", "county_dispatcher") == ["等调度岗位交办"]
    assert shown(world, "view=turn", "county_leader") == []


def test_the_chips_count_what_their_lists_show(world: World) -> None:
    brought_to(world, "assigned")
    a_case(world)
    a_case(world, route=Route.LASTING)
    on = world.today + timedelta(days=91)
    for who in ("county_clerk", "city_reviewer", "enterprise_manager"):
        actor = world.actor(who)
        views, states = chips(look(world, "", on), QueryDict(""), actor=actor)
        for chip in (*views, *states):
            looked = look(world, chip.url.removeprefix("?"), on)
            rows = ledger(looked.kinds, actor=actor, narrowing=looked.narrowing).rows
            assert chip.count in (None, Total(len(rows))), (who, chip)


def test_the_deadline_is_told_by_shape_word_and_colour(world: World) -> None:
    matter = brought_to(world, "assigned")
    assert matter.due_on is not None
    due = matter.due_on
    told = {days: showing.standing_of(matter, on=due - timedelta(days=days)) for days in (-2, 0, 15, 16)}
    assert told == {
        -2: ("late", "逾期 2 天"),
        0: ("due", "今天到期"),
        15: ("due", "余 15 天"),
        16: ("good", "余 16 天"),
    }
    assert "●" in mark(*told[-2])
    assert "▲" in mark(*told[0])


def test_what_is_seen_leaves_as_a_workbook_with_the_duties_in_words(world: World) -> None:
    brought_to(world, "taken_on", title="=1+1 采坑")
    many(world, 2, code="990102")
    rows = sheet(world, "/cases/export.xlsx")
    heads = [re.sub(r"[*＊]", "", head) for head in rows[0]]
    assert rows[1][heads.index("问题摘要")] == "=1+1 采坑"
    assert len(rows) == 2
    assert rows[1][heads.index("党委政府属地责任")] == "青石县人民政府 县长 赵县"


def sheet(world: World, path: str) -> list[tuple[str, ...]]:
    with time_machine.travel(world.now, tick=False):
        answer = world.people.enter("county_clerk").get(path)
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)  # nothing that a user typed is a formula
    return [tuple(str(cell) if cell is not None else "" for cell in row) for row in book.active.values]


def test_petitions_leave_with_the_eleven_official_columns(world: World) -> None:
    a_petition(world)
    rows = sheet(world, "/petitions/export.xlsx")
    heads = [re.sub(r"[*＊]", "", head) for head in rows[0]]
    assert heads == ["序号", "受理编号", "交办问题基本情况", "行政区域", "污染类型", "调查核实情况", "是否属实",
                     "处理和整改情况", "是否办结", "责任人被处理情况", "备注"]  # fmt: skip
    assert (rows[1][2], rows[1][8]) == ("举报矿山扬尘扰民", "未办结")
    assert "某居民" not in str(rows)


def test_overdue_and_due_soon_carry_their_shapes_in_the_chips(world: World) -> None:
    a_case(world)
    views, _states = chips(look(world, ""), QueryDict(""), actor=world.actor("county_clerk"))
    titles = {chip.url: chip.title for chip in views}
    assert titles[f"?view={OVERDUE}"] == "● 逾期"
    assert titles[f"?view={SOON}"] == "▲ 将到期"


def test_a_petition_stands_in_its_own_ledger(world: World) -> None:
    petition = a_petition(world)
    actor = world.actor("county_clerk")
    assert numbers(world, "county_clerk") == []
    found = ledger(PETITIONS.kinds, actor=actor, narrowing=Narrowing())
    assert [row.number for row in found.rows] == [petition.number]
