"""Are planted plots found by the search over the register, by whoever may see them?"""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection

from qingshan.finding.tests.plans import plan, reads_every_row
from qingshan.finding.walk import Gathered, Walk
from qingshan.finding.words import sought
from qingshan.office.mines.search import Hit, find, suggest
from qingshan.office.planting.search import SEARCHED
from qingshan.office.planting.tests.factories import a_plot
from qingshan.office.restoration.tests.factories import NOW, World, square


def hits(world: World, text: str, who: str = "county_clerk") -> dict[str, Hit]:
    groups = find(text, actor=world.actor(who))
    return {hit.address: hit for group in groups if group.code == "planting" for hit in group.hits}


def test_by_name_pinyin_and_number_but_not_in_another_county(world: World) -> None:
    plot = a_plot(world, name="鹰嘴崖东坡", key="ZL-2026-77")
    for typed in ("鹰嘴崖", "yingzui", "ZL-2026-7"):
        [hit] = hits(world, typed).values()
        assert (hit.address, hit.region) == (f"/planting/{plot.pk}/", "青石县"), typed
        assert hits(world, typed, "other_county_clerk") == {}, typed
        assert hits(world, typed, "system_admin") == {}, typed
    assert f"/planting/{plot.pk}/" in {
        hit.address for hit in suggest("鹰嘴", actor=world.actor("city_reviewer"))
    }


def test_a_plot_without_a_name_is_called_by_its_number(world: World) -> None:
    plot = a_plot(world, name="", key="ZL-2026-78")
    [hit] = hits(world, "ZL-2026-78").values()
    assert "".join(text for text, _found in hit.name) == plot.key


def test_the_enterprise_of_the_site_finds_it_and_is_named(world: World) -> None:
    site = world.site(square(122.31), enterprise=world.mine.enterprise)
    a_plot(world, site, name="鹰嘴崖西坡")
    [hit] = hits(world, "西坡", "enterprise_manager").values()
    assert hit.enterprise == "青石矿业有限公司"


def test_its_group_leads_to_the_list_narrowed_to_the_same_words(world: World) -> None:
    plot = a_plot(world, name="鹰嘴崖东坡")
    clerk = world.people.enter("county_clerk")
    with time_machine.travel(NOW, tick=False):
        page = clerk.get("/search/?q=鹰嘴崖").content.decode()
        [group] = [g for g in find("鹰嘴崖", actor=world.actor("county_clerk")) if g.code == "planting"]
        assert group.address.replace("&", "&amp;") in page
        assert f"/planting/{plot.pk}/" in clerk.get(group.address).content.decode()


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL reads small tables as a whole")
@pytest.mark.parametrize("who", ["county_clerk", "city_reviewer", "enterprise_manager"])
def test_the_search_of_plots_walks_an_index(world: World, who: str) -> None:
    for _n in range(3):
        a_plot(world)
    for branch in SEARCHED.branches(world.actor(who), sought("北坡")):
        if isinstance(branch, Walk):
            rows = branch.whole().extra(order_by=["-planting_plot_words.rowid"])[:50]
        elif isinstance(branch, Gathered):
            rows = branch.whole()
        else:
            rows = branch.order_by("region_id", "-id")[:50]
        assert not reads_every_row(plan(rows), "planting_plot")
