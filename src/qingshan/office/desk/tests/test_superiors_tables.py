"""A superior's table goes from upload to download: by its owner alone, and the same table is not asked about twice."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook
from shapely.geometry import box

from qingshan.exchange.filling import doing
from qingshan.exchange.models import Filling, FillingState, RememberedHeading
from qingshan.jobs.models import Job
from qingshan.jobs.worker import work_off_the_queue
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.mines.models import Site
from qingshan.office.trail.models import Entry

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def people() -> People:
    everybody = nine_people()
    for number in range(1, 4):
        place = {"region": everybody.regions["990101"], "geom": box(122.1, 33.1, 122.11, 33.11)}
        Site.objects.create(key=f"S-{number}", name=f"老虎沟 {number} 号", area_m2=10_000.0 * number, **place)
    Site.objects.create(
        key="T-1", name="邻县点位", region=everybody.regions["990102"], geom=box(122.6, 33.1, 122.61, 33.11)
    )
    return everybody


def table(*headers: str) -> SimpleUploadedFile:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["附件2 点位排查表"])
    sheet.append(list(headers))
    content = io.BytesIO()
    workbook.save(content)
    return SimpleUploadedFile("来表.xlsx", content.getvalue())


HEADERS = ("序号", "点位编号", "点位名称", "地块叫法", "图形面积（亩）")


def brought(client: Client, *headers: str) -> Filling:
    answer = client.post("/filling/", {"file": table(*(headers or HEADERS))})
    assert answer.status_code == 302, answer.content.decode()
    return Filling.objects.get(pk=answer.url.rstrip("/").rsplit("/", 1)[-1])


def said(client: Client, filling: Filling, **changed: str) -> dict[str, str]:
    """The form as the page offers it, with what the person changes."""
    form = client.get(f"/filling/{filling.pk}/").context["form"]
    values = {bound.name: bound.value() or "" for bound in form}
    reading = form.reading
    return {**values, "kind": reading.kind.code, "sheet": reading.sheet.layout.sheet, **changed}


def filled_in(client: Client, filling: Filling, **changed: str) -> Filling:
    answer = client.post(f"/filling/{filling.pk}/", said(client, filling, **changed))
    assert answer.status_code == 302, answer.context["form"].errors
    work_off_the_queue()
    filling.refresh_from_db()
    return filling


def rows_of(client: Client, filling: Filling) -> list[list[Any]]:
    content = b"".join(client.get(f"/filling/{filling.pk}/filled.xlsx").streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]


def test_a_table_comes_back_filled_in_with_what_its_owner_may_see(people: People) -> None:
    client = people.enter("county_clerk")
    entries = Entry.objects.count()
    filling = filled_in(client, brought(client))
    assert filling.state == FillingState.FILLED
    assert rows_of(client, filling) == [
        [n, f"S-{n}", f"老虎沟 {n} 号", None, pytest.approx(15 * n)] for n in (1, 2, 3)
    ]
    page = client.get(f"/filling/{filling.pk}/").content.decode()
    assert "80.0% = 12 / 15" in page
    assert "台账中没有这一项 3" in page
    assert Entry.objects.count() == entries


def test_what_was_corrected_is_remembered_for_the_office_and_not_asked_again(people: People) -> None:
    client = people.enter("county_clerk")
    first = brought(client)
    page = client.get(f"/filling/{first.pk}/").content.decode()
    assert "1 个表头请核对" in page
    filled_in(client, first, column_4="note")
    second = brought(client)
    page = client.get(f"/filling/{second.pk}/").content.decode()
    assert "与上次确认的版式相同" in page
    assert RememberedHeading.objects.get(header="地块叫法").column == "note"
    assert second.plan["kind"] == "sites"
    neighbour = people.enter("other_county_clerk")
    page = neighbour.get(f"/filling/{brought(neighbour).pk}/").content.decode()
    assert "与上次确认的版式相同" not in page
    assert "1 个表头请核对" in page


def test_a_unit_that_was_offered_for_another_column_is_not_used(people: People) -> None:
    client = people.enter("county_clerk")
    filling = filled_in(client, brought(client), column_5="name", unit_5="mu")
    assert rows_of(client, filling)[0][4] == "老虎沟 1 号"
    filling = filled_in(client, filling, column_5="reported_area_m2", unit_5="")
    assert filling.plan["matches"][4] == [5, "reported_area_m2", "mu"]


def test_the_choice_is_narrowed_and_an_empty_one_says_so(people: People) -> None:
    client = people.enter("provincial_dispatcher")
    filling = filled_in(client, brought(client), region="990102000000")
    assert [row[1] for row in rows_of(client, filling)] == ["T-1"]
    filling = filled_in(client, filling, q="没有这样的名称")
    assert filling.state == FillingState.FAILED
    page = client.get(f"/filling/{filling.pk}/").content.decode()
    assert "所选范围内没有可以填写的内容" in page
    assert client.get(f"/filling/{filling.pk}/filled.xlsx").status_code == 404


def test_rows_can_be_found_only_by_numbers_or_names(people: People) -> None:
    client = people.enter("county_clerk")
    workbook = Workbook()
    for row in (["点位编号", "点位名称", "备注"], ["S-2", None, None], ["Q-9", None, None]):
        workbook.active.append(row)
    content = io.BytesIO()
    workbook.save(content)
    client.post("/filling/", {"file": SimpleUploadedFile("印好.xlsx", content.getvalue())})
    filling = Filling.objects.get()
    assert said(client, filling)["by_key"] == "1"
    answer = client.post(f"/filling/{filling.pk}/", said(client, filling, column_1="source"))
    assert answer.status_code == 422
    assert "这一列已不再对应编号或名称" in answer.content.decode()
    filled_in(client, filling)
    page = client.get(f"/filling/{filling.pk}/").content.decode()
    assert "表中有 1 行写的编号或名称在台账中找不到" in page
    assert "台账中另有 2 项" in page


def test_only_whoever_brought_a_table_sees_it(people: People) -> None:
    client = people.enter("county_clerk")
    filling = filled_in(client, brought(client))
    for name in ("other_county_clerk", "registry_officer", "auditor", "county_leader"):
        other = people.enter(name)
        for path in ("", "filled.xlsx", "progress/"):
            assert other.get(f"/filling/{filling.pk}/{path}").status_code == 404, (name, path)
        assert "来表.xlsx" not in other.get("/filling/").content.decode()


@pytest.mark.parametrize("name", ["旧.xls", "宏.xlsm", "假.xlsx", "表.csv"])
def test_a_file_that_cannot_be_filled_in_says_why_where_it_was_chosen(people: People, name: str) -> None:
    client = people.enter("county_clerk")
    answer = client.post("/filling/", {"file": SimpleUploadedFile(name, b"something else")})
    assert answer.status_code == 422
    assert f"“{name}”" in answer.content.decode()
    assert not Filling.objects.exists()


def test_a_table_can_be_deleted(people: People) -> None:
    client = people.enter("county_clerk")
    filling = brought(client)
    assert client.post(f"/filling/{filling.pk}/forget/").status_code == 302
    assert not Filling.objects.exists()


def test_a_table_is_forgotten_after_a_day(people: People) -> None:
    client = people.enter("county_clerk")
    old, young = brought(client), brought(client)
    Filling.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=2))
    assert doing.sweep(older_than=timezone.now() - timedelta(days=1)) == 1
    assert list(Filling.objects.values_list("pk", flat=True)) == [young.pk]


def test_what_was_asked_for_anew_meanwhile_counts(people: People) -> None:
    client = people.enter("county_clerk")
    filling = brought(client)
    client.post(f"/filling/{filling.pk}/", said(client, filling))
    stale = Filling.objects.get()
    client.post(f"/filling/{filling.pk}/", said(client, filling, q="1 号"))
    doing.finish(stale, digest="0" * 64, summary=doing.Summary())
    assert Filling.objects.get().state == FillingState.FILLING
    work_off_the_queue()
    assert [row[1] for row in rows_of(client, filling)] == ["S-1"]


def test_a_called_off_filling_can_be_asked_for_again(people: People) -> None:
    client = people.enter("county_clerk")
    filling = brought(client)
    client.post(f"/filling/{filling.pk}/", said(client, filling))
    client.post(f"/jobs/{Job.objects.get().pk}/cancel/")
    work_off_the_queue()
    filling.refresh_from_db()
    assert (filling.state, filling.faults) == (FillingState.RECEIVED, [])


def test_the_list_of_tables_takes_as_many_queries_for_twenty_as_for_one(
    people: People, tmp_path: Path
) -> None:
    client = people.enter("county_clerk")
    counts = []
    client.get("/filling/")  # who works here is found once until the next act
    for number in (1, 19):
        for _each in range(number):
            brought(client)
        client.get("/filling/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/filling/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_of_a_table_asks_a_bounded_number_of_questions(people: People) -> None:
    client = people.enter("county_clerk")
    filling = brought(client)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/filling/{filling.pk}/")
    assert len(queries) <= 28  # the navigation counts what waits, each kind in one
