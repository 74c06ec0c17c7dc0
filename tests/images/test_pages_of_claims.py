"""Can claims be read at pages, in both languages, with as few queries as lists may take, by those who may know them?"""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from shapely.geometry import box

from qingshan.office.accounts.tests.people import People
from qingshan.office.cases.tests.factories import World, a_relapse_seen, brought_to
from qingshan.office.observations.models import Claim, TraceBack
from qingshan.office.observations.tests.factories import (
    NOW,
    Land,
    Simulated,
    a_claim,
    a_run,
    a_scene_set,
    looked,
    region,
    the_claim,
)
from qingshan.office.places.layers import layer_for

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]
PLAIN = {"target": "vegetation", "restored_since": "2024-05-01", "planted_on": "", "disturbed_since": ""}
MOST_QUERIES = 48


def opened(
    people: People, who: str, path: str, data: dict[str, Any] | None = None, **headers: Any
) -> HttpResponse:
    with time_machine.travel(NOW, tick=False):
        client = people.enter(who)
        return client.get(path, **headers) if data is None else client.post(path, data, **headers)


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", b"".join(response).decode()))


def many(count: int) -> None:
    for number in range(count):
        shape = box(122.1 + number / 1000, 33.1, 122.1005 + number / 1000, 33.1005)
        a_claim(Land(f"DW-{number}", shape, PLAIN, True), region=region())


@pytest.mark.parametrize("who", ["county_clerk", "city_reviewer", "enterprise_manager"])
def test_a_list_takes_as_many_queries_for_many_claims_as_for_few(people: People, who: str) -> None:
    counts = []
    for further in (3, 40):
        many_before = Claim.objects.count()
        for number in range(further):
            shape = box(
                122.1, 33.1 + (many_before + number) / 1000, 122.1005, 33.1005 + (many_before + number) / 1000
            )
            a_claim(
                Land(f"DW-{many_before + number}", shape, PLAIN, True),
                region=region(),
                enterprise=people.organisations["enterprise"],
            )
        opened(people, who, "/observations/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = opened(people, who, "/observations/")
        assert page.status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_lists_go_on_page_by_page(people: People) -> None:
    many(60)
    first = opened(people, "county_clerk", "/observations/")
    mark = re.search(r'rel="next" href="\?after=([^"]+)"', first.content.decode())
    assert mark is not None
    second = words(opened(people, "county_clerk", f"/observations/?after={mark[1]}"))
    assert "DW-9）" in second
    assert "DW-59）" not in second


def test_what_the_county_may_still_answer_is_shown_to_nobody_above(people: People, land: Simulated) -> None:
    a_claim(land.wrong, region=region())
    looked(a_run(a_scene_set(people.actor("county_clerk")), people.actor("provincial_dispatcher")),
           people.actor("provincial_dispatcher"))  # fmt: skip
    claim = the_claim()
    path = claim.get_absolute_url()
    for who in ("city_reviewer", "provincial_dispatcher"):
        page = opened(people, who, path)
        assert "县级核实中" in words(page)
        assert "影像不支持" not in words(page)
        assert opened(people, who, f"{path}sheet.html").status_code == 404
        assert "影像不支持（待核实） 0" in words(opened(people, who, "/observations/"))
    page = opened(people, "county_clerk", path)
    assert "生长季内" in words(page)
    assert "sheet-q" in page.content.decode()
    assert "style=" not in page.content.decode()
    sheet = opened(people, "county_clerk", f"{path}sheet.html")
    assert sheet.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert {who: looks_on_the_map(people, who) for who in ("city_reviewer", "county_clerk")} == {
        "city_reviewer": ["note"],
        "county_clerk": ["due"],
    }


def looks_on_the_map(people: People, who: str) -> list[str]:
    actor = people.actor(who)
    with time_machine.travel(NOW, tick=False):
        parts = layer_for("claims", actor).rows(actor, {"region": "990101000000", "q": "采坑"})
        return [each.look for part in parts for each in part]


def test_a_name_is_shown_as_it_is_and_never_runs(people: People, land: Simulated) -> None:
    hostile = '<script>alert(1)</script>"&'
    a_claim(land.wrong, region=region(), name=hostile)
    dispatcher = people.actor("provincial_dispatcher")
    looked(a_run(a_scene_set(people.actor("county_clerk")), dispatcher), dispatcher)
    claim = the_claim()
    for path in ("/observations/", claim.get_absolute_url(), f"{claim.get_absolute_url()}sheet.html"):
        page = opened(people, "county_clerk", path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_an_answer_and_its_decision_are_given_at_pages(people: People, land: Simulated) -> None:
    a_claim(land.wrong, region=region(), enterprise=people.organisations["enterprise"])
    dispatcher = people.actor("provincial_dispatcher")
    looked(a_run(a_scene_set(people.actor("county_clerk")), dispatcher), dispatcher)
    claim = the_claim()
    path = claim.get_absolute_url()
    given = {"text": "已补植", "version": claim.version}
    assert opened(people, "enterprise_manager", f"{path}answer/", given).status_code == 302
    assert opened(people, "enterprise_manager", f"{path}answer/", given).status_code == 422
    claim.refresh_from_db()
    decided = {"outcome": "more_work", "opinion": "", "version": claim.version}
    refused = opened(people, "city_reviewer", f"{path}decide/", decided)
    assert "须写明理由" in words(refused)
    assert (
        opened(people, "city_reviewer", f"{path}decide/", {**decided, "opinion": "仍裸露"}).status_code == 302
    )
    assert "需继续整改" in words(opened(people, "enterprise_manager", path))


def test_what_a_claim_lacks_is_completed_and_days_in_disorder_are_refused(people: People) -> None:
    many(1)
    claim = the_claim()
    path = f"{claim.get_absolute_url()}complete/"
    told = {"target": "water", "restored_since": "2024-05-01", "planted_on": "2024-06-01", "version": 1}
    assert "早于" in words(opened(people, "county_clerk", path, told))
    assert opened(people, "county_clerk", path, {**told, "planted_on": ""}).status_code == 302
    claim.refresh_from_db()
    assert (claim.target, claim.state) == ("water", "queued")


def test_a_trace_back_shows_who_applied_and_who_accepted(world: World) -> None:
    matter = brought_to(world, "closed")
    a_relapse_seen(matter, on=world.today)
    claim = the_claim()
    with time_machine.travel(world.now, tick=False):
        page = world.people.enter("county_reviewer").get(claim.get_absolute_url())
        told = words(page)
        for said in ("回头看", "县级初验", "韩验", "销号", "赵领", "在事项页办理“反弹重新挂账”"):
            assert said in told
        assert "影像不支持“验收后保持”（待核实），请到现场核实。" in told
        assert f"{claim.pk}/clear/" not in page.content.decode()  # 韩验 accepted it
        trace_back = TraceBack.objects.get()
        given = {"note": "现场未反弹", "version": trace_back.version}
        path = f"{claim.get_absolute_url()}clear/"
        assert world.people.enter("county_reviewer").post(path, given).status_code == 422
        assert path in world.people.enter("city_reviewer").get(claim.get_absolute_url()).content.decode()
        done = world.people.enter("city_reviewer").post(path, given)
    assert done.status_code == 302
    assert TraceBack.objects.get().state == "cleared"


def test_the_card_of_a_case_tells_its_claims(world: World) -> None:
    matter = brought_to(world, "applied")
    with time_machine.travel(world.now, tick=False):
        card = world.people.enter("county_reviewer").get(
            f"/observations/about/matters.matter/{matter.pk}/card/"
        )
        assert "无法判定" in words(card)
        claim = words(world.people.enter("county_reviewer").get(the_claim().get_absolute_url()))
    assert "缺图形：" in claim


def test_pictures_curve_and_days_stand_on_page_and_map_for_those_who_may_see_them(
    people: People, land: Simulated
) -> None:
    a_claim(land.wrong, region=region(), enterprise=people.organisations["enterprise"])
    scenes = a_scene_set(people.actor("county_clerk"))
    looked(a_run(scenes, people.actor("provincial_dispatcher")), people.actor("provincial_dispatcher"))
    claim = the_claim()
    assert claim.newest is not None
    page, sheet, panel = (
        f"/observations/{claim.pk}/", f"/observations/{claim.pk}/sheet.html", f"/map/claims/{claim.pk}/"
    )  # fmt: skip

    # two dated pictures lie upon each other, the same as on the sheet
    read = opened(people, "county_clerk", page).content.decode()
    compared = read.partition("data-compare")[2].partition("</section>")[0]
    days = re.findall(r"<b>[^<]*?(\d{4}-\d{2}-\d{2})</b>", compared)
    assert (compared.count("<svg"), len(days)) == (2, 2)
    assert days[0] < days[1]
    assert all(day in opened(people, "county_clerk", sheet).content.decode() for day in days)
    assert 'type="range"' in compared
    assert "aria-label" in compared
    ids = re.findall(r'\sid="([^"]+)"', read)
    assert len(ids) == len(set(ids))

    # the panel of the map tells finding, curve and days, and leads to the page; nothing of it above the county
    shown = opened(people, "county_clerk", panel).content.decode()
    assert shown.count("data-compare") == 1
    assert shown.partition("panel-curve")[2].count("<svg") == 1
    assert page in shown
    told = words(opened(people, "county_clerk", panel))
    assert f"影像截至 {claim.newest.until}" in told
    assert f"修复完成 {claim.restored_since}" in told
    city = opened(people, "city_reviewer", panel).content.decode()
    assert "县级核实中" in city
    assert "<svg" not in city
    assert str(claim.newest.until) not in city

    # pictures of internal images are shown to those alone who read of images
    assert "data:image/png" in opened(people, "enterprise_manager", page).content.decode()
    type(scenes).objects.update(openness="internal")
    for path in (page, sheet, panel):
        own = opened(people, "enterprise_manager", path).content.decode()
        assert "影像不支持" in own
        assert "data:image/png" not in own
        assert "data:image/png" in opened(people, "county_clerk", path).content.decode()


def test_a_run_that_an_older_release_planned_keeps_its_page(people: People, land: Simulated) -> None:
    a_claim(land.right, region=region())
    run = a_run(a_scene_set(people.actor("county_clerk")), people.actor("provincial_dispatcher"))
    page = f"/observations/runs/{run.pk}/"
    told = f"{run.estimate['scenes']} 景"
    assert f"{told}，对各地块共看" in words(opened(people, "county_clerk", page))
    older = {name: run.estimate[name] for name in ("claims", "scenes", "seconds")} | {"megapixels": 1.2}
    type(run).objects.update(estimate=older)
    read = words(opened(people, "county_clerk", page))
    assert told in read
    assert "共看" not in read


def test_each_layer_of_the_map_has_its_own_legend(people: People) -> None:
    page = opened(people, "county_clerk", "/map/?layers=claims,clues").content.decode()
    legend = re.findall(r'data-credit-of="(\w+)"( hidden)?><li>[^<]+</li>(.*?)</ul>', page, re.DOTALL)
    shown = {code: words_in for code, hidden, words_in in legend if not hidden}
    assert set(shown) == {"claims", "clues"}
    assert "验收后未保持" in shown["claims"]
    assert "已立案" in shown["clues"]
