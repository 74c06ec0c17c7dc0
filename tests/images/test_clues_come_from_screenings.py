"""Does a screening of a region bring clues, once each, that a person confirms, dismisses, or makes a case of?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import box

from qingshan.earth import LocalEngine
from qingshan.office.cases.actions import register_from_clue
from qingshan.office.cases.actions.registering import NewCase
from qingshan.office.cases.tests.factories import World
from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.matters.actions import Opening
from qingshan.office.mines.models import ApprovedPlan, Mine, MiningRight
from qingshan.office.observations import actions, clue_queries, jobs
from qingshan.office.observations.actions import Looked, NewScreening
from qingshan.office.observations.clue_queries import Narrowed
from qingshan.office.observations.models import Clue, ClueSighting, Screening
from qingshan.office.observations.screening import screen_region
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.observations.tests.factories import (
    LAND,
    NOW,
    SINCE,
    Quiet,
    a_clue,
    a_scene_set,
    a_screening,
    as_recorded,
    region,
    seen,
)
from qingshan.office.observations.whereabouts import grown
from qingshan.office.places.models import MapFeature, MapLayer
from qingshan.office.trail.models import Entry
from qingshan.rules.matters import ProblemKind, Route, SourceKind
from qingshan.rules.verification import Zone

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Pits:
    """Simulated land with new pits."""

    scenes: Path


@pytest.fixture(scope="session")
def dug(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Pits]:
    from qingshan.earth.simulation import Scenario, write_simulation

    root = tmp_path_factory.mktemp("dug")
    write_simulation(
        root / "pits", seed=5, scenarios=[Scenario.BOUNDARY], each=2, years=5.0, cloud=0.1, revisit_days=16
    )
    return root, Pits(root / "pits" / "scenes")


@pytest.fixture
def pits(dug: tuple[Path, Pits], settings: Any, tmp_path: Path) -> Pits:
    settings.SCENES_ROOT, land = dug
    settings.OBSERVATIONS_ROOT = tmp_path / "observations"
    return land


def planned(world: World, **more: Any) -> Screening:
    scenes = clue_scenes(world)
    new = NewScreening(scenes, region(), SINCE, least_m2=1_500.0, zone=Zone.SEMI_HUMID)
    return actions.plan_screening(
        replace(new, **more), actor=world.people.actor("provincial_dispatcher"), now=NOW
    )


def clue_scenes(world: World) -> Any:
    from qingshan.office.observations.models import SceneSet

    known = SceneSet.objects.filter(path="pits/scenes").select_related("region").first()
    return known or a_scene_set(world.people.actor("county_clerk"), path="pits/scenes")


def done(screening: Screening, world: World) -> Screening:
    actor = world.people.actor("provincial_dispatcher")
    actions.start_screening(screening, actor=actor, now=NOW, in_background=False)
    screen_region(screening, reporter=Quiet(), now=lambda: NOW, engine=LocalEngine(threads=1))
    screening.refresh_from_db()
    return screening


def clerk(world: World) -> Any:
    return world.people.actor("county_clerk")


def confirmed(clue: Clue, world: World) -> Clue:
    """Somebody was there."""
    looked = Looked("到场看过，属实", SINCE)
    return actions.verify_clue(clue, looked, version=clue.version, actor=clerk(world), now=NOW)


def case_of(clue: Clue, **more: Any) -> NewCase:
    opening = Opening(
        kind="", number="", title="新增扰动", region=clue.region, source=SourceKind.SATELLITE, **more
    )
    return NewCase(opening, Route.BY_DATE, ProblemKind.WITHOUT_RIGHT)


def test_the_whole_way_from_images_to_a_case(world: World, pits: Pits) -> None:
    screening = planned(world)
    assert screening.estimate["seconds"] >= 5
    done(screening, world)
    clues = list(Clue.objects.order_by("pk"))
    assert len(clues) == screening.counts["clues"] == screening.counts["found"] >= 3
    assert {clue.kind for clue in clues} == {"no_permit"}
    assert {clue.state for clue in clues} == {"persistent"}
    first = clues[0]
    sighting = first.seen.get()
    assert clue_queries.picture(sighting.after_digest)
    assert "<svg" in str(clue_queries.picture(sighting.before_digest))
    confirmed(first, world)
    matter = register_from_clue(case_of(first), first, actor=clerk(world), now=NOW)
    first.refresh_from_db()
    assert (first.state, first.matter_id, matter.clue) == ("filed", matter.pk, first)
    assert (matter.source, matter.source_number) == ("satellite", first.number)
    assert first.geom.contains(matter.geom)
    client = world.people.enter("county_clerk")
    page = client.get(f"/clues/{first.pk}/").content.decode()
    assert "<svg" in page
    assert matter.number in page
    assert (
        first.number in client.get(f"/observations/about/matters.matter/{matter.pk}/card/").content.decode()
    )
    assert client.get(screening.get_absolute_url()).status_code == 200
    other = confirmed(clues[1], world)
    form = client.get(f"/clues/{other.pk}/register/")
    given = {
        "title": "新增扰动",
        "region": f"x · {other.region_id}",
        "source": "satellite",
        "severity": "ordinary",
    }
    given |= {"route": "by_date", "problem": "without_right"}
    assert form.status_code == 200
    sent = client.post(f"/clues/{other.pk}/register/", given)
    assert sent.status_code == 302
    other.refresh_from_db()
    assert sent["Location"] == f"/cases/{other.matter_id}/"
    assert Entry.objects.filter(act="cases.register_from_clue").count() == 2
    assert as_recorded()


def test_a_clue_is_used_once(world: World, pits: Pits) -> None:
    clue = a_clue(state="verified")
    register_from_clue(case_of(clue), clue, actor=clerk(world), now=NOW)
    with pytest.raises(ObservationRefused) as refused:
        register_from_clue(case_of(clue), clue, actor=clerk(world), now=NOW)
    assert refused.value.code == "observations.clue_not_in_state"
    assert Entry.objects.filter(act="cases.register_from_clue").count() == 1


def test_somebody_elses_clue_is_no_case(world: World) -> None:
    clue = a_clue(state="verified")
    with pytest.raises(NotAllowed):
        register_from_clue(case_of(clue), clue, actor=world.people.actor("other_county_clerk"), now=NOW)
    clue.refresh_from_db()
    assert (clue.state, clue.matter_id) == ("verified", None)


@pytest.mark.parametrize("state", ["suspected", "persistent"])
def test_what_nobody_has_confirmed_on_site_is_no_case(world: World, state: str) -> None:
    clue = a_clue(state=state)
    with pytest.raises(ObservationRefused) as refused:
        register_from_clue(case_of(clue), clue, actor=clerk(world), now=NOW)
    assert refused.value.code == "observations.clue_not_verified"
    assert not Entry.objects.filter(act="cases.register_from_clue").exists()


def test_a_second_run_finds_the_same_clues_once_more(world: World, pits: Pits) -> None:
    done(planned(world), world)
    before = dict(Clue.objects.values_list("pk", "area_m2"))
    done(planned(world), world)
    assert dict(Clue.objects.values_list("pk", "area_m2")) == pytest.approx(before)
    assert set(Clue.objects.values_list("sightings", flat=True)) == {2}
    assert ClueSighting.objects.count() == 2 * len(before)


def test_what_was_stopped_goes_on_and_records_nothing_twice(world: World, pits: Pits) -> None:
    class Stopped(Exception):
        pass

    class Impatient(Quiet):
        def report(self, done: int, total: int | None = None) -> None:
            if done >= 900:
                raise Stopped

    screening = planned(world)
    actor = world.people.actor("provincial_dispatcher")
    actions.start_screening(screening, actor=actor, now=NOW, in_background=False)
    with pytest.raises(Stopped):
        screen_region(screening, reporter=Impatient(), now=lambda: NOW, engine=LocalEngine(threads=1))
    jobs.screening_given_up({"screening_id": screening.pk}, ())
    done(screening, world)
    assert screening.state == "done"
    assert Clue.objects.count() == ClueSighting.objects.count() == screening.counts["found"]


def test_a_job_does_the_screening(world: World, pits: Pits) -> None:
    screening = planned(world)
    actions.start_screening(screening, actor=world.people.actor("provincial_dispatcher"), now=NOW)
    told = jobs.screen_in_background({"screening_id": screening.pk}, Quiet())  # type: ignore[arg-type]
    assert told == {"url": f"/observations/screenings/{screening.pk}/"}
    assert Clue.objects.exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"since": date(2018, 3, 1)}, "observations.screening_too_early"),
        ({"until": date(2019, 1, 1)}, "observations.screening_days_wrong"),
    ],
)
def test_days_that_make_no_sense_are_refused(world: World, pits: Pits, more: Any, code: str) -> None:
    with pytest.raises(ObservationRefused) as refused:
        planned(world, **more)
    assert refused.value.code == code
    assert not Screening.objects.exists()


# -- clues alone ---------------------------------------------------------------------------------------------------


def recorded(world: World, *found: actions.Seen) -> list[Clue]:
    return actions.record_clues(a_screening(), found, now=NOW)


def a_right(world: World, shape: Any, **more: Any) -> MiningRight:
    return MiningRight.objects.create(key="C990101", region=region(), mine=world.mine, geom=shape, **more)


def test_what_is_seen_twice_is_persistent_and_what_a_person_decided_stays(world: World) -> None:
    (first,) = recorded(world, seen())
    assert first.state == "suspected"
    (again,) = recorded(world, seen(box(122.100, 33.100, 122.103, 33.102), key="k2"))
    assert (again.pk, again.state, again.sightings) == (first.pk, "persistent", 2)
    actions.dismiss_clue(again, Looked("已批临时用地"), version=again.version, actor=clerk(world), now=NOW)
    (third,) = recorded(world, seen(key="k3"))
    assert (third.pk, third.state, third.sightings) == (first.pk, "dismissed", 3)
    assert third.grown_on is None  # nothing was added
    (fourth,) = recorded(world, seen(box(122.100, 33.100, 122.106, 33.102), key="k4"))
    assert (fourth.pk, fourth.state, fourth.grown_on) == (first.pk, "dismissed", date(2020, 6, 1))


def test_two_pieces_of_one_run_in_one_clue_are_one_sighting(world: World) -> None:
    halves = [box(122.100, 33.100, 122.101, 33.102), box(122.101, 33.100, 122.102, 33.102)]
    recorded(world, seen())
    recorded(world, seen(halves[0], key="a"), seen(halves[1], key="b"))
    clue = Clue.objects.get()
    assert (clue.sightings, clue.seen.count()) == (2, 3)
    assert clue.area_m2 == pytest.approx(seen().area_m2, rel=1e-6)


def test_land_elsewhere_is_another_clue(world: World) -> None:
    recorded(world, seen(), seen(box(122.2, 33.1, 122.201, 33.101), key="k2"))
    assert Clue.objects.count() == 2


@pytest.mark.parametrize(
    ("right", "more", "kinds"),
    [
        (None, {}, ["no_permit"]),
        (box(122.09, 33.09, 122.11, 33.11), {}, ["inside"]),
        (box(122.09, 33.09, 122.101, 33.11), {}, ["beyond", "inside"]),
        (box(122.09, 33.09, 122.11, 33.11), {"to_on": date(2019, 12, 31)}, ["no_permit"]),
        (box(122.09, 33.09, 122.11, 33.11), {"state": "revoked"}, ["no_permit"]),
        (box(122.09, 33.09, 122.0995, 33.11), {}, ["beyond"]),
    ],
)
def test_kinds_tell_where_it_lies(world: World, right: Any, more: Any, kinds: list[str]) -> None:
    if right is not None:
        a_right(world, right, **more)
    (clue,) = recorded(world, seen())
    assert [each["kind"] for each in clue.doubts] == kinds
    assert clue.mine_id == (None if kinds == ["no_permit"] else world.mine.pk)


@pytest.mark.parametrize(
    ("extent", "more", "kinds"),
    [
        (box(122.09, 33.09, 122.11, 33.11), {}, []),
        (box(122.09, 33.09, 122.101, 33.11), {}, ["not_in_plan"]),
        (box(122.09, 33.09, 122.101, 33.11), {"to_on": date(2019, 12, 31)}, ["inside"]),
        (box(122.09, 33.09, 122.101, 33.11), {"kind": "environment"}, ["inside"]),
        (None, {}, ["inside"]),
    ],
)
def test_land_inside_the_right_is_held_against_the_extent_of_the_plan(
    world: World, extent: Any, more: Any, kinds: list[str]
) -> None:
    a_right(world, box(122.09, 33.09, 122.11, 33.11))
    plan = {"kind": "mining", "title": "开采方案", "number": "青自然资〔2018〕1号", "geom": extent}
    ApprovedPlan.objects.create(region=region(), mine=world.mine, **(plan | more))
    clues = recorded(world, seen())
    assert [each["kind"] for clue in clues for each in clue.doubts] == kinds
    assert Clue.objects.count() == bool(kinds)  # mining as it was approved is no clue
    assert as_recorded() is bool(kinds)


def test_land_over_two_rights_of_which_one_has_no_extent_is_compared_by_hand(world: World) -> None:
    a_right(world, box(122.09, 33.09, 122.101, 33.11))
    other = Mine.objects.create(key="M-2", name="东沟铁矿", region=region())
    MiningRight.objects.create(key="C2", region=region(), mine=other, geom=box(122.101, 33.09, 122.11, 33.11))
    ApprovedPlan.objects.create(
        region=region(), mine=world.mine, kind="mining", title="开采方案", number="1",
        geom=box(122.09, 33.09, 122.1005, 33.11),
    )  # fmt: skip
    (clue,) = recorded(world, seen())
    assert "inside" in [each["kind"] for each in clue.doubts]


def test_what_only_reaches_over_by_the_error_of_position_is_said_to_be_unclear(world: World) -> None:
    a_right(world, grown(LAND, -10.0))
    thin = seen(shapely.difference(LAND, grown(LAND, -12.0)))
    (clue,) = recorded(world, thin)
    assert [each["kind"] for each in clue.doubts] == ["at_the_edge"]


def test_a_control_line_is_told_first(world: World) -> None:
    layer = MapLayer.objects.create(
        code="r", title="红线", kind="ecological_redline", region=region(), openness="internal", source="x",
        data_on=SINCE,
    )  # fmt: skip
    MapFeature.objects.create(key="r:1", layer=layer, geom=box(122.0, 33.0, 122.2, 33.2), area_m2=1.0)
    (clue,) = recorded(world, seen())
    assert [each["kind"] for each in clue.doubts] == ["control_line", "no_permit"]
    assert "生态保护红线" in clue_queries.told_of(clue)


@pytest.mark.parametrize("act", [actions.verify_clue, actions.dismiss_clue])
def test_a_decision_needs_words_a_duty_and_the_newest_state(world: World, act: Callable[..., Any]) -> None:
    clue = a_clue()
    with pytest.raises(ObservationRefused):
        act(clue, Looked(" ", SINCE), version=1, actor=clerk(world), now=NOW)
    with pytest.raises(NotAllowed):
        act(clue, Looked("看过", SINCE), version=1, actor=world.people.actor("city_reviewer"), now=NOW)
    with pytest.raises(ChangedMeanwhile):
        act(Clue.objects.get(), Looked("看过", SINCE), version=7, actor=clerk(world), now=NOW)
    act(Clue.objects.get(), Looked("看过", SINCE), version=1, actor=clerk(world), now=NOW)
    assert as_recorded()


def test_a_dismissed_clue_is_no_case_and_not_dismissed_again(world: World) -> None:
    clue = a_clue(state="dismissed")
    with pytest.raises(ObservationRefused):
        actions.dismiss_clue(clue, Looked("又看"), version=1, actor=clerk(world), now=NOW)
    with pytest.raises(ObservationRefused):
        register_from_clue(case_of(clue), clue, actor=clerk(world), now=NOW)


def test_lists_show_what_is_open_of_ones_own_area(world: World) -> None:
    a_clue()
    a_clue(state="dismissed")
    listed = clue_queries.listed(Narrowed(), actor=clerk(world))
    assert [clue.state for clue in listed.rows] == ["suspected"]
    assert len(clue_queries.listed(Narrowed("all"), actor=clerk(world)).rows) == 2
    assert not clue_queries.listed(Narrowed("all"), actor=world.people.actor("other_county_clerk")).rows
    assert not clue_queries.listed(Narrowed("all"), actor=world.people.actor("enterprise_manager")).rows


def test_a_clue_beside_it_in_another_county_is_named_only_to_those_who_see_both(world: World) -> None:
    clue, there = a_clue(), a_clue(region=region("990102"))
    assert not clue_queries.around(clue, actor=clerk(world))
    whole = world.people.actor("provincial_dispatcher")
    assert clue_queries.around(clue, actor=whole) == [there]


def test_the_list_can_be_narrowed_to_what_one_screening_saw(world: World) -> None:
    (first,) = recorded(world, seen())
    recorded(world, seen(box(122.2, 33.1, 122.201, 33.101), key="k2"))
    screening = first.seen.get().screening_id
    listed = clue_queries.listed(Narrowed("all", screening=screening), actor=clerk(world))
    assert [clue.pk for clue in listed.rows] == [first.pk]
    client = world.people.enter("county_clerk")
    page = client.get(f"/clues/?state=all&screening={screening}").content.decode()
    assert f"SC-{screening}" in page
    assert f"?state=dismissed&amp;kind=&amp;screening={screening}" in page
    for odd in ("x", "9" * 30, "²", ""):
        assert client.get("/clues/", {"screening": odd}).status_code == 200


def test_a_longer_list_asks_no_more_questions(world: World, django_assert_max_num_queries: Any) -> None:
    for _ in range(30):
        a_clue(mine=world.mine)
    client = world.people.enter("county_clerk")
    client.get("/clues/")
    with django_assert_max_num_queries(45):
        page = client.get("/clues/")
    assert page.status_code == 200


def test_an_export_holds_the_rows_of_the_list(world: World) -> None:
    a_clue()
    a_clue(state="dismissed")
    client = world.people.enter("county_clerk")
    told = json.loads(b"".join(client.get("/clues/export.geojson?state=suspected").streaming_content))
    assert [one["properties"]["图斑状态"] for one in told["features"]] == ["疑似"]
    assert b"".join(client.get("/clues/export.xlsx").streaming_content)[:2] == b"PK"


def test_the_smallest_piece_is_the_engines_unless_somebody_says_so() -> None:
    from qingshan.earth import screening as engine
    from qingshan.office.observations.actions.screenings import LEAST_M2

    assert LEAST_M2 == engine.LEAST_M2
