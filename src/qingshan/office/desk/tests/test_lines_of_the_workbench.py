"""Does a line of the workbench say how many there are, for whom it is, and cost the same for few as for many?"""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingshan.office.desk import terms, workbench
from qingshan.office.experts.models import Expert, ExpertOpinion
from qingshan.office.planting.tests.test_what_lasts_after_acceptance import accepted_as
from qingshan.office.restoration.models import LandParcel
from qingshan.office.restoration.tests.factories import NOW, World, a_world
from qingshan.rules.dates import months_later

MOST = 8
"""queries for all lines that sum up, of whoever has most of them"""


def an_opinion(world: World, state: str, number: int) -> None:
    region = world.people.regions["990101"]
    expert, _made = Expert.objects.get_or_create(
        key="ZJ-1", defaults={
            "name": "周专", "person": world.people["expert"], "region": region, "employer": "某院",
            "entered_on": world.today, "entered_by": "名单",
        },
    )  # fmt: skip
    ExpertOpinion.objects.create(
        expert=expert, region=region, subject_kind="mines.mine", subject_id=world.mine.pk, subject_name="某矿",
        question=f"问题 {number}", invited_on=world.today, state=state, due_on=world.today + timedelta(days=9),
        given_on=world.today if state == "given" else None,
    )  # fmt: skip


def idle(world: World, number: int) -> None:
    LandParcel.objects.create(
        mine=world.mine, region=world.mine.region, name=f"地块{number}", state="available", area_cm2=10**8,
        since_on=world.today - timedelta(days=100 + number),
    )  # fmt: skip


def lines_of(world: World, who: str) -> list[str]:
    actor = world.actor(who)
    with time_machine.travel(NOW, tick=False):
        waiting = [line.title for line in workbench.waiting_for(actor)]
    return waiting + [line.title for line in terms.of_restored_land(actor, today=world.today)]


def test_each_line_stands_before_whom_it_is_for(db: None) -> None:
    world = a_world()
    for number in range(3):
        idle(world, number)
        an_opinion(world, "invited", number)
    an_opinion(world, "given", 9)
    idle_words = "3 块可修复土地尚未修复，最长的已 102 天；没有规定期限"
    assert lines_of(world, "county_clerk") == [idle_words]
    assert lines_of(world, "expert") == ["3 份专家意见等您提出"]
    assert lines_of(world, "city_reviewer") == ["1 份专家意见等待答复"]
    assert lines_of(world, "other_county_clerk") == []
    with time_machine.travel(NOW, tick=False):
        for who in ("county_clerk", "expert", "city_reviewer", "other_county_clerk"):
            actor = world.actor(who)
            assert workbench.how_many_wait_for(actor) == len(workbench.waiting_for(actor)), who
        clerk = world.people.enter("county_clerk")
        assert idle_words in clerk.get("/").content.decode()
        page = clerk.get("/restoration/land/idle/").content.decode()
    assert all(f"地块{number}" in page for number in range(3))


def test_farmland_to_evaluate_is_told_to_the_registry_of_its_county(db: None) -> None:
    world = a_world()
    due = months_later(world.today, 3)
    accepted_as(world, "forest", on=months_later(due, -60))
    accepted_as(world, "forest")
    [line] = terms.of_restored_land(world.actor("county_clerk"), today=world.today)
    assert line.title == f"1 处复垦农用地一年内应跟踪评价，最早的期限是 {due.isoformat()}"
    for who in ("city_reviewer", "other_county_clerk"):
        assert terms.of_restored_land(world.actor(who), today=world.today) == []
    with time_machine.travel(NOW, tick=False):
        page = world.people.enter("county_clerk").get(line.url).content.decode()
    assert "共 1 项" in page


def test_lines_ask_as_much_for_two_rows_as_for_many(db: None) -> None:
    world = a_world()
    actors = {who: world.actor(who) for who in ("county_clerk", "expert", "city_reviewer")}

    def asked(who: str) -> int:
        actor = actors[who]
        with time_machine.travel(NOW, tick=False), CaptureQueriesContext(connection) as captured:
            for source in workbench.SUMMED_UP:
                list(source(actor))
            terms.of_restored_land(actor, today=world.today)
        return len(captured)

    def more(first: int, last: int) -> None:
        for number in range(first, last):
            idle(world, number)
            an_opinion(world, "invited", number)
            an_opinion(world, "given", number)

    more(0, 2)
    few = {who: asked(who) for who in actors}
    more(2, 12)
    assert {who: asked(who) for who in actors} == few
    assert max(few.values()) <= MOST
