"""The whole way in the ledger: claimed, tested, doubted, answered in writing, decided about, accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from qingshan.office.batches.claims import unsupported_at
from qingshan.office.cases import actions as cases
from qingshan.office.cases.claims import Restored
from qingshan.office.cases.tests.factories import World, a_case, brought_to, said
from qingshan.office.errors import NotAllowed
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.office.observations import actions, queries
from qingshan.office.observations.actions import Written
from qingshan.office.observations.models import Claim, Finding, Run, SceneSet
from qingshan.office.observations.queries import ClaimFilters
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.observations.tests.factories import (
    Land,
    Simulated,
    a_run,
    a_scene_set,
    a_site,
    as_recorded,
    looked,
    the_claim,
)
from qingshan.office.trail.models import Entry, Subject
from qingshan.rules.errors import RuleBroken
from qingshan.rules.register import RegionLevel
from qingshan.rules.verification import AnswerState, TargetUse

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]


def applied(world: World, land: Land) -> Matter:
    """A case about simulated land whose enterprise has applied for acceptance."""
    site = a_site(
        land, region=world.people.regions["990101"], mine=world.mine, enterprise=world.mine.enterprise
    )
    matter = brought_to(world, "self_checked", a_case(world, site=site))
    cases.apply_for_acceptance(
        matter,
        Brought(),
        restored=Restored(
            TargetUse.VEGETATION,
            restored_since=land.day("restored_since"),
            planted_on=land.day("planted_on"),
            disturbed_since=land.day("disturbed_since"),
        ),
        actor=world.actor("enterprise_manager"),
        now=world.now,
    )
    return world.fresh(matter)


def observed(world: World) -> None:
    """All claims of the county, tested with the simulated images."""
    scenes = a_scene_set(world.actor("county_clerk"))
    dispatcher = world.actor("county_dispatcher")
    looked(a_run(scenes, dispatcher), dispatcher, now=lambda: world.now)


def accepted(world: World, matter: Matter) -> Matter:
    cases.accept(
        world.fresh(matter),
        Brought(),
        level=RegionLevel.COUNTY,
        visitors="韩验、专家周专",
        visited_on=world.today,
        actor=world.actor("county_reviewer"),
        now=world.now,
    )
    return world.fresh(matter)


def answered(world: World, claim: Claim, who: str = "enterprise_manager") -> Claim:
    actions.answer(
        claim, Written("已于去年补植，附照片"), version=claim.version, actor=world.actor(who), now=world.now
    )
    claim.refresh_from_db()
    return claim


def decided(world: World, claim: Claim, outcome: AnswerState, who: str = "county_reviewer") -> Claim:
    actions.decide_answer(
        claim,
        outcome=outcome,
        opinion="现场核实",
        version=claim.version,
        actor=world.actor(who),
        now=world.now,
    )
    claim.refresh_from_db()
    return claim


def test_an_application_queues_what_is_claimed_in_its_own_entry(world: World, land: Simulated) -> None:
    matter = applied(world, land.wrong)
    claim = the_claim()
    assert (claim.matter, claim.target, claim.state, claim.verdict) == (matter, "vegetation", "queued", "")
    assert claim.area_m2
    assert claim.enterprise == world.organisation("enterprise")
    entry = Entry.objects.latest("seq")
    assert entry.act == "cases.apply_for_acceptance"
    assert Subject.objects.filter(entry_seq=entry.seq, kind="observations.claim", object_id=claim.pk).exists()
    assert as_recorded()


def test_a_claim_that_images_support_is_accepted_without_further_ado(world: World, land: Simulated) -> None:
    matter = applied(world, land.right)
    observed(world)
    assert the_claim().verdict == "supported"
    matter = accepted(world, matter)
    assert matter.state_name == "county_accepted"
    assert the_claim().accepted_on == world.today
    assert as_recorded()


def test_what_images_do_not_support_is_answered_in_writing_before_anybody_accepts(
    world: World, land: Simulated
) -> None:
    matter = applied(world, land.wrong)
    due_on = matter.due_on
    observed(world)
    claim = the_claim()
    assert (claim.verdict, claim.answer_state) == ("unsupported", "asked")
    assert claim.answer_until is not None
    assert claim.answer_until > world.today
    with pytest.raises(RuleBroken) as refused:
        accepted(world, matter)
    assert "还没有书面回应。请先书面回应，再办理；办理时限照常计算。" in refused.value.say()
    assert world.fresh(matter).due_on == due_on
    answered(world, claim)
    assert accepted(world, matter).state_name == "county_accepted"
    assert as_recorded()


def test_more_work_sends_the_case_back_and_the_next_claim_is_tested_anew(
    world: World, land: Simulated
) -> None:
    matter = applied(world, land.wrong)
    observed(world)
    claim = decided(world, answered(world, the_claim()), AnswerState.MORE_WORK)
    with pytest.raises(RuleBroken) as refused:
        accepted(world, matter)
    assert "需继续整改" in refused.value.say()
    cases.return_acceptance(
        world.fresh(matter), said("补植"), actor=world.actor("county_reviewer"), now=world.now
    )
    claim.refresh_from_db()
    assert (claim.state, claim.ended_on) == ("withdrawn", world.today)
    manager = world.actor("enterprise_manager")
    cases.self_check(world.fresh(matter), Brought(), actor=manager, now=world.now)
    cases.apply_for_acceptance(world.fresh(matter), Brought(), actor=manager, now=world.now)
    newest = Claim.objects.latest("pk")
    assert newest.state == "queued"
    assert accepted(world, matter).state_name == "county_accepted"
    assert as_recorded()


def test_only_the_place_answers_and_nobody_decides_about_their_own_answer(
    world: World, land: Simulated
) -> None:
    applied(world, land.wrong)
    observed(world)
    claim = the_claim()
    for who in ("other_county_clerk", "city_reviewer", "expert"):
        with pytest.raises(NotAllowed):
            answered(world, claim, who)
    with pytest.raises(ObservationRefused):
        decided(world, claim, AnswerState.UPHELD)
    claim = answered(world, claim, "county_clerk")
    with pytest.raises(ObservationRefused):
        answered(world, claim)
    with pytest.raises(NotAllowed):
        decided(world, claim, AnswerState.UPHELD, "county_clerk")
    claim = decided(world, claim, AnswerState.UPHELD)
    assert claim.answer_state == "upheld"
    assert claim.answers.get().decided_by == "青石县自然资源局"


def test_levels_above_see_the_finding_when_it_is_answered_or_the_time_is_over(
    world: World, land: Simulated
) -> None:
    applied(world, land.wrong)
    observed(world)
    claim = the_claim()
    city, county, enterprise = (
        world.actor(who) for who in ("city_reviewer", "county_reviewer", "enterprise_manager")
    )
    look = ClaimFilters(on=world.today, look="unsupported")
    assert [queries.how_many(actor=who, filters=look) for who in (city, county, enterprise)] == [0, 1, 1]
    assert queries.how_many(actor=city, filters=replace(look, look="waiting")) == 1
    assert claim.answer_until is not None
    later = replace(look, on=claim.answer_until + timedelta(days=1))
    assert queries.how_many(actor=city, filters=later) == 1
    answered(world, claim)
    assert queries.how_many(actor=city, filters=look) == 1


def page_of(world: World, who: str, path: str, given: dict[str, str] | None = None) -> str:
    """What a person reads there, or after sending something."""
    with time_machine.travel(world.now, tick=False):
        client = world.people.enter(who)
        read = client.post(path, given) if given is not None else client.get(path)
    return read.content.decode()


def test_a_run_counts_what_the_county_may_still_answer_as_being_verified_for_levels_above(
    world: World, land: Simulated
) -> None:
    applied(world, land.wrong)
    observed(world)
    run = Run.objects.get()
    held = {who: queries.lines_of(run, actor=world.actor(who), on=world.today).get("held") for who in (
        "city_reviewer", "county_reviewer"
    )}  # fmt: skip
    assert held["county_reviewer"] is None
    assert held["city_reviewer"] is not None
    assert held["city_reviewer"]["claims"] == 1
    assert (
        queries.lines_of(run, actor=world.actor("city_reviewer"), on=world.today)["unsupported"]["claims"]
        == 0
    )
    path = run.get_absolute_url()
    assert "县级核实中" in page_of(world, "city_reviewer", path)
    assert "县级核实中" not in page_of(world, "county_reviewer", path)
    answered(world, the_claim())
    assert "县级核实中" not in page_of(world, "city_reviewer", path)


def test_a_refused_acceptance_tells_levels_above_nothing_of_a_finding_that_is_held_back(
    world: World, land: Simulated
) -> None:
    matter = applied(world, land.wrong)
    observed(world)
    given = {"visitors": "钱审", "visited_on": world.today.isoformat(), "version": str(matter.version)}
    told = page_of(world, "city_reviewer", f"/cases/{matter.pk}/accept_at_city/", given)
    assert "县级核实中，书面回应后再办理" in told
    assert "影像不支持" not in told
    told = page_of(world, "county_reviewer", f"/cases/{matter.pk}/accept_at_county/", given)
    assert "还没有书面回应" in told


def test_a_doubt_weighs_in_a_sample_once_for_each_claim_and_only_after_the_county_had_its_time(
    world: World, land: Simulated
) -> None:
    applied(world, land.wrong)
    observed(world)
    claim = the_claim()
    assert (claim.site_id, claim.answer_until) != (None, None)
    site, later = claim.site_id or 0, (claim.answer_until or world.today) + timedelta(days=1)
    assert (unsupported_at([site], on=world.today)[site], unsupported_at([site], on=later)[site]) == (0, 1)
    scenes, dispatcher = SceneSet.objects.get(), world.actor("county_dispatcher")
    looked(a_run(scenes, dispatcher, everything=True), dispatcher, now=lambda: world.now)
    assert unsupported_at([site], on=later)[site] == 1
    decided(world, answered(world, the_claim()), AnswerState.UPHELD)
    assert unsupported_at([site], on=later)[site] == 0


def test_a_doubt_that_comes_after_acceptance_holds_the_closing_until_it_is_answered_and_stops_no_clock(
    world: World,
) -> None:
    matter = brought_to(world, "in_notice")
    due_on = matter.due_on
    claim = the_claim()
    Claim.objects.filter(pk=claim.pk).update(
        verdict="unsupported", answer_state="asked", answer_until=world.today, state="observed"
    )
    leader = world.actor("county_leader")
    world.later(30)
    with pytest.raises(RuleBroken) as refused:
        cases.close(world.fresh(matter), Brought(), actor=leader, now=world.now)
    assert "rules.verification.unanswered" in {each.code for each in refused.value.reasons}
    assert world.fresh(matter).due_on == due_on
    claim.refresh_from_db()
    late = answered(world, claim, "county_clerk").answers.get()
    assert late.is_late
    shown = page_of(world, "county_reviewer", claim.get_absolute_url())
    assert "逾期回应" in shown
    with pytest.raises(RuleBroken) as refused:
        cases.close(world.fresh(matter), Brought(), actor=leader, now=world.now)
    assert "rules.verification.unanswered" not in {each.code for each in refused.value.reasons}


def test_a_case_without_a_shape_is_undecidable_at_once_and_holds_up_nothing(world: World) -> None:
    matter = brought_to(world, "county_accepted")
    claim = the_claim()
    assert (claim.verdict, claim.state, claim.geom) == ("undecidable", "observed", None)
    assert claim.because is not None
    assert claim.because[0]["code"] == "observations.no_shape"
    assert matter.state_name == "county_accepted"
    assert not Finding.objects.exists()
    assert as_recorded()


def test_reopening_withdraws_what_was_claimed(world: World) -> None:
    matter = brought_to(world, "closed")
    assert the_claim().accepted_on is not None
    cases.reopen(
        matter,
        said("反弹"),
        due_on=world.today + timedelta(days=60),
        actor=world.actor("county_dispatcher"),
        now=world.now,
    )
    assert the_claim().state == "withdrawn"
    assert as_recorded()
