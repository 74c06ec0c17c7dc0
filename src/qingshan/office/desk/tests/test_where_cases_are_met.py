"""Are cases met where people look: at the workbench, in the search, in the dossier of the mine?"""

from __future__ import annotations

import re

import pytest
import time_machine

from qingshan.office.cases.tests.factories import World, a_case, a_petition, a_world, brought_to
from qingshan.office.desk import workbench
from qingshan.office.mines.search import find, suggest

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def page(world: World, who: str, path: str) -> str:
    with time_machine.travel(world.now, tick=False):
        answer = world.people.enter(who).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_is_asked_next_finds_it_at_the_workbench_with_the_act_in_words(world: World) -> None:
    matter = brought_to(world, "assigned", title="采坑未回填")
    with time_machine.travel(world.now, tick=False):
        waiting = workbench.waiting_for(world.actor("county_clerk"))
        others = workbench.waiting_for(world.actor("city_reviewer"))
    assert [(thing.title, thing.url) for thing in waiting] == [("认领：采坑未回填", f"/cases/{matter.pk}/")]
    assert waiting[0].word == "余 90 天"
    assert others == []


def test_the_navigation_counts_as_many_as_the_workbench_lists(world: World) -> None:
    a_case(world)
    a_petition(world)
    actor = world.actor("county_clerk")
    assert workbench.how_many_wait_for(actor) == len(workbench.waiting_for(actor)) == 2


def test_more_than_the_workbench_lists_is_said_to_be_more(world: World) -> None:
    for n in range(workbench.SHOWN_AT_MOST + 3):
        a_case(world, title=f"第 {n} 处")
    text = page(world, "county_clerk", "/")
    assert f"有 {workbench.SHOWN_AT_MOST + 3} 件事等您" in text
    assert "还有 3 件轮到我" in text


def test_the_figures_of_the_workbench_open_their_lists(world: World) -> None:
    matter = brought_to(world, "assigned")
    world.later(120)
    text = page(world, "county_clerk", "/")
    assert re.search(r'逾期问题</div><div class="n late"><a href="/cases/\?view=overdue">1</a>', text)
    assert matter.title in page(world, "county_clerk", "/cases/?view=overdue")


def test_a_case_and_a_petition_are_found_by_title_number_and_pinyin(world: World) -> None:
    case = a_case(world, title="沉淀池防渗膜破损")
    petition = a_petition(world, title="夜间扬尘")
    actor = world.actor("county_clerk")
    for typed, wanted in (("沉淀池", case), ("cdc", case), (petition.number, petition), ("扬尘", petition)):
        groups = find(typed, actor=actor)
        assert [hit.address for group in groups for hit in group.hits] == [f"/cases/{wanted.pk}/"], typed
        assert [hit.address for hit in suggest(typed, actor=actor)] == [f"/cases/{wanted.pk}/"]
    assert find("沉淀池", actor=world.actor("other_county_clerk")) == []


def test_the_list_behind_a_group_of_the_search_holds_what_has_ended_too(world: World) -> None:
    brought_to(world, "closed", title="沉淀池防渗膜破损")
    (group,) = find("沉淀池", actor=world.actor("county_clerk"))
    assert "沉淀池防渗膜破损" in page(world, "county_clerk", group.address)


def test_the_dossier_of_a_mine_lists_its_matters_the_open_ones_first_and_registers_another(
    world: World,
) -> None:
    brought_to(world, "closed", title="已销号的")
    world.later(1)
    a_case(world, title="还开着的")
    text = page(world, "county_clerk", f"/mines/{world.mine.pk}/")
    assert text.index("还开着的") < text.index("已销号的")
    assert f'href="/cases/new/?mine={world.mine.pk}"' in text
    assert "1 件在册" in text
    assert "/cases/new/" not in page(world, "city_reviewer", f"/mines/{world.mine.pk}/")


def test_the_page_of_registering_names_the_mine_and_what_is_open_there(world: World) -> None:
    matter = a_case(world, title="采坑未回填")
    text = page(world, "county_clerk", f"/cases/new/?mine={world.mine.pk}")
    assert f"老虎沟铁矿 · {world.mine.pk}" in text
    assert f"/cases/{matter.pk}/" in text


def test_a_problem_is_registered_at_the_mine_from_its_page(world: World) -> None:
    sent = {
        "title": "弃渣压占林地", "mine": f"老虎沟铁矿 · {world.mine.pk}", "region": "", "route": "by_date",
        "problem": "slag", "severity": "grave", "source": "notice", "source_number": "省督〔2026〕9 号",
    }  # fmt: skip
    with time_machine.travel(world.now, tick=False):
        answer = world.people.enter("county_clerk").post("/cases/new/", sent)
    assert answer.status_code == 302
    text = page(world, "county_clerk", answer.headers["Location"])
    assert "弃渣压占林地" in text
    assert "整改-990101-2026-0001" in text
