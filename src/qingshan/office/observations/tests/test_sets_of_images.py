"""Can a set of images be looked at, corrected and retired, and do claims take the climate zone of its land?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.mines.models import Site
from qingshan.office.observations import actions, claiming, queries
from qingshan.office.observations.access import may_see_images
from qingshan.office.observations.actions import CorrectedScenes, NewScreening
from qingshan.office.observations.claiming import Claimed
from qingshan.office.observations.climate import zones_of
from qingshan.office.observations.models import Claim, Run, SceneSet
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.observations.tests.factories import (
    NOW,
    SINCE,
    TODAY,
    Land,
    a_claim,
    as_recorded,
    land_of,
    region,
)
from qingshan.office.trail.models import Entry
from qingshan.rules.verification import Zone

pytestmark = pytest.mark.django_db
PROVINCE = "990000"
PLAIN = {"target": "vegetation", "restored_since": "2024-05-01", "planted_on": "", "disturbed_since": ""}


@pytest.fixture
def people() -> People:
    return nine_people()


def a_set(path: str = "a", *, code: str = "990101", **values: Any) -> SceneSet:
    told: dict[str, Any] = {
        "name": "哨兵二号影像", "kind": "folder", "openness": "public", "scenes": 3, "first_day": SINCE,
        "last_day": SINCE, "registered_on": SINCE,
    }  # fmt: skip
    return SceneSet.objects.create(path=path, region=region(code), **(told | values))


def corrected(scene_set: SceneSet, actor: Any, **said: Any) -> SceneSet:
    told = CorrectedScenes(**({"name": scene_set.name, "openness": scene_set.openness} | said))
    return actions.correct_scenes(scene_set, told, version=scene_set.version, actor=actor, now=NOW)


def retired(scene_set: SceneSet, actor: Any, note: str = "影像有误") -> SceneSet:
    return actions.retire_scenes(scene_set, note=note, version=scene_set.version, actor=actor, now=NOW)


# -- corrected and retired -----------------------------------------------------------------------------------------


def test_a_set_that_is_internal_after_all_shows_its_pictures_to_the_office_alone(people: People) -> None:
    scene_set, enterprise = a_set(), people.actor("enterprise_manager")
    assert may_see_images(scene_set, enterprise)
    corrected(scene_set, people.actor("county_clerk"), openness="internal", source="省中心")
    scene_set.refresh_from_db()
    assert (scene_set.openness, scene_set.source) == ("internal", "省中心")
    assert not may_see_images(scene_set, enterprise)
    entry = Entry.objects.get()
    assert (json.loads(entry.old_json)["openness"], json.loads(entry.new_json)["openness"]) == (
        "公开",
        "内部",
    )
    assert as_recorded()


@pytest.mark.parametrize(
    ("said", "code"), [({"name": " "}, "name_missing"), ({"openness": "secret"}, "secret")]
)
def test_a_correction_that_cannot_be_is_refused(people: People, said: dict[str, str], code: str) -> None:
    scene_set = a_set()
    with pytest.raises(ObservationRefused) as refused:
        corrected(scene_set, people.actor("county_clerk"), **said)
    assert refused.value.code == f"observations.{code}"
    with pytest.raises(NotAllowed):
        corrected(scene_set, people.actor("other_county_clerk"), source="x")
    assert not Entry.objects.exists()


def test_what_was_retired_is_offered_to_nobody_until_it_is_in_use_again(people: People) -> None:
    scene_set, clerk = a_set(), people.actor("county_clerk")
    dispatcher = people.actor("provincial_dispatcher")
    with pytest.raises(ObservationRefused):
        retired(scene_set, clerk, note=" ")
    retired(scene_set, clerk)
    assert list(queries.scene_sets(dispatcher)) == []
    with pytest.raises(ObservationRefused) as refused:
        actions.plan_screening(NewScreening(scene_set, region(), SINCE), actor=dispatcher, now=NOW)
    assert refused.value.code == "observations.scenes_retired"
    with pytest.raises(ObservationRefused):
        retired(scene_set, clerk)
    corrected(scene_set, clerk, is_offered=True)
    assert list(queries.scene_sets(dispatcher)) == [scene_set]
    assert as_recorded()


def test_whoever_saw_an_older_state_changes_nothing(people: People) -> None:
    scene_set = a_set()
    with pytest.raises(ChangedMeanwhile):
        actions.retire_scenes(scene_set, note="x", version=7, actor=people.actor("county_clerk"), now=NOW)


def test_the_page_says_what_it_is_and_why_it_cannot_be_read(people: People) -> None:
    scene_set = a_set(zone="semi_humid")
    run = Run.objects.create(
        scene_set=scene_set, region=region(), asked=[], planned_at=NOW, planned_by="某局", estimate={}
    )
    page = people.enter("county_clerk").get(scene_set.get_absolute_url()).content.decode()
    for said in ("半湿润区", run.number, "影像目录下没有", "停用"):
        assert said in page
    auditor = people.enter("auditor").get(scene_set.get_absolute_url()).content.decode()
    assert f"{scene_set.get_absolute_url()}retire/" not in auditor


# -- the climate zone ----------------------------------------------------------------------------------------------


def test_the_nearest_sets_tell_the_zone_and_those_that_disagree_tell_nothing(people: People) -> None:
    county, other = region().pk, region("990102").pk
    a_set("p", code=PROVINCE, zone="humid")
    assert zones_of([county, other]) == {county: "humid", other: "humid"}
    own = a_set("a", zone="semi_arid")
    assert zones_of([county, other]) == {county: "semi_arid", other: "humid"}
    second = a_set("b", zone="arid")
    assert zones_of([county]) == {}
    SceneSet.objects.filter(pk=second.pk).update(retired_on=TODAY)
    assert zones_of([county]) == {county: own.zone}


def test_a_claim_takes_the_zone_of_its_region_unless_it_says_one(people: People) -> None:
    a_set(zone="semi_humid")
    site = Site.objects.create(key="D-1", name="采坑", region=region(), geom=land_of(1))
    (claim,) = claiming.claim(Claimed(subject=site, site=site, claimed_on=TODAY), now=NOW)
    assert claim.zone == "semi_humid"
    told = Claimed(subject=site, site=site, claimed_on=TODAY, zone=Zone.ARID)
    assert claiming.claim(told, now=NOW)[0].zone == "arid"


def test_a_run_gives_its_zone_to_claims_that_nobody_has_looked_at(people: People) -> None:
    scene_set = a_set(zone="semi_humid")
    fresh, looked_at, said = (
        a_claim(Land(f"L{n}", land_of(n), PLAIN, True), region=region(), name=f"坑{n}") for n in (1, 2, 3)
    )
    Claim.objects.update(zone="")
    Claim.objects.filter(pk=looked_at.pk).update(cube="HR-1")
    Claim.objects.filter(pk=said.pk).update(zone="arid")
    run = Run.objects.create(
        scene_set=scene_set, region=region(), asked=[fresh.pk, looked_at.pk, said.pk], planned_at=NOW,
        planned_by="某局", estimate={"claims": 3},
    )  # fmt: skip
    actions.start_run(run, actor=people.actor("provincial_dispatcher"), now=NOW)
    zones = dict(Claim.objects.values_list("pk", "zone"))
    assert zones == {fresh.pk: "semi_humid", looked_at.pk: "", said.pk: "arid"}
    assert as_recorded()
