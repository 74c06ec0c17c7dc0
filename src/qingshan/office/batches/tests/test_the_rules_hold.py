"""What is refused, what goes back, who may not, and what counts once: the rules of batches one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from qingshan.office.batches import actions
from qingshan.office.batches.actions import Finished, Found, NewBatch, Seat, Visit
from qingshan.office.batches.candidates import picked
from qingshan.office.batches.checking import astray
from qingshan.office.batches.facts import batch_of, numbers_of, rows_of, work_on
from qingshan.office.batches.folder import Folder
from qingshan.office.batches.models import BatchSite
from qingshan.office.batches.tests.factories import (
    FAILS,
    NUMBERED,
    PASSES,
    SECRETS,
    World,
    a_batch,
    a_single,
    accept,
    chosen,
    finished,
    led_to,
    look_at,
    opening,
    rows,
    seal,
    seats,
    shown,
    some_sites,
    square,
)
from qingshan.office.cases.tests.factories import a_relapse_seen
from qingshan.office.errors import NotAllowed
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.office.observations.actions import Written, answer, decide_answer
from qingshan.office.observations.models import Claim, TraceBack
from qingshan.office.restoration import queries
from qingshan.office.restoration.actions import accept_by_batches, withdraw_project
from qingshan.office.restoration.models import ListMove
from qingshan.office.restoration.needs import project_of, sites_of
from qingshan.office.restoration.period import clock_of
from qingshan.office.restoration.tests.factories import a_list, a_project, moved_in
from qingshan.office.restoration.tests.factories import led_to as project_led_to
from qingshan.office.restoration.tests.factories import step as project_step
from qingshan.office.trail.models import Entry
from qingshan.rules.acceptance import Criterion, PanelPart, Payer
from qingshan.rules.errors import QingshanError
from qingshan.rules.verification import AnswerState

SAID = Brought(grounds="北坡成活率不足，补植")


def code_of(refused: pytest.ExceptionInfo[QingshanError]) -> str:
    return refused.value.reasons[0].code


def doubted(matter: Matter, place: int = 0) -> Claim:
    """Images do not support what is claimed of one site; straight to the table."""
    claim = Claim.objects.filter(matter=matter, state="queued").order_by("pk")[place]
    Claim.objects.filter(pk=claim.pk).update(verdict="unsupported", state="observed", answer_state="asked")
    claim.refresh_from_db()
    return claim


# --- what cannot be put together ---------------------------------------------------------------------------------


def test_a_batch_without_sites_is_refused(world: World) -> None:
    with pytest.raises(QingshanError) as refused:
        actions.form_batch(NewBatch(opening(world), []), **world.by("county_clerk"))
    assert code_of(refused) == "rules.batch.empty"
    assert not Matter.objects.exists()


def test_a_batch_whose_last_site_was_taken_out_cannot_be_finished(world: World) -> None:
    matter = a_batch(world, *some_sites(world, 1))
    actions.take_out_site(matter, rows(matter)[0], SAID, **world.by("county_clerk"))
    with pytest.raises(QingshanError) as refused:
        actions.finish_batch(world.fresh(matter), Brought(), finished=[], **world.by("enterprise_manager"))
    assert code_of(refused) == "rules.batch.empty"


def test_a_site_is_listed_once(world: World) -> None:
    [site] = some_sites(world, 1)
    with pytest.raises(QingshanError) as refused:
        a_batch(world, site, site)
    assert code_of(refused) == "batches.site_twice"


def test_a_site_cannot_stand_in_two_open_batches(world: World) -> None:
    [site] = some_sites(world, 1)
    first = a_batch(world, site)
    for again in (lambda: a_batch(world, site), lambda: a_single(world, site)):
        with pytest.raises(QingshanError) as refused:
            again()
        assert code_of(refused) == "batches.site_taken"
        assert first.title in refused.value.say("zh-hans")
    [row] = rows(first)
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchSite.objects.create(
            batch=batch_of(first), site=site, mode="to_forest", standing="unfinished", added_on=row.added_on
        )


def test_a_site_that_was_taken_out_can_be_listed_elsewhere(world: World) -> None:
    [site, other] = some_sites(world, 2)
    first = a_batch(world, site, other)
    actions.take_out_site(first, rows(first)[0], SAID, **world.by("county_clerk"))
    assert a_batch(world, site).number == "批次-990101-2026-0002"
    assert astray() == []


def test_the_clerk_of_a_county_cannot_put_sites_of_two_counties_together_but_the_city_can(
    world: World,
) -> None:
    sites = [*some_sites(world, 2), *some_sites(world, 2, county="990102")]
    city = world.people.regions["990100"]
    with pytest.raises(QingshanError) as refused:
        a_batch(world, *sites)
    assert code_of(refused) == "batches.outside"
    with pytest.raises(NotAllowed):
        a_batch(world, *sites, region=city)
    matter = led_to(world, a_batch(world, *sites, by="city_clerk", region=city), "checking")
    drawn = {row.site.region.code for row in rows(matter) if row.drawn_in}
    assert drawn == {"990101", "990102"}
    assert matter.shares.count() == 2


def test_overlapping_sites_count_once_and_both_are_named(world: World) -> None:
    first = world.site(square(122.2))
    second = world.site(square(122.201))
    matter = a_batch(world, first, second)
    one, two = rows(matter)
    assert two.overlaps is not None
    assert two.overlaps[0]["name"] == str(first)
    assert one.area_cm2 == one.own_cm2
    assert two.area_cm2 == pytest.approx(two.own_cm2 / 2, rel=1e-3)
    actions.take_out_site(matter, one, SAID, **world.by("county_clerk"))
    [_out, left] = rows(matter)
    assert (left.area_cm2, left.overlaps) == (left.own_cm2, None)


def test_a_site_without_a_shape_is_listed_and_images_cannot_decide_about_it(world: World) -> None:
    matter = led_to(world, a_batch(world, world.site(None), *some_sites(world, 2)), "applied")
    unknown = rows(matter)[0]
    assert unknown.area_cm2 is None
    claim = Claim.objects.get(subject_id=unknown.pk, subject_kind="batches.site")
    assert claim.verdict == "undecidable"
    folder = Folder(matter, actor=world.actor("county_clerk"), now=world.now)
    assert all(line.adds_up for line in folder.counts)
    assert folder.counts[0].without_area == 1


# --- finishing and applying --------------------------------------------------------------------------------------


def test_a_site_that_is_left_out_keeps_the_batch_from_being_finished(world: World) -> None:
    matter = a_batch(world)
    with pytest.raises(QingshanError) as refused:
        actions.finish_batch(
            matter, Brought(), finished=finished(world, matter)[1:], **world.by("enterprise_manager")
        )
    assert code_of(refused) == "rules.batch.sites_unfinished"


def test_a_site_whose_project_goes_on_is_not_finished(world: World) -> None:
    [site] = some_sites(world, 1)
    project = project_led_to(world, a_project(world, site), "working")
    [behind] = project.restoration.sites.all()
    new = NewBatch(opening(world), [replace(chosen(site)[0], project_site=behind)])
    matter = world.fresh(actions.form_batch(new, **world.by("county_clerk")))
    with pytest.raises(QingshanError) as refused:
        led_to(world, matter, "finished")
    assert code_of(refused) == "rules.batch.sites_unfinished"
    project_step(world, project, "self_checked")
    assert led_to(world, world.fresh(matter), "finished").state_name == "finished"


def test_an_application_needs_evidence_and_begins_the_sixty_working_days(world: World) -> None:
    matter = led_to(world, a_batch(world), "finished")
    with pytest.raises(QingshanError) as refused:
        actions.apply_for_acceptance(matter, Brought(), **world.by("enterprise_manager"))
    assert code_of(refused) == "rules.rectification.no_evidence"
    matter = led_to(world, matter, "applied")
    clock = clock_of(matter, batch_of(matter).payer_named, world.today, on=world.today)
    assert (clock.days, clock.left, matter.due_on) == (60, 60, clock.due_on)
    assert Claim.objects.filter(matter=matter, state="queued").count() == 5


def test_whose_works_they_are_can_be_corrected_while_the_period_runs_and_the_ledger_follows(
    world: World,
) -> None:
    matter, applied_on = led_to(world, a_batch(world, payer=Payer.GOVERNMENT), "applied"), world.today
    world.later(5)
    for payer in (Payer.OBLIGED, Payer.GOVERNMENT):
        actions.correct_batch(world.fresh(matter), SAID, title="", payer=payer, **world.by("county_clerk"))
        matter = world.fresh(matter)
        assert matter.due_on == clock_of(matter, payer, applied_on, on=applied_on).due_on


def test_a_project_that_was_withdrawn_holds_no_site_back(world: World) -> None:
    site = world.site(square(122.2))
    project = project_led_to(world, a_project(world, site), "working")
    [candidate] = picked([site.pk], actor=world.actor("county_clerk"))
    assert candidate.project == project
    matter = a_batch(world, site)
    row = rows(matter)[0]
    BatchSite.objects.filter(pk=row.pk).update(project_site=candidate.project_site)
    with pytest.raises(QingshanError) as refused:
        led_to(world, matter, "finished")
    assert code_of(refused) == "rules.batch.sites_unfinished"
    withdraw_project(project, Brought(grounds="取消", number="1号"), **world.by("city_leader"))
    assert led_to(world, world.fresh(matter), "finished").state_name == "finished"
    [candidate] = picked([site.pk], actor=world.actor("county_clerk"))
    assert candidate.project_site is None


def test_no_period_runs_for_works_that_the_government_pays(world: World) -> None:
    matter = led_to(world, a_batch(world, payer=Payer.GOVERNMENT), "applied")
    assert matter.due_on is None


# --- the sample --------------------------------------------------------------------------------------------------


def test_the_list_closes_only_after_a_number_was_sealed(world: World) -> None:
    matter = led_to(world, a_batch(world), "applied")
    with pytest.raises(QingshanError) as refused:
        actions.close_list(matter, Brought(), **world.by("city_reviewer"))
    assert code_of(refused) == "rules.sampling.no_seal"


def test_a_number_that_was_not_sealed_opens_nothing(world: World) -> None:
    matter = led_to(world, a_batch(world), "sealed")
    [own, other] = numbers_of(batch_of(matter))
    with pytest.raises(QingshanError) as refused:
        actions.open_number(matter, own, Brought(), secret="ab" * 16, **world.by("city_reviewer"))
    assert code_of(refused) == "rules.sampling.other_number"
    with pytest.raises(NotAllowed):
        actions.open_number(
            matter, other, Brought(), secret=SECRETS["provincial_reviewer"], **world.by("city_reviewer")
        )
    with pytest.raises(QingshanError) as early:
        actions.draw_sample(matter, Brought(), **world.by("city_reviewer"))
    assert code_of(early) == "rules.batch.numbers_not_open"
    assert not any(row.drawn_in for row in rows(matter))


def test_each_side_seals_one_number(world: World) -> None:
    matter = led_to(world, a_batch(world), "applied")
    seal(world, matter, "city_reviewer")
    with pytest.raises(QingshanError) as refused:
        seal(world, world.fresh(matter), "city_reviewer")
    assert code_of(refused) == "batches.side_sealed"


def test_a_cancelled_list_needs_new_numbers_and_the_old_record_stays(world: World) -> None:
    matter = led_to(world, a_batch(world), "sealed")
    digest = batch_of(matter).list_digest
    actions.cancel_list(matter, replace(NUMBERED, grounds="号码遗失"), **world.by("city_leader"))
    matter = world.fresh(matter)
    batch = batch_of(matter)
    assert (matter.state_name, batch.round_no, numbers_of(batch)) == ("applied", 2, [])
    assert batch.past is not None
    assert batch.past[0]["list_digest"] == digest
    assert led_to(world, matter, "checking").state_name == "checking"


def test_sites_with_something_against_them_have_a_greater_chance(world: World) -> None:
    matter = led_to(world, a_batch(world, *some_sites(world, 8)), "applied")
    row = rows(matter)[2]
    BatchSite.objects.filter(pk=row.pk).update(times_back=2)
    matter = led_to(world, matter, "sealed")
    weights = {each["id"]: each["weight"] for each in batch_of(matter).listing or []}
    assert weights[row.site.key] == 30
    assert sorted(set(weights.values())) == [10, 30]


# --- checks ------------------------------------------------------------------------------------------------------


def test_what_nobody_measured_is_unknown_and_the_site_waits(world: World) -> None:
    matter = led_to(world, a_batch(world), "checking")
    unknown = {**PASSES.measured, Criterion.SURVIVAL_PERCENT: None}
    matter = look_at(world, matter, replace(PASSES, measured=unknown))
    assert {row.check_result for row in rows(matter) if row.drawn_in} == {"open"}
    with pytest.raises(QingshanError) as refused:
        actions.accept_batch(matter, NUMBERED, **world.by("city_reviewer"))
    assert code_of(refused) == "rules.batch.checks_open"
    matter = look_at(world, matter)
    assert {row.check_result for row in rows(matter) if row.drawn_in} == {"passed"}


def test_the_sites_own_plan_goes_before_the_rulebook(world: World) -> None:
    matter = led_to(world, a_batch(world), "checking")
    stricter = {**PASSES.own, Criterion.SURVIVAL_PERCENT: Decimal(95)}
    matter = look_at(world, matter, replace(PASSES, own=stricter))
    assert {row.check_result for row in rows(matter) if row.drawn_in} == {"failed"}


def test_numbers_of_a_plan_are_refused_without_the_plan(world: World) -> None:
    matter = led_to(world, a_batch(world), "checking")
    with pytest.raises(QingshanError) as refused:
        look_at(world, matter, replace(PASSES, source=""))
    assert code_of(refused) == "batches.plan_without_source"


def test_failures_go_back_and_double_the_sample_then_all_are_looked_at(world: World) -> None:
    matter = led_to(world, a_batch(world, *some_sites(world, 11)), "checking")
    drawn = [row.pk for row in rows(matter) if row.drawn_in]
    matter = look_at(world, matter, FAILS, only=drawn[:1])
    matter = look_at(world, matter)
    with pytest.raises(QingshanError) as refused:
        actions.accept_batch(matter, NUMBERED, **world.by("city_reviewer"))
    assert code_of(refused) == "rules.batch.more_to_check"
    with pytest.raises(QingshanError):
        actions.check_whole(matter, Brought(), **world.by("city_reviewer"))
    actions.draw_double(matter, Brought(), **world.by("city_reviewer"))
    matter = world.fresh(matter)
    doubled = [row.pk for row in rows(matter) if row.drawn_in == "double"]
    assert len(doubled) == 2 * len(drawn)
    matter = look_at(world, matter, FAILS, only=doubled[:1])
    matter = look_at(world, matter)
    actions.check_whole(matter, Brought(), **world.by("city_reviewer"))
    matter = look_at(world, world.fresh(matter))
    assert all(row.drawn_in for row in rows(matter))
    actions.name_panel(matter, Brought(), seats=seats(world), **world.by("county_clerk"))
    matter = world.fresh(matter)
    with pytest.raises(QingshanError) as not_back:
        actions.accept_batch(matter, NUMBERED, **world.by("city_reviewer"))
    assert code_of(not_back) == "rules.batch.failures_not_back"
    for row in rows(matter):
        if row.check_result == "failed":
            actions.send_back_site(matter, row, SAID, **world.by("city_reviewer"))
            matter = world.fresh(matter)
    matter = led_to(world, matter, "done") if matter.state_name == "done" else _concluded(world, matter)
    standings = sorted(row.standing for row in rows(matter))
    assert standings == ["accepted"] * 9 + ["returned"] * 2
    assert astray() == []


def _concluded(world: World, matter: Matter) -> Matter:
    actions.accept_batch(matter, NUMBERED, **world.by("city_reviewer"))
    return led_to(world, world.fresh(matter), "done")


def test_a_site_that_went_back_can_come_with_another_batch_once_this_one_is_done(world: World) -> None:
    matter = led_to(world, a_batch(world, *some_sites(world, 3)), "checking")
    row = rows(matter)[0]
    matter = look_at(world, look_at(world, matter, FAILS, only=[row.pk]))
    actions.send_back_site(matter, BatchSite.objects.get(pk=row.pk), SAID, **world.by("city_reviewer"))
    accept(world, world.fresh(matter))
    led_to(world, world.fresh(matter), "done")
    again = a_batch(world, row.site)
    assert [each.site_id for each in rows(again)] == [row.site_id]


# --- who may judge, and what must be answered --------------------------------------------------------------------


def test_nobody_accepts_what_their_own_unit_carried_out(world: World) -> None:
    executing = world.people.organisations["city_bureau"]
    matter = led_to(world, a_batch(world), "checking")
    matter.parties.filter(role="executing").update(organisation=executing)
    row = next(row for row in rows(matter) if row.drawn_in)
    with pytest.raises(QingshanError) as refused:
        actions.record_check(
            world.fresh(matter), row, Brought(), found=PASSES, visit=Visit("钱审", world.today),
            **world.by("city_reviewer"),
        )  # fmt: skip
    assert code_of(refused) == "rules.independence.same_unit"


def test_whoever_carried_out_the_project_behind_a_site_carried_out_the_batch(world: World) -> None:
    [site] = some_sites(world, 1)
    project = project_led_to(world, a_project(world, site), "self_checked")
    [behind] = project.restoration.sites.all()
    new = NewBatch(opening(world, parties=()), [replace(chosen(site)[0], project_site=behind)])
    matter = actions.form_batch(new, **world.by("county_clerk"))
    assert {unit.name for unit in work_on(world.fresh(matter)).units} == {"青石矿业有限公司"}


def test_the_panel_must_be_whole_and_signed(world: World) -> None:
    matter = look_at(world, led_to(world, a_batch(world), "checking"))
    named = [each for each in seats(world) if each.part is not PanelPart.RESIDENTS]
    actions.name_panel(matter, Brought(), seats=named, **world.by("county_clerk"))
    matter = world.fresh(matter)
    with pytest.raises(QingshanError) as refused:
        actions.accept_batch(matter, NUMBERED, **world.by("city_reviewer"))
    codes = [reason.code for reason in refused.value.reasons]
    assert codes == ["rules.batch.panel_incomplete", "rules.acceptance.part_missing"]
    absent = Seat(PanelPart.RESIDENTS, "村民代表马某", absent_because="外出，已书面通知")
    actions.name_panel(matter, Brought(), seats=[*named, absent], **world.by("county_clerk"))
    actions.accept_batch(world.fresh(matter), NUMBERED, **world.by("city_reviewer"))


def test_what_images_do_not_support_is_answered_before_anybody_accepts_and_stops_no_clock(
    world: World,
) -> None:
    matter = led_to(world, a_batch(world), "applied")
    due_on, claim = matter.due_on, doubted(matter)
    matter = look_at(world, led_to(world, matter, "checking"))
    actions.name_panel(matter, Brought(), seats=seats(world), **world.by("county_clerk"))
    matter = world.fresh(matter)
    with pytest.raises(QingshanError) as refused:
        actions.accept_batch(matter, NUMBERED, **world.by("city_reviewer"))
    assert code_of(refused) == "rules.verification.unanswered"
    actions.answer_finding(
        matter, claim, Brought(grounds="影像时相偏早，附现场照片"), **world.by("enterprise_manager")
    )
    matter = world.fresh(matter)
    claim.refresh_from_db()
    assert (claim.answer_state, matter.due_on) == ("given", due_on)
    actions.accept_batch(matter, NUMBERED, **world.by("city_reviewer"))


def test_an_answer_that_does_not_hold_sends_the_site_back(world: World) -> None:
    matter = led_to(world, a_batch(world, *some_sites(world, 3)), "checking")
    claim = doubted(matter)
    actions.answer_finding(matter, claim, Brought(grounds="已经修好"), **world.by("enterprise_manager"))
    claim.refresh_from_db()
    decide_answer(
        claim, outcome=AnswerState.MORE_WORK, opinion="现场仍裸露", version=claim.version,
        **world.by("city_reviewer"),
    )  # fmt: skip
    matter = look_at(world, world.fresh(matter))
    actions.name_panel(matter, Brought(), seats=seats(world), **world.by("county_clerk"))
    with pytest.raises(QingshanError) as refused:
        actions.accept_batch(world.fresh(matter), NUMBERED, **world.by("city_reviewer"))
    assert code_of(refused) == "rules.verification.more_work"
    row = BatchSite.objects.get(pk=claim.subject_id)
    actions.send_back_site(world.fresh(matter), row, SAID, **world.by("city_reviewer"))
    actions.accept_batch(world.fresh(matter), NUMBERED, **world.by("city_reviewer"))
    claim.refresh_from_db()
    assert claim.state == "withdrawn"


# --- notice, conclusion, and what comes after --------------------------------------------------------------------


def test_a_notice_says_its_basis_and_runs_its_days(world: World) -> None:
    from qingshan.office.batches.tests.factories import a_notice

    matter = led_to(world, a_batch(world), "accepted")
    with pytest.raises(QingshanError) as refused:
        actions.give_notice(matter, Brought(), notice=a_notice(basis=""), **world.by("county_clerk"))
    assert code_of(refused) == "rules.batch.notice_without_basis"
    matter = led_to(world, matter, "in_notice")
    world.later(3)
    with pytest.raises(QingshanError) as early:
        actions.conclude(matter, NUMBERED, **world.by("city_leader"))
    assert code_of(early) == "rules.batch.notice_running"


def test_a_batch_that_is_sent_back_is_applied_for_anew_with_new_evidence_and_a_new_period(
    world: World,
) -> None:
    matter = look_at(world, led_to(world, a_batch(world), "checking"), FAILS)
    actions.return_batch(matter, SAID, **world.by("city_reviewer"))
    matter = world.fresh(matter)
    assert (matter.state_name, matter.due_on) == ("returned", None)
    assert {(row.standing, row.drawn_in, row.times_back) for row in rows(matter)} == {("returned", "", 1)}
    assert not Claim.objects.filter(matter=matter, state__in=["queued", "observed"]).exists()
    world.later(30)
    with pytest.raises(QingshanError) as refused:
        actions.apply_for_acceptance(
            matter, Brought(), finished=finished(world, matter), **world.by("enterprise_manager")
        )
    assert code_of(refused) == "rules.rectification.no_evidence"
    shown(world, matter)
    actions.apply_for_acceptance(
        world.fresh(matter), Brought(), finished=finished(world, matter), **world.by("enterprise_manager")
    )
    matter = world.fresh(matter)
    assert matter.due_on == clock_of(matter, batch_of(matter).payer_named, world.today, on=world.today).due_on
    matter = led_to(world, matter, "sealed")
    assert {each["weight"] for each in batch_of(matter).listing or []} == {20}


def test_a_project_whose_sites_were_concluded_by_batches_is_not_accepted_a_second_time(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2))
    moved_in(world, target_list, site)
    project = project_led_to(world, a_project(world, site), "applied")
    told = {"aftercare_until": world.today + timedelta(days=900), **world.by("city_reviewer")}
    with pytest.raises(QingshanError) as refused:
        accept_by_batches(project, Brought(), **told)
    assert code_of(refused) == "rules.restoration.not_all_concluded"
    [candidate] = picked([site.pk], actor=world.actor("county_clerk"))
    matter = a_single(world, site)
    BatchSite.objects.filter(batch__matter=matter).update(project_site=candidate.project_site)
    matter = led_to(world, world.fresh(matter), "done")
    [row] = rows(matter)
    [of_project] = sites_of(project_of(project))
    assert (of_project.done_cm2, of_project.is_whole) == (row.done_cm2, row.is_whole)
    moves = ListMove.objects.count()
    told |= world.by("city_reviewer")
    doubt = doubted(world.fresh(project))
    with pytest.raises(QingshanError) as refused:
        accept_by_batches(world.fresh(project), Brought(), **told)
    assert code_of(refused) == "rules.verification.unanswered", "the batch answered for its own claims only"
    answer(doubt, Written("影像时相偏早"), version=doubt.version, **world.by("enterprise_manager"))
    accept_by_batches(world.fresh(project), Brought(), **told)
    project = world.fresh(project)
    assert (project.state_name, project.due_on) == ("aftercare", told["aftercare_until"])
    assert ListMove.objects.count() == moves, "the list counted it when the batch was concluded"
    claim = Claim.objects.get(matter=project)
    assert (claim.accepted_on, claim.watched_until) == (world.today, told["aftercare_until"])


def test_a_site_that_counts_already_by_its_project_counts_no_second_time(world: World) -> None:
    target_list, [site, other] = a_list(world), some_sites(world, 2)
    moved_in(world, target_list, site, other)
    project_led_to(world, a_project(world, site), "aftercare")
    led_to(world, a_batch(world, site, other), "done")
    found = queries.reached(actor=world.actor("provincial_dispatcher"), on=world.today)
    assert (found.sites_done, found.sites) == (2, 2)
    listed = site.listings.get()
    assert [move.move for move in queries.moves_of(listed)] == ["restored", "in"]


def test_a_relapse_reopens_a_single_site_and_it_counts_no_more(world: World) -> None:
    target_list, [site] = a_list(world), some_sites(world, 1)
    moved_in(world, target_list, site)
    matter = led_to(world, a_single(world, site), "done")
    assert Claim.objects.get(matter=matter).accepted_on is not None
    a_relapse_seen(matter, on=world.today)
    actions.reopen_single(
        matter, SAID, due_on=world.today + timedelta(days=90), **world.by("county_dispatcher")
    )
    matter = world.fresh(matter)
    assert (matter.state_name, matter.closed_on) == ("restoring", None)
    assert TraceBack.objects.get().state == "confirmed"
    assert queries.reached(actor=world.actor("provincial_dispatcher"), on=world.today).sites_done == 0
    assert Claim.objects.get(matter=matter).state == "withdrawn"
    assert led_to(world, matter, "finished").state_name == "finished"


def test_an_accepted_site_is_traced_back_and_counts_no_more_once_that_is_confirmed(world: World) -> None:
    target_list, sites = a_list(world), some_sites(world, 3)
    moved_in(world, target_list, *sites)
    matter = led_to(world, a_batch(world, *sites), "done")
    row = rows(matter)[0]
    for confirmed, done in ((False, 3), (True, 2)):
        actions.trace_back(
            world.fresh(matter), SAID, row=BatchSite.objects.get(pk=row.pk), confirmed=confirmed,
            **world.by("county_dispatcher"),
        )  # fmt: skip
        found = queries.reached(actor=world.actor("provincial_dispatcher"), on=world.today)
        assert found.sites_done == done
    assert matter.steps.last().facts["accepted_by"] == "云岭市自然资源局 钱审"
    assert astray() == []
    a_single(world, row.site)


def test_a_single_site_is_one_site_and_every_criterion_is_met(world: World) -> None:
    new = NewBatch(opening(world), chosen(*some_sites(world, 2)))
    with pytest.raises(QingshanError) as refused:
        actions.take_up_single(new, **world.by("county_clerk"))
    assert code_of(refused) == "batches.one_site"
    matter = led_to(world, a_single(world), "applied")
    actions.name_panel(matter, Brought(), seats=seats(world), **world.by("county_clerk"))
    matter, visit = world.fresh(matter), Visit("钱审", world.today)
    for found in (FAILS, Found()):
        with pytest.raises(QingshanError) as unmet:
            actions.accept_single(matter, NUMBERED, found=found, visit=visit, **world.by("city_reviewer"))
        assert code_of(unmet) == "rules.batch.criteria_not_met"


def test_a_refusal_leaves_no_trace(world: World) -> None:
    matter = a_batch(world)
    before = Entry.objects.count(), BatchSite.objects.count()
    with pytest.raises(QingshanError):
        actions.add_sites(matter, Brought(), sites=chosen(rows(matter)[0].site), **world.by("county_clerk"))
    with pytest.raises(NotAllowed):
        actions.finish_batch(matter, Brought(), finished=finished(world, matter), **world.by("city_reviewer"))
    assert (Entry.objects.count(), BatchSite.objects.count()) == before


def test_a_leader_decides_on_paper_and_the_clerk_enters_it(world: World) -> None:
    """代录 comes with the shared form of acts; the acts take whoever decided."""
    from qingshan.office.accounts.actors import on_behalf
    from qingshan.office.trail.parties import PaperDecision

    matter = led_to(world, a_batch(world), "in_notice")
    world.later(14)
    people = world.people
    leader = people["city_leader"]
    clerk = people.actor("city_clerk", on=world.today)
    actor = on_behalf(clerk, decider=leader, paper=PaperDecision("云自然资〔2026〕9号", world.today, ""))
    actions.conclude(matter, Brought(), actor=actor, now=world.now)
    step = matter.steps.order_by("-matter_version")[0]
    assert (step.decider_name, step.number, step.recorder_id) == (
        "何领",
        "云自然资〔2026〕9号",
        people["city_clerk"].pk,
    )


def test_finished_later_than_today_is_refused(world: World) -> None:
    matter = a_batch(world)
    late = [Finished(row, world.today + timedelta(days=1)) for row in rows_of(batch_of(matter))]
    with pytest.raises(QingshanError) as refused:
        actions.finish_batch(matter, Brought(), finished=late, **world.by("enterprise_manager"))
    assert code_of(refused) == "batches.finished_later"
