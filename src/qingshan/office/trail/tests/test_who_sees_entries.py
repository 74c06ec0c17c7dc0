"""Auditors see the entries of their area, others those of their organisation and of what they may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingshan.office.errors import NotFound
from qingshan.office.paging import mark
from qingshan.office.trail import queries
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import PUBLIC, THE_SYSTEM, Nobody
from qingshan.office.trail.queries import Filters
from qingshan.office.trail.tests.factories import (
    AUDITOR,
    CLERK,
    COUNTY_AUDITOR,
    LEADER,
    NOON,
    OTHER_CLERK,
    SECURITY,
    Plain,
    create,
    note,
    on_behalf,
    rename,
    someone,
)
from qingshan.rules.duties import Duty

COLLEAGUE = someone(8, "同事", Duty.LEAD)
STRANGER = someone(12, "路人", Duty.REGISTRY, organisation_id=12)


@pytest.fixture
def entries(db) -> dict[str, int]:
    """One entry of each clerk, one on behalf of the leader, one of the system."""
    return {
        "own": note().seq,
        "other": note(actor=OTHER_CLERK).seq,
        "paper": note(actor=on_behalf(CLERK)).seq,
        "system": note(actor=THE_SYSTEM).seq,
    }


def _seen(actor: object) -> set[int]:
    return set(queries.visible_to(actor).values_list("seq", flat=True))


SEES = [
    (CLERK, {"own", "paper"}),
    (COLLEAGUE, {"own", "paper"}),
    (OTHER_CLERK, {"other"}),
    (STRANGER, set()),
    (COUNTY_AUDITOR, {"own", "paper"}),
    (AUDITOR, {"own", "other", "paper", "system"}),
    (SECURITY, set()),
    (replace(SECURITY, person_id=1), {"own", "paper"}),
    (Nobody(PUBLIC), set()),
    (Nobody(LEADER, person_id=9), {"paper"}),
]


@pytest.mark.parametrize(("actor", "expected"), SEES)
def test_lists_show_the_own_area_the_own_organisation_or_the_own_acts(entries, actor, expected):
    assert _seen(actor) == {entries[name] for name in expected}


@pytest.mark.parametrize(("actor", "expected"), SEES)
def test_the_page_of_the_list_shows_the_same(entries, actor, expected):
    page = queries.listed(actor, filters=Filters())
    assert [row.seq for row in page.rows] == sorted((entries[name] for name in expected), reverse=True)


def test_one_entry_opens_for_whoever_sees_it_in_lists(entries):
    assert queries.one(entries["own"], actor=CLERK).seq == entries["own"]
    for actor in (OTHER_CLERK, SECURITY, Nobody(PUBLIC)):
        with pytest.raises(NotFound):
            queries.one(entries["own"], actor=actor)
    with pytest.raises(NotFound):
        queries.one(9999, actor=AUDITOR)


def test_one_entry_opens_for_whoever_may_see_its_object(db):
    """The kind `test.thing` is visible to whoever's name it begins with."""
    create("坑口")
    theirs = create("路人的坑口")
    seq = queries.timeline("test.thing", theirs.pk).get().seq
    assert queries.one(seq, actor=STRANGER).seq == seq
    assert seq not in _seen(STRANGER)
    with pytest.raises(NotFound):
        queries.one(seq - 1, actor=STRANGER)


def test_objects_are_named_only_to_those_who_may_see_them(db):
    thing, plain = create("林经办的坑口"), Plain.objects.create(name="甲")
    entry = note(subjects=(thing, plain))
    first, second = queries.subjects_of(entry, actor=CLERK)
    assert (first.kind, first.live, first.path) == ("test.plain", None, "")
    assert (second.live, second.path) == (thing, f"/things/{thing.pk}/")
    assert [each.live for each in queries.subjects_of(entry, actor=AUDITOR)] == [None, None]


def test_a_timeline_tells_one_object_newest_first(db):
    thing = create("坑口")
    create("别处")
    rename(thing, "新名")
    assert [entry.act for entry in queries.timeline("test.thing", thing.pk)] == ["test.rename", "test.create"]


def test_personal_values_are_shown_to_the_own_organisation_and_the_auditor(db):
    entry = note(personal={"电话": "138"})

    def shown(actor: object) -> tuple[str, str]:
        [each] = queries.personal_of(entry, actor=actor)
        return each.state, each.value

    assert shown(CLERK) == shown(COLLEAGUE) == shown(AUDITOR) == ("shown", "138")
    assert shown(OTHER_CLERK) == ("hidden", "")


FILTERS = [
    (Filters(act="test.rename"), {2}),
    (Filters(person="郑局长"), {3}),
    (Filters(person="林经办"), {1, 2, 3}),
    (Filters(from_on=date(2026, 11, 23)), {4}),
    (Filters(to_on=date(2026, 11, 22)), {1, 2, 3}),
    (Filters(from_on=date(2026, 11, 22), to_on=date(2026, 11, 22), act="test.note"), {3}),
    (Filters(person="nobody"), set()),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS)
def test_a_reader_can_look_for_act_person_and_day(db, filters, expected):
    thing = create("坑口")
    rename(thing, "新名")
    note(actor=on_behalf(CLERK))
    note(actor=OTHER_CLERK, now=NOON + timedelta(days=1))
    assert {row.seq for row in queries.listed(AUDITOR, filters=filters).rows} == expected
    own = queries.listed(CLERK, filters=filters).rows
    assert {row.seq for row in own} == expected - {4}


def test_a_reader_can_look_for_an_object(db):
    thing = create("坑口")
    create("别处")
    found = queries.listed(AUDITOR, filters=Filters(kind="test.thing", object_id=thing.pk)).rows
    assert [row.seq for row in found] == [1]


def test_the_list_is_read_page_by_page_and_back(db):
    for number in range(120):
        note(actor=CLERK if number % 2 else on_behalf(CLERK))
    first = queries.listed(CLERK, filters=Filters())
    second = queries.listed(CLERK, filters=Filters(), after=first.next_mark)
    third = queries.listed(CLERK, filters=Filters(), after=second.next_mark)
    read = [row.seq for page in (first, second, third) for row in page.rows]
    assert read == list(range(120, 0, -1))
    assert third.next_mark is None
    back = queries.listed(CLERK, filters=Filters(), before=third.previous_mark)
    assert [row.seq for row in back.rows] == [row.seq for row in second.rows]


@pytest.mark.parametrize(
    "key", [["x", "y"], ["2026-99-99", 1], [1, 2], ["2026-11-22T00:00:00+08:00", 10**30], ["", ""]]
)
def test_a_mark_that_is_none_starts_from_the_beginning(db, key):
    seq = note().seq
    for way in ("after", "before"):
        rows = queries.listed(CLERK, filters=Filters(), **{way: mark(key)}).rows
        assert [row.seq for row in rows] in ([seq], [])


def _steps(actor: object, filters: Filters) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.listed(actor, filters=filters)
    return len(asked)


@pytest.mark.parametrize(
    ("actor", "filters", "steps"),
    [
        (AUDITOR, Filters(), 1),
        (COUNTY_AUDITOR, Filters(), 5),
        (CLERK, Filters(), 4),
        (SECURITY, Filters(), 2),
        (AUDITOR, Filters(person="林经办"), 2),
    ],
)
def test_a_page_of_the_list_costs_one_question_for_each_branch(db, actor, filters, steps):
    for _ in range(60):
        note()
    assert _steps(actor, filters) == steps


def test_what_is_one_entry_costs_few_questions(db, django_assert_max_num_queries):
    things = tuple(create(f"坑口{number}") for number in range(60))
    entry = note(subjects=things, personal={"电话": "138"})
    with django_assert_max_num_queries(9):
        found = queries.one(entry.seq, actor=CLERK)
        assert len(queries.subjects_of(found, actor=CLERK)) == 50
        queries.personal_of(found, actor=CLERK)


def test_every_filter_walks_an_index(db):
    """No branch of the list reads the whole table."""
    filters = [Filters(act="x"), Filters(person="x"), Filters(kind="test.thing", object_id=1)]
    for chosen in filters:
        for branch in queries.branches(AUDITOR):
            parts = queries._by_person(branch, "x") if chosen.person else (queries._filtered(branch, chosen),)
            for part in parts:
                plan = part.order_by("-seq")[:51].explain()
                assert "SEARCH" in plan or "Index" in plan or connection.vendor == "postgresql"
                assert "SCAN trail_entry\n" not in plan + "\n"


def test_erasures_are_listed_for_the_administrators_of_the_area(db):
    from qingshan.office.trail.actions import propose_erasure

    entry = note(personal={"电话": "138"})
    erasure = propose_erasure(entry, fields=["电话"], reason="涉密", actor=SECURITY, now=NOON)
    elsewhere = someone(6, "邻县安全员", Duty.SECURITY_ADMIN, organisation_id=2, region_id=990102000000)
    assert queries.erasures_for(SECURITY) == [erasure]
    assert queries.erasures_for(elsewhere) == []
    with pytest.raises(NotFound):
        queries.erasure(erasure.pk, actor=elsewhere)
    with pytest.raises(NotFound):
        queries.erasable(entry.seq, actor=elsewhere)
    assert queries.erasable(entry.seq, actor=SECURITY) == entry
    assert queries.standing_fields(entry) == ["电话"]
    assert Entry.objects.count() == 2
