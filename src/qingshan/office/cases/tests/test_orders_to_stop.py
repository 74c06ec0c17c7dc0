"""An order to stop names a reason for each mine and how it may go on; it is lifted mine by mine and closes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from qingshan.office.cases import actions, stops
from qingshan.office.cases.models import StopOrder, StoppedMine
from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.cases.tests.factories import World, a_case, a_world
from qingshan.office.cases.tests.test_pages import opened, words
from qingshan.office.errors import NotAllowed
from qingshan.office.mines.models import Mine
from qingshan.office.trail.models import Entry
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.errors import RuleBroken

pytestmark = pytest.mark.django_db
NEW = "/stops/new/"


@pytest.fixture
def world() -> World:
    return a_world()


def a_mine(world: World, name: str, region: str = "990101") -> Mine:
    return Mine.objects.create(key=f"M-{name}", name=name, region=world.people.regions[region])


def an_order(world: World, reasons: dict[Mine, str] | None = None, **more: Any) -> StopOrder:
    given: dict[str, Any] = {
        "region": world.mine.region,
        "resume_when": "边坡治理经核查合格",
        "actor": world.actor("county_dispatcher"),
        "now": world.now,
        **more,
    }
    return actions.draft_stop_order("关于停产整治的决定", reasons or {world.mine: "边坡失稳"}, **given)


def lifted(world: World, stopped: StoppedMine, **more: Any) -> StoppedMine:
    given: dict[str, Any] = {
        "because": "边坡已治理，县局核查合格",
        "number": "青石自然资〔2026〕6号",
        "actor": world.actor("county_leader"),
        "now": world.now,
        **more,
    }
    return actions.lift_stop_order(stopped, **given)


def sent(world: World, data: dict[str, Any], who: str = "county_dispatcher") -> HttpResponse:
    return opened(world, who, NEW, data)


WRITTEN = {
    "title": "关于停产整治的决定",
    "number": "青石政〔2026〕2号",
    "decided_on": "2026-03-01",
    "resume_when": "边坡治理经核查合格",
}


def test_mines_are_found_and_added_one_by_one_and_what_was_typed_stays(world: World) -> None:
    other, elsewhere = a_mine(world, "石门采石场"), a_mine(world, "白沙石矿", "990102")
    found = sent(world, {**WRITTEN, "words": "石", "look": "1"})
    assert found.status_code == 200
    assert "加入石门采石场" in words(found)
    assert elsewhere.name not in words(found)
    assert 'value="关于停产整治的决定"' in found.content.decode()
    data = {
        **WRITTEN,
        "mine": str(world.mine.pk),
        f"reason-{world.mine.pk}": "边坡失稳",
        "add": str(other.pk),
    }
    both = sent(world, data)
    assert both.status_code == 200
    assert "边坡失稳" in words(both)
    assert f'name="reason-{other.pk}"' in both.content.decode()
    fewer = sent(world, {**data, "add": "", "mine": [world.mine.pk, other.pk], "remove": str(other.pk)})
    assert f'name="reason-{other.pk}"' not in fewer.content.decode()
    assert not StopOrder.objects.exists()


def test_an_order_is_drafted_with_a_reason_for_each_mine(world: World) -> None:
    other = a_mine(world, "石门采石场")
    reasons = {f"reason-{world.mine.pk}": "边坡失稳", f"reason-{other.pk}": "越界开采待核"}
    answer = sent(world, {**WRITTEN, **reasons, "mine": [world.mine.pk, other.pk], "draft": "1"})
    order = StopOrder.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/stops/{order.pk}/")
    assert order.region_id == world.mine.region_id
    assert dict(order.mines.values_list("mine_id", "reason")) == {
        world.mine.pk: "边坡失稳",
        other.pk: "越界开采待核",
    }
    assert Entry.objects.filter(act="cases.draft_stop_order").count() == 1
    page = words(opened(world, "county_leader", f"/stops/{order.pk}/"))
    for said in (
        "边坡失稳",
        "越界开采待核",
        "青石政〔2026〕2号",
        "2026-03-01",
        "边坡治理经核查合格",
        "2 座未解除",
    ):
        assert said in page


def test_the_same_reason_for_several_mines_is_asked_for_mine_by_mine(world: World) -> None:
    other = a_mine(world, "石门采石场")
    same = {f"reason-{pk}": "环保督察期间停产" for pk in (world.mine.pk, other.pk)}
    answer = sent(world, {**WRITTEN, **same, "mine": [world.mine.pk, other.pk], "draft": "1"})
    assert answer.status_code == 422
    assert "其中 1 座没有单独理由" in words(answer)
    assert answer.content.decode().count("aria-invalid") == 2
    assert not StopOrder.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"mine": []}, "没有选择矿山"),
        ({"resume_when": ""}, "必填"),
        ({"decided_on": "2026-04-01"}, "还没有到"),
        ({"title": ""}, "必填"),
    ],
)
def test_what_lacks_something_is_refused_and_leaves_nothing(
    world: World, changed: dict[str, Any], said: str
) -> None:
    data = {
        **WRITTEN,
        "mine": [world.mine.pk],
        f"reason-{world.mine.pk}": "边坡失稳",
        "draft": "1",
        **changed,
    }
    answer = sent(world, data)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not StopOrder.objects.exists()
    assert not Entry.objects.exists()


def test_a_mine_of_another_county_can_be_neither_chosen_nor_stopped(world: World) -> None:
    elsewhere = a_mine(world, "白沙石矿", "990102")
    data = {**WRITTEN, "mine": [elsewhere.pk], f"reason-{elsewhere.pk}": "边坡失稳", "draft": "1"}
    answer = sent(world, data)
    assert "没有选择矿山" in words(answer)
    assert elsewhere.name not in words(answer)
    with pytest.raises(NotAllowed):
        an_order(world, {elsewhere: "边坡失稳"})
    assert not StopOrder.objects.exists()


def test_what_is_typed_into_the_address_chooses_nothing_else(world: World) -> None:
    for asked in ("x", "-1", "9" * 30, "٣"):
        page = opened(world, "county_dispatcher", f"{NEW}?mine={asked}")
        assert page.status_code == 200
        assert "还没有选择矿山" in words(page)


@pytest.mark.parametrize("who", ["county_clerk", "county_leader", "enterprise_manager", "expert", "auditor"])
def test_only_dispatchers_draft(world: World, who: str) -> None:
    assert sent(world, {**WRITTEN, "draft": "1"}, who).status_code == 403
    assert not StopOrder.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("county_clerk", 200),
        ("county_dispatcher", 200),
        ("city_leader", 403),
        ("county_reviewer", 403),
        ("enterprise_manager", 403),
        ("expert", 403),
        ("auditor", 403),
    ],
)
def test_nobody_lifts_but_a_leader_of_the_level_that_ordered_it(world: World, who: str, status: int) -> None:
    order = an_order(world)
    stopped = order.mines.get()
    assert (order.organisation, order.level) == (world.organisation("county_bureau"), "county")
    assert opened(world, who, f"/stops/{order.pk}/mines/{stopped.pk}/lift/").status_code == status
    with pytest.raises(NotAllowed):
        lifted(world, stopped, actor=world.actor(who))
    assert Entry.objects.count() == 1


def test_a_stop_that_the_city_ordered_is_lifted_by_the_city(world: World) -> None:
    stopped = an_order(world).mines.get()
    StopOrder.objects.update(organisation=world.organisation("city_bureau"))
    stopped = StoppedMine.objects.get(pk=stopped.pk)
    assert stopped.order.level == "prefecture"
    with pytest.raises(NotAllowed, match="other_level"):
        lifted(world, stopped)
    assert lifted(world, stopped, actor=world.actor("city_leader")).is_lifted


def test_an_older_order_is_of_the_level_of_its_region(world: World) -> None:
    stopped = an_order(world).mines.get()
    StopOrder.objects.update(organisation=None)
    assert lifted(world, StoppedMine.objects.get(pk=stopped.pk)).is_lifted


def test_a_clerk_records_that_the_leader_lifted_it_on_paper(world: World) -> None:
    order = an_order(world)
    address = f"/stops/{order.pk}/mines/{order.mines.get().pk}/lift/"
    page = opened(world, "county_clerk", address)
    assert "代录" in words(page)
    leader = world.people.holdings["county_leader"]
    offered = [key for key, _name in page.context["form"].fields["decider"].choices]
    assert offered == ["", str(leader.pk)]
    given = {
        "because": "已治理，核查合格",
        "decider": leader.pk,
        "paper_number": "青石政函〔2026〕5号",
        "decided_on": "2026-03-02",
    }
    assert opened(world, "county_clerk", address, {**given, "decider": ""}).status_code == 422
    assert opened(world, "county_clerk", address, given).status_code == 302
    stopped = order.mines.get()
    assert (stopped.resumed_number, stopped.resumed_on) == ("青石政函〔2026〕5号", world.today)
    entry = Entry.objects.get(act="cases.lift_stop_order")
    assert (entry.decider_name, entry.recorder_name) == ("赵领", "陈登")
    assert entry.paper_number == "青石政函〔2026〕5号"


def test_a_mine_goes_on_by_itself_with_grounds_and_a_number(world: World) -> None:
    other = a_mine(world, "石门采石场")
    order = an_order(world, {world.mine: "边坡失稳", other: "无安全通道"})
    stopped = order.mines.get(mine=world.mine)
    address = f"/stops/{order.pk}/mines/{stopped.pk}/lift/"
    assert "边坡治理经核查合格" in words(opened(world, "county_leader", address))
    answer = opened(
        world,
        "county_leader",
        address,
        {"because": "已治理，核查合格", "number": "青石自然资〔2026〕6号"},
    )
    assert answer.status_code == 302
    stopped.refresh_from_db()
    assert (stopped.resumed_on, stopped.is_lifted) == (world.today, True)
    assert not order.mines.get(mine=other).is_lifted
    page = words(opened(world, "county_leader", f"/stops/{order.pk}/"))
    assert "青石自然资〔2026〕6号" in page
    assert "1 座未解除" in page
    assert not [fault for fault in verify_trail().faults if "cases.sto" in str(fault.values)]


def test_lifting_is_refused_twice_before_the_order_without_grounds_or_number(world: World) -> None:
    stopped = an_order(world, decided_on=world.today).mines.get()
    refusals: list[tuple[dict[str, Any], type[Exception]]] = [
        ({"because": " "}, RuleBroken),
        ({"number": ""}, RuleBroken),
        ({"resumed_on": world.today - timedelta(days=1)}, CaseRefused),
        ({"resumed_on": world.today + timedelta(days=1)}, CaseRefused),
    ]
    for more, refusal in refusals:
        with pytest.raises(refusal):
            lifted(world, stopped, **more)
    lifted(world, stopped)
    with pytest.raises(CaseRefused, match=r"cases\.lifted_already"):
        lifted(world, stopped)
    assert Entry.objects.filter(act="cases.lift_stop_order").count() == 1


def test_an_order_stands_at_the_mine_and_its_cases_and_closes_neither(world: World) -> None:
    matter = a_case(world)
    order = an_order(world)
    for path in (f"/mines/{world.mine.pk}/", f"/cases/{matter.pk}/"):
        page = opened(world, "county_clerk", path)
        assert "关于停产整治的决定" in words(page)
        assert f'href="/stops/{order.pk}/"' in page.content.decode()
        assert "关于停产整治的决定" not in words(opened(world, "enterprise_manager", path))
    assert world.fresh(matter).closed_on is None
    lifted(world, order.mines.get())
    assert "关于停产整治的决定" not in words(opened(world, "county_clerk", f"/cases/{matter.pk}/"))
    assert "已解除" in words(opened(world, "county_clerk", f"/mines/{world.mine.pk}/"))


def test_an_order_over_two_counties_is_the_citys_and_each_county_reads_of_its_own_mine(world: World) -> None:
    elsewhere = a_mine(world, "白沙石矿", "990102")
    reasons = {world.mine: "边坡失稳", elsewhere: "无安全通道"}
    region = stops.region_of_all(reasons)
    assert region.name == "云岭市"
    order = an_order(world, reasons, region=region, actor=world.actor("provincial_dispatcher"))
    assert opened(world, "county_clerk", f"/stops/{order.pk}/").status_code == 404
    page = opened(world, "other_county_clerk", f"/mines/{elsewhere.pk}/")
    assert "无安全通道" in words(page)
    assert "边坡失稳" not in words(page)
    assert f"/stops/{order.pk}/" not in page.content.decode()
    both = words(opened(world, "city_reviewer", f"/stops/{order.pk}/"))
    assert "无安全通道" in both
    assert "边坡失稳" in both


def test_other_counties_find_no_order(world: World) -> None:
    order = an_order(world)
    assert opened(world, "other_county_clerk", f"/stops/{order.pk}/").status_code == 404
    assert order.title not in words(opened(world, "other_county_clerk", "/stops/"))


ISSUED = {"number": "青石政〔2026〕2号", "decided_on": "2026-03-01"}


def test_an_enterprise_reads_what_was_issued_for_its_own_mines_and_no_others(world: World) -> None:
    other = a_mine(world, "石门采石场")
    order = an_order(world, {world.mine: "边坡失稳", other: "无安全通道"})
    elsewhere = an_order(world, {other: "越界开采待核"}, number="青石政〔2026〕3号", decided_on=world.today)
    address, who = f"/stops/{order.pk}/", "enterprise_manager"
    assert opened(world, who, address).status_code == 404
    assert "没有涉及本企业矿山的停产决定" in words(opened(world, who, "/stops/"))
    assert f"{address}issue/" in opened(world, "county_dispatcher", address).content.decode()
    assert opened(world, "county_dispatcher", f"{address}issue/", ISSUED).status_code == 302
    lifted(world, order.mines.get(mine=other))
    listed = words(opened(world, who, "/stops/"))
    assert "青石政〔2026〕2号" in listed
    assert "青石政〔2026〕3号" not in listed
    assert "1 座未解除" in listed
    page = opened(world, who, address)
    for said in ("边坡失稳", "边坡治理经核查合格", "未解除"):
        assert said in words(page)
    for hidden in ("石门采石场", "无安全通道", "已解除", "县局核查合格"):
        assert hidden not in words(page)
    assert opened(world, who, f"/stops/{elsewhere.pk}/").status_code == 404
    for path in (f"/mines/{world.mine.pk}/", f"/cases/{a_case(world).pk}/"):
        assert f'href="{address}"' in opened(world, who, path).content.decode()
    lifted(world, order.mines.get(mine=world.mine))
    page = words(opened(world, who, address))
    assert "已全部解除" in page
    assert "青石自然资〔2026〕6号" in page


def test_an_entry_about_a_draft_is_not_found_by_the_enterprise(world: World) -> None:
    order = an_order(world)
    entry = Entry.objects.get(act="cases.draft_stop_order")
    assert opened(world, "enterprise_manager", f"/trail/{entry.seq}/").status_code == 404
    assert opened(world, "county_dispatcher", f"/stops/{order.pk}/issue/", ISSUED).status_code == 302
    assert opened(world, "enterprise_manager", f"/trail/{entry.seq}/").status_code == 200


def test_an_order_is_issued_once_with_a_number_and_no_day_to_come(world: World) -> None:
    order = an_order(world)
    address = f"/stops/{order.pk}/issue/"
    for wrong in ({**ISSUED, "number": ""}, {**ISSUED, "decided_on": "2026-04-01"}):
        assert opened(world, "county_dispatcher", address, wrong).status_code == 422
    assert opened(world, "county_clerk", address).status_code == 403
    opened(world, "county_dispatcher", address, ISSUED)
    again = opened(world, "county_dispatcher", address, {**ISSUED, "number": "青石政〔2026〕4号"})
    assert again.status_code == 422
    assert "已于 2026-03-01 印发" in words(again)
    order.refresh_from_db()
    assert order.number == "青石政〔2026〕2号"
    assert Entry.objects.filter(act="cases.issue_stop_order").count() == 1
    assert not [fault for fault in verify_trail().faults if "cases.sto" in str(fault.values)]


def test_list_and_order_cost_the_same_however_many_there_are(world: World) -> None:
    def asked(path: str) -> int:
        opened(world, "county_dispatcher", path)  # what holds until the next act is asked once
        with CaptureQueriesContext(connection) as caught:
            opened(world, "county_dispatcher", path)
        return len(caught)

    first = an_order(world)
    paths = ("/stops/", f"/stops/{first.pk}/", f"/mines/{world.mine.pk}/")
    few = [asked(path) for path in paths]
    for number in range(8):
        mine = a_mine(world, f"第{number}矿")
        an_order(world)
        StoppedMine.objects.create(order=first, mine=mine, reason=f"理由 {number}")
    assert [asked(path) for path in paths] == few
