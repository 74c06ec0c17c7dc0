"""Can a decision on paper be entered, evidence be brought and seen, and a project be found, drawn and listed as a case
can?
"""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from PIL import Image

from qingshan.office.accounts.lists import choose_columns
from qingshan.office.accounts.models import SavedFilter
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.folder import Missing
from qingshan.office.matters.ledgers import look_at
from qingshan.office.matters.models import Evidence, Matter
from qingshan.office.places.layers import layer_for
from qingshan.office.restoration import actions
from qingshan.office.restoration.folder import Folder
from qingshan.office.restoration.ledgers import PROJECTS
from qingshan.office.restoration.listing import COLUMNS, OF_PROJECTS
from qingshan.office.restoration.needs import ground_of
from qingshan.office.restoration.tests.factories import World, a_project, led_to, rows_of, shown, square, step
from qingshan.rules.errors import RuleBroken
from qingshan.rules.matters import Phase


def opened(world: World, who: str, path: str, data: dict[str, Any] | None = None) -> HttpResponse:
    with time_machine.travel(world.now, tick=False):
        client = world.people.enter(who)
        return client.get(path) if data is None else client.post(path, data)


def words(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def a_photograph(name: str = "覆土.jpg") -> dict[str, Any]:
    content = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(content, "JPEG")
    sent = SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")
    return {"uploads": [sent], "phase": "after", "photo_point": "1 号点", "nothing_secret_in_files": "on"}


# --- 代录 --------------------------------------------------------------------------------------------------------


def on_paper(world: World, who: str) -> dict[str, Any]:
    return {
        "decider": str(world.people.holdings[who].pk),
        "paper_number": "云自然资函〔2026〕8号",
        "decided_on": world.today.isoformat(),
        "nothing_secret": "on",
        "scan": SimpleUploadedFile("批准.pdf", b"%PDF-1.4\n%%EOF", content_type="application/pdf"),
    }


def test_a_clerk_enters_what_the_city_decided_on_paper_about_a_project(world: World) -> None:
    matter = a_project(world)
    path = f"/restoration/{matter.pk}/"
    assert "代录纸质决定" in words(opened(world, "county_clerk", path))
    asked = words(opened(world, "county_clerk", f"{path}approve_project/"))
    assert "决定人" in asked
    assert "决定文件文号" in asked
    answer = opened(world, "county_clerk", f"{path}approve_project/", on_paper(world, "city_reviewer"))
    assert answer.status_code == 302
    taken = world.fresh(matter).steps.order_by("matter_version").last()
    assert taken is not None
    people = world.people.persons
    assert (taken.decider_id, taken.recorder_id) == (people["city_reviewer"].pk, people["county_clerk"].pk)
    assert taken.number == "云自然资函〔2026〕8号"
    page = words(opened(world, "city_reviewer", path))
    assert f"{people['county_clerk'].full_name} 代录" in page


def test_who_only_looks_on_enters_nothing_for_others(world: World) -> None:
    matter = a_project(world)
    assert "代录纸质决定" not in words(opened(world, "auditor", f"/restoration/{matter.pk}/"))
    answer = opened(world, "auditor", f"/restoration/{matter.pk}/approve_project/")
    assert answer.status_code == 403


# --- evidence ----------------------------------------------------------------------------------------------------


def test_acceptance_is_applied_for_with_evidence_from_after_the_works(world: World) -> None:
    matter = led_to(world, a_project(world), "self_checked")
    shown(world, matter, phase=Phase.BEFORE)
    with pytest.raises(RuleBroken) as refused:
        actions.apply_for_acceptance(world.fresh(matter), Brought(), **world.by("enterprise_manager"))
    assert refused.value.code == "rules.rectification.no_evidence"
    assert step(world, world.fresh(matter), "applied").state_name == "applied"


def test_the_page_says_what_is_lacking_and_leads_to_where_it_is_brought(world: World) -> None:
    matter = led_to(world, a_project(world), "self_checked")
    folder = Folder(matter, actor=world.actor("enterprise_manager"), now=world.now)
    [gap] = folder.against_next
    assert isinstance(gap, Missing)
    assert gap.act is not None
    assert gap.act.path == f"/restoration/{matter.pk}/add_evidence/"
    assert folder.primary is not None
    assert folder.primary.code == "restoration.add_evidence"


def test_a_photograph_is_kept_as_it_was_and_shown_with_a_small_picture(world: World) -> None:
    matter = led_to(world, a_project(world), "working")
    path = f"/restoration/{matter.pk}/"
    assert opened(world, "enterprise_manager", f"{path}add_evidence/", a_photograph()).status_code == 302
    row = Evidence.objects.get()
    assert (row.kind, row.phase, row.title) == ("photograph", "after", "覆土")
    page = opened(world, "county_clerk", path).content.decode()
    assert f"{path}evidence/{row.pk}/small" in page
    assert "无定位信息" in page
    assert (
        opened(world, "county_clerk", f"{path}evidence/{row.pk}/file").headers["Content-Type"] == "image/jpeg"
    )
    assert opened(world, "other_county_clerk", f"{path}evidence/{row.pk}/file").status_code == 404


def test_a_photograph_belongs_to_the_land_of_any_site_of_the_project(world: World) -> None:
    near, far = world.site(square(122.2)), world.site(square(122.4))
    matter = led_to(world, a_project(world, near, far), "working")
    assert ground_of(matter).equals(near.geom.union(far.geom))
    assert matter.geom.equals(near.geom.union(far.geom).centroid)
    actions.change_sites(
        matter,
        Brought(grounds="核减", number="5号"),
        removed=[row for row in rows_of(matter) if row.site_id == far.pk],
        **world.by("city_reviewer"),
    )
    fresh = world.fresh(matter)
    assert ground_of(fresh).equals(near.geom)
    assert fresh.geom.equals(near.geom.centroid)


# --- ledger, map, search -----------------------------------------------------------------------------------------


@pytest.fixture
def busy(world: World) -> World:
    led_to(world, a_project(world, title="石门沟修复"), "working")
    led_to(world, a_project(world, title="青龙山修复"), "applied")
    return world


def test_every_column_can_be_chosen_and_leaves_as_it_was_chosen(busy: World) -> None:
    clerk = busy.actor("county_clerk")
    choose_columns("restoration", list(COLUMNS), actor=clerk)
    page = opened(busy, "county_clerk", "/restoration/").content.decode()
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page)[2:] == [
        str(c.title) for c in COLUMNS.values()
    ]
    choose_columns("restoration", ["mode", "spent_wan"], actor=clerk)
    answer = opened(busy, "county_clerk", "/restoration/export.xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    head = next(book.active.values)
    assert head == ("时限情况", "编号", "项目名称", "修复方式", "已支出（万元）")


def test_a_filter_is_saved_and_stands_above_the_ledger(busy: World) -> None:
    given = {"name": "施工中的", "query": "state=working"}
    assert opened(busy, "county_clerk", "/lists/restoration/saved/", given).status_code == 302
    assert SavedFilter.objects.get().list_code == "restoration"
    assert "施工中的" in words(opened(busy, "county_clerk", "/restoration/?state=working"))


def test_a_ledger_of_projects_asks_no_more_for_more_rows(busy: World) -> None:
    client = busy.people.enter("county_clerk")
    choose_columns("restoration", list(COLUMNS), actor=busy.actor("county_clerk"))
    counts = []
    for _round in range(2):
        with time_machine.travel(busy.now, tick=False):
            client.get("/restoration/")
            with CaptureQueriesContext(connection) as asked:
                client.get("/restoration/")
        counts.append(len(asked))
        a_project(busy, title="再一处")
    assert counts[0] == counts[1]


def test_projects_lie_on_the_map_by_state_with_all_their_sites(busy: World) -> None:
    actor = busy.actor("county_clerk")
    layer = layer_for("restoration", actor)
    rows = [row for part in layer.rows(actor, {}) for row in part]
    assert {(row.name, row.look) for row in rows} == {("石门沟修复", "due"), ("青龙山修复", "due")}
    applied = [row.name for part in layer.rows(actor, {"category": "applied"}) for row in part]
    assert applied == ["青龙山修复"]
    assert [look for look, _said in layer.legend] == ["note", "due", "good", "none"]
    sites = layer_for("project_sites", actor)
    drawn = [(row.look, row.geom.geom_type) for part in sites.rows(actor, {}) for row in part]
    assert drawn == [("due", "Polygon")] * 2
    assert not [row for part in sites.rows(actor, {"category": "released"}) for row in part]
    assert not [row for p in sites.rows(busy.actor("other_county_clerk"), {}) for row in p]
    link = OF_PROJECTS.buttons(actor, look_at(PROJECTS, {}, on=busy.today), "")[0]
    assert link.path.startswith("/map/?layers=regions%2Cproject_sites%2Crestoration")
    assert opened(busy, "county_clerk", link.path).status_code == 200
    panel = opened(busy, "county_clerk", f"/map/restoration/{rows[0].pk}/")
    assert f"/restoration/{rows[0].pk}/" in panel.content.decode()


def test_the_search_finds_a_project_by_name_pinyin_and_number(busy: World) -> None:
    number = Matter.objects.get(title="石门沟修复").number
    for typed in ("石门", "shimengou", number):
        page = words(opened(busy, "county_clerk", f"/search/?q={typed}"))
        assert "石门沟修复" in page.replace(" ", ""), typed
    assert "石门沟修复" not in words(opened(busy, "other_county_clerk", "/search/?q=石门")).replace(" ", "")


def test_an_acceptance_sheet_is_drafted_from_the_project(busy: World) -> None:
    matter = Matter.objects.get(title="青龙山修复")
    path = f"/restoration/{matter.pk}/papers/acceptance/"
    assert path in opened(busy, "city_reviewer", f"/restoration/{matter.pk}/").content.decode()
    page = opened(busy, "city_reviewer", path).content.decode()
    assert "自验完成" in page
    assert "青石矿业有限公司" in page
    assert opened(busy, "enterprise_manager", path).status_code == 403


def test_what_was_sent_back_says_why(busy: World) -> None:
    matter = busy.fresh(Matter.objects.get(title="青龙山修复"))
    busy.now += timedelta(days=1)
    actions.return_acceptance(matter, Brought(grounds="边坡未达到坡比"), **busy.by("city_reviewer"))
    assert "边坡未达到坡比" in words(opened(busy, "enterprise_manager", f"/restoration/{matter.pk}/"))
