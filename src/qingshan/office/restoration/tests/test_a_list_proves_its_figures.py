"""Does a list say what it is and by when, can its entry be put right, and do its moves add up between any two days?"""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.restoration import actions, queries
from qingshan.office.restoration.actions import ListEntry, NewList
from qingshan.office.restoration.models import TargetList
from qingshan.office.restoration.queries import Between, Turnover
from qingshan.office.restoration.sentences import RestorationRefused
from qingshan.office.restoration.tests.factories import (
    World,
    a_list,
    a_project,
    led_to,
    moved_in,
    redone,
    square,
)
from qingshan.office.restoration.tests.test_projects_have_what_every_matter_has import opened, words
from qingshan.office.trail.models import Entry
from qingshan.rules.errors import RuleBroken
from qingshan.rules.restoration import ListKind


def entry(target_list: TargetList, **changes: Any) -> ListEntry:
    names = ("title", "number", "decided_on", "due_on")
    return ListEntry(**{**{name: getattr(target_list, name) for name in names}, **changes})


def corrected(
    world: World, target_list: TargetList, by: str = "registry_officer", **changes: Any
) -> TargetList:
    grounds = changes.pop("grounds", "下达文件写的是另一天")
    return actions.correct_list(target_list, entry(target_list, **changes), grounds=grounds, **world.by(by))


def turned(world: World, target_list: TargetList, since: date, until: date, **more: Any) -> Turnover:
    between = Between(target_list, since, until, **more)
    return queries.turnover(between, actor=world.actor("provincial_dispatcher"))


# --- what a list says of itself ----------------------------------------------------------------------------------


def test_a_list_has_a_page_with_its_document_kind_and_deadline(world: World) -> None:
    target_list = corrected(world, a_list(world), due_on=world.today + timedelta(days=300))
    moved_in(world, target_list, world.site(square(122.2)))
    page = words(opened(world, "county_clerk", f"/restoration/lists/{target_list.pk}/"))
    for said in ("历史遗留矿山", "青自然资〔2026〕1号", str(target_list.due_on), "0 / 1 处（按处）"):
        assert said in page
    assert "更正清单登记" not in page
    assert "更正清单登记" in words(opened(world, "registry_officer", f"/restoration/lists/{target_list.pk}/"))


def test_lists_are_shown_with_kind_and_deadline_and_narrowed_by_kind(world: World) -> None:
    legacy = a_list(world)
    new = NewList(
        "QS-W",
        "生产矿山清单",
        ListKind.WORKING,
        legacy.region,
        "青自然资〔2026〕2号",
        world.today,
        world.today,
    )
    actions.create_list(new, **world.by("registry_officer"))
    page = words(opened(world, "county_clerk", "/restoration/lists/"))
    assert "生产矿山清单" in page
    assert world.today.isoformat() in page
    narrowed = words(opened(world, "county_clerk", "/restoration/lists/?kind=legacy"))
    assert "生产矿山清单" not in narrowed
    site = world.site(square(122.2))
    moved_in(world, legacy, site)
    for path in ("/restoration/listed/", "/restoration/figures/"):
        assert "0 / 1 处（按处）" in words(opened(world, "county_clerk", f"{path}?kind=legacy"))
        assert "0 / 1 处（按处）" not in words(opened(world, "county_clerk", f"{path}?kind=working"))


def test_a_site_says_in_its_dossier_on_which_lists_it_stands(world: World) -> None:
    site = world.site(square(122.2))
    moved_in(world, a_list(world), site)
    assert "历史遗留矿山生态修复清单" in words(opened(world, "county_clerk", f"/sites/{site.pk}/"))


# --- its entry is put right --------------------------------------------------------------------------------------


def test_the_entry_of_a_list_is_put_right_and_the_trail_keeps_both(world: World) -> None:
    target_list = a_list(world)
    actor = world.actor("provincial_dispatcher")
    moved_in(world, target_list, world.site(square(122.2)))
    before = queries.reached(actor=actor, on=world.today)
    fresh = corrected(world, target_list, title="全省清单", due_on=world.today)
    assert (fresh.title, fresh.due_on, fresh.version) == ("全省清单", world.today, 2)
    newest = Entry.objects.latest("seq")
    assert newest.act == "restoration.correct_list"
    assert newest.old["title"] == "历史遗留矿山生态修复清单"
    assert newest.new["title"] == "全省清单"
    assert queries.reached(actor=actor, on=world.today) == before


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"grounds": " ", "title": "另一个"}, RuleBroken),
        ({"title": " "}, RestorationRefused),
        ({"decided_on": date(2030, 1, 1)}, RestorationRefused),
        ({"due_on": date(2020, 1, 1)}, RestorationRefused),
        ({}, RestorationRefused),
        ({"by": "county_clerk", "title": "另一个"}, NotAllowed),
    ],
)
def test_what_cannot_be_is_not_put_in(
    world: World, changes: dict[str, Any], refused: type[Exception]
) -> None:
    target_list = a_list(world)
    with pytest.raises(refused):
        corrected(world, target_list, **changes)
    assert TargetList.objects.get(pk=target_list.pk).version == 1


def test_whoever_read_an_older_version_is_told_so(world: World) -> None:
    target_list = a_list(world)
    corrected(world, target_list, title="全省清单")
    with pytest.raises(ChangedMeanwhile):
        corrected(world, target_list, title="又一个")


def test_it_is_put_right_at_its_page(world: World) -> None:
    target_list = a_list(world)
    path = f"/restoration/lists/{target_list.pk}/correct/"
    sent = {"title": "全省清单", "number": "2号", "decided_on": world.today.isoformat(), "version": "1"}
    with time_machine.travel(world.now, tick=False):
        client = world.people.enter("registry_officer")
        assert client.post(path, sent).status_code == 422
        assert client.post(path, {**sent, "grounds": "文号有误"}).status_code == 302
    assert TargetList.objects.get(pk=target_list.pk).number == "2号"


# --- its moves between two days ----------------------------------------------------------------------------------


def changing(world: World) -> tuple[TargetList, date, date]:
    """A list on which land overlaps, leaves, is accepted and has to be done again, a month apart each."""
    target_list, first = a_list(world), world.today
    one, other, third = (world.site(square(west)) for west in (122.2, 122.201, 122.4))
    [row, *_rest] = moved_in(world, target_list, one, other, third)
    world.later(30)
    since = world.today
    actions.move_out(
        row, number="7号", occurred_on=world.today, note="另行处置", **world.by("provincial_reviewer")
    )
    world.later(30)
    matter = led_to(world, a_project(world, third), "aftercare")
    world.later(30)
    redone(world, matter)
    assert first < since
    return target_list, since, world.today


def test_what_a_list_held_before_and_every_change_come_to_what_it_holds(world: World) -> None:
    target_list, since, until = changing(world)
    found = turned(world, target_list, since, until)
    assert found.adds_up
    counts = {
        each.move.value: (each.count, each.amounts.sites, each.amounts.done_sites) for each in found.changed
    }
    assert counts == {
        "in": (0, 0, 0),
        "out": (1, -1, 0),
        "recount": (1, 0, 0),
        "restored": (1, 0, 1),
        "taken_back": (1, 0, -1),
    }
    assert (found.opening.sites, found.closing.sites) == (3, 2)
    actor = world.actor("provincial_dispatcher")
    held = queries.reached(actor=actor, on=until, target_list_id=target_list.pk)
    assert (found.closing.sites, found.closing.target_m2) == (held.sites, held.area_m2)


def test_any_span_of_days_adds_up(world: World) -> None:
    target_list, since, until = changing(world)
    for days in (0, 1, 29, 30, 61):
        middle = since + timedelta(days=days)
        before = turned(world, target_list, since, middle)
        after = turned(world, target_list, middle + timedelta(days=1), until)
        assert before.adds_up
        assert after.adds_up
        assert before.closing == after.opening


def test_a_county_reads_its_own_part_and_others_nothing(world: World) -> None:
    target_list, since, until = changing(world)
    between = Between(target_list, since, until)
    assert queries.turnover(between, actor=world.actor("county_clerk")).closing.sites == 2
    assert queries.turnover(between, actor=world.actor("other_county_clerk")).closing.sites == 0
    far = Between(target_list, since, until, region_id=world.people.regions["990102"].pk)
    assert queries.turnover(far, actor=world.actor("provincial_dispatcher")).closing.sites == 0


def test_the_ledger_stands_on_a_page_and_leaves_as_a_table_that_adds_up(world: World) -> None:
    target_list, since, until = changing(world)
    days = f"?since={since}&until={until}"
    with time_machine.travel(world.now, tick=False):
        page = words(opened(world, "county_clerk", f"/restoration/lists/{target_list.pk}/moves/{days}"))
        answer = opened(world, "county_clerk", f"/restoration/lists/{target_list.pk}/moves/export.csv{days}")
    for said in ("期初", "期末", "重叠面积转计", "7号", "另行处置"):
        assert said in page
    assert "不相等" not in page
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [rows[0]["变动"], rows[-1]["变动"]] == ["期初", "期末"]
    for name in ("处数", "目标面积（公顷）", "完成面积（公顷）"):
        first, *changes, last = (float(row[name] or 0) for row in rows)
        assert first + sum(changes) == pytest.approx(last, abs=1e-6)


def test_figures_lead_to_the_ledger_of_their_list(world: World) -> None:
    target_list = a_list(world)
    page = opened(
        world, "county_clerk", f"/restoration/figures/?target_list={target_list.pk}"
    ).content.decode()
    assert f"/restoration/lists/{target_list.pk}/moves/?until=" in page


# --- what rates say ----------------------------------------------------------------------------------------------


def test_rates_leave_with_their_list_their_day_and_what_is_of_today(world: World) -> None:
    target_list = a_list(world)
    moved_in(world, target_list, world.site(square(122.2)))
    world.later(10)
    asked = f"?target_list={target_list.pk}&on={world.today - timedelta(days=5)}"
    with time_machine.travel(world.now, tick=False):
        answer = opened(world, "county_clerk", f"/restoration/figures/export.csv{asked}")
        page = words(opened(world, "county_clerk", f"/restoration/figures/{asked}"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))[:4]
    assert all(row["修复清单"].startswith("历史遗留矿山生态修复清单 · 历史遗留矿山") for row in rows)
    today, then = world.today.isoformat(), (world.today - timedelta(days=5)).isoformat()
    assert [row["截至日"] for row in rows] == [then, then, today, today]
    assert "只有当前数" in rows[2]["说明"]
    assert "权重为项目计划修复面积（公顷）" in rows[3]["说明"]
    assert "权重为项目计划修复面积（公顷）" in page


def test_an_act_that_is_sent_back_leaves_no_trace_in_the_ledger(world: World) -> None:
    target_list = a_list(world)
    [row] = moved_in(world, target_list, world.site(square(122.2)))
    with pytest.raises(RestorationRefused):
        actions.move_out(
            row, number=" ", occurred_on=world.today, note="核减", **world.by("provincial_reviewer")
        )
    found = turned(world, target_list, world.today, world.today)
    assert (found.opening.sites, found.closing.sites) == (0, 1)
