"""Who gets what at the addresses of claims, images and runs?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from shapely.geometry import box

from qingshan.office.accounts.tests.access import Row, World, only
from qingshan.office.observations.models import Answer, Claim, Clue, Finding, Run, SceneSet, Screening

OFFICE = (
    "county_clerk",
    "county_leader",
    "city_reviewer",
    "provincial_dispatcher",
    "other_county_clerk",
    "auditor",
    "registry_officer",
)
"""Who reads of images and runs at all."""
OF_THE_COUNTY = tuple(name for name in OFFICE if name != "other_county_clerk")
EVERYBODY = (*OFFICE, "enterprise_manager", "expert")
"""Who may look for claims."""
SEES = (*OF_THE_COUNTY, "enterprise_manager")
REGISTRY = ("county_clerk", "other_county_clerk", "registry_officer")
ANSWERS = (*REGISTRY, "provincial_dispatcher", "enterprise_manager")
AT = datetime(2026, 3, 1, 1, tzinfo=UTC)
DAY = date(2026, 3, 1)


def prepare(world: World) -> None:
    """A set of images, a run and a claim of 青石县 with a finding, one with an answer to it."""
    county = world.people.regions["990101"]
    scenes = SceneSet.objects.create(
        name="哨兵二号影像", region=county, kind="folder", path="a", openness="public", scenes=3, first_day=DAY,
        last_day=DAY, registered_on=DAY,
    )  # fmt: skip
    estimate = {"claims": 1, "scenes": 3, "looks": 3, "seconds": 90}
    run = Run.objects.create(
        scene_set=scenes, region=county, asked=[], estimate=estimate, planned_at=AT, planned_by="某局"
    )
    base = {
        "subject_kind": "x", "subject_id": 1, "subject_name": "某事项", "region": county, "about": "采坑",
        "enterprise": world.people.organisations["enterprise"], "geom": box(122.1, 33.1, 122.11, 33.11),
        "area_m2": 1.0, "restored_since": DAY, "claimed_on": DAY, "found_on": DAY, "state": "observed",
        "verdict": "unsupported", "doubted": ["restored"],
    }  # fmt: skip
    asked = Claim.objects.create(answer_state="asked", answer_until=date(2026, 3, 9), **base)
    given = Claim.objects.create(answer_state="given", answer_until=date(2026, 3, 9), **base)
    told = {"because": [], "signs": [], "settle": [], "since": None, "is_provisional": False}
    for each in (asked, given):
        each.newest = Finding.objects.create(
            claim=each, run=run, question="restored", verdict="unsupported", told=told, found_on=DAY,
            parameters="p", engine="e",
        )  # fmt: skip
        each.save()
    answer = Answer.objects.create(claim=given, text="已补植，附照片", answered_on=DAY, answered_by="某局")
    screening = Screening.objects.create(
        scene_set=scenes, region=county, since=DAY, least_m2=2000, planned_at=AT, planned_by="某局",
        estimate={"squares": 1, "scenes": 3, "megapixels": 1.0, "seconds": 90},
    )  # fmt: skip
    seen_there: dict[str, Any] = {
        "region": county, "geom": box(122.1, 33.1, 122.11, 33.11), "area_m2": 1e6, "kind": "no_permit",
        "doubts": [], "rulebook": {"id": "clues", "version": "1"}, "source": "screening", "first_seen": DAY,
        "last_seen": DAY, "looks": 3, "found_on": DAY,
    }  # fmt: skip
    world.things.update(
        screening=screening,
        clue=Clue.objects.create(state="suspected", **seen_there),
        clue_out=Clue.objects.create(state="dismissed", **seen_there),
    )
    world.things.update(scenes=scenes, claim=asked, claim_answered=given, claim_answer=answer, run=run)


def at(name: str, path: str) -> Callable[[World], str]:
    """The address of a prepared object."""
    return lambda world: path.format(world.things[name].pk)


def file_of(world: World) -> str:
    claim, answer = world.things["claim_answered"], world.things["claim_answer"]
    return f"/observations/{claim.pk}/answers/{answer.pk}/file"


def seen(*names: str, among: tuple[str, ...], status: int = 200) -> dict[str, int]:
    """Open to the duty of some, found by fewer: others of the duty get 404, all others 403."""
    return only(*among, status=404) | dict.fromkeys(names, status)


OF_PLACE = ("county_clerk", "registry_officer", "provincial_dispatcher", "enterprise_manager")
KEEPERS = ("county_clerk", "registry_officer")
ROWS = [
    Row("GET", "/observations/", only(*EVERYBODY)),
    Row("GET", "/observations/?verdict=unsupported&after=x", only(*EVERYBODY)),
    Row("GET", "/observations/?verdict=%00%27", only(*EVERYBODY)),
    Row("GET", "/observations/?verdict=traced&q=HY-1&region=990101&target=x", only(*EVERYBODY)),
    Row("GET", "/observations/export.xlsx?verdict=unsupported", only(*EVERYBODY)),
    Row("GET", "/observations/export.geojson", only(*EVERYBODY)),
    Row("GET", "/observations/export.exe", only(*EVERYBODY, status=404)),
    Row("GET", at("claim", "/observations/{}/"), seen(*SEES, among=EVERYBODY)),
    Row("GET", at("claim", "/observations/{}/sheet.html"), only(*EVERYBODY, status=404)),
    Row("GET", at("claim", "/observations/{}/answer/"), seen(*OF_PLACE, among=ANSWERS)),
    Row("POST", at("claim", "/observations/{}/answer/"), seen(*OF_PLACE, among=ANSWERS, status=422)),
    Row("GET", at("claim_answered", "/observations/{}/decide/"), only("city_reviewer")),
    Row("POST", at("claim_answered", "/observations/{}/decide/"), only("city_reviewer", status=422)),
    Row("GET", at("claim", "/observations/{}/clear/"), only("city_reviewer", status=404)),
    Row("GET", at("claim", "/observations/{}/complete/"), seen(*KEEPERS, among=REGISTRY)),
    Row("POST", at("claim", "/observations/{}/complete/"), seen(*KEEPERS, among=REGISTRY, status=422)),
    Row("GET", at("claim", "/observations/{}/shape/"), seen(*KEEPERS, among=REGISTRY)),
    Row("POST", at("claim", "/observations/{}/shape/"), seen(*KEEPERS, among=REGISTRY, status=422)),
    Row("GET", file_of, only(*EVERYBODY, status=404)),
    Row("GET", "/observations/about/nothing/1/card/", only(*EVERYBODY, status=404)),
    Row("GET", "/observations/about/matters.matter/999999/card/", only(*EVERYBODY, status=404)),
    Row("GET", "/observations/scenes/", only(*OFFICE)),
    Row("GET", "/observations/scenes/?after=x", only(*OFFICE)),
    Row("GET", "/observations/scenes/new/", only(*REGISTRY)),
    Row("POST", "/observations/scenes/new/", only(*REGISTRY, status=422)),
    Row("GET", at("scenes", "/observations/scenes/{}/"), seen(*OF_THE_COUNTY, among=OFFICE)),
    Row("GET", at("scenes", "/observations/scenes/{}/correct/"), seen(*KEEPERS, among=REGISTRY)),
    Row("POST", at("scenes", "/observations/scenes/{}/correct/"), seen(*KEEPERS, among=REGISTRY, status=422)),
    Row("GET", at("scenes", "/observations/scenes/{}/retire/"), seen(*KEEPERS, among=REGISTRY)),
    Row("POST", at("scenes", "/observations/scenes/{}/retire/"), seen(*KEEPERS, among=REGISTRY, status=422)),
    Row("GET", "/observations/screenings/", only(*OFFICE)),
    Row("GET", "/observations/screenings/new/", only("provincial_dispatcher")),
    Row("POST", "/observations/screenings/new/", only("provincial_dispatcher", status=422)),
    Row("GET", at("screening", "/observations/screenings/{}/"), seen(*OF_THE_COUNTY, among=OFFICE)),
    Row(
        "POST",
        at("screening", "/observations/screenings/{}/start/"),
        only("provincial_dispatcher", status=302),
    ),
    Row("GET", "/clues/", only(*OFFICE)),
    Row("GET", "/clues/?state=%00%27&kind=x&after=x", only(*OFFICE)),
    Row("GET", "/clues/export.geojson", only(*OFFICE)),
    Row("GET", "/clues/export.xlsx?state=all", only(*OFFICE)),
    Row("GET", "/clues/export.exe", only(*OFFICE, status=404)),
    Row("GET", "/clues/?state=unseen&region=990101", only(*OFFICE)),
    Row("GET", at("clue", "/clues/{}/"), seen(*OF_THE_COUNTY, among=OFFICE)),
    Row("GET", at("clue", "/clues/{}/verify/"), seen(*KEEPERS, among=REGISTRY)),
    Row("POST", at("clue", "/clues/{}/verify/"), seen(*KEEPERS, among=REGISTRY, status=422)),
    Row("GET", at("clue", "/clues/{}/dismiss/"), seen(*KEEPERS, among=REGISTRY)),
    Row("POST", at("clue", "/clues/{}/dismiss/"), seen(*KEEPERS, among=REGISTRY, status=422)),
    Row("GET", at("clue_out", "/clues/{}/restore/"), seen(*KEEPERS, among=REGISTRY)),
    Row("POST", at("clue_out", "/clues/{}/restore/"), seen(*KEEPERS, among=REGISTRY, status=422)),
    Row("GET", at("clue", "/clues/{}/evidence/999999/file"), only(*OFFICE, status=404)),
    Row("GET", at("clue", "/clues/{}/evidence/999999/small"), only(*OFFICE, status=404)),
    Row("GET", "/clues/?state=grown&q=TB-1", only(*OFFICE)),
    Row("GET", "/observations/runs/", only(*OFFICE)),
    Row("GET", "/observations/runs/new/", only("provincial_dispatcher")),
    Row("POST", "/observations/runs/new/", only("provincial_dispatcher", status=422)),
    Row("GET", at("run", "/observations/runs/{}/"), seen(*OF_THE_COUNTY, among=OFFICE)),
    Row("POST", at("run", "/observations/runs/{}/start/"), only("provincial_dispatcher", status=302)),
    Row("POST", at("run", "/observations/runs/{}/stop/"), only("provincial_dispatcher", status=400)),
    Row("GET", at("run", "/observations/runs/{}/progress/"), seen(*OF_THE_COUNTY, among=OFFICE)),
    Row(
        "POST",
        at("screening", "/observations/screenings/{}/stop/"),
        only("provincial_dispatcher", status=400),
    ),
    Row("GET", at("screening", "/observations/screenings/{}/progress/"), seen(*OF_THE_COUNTY, among=OFFICE)),
    Row("GET", "/observations/?run=1&verdict=x", only(*EVERYBODY)),
    Row("GET", at("run", "/observations/runs/{}/start/"), only("provincial_dispatcher", status=405)),
]
__all__ = ["ROWS", "prepare"]
