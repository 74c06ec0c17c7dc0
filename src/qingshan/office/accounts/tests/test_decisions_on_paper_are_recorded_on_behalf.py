"""代录: are decider and recorder both named, and is it the decider whose duty counts?"""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.office.accounts import actions, actors
from qingshan.office.accounts.access import require
from qingshan.office.accounts.models import BodyKind
from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.accounts.tests.people import a_holding, a_person, a_post
from qingshan.office.errors import NotAllowed
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import PaperDecision
from qingshan.rules.duties import Duty

PAPER = PaperDecision("青政〔2026〕3号", date(2026, 2, 27), "ab" * 32)


@pytest.fixture
def chief(people):
    """A leader of the county bureau who never logs in."""
    person = a_person(people.organisations["county_bureau"], "韩局")
    a_holding(person, a_post(people.organisations["county_bureau"], "局长", Duty.DISPATCH, Duty.LEAD))
    return person


def test_the_duty_is_the_deciders_and_both_are_named(people, chief, now):
    clerk = people.actor("county_clerk")
    with pytest.raises(NotAllowed):
        require(clerk, "accounts.convene_temporary_body")
    actor = actors.on_behalf(clerk, decider=chief, paper=PAPER)
    actions.convene_temporary_body(
        actor=actor,
        now=now,
        kind=BodyKind.TASK_FORCE,
        name="矿山整治专班",
        organisation=people.organisations["county_bureau"],
        document="青自然资〔2026〕5号",
        members=[actions.Member(chief, "组长"), actions.Member(people["county_clerk"], "成员")],
    )
    entry = Entry.objects.get()
    assert (entry.decider_name, entry.recorder_name) == ("韩局", "陈登")
    assert (entry.decider_post, entry.recorder_post) == ("局长", "整改登记岗")
    assert (entry.paper_number, entry.paper_decided_on) == ("青政〔2026〕3号", date(2026, 2, 27))
    assert entry.occurred_on == date(2026, 2, 27)


def test_the_recorders_own_duties_do_not_count(people, chief):
    actor = actors.on_behalf(people.actor("county_clerk"), decider=chief, paper=PAPER)
    assert actor.person_id == people["county_clerk"].pk
    with pytest.raises(NotAllowed):
        require(actor, "accounts.register_enterprises")


@pytest.mark.parametrize(
    "recorder", ["enterprise_manager", "expert", "county_leader", "auditor", "anonymous"]
)
def test_only_registry_and_dispatch_record_for_others(people, chief, recorder):
    with pytest.raises(NotAllowed) as refused:
        actors.on_behalf(people.actor(recorder), decider=chief, paper=PAPER)
    assert refused.value.code == "accounts.may_not_record"


def test_a_recorder_of_another_county_cannot_reach_over(people, chief):
    with pytest.raises(NotAllowed) as refused:
        actors.on_behalf(people.actor("other_county_clerk"), decider=chief, paper=PAPER)
    assert refused.value.code == "accounts.decider_elsewhere"


def test_the_area_is_what_both_see(people, now):
    dispatcher = people["provincial_dispatcher"]
    actor = actors.on_behalf(people.actor("county_clerk"), decider=dispatcher, paper=PAPER)
    assert actor.region_ranges == ((990101000000, 990101999999),)


def test_a_decider_who_held_no_post_that_day_decided_nothing(people, chief):
    early = PaperDecision("旧〔2019〕1号", date(2019, 12, 31))
    with pytest.raises(NotAllowed) as refused:
        actors.on_behalf(people.actor("county_clerk"), decider=chief, paper=early)
    assert refused.value.code == "accounts.decider_without_post"


@pytest.mark.parametrize("administrator", ["auditor", "system_admin", "security_admin"])
def test_an_administrators_power_is_never_exercised_on_paper(people, administrator):
    with pytest.raises(NotAllowed) as refused:
        actors.on_behalf(people.actor("registry_officer"), decider=people[administrator], paper=PAPER)
    assert refused.value.code == "accounts.decider_without_post"


def test_a_decider_of_several_posts_has_to_say_which(people, chief):
    second = a_post(people.organisations["county_government"], "县长助理", Duty.LEAD)
    a_holding(chief, second)
    clerk = people.actor("county_clerk")
    with pytest.raises(AccountRefused) as refused:
        actors.on_behalf(clerk, decider=chief, paper=PAPER)
    assert refused.value.code == "accounts.decider_post_unclear"
    assert actors.on_behalf(clerk, decider=chief, paper=PAPER, post=second).decider.post == "县长助理"
