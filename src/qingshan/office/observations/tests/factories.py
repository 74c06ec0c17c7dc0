"""A little simulated land with images, and claims about it at any point of the way.

Two sites: one was restored as it is claimed, the other never was. What is true is known to the tests alone.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import shapely
from shapely.geometry import box

from qingshan.geo.area import area_m2
from qingshan.jobs.work import Reporter
from qingshan.office.accounts.actors import Actor
from qingshan.office.mines.models import Site
from qingshan.office.observations import actions
from qingshan.office.observations.actions import NewScenes, Seen
from qingshan.office.observations.claiming import Claimed, claim
from qingshan.office.observations.looking import look
from qingshan.office.observations.models import (
    Claim,
    Clue,
    Finding,
    Run,
    SceneSet,
    Screening,
    TraceBack,
)
from qingshan.office.regions.models import Region
from qingshan.office.trail.models import Subject
from qingshan.office.trail.subjects import declared_subjects, digest_of
from qingshan.rules.verification import TargetUse, Zone

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)
COUNTY = "990101"


@dataclass(frozen=True)
class Land:
    """One simulated site: its shape, what is claimed of it, and whether that is true."""

    key: str
    shape: Any
    told: dict[str, str]
    is_true: bool

    def day(self, name: str) -> date | None:
        return date.fromisoformat(self.told[name]) if self.told[name] else None


@dataclass(frozen=True)
class Simulated:
    """Images below a folder, and the land in them: claimed rightly, claimed wrongly."""

    scenes: Path
    right: Land
    wrong: Land


def simulated(folder: Path, *, revisit_days: int = 20, years: float = 5.0) -> Simulated:
    """Land and images in a folder; about four seconds."""
    from qingshan.earth.simulation import Scenario, write_simulation

    write_simulation(
        folder, seed=3, scenarios=[Scenario.GRASS], years=years, cloud=0.1, revisit_days=revisit_days
    )
    return read_simulated(folder)


def read_simulated(folder: Path) -> Simulated:
    """What `simulated` wrote."""
    truth = json.loads((folder / "truth" / "truth.json").read_text("utf-8"))["sites"]
    shapes = {
        one["properties"]["id"]: shapely.geometry.shape(one["geometry"])
        for one in json.loads((folder / "sites.geojson").read_text("utf-8"))["features"]
    }
    with (folder / "claims.csv").open(encoding="utf-8") as file:
        told = {row["id"]: row for row in csv.DictReader(file)}
    lands = [Land(key, shapes[key], told[key], truth[key]["is_true"]) for key in shapes]
    right = next(each for each in lands if each.is_true)
    wrong = next(each for each in lands if not each.is_true)
    return Simulated(folder / "scenes", right, wrong)


def a_site(land: Land, *, region: Region, **more: Any) -> Site:
    """The land as a site of the register."""
    name = {"name": f"采坑 {land.key[:4]}"}
    return Site.objects.create(key=land.key, region=region, geom=land.shape, **(name | more))


def claimed_of(land: Land, site: Site, **more: Any) -> Claimed:
    """What is claimed of simulated land; the site itself is the subject."""
    given: dict[str, Any] = {
        "subject": site,
        "site": site,
        "target": TargetUse(land.told["target"]),
        "zone": Zone.SEMI_HUMID,
        "disturbed_since": land.day("disturbed_since"),
        "restored_since": land.day("restored_since"),
        "planted_on": land.day("planted_on"),
        "claimed_on": TODAY,
    }
    return Claimed(**(given | more))


def a_claim(land: Land, *, region: Region, now: datetime = NOW, **more: Any) -> Claim:
    """A claim straight from the seam, beside no act."""
    of_claim = {name: more.pop(name) for name in ("accepted_on", "target", "matter") if name in more}
    return claim(claimed_of(land, a_site(land, region=region, **more), **of_claim), now=now)[0]


def a_run_over(claim: Claim, *, last_day: date) -> Run:
    """A run straight from the tables, with its images."""
    of_it = {"name": "影像", "kind": "folder", "openness": "public", "scenes": 1, "registered_on": last_day}
    scenes, _made = SceneSet.objects.get_or_create(
        path="sim", region=claim.region, defaults=of_it | {"first_day": last_day, "last_day": last_day}
    )
    return Run.objects.create(
        scene_set=scenes,
        region=claim.region,
        asked=[claim.pk],
        estimate={},
        planned_at=NOW,
        planned_by="县局",
    )


def a_doubt(claim: Claim, *, on: date, question: str = "kept") -> Finding:
    """A finding that does not support a claim, straight from the tables."""
    told = {"because": [], "signs": [], "settle": [], "since": None, "is_provisional": False}
    return Finding.objects.create(
        claim=claim, run=a_run_over(claim, last_day=on), question=question, verdict="unsupported", told=told,
        found_on=on, until=on, parameters="p", engine="e",
    )  # fmt: skip


def a_trace_back(claim: Claim, *, on: date, **doubt: str) -> TraceBack:
    """One that a run of the program would have opened; straight to the tables."""
    return TraceBack.objects.create(claim=claim, finding=a_doubt(claim, on=on, **doubt), opened_on=on)


def the_claim() -> Claim:
    """The one that no newer claim about the same land has replaced."""
    return Claim.objects.exclude(state="superseded").get()


def region(code: str = COUNTY) -> Region:
    return Region.objects.defer("geom").get(code=code)


def a_scene_set(actor: Actor, *, path: str = "sim/scenes", code: str = COUNTY) -> SceneSet:
    """The images, registered as public."""
    new = NewScenes("模拟影像", path, region(code), "public", nothing_secret=True)
    return actions.register_scenes(new, actor=actor, now=NOW)


class Images(list[Any]):
    """Images that nobody looks into: of which day they are, and which land they cover."""

    left_out = ()

    def __init__(
        self, day: date, *, bounds: tuple[float, float, float, float] = (0.0, 0.0, 180.0, 90.0)
    ) -> None:
        grid = SimpleNamespace(key="g", bounds=bounds, from_lonlat=lambda shape: shape)
        super().__init__([SimpleNamespace(day=day, grid=grid)])


class Quiet:
    """Somebody who is told how far work is, and remembers it."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int | None]] = []

    def report(self, done: int, total: int | None = None) -> None:
        self.told.append((done, total))


def a_run(scene_set: SceneSet, actor: Actor, *, code: str = COUNTY, **more: Any) -> Run:
    """A run that is planned."""
    return actions.plan_run(scene_set, region=region(code), actor=actor, now=NOW, **more)


def looked(run: Run, actor: Actor, *, reporter: Reporter | None = None, now: Any = None) -> Run:
    """The run, done to its end in this process."""
    from qingshan.earth import LocalEngine

    actions.start_run(run, actor=actor, now=NOW, in_background=False)
    tell = reporter or Quiet()
    look(run, reporter=tell, now=now or (lambda: NOW), engine=LocalEngine(threads=1))
    run.refresh_from_db()
    return run


def as_recorded() -> bool:
    """Whether every object of this app stands as the last act on it left it."""
    newest: dict[tuple[str, int], str] = {}
    for row in Subject.objects.filter(kind__startswith="observations.").order_by("entry_seq"):
        newest[row.kind, row.object_id] = row.digest
    models = {kind: known.model for kind, known in declared_subjects().items()}
    return bool(newest) and all(
        digest_of(models[kind]._default_manager.get(pk=pk)) == digest for (kind, pk), digest in newest.items()
    )


# -- what a screening finds, without images ------------------------------------------------------------------------

SINCE = date(2019, 9, 1)
LAND = box(122.100, 33.100, 122.102, 33.102)


def land_of(number: int) -> Any:
    """Pieces of land that lie apart, by their numbers."""
    west, south = 122.1 + number % 100 / 200, 33.1 + number // 100 / 200
    return box(west, south, west + 0.002, south + 0.002)


def a_screening() -> Screening:
    """A screening of 青石县 that is planned, with images that nobody looks into."""
    scenes, _ = SceneSet.objects.get_or_create(
        path="a", region=region(),
        defaults={"name": "哨兵二号影像", "kind": "folder", "openness": "public", "scenes": 3, "first_day": SINCE,
                  "last_day": SINCE, "registered_on": SINCE},
    )  # fmt: skip
    return Screening.objects.create(
        scene_set=scenes, region=region(), since=SINCE, least_m2=2000, planned_at=NOW, planned_by="某局",
        estimate={"squares": 1, "scenes": 3, "megapixels": 1.0, "seconds": 90},
    )  # fmt: skip


def seen(shape: Any = LAND, *, key: str = "k", **more: Any) -> Seen:
    """New disturbance as the engine tells it."""
    told: dict[str, Any] = {
        "key": key, "shape": shape, "area_m2": area_m2(shape), "first_seen": date(2020, 4, 1),
        "last_seen": date(2020, 6, 1), "looks": 2, "persistent": False, "margin_m": 17.5, "told": {},
    }  # fmt: skip
    return Seen(**(told | more))


def a_clue(shape: Any = LAND, *, state: str = "suspected", **more: Any) -> Clue:
    """A clue as it stands in the database, beside no act."""
    told: dict[str, Any] = {
        "region": region(), "geom": shape, "area_m2": 41_000.0, "kind": "no_permit", "doubts": [],
        "rulebook": {"id": "clues", "version": "1"}, "state": state, "source": "screening",
        "first_seen": SINCE, "last_seen": date(2020, 6, 1), "looks": 3, "found_on": SINCE,
    }  # fmt: skip
    return Clue.objects.create(**(told | more))
