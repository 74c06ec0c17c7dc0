"""Does a project go from its registration to land that is handed over, and does the list move with it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from qingshan.office.errors import NotAllowed
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import standings
from qingshan.office.observations.intended import intended
from qingshan.office.observations.models import Claim, TraceBack
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.observations.tests.factories import a_trace_back
from qingshan.office.restoration import actions, queries
from qingshan.office.restoration.models import ProjectSite
from qingshan.office.restoration.needs import project_of, sites_of
from qingshan.office.restoration.tests.factories import (
    World,
    a_list,
    a_project,
    accept,
    done,
    led_to,
    moved_in,
    rows_of,
    square,
    step,
)
from qingshan.office.trail.models import Entry, Subject
from qingshan.rules.errors import RuleBroken
from qingshan.rules.reasons import say
from qingshan.rules.verification import TargetUse

SAID = Brought(grounds="苗木未成活")


def test_a_project_is_handed_over_after_every_step_and_leaves_the_stock(world: World) -> None:
    matter = led_to(world, a_project(world), "released")
    assert (matter.state_name, matter.closed_on) == ("released", world.today)
    assert project_of(matter).receiver == "青石县老虎沟村"
    counts = standings(("restoration",), actor=world.actor("provincial_dispatcher"), on=world.today)
    assert (counts.in_stock, counts.by_state) == (0, {"restoration.released": 1})
    assert not astray()


def test_each_step_leaves_one_entry_of_the_trail(world: World) -> None:
    matter = led_to(world, a_project(world), "aftercare")
    acts = list(Entry.objects.order_by("seq").values_list("act", flat=True))
    assert acts == [step.act for step in matter.steps.order_by("matter_version")]


def test_it_has_a_number_of_its_own_series(world: World) -> None:
    assert a_project(world).number == "修复-990101-2026-0001"


def test_the_unit_that_does_the_works_is_asked_for_the_plan_of_works(world: World) -> None:
    matter = led_to(world, a_project(world), "approved")
    assert matter.awaits_organisation == world.people.organisations["enterprise"]


def test_accepted_land_counts_on_the_list(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2))
    moved_in(world, target_list, site, world.site(square(122.3)))
    led_to(world, a_project(world, site), "aftercare")
    found = queries.reached(actor=world.actor("provincial_dispatcher"), on=world.today)
    assert (found.sites_done, found.sites) == (1, 2)
    assert found.area_done_m2 == pytest.approx(site.area_m2, abs=1e-4)


def test_a_site_that_was_done_in_part_counts_by_area_and_not_by_site(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2))
    moved_in(world, target_list, site)
    matter = led_to(world, a_project(world, site), "applied")
    accept(world, matter, 1_000.0, whole=False)
    found = queries.reached(actor=world.actor("provincial_dispatcher"), on=world.today)
    assert (found.sites_done, found.area_done_m2) == (0, 1_000.0)


def test_what_has_to_be_redone_counts_no_more_and_the_history_stays(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2))
    [listed] = moved_in(world, target_list, site)
    matter = led_to(world, a_project(world, site), "aftercare")
    accepted_on = world.today
    world.later(30)
    actions.redo_works(matter, SAID, due_on=world.today + timedelta(days=90), **world.by("city_reviewer"))
    actor = world.actor("provincial_dispatcher")
    assert queries.reached(actor=actor, on=world.today).sites_done == 0
    assert queries.reached(actor=actor, on=accepted_on).sites_done == 1
    assert [move.move for move in queries.moves_of(listed)] == ["taken_back", "restored", "in"]


def test_works_that_are_done_again_have_a_deadline_of_their_own(world: World) -> None:
    matter = led_to(world, a_project(world), "aftercare")
    with pytest.raises(RuleBroken) as refused:
        actions.redo_works(matter, SAID, due_on=None, **world.by("city_reviewer"))
    assert refused.value.code == "rules.rectification.no_deadline"
    due_on = world.today + timedelta(days=60)
    path = f"/restoration/{matter.pk}/redo_works/"
    with time_machine.travel(world.now, tick=False):
        sent = {"grounds": "苗木未成活", "due_on": due_on.isoformat()}
        assert world.people.enter("city_reviewer").post(path, sent).status_code == 302
    assert world.fresh(matter).due_on == due_on


def test_a_project_that_is_withdrawn_claims_nothing_any_more(world: World) -> None:
    matter = led_to(world, a_project(world, world.site(square(122.4))), "self_checked")
    [claim] = Claim.objects.filter(matter=matter)
    withdrawn = Brought(grounds="另行处置", number="云自然资〔2026〕6号")
    actions.withdraw_project(matter, withdrawn, **world.by("city_leader"))
    claim.refresh_from_db()
    assert claim.state == "withdrawn"


def test_accepted_land_of_a_withdrawn_project_stays_watched(world: World) -> None:
    matter = led_to(world, a_project(world, world.site(square(122.4))), "aftercare")
    [claim] = Claim.objects.filter(matter=matter)
    withdrawn = Brought(grounds="另行处置", number="云自然资〔2026〕6号")
    actions.withdraw_project(matter, withdrawn, **world.by("city_leader"))
    claim.refresh_from_db()
    assert claim.state != "withdrawn"


def test_a_project_that_was_handed_over_is_taken_up_again_with_a_new_deadline(world: World) -> None:
    matter = led_to(world, a_project(world), "released")
    due_on = world.today + timedelta(days=90)
    actions.reopen_project(matter, SAID, due_on=due_on, **world.by("provincial_dispatcher"))
    fresh = world.fresh(matter)
    assert (fresh.state_name, fresh.due_on, fresh.closed_on) == ("working", due_on, None)
    assert not astray()


def test_completion_is_claimed_with_a_measured_area_of_every_site(world: World) -> None:
    matter = led_to(world, a_project(world, world.site(square(122.2)), world.site(square(122.3))), "working")
    with pytest.raises(RuleBroken) as refused:
        actions.claim_completion(
            matter, Brought(), done=done(matter, 500.0, None), **world.by("enterprise_manager")
        )
    assert refused.value.code == "rules.restoration.area_not_said"
    assert rows_of(matter)[0].claimed_cm2 is None


def test_each_site_of_which_completion_is_claimed_is_tested_against_images(world: World) -> None:
    matter = led_to(world, a_project(world, world.site(square(122.4))), "self_checked")
    [claim] = Claim.objects.filter(matter=matter)
    assert (claim.claimed_on, claim.state) == (world.today, "queued")
    assert claim.area_m2 == pytest.approx(rows_of(matter)[0].claimed_m2)
    actions.withdraw_claim(matter, Brought(grounds="误报"), **world.by("enterprise_manager"))
    claim.refresh_from_db()
    assert claim.state == "withdrawn"


def test_the_days_that_a_claim_says_are_those_that_images_are_asked_about(world: World) -> None:
    matter = led_to(world, a_project(world, world.site(square(122.4))), "working")
    restored_on, planted_on = world.today - timedelta(days=40), world.today - timedelta(days=60)
    said = [replace(each, restored_on=restored_on, planted_on=planted_on) for each in done(matter)]
    actions.claim_completion(matter, Brought(), done=said, **world.by("enterprise_manager"))
    claim = Claim.objects.get(matter=matter)
    assert (claim.restored_since, claim.planted_on) == (restored_on, planted_on)


@pytest.mark.parametrize(
    ("restored", "planted", "code"), [(-40, -10, "days_reversed"), (1, None, "day_to_come")]
)
def test_days_of_a_claim_that_cannot_be_are_refused(
    world: World, restored: int, planted: int | None, code: str
) -> None:
    matter = led_to(world, a_project(world, world.site(square(122.4))), "working")
    days = [None if each is None else world.today + timedelta(days=each) for each in (restored, planted)]
    said = [replace(each, restored_on=days[0], planted_on=days[1]) for each in done(matter)]
    with pytest.raises(ObservationRefused) as refused:
        actions.claim_completion(matter, Brought(), done=said, **world.by("enterprise_manager"))
    assert refused.value.code == f"observations.{code}"
    assert not Claim.objects.filter(matter=matter).exists()


def test_what_images_do_not_support_is_answered_in_writing_before_anybody_accepts(world: World) -> None:
    matter = led_to(world, a_project(world, world.site(square(122.4))), "applied")
    claim = Claim.objects.get(matter=matter)
    Claim.objects.filter(pk=claim.pk).update(verdict="unsupported", answer_state="asked", state="observed")
    with pytest.raises(RuleBroken) as refused:
        accept(world, matter)
    assert "rules.verification.unanswered" in {reason.code for reason in refused.value.reasons}
    Claim.objects.filter(pk=claim.pk).update(answer_state="upheld")
    accept(world, matter)
    claim.refresh_from_db()
    assert claim.accepted_on == world.today


def doubted(matter: Matter, world: World, **more: Any) -> Claim:
    """Its claim, which images do not support."""
    claim = Claim.objects.get(matter=matter)
    told = {"verdict": "unsupported", "answer_state": "asked", "state": "observed"}
    Claim.objects.filter(pk=claim.pk).update(**(told | more))
    return claim


@pytest.mark.parametrize("state", ["aftercare", "released"])
def test_what_images_asked_to_be_checked_is_confirmed_when_a_project_is_taken_up_again(
    world: World, state: str
) -> None:
    matter = led_to(world, a_project(world, world.site(square(122.4))), state)
    claim = Claim.objects.get(matter=matter)
    traced = a_trace_back(claim, on=world.today)
    Claim.objects.filter(pk=claim.pk).update(verdict="unsupported", newest=traced.finding)
    with time_machine.travel(world.now, tick=False):
        page = world.people.enter("city_reviewer").get(claim.get_absolute_url()).content.decode()
    assert {"aftercare": "办理“管护期内返工”。", "released": "办理“重新列入修复”。"}[state] in page
    due_on = world.today + timedelta(days=90)
    if state == "aftercare":
        actions.redo_works(matter, SAID, due_on=due_on, **world.by("city_reviewer"))
    else:
        actions.reopen_project(matter, SAID, due_on=due_on, **world.by("provincial_dispatcher"))
    trace_back = TraceBack.objects.get()
    assert (trace_back.state, trace_back.note, trace_back.decided_on) == (
        "confirmed",
        "苗木未成活",
        world.today,
    )
    assert trace_back.decided_by
    assert trace_back.claim.state == "withdrawn"
    entry = Entry.objects.latest("seq")
    assert Subject.objects.filter(entry_seq=entry.seq, kind="observations.trace_back").exists()


def test_a_doubt_that_comes_in_aftercare_holds_the_handing_over_until_it_is_answered(world: World) -> None:
    matter = led_to(world, a_project(world, world.site(square(122.4))), "aftercare")
    claim = doubted(matter, world)
    with pytest.raises(RuleBroken) as refused:
        step(world, matter, "released")
    assert "rules.verification.unanswered" in {reason.code for reason in refused.value.reasons}
    Claim.objects.filter(pk=claim.pk).update(answer_state="given")
    assert step(world, matter, "released").state_name == "released"


def test_lists_of_another_county_are_shown_only_to_those_who_see_it(world: World) -> None:
    here, there = world.site(square(122.2)), world.site(square(122.3), county="990102")
    moved_in(world, a_list(world), here, there)
    ids = [here.pk, there.pk]
    assert set(queries.listings_of_sites(ids, actor=world.actor("county_clerk"))) == {here.pk}
    assert set(queries.listings_of_sites(ids, actor=world.actor("city_reviewer"))) == set(ids)


def test_nobody_accepts_what_they_built(world: World) -> None:
    matter = led_to(world, a_project(world), "applied")
    with pytest.raises(NotAllowed):
        actions.accept_project(
            matter, Brought(number="1号"), done=done(matter), visitors="李企", visited_on=world.today,
            aftercare_until=world.today + timedelta(days=1), **world.by("enterprise_manager"),
        )  # fmt: skip


def test_land_is_not_handed_over_while_aftercare_runs(world: World) -> None:
    matter = led_to(world, a_project(world), "aftercare")
    with pytest.raises(RuleBroken) as refused:
        actions.hand_over(matter, Brought(number="1号"), receiver="村", **world.by("city_reviewer"))
    assert refused.value.code == "rules.restoration.aftercare_running"


def test_a_plan_of_works_needs_the_area_of_a_site_without_a_shape(world: World) -> None:
    matter = step(world, a_project(world, world.site()), "approved")
    with pytest.raises(RuleBroken) as refused:
        step(world, matter, "designed")
    assert "计划修复面积不清楚" in refused.value.say()
    [row] = sites_of(project_of(matter))
    actions.submit_design(
        matter, Brought(), title="方案", planned_fen=0, planned_m2={row.pk: 4_000.0},
        **world.by("enterprise_manager"),
    )  # fmt: skip
    assert rows_of(matter)[0].planned_m2 == 4_000.0


def test_sites_are_changed_by_an_approval_and_the_land_is_shared_out_anew(world: World) -> None:
    matter = step(world, a_project(world), "approved")
    extra = world.site(square(122.5), county="990102")
    actions.change_sites(
        matter, Brought(grounds="新增一处", number="1号"), added=[actions.Planned(extra)],
        **world.by("city_reviewer"),
    )  # fmt: skip
    assert len(sites_of(project_of(matter))) == 2
    shares = {row.region.code: row.area_m2 for row in matter.shares.select_related("region")}
    assert shares["990102"] == pytest.approx(extra.area_m2, abs=1e-3)
    gone = sites_of(project_of(matter))
    with pytest.raises(RuleBroken) as refused:
        actions.change_sites(
            world.fresh(matter), Brought(grounds="全部调出", number="2号"), removed=gone,
            **world.by("city_reviewer"),
        )  # fmt: skip
    assert refused.value.code == "rules.restoration.no_sites"


def test_progress_that_nobody_reported_is_unknown(world: World) -> None:
    matter = led_to(world, a_project(world), "working")
    assert queries.reached(actor=world.actor("city_reviewer"), on=world.today).weight_done is None
    actions.report_progress(
        matter, Brought(), percent=40, spent_fen=100_000_000, **world.by("enterprise_manager")
    )
    found = queries.reached(actor=world.actor("city_reviewer"), on=world.today)
    assert (found.fen_spent, found.fen_planned) == (100_000_000, 300_000_000)
    assert found.weight_done == pytest.approx(float(found.weight) * 0.4)


def test_the_list_counts_what_was_accepted_and_no_more_than_it_asks_for(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2))
    [listed] = moved_in(world, target_list, site)
    matter = led_to(world, a_project(world, site), "applied")
    accept(world, matter, (site.area_m2 or 0) - 500.0)
    listed.refresh_from_db()
    assert listed.restored_on == world.today
    assert listed.done_m2 == pytest.approx((site.area_m2 or 0) - 500.0, abs=1e-3)


def test_in_aftercare_its_end_is_what_is_due_next(world: World) -> None:
    matter = led_to(world, a_project(world), "aftercare")
    assert matter.due_on == project_of(matter).aftercare_until
    assert matter.due_changes.count() == 2


def test_accepted_land_is_watched_until_the_end_of_aftercare_that_was_accepted(world: World) -> None:
    matter = led_to(world, a_project(world), "aftercare")
    [claim] = Claim.objects.filter(matter=matter)
    assert claim.accepted_on == world.today
    assert claim.watched_until == project_of(matter).aftercare_until


def test_what_an_approved_project_plans_for_a_site_is_told_to_whoever_claims_its_land(world: World) -> None:
    site = world.site(square(122.2))
    matter = a_project(world, site)
    rows = ProjectSite.objects.filter(project=project_of(matter))
    assert intended([site.pk]) == {}  # nothing is planned
    rows.update(planned_use="farm")
    assert intended([site.pk]) == {}  # nobody has approved it
    led_to(world, matter, "approved")
    found = intended([site.pk])[site.pk]
    assert (found.target, found.because.values["number"]) == (TargetUse.CROPLAND, matter.number)
    assert say(found.because) == (
        "申报时没有填写，取自该点位修复项目登记的计划利用方向“农”，修复方式为工程修复（宜林）。"
    )
    rows.update(actual_use="water")
    assert intended([site.pk])[site.pk].target is TargetUse.WATER  # as the project itself would claim it
    rows.update(actual_use="tourism")
    assert intended([site.pk]) == {}  # no image can settle it
    rows.update(actual_use="", left_on=world.today)
    assert intended([site.pk]) == {}


def test_projects_that_plan_one_site_for_different_uses_tell_nothing(world: World) -> None:
    site = world.site(square(122.2))
    for use in ("farm", "water"):
        matter = led_to(world, a_project(world, site), "approved")
        ProjectSite.objects.filter(project=project_of(matter)).update(planned_use=use)
    assert intended([site.pk]) == {}
