"""The night looks after every piece of accepted land; one that is refused or breaks is told, and stops no other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from qingshan.jobs.errors import Stopping
from qingshan.jobs.models import DailyRun, Job, JobState
from qingshan.jobs.tests.factories import start
from qingshan.jobs.timetable import JOB_KIND
from qingshan.jobs.work import Progress
from qingshan.office.accounts.tests.people import nine_people
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.observations import watching as night
from qingshan.office.observations.actions import Found, plan_run, record_findings, start_run
from qingshan.office.observations.actions import watching as acts
from qingshan.office.observations.actions.recording import Told, claimed_by
from qingshan.office.observations.models import Claim, Finding, Run, SceneSet
from qingshan.office.observations.night_queries import last_night
from qingshan.office.observations.sentences import NothingLeft, ObservationRefused
from qingshan.office.observations.tests.factories import (
    NOW,
    TODAY,
    Images,
    Land,
    a_claim,
    as_recorded,
    land_of,
    region,
)
from qingshan.office.observations.watching import watch
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import THE_SYSTEM
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.dates import months_later
from qingshan.rules.verification import ClaimState, Question, Verdict

pytestmark = pytest.mark.django_db
PLAIN = {"target": "vegetation", "restored_since": "2024-05-01", "planted_on": "", "disturbed_since": ""}
LONG_AGO = TODAY - timedelta(days=500)
BOOK_MONTHS = 36


@pytest.fixture(autouse=True)
def people(db: None) -> Any:
    return nine_people()


def kept(number: int, **more: Any) -> Claim:
    """Land that was accepted long ago, tested then, and whose next finding is due."""
    claim = a_claim(
        Land(f"K{number}", land_of(number), PLAIN, True), region=region(), accepted_on=LONG_AGO, **more
    )
    Claim.objects.filter(pk=claim.pk).update(
        state="observed", verdict="supported", found_on=LONG_AGO, next_look_on=TODAY
    )
    claim.refresh_from_db()
    return claim


def states(*claims: Claim) -> list[str]:
    rows = dict(Claim.objects.values_list("pk", "state"))
    return [rows[each.pk] for each in claims]


def a_night(progress: Any = None, on: date = TODAY) -> dict[str, Any]:
    return watch(on, now=lambda: NOW, progress=progress)


def refusing(monkeypatch: pytest.MonkeyPatch, claim: Claim, error: BaseException) -> None:
    """The act does not work for one claim."""
    change = acts.change

    def unless_it_is_that(row: Any, **values: Any) -> Any:
        if row.pk == claim.pk:
            raise error
        return change(row, **values)

    monkeypatch.setattr(acts, "change", unless_it_is_that)


def images(path: str = "a", *, last_day: date = TODAY) -> SceneSet:
    return SceneSet.objects.create(
        path=path, region=region(), name=f"影像 {path}", kind="folder", openness="public", scenes=1,
        first_day=last_day, last_day=last_day, registered_on=TODAY,
    )  # fmt: skip


def was_tested(claim: Claim, scene_set: SceneSet, *, last_day: date, until: date | None = None) -> Finding:
    """A run over the claim with images of this set, as it stands when it is over."""
    run = Run.objects.create(
        scene_set=scene_set, region=region(), asked=[claim.pk], planned_at=NOW, planned_by="系统",
        state="done", estimate={"last_day": last_day.isoformat()},
    )  # fmt: skip
    finding = Finding.objects.create(
        claim=claim, run=run, question="kept", verdict="undecidable", told={}, found_on=TODAY, until=until
    )
    Claim.objects.filter(pk=claim.pk).update(newest=finding, state="observed")
    return finding


class TestWhatIsDue:
    def test_is_queued_county_by_county_in_one_act(self) -> None:
        claims = [kept(number) for number in range(3)]
        assert a_night()["queued"] == 3
        assert states(*claims) == ["queued"] * 3
        assert Entry.objects.filter(act="observations.queue_due").count() == 1
        assert a_night()["queued"] == 0
        assert as_recorded()

    def test_a_claim_that_is_refused_is_told_and_the_rest_goes_on(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        first, refused, last = (kept(number) for number in range(3))
        error = ChangedMeanwhile.because("office.changed_meanwhile", what=str(refused))
        refusing(monkeypatch, refused, error)
        told = a_night()
        assert (told["queued"], told["refused"], told["broken"]) == (2, 1, 0)
        assert states(first, refused, last) == ["queued", "observed", "queued"]
        assert told["left"] == [
            {
                "what": refused.number,
                "as": "refused",
                "because": [error.reasons[0].as_json()],
                "claim": refused.pk,
            }
        ]
        assert f"“{refused.number}”没有办理：{error.say()}" in caplog.text
        monkeypatch.undo()
        assert a_night()["queued"] == 1  # the next night
        assert as_recorded()

    def test_a_claim_at_which_the_program_fails_is_told_and_the_rest_goes_on(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, broken, last = (kept(number) for number in range(3))
        refusing(monkeypatch, broken, ZeroDivisionError())
        told = a_night()
        assert (told["queued"], told["refused"], told["broken"]) == (2, 0, 1)
        assert states(first, broken, last) == ["queued", "observed", "queued"]
        assert (
            "程序出错"
            in ObservationRefused.because(
                told["left"][0]["because"][0]["code"], **told["left"][0]["because"][0]["values"]
            ).say()
        )

    def test_what_was_withdrawn_between_the_question_and_the_act_stays_withdrawn(self) -> None:
        stays, goes = kept(1), kept(2)
        Claim.objects.filter(pk=goes.pk).update(state="withdrawn", version=7)
        told = {"on": TODAY, "region_id": region().pk, "now": NOW}
        assert acts.queue_claims([stays.pk, goes.pk], **told) == [stays]
        assert states(stays, goes) == ["queued", "withdrawn"]
        with pytest.raises(NothingLeft, match="done_meanwhile"):
            acts.queue_claims([stays.pk, goes.pk], **told)

    def test_a_night_that_is_stopped_goes_on_where_it_was_and_tells_the_whole(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(acts, "AT_ONCE", 1)
        claims = [kept(number) for number in range(4)]
        job = start(JOB_KIND, {"name": "observations.watch", "on": TODAY.isoformat()})
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
        refusing(monkeypatch, claims[2], Stopping())
        with pytest.raises(Stopping):
            a_night(Progress(Job.objects.get(pk=job.pk)))
        assert states(*claims) == ["queued", "queued", "observed", "observed"]
        monkeypatch.undo()
        told = a_night(Progress(Job.objects.get(pk=job.pk)))
        assert (told["queued"], told["left"]) == (4, [])
        assert states(*claims) == ["queued"] * 4
        assert as_recorded()

    def test_what_was_refused_is_counted_once_however_often_the_night_is_begun(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job = start(JOB_KIND, {})
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
        refusing(monkeypatch, kept(1), ChangedMeanwhile.because("office.changed_meanwhile", what="x"))
        for _ in range(2):
            told = a_night(Progress(Job.objects.get(pk=job.pk)))
            assert (told["refused"], len(told["left"])) == (1, 1)


class TestLandThatWasAcceptedBeforeItsDaysWereKept:
    def test_gets_them_in_one_act_and_the_history_stays_provable(self) -> None:
        claim = kept(1)
        before_days = dict.fromkeys(("watched_until", "next_look_on"))
        Claim.objects.filter(pk=claim.pk).update(**before_days)
        claim.refresh_from_db()
        accept_as_then(claim)
        told = a_night()
        claim.refresh_from_db()
        assert (told["filled"], told["queued"]) == (1, 1)
        assert claim.watched_until == months_later(LONG_AGO, BOOK_MONTHS)
        assert Entry.objects.get(act="observations.fill_watch").subject_count == 1
        assert a_night()["filled"] == 0
        faults = [fault for fault in verify_trail().faults if "observations" in str(fault.values)]
        assert faults == []
        assert as_recorded()

    def test_what_was_withdrawn_or_never_accepted_gets_none(self) -> None:
        a_claim(Land("N", land_of(1), PLAIN, True), region=region())
        Claim.objects.filter(pk=kept(2).pk).update(watched_until=None, state="withdrawn")
        assert a_night()["filled"] == 0

    def test_one_that_cannot_get_them_keeps_no_other_from_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        claims = [kept(number) for number in range(3)]
        Claim.objects.update(watched_until=None, next_look_on=None)
        refusing(monkeypatch, claims[1], ZeroDivisionError())
        told = a_night()
        assert (told["filled"], told["broken"]) == (2, 1)
        assert Claim.objects.filter(watched_until=None).get() == claims[1]


@official_act
def accept_as_then(claim: Claim) -> None:
    """The entry by which it was accepted, before the days of the watch were kept."""
    record(act="observations.queue_due", actor=THE_SYSTEM, now=NOW, subjects=[claim], new={"claims": 1})


class TestWhatImagesMayTell:
    def test_a_set_at_which_the_program_fails_keeps_no_other_from_its_turn(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        claim, good = kept(1), images("good")
        images("bad", last_day=TODAY + timedelta(days=1))

        def read(scene_set: SceneSet) -> Images:
            if scene_set.path == "bad":
                raise ZeroDivisionError
            return Images(scene_set.last_day)

        monkeypatch.setattr(night, "scenes_of", read)
        told = a_night()
        assert (told["runs"], told["claims"], told["broken"]) == (1, 1, 1)
        assert Run.objects.get().scene_set == good
        assert Run.objects.get().asked == [claim.pk]

    def test_a_set_without_one_image_that_can_be_used_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        images("empty")
        nothing = Images(TODAY)
        nothing.clear()
        monkeypatch.setattr(night, "scenes_of", lambda _set: nothing)
        told = a_night()
        assert (told["unreadable"], told["left"][0]["because"][0]["code"]) == (1, "observations.no_scenes")

    def test_only_land_that_an_image_covers_is_asked_about(self, monkeypatch: pytest.MonkeyPatch) -> None:
        covered, outside = kept(1), kept(2)
        images()
        west, south, east, north = covered.geom.bounds
        assert not covered.geom.intersects(outside.geom)
        elsewhere = Images(TODAY, bounds=(west, south, east, north))
        monkeypatch.setattr(night, "scenes_of", lambda _set: elsewhere)
        a_night()
        assert Run.objects.get().asked == [covered.pk]
        assert states(covered, outside) == ["queued", "queued"]

    def test_a_set_whose_last_run_failed_is_asked_after_the_others(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept(1)
        older, newer = images("older"), images("newer", last_day=TODAY + timedelta(days=1))
        monkeypatch.setattr(night, "scenes_of", lambda scene_set: Images(scene_set.last_day))
        a_night()
        first = Run.objects.get()
        assert first.scene_set == newer
        Run.objects.filter(pk=first.pk).update(state="failed")
        a_night()
        assert Run.objects.latest("pk").scene_set == older

    def test_a_run_begins_only_over_what_no_other_run_has_taken_meanwhile(self) -> None:
        first, second, scenes = kept(1), kept(2), images()
        asked = acts.watched_in(scenes, last_day=TODAY)
        assert asked == [first.pk, second.pk]
        Run.objects.create(
            scene_set=scenes, region=region(), asked=[first.pk], planned_at=NOW, planned_by="某局",
            estimate={}, state="running",
        )  # fmt: skip
        assert acts.watch_land(scenes, asked, Images(TODAY), now=NOW).asked == [second.pk]
        with pytest.raises(NothingLeft):
            acts.watch_land(scenes, asked, Images(TODAY), now=NOW)
        assert Run.objects.count() == 2

    def test_two_sets_of_images_do_not_ask_the_same_again_and_again(self) -> None:
        claim, one, other = kept(1), images("one"), images("other")
        far, near = TODAY, TODAY - timedelta(days=1)
        was_tested(claim, one, last_day=far, until=near - timedelta(days=1))  # the last images showed clouds
        assert acts.watched_in(other, last_day=near) == [claim.pk]
        was_tested(claim, other, last_day=near, until=None)  # its images do not reach the land
        assert acts.watched_in(one, last_day=far) == []
        assert acts.watched_in(other, last_day=near) == []
        assert acts.watched_in(one, last_day=far + timedelta(days=5)) == [claim.pk]

    def test_it_asks_few_questions_however_many_claims_there_are(
        self, django_assert_max_num_queries: Any
    ) -> None:
        one, other = images("one"), images("other")
        for number in range(5):
            was_tested(kept(number), one, last_day=TODAY)
        with django_assert_max_num_queries(4):
            assert len(acts.watched_in(other, last_day=TODAY)) == 5


class TestWhatARunFound:
    def found(self, claim: Claim, **claimed: Any) -> Found:
        told = {"since": None, "is_provisional": False, "effect": None, "effect_of": "", "share": None}
        one = Told(Question.RESTORED, Verdict.SUPPORTED, told)
        return Found(claim.pk, (one,), {**claimed_by(claim), **claimed}, TODAY, "p", "e")

    def a_run(self, *claims: Claim) -> Run:
        return Run.objects.create(
            scene_set=images(), region=region(), asked=[each.pk for each in claims], planned_at=NOW,
            planned_by="系统", estimate={}, state="running",
        )  # fmt: skip

    def test_enters_for_all_that_stand_where_one_was_withdrawn_meanwhile(self) -> None:
        stays, goes = kept(1), kept(2)
        run, found = self.a_run(stays, goes), [self.found(stays), self.found(goes)]
        Claim.objects.filter(pk=goes.pk).update(state="withdrawn", version=9)
        assert record_findings(run, found, now=NOW) == [stays]
        assert Finding.objects.get().claim == stays
        with pytest.raises(NothingLeft):
            record_findings(run, found, now=NOW)

    def test_leaves_a_claim_queued_that_was_completed_while_it_was_looked_at(self) -> None:
        same, completed = kept(1), kept(2)
        found = [self.found(same), self.found(completed, target="")]
        record_findings(self.a_run(same, completed), found, now=NOW)
        assert states(same, completed) == [ClaimState.OBSERVED, ClaimState.QUEUED]


def test_a_person_begins_no_run_over_what_the_night_has_begun(people: Any, monkeypatch: Any) -> None:
    claim, scenes = kept(1), images()
    monkeypatch.setattr("qingshan.office.observations.actions.runs.scenes_of", lambda _set: Images(TODAY))
    dispatcher = people.actor("provincial_dispatcher")
    run = plan_run(scenes, region=region(), actor=dispatcher, now=NOW, everything=True)
    scenes.refresh_from_db()
    acts.watch_land(scenes, [claim.pk], Images(TODAY), now=NOW)
    with pytest.raises(ObservationRefused, match="another_run"):
        start_run(run, actor=dispatcher, now=NOW)


class TestWhatANightLeftUndone:
    def ended(self, told: dict[str, Any] | None, state: JobState = JobState.DONE) -> None:
        job = start(JOB_KIND, {})
        Job.objects.filter(pk=job.pk).update(state=state, result=told)
        DailyRun.objects.create(name=acts.NIGHTLY, on_date=TODAY, job=job)

    def page(self, people: Any, name: str) -> str:
        client = Client()
        client.force_login(people.persons[name])
        with time_machine.travel(NOW, tick=False):
            return client.get("/observations/runs/").content.decode()

    def test_stands_on_the_page_of_runs_for_whoever_may_see_the_land(
        self, people: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        refused = kept(1)
        refusing(monkeypatch, refused, ZeroDivisionError())
        self.ended(a_night())
        page = self.page(people, "county_clerk")
        assert "下列各项没有办理" in page
        assert f"处理“{refused.number}”时程序出错（ZeroDivisionError）" in page
        assert "上次自动核验" not in self.page(people, "other_county_clerk")

    def test_of_images_that_could_not_be_read_only_those_of_the_place_are_told(self, people: Any) -> None:
        images("gone")
        told = a_night()
        assert told["unreadable"] == 1
        self.ended(told)
        assert "影像 gone" in self.page(people, "county_clerk")
        assert "影像 gone" not in self.page(people, "other_county_clerk")

    def test_a_night_that_did_everything_is_not_spoken_of_and_one_that_broke_off_is(
        self, people: Any
    ) -> None:
        self.ended(a_night())
        assert "上次自动核验" not in self.page(people, "county_clerk")
        DailyRun.objects.all().delete()
        self.ended(None, JobState.FAILED)
        assert "没有做完，下次自动核验时接着做" in self.page(people, "county_clerk")

    def test_it_costs_few_questions_however_much_was_left(
        self, people: Any, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(5):
            kept(number)
        images("gone")
        monkeypatch.setattr(acts, "change", lambda _row, **_values: 1 / 0)
        self.ended(a_night())
        clerk = people.actor("county_clerk")
        with django_assert_max_num_queries(3):
            night_left = last_night(actor=clerk)
        assert night_left is not None
        assert len(night_left.left) == 6
