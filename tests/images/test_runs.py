"""A run is planned, begun, stopped, killed, gone on with; nothing is found twice and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from shapely import affinity
from shapely.geometry import box

from qingshan.earth import Scenes, released
from qingshan.earth import findings as earth_findings
from qingshan.earth import sites as earth_sites
from qingshan.jobs.errors import Cancelled
from qingshan.jobs.models import Job
from qingshan.jobs.work import Progress
from qingshan.office.accounts.tests.people import People
from qingshan.office.observations import actions, jobs
from qingshan.office.observations.actions import NewScenes
from qingshan.office.observations.counting import lines_of_table
from qingshan.office.observations.imagery import scenes_of
from qingshan.office.observations.models import Claim, Finding, Run
from qingshan.office.observations.observing import observe
from qingshan.office.observations.recomputing import recomputed
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.observations.tests.factories import (
    NOW,
    Land,
    Quiet,
    Simulated,
    a_claim,
    a_run,
    a_scene_set,
    as_recorded,
    looked,
    region,
)
from qingshan.office.places.models import Holiday
from qingshan.rules import verification
from qingshan.rules.errors import RuleBroken

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]


class Impatient(Quiet):
    """Somebody who stops the work once it has come so far."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def report(self, done: int, total: int | None = None) -> None:
        super().report(done, total)
        if done >= self.after:
            raise Cancelled


def dispatcher(people: People) -> Any:
    return people.actor("provincial_dispatcher")


def both(land: Simulated) -> None:
    county = region()
    a_claim(land.right, region=county)
    a_claim(land.wrong, region=county)


def found() -> list[tuple[str, str, str]]:
    rows = Finding.objects.order_by("claim__about", "question")
    return list(rows.values_list("claim__about", "question", "verdict"))


def test_a_run_finds_which_of_two_claims_is_true_and_counts_their_land(
    people: People, land: Simulated
) -> None:
    both(land)
    run = looked(a_run(a_scene_set(people.actor("county_clerk")), dispatcher(people)), dispatcher(people))
    assert dict(Claim.objects.values_list("site__key", "verdict")) == {
        land.right.key: "supported",
        land.wrong.key: "unsupported",
    }
    lines = run.counts["lines"]
    assert (lines["claims"]["claims"], lines["supported"]["sites"], lines["undecidable"]["area_m2"]) == (
        2,
        1,
        None,
    )
    table = lines_of_table(run.counts, "zh-hans")
    assert table[0].startswith("申报：2 项（2 处，")
    assert table[2].startswith("影像不支持（待核实）：1 项（1 处，")
    assert (run.state, run.parameters.split()[0], len(run.scenes)) == ("done", "qingshan-earth", 91)
    assert as_recorded()


def test_images_are_not_asked_about_land_that_others_judged_and_they_do_not_cover(
    people: People, land: Simulated
) -> None:
    both(land)
    scenes, who = a_scene_set(people.actor("county_clerk")), dispatcher(people)
    looked(a_run(scenes, who), who)
    for claim in Claim.objects.all():
        Claim.objects.filter(pk=claim.pk).update(geom=affinity.translate(claim.geom, xoff=3.0))
    with pytest.raises(ObservationRefused) as refused:
        a_run(scenes, who, everything=True)
    assert refused.value.code == "observations.none_covered"
    never_seen = a_claim(
        Land("B", box(122.1, 33.1, 122.102, 33.102), land.wrong.told, False), region=region()
    )
    run = a_run(scenes, who, everything=True)
    assert (run.asked, run.estimate["outside"]) == ([never_seen.pk], 2)
    page = people.enter("provincial_dispatcher").get(run.get_absolute_url()).content.decode()
    assert "1 项；另有 2 项影像没有覆盖，不在其中" in page


def test_what_was_stopped_goes_on_where_it_stopped(people: People, land: Simulated) -> None:
    both(land)
    who, scenes = dispatcher(people), a_scene_set(people.actor("county_clerk"))
    told = {"region": region(), "actor": who, "now": lambda: NOW}
    with pytest.raises(Cancelled):
        observe(scenes, reporter=Impatient(300), **told)
    run = Run.objects.get()
    assert (run.state, Finding.objects.count()) == ("cancelled", 0)
    with pytest.raises(Cancelled):
        observe(scenes, reporter=Impatient(760), **told)
    again = observe(scenes, reporter=Quiet(), **told)
    assert (again.pk, again.state) == (run.pk, "done")
    assert len(found()) == len(set(found()))
    assert as_recorded()


def test_a_job_that_is_called_off_says_so_and_can_be_started_again(people: People, land: Simulated) -> None:
    both(land)
    run = a_run(a_scene_set(people.actor("county_clerk")), dispatcher(people))
    actions.start_run(run, actor=dispatcher(people), now=NOW)
    with pytest.raises(ObservationRefused):
        actions.start_run(run, actor=dispatcher(people), now=NOW)
    jobs.given_up({"run_id": run.pk}, ())
    run.refresh_from_db()
    assert run.state == "cancelled"
    actions.start_run(run, actor=dispatcher(people), now=timezone.now())
    job = Job.objects.get(pk=run.job_id)
    told = jobs.look_in_background({"run_id": run.pk}, Progress(job))
    assert told == {"url": f"/observations/runs/{run.pk}/"}
    run.refresh_from_db()
    assert run.state == "done"
    assert jobs.look_in_background({"run_id": run.pk}, Progress(job)) == told  # a worker that comes too late
    assert as_recorded()


def test_a_finding_is_computed_again_from_what_it_names(people: People, land: Simulated) -> None:
    both(land)
    looked(a_run(a_scene_set(people.actor("county_clerk")), dispatcher(people)), dispatcher(people))
    claim = Claim.objects.get(site__key=land.wrong.key)
    again = recomputed(claim)
    assert again is not None
    assert (again.is_same, again.missing_scenes, again.other_parameters) == (True, (), False)
    Claim.objects.filter(pk=claim.pk).update(target="water")  # what is claimed later changes nothing about it
    claim.refresh_from_db()
    again = recomputed(claim)
    assert again is not None
    assert again.is_same
    row = claim.findings.get(question="restored")
    Finding.objects.filter(pk=row.pk).update(told={**row.told, "agreeing": 1})
    again = recomputed(claim)
    assert again is not None
    assert again.differing == ("restored",)


def given_images(monkeypatch: pytest.MonkeyPatch, scenes: Scenes) -> None:
    """These lie there, whatever does."""
    monkeypatch.setattr("qingshan.office.observations.looking.scenes_of", lambda _scene_set: scenes)


def test_findings_of_a_run_that_was_stopped_are_computed_again_from_the_images_it_began_with(
    people: People, land: Simulated
) -> None:
    both(land)
    scenes = a_scene_set(people.actor("county_clerk"))
    with pytest.raises(Cancelled):
        observe(scenes, region=region(), actor=dispatcher(people), now=lambda: NOW, reporter=Impatient(760))
    run = Run.objects.get()
    assert (run.state, len(run.scenes or ())) == ("cancelled", 91)
    again = recomputed(Claim.objects.get(site__key=land.wrong.key))
    assert again is not None
    assert (again.is_same, again.missing_scenes) == (True, ())
    assert as_recorded()


def test_a_run_that_goes_on_takes_no_images_that_came_since_it_began(
    people: People, land: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    both(land)
    scene_set = a_scene_set(people.actor("county_clerk"))
    told = {"region": region(), "actor": dispatcher(people), "now": lambda: NOW}
    whole = scenes_of(scene_set)
    given_images(monkeypatch, Scenes.of(list(whole)[:-8]))
    with pytest.raises(Cancelled):
        observe(scene_set, reporter=Impatient(300), **told)
    given_images(monkeypatch, whole)
    run = observe(scene_set, reporter=Quiet(), **told)
    assert run.scenes == [each.id for each in list(whole)[:-8]]
    assert {each.until for each in Finding.objects.all()} <= {each.day for each in list(whole)[:-8]}


def test_images_that_were_taken_away_decide_no_more(
    people: People, land: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    both(land)
    scene_set, who = a_scene_set(people.actor("county_clerk")), dispatcher(people)
    looked(a_run(scene_set, who), who)
    few = Scenes.of(list(scenes_of(scene_set))[:-8])
    given_images(monkeypatch, few)
    run = looked(a_run(scene_set, who, everything=True), who)
    assert run.scenes == [each.id for each in few]
    assert {each.until for each in run.findings.all()} <= {each.day for each in few}
    again = recomputed(Claim.objects.get(site__key=land.wrong.key))
    assert again is not None
    assert again.is_same


def test_a_finding_is_computed_again_with_the_numbers_that_it_names(
    people: People, land: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    both(land)
    looked(a_run(a_scene_set(people.actor("county_clerk")), dispatcher(people)), dispatcher(people))
    claim = Claim.objects.get(site__key=land.wrong.key)
    newer = replace(released(), version="9", digest="0" * 16)
    monkeypatch.setattr("qingshan.earth.surveys.released", lambda: newer)
    again = recomputed(claim)
    assert again is not None
    assert (again.is_same, again.other_parameters) == (True, False)
    claim.findings.update(parameters="qingshan-earth 0 (forgotten)")
    again = recomputed(claim)
    assert again is not None
    assert again.other_parameters


def test_only_what_is_due_is_asked_again(people: People, land: Simulated) -> None:
    both(land)
    scenes, who = a_scene_set(people.actor("county_clerk")), dispatcher(people)
    looked(a_run(scenes, who), who)
    with pytest.raises(ObservationRefused):
        a_run(scenes, who)
    again = looked(a_run(scenes, who, everything=True), who)
    assert len(again.asked) == 2
    assert Finding.objects.filter(run=again).count() == Finding.objects.exclude(run=again).count()


def test_land_that_two_claims_share_is_counted_once_and_both_are_named(
    people: People, land: Simulated
) -> None:
    county = region()
    first = a_claim(land.right, region=county)
    moved = Land("DW-2", affinity.translate(land.right.shape, 0.0002, 0), land.right.told, True)
    second = a_claim(moved, region=county)
    run = looked(a_run(a_scene_set(people.actor("county_clerk")), dispatcher(people)), dispatcher(people))
    (pair,) = run.counts["overlaps"]
    assert (pair["first"], pair["second"]) == (first.number, second.number)
    line = run.counts["lines"]["claims"]
    assert line["area_m2"] == pytest.approx(first.area_m2 + second.area_m2 - pair["area_m2"], rel=1e-6)


def test_land_elsewhere_is_undecidable_and_a_claim_from_before_the_first_image_is_judged_by_what_followed(
    people: People, land: Simulated
) -> None:
    before = {"restored_since": "2015-05-01", "planted_on": "", "disturbed_since": ""}
    a_claim(Land("A", land.wrong.shape, land.wrong.told | before, False), region=region())
    a_claim(Land("B", box(122.1, 33.1, 122.102, 33.102), land.wrong.told, False), region=region())
    scenes = a_scene_set(people.actor("county_clerk"))
    looked(a_run(scenes, dispatcher(people)), dispatcher(people))
    earlier, elsewhere = (Claim.objects.get(site__key=key) for key in "AB")
    assert elsewhere.verdict == "undecidable"
    assert elsewhere.newest.told["because"][0]["code"].startswith("earth.judged.")
    assert earlier.restored_since < scenes.first_day
    assert earlier.verdict == "unsupported"
    assert all(day >= scenes.first_day.isoformat() for day in earlier.newest.told["dates"])


@pytest.mark.parametrize("path", ["/etc", "../x", "sim/../../x", "", "nothing", "a\x00b", "x" * 400])
def test_images_lie_below_their_folder_or_nowhere(people: People, land: Simulated, path: str) -> None:
    with pytest.raises(ObservationRefused):
        a_scene_set(people.actor("county_clerk"), path=path)


@pytest.mark.parametrize("changed", [{"openness": "secret"}, {"nothing_secret": False}, {"name": "机密影像"}])
def test_secret_images_do_not_enter(people: People, land: Simulated, changed: dict[str, Any]) -> None:
    told = {
        "name": "影像",
        "path": "sim/scenes",
        "region": region(),
        "openness": "public",
        "nothing_secret": True,
    }
    with pytest.raises((ObservationRefused, RuleBroken)):
        actions.register_scenes(NewScenes(**(told | changed)), actor=people.actor("county_clerk"), now=NOW)


def test_a_folder_without_usable_images_is_refused_in_words(
    people: People, settings: Any, tmp_path: Path
) -> None:
    settings.SCENES_ROOT = tmp_path
    (tmp_path / "empty").mkdir()
    from qingshan.earth import EarthError

    with pytest.raises(EarthError):
        a_scene_set(people.actor("county_clerk"), path="empty")


def test_the_time_to_answer_is_counted_in_working_days(people: People, land: Simulated) -> None:
    Holiday.objects.create(day=date(2026, 3, 4), is_working=False, name="某节")
    a_claim(land.wrong, region=region())
    looked(a_run(a_scene_set(people.actor("county_clerk")), dispatcher(people)), dispatcher(people))
    assert Claim.objects.get().answer_until == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (verification.Verdict, earth_findings.Verdict),
        (verification.Question, earth_findings.Question),
        (verification.TargetUse, earth_sites.TargetUse),
        (verification.Zone, earth_sites.ClimateZone),
    ],
)
def test_the_law_book_and_the_eye_use_the_same_words(ours: Any, theirs: Any) -> None:
    assert {each.value for each in ours} == {each.value for each in theirs}
