"""Can whoever registers or designs a project say what its land is to be for, and is a doubt about it shown?"""

from __future__ import annotations

import time_machine

from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.office.restoration import actions
from qingshan.office.restoration.tests.factories import NOW, World, a_project, led_to, rows_of, square
from qingshan.office.restoration.tests.test_projects_have_what_every_matter_has import opened, words
from qingshan.rules.afteruse import Afteruse

DOUBT = "存疑待核：修复方式为“工程修复（宜林）”，规划利用方向为“农”，两者不相应。请核对方案。"


def uses(matter: Matter) -> list[str]:
    return [row.planned_use for row in rows_of(matter)]


def registered(world: World, **more: str) -> Matter:
    site, other = world.site(square(122.2)), world.site(square(122.3))
    given = {
        "title": "废弃采坑修复",
        "sites": f"{site.key}\n{other.key}",
        "mode": "to_forest",
        "payer": "government",
        "answering": "青石县自然资源局",
        "source": "other",
    }
    with time_machine.travel(NOW, tick=False):
        answer = world.people.enter("county_clerk").post("/restoration/new/", {**given, **more})
    assert answer.status_code == 302, words(answer)
    return Matter.objects.get(pk=answer.url.strip("/").rpartition("/")[2])


def test_a_use_said_at_registration_holds_for_all_sites(world: World) -> None:
    assert uses(registered(world, use="forest")) == ["forest", "forest"]


def test_a_use_may_be_left_open(world: World) -> None:
    assert uses(registered(world)) == ["", ""]


def test_the_plan_of_works_says_it_site_by_site_and_the_step_keeps_it(world: World) -> None:
    matter = led_to(world, a_project(world, world.site(square(122.2)), world.site(square(122.3))), "approved")
    one, other = rows_of(matter)
    sent = {"title": "方案", "planned_wan": "30", f"area_{one.pk}": "4", f"area_{other.pk}": "4"}
    sent |= {f"use_{one.pk}": "forest", f"use_{other.pk}": "", "version": str(matter.version)}
    path = f"/restoration/{matter.pk}/submit_design/"
    assert world.people.enter("enterprise_manager").post(path, sent).status_code == 302
    assert uses(matter) == ["forest", ""]
    step = matter.steps.latest("matter_version")
    assert step.facts["uses"] == f"{one.site} 林"
    assert f"{one.site} 林" in words(opened(world, "city_reviewer", f"/restoration/{matter.pk}/"))


def test_a_plan_of_works_that_says_no_use_leaves_what_was_said_before(world: World) -> None:
    matter = registered(world, use="forest")
    led_to(world, world.fresh(matter), "approved")
    rows = {row.pk: Afteruse.PASTURE for row in rows_of(matter)[:1]}
    actions.submit_design(
        world.fresh(matter),
        Brought(),
        title="方案",
        planned_fen=0,
        planned_use=rows,
        **world.by("county_clerk"),
    )
    assert uses(matter) == ["pasture", "forest"]


def test_sites_that_are_added_bring_their_use(world: World) -> None:
    matter = led_to(world, a_project(world), "approved")
    sent = {"added": world.site(square(122.5)).key, "use": "pasture", "grounds": "新增", "number": "1号"}
    path = f"/restoration/{matter.pk}/change_sites/"
    assert world.people.enter("city_reviewer").post(path, sent).status_code == 302
    assert uses(matter) == ["", "pasture"]


def test_a_use_to_which_the_way_of_restoring_does_not_lead_is_shown_as_a_doubt(world: World) -> None:
    matter = registered(world, use="farm")
    row = rows_of(matter)[0]
    for path in (f"/restoration/{matter.pk}/", f"/planting/uses/{row.pk}/"):
        assert DOUBT in words(opened(world, "county_clerk", path))
    fitting = registered(world, use="forest", title="宜林")
    assert "两者不相应" not in words(opened(world, "county_clerk", f"/restoration/{fitting.pk}/"))
