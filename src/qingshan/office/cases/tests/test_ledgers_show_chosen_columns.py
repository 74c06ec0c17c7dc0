"""Do the ledgers show and export the columns that a person chose, and keep the filters that a person saved?"""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from qingshan.office.accounts.lists import choose_columns
from qingshan.office.accounts.models import SavedFilter
from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.cases.listing import OF_CASES, OF_PETITIONS
from qingshan.office.cases.tests.factories import World, a_case, a_petition, a_world, brought_to
from qingshan.office.matters.ledgers import Ledger
from qingshan.office.matters.models import Matter
from qingshan.office.showing import rows_html

pytestmark = pytest.mark.django_db

LISTINGS = {CASES.path: OF_CASES, PETITIONS.path: OF_PETITIONS}
USUAL = ["时限", "问题", "状态", "完成时限", "责任单位", "轮到", "措施完成"]


@pytest.fixture
def world() -> World:
    return a_world()


def at_work(world: World, who: str = "county_clerk") -> Client:
    return world.people.enter(who)


def page(world: World, client: Client, path: str = "/cases/") -> str:
    with time_machine.travel(world.now, tick=False):
        return client.get(path).content.decode()


def post(world: World, client: Client, path: str, data: dict[str, Any]) -> Any:
    with time_machine.travel(world.now, tick=False):
        return client.post(path, data)


def heads(shown: str) -> list[str]:
    return re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', shown)


def sheet(world: World, client: Client, path: str) -> list[list[Any]]:
    with time_machine.travel(world.now, tick=False):
        answer = client.get(path)
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    return [list(row) for row in book.active.values]


def test_until_somebody_chooses_the_ledger_looks_as_always(world: World) -> None:
    a_case(world)
    assert heads(page(world, at_work(world))) == USUAL


def test_the_chosen_columns_stand_behind_deadline_and_problem_in_their_order(world: World) -> None:
    brought_to(world, "assigned")
    client = at_work(world)
    post(world, client, "/lists/cases/columns/", {"column": ["days_left", "problem", "mine", "nonsense"]})
    shown = page(world, client)
    assert heads(shown) == ["时限", "问题", "剩余天数", "问题类型", "所属矿山"]
    assert heads(page(world, at_work(world, "county_leader"))) == USUAL
    post(world, client, "/lists/cases/columns/", {"usual": "1"})
    assert heads(page(world, client)) == USUAL


@pytest.mark.parametrize("ledger", [CASES, PETITIONS])
def test_every_column_of_a_ledger_can_be_shown_and_exported(world: World, ledger: Ledger) -> None:
    brought_to(world, "planned")
    a_case(world, mine=None, title="没有矿山的")
    a_petition(world)
    client = at_work(world)
    every = list(LISTINGS[ledger.path].columns)
    post(world, client, f"/lists/{ledger.code}/columns/", {"column": every})
    shown = page(world, client, ledger.path)
    assert heads(shown) == [*USUAL[:2], *(str(one.title) for one in LISTINGS[ledger.path].columns.values())]
    rows = sheet(world, client, f"{ledger.path}export.xlsx")
    assert len(rows) == 1 + Matter.objects.filter(kind__in=ledger.kinds).count()


def test_what_leaves_has_the_chosen_columns_the_rows_and_the_words_of_the_screen(world: World) -> None:
    matter = brought_to(world, "planned", title="=1+1 采坑")
    a_case(world, title="另一处")
    client = at_work(world)
    assert len(sheet(world, client, "/cases/export.xlsx")[0]) > 20
    post(
        world, client, "/lists/cases/columns/", {"column": ["state", "days_left", "region", "target", "unit"]}
    )
    head, *rows = sheet(world, client, "/cases/export.xlsx?state=planned")
    assert head == [
        "时限情况",
        "编号",
        "问题摘要",
        "状态",
        "剩余天数",
        "行政区划代码",
        "县区",
        "整改目标",
        "责任单位",
    ]
    assert len(rows) == 1
    told = dict(zip(head, rows[0], strict=True))
    assert matter.due_on is not None
    assert told["问题摘要"] == "=1+1 采坑"
    assert told["剩余天数"] == (matter.due_on - world.today).days
    assert told["时限情况"] == f"余 {told['剩余天数']} 天"
    assert (told["行政区划代码"], told["县区"]) == ("990101", "青石县")
    assert told["整改目标"] == matter.plans.get().target
    assert told["责任单位"]


def test_a_deadline_that_is_over_leaves_as_a_negative_number_of_days(world: World) -> None:
    matter = brought_to(world, "assigned")
    assert matter.due_on is not None
    row = OF_CASES.row(matter, matter.due_on + timedelta(days=3), {})
    assert (row.days_left, row.standing) == (-3, "逾期 3 天")


def test_html_in_what_people_wrote_is_text(world: World) -> None:
    matter = brought_to(world, "planned", title="<script>x</script>")
    matter.plans.update(target="<img src=x>" * 20)
    Matter.objects.filter(pk=matter.pk).update(source_number='"><i>')
    shown = list(OF_CASES.columns.values())
    html = rows_html((*OF_CASES.head, *shown), OF_CASES.seen([matter], shown, on=world.today))
    assert not re.search(r"<(script|img|i)\b", html)


def test_only_what_the_chosen_columns_need_is_asked_for(world: World) -> None:
    brought_to(world, "assigned")
    client, actor = at_work(world), world.actor("county_clerk")
    asked: dict[str, list[int]] = {}
    for name, columns in {"usual": [], "few": ["number"], "all": list(OF_CASES.columns)}.items():
        choose_columns("cases", columns, actor=actor)
        asked[name] = [queries_of(world, client) for _time in range(2)]
    # session, person, head; columns and filters of the person; two kinds; mines and units beside; imports that wait
    assert asked["usual"][1] <= 10
    assert asked["few"][1] < asked["usual"][1]
    assert asked["all"][1] <= asked["usual"][1] + 2  # enterprises, problem kinds


def queries_of(world: World, client: Client) -> int:
    with CaptureQueriesContext(connection) as caught:
        page(world, client)
    return len(caught)


def test_a_filter_is_saved_shown_and_forgotten_on_the_ledger(world: World) -> None:
    a_case(world)
    client = at_work(world)
    assert "保存这个筛选" not in page(world, client)
    assert "保存这个筛选" in page(world, client, "/cases/?view=overdue")
    post(world, client, "/lists/cases/saved/", {"name": "逾期的", "query": "view=overdue", "shared": "on"})
    post(world, client, "/lists/petitions/saved/", {"name": "信访的", "query": "view=soon"})
    page(world, client)  # says that both were saved
    shown = page(world, client)
    assert 'href="?view=overdue">逾期的' in shown
    assert "信访的" not in shown
    assert "逾期的" not in page(world, at_work(world, "other_county_clerk"))
    saved = SavedFilter.objects.get(name="逾期的")
    gone = post(world, client, f"/lists/saved/{saved.pk}/forget/", {})
    assert gone["Location"] == "/cases/"
