"""三员分立: do the system, security and audit administrators share no act and no person?"""

from __future__ import annotations

from datetime import date
from itertools import combinations, permutations

import pytest

from qingshan.office.accounts import actions
from qingshan.office.accounts.access import ADMINISTRATORS_READ, require
from qingshan.office.accounts.models import Holding
from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.accounts.tests.people import a_person, a_post
from qingshan.office.errors import NotAllowed
from qingshan.office.trail.acts import declared_acts
from qingshan.office.trail.models import Entry
from qingshan.office.trail.queries import visible_to
from qingshan.rules.duties import ADMINISTRATORS, Duty
from qingshan.rules.register import OrganisationKind

WHO = {Duty.SYSTEM_ADMIN: "system_admin", Duty.SECURITY_ADMIN: "security_admin", Duty.AUDIT: "auditor"}
DOCUMENT = "青人〔2026〕1号"


def acts_of(duty):
    return {code for code, act in declared_acts().items() if act.duty == duty}


@pytest.mark.parametrize(("one", "other"), list(combinations(sorted(ADMINISTRATORS), 2)))
def test_no_two_of_them_share_an_act(one, other):
    assert acts_of(one)
    assert not acts_of(one) & acts_of(other)


@pytest.mark.parametrize(("one", "other"), list(permutations(sorted(ADMINISTRATORS), 2)))
def test_each_is_refused_what_is_anothers(people, one, other):
    for code in acts_of(other):
        with pytest.raises(NotAllowed):
            require(people.actor(WHO[one]), code)


@pytest.mark.parametrize("duty", sorted(ADMINISTRATORS))
def test_none_of_them_does_the_business(people, duty):
    actor = people.actor(WHO[duty])
    for code, act in declared_acts().items():
        if act.duty is not None and act.duty not in ADMINISTRATORS:
            with pytest.raises(NotAllowed):
                require(actor, code)


def test_only_the_auditor_reads_the_acts_of_others_and_the_business():
    shared = {
        what
        for what in ("trail", "register")
        if sum(what in reads for reads in ADMINISTRATORS_READ.values()) > 1
    }
    assert not shared
    assert {"trail", "register"} <= ADMINISTRATORS_READ[Duty.AUDIT]


@pytest.mark.parametrize("name", ["system_admin", "security_admin"])
def test_system_and_security_administrators_see_no_region(people, name):
    assert people.actor(name).region_ranges == ()


@pytest.mark.parametrize(("held", "wanted"), list(permutations(sorted(ADMINISTRATORS), 2)))
def test_nobody_is_two_of_the_three(people, now, held, wanted):
    security = a_second_security_admin(people)
    post = a_post(people.organisations["province_bureau"], "另一岗", wanted)
    with pytest.raises(AccountRefused) as refused:
        actions.hand_post(actor=security, now=now, post=post, person=people[WHO[held]], document=DOCUMENT)
    assert refused.value.code == "accounts.administrators_overlap"
    assert not Entry.objects.exists()


def a_second_security_admin(people):
    bureau = people.organisations["province_bureau"]
    person = a_person(bureau, "卫安二")
    Holding.objects.create(person=person, post=people.posts["security_admin"], from_on=date(2020, 1, 1))
    people.persons["second_security_admin"] = person
    return people.actor("second_security_admin")


def test_one_may_follow_the_other_when_the_first_has_ended(people, now):
    security = a_second_security_admin(people)
    actions.end_holding(
        actor=security, now=now, holding=people.holdings["auditor"], last_day=date(2026, 3, 31)
    )
    post = a_post(people.organisations["province_bureau"], "系统管理二岗", Duty.SYSTEM_ADMIN)
    give = {"actor": security, "now": now, "post": post, "person": people["auditor"], "document": DOCUMENT}
    with pytest.raises(AccountRefused):
        actions.hand_post(**give, from_on=date(2026, 3, 31))
    assert actions.hand_post(**give, from_on=date(2026, 4, 1)).pk


def test_standing_in_for_another_counts_too(people, now):
    with pytest.raises(AccountRefused) as refused:
        actions.delegate(
            actor=people.actor("security_admin"),
            now=now,
            holding=people.holdings["auditor"],
            person=people["system_admin"],
            from_on=date(2026, 3, 3),
            to_on=date(2026, 3, 9),
            document=DOCUMENT,
        )
    assert refused.value.code == "accounts.administrators_overlap"


def test_nobody_grants_themselves_a_duty(people, now):
    post = a_post(people.organisations["county_bureau"], "登记二岗", Duty.REGISTRY)
    security = people.actor("security_admin")
    with pytest.raises(AccountRefused) as refused:
        actions.hand_post(
            actor=security, now=now, post=post, person=people["security_admin"], document=DOCUMENT
        )
    assert refused.value.code == "accounts.own_grant"


@pytest.mark.parametrize(
    ("duties", "where", "code"),
    [
        ((), "county_bureau", "accounts.no_duty"),
        ((Duty.AUDIT, Duty.REGISTRY), "county_bureau", "accounts.mixed_duties"),
        ((Duty.AUDIT, Duty.SYSTEM_ADMIN), "county_bureau", "accounts.mixed_duties"),
        ((Duty.REVIEW,), "enterprise", "accounts.duty_elsewhere"),
        ((Duty.ENTERPRISE,), "county_bureau", "accounts.duty_elsewhere"),
        ((Duty.REGISTRY,), "agency", "accounts.duty_elsewhere"),
    ],
)
def test_a_post_carries_only_what_belongs_together(people, now, duties, where, code):
    with pytest.raises(AccountRefused) as refused:
        actions.create_post(
            actor=people.actor("security_admin"),
            now=now,
            organisation=people.organisations[where],
            title="某岗",
            duties=duties,
        )
    assert refused.value.code == code


def entries_seen_by(people, name):
    return {entry.act for entry in visible_to(people.actor(name))}


def test_of_the_trail_a_security_administrator_sees_own_acts_and_the_auditor_all(people, now):
    bureau = people.organisations["province_bureau"]
    organisation = {"kind": OrganisationKind.AUTHORITY, "name": "新局", "region": people.regions["990101"]}
    actions.create_organisation(actor=people.actor("system_admin"), now=now, **organisation)
    actions.create_person(
        actor=people.actor("security_admin"), now=now, full_name="蒋新", organisation=bureau
    )
    assert entries_seen_by(people, "system_admin") == {"accounts.create_organisation"}
    assert entries_seen_by(people, "security_admin") == {"accounts.create_person"}
    assert entries_seen_by(people, "auditor") == {"accounts.create_organisation", "accounts.create_person"}
    assert entries_seen_by(people, "anonymous") == set()
