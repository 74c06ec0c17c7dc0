"""Is a clue judged anew as it grows, and can a person confirm, dismiss and take it up again with what they brought?"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from shapely.geometry import box

from qingshan.office.cases.actions import register_from_clue
from qingshan.office.cases.actions.registering import NewCase
from qingshan.office.cases.tests.factories import World
from qingshan.office.errors import NotAllowed
from qingshan.office.matters.actions import Opening
from qingshan.office.mines.models import MiningRight
from qingshan.office.observations import actions, clue_queries
from qingshan.office.observations.actions import Looked
from qingshan.office.observations.clue_queries import GROWN, Narrowed
from qingshan.office.observations.clues_on_map import CLUES
from qingshan.office.observations.models import Clue, ClueEvidence
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.observations.tests.factories import (
    NOW,
    SINCE,
    a_clue,
    a_screening,
    as_recorded,
    region,
    seen,
)
from qingshan.office.trail.models import Entry
from qingshan.pictures.tests.scenes import jpeg, scene
from qingshan.rules.dates import shanghai_date
from qingshan.rules.matters import ProblemKind, Route, SourceKind

pytestmark = pytest.mark.django_db
FURTHER = box(122.100, 33.100, 122.106, 33.102)
"""LAND of the factories with more to its east"""


def recorded(*found: actions.Seen) -> list[Clue]:
    return actions.record_clues(a_screening(), found, now=NOW)


def clerk(world: World) -> Any:
    return world.people.actor("county_clerk")


def newest(which: str = "new_json") -> Any:
    return json.loads(getattr(Entry.objects.order_by("-seq").first(), which) or "null")


def a_right(world: World, shape: Any) -> None:
    MiningRight.objects.create(key="C990101", region=region(), mine=world.mine, geom=shape)


def dismissed(clue: Clue, world: World) -> Clue:
    looked = Looked("已批临时用地")
    return actions.dismiss_clue(clue, looked, version=clue.version, actor=clerk(world), now=NOW)


def filed(clue: Clue, world: World) -> Clue:
    looked = Looked("到场看过，属实", SINCE)
    actions.verify_clue(clue, looked, version=clue.version, actor=clerk(world), now=NOW)
    opening = Opening(kind="", number="", title="新增扰动", region=clue.region, source=SourceKind.SATELLITE)
    register_from_clue(
        NewCase(opening, Route.BY_DATE, ProblemKind.WITHOUT_RIGHT), clue, actor=clerk(world), now=NOW
    )
    clue.refresh_from_db()
    return clue


# -- as it grows ---------------------------------------------------------------------------------------------------


def test_a_pit_that_grows_over_the_boundary_is_judged_again(world: World) -> None:
    a_right(world, box(122.09, 33.09, 122.103, 33.11))
    (first,) = recorded(seen())
    assert first.kind == "inside"
    (grown,) = recorded(seen(FURTHER, key="k2"))
    assert (grown.pk, grown.kind) == (first.pk, "beyond")
    assert [each["kind"] for each in grown.doubts] == ["beyond", "inside"]
    assert newest("old_json")["kinds"] == [f"{grown.number} 界内（方案范围未录入）"]
    assert newest()["kinds"] == [f"{grown.number} 超出采矿权边界"]
    assert as_recorded()


def test_a_less_exact_sighting_takes_no_doubt_back(world: World) -> None:
    a_right(world, box(122.09, 33.09, 122.101, 33.11))
    (first,) = recorded(seen())
    assert first.kind == "beyond"
    rough = seen(box(122.0995, 33.100, 122.1021, 33.102), key="k2", margin_m=500.0)
    (grown,) = recorded(rough)
    assert (grown.pk, grown.kind) == (first.pk, "beyond")
    assert newest("old_json") is None


def test_what_adds_no_land_is_not_judged_again(world: World) -> None:
    (first,) = recorded(seen())
    a_right(world, box(122.09, 33.09, 122.11, 33.11))
    (again,) = recorded(seen(key="k2"))
    assert (again.pk, again.kind) == (first.pk, "no_permit")


@pytest.mark.parametrize(("decide", "state"), [(dismissed, "dismissed"), (filed, "filed")])
def test_what_grows_after_somebody_decided_is_marked_and_shown(world: World, decide: Any, state: str) -> None:
    (clue,) = recorded(seen())
    decide(clue, world)
    (again,) = recorded(seen(key="k2"))
    assert again.grown_on is None
    (grown,) = recorded(seen(FURTHER, key="k3"))
    assert (grown.state, grown.grown_on) == (state, date(2020, 6, 1))
    assert newest()["outgrown"] == [clue.number]
    listed = clue_queries.listed(Narrowed(GROWN), actor=clerk(world))
    assert [each.pk for each in listed.rows] == [clue.pk]
    client = world.people.enter("county_clerk")
    assert "核定后继续扩大" in client.get(f"/clues/{clue.pk}/").content.decode()
    assert f"核定后继续扩大 {grown.grown_on}" in client.get("/clues/?state=grown").content.decode()
    assert as_recorded()


# -- what a person decides -----------------------------------------------------------------------------------------


def test_a_dismissed_clue_is_taken_up_again_with_grounds(world: World) -> None:
    (clue,) = recorded(seen())
    dismissed(clue, world)
    with pytest.raises(ObservationRefused) as refused:
        actions.restore_clue(clue, Looked(" "), version=clue.version, actor=clerk(world), now=NOW)
    assert refused.value.code == "observations.note_missing"
    other = world.people.actor("other_county_clerk")
    with pytest.raises(NotAllowed):
        actions.restore_clue(clue, Looked("重查"), version=clue.version, actor=other, now=NOW)
    looked = Looked("临时用地批文已过期，仍在开采")
    actions.restore_clue(clue, looked, version=clue.version, actor=clerk(world), now=NOW)
    clue.refresh_from_db()
    assert (clue.state, clue.note, clue.decided_m2) == ("suspected", looked.note, None)
    assert newest()["note"] == looked.note
    assert as_recorded()


def test_what_had_lasted_is_persistent_again(world: World) -> None:
    recorded(seen())
    (clue,) = recorded(seen(key="k2"))
    dismissed(clue, world)
    actions.restore_clue(clue, Looked("重查"), version=clue.version, actor=clerk(world), now=NOW)
    assert clue.state == "persistent"


@pytest.mark.parametrize("state", ["suspected", "verified"])
def test_only_what_was_dismissed_is_taken_up_again(world: World, state: str) -> None:
    clue = a_clue(state=state)
    with pytest.raises(ObservationRefused) as refused:
        actions.restore_clue(clue, Looked("重查"), version=1, actor=clerk(world), now=NOW)
    assert refused.value.code == "observations.clue_not_in_state"


def test_confirming_on_site_needs_the_day_of_a_visit_that_was(world: World) -> None:
    clue = a_clue()
    for visited_on, code in (
        (None, "observations.visit_missing"),
        (shanghai_date(NOW) + timedelta(days=1), "observations.day_to_come"),
    ):
        with pytest.raises(ObservationRefused) as refused:
            actions.verify_clue(clue, Looked("属实", visited_on), version=1, actor=clerk(world), now=NOW)
        assert refused.value.code == code
    assert Clue.objects.get().state == "suspected"


def test_photographs_of_the_visit_are_kept_and_shown_to_whoever_sees_the_clue(world: World) -> None:
    clue = a_clue()
    client = world.people.enter("county_clerk")
    given = {"version": 1, "note": "新挖采坑，未见批准文件", "visited_on": "2020-06-03"}
    photo = {"shots": SimpleUploadedFile("采坑.jpg", jpeg(scene(1)))}
    undeclared = client.post(f"/clues/{clue.pk}/verify/", given | photo)
    assert undeclared.status_code == 422
    photo = {"shots": SimpleUploadedFile("采坑.jpg", jpeg(scene(1))), "nothing_secret": "on"}
    assert client.post(f"/clues/{clue.pk}/verify/", given | photo).status_code == 302
    clue.refresh_from_db()
    assert (clue.state, clue.visited_on) == ("verified", date(2020, 6, 3))
    kept = ClueEvidence.objects.get()
    page = client.get(f"/clues/{clue.pk}/").content.decode()
    assert "采坑.jpg" in page
    assert "2020-06-03 到场" in page
    assert client.get(f"/clues/{clue.pk}/evidence/{kept.pk}/file")["Content-Type"] == "image/jpeg"
    assert client.get(f"/clues/{clue.pk}/evidence/{kept.pk}/small").status_code == 200
    stranger = world.people.enter("other_county_clerk")
    assert stranger.get(f"/clues/{clue.pk}/evidence/{kept.pk}/file").status_code == 404
    assert as_recorded()


# -- found ---------------------------------------------------------------------------------------------------------


def test_a_clue_is_found_by_its_number_and_by_words_of_the_mine(world: World) -> None:
    near, far = a_clue(mine=world.mine), a_clue()
    for text, wanted in (
        (far.number, [far.pk]),
        (str(near.pk), [near.pk]),
        (world.mine.name, [near.pk]),
        ("没有这座矿", []),
    ):
        listed = clue_queries.listed(Narrowed(text=text), actor=clerk(world))
        assert [each.pk for each in listed.rows] == wanted
        on_map = [row.pk for rows in CLUES.rows(clerk(world), {"q": text}) for row in rows]
        assert on_map == wanted
    page = world.people.enter("county_clerk").get(f"/clues/?q={far.number}").content.decode()
    assert far.number in page
    assert f">{near.number}<" not in page
