"""Land that was accepted is looked at with every newer image; what was not kept is traced back by a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shapely.geometry import box

from qingshan.earth import LocalEngine
from qingshan.jobs.timetable import declared_daily
from qingshan.office.cases import actions as cases
from qingshan.office.cases.tests.factories import World, a_relapse_seen, brought_to, said
from qingshan.office.mines.models import ApprovedPlan
from qingshan.office.observations import actions, claiming
from qingshan.office.observations.actions import Found, record_findings
from qingshan.office.observations.actions.recording import Told
from qingshan.office.observations.actions.runs import due_in
from qingshan.office.observations.actions.watching import watched_in
from qingshan.office.observations.looking import look
from qingshan.office.observations.models import Claim, Run, SceneSet, TraceBack
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.observations.tests.factories import (
    Land,
    Quiet,
    Simulated,
    a_claim,
    a_run_over,
    a_scene_set,
    as_recorded,
    region,
    the_claim,
)
from qingshan.office.observations.watching import watch
from qingshan.rules.dates import months_later
from qingshan.rules.errors import RuleBroken
from qingshan.rules.verification import Question, Verdict

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]
PLAIN = {"target": "vegetation", "restored_since": "2024-05-01", "planted_on": "", "disturbed_since": ""}


def found(claim: Claim, world: World, **answers: Verdict) -> Claim:
    """A finding as the eye could have given it."""
    run = a_run_over(claim, last_day=world.today)
    told = [
        Told(
            Question(question),
            verdict,
            {"since": None, "is_provisional": False, "effect": None, "effect_of": "", "share": None,
             "because": [], "signs": [], "settle": []},
        )
        for question, verdict in answers.items()
    ]  # fmt: skip
    record_findings(run, [Found(claim.pk, tuple(told), {}, world.today, "p", "e")], now=world.now)
    claim.refresh_from_db()
    return claim


def the_night(world: World) -> dict[str, int]:
    """What it did; what it did not is left out."""
    return {name: number for name, number in watch(world.today, now=lambda: world.now).items() if number}


def test_what_was_not_kept_is_traced_back_once(world: World, land: Simulated) -> None:
    claim = a_claim(land.right, region=region(), accepted_on=world.today)
    found(claim, world, restored=Verdict.SUPPORTED, kept=Verdict.UNSUPPORTED)
    assert (claim.verdict, claim.relapsed, claim.answer_state) == ("unsupported", True, "asked")
    found(claim, world, restored=Verdict.SUPPORTED, kept=Verdict.UNSUPPORTED)
    assert TraceBack.objects.get().state == "open"
    assert as_recorded()


def test_what_is_doubted_before_acceptance_is_no_relapse(world: World, land: Simulated) -> None:
    claim = found(a_claim(land.wrong, region=region()), world, restored=Verdict.UNSUPPORTED)
    assert not claim.relapsed
    assert not TraceBack.objects.exists()


def test_an_answer_holds_until_something_else_is_doubted(world: World, land: Simulated) -> None:
    claim = found(a_claim(land.wrong, region=region()), world, restored=Verdict.UNSUPPORTED)
    Claim.objects.filter(pk=claim.pk).update(answer_state="upheld")
    claim.refresh_from_db()
    assert found(claim, world, restored=Verdict.UNSUPPORTED).answer_state == "upheld"
    assert found(claim, world, restored=Verdict.UNSUPPORTED, kept=Verdict.UNSUPPORTED).answer_state == "asked"
    assert found(claim, world, restored=Verdict.SUPPORTED).answer_state == ""


def test_a_person_confirms_a_relapse_by_reopening_the_case(world: World) -> None:
    matter = brought_to(world, "closed")
    dispatcher, due_on = world.actor("county_dispatcher"), world.today + timedelta(days=60)
    told = {"due_on": due_on, "actor": dispatcher, "now": world.now}
    with pytest.raises(RuleBroken) as refused:
        cases.reopen_after_relapse(matter, said("反弹"), **told)
    assert "没有待核实的回头看" in refused.value.say()
    a_relapse_seen(matter, on=world.today)
    cases.reopen_after_relapse(world.fresh(matter), said("现场核实，平台已重新堆料"), **told)
    assert world.fresh(matter).state_name == "reopened"
    trace_back = TraceBack.objects.get()
    assert (trace_back.state, trace_back.note) == ("confirmed", "现场核实，平台已重新堆料")
    assert the_claim().state == "withdrawn"
    assert as_recorded()


def test_levels_above_confirm_no_relapse_of_which_they_may_not_know_yet(world: World) -> None:
    matter = brought_to(world, "closed")
    a_relapse_seen(matter, on=world.today)
    Claim.objects.filter(matter=matter).update(
        verdict="unsupported", answer_state="asked", answer_until=world.today
    )
    told = {"due_on": world.today + timedelta(days=60), "now": world.now}
    with pytest.raises(RuleBroken) as refused:
        cases.reopen_after_relapse(matter, said("反弹"), actor=world.actor("provincial_dispatcher"), **told)
    assert "没有待核实的回头看" in refused.value.say()
    cases.reopen_after_relapse(
        world.fresh(matter), said("反弹"), actor=world.actor("county_dispatcher"), **told
    )
    assert TraceBack.objects.get().state == "confirmed"


def test_a_reviewer_clears_what_was_kept_after_all(world: World) -> None:
    matter = brought_to(world, "closed")
    trace_back = a_relapse_seen(matter, on=world.today)
    told = {"version": trace_back.version, "actor": world.actor("city_reviewer"), "now": world.now}
    with pytest.raises(ObservationRefused):
        actions.clear_trace_back(trace_back, note=" ", **told)
    actions.clear_trace_back(trace_back, note="现场核实，收割后未返青，非反弹", **told)
    with pytest.raises(ObservationRefused):
        actions.clear_trace_back(trace_back, note="再次", **told)
    with pytest.raises(RuleBroken):
        cases.reopen_after_relapse(
            world.fresh(matter), said("反弹"), due_on=world.today + timedelta(days=9),
            actor=world.actor("county_dispatcher"), now=world.now,
        )  # fmt: skip
    assert as_recorded()


def cleared(world: World, claim: Claim) -> Claim:
    """Somebody was there, and it was kept."""
    open_one = claim.trace_backs.get(state="open")
    actions.clear_trace_back(
        open_one,
        note="现场核实，仍保持",
        version=open_one.version,
        actor=world.actor("city_reviewer"),
        now=world.now,
    )
    claim.refresh_from_db()
    return claim


def states_of(claim: Claim) -> list[str]:
    return list(claim.trace_backs.order_by("pk").values_list("state", flat=True))


def test_whoever_accepted_or_closed_does_not_clear_the_doubt_about_it(world: World) -> None:
    matter = brought_to(world, "closed")
    trace_back = a_relapse_seen(matter, on=world.today)
    with pytest.raises(ObservationRefused) as refused:
        actions.clear_trace_back(
            trace_back, note="未反弹", version=1, actor=world.actor("county_reviewer"), now=world.now
        )
    assert "须由没有参与决定的人核实" in refused.value.say()
    assert cleared(world, the_claim()).trace_backs.get().state == "cleared"


def test_what_a_person_cleared_is_relapsed_no_more_and_is_not_traced_back_by_the_same_doubt(
    world: World, land: Simulated
) -> None:
    claim = a_claim(land.right, region=region(), accepted_on=world.today)
    found(claim, world, restored=Verdict.SUPPORTED, kept=Verdict.UNSUPPORTED)
    claim = cleared(world, claim)
    assert (claim.relapsed, claim.verdict) == (False, "unsupported")
    found(claim, world, restored=Verdict.UNDECIDABLE, kept=Verdict.UNSUPPORTED)
    assert (states_of(claim), claim.relapsed) == (["cleared"], False)
    assert as_recorded()


def test_a_new_doubt_is_traced_back_although_another_was_cleared(world: World, land: Simulated) -> None:
    claim = a_claim(land.right, region=region(), accepted_on=world.today)
    claim = cleared(world, found(claim, world, kept=Verdict.UNSUPPORTED))
    found(claim, world, restored=Verdict.UNSUPPORTED, kept=Verdict.UNSUPPORTED)
    assert states_of(claim) == ["cleared", "open"]
    assert claim.trace_backs.latest("pk").finding.question == "restored"


def test_what_images_supported_in_between_is_traced_back_anew(world: World, land: Simulated) -> None:
    claim = a_claim(land.right, region=region(), accepted_on=world.today)
    claim = cleared(world, found(claim, world, kept=Verdict.UNSUPPORTED))
    found(claim, world, kept=Verdict.SUPPORTED)
    found(claim, world, kept=Verdict.UNSUPPORTED)
    assert (states_of(claim), claim.relapsed) == (["cleared", "open"], True)
    assert as_recorded()


def test_a_trace_back_ends_with_its_claim_and_confirms_nothing_later(world: World) -> None:
    matter = brought_to(world, "closed")
    a_relapse_seen(matter, on=world.today)
    dispatcher, due_on = world.actor("county_dispatcher"), world.today + timedelta(days=60)
    cases.reopen(matter, said("另有问题"), due_on=due_on, actor=dispatcher, now=world.now)
    ended = TraceBack.objects.get()
    assert (ended.state, ended.decided_on, the_claim().state) == ("ended", world.today, "withdrawn")
    assert claiming.open_trace_backs(matter) == []
    assert as_recorded()


def test_every_newer_image_asks_again_about_what_stands(world: World, land: Simulated) -> None:
    accepted = a_claim(land.right, region=region(), accepted_on=world.today)
    early = a_claim(land.wrong, region=region())
    found(accepted, world, restored=Verdict.SUPPORTED, kept=Verdict.SUPPORTED)
    found(early, world, restored=Verdict.TOO_EARLY)
    scenes = SceneSet.objects.get()
    Claim.objects.filter(pk=accepted.pk).update(found_on=world.today + timedelta(days=1))
    assert list(due_in(region(), scenes)) == []
    scenes.last_day += timedelta(days=5)
    assert list(due_in(region(), scenes)) == [accepted, early]


def test_acceptance_begins_the_watch_of_so_many_years_as_the_plan_or_the_rulebook_says(world: World) -> None:
    matter = brought_to(world, "closed")
    claim = the_claim()
    assert claim.matter == matter
    assert claim.accepted_on is not None
    accepted_on = claim.accepted_on
    assert claim.watched_until == months_later(accepted_on, 36)
    planned = a_claim(
        Land("B", box(122.3, 33.3, 122.31, 33.31), PLAIN, True), region=region(), mine=world.mine
    )
    ApprovedPlan.objects.create(
        region=region(),
        mine=world.mine,
        kind="reclamation",
        title="复垦方案",
        figures={"aftercare_years": "5"},
    )
    (kept,) = claiming.accepted(planned.site, on=world.today)
    assert (kept.watched_until, kept.next_look_on) == (
        months_later(world.today, 60),
        months_later(world.today, 12),
    )


def test_every_year_of_aftercare_asks_for_a_finding_until_it_ends(world: World, land: Simulated) -> None:
    claim = a_claim(land.right, region=region(), accepted_on=world.today)
    found(claim, world, restored=Verdict.SUPPORTED, kept=Verdict.SUPPORTED)
    assert claim.next_look_on == months_later(world.today, 12)
    asked = []
    for _ in range(50):
        world.later(30)
        queued = the_night(world).get("queued", 0)
        claim.refresh_from_db()
        assert (claim.state == "queued") is bool(queued)
        if queued:
            asked.append(world.today)
            assert "queued" not in the_night(world)
            found(claim, world, kept=Verdict.SUPPORTED)
    assert len(asked) == 3
    assert claim.next_look_on is None
    assert as_recorded()


def test_what_was_closed_long_before_it_came_here_is_asked_about_once(world: World, land: Simulated) -> None:
    claim = a_claim(land.right, region=region(), accepted_on=world.today - timedelta(days=3_000))
    assert claim.next_look_on is not None
    assert claim.next_look_on < world.today
    assert found(claim, world, kept=Verdict.SUPPORTED).next_look_on is None


def test_the_night_tests_what_is_kept_and_what_was_too_early_with_every_newer_image(
    world: World, land: Simulated
) -> None:
    scenes = a_scene_set(world.actor("county_clerk"))
    kept = a_claim(land.right, region=region(), accepted_on=world.today)
    early = a_claim(land.wrong, region=region())
    assert the_night(world) == {"runs": 1, "claims": 1}
    run = Run.objects.get()
    assert (run.asked, run.state, run.planned_by) == ([kept.pk], "running", "系统")
    assert the_night(world) == {}  # that run is still at work on it
    look(run, reporter=Quiet(), now=lambda: world.now, engine=LocalEngine(threads=1))
    Claim.objects.filter(pk=early.pk).update(verdict="too_early", state="observed")
    assert the_night(world)["claims"] == 1
    again = Run.objects.latest("pk")
    assert again.asked == [early.pk]
    look(again, reporter=Quiet(), now=lambda: world.now, engine=LocalEngine(threads=1))
    Claim.objects.filter(pk=early.pk).update(verdict="too_early", answer_state="")
    assert the_night(world) == {}  # the same images would say the same
    assert watched_in(scenes, last_day=scenes.last_day + timedelta(days=5)) == [kept.pk, early.pk]


def test_a_set_of_images_that_was_taken_away_stops_nothing(world: World, land: Simulated) -> None:
    a_claim(land.right, region=region(), accepted_on=world.today)
    a_scene_set(world.actor("county_clerk"))
    SceneSet.objects.create(
        path="gone", region=region(), name="已移走", kind="folder", openness="public", scenes=1,
        first_day=world.today, last_day=world.today + timedelta(days=9), registered_on=world.today,
    )  # fmt: skip
    nightly = {daily.name: daily.function for daily in declared_daily()}
    told = nightly["observations.watch"](world.today, None)  # type: ignore[arg-type]
    assert told is not None
    assert (told["unreadable"], told["runs"]) == (1, 1)
