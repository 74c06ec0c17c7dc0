"""Can the work be done at pages, in both languages, with as few queries as lists may take?"""

from __future__ import annotations

import io
import json
import re
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingshan.office.accounts.tests.people import People
from qingshan.office.experts import actions
from qingshan.office.experts.about import About
from qingshan.office.experts.models import Expert, ExpertDraw, ExpertOpinion
from qingshan.office.experts.tests.factories import (
    DAY,
    NOW,
    TODAY,
    a_pool,
    an_expert,
    announced,
    drawn,
    entered,
)
from qingshan.office.trail.models import Entry

pytestmark = pytest.mark.django_db


def opened(
    people: People, who: str, path: str, data: dict[str, Any] | None = None, *, at: Any = NOW
) -> HttpResponse:
    """The page as somebody sees it; sent where there is something to send."""
    with time_machine.travel(at, tick=False):
        client = people.enter(who)
        return client.get(path) if data is None else client.post(path, data)


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", b"".join(response).decode()))


def test_an_expert_is_entered_corrected_and_tied_at_pages(people: People) -> None:
    given = {
        "key": "ZJ-1", "pool": str(people.regions["990000"].pk), "name": "沈望舟", "fields_": ["soil", "law"],
        "employer": "青山理工大学", "entered_on": "2026-11-20", "entered_by": "名单", "contact": "138",
        "person": "周专",
    }  # fmt: skip
    assert opened(people, "registry_officer", "/experts/new/", given).status_code == 302
    expert = Expert.objects.get()
    assert expert.person == people["expert"]
    page = words(opened(people, "registry_officer", f"/experts/{expert.pk}/"))
    for said in ("沈望舟", "土壤、法律", "138", "入青山省专家库", "总是回避"):
        assert said in page
    tie = {"kind": "organisation", "named": "青石矿业有限公司", "grounds": "kin", "from_on": "2026-01-01"}
    assert opened(people, "expert", f"/experts/{expert.pk}/ties/new/", tie).status_code == 302
    assert "近亲属有利害关系" in words(opened(people, "city_reviewer", f"/experts/{expert.pk}/"))
    assert "138" not in words(opened(people, "auditor", f"/experts/{expert.pk}/"))


def test_a_correction_without_a_contact_leaves_it(people: People) -> None:
    expert = entered(people, contact="138", person=people["expert"])
    given = {
        "name": "沈望舟",
        "fields_": ["soil"],
        "employer": "甲",
        "person": f"周专 · 某 · {people['expert'].pk}",
    }
    assert opened(people, "registry_officer", f"/experts/{expert.pk}/correct/", given).status_code == 302
    expert.refresh_from_db()
    assert (expert.employer, expert.person) == ("甲", people["expert"])
    assert "138" in words(opened(people, "registry_officer", f"/experts/{expert.pk}/"))


def test_a_draw_is_announced_closed_and_held_at_pages(people: People) -> None:
    a_pool(5, "soil")
    given = {
        "title": "评审组", "pool": str(people.regions["990000"].pk), "closes_on": "2026-11-21", "seed_kind": "awaited",
        "seed_source": "某号 2026137 期", "seed_on": "2026-11-22", "n_soil": "2", "n_any": "1",
    }  # fmt: skip
    assert opened(people, "city_reviewer", "/experts/draws/new/", given).status_code == 302
    held = ExpertDraw.objects.get()
    path = held.get_absolute_url()
    assert "封存抽取名单" in words(opened(people, "city_reviewer", path))
    assert opened(people, "city_reviewer", f"{path}close/", {"version": 1}).status_code == 302
    assert "名单摘要相符" in words(opened(people, "city_reviewer", path))
    early = opened(people, "city_reviewer", f"{path}draw/", {"version": 2, "number": "07"})
    assert (early.status_code, "届时再抽取" in words(early)) == (422, True)
    later = NOW + DAY
    assert (
        opened(people, "city_reviewer", f"{path}draw/", {"version": 2, "number": "07"}, at=later).status_code
        == 302
    )
    page = words(opened(people, "provincial_dispatcher", path))
    for said in ("复算一致", "抽中", "候补", "不限专业"):
        assert said in page
    gone = held.drawn.earliest("rank").expert_id
    given = {"version": 3, "why": "on_leave", "reason": "病假"}
    assert opened(people, "city_reviewer", f"{path}excuse/{gone}/", given, at=later).status_code == 302
    page = words(opened(people, "city_reviewer", path))
    for said in ("已退出", "候补递补", "抽中后请假：病假"):
        assert said in page
    record = json.loads(b"".join(opened(people, "auditor", f"{path}record.json")))
    assert (record["seed_number"], len(record["candidates"]), len(record["excused"])) == ("07", 5, 1)
    assert b"hashlib" in b"".join(opened(people, "auditor", "/experts/draws/recompute.py"))
    assert opened(people, "auditor", f"{path}lots.xlsx").status_code == 200


def test_a_page_that_differs_from_what_is_computed_says_so(people: People) -> None:
    a_pool(5, "soil")
    held = drawn(people)
    ExpertDraw.objects.filter(pk=held.pk).update(seed_number="other")
    page = words(opened(people, "auditor", held.get_absolute_url()))
    assert "复算不一致" in page
    assert "复算一致" not in page


def test_an_opinion_is_asked_given_and_answered_at_pages(people: People, something: About) -> None:
    expert = entered(people, person=people["expert"])
    about = f"/experts/about/{something.kind}/{something.pk}/"
    given = {"expert": str(expert.pk), "question": "边坡是否稳定？"}
    assert opened(people, "city_reviewer", f"{about}invite/", given).status_code == 302
    opinion = ExpertOpinion.objects.get()
    path = opinion.get_absolute_url()
    assert "提出专家意见" in words(opened(people, "expert", path))
    assert opened(people, "expert", f"{path}give/", {"version": 1, "text": "稳定。"}).status_code == 302
    bare = opened(people, "city_reviewer", f"{path}answer/", {"version": 2, "outcome": "declined"})
    assert (bare.status_code, "须说明理由" in words(bare)) == (422, True)
    given = {"version": 2, "outcome": "declined", "answer": "已另有监测"}
    assert opened(people, "city_reviewer", f"{path}answer/", given).status_code == 302
    assert "已另有监测" in words(opened(people, "city_reviewer", f"{about}card/"))
    for who in ("city_reviewer", "county_clerk", "expert"):
        assert "不采纳" in words(opened(people, who, about))


def test_whoever_must_stay_away_stands_in_the_choice_with_the_reason(
    people: People, something: About
) -> None:
    firm = people.organisations["enterprise"]
    away = an_expert("ZJ-E", employer=firm.name, organisation=firm)
    about = f"/experts/about/{something.kind}/{something.pk}/"
    assert "应当回避" in words(opened(people, "city_reviewer", f"{about}assign/"))
    given = {"expert": str(away.pk), "to_on": "2026-12-31"}
    sent = opened(people, "city_reviewer", f"{about}assign/", given)
    assert (sent.status_code, "不能指派或邀请" in words(sent)) == (422, True)
    assert Entry.objects.count() == 0


def test_a_drawn_expert_is_assigned_from_the_page_of_the_object(people: People, something: About) -> None:
    entered(people, fields=("soil",), person=people["expert"])
    held = drawn(people, about=something, wanted={"soil": 1})
    about = f"/experts/about/{something.kind}/{something.pk}/"
    chosen = held.drawn.get().expert
    assert f"assign/?expert={chosen.pk}" in b"".join(opened(people, "city_reviewer", about)).decode()
    given = {"expert": str(chosen.pk), "to_on": "2026-12-31", "document": "函"}
    assert opened(people, "city_reviewer", f"{about}assign/", given).status_code == 302
    assert "已指派" in words(opened(people, "city_reviewer", about))


BAD = [
    ("/experts/new/", {"fields_": ["astrology"], "pool": "7"}),
    ("/experts/new/", {"key": "x" * 500, "name": "\x00", "entered_on": "31.12."}),
]


@pytest.mark.parametrize(("path", "data"), BAD)
def test_bad_input_is_answered_with_a_sentence(people: People, path: str, data: dict[str, Any]) -> None:
    assert opened(people, "registry_officer", path, data).status_code == 422
    assert Expert.objects.count() == 0


@pytest.mark.parametrize("value", ["-1", "1.5", "abc", "1000", "９９９９"])
def test_a_number_that_is_none_draws_nobody(people: People, value: str) -> None:
    an_expert()
    given = {
        "title": "x", "pool": str(people.regions["990000"].pk), "closes_on": "2026-11-21", "seed_kind": "awaited",
        "seed_source": "x", "seed_on": "2026-11-22", "n_soil": value,
    }  # fmt: skip
    assert opened(people, "city_reviewer", "/experts/draws/new/", given).status_code == 422
    assert ExpertDraw.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/experts/", 16),
        ("/experts/?q=zj&field=soil", 16),
        ("/experts/draws/", 14),
        ("/experts/opinions/", 14),
    ],
)
def test_a_list_takes_as_many_queries_for_two_as_for_fifty(
    people: People, something: About, path: str, most: int
) -> None:
    def counted() -> int:
        with time_machine.travel(NOW, tick=False):
            client = people.enter("city_reviewer")
            client.get(path)
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert client.get(path).status_code == 200
        return len(captured)

    def more(first: int, last: int) -> None:
        actor = people.actor("city_reviewer", on=TODAY)
        for number in range(first, last):
            expert = an_expert(f"ZJ-{number:02}")
            actions.invite_opinion(expert, something, question="是否稳定？", actor=actor, now=NOW)
        for _ in range(first, last):
            drawn(people)

    more(0, 2)
    few = counted()
    more(2, 30)
    assert counted() == few
    assert few <= most


def test_the_pages_are_whole_in_english(people: People, something: About) -> None:
    expert = entered(people, person=people["expert"])
    a_pool(4, "soil")
    held = drawn(people, about=something)
    for path, said in (
        ("/experts/", "Pool of experts"),
        (f"/experts/{expert.pk}/", "Ties"),
        ("/experts/draws/", "Draws of experts"),
        (held.get_absolute_url(), "Computed again, the same"),
        ("/experts/opinions/", "Opinions of experts"),
        (f"/experts/about/{something.kind}/{something.pk}/", "Drawn, assigned, asked"),
    ):
        with time_machine.travel(NOW, tick=False):
            client = people.enter("city_reviewer")
            client.cookies["language"] = "en"
            assert said in words(client.get(path)), path


def test_draws_are_found_by_purpose_and_by_whom_they_chose_and_leave_as_a_table(people: People) -> None:
    a_pool(3, "soil")
    held = drawn(people, title="边坡方案评审组", wanted={"soil": 1})
    other = announced(people, title="验收抽查组")
    chosen = held.drawn.get().expert.name
    for asked, found in (("边坡", held), (chosen, held), ("抽查", other)):
        page = words(opened(people, "city_reviewer", f"/experts/draws/?q={asked}"))
        assert found.title in page
        assert ({held.title, other.title} - {found.title}).pop() not in page
    assert "没有符合条件的内容" in words(opened(people, "city_reviewer", "/experts/draws/?q=没有这样的"))
    leaving = b"".join(opened(people, "city_reviewer", "/experts/draws/export.xlsx?q=边坡"))
    sheet = openpyxl.load_workbook(io.BytesIO(leaving)).active
    assert sheet is not None
    flat = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert held.title in flat
    assert chosen in flat
    assert other.title not in flat


def test_an_invitation_is_withdrawn_at_its_page(people: People, something: About) -> None:
    expert = entered(people, person=people["expert"])
    reviewer = people.actor("city_reviewer", on=TODAY)
    opinion = actions.invite_opinion(expert, something, question="是否稳定？", actor=reviewer, now=NOW)
    path = f"{opinion.get_absolute_url()}withdraw/"
    assert path in opened(people, "city_reviewer", opinion.get_absolute_url()).content.decode()
    given = {"reason": "邀错人", "version": 1}
    assert opened(people, "city_reviewer", path, given).status_code == 302
    page = words(opened(people, "city_reviewer", opinion.get_absolute_url()))
    assert "已撤回邀请" in page
    assert "邀错人" in page
    assert "提出专家意见" not in page


def test_an_assignment_is_ended_where_it_is_seen(people: People, something: About) -> None:
    expert = entered(people, person=people["expert"])
    reviewer = people.actor("city_reviewer", on=TODAY)
    held = actions.assign(expert, something, to_on=TODAY + 30 * DAY, actor=reviewer, now=NOW)
    about = f"/experts/about/{something.kind}/{something.pk}/"
    path = f"{about}assign/{held.pk}/end/"
    assert path in opened(people, "city_reviewer", about).content.decode()
    assert path not in opened(people, "county_clerk", about).content.decode()
    assert opened(people, "city_reviewer", path, {"last_day": TODAY.isoformat()}).status_code == 302
    assert Entry.objects.latest("seq").act == "accounts.end_assignment"
    held.refresh_from_db()
    assert held.to_on == TODAY
    later = NOW + DAY
    assert path not in opened(people, "city_reviewer", about, at=later).content.decode()
    assert opened(people, "city_reviewer", path, at=later).status_code == 404


def test_anybody_computes_a_draw_again_without_a_log_in(people: People) -> None:
    answer = Client().get("/experts/draws/recompute.py")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/x-python")
