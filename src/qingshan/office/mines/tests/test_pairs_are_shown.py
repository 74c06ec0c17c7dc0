"""What does a person see of the pairs that wait, and what does looking for them in the background do?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from shapely.geometry import Point

from qingshan.jobs.actions import ask_to_cancel
from qingshan.jobs.models import Job, JobState
from qingshan.jobs.worker import work_off_the_queue
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.errors import NotFound
from qingshan.office.mines import comparing
from qingshan.office.mines.actions import Merger, find_likeness, merge_mines, undo_merge
from qingshan.office.mines.jobs import look_in_background
from qingshan.office.mines.models import Likeness, Mine, Site
from qingshan.office.mines.queries import miscounted
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
    site_row,
    workbook,
)
from qingshan.office.paging import PAGE_ROWS
from qingshan.office.trail.verify.run import verify_trail
from qingshan.rules.duties import Duty

pytestmark = pytest.mark.django_db
LICENCE = "C99010120190571201{:05d}"


def doubles(count: int, region_id: int = WEST) -> None:
    """So many pairs of one mine registered twice."""
    for n in range(count):
        for key in ("甲", "乙"):
            a_mine(
                f"{region_id} {n} {key}",
                region_id,
                name=f"地名{n}矿",
                licence_no=LICENCE.format(region_id % 97 * 100 + n),
            )


@pytest.fixture
def ground() -> None:
    regions()


def test_pairs_are_listed_to_whom_both_mines_are_visible(ground: None) -> None:
    doubles(2)
    doubles(1, EAST)
    a_mine("W", name="界沟铁矿", licence_no="C9901012019057129999999", geom=Point(122.499, 33.1))
    a_mine("E", EAST, name="界沟铁矿", licence_no="C9901012019057129999999", geom=Point(122.501, 33.1))
    find_likeness(Mine.objects.all(), now=NOW)
    assert [comparing.how_many_wait(clerk(region)) for region in (WEST, EAST, PROVINCE)] == [2, 1, 4]
    across = Likeness.objects.get(region_id=PROVINCE)
    assert comparing.one_pair(across.pk, actor=clerk(PROVINCE)) == across
    with pytest.raises(NotFound):
        comparing.one_pair(across.pk, actor=clerk(WEST))


def test_the_list_goes_on_page_after_page_and_costs_the_same(ground: None) -> None:
    doubles(PAGE_ROWS + 5)
    find_likeness(Mine.objects.all(), now=NOW)
    actor = clerk(WEST)
    with CaptureQueriesContext(connection) as caught:
        first = comparing.listed(actor)
        shown = [(pair.first.name, pair.second.enterprise, pair.region.name) for pair in first.rows]
    assert len(shown) == PAGE_ROWS
    assert len(caught) == 2  # the pairs and their regions
    assert '"geom"' not in caught[0]["sql"]
    second = comparing.listed(actor, after=first.next_mark or "")
    assert len({pair.pk for pair in [*first.rows, *second.rows]}) == PAGE_ROWS + 5


def asked_for(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


@pytest.fixture
def people() -> People:
    return nine_people()


def test_the_page_of_a_pair_costs_the_same_however_much_hangs_on_it(people: People) -> None:
    doubles(1)
    find_likeness(Mine.objects.all(), now=NOW)
    pair = Likeness.objects.get()
    client = people.enter("county_clerk")
    path = f"/mines/likeness/{pair.pk}/"
    asked_for(client, path)
    before = asked_for(client, path)
    for n in range(30):
        Site.objects.create(key=f"S{n}", region_id=WEST, mine=pair.second)
    assert asked_for(client, path) == before


def test_a_leader_reads_a_pair_and_decides_nothing(people: People) -> None:
    doubles(1)
    find_likeness(Mine.objects.all(), now=NOW)
    page = people.enter("county_leader").get(f"/mines/likeness/{Likeness.objects.get().pk}/").content.decode()
    assert "存疑待核：由登记人员认定是否同一矿山。" in page
    assert "合并为一座矿山" not in page


def test_what_is_written_in_a_pair_is_escaped(people: People) -> None:
    for key in ("甲", "乙"):
        a_mine(key, name="<b>老虎沟</b>矿", licence_no=LICENCE.format(1), note="<script>alert(1)</script>")
    find_likeness(Mine.objects.all(), now=NOW)
    client = people.enter("county_clerk")
    for path in ("/mines/likeness/", f"/mines/likeness/{Likeness.objects.get().pk}/"):
        page = client.get(path).content.decode()
        assert "<b>老虎沟" not in page
        assert "alert(1)</script>" not in page


def test_a_form_that_names_no_reason_is_shown_again_with_what_was_chosen(people: People) -> None:
    doubles(1)
    Mine.objects.filter(key__endswith="乙").update(mineral="煤")
    find_likeness(Mine.objects.all(), now=NOW)
    pair = Likeness.objects.get()
    sent = {"keep": "second", "version": 1, "first_version": 1, "second_version": 1, "take_mineral": "second"}
    answer = people.enter("county_clerk").post(f"/mines/likeness/{pair.pk}/merge/", sent)
    assert answer.status_code == 422
    assert 'value="second" checked' in answer.content.decode()
    assert Likeness.objects.get().state == "open"


# --- in the background ---------------------------------------------------------------------------------


def test_looking_in_the_background_finds_what_stands_in_the_area(ground: None) -> None:
    doubles(3)
    doubles(2, EAST)
    job = look_in_background(actor=clerk(WEST), now=NOW)
    work_off_the_queue()
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"url": "/mines/likeness/", "pairs": 3})
    assert (job.done, job.total) == (6, 6)


def test_work_that_was_stopped_goes_on_where_it_ended(ground: None) -> None:
    doubles(3)
    job = look_in_background(actor=clerk(WEST), now=NOW)
    middle = Mine.objects.order_by("pk")[3].pk
    Job.objects.filter(pk=job.pk).update(checkpoint={"after": middle, "done": 4, "pairs": 2})
    work_off_the_queue()
    job.refresh_from_db()
    assert job.result["pairs"] == 3
    assert Likeness.objects.count() == 1


def test_work_that_was_called_off_finds_nothing(ground: None) -> None:
    doubles(1)
    job = look_in_background(actor=clerk(WEST), now=NOW)
    ask_to_cancel(job, now=NOW)
    work_off_the_queue()
    assert not Likeness.objects.exists()


# --- the trail -------------------------------------------------------------------------------------------


def test_everything_that_was_brought_merged_and_undone_verifies(ground: None, tmp_path: Path) -> None:
    rows = [[key, "老虎沟铁矿", "990101", LICENCE.format(1)] for key in ("K-1", "K-2")]
    headers = ["矿山编号", "矿山名称", "行政区划代码", "采矿许可证号"]
    imported(workbook(tmp_path, headers, *rows), clerk(WEST), kind="mines")
    imported(geojson(tmp_path, site_row("S-1", 122.1, 所属矿山编号="K-2")), clerk(WEST))
    pair = Likeness.objects.select_related("first", "second").get()
    merger = Merger(
        pair.first_id, frozenset(), "同一许可证", pair.version, {pair.first_id: 1, pair.second_id: 1}
    )
    merge_mines(pair, merger, actor=clerk(WEST), now=NOW)
    assert Site.objects.get().mine_id == pair.first_id
    assert faults() == []
    undo_merge(pair, reason="核实", version=pair.version, actor=clerk(WEST), now=NOW)
    assert faults() == []
    assert miscounted() == []
    Likeness.objects.update(state="different")
    assert len(faults()) == 1


def faults() -> list[Any]:
    return [fault for fault in verify_trail().faults if "mines." in str(fault)]


def test_a_reviewer_finds_the_list_but_may_not_look_through_the_register(people: People) -> None:
    client = people.enter("city_reviewer")
    assert client.get("/mines/likeness/").status_code == 200
    assert client.post("/mines/likeness/find/").status_code == 403
    assert Duty.REVIEW in people.actor("city_reviewer").duties
