"""Posts: made, handed on, delegated to a B 岗, ended, each once in the trail."""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.office.accounts import actions, actors
from qingshan.office.accounts.models import Holding, Person
from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.accounts.tests.people import a_person, a_post
from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.trail.models import Entry
from qingshan.rules.duties import Duty

DOCUMENT = "青人〔2026〕1号"


@pytest.fixture
def security(people):
    return people.actor("security_admin")


@pytest.fixture
def newcomer(people):
    return a_person(people.organisations["county_bureau"], "蒋新")


def code_of(act, **given):
    with pytest.raises(AccountRefused) as refused:
        act(**given)
    return refused.value.code


def test_a_person_and_a_post_are_put_on_record_and_brought_together(people, security, now):
    bureau = people.organisations["county_bureau"]
    person = actions.create_person(actor=security, now=now, full_name="蒋新", organisation=bureau)
    post = actions.create_post(
        actor=security, now=now, organisation=bureau, title="审核岗", duties=[Duty.REVIEW, Duty.DISPATCH]
    )
    actions.hand_post(actor=security, now=now, post=post, person=person, document=DOCUMENT)
    assert [entry.act for entry in Entry.objects.order_by("seq")] == [
        "accounts.create_person", "accounts.create_post", "accounts.hand_post",
    ]  # fmt: skip
    assert actors.actor_of(person, on=date(2026, 3, 2)).duties == {Duty.REVIEW, Duty.DISPATCH}
    assert person.login_name is None
    assert not person.is_active


def test_a_post_cannot_be_held_twice_at_once_by_one_person(people, security, newcomer, now):
    give = {"actor": security, "now": now, "post": people.posts["county_clerk"], "person": newcomer}
    actions.hand_post(**give, document=DOCUMENT, to_on=date(2026, 6, 30))
    assert (
        code_of(actions.hand_post, **give, document=DOCUMENT, from_on=date(2026, 6, 30))
        == "accounts.already_holds"
    )
    assert actions.hand_post(**give, document=DOCUMENT, from_on=date(2026, 7, 1)).pk


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"document": ""}, "accounts.document_missing"),
        ({"document": DOCUMENT, "to_on": date(2026, 3, 1)}, "accounts.days_reversed"),
    ],
)
def test_a_holding_needs_a_document_and_days_in_order(people, security, newcomer, now, more, code):
    post = people.posts["county_clerk"]
    assert code_of(actions.hand_post, actor=security, now=now, post=post, person=newcomer, **more) == code
    assert not Entry.objects.exists()


def test_of_two_posts_handed_to_one_person_at_once_the_second_is_asked_again(
    people, security, newcomer, now, monkeypatch
):
    post = people.posts["county_clerk"]
    real = Person.objects.get

    def read_then_somebody_else_is_first(**where):
        person = real(**where)
        Person.objects.filter(pk=person.pk).update(version=person.version + 1)
        return person

    monkeypatch.setattr(Person.objects, "get", read_then_somebody_else_is_first)
    with pytest.raises(ChangedMeanwhile):
        actions.hand_post(actor=security, now=now, post=post, person=newcomer, document=DOCUMENT)
    assert not Holding.objects.filter(person=newcomer).exists()


@pytest.fixture
def delegation(people, security, newcomer, now):
    return {
        "actor": security,
        "now": now,
        "holding": people.holdings["county_clerk"],
        "person": newcomer,
        "from_on": date(2026, 3, 9),
        "to_on": date(2026, 3, 20),
        "document": DOCUMENT,
    }


def test_a_stand_in_has_the_duties_for_its_days_only(people, newcomer, delegation):
    actions.delegate(**delegation)
    during, after = (actors.actor_of(newcomer, on=date(2026, 3, day)) for day in (20, 21))
    assert during.duties == {Duty.REGISTRY}
    assert during.decider.post == "整改登记岗（B 岗）"
    assert after.duties == frozenset()
    assert people.actor("county_clerk", on=date(2026, 3, 10)).duties == {Duty.REGISTRY}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"document": " "}, "accounts.document_missing"),
        ({"to_on": date(2026, 3, 8)}, "accounts.days_reversed"),
        ({"from_on": date(2019, 12, 31)}, "accounts.delegation_outside"),
    ],
)
def test_a_delegation_needs_a_document_and_lies_within_the_holding(delegation, more, code):
    assert code_of(actions.delegate, **delegation | more) == code


def test_what_was_delegated_is_not_delegated_again(people, delegation):
    stand_in = actions.delegate(**delegation)
    third = a_person(people.organisations["county_bureau"], "韩三")
    assert (
        code_of(actions.delegate, **delegation | {"holding": stand_in, "person": third})
        == "accounts.delegated_twice"
    )


def test_when_the_holder_leaves_the_stand_in_stops_too(security, now, delegation):
    stand_in = actions.delegate(**delegation)
    actions.end_holding(actor=security, now=now, holding=delegation["holding"], last_day=date(2026, 3, 12))
    stand_in.refresh_from_db()
    assert stand_in.to_on == date(2026, 3, 12)
    assert Entry.objects.order_by("-seq").first().subject_count == 2


def test_a_post_closes_when_nobody_holds_it(people, security, now):
    post = people.posts["county_clerk"]
    close = {"actor": security, "now": now, "post": post, "last_day": date(2026, 3, 31)}
    assert code_of(actions.close_post, **close) == "accounts.still_in_use"
    actions.end_holding(
        actor=security, now=now, holding=people.holdings["county_clerk"], last_day=date(2026, 3, 31)
    )
    assert actions.close_post(**close).to_on == date(2026, 3, 31)
    assert people.actor("county_clerk", on=date(2026, 4, 1)).duties == frozenset()


@pytest.mark.parametrize(
    "name", ["system_admin", "auditor", "registry_officer", "county_leader", "anonymous"]
)
def test_only_a_security_administrator_hands_out_posts(people, newcomer, now, name):
    post = people.posts["county_clerk"]
    with pytest.raises(NotAllowed):
        actions.hand_post(actor=people.actor(name), now=now, post=post, person=newcomer, document=DOCUMENT)


def test_a_countys_administrator_reaches_no_other_county(people, now, newcomer):
    bureau = people.organisations["other_county_bureau"]
    person = a_person(bureau, "白安")
    Holding.objects.create(
        person=person, post=a_post(bureau, "安全管理岗", Duty.SECURITY_ADMIN), from_on=date(2020, 1, 1)
    )
    with pytest.raises(NotAllowed):
        actions.hand_post(
            actor=actors.actor_of(person, on=date(2026, 3, 2)),
            now=now,
            post=people.posts["county_clerk"],
            person=newcomer,
            document=DOCUMENT,
        )
