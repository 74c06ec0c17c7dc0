"""Does an actor carry the duties and the area of one post on one day, and no more?"""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.office.accounts import actors
from qingshan.office.accounts.models import Organisation
from qingshan.office.accounts.tests.people import SINCE, a_holding, a_person, a_post
from qingshan.office.errors import NotAllowed
from qingshan.office.regions.ranges import EVERYWHERE
from qingshan.rules.duties import ADMINISTRATORS, Duty

DAY = date(2026, 3, 2)
COUNTY = (990101000000, 990101999999)


@pytest.mark.parametrize(
    ("name", "sees", "administers"),
    [
        ("county_clerk", (COUNTY,), ()),
        ("county_leader", (COUNTY,), ()),
        ("city_reviewer", ((990100000000, 990199999999),), ()),
        ("provincial_dispatcher", ((990000000000, 999999999999),), ()),
        ("enterprise_manager", (), ()),
        ("expert", (), ()),
        ("auditor", ((990000000000, 999999999999),), ()),
        ("system_admin", (), ((990000000000, 999999999999),)),
        ("security_admin", (), ((990000000000, 999999999999),)),
        ("anonymous", (), ()),
    ],
)
def test_each_sees_their_own_area(people, name, sees, administers):
    actor = people.actor(name)
    assert (actor.region_ranges, actor.admin_ranges) == (sees, administers)


def test_an_actor_is_found_with_two_queries(people, django_assert_num_queries):
    with django_assert_num_queries(2):
        people.actor("county_clerk")


def test_the_party_says_who_at_which_post_of_which_organisation(people):
    party = people.actor("county_clerk").decider
    assert (party.name, party.post, party.organisation) == ("陈登", "整改登记岗", "青石县自然资源局")
    assert party.region_id == 990101000000


def test_duties_of_two_posts_never_add_up(people):
    clerk = people["county_clerk"]
    second = a_post(people.organisations["county_bureau"], "审核岗", Duty.REVIEW)
    a_holding(clerk, second)
    assert actors.actor_of(clerk, on=DAY).duties == {Duty.REGISTRY}
    assert actors.actor_of(clerk, second, on=DAY).duties == {Duty.REVIEW}


def test_a_post_that_is_not_held_is_refused(people):
    with pytest.raises(NotAllowed) as refused:
        actors.actor_of(people["county_clerk"], people.posts["city_reviewer"], on=DAY)
    assert refused.value.code == "accounts.not_your_post"


@pytest.mark.parametrize(("first", "last"), [(date(2026, 3, 3), None), (SINCE, date(2026, 3, 1))])
def test_a_holding_counts_only_from_its_first_to_its_last_day(people, first, last):
    people.holdings["county_clerk"].delete()
    a_holding(people["county_clerk"], people.posts["county_clerk"], from_on=first, to_on=last)
    actor = people.actor("county_clerk")
    assert (actor.duties, actor.region_ranges, actor.organisation_ids) == (frozenset(), (), frozenset())


def test_a_clerk_of_a_division_works_for_the_whole_unit(people):
    bureau = people.organisations["county_bureau"]
    division = Organisation.objects.create(
        kind=bureau.kind,
        name="修复股",
        region=bureau.region,
        parent=bureau,
        unit=bureau,
        is_division=True,
        from_on=SINCE,
    )
    person = a_person(division, "何股")
    a_holding(person, a_post(division, "股长", Duty.REVIEW))
    actor = actors.actor_of(person, on=DAY)
    assert actor.organisation_ids == {bureau.pk, division.pk}
    assert actor.region_ranges == (COUNTY,)


def test_a_group_of_enterprises_sees_its_subsidiaries_and_a_bureau_not_its_lower_bureaus(people):
    group = people.organisations["enterprise"]
    mine = Organisation.objects.create(
        kind=group.kind, name="青石一矿", region=group.region, parent=group, from_on=SINCE
    )
    people.organisations["county_bureau"].parent = people.organisations["city_bureau"]
    people.organisations["county_bureau"].save()
    assert people.actor("enterprise_manager").organisation_ids == {group.pk, mine.pk}
    assert people.actor("city_reviewer").organisation_ids == {people.organisations["city_bureau"].pk}


def test_the_operator_of_this_machine_does_all_work_and_administers_nothing():
    operator = actors.operator_of_this_machine()
    assert operator.duties == frozenset(Duty) - ADMINISTRATORS
    assert operator.region_ranges == (EVERYWHERE,)
    assert operator.admin_ranges == ()
    assert operator.decider.name == "本机操作员"


def test_setting_up_ends_with_the_first_administrator_who_can_log_in(people):
    with pytest.raises(NotAllowed) as refused:
        actors.setting_up()
    assert refused.value.code == "accounts.already_set_up"
    for name in ("auditor", "system_admin", "security_admin"):
        people.holdings[name].delete()
    assert actors.setting_up().duties == {Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN}
