"""Experts are asked to look at one thing; leading groups and task forces are convened for a time."""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.office.accounts import actions
from qingshan.office.accounts.models import BodyKind, TemporaryBody, TemporaryMember
from qingshan.office.accounts.queries import bodies
from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.errors import NotAllowed
from qingshan.office.trail.models import Entry

UNTIL = date(2026, 4, 30)


@pytest.fixture
def assign(people, now):
    """A county organisation stands for what an expert is asked to look at."""

    def assigned(**more):
        given = {
            "actor": people.actor("city_reviewer"),
            "person": people["expert"],
            "kind": "accounts.organisation",
            "object_id": people.organisations["enterprise"].pk,
            "to_on": UNTIL,
        }
        return actions.assign_expert(now=now, **given | more)

    return assigned


def test_an_expert_is_assigned_and_released(people, now, assign):
    assignment = assign(document="函〔2026〕3号")
    reviewer = people.actor("city_reviewer")
    actions.end_assignment(actor=reviewer, now=now, assignment=assignment, last_day=date(2026, 3, 5))
    assignment.refresh_from_db()
    assert assignment.to_on == date(2026, 3, 5)
    assert [e.act for e in Entry.objects.order_by("seq")] == [
        "accounts.assign_expert",
        "accounts.end_assignment",
    ]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"object_id": 999_999}, "accounts.nothing_there"),
        ({"kind": "accounts.nonsense"}, "accounts.nothing_there"),
        ({"to_on": date(2026, 3, 1)}, "accounts.days_reversed"),
    ],
)
def test_what_the_reviewer_does_not_see_is_not_assigned(assign, more, code):
    with pytest.raises(AccountRefused) as refused:
        assign(**more)
    assert refused.value.code == code


def test_only_an_expert_is_assigned_and_only_by_a_reviewer(people, assign):
    with pytest.raises(AccountRefused) as refused:
        assign(person=people["county_clerk"])
    assert refused.value.code == "accounts.not_expert"
    with pytest.raises(NotAllowed):
        assign(actor=people.actor("county_clerk"))


@pytest.fixture
def convene(people, now):
    def convened(**more):
        given = {
            "kind": BodyKind.LEADING_GROUP,
            "name": "矿山整治领导小组",
            "organisation": people.organisations["province_bureau"],
            "document": "青政〔2026〕8号",
            "members": [
                actions.Member(people["county_leader"], "组长"),
                actions.Member(people["county_clerk"], "成员"),
            ],
        }
        return actions.convene_temporary_body(
            actor=people.actor("provincial_dispatcher"), now=now, **given | more
        )

    return convened


def test_a_leading_group_has_members_document_and_days(convene, people, now):
    body = convene(to_on=date(2026, 12, 31))
    assert body.members.count() == 2
    here = people.actor("provincial_dispatcher").region_ranges
    assert list(bodies(here, on=date(2026, 6, 1))) == [body]
    assert not bodies(here, on=date(2027, 1, 1)).exists()
    assert Entry.objects.get().subject_count == 3


def test_a_dissolved_body_and_its_members_end_together(convene, people, now):
    body = convene()
    actions.dissolve_temporary_body(
        actor=people.actor("provincial_dispatcher"),
        now=now,
        body=body,
        last_day=UNTIL,
        document="青政〔2026〕20号",
    )
    assert set(TemporaryMember.objects.values_list("to_on", flat=True)) == {UNTIL}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"members": []}, "accounts.no_members"),
        ({"document": ""}, "accounts.document_missing"),
        ({"name": ""}, "accounts.name_missing"),
    ],
)
def test_a_body_without_members_document_or_name_is_none(convene, more, code):
    with pytest.raises(AccountRefused) as refused:
        convene(**more)
    assert refused.value.code == code


def test_being_a_member_gives_no_sight_of_the_business(convene, people):
    before = people.actor("expert")
    convene(members=[actions.Member(people["expert"], "成员")])
    assert people.actor("expert") == before


def test_the_dispatcher_convenes_and_dissolves_a_body_on_its_pages(people):
    dispatcher = people.enter("provincial_dispatcher")
    sent = {
        "kind": "leading_group",
        "name": "矿山整治领导小组",
        "organisation": "青山省自然资源厅",
        "document": "青政〔2026〕8号",
        "from_on": "2026-03-01",
        "person_1": "赵领",
        "part_1": "组长",
        "person_2": "陈登",
        "part_2": "",
    }
    assert dispatcher.post("/bodies/new/", sent).headers["Location"] == "/bodies/"
    (body,) = dispatcher.get("/bodies/").context["page"].rows
    shown = dispatcher.get(f"/bodies/{body.pk}/").context["members"]
    assert [(member.person.full_name, member.part) for member in shown] == [
        ("赵领", "组长"),
        ("陈登", "成员"),
    ]
    ends = {"last_day": "2026-12-31", "document": "青政〔2026〕20号"}
    assert dispatcher.post(f"/bodies/{body.pk}/dissolve/", ends).status_code == 302
    assert not dispatcher.get(f"/bodies/{body.pk}/").context["may_dissolve"]


def test_a_list_of_bodies_asks_as_often_for_fifty_as_for_one(people, django_assert_max_num_queries):
    bureau = people.organisations["province_bureau"]
    for n in range(60):
        TemporaryBody.objects.create(
            kind="task_force",
            name=f"专班{n}",
            organisation=bureau,
            region_id=bureau.region_id,
            document="1号",
            from_on=date(2026, 1, 1),
        )
    client = people.enter("provincial_dispatcher")
    client.get("/bodies/")
    with django_assert_max_num_queries(9):
        assert len(client.get("/bodies/").context["page"].rows) == 50
