"""Can a batch be finished, doubted by images, answered, sampled, accepted and published in a browser?

`QINGSHAN_PICTURES` names a folder that takes a picture of every step.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import expect

from qingshan.geo.area import area_m2
from qingshan.office.batches.facts import numbers_of, rows_of
from qingshan.office.batches.models import Batch
from qingshan.office.batches.tests.factories import NOW, SECRETS, World, a_world
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Site
from qingshan.office.observations.models import Claim
from qingshan.office.observations.tests.factories import (
    Simulated,
    a_run,
    a_scene_set,
    a_site,
    as_recorded,
    looked,
    simulated,
)
from qingshan.office.restoration.models import ListedSite
from qingshan.office.restoration.tests.factories import a_list, moved_in

OpenPage = Callable[..., Any]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}
PICTURES = os.environ.get("QINGSHAN_PICTURES")
pytestmark = pytest.mark.timeout(300)
MEASURED = {"植被覆盖度": "80", "郁闭度": "45", "成活率": "92", "厚度": "0.5", "管护年限": "3"}


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def land(tmp_path: Path, settings: Any) -> Simulated:
    settings.SCENES_ROOT = tmp_path / "images"
    settings.OBSERVATIONS_ROOT = tmp_path / "observations"
    return simulated(tmp_path / "images" / "sim")


@pytest.fixture
def world(server: str, clock: Any) -> World:
    return a_world()


@pytest.fixture
def pits(world: World, land: Simulated) -> list[Site]:
    """Two pits on the province's list: one is restored as it will be said, the other never was."""
    county = world.people.regions["990101"]
    made = [
        a_site(land.right, region=county, name="西采坑", area_m2=area_m2(land.right.shape)),
        a_site(land.wrong, region=county, name="东采坑", area_m2=area_m2(land.wrong.shape)),
    ]
    moved_in(world, a_list(world), *made)
    return made


def taken(page: Any, name: str, *, on_phone: bool = False) -> None:
    """For people to look at; none unless somebody asks for them."""
    if not PICTURES:
        return
    for suffix, viewport in (("", DESK), *((("-phone", PHONE),) if on_phone else ())):
        page.set_viewport_size(viewport)
        page.screenshot(path=Path(PICTURES) / f"{name}{suffix}.png", full_page=True)
    page.set_viewport_size(DESK)


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(f"已办理，写入全过程记录：{name}。")).to_be_visible()


def loaded(*pages: Any) -> None:
    """Before logins end: what a page still loads is refused afterwards."""
    for page in pages:
        expect(page.locator("[hx-trigger=load]")).to_have_count(0)


def test_a_batch_is_claimed_doubted_answered_sampled_and_published(
    world: World,
    land: Simulated,
    pits: list[Site],
    clock: Any,
    page_for: OpenPage,
    sign_in: Callable[[Any, Any], None],
    axe_findings: Callable[[Any], list[str]],
) -> None:
    people = world.people
    names = ("county_clerk", "enterprise_manager", "city_reviewer", "provincial_reviewer", "city_leader")
    clerk, enterprise, city, province, leader = (page_for(people[name]) for name in names)
    reviewers = {"city_reviewer": city, "provincial_reviewer": province}

    # the county's clerk ticks the pits
    clerk.goto("/batches/new/?source=listed")
    for pit in pits:
        clerk.get_by_label(str(pit)).check()
    clerk.locator("[name=title]").fill("第一批修复")
    clerk.get_by_label("利用方向").select_option(label="林")
    clerk.get_by_label("责任单位").fill("青石县自然资源局")
    clerk.get_by_label("实施单位").fill("青石矿业有限公司")
    assert not axe_findings(clerk)
    taken(clerk, "batch-new", on_phone=True)
    clerk.get_by_role("button", name="组成批次", exact=True).click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("第一批修复")
    matter = Matter.objects.get(kind="batch")
    base = f"/batches/{matter.pk}/"

    # the enterprise claims that both are finished, shows it, and applies
    enterprise.goto(base)
    enterprise.get_by_role("link", name="报告全批完工").click()
    enterprise.get_by_label("完工日期").fill(land.wrong.told["restored_since"])
    taken(enterprise, "batch-finish", on_phone=True)
    press(enterprise, "报告全批完工")
    enterprise.goto(f"{base}add_batch_evidence/")
    enterprise.locator("input[type=file][name=uploads]").set_input_files(
        {"name": "竣工.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    )
    enterprise.get_by_label("我已核对：文件不含涉密内容").check()
    enterprise.get_by_role("button", name="上传批次佐证", exact=True).click()
    expect(enterprise.get_by_role("link", name="竣工")).to_be_visible()
    enterprise.goto(f"{base}apply_for_batch/")
    press(enterprise, "申报批次验收")
    clerk.goto(base)
    expect(clerk.get_by_text("余 60 个工作日")).to_be_visible()

    # images are looked at: one site is not supported
    actor = world.actor("provincial_dispatcher")
    looked(a_run(a_scene_set(world.actor("county_clerk")), actor), actor)
    claims = {each.site_id: each for each in Claim.objects.all()}
    assert (claims[pits[0].pk].verdict, claims[pits[1].pk].verdict) == ("supported", "unsupported")

    # numbers sealed, the list closed, numbers opened, sites drawn
    for who, page in reviewers.items():
        page.goto(f"{base}seal_number/")
        page.locator("[name=secret]").fill(SECRETS[who])
        press(page, "公布号码封签")
    city.goto(f"{base}close_list/")
    press(city, "封存抽查名单")
    for who, page in reviewers.items():
        page.goto(f"{base}open_number/")
        page.locator("[name=secret]").fill(SECRETS[who])
        press(page, "公开号码")
    city.goto(f"{base}draw_sample/")
    press(city, "抽取首次样本")
    city.get_by_role("link", name="抽查名单与复算").first.click()
    expect(city.get_by_text("复算一致")).to_be_visible()
    assert not axe_findings(city)
    taken(city, "batch-sample", on_phone=True)

    # both are looked at, the panel signs on paper
    today = world.today.isoformat()
    batch = Batch.objects.get()
    assert len(numbers_of(batch)) == 2
    for row in rows_of(batch):
        city.goto(f"{base}sites/{row.pk}/record_check/")
        for criterion, value in MEASURED.items():
            city.locator("tr", has_text=criterion).get_by_label("实测值").fill(value)
        city.locator("tr", has_text="植被覆盖度").get_by_label("方案指标").fill("70")
        for criterion in ("地质条件稳定", "无隐患威胁", "无污染"):
            city.get_by_label(criterion).select_option(label="是")
        city.get_by_label("方案名称").fill("修复实施方案")
        city.get_by_label("到场人员").fill("钱审、周专")
        city.get_by_label("到场日期").fill(today)
        taken(city, "batch-check", on_phone=True)
        press(city, "登记抽查结果")
    clerk.goto(f"{base}name_panel/")
    for place, (name, unit) in enumerate(
        (("钱审", "云岭市自然资源局"), ("许环", "云岭市生态环境局"), ("周专", "地质院"), ("马某", "老虎沟村"))
    ):
        clerk.get_by_label(f"第 {place + 1} 位：姓名").fill(name)
        clerk.get_by_label(f"第 {place + 1} 位：单位").fill(unit)
        clerk.get_by_label(f"第 {place + 1} 位：签字日期").fill(today)
    clerk.get_by_label("签字文件名称或文号").fill("验收意见书 1 号")
    assert not axe_findings(clerk)
    taken(clerk, "batch-panel", on_phone=True)
    press(clerk, "登记验收组及签字")

    # it cannot be accepted before the doubt is answered, with new evidence
    city.goto(base)
    expect(city.get_by_text("影像核验县级核实中")).to_be_visible()
    clerk.goto(base)
    expect(clerk.get_by_text("还没有书面回应").first).to_be_visible()
    taken(city, "batch-doubted")
    enterprise.goto(f"{base}answer_finding/")
    enterprise.locator("[name=grounds]").fill("补植后影像时相偏早，附现场测量")
    enterprise.locator("input[type=file][name=file]").set_input_files(
        {"name": "补植.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    )
    enterprise.get_by_label("我已核对：文件不含涉密内容").check()
    press(enterprise, "书面回应影像核查")
    city.goto(f"{base}accept_batch/")
    city.locator("[name=number]").fill("云自然资验〔2026〕1号")
    press(city, "批次验收通过")

    # published, and concluded when the notice is over: the pits count on the list
    clerk.goto(f"{base}give_batch_notice/")
    clerk.get_by_label("公示工作日").fill("5")
    clerk.get_by_label("公示期限依据").fill("云岭市修复验收办法第十条")
    clerk.get_by_label("公示方式").fill("市局门户网站")
    clerk.get_by_label("异议受理方式").fill("0990-1234567")
    press(clerk, "公示批次验收结果")
    loaded(clerk, city)
    clock.shift(15 * 86400)
    sign_in(leader, people["city_leader"])
    leader.goto(f"{base}conclude_batch/")
    leader.locator("[name=number]").fill("云自然资〔2026〕9号")
    press(leader, "批次办结")
    expect(leader.get_by_text("已了结：已办结")).to_be_visible()
    expect(leader.get_by_role("cell", name="在批 2", exact=True)).to_be_visible()
    assert not axe_findings(leader)
    taken(leader, "batch-done", on_phone=True)
    assert ListedSite.objects.filter(restored_on__isnull=False).count() == 2
    assert as_recorded()
