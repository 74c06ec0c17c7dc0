"""May this actor do this act here? Duty first, then area, each with its own sentence."""

from __future__ import annotations

import pytest

from qingshan.office.accounts.access import require
from qingshan.office.errors import NotAllowed
from qingshan.office.trail.acts import UnknownAct

HERE, ELSEWHERE = 990101000000, 990102000000


def refusal(*args, **where):
    with pytest.raises(NotAllowed) as refused:
        require(*args, **where)
    return refused.value


def test_the_duty_and_the_area_are_enough(people):
    clerk = people.actor("county_clerk")
    assert require(clerk, "accounts.register_enterprises", region_id=HERE).title.zh == "登记企业"
    assert require(clerk, "accounts.register_enterprises").code == "accounts.register_enterprises"


def test_a_missing_duty_is_named(people):
    refused = refusal(people.actor("county_leader"), "accounts.register_enterprises", region_id=HERE)
    assert refused.code == "office.not_allowed"
    assert "登记企业" in refused.say()
    assert "“登记”职责" in refused.say()
    assert refused.say("en").startswith("“Register enterprises” is not possible")
    assert "“registry”" in refused.say("en")


def test_an_object_outside_the_area_is_refused(people):
    clerk = people.actor("county_clerk")
    assert refusal(clerk, "accounts.register_enterprises", region_id=ELSEWHERE).code == "office.out_of_area"
    assert refusal(clerk, "accounts.register_enterprises", region_id=0).code == "office.out_of_area"


def test_an_own_organisation_is_inside_wherever_it_lies(people):
    clerk = people.actor("county_clerk")
    own, other = people.organisations["county_bureau"].pk, people.organisations["city_bureau"].pk
    assert require(clerk, "accounts.register_enterprises", region_id=0, organisation_id=own)
    assert refusal(clerk, "accounts.register_enterprises", organisation_id=other).code == "office.out_of_area"


def test_administrators_administer_where_they_do_not_look(people):
    assert require(people.actor("security_admin"), "accounts.create_person", region_id=HERE)
    assert require(people.actor("system_admin"), "accounts.create_organisation", region_id=HERE)
    assert refusal(people.actor("security_admin"), "accounts.create_person", region_id=500101000000)


def test_an_act_without_duty_is_for_whoever_is_signed_in(people):
    assert require(people.actor("enterprise_manager"), "accounts.change_own_password")
    assert refusal(people.actor("anonymous"), "accounts.change_own_password")


def test_an_act_that_nobody_declared_is_a_mistake(people):
    with pytest.raises(UnknownAct):
        require(people.actor("county_clerk"), "accounts.do_something")
