"""A notice and an acceptance sheet of a fictitious mine: what the tests of papers begin with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from qingshan.office.accounts.tests.people import People
from qingshan.office.mines.models import Mine
from qingshan.office.mines.tests.factories import NOW
from qingshan.office.papers import actions
from qingshan.office.papers.documents import AcceptanceSheet, Attendant, Item, NoticeOfCompletion, TaskRow
from qingshan.office.papers.models import Paper

__all__ = ["NOW", "a_mine_of", "an_issued_sheet", "drafted", "notice", "sheet"]


def notice(**more: Any) -> NoticeOfCompletion:
    given: dict[str, Any] = {
        "title": "关于老虎沟铁矿整改任务完成情况的公示",
        "notice_from": date(2026, 11, 23),
        "notice_to": date(2026, 11, 27),
        "working_days": 5,
        "tasks": (
            TaskRow(
                task="老虎沟铁矿排土场边坡裸露",
                time_limit="2026年10月底前",
                target="边坡治理 1.26 公顷，植被恢复",
                units="青石县自然资源局、青石矿业有限公司",
                phone="0990-1234567",
                measures="削坡、覆土、种植",
                done="已完成治理 1.26 公顷",
            ),
        ),
        "objection_phone": "0990-7654321",
        "objection_address": "青石县城关镇一号",
    }
    return NoticeOfCompletion(**given | more)


def sheet(**more: Any) -> AcceptanceSheet:
    given: dict[str, Any] = {
        "title": "整改任务现场验收表",
        "subject": "老虎沟铁矿排土场边坡治理",
        "place": "青石县老虎沟",
        "responsible": "青石矿业有限公司",
        "carried_out_by": "青石矿业有限公司",
        "accepted_by": "云岭市自然资源局",
        "visited_on": date(2026, 11, 20),
        "attendants": (
            Attendant("钱审", "云岭市自然资源局", "审核岗"),
            Attendant("周专", "青山生态技术评估中心", "专家"),
        ),
        "items": (Item("边坡治理 1.26 公顷", "实测 1.27 公顷"),),
        "opinion": "同意通过验收。",
    }
    return AcceptanceSheet(**given | more)


def a_mine_of(people: People) -> Mine:
    return Mine.objects.create(
        key="K-1",
        name="老虎沟铁矿",
        region=people.regions["990101"],
        enterprise=people.organisations["enterprise"],
    )


def drafted(people: People, mine: Mine, *, who: str = "county_clerk", **more: Any) -> Paper:
    given: dict[str, Any] = {"kind": "acceptance", "title": "老虎沟铁矿现场验收表", "data": sheet(), **more}
    return actions.draft(
        given.pop("data"),
        about=mine,
        region_id=mine.region_id,
        enterprise_id=mine.enterprise_id,
        actor=people.actor(who),
        now=NOW,
        **given,
    )


def an_issued_sheet(people: People, mine: Mine, *, now: datetime = NOW) -> Paper:
    paper = drafted(people, mine)
    return actions.issue(paper, version=paper.version, actor=people.actor("county_clerk"), now=now)
