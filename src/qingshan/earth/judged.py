"""How are many sites judged, so that a kill loses little and a second run repeats nothing?"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache, partial
from itertools import chain
from pathlib import Path
from threading import Event
from typing import Any

import shapely

from qingshan.earth import judging
from qingshan.earth.cube.sitecube import SiteCube
from qingshan.earth.engines import Engine, Watcher, watched
from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.parameters import ParameterSet
from qingshan.earth.series import SiteSeries, Track
from qingshan.earth.sites import Claims, Site, SiteSet, TargetUse
from qingshan.earth.writing import write_whole
from qingshan.rules.reasons import Reason

JUDGED_BY = ("judging", "monitor")
Judge = Callable[..., Sequence[Finding]]
"""judge(site, series, claims, *, parameters, changes) -> findings; the same for the same arguments"""
ChangesOf = Callable[..., Any]
"""changes_of(cube, site, claims, *, parameters) -> new disturbance pixel by pixel, for claims with a boundary"""


PIXELS_AT_ONCE = 8
"""Sites of a unit of work: so many that what they share is sent to a worker seldom, so few that a cancel waits little
and every worker has some."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Matter:
    """One site with what its judgement rests on, and where its findings are kept."""

    site: Site
    series: SiteSeries
    claims: Claims
    file: Path


@dataclass(frozen=True, kw_only=True, eq=False)
class Bench:
    """What all sites are judged with."""

    parameters: ParameterSet
    judge: Judge
    changes_of: ChangesOf | None = None
    cube: SiteCube | None = None
    """only where pixels are looked at: it names every site, and would be sent with each unit"""


def judge_all(
    sites: SiteSet,
    cube: SiteCube,
    claims: Iterable[Claims],
    *,
    folder: Path,
    engine: Engine,
    parameters: ParameterSet,
    progress: Watcher | None = None,
    cancel: Event | None = None,
    judge: Judge | None = None,
    changes_of: ChangesOf | None = None,
) -> tuple[Finding, ...]:
    """The findings on all claims, by site in the order of the sites.

    Findings of a site are kept in a file whose name tells what they rest on (series, claims, parameters, judge):
    what was judged before is read, what has changed is judged anew.
    """
    told = {claim.site_id: claim for claim in claims}
    if not told:
        return ()
    judge = judge or judging.judge
    folder.mkdir(parents=True, exist_ok=True)
    series = cube.series_all()
    matters = [
        Matter(
            site=site,
            series=seen,
            claims=told[site.id],
            file=folder / f"{_digest(seen, told[site.id], site, parameters, (judge, changes_of))}.json",
        )
        for site, seen in zip(sites, series, strict=True)
        if site.id in told
    ]
    open_ = [matter for matter in matters if not matter.file.exists()]
    bench = Bench(parameters=parameters, judge=judge, changes_of=changes_of, cube=cube)
    results = _results(open_, bench, engine, cancel)
    for _ in watched(results, stage="judging", total=len(open_), progress=progress):
        pass
    return tuple(finding for matter in matters for finding in _read(matter.file))


def _results(open_: Sequence[Matter], bench: Bench, engine: Engine, cancel: Event | None) -> Iterator[str]:
    """Pixels are looked at by kernels that let go of the interpreter's lock; series are judged in Python."""
    by_pixel = [matter for matter in open_ if bench.changes_of and matter.claims.permitted is not None]
    by_series = [matter for matter in open_ if not bench.changes_of or matter.claims.permitted is None]
    without = replace(bench, changes_of=None, cube=None)
    looked_at = engine.run(_units(by_pixel, PIXELS_AT_ONCE), partial(judge_some, bench), cancel=cancel)
    judged = engine.alone().run(_units(by_series, 1), partial(judge_some, without), cancel=cancel)
    for done in chain(looked_at, judged):
        yield from done


def _units(matters: Sequence[Matter], at_once: int) -> list[Sequence[Matter]]:
    return [matters[first : first + at_once] for first in range(0, len(matters), at_once)]


def judge_some(bench: Bench, matters: Sequence[Matter]) -> list[str]:
    """Judges some sites and keeps the findings of each; their ids."""
    return [_judge_one(bench, matter) for matter in matters]


def _judge_one(bench: Bench, matter: Matter) -> str:
    changes = None
    if bench.changes_of is not None and matter.claims.permitted is not None and len(matter.series):
        changes = bench.changes_of(bench.cube, matter.site, matter.claims, parameters=bench.parameters)
    findings = bench.judge(
        matter.site, matter.series, matter.claims, parameters=bench.parameters, changes=changes
    )
    write_whole(
        matter.file, json.dumps([as_json(finding) for finding in findings], ensure_ascii=False).encode()
    )
    return matter.site.id


@cache
def _rules() -> int:
    """Changes with the sources by which findings come about: what an older program judged is judged anew."""
    here = Path(__file__).parent
    files = [
        here / "changes.py",
        *(each for room in JUDGED_BY for each in sorted((here / room).glob("*.py"))),
    ]
    return zlib.crc32(b"".join(each.read_bytes() for each in files))


def _digest(
    series: SiteSeries,
    claims: Claims,
    site: Site,
    parameters: ParameterSet,
    functions: Iterable[Callable[..., Any] | None],
) -> str:
    """The same as long as everything is the same that a judgement rests on."""
    names = "|".join(f"{each.__module__}.{each.__qualname__}" if each else "none" for each in functions)
    told = hashlib.sha256(f"{_rules()}|{parameters.label}|{names}|{site.id}|{site.zone}|".encode())
    told.update(shapely.to_wkb(site.shape))
    told.update(f"{series.sensors}|{series.scenes}|".encode() + series.days.tobytes())
    for track in (series.inside, series.ring):
        told.update(b"none" if track is None else _bytes_of(track))
    for field in fields(Claims):
        value = getattr(claims, field.name)
        is_shape = field.name == "permitted" and value is not None
        told.update(shapely.to_wkb(value) if is_shape else f"{value}|".encode())
    return told.hexdigest()[:32]


def _bytes_of(track: Track) -> bytes:
    told = [track.clear_px.tobytes(), repr(track.total_px).encode()]
    for name in sorted(track.mean):
        told += [track.mean[name].tobytes(), track.variance[name].tobytes()]
    return b"|".join(told)


def _read(file: Path) -> list[Finding]:
    return [from_json(told) for told in json.loads(file.read_bytes())]


REASONS = ("because", "signs", "settle")
DAYS = ("claimed_on", "since")


def as_json(finding: Finding) -> dict[str, Any]:
    """A finding as JSON takes it; `from_json` gives the same finding again."""
    told: dict[str, Any] = {field.name: getattr(finding, field.name) for field in fields(Finding)}
    told |= {name: [reason.as_json() for reason in told[name]] for name in REASONS}
    told |= {name: told[name].isoformat() if told[name] else None for name in DAYS}
    told["dates"] = [day.isoformat() for day in finding.dates]
    return told


def from_json(told: Mapping[str, Any]) -> Finding:
    """A finding from what `as_json` gave."""
    read: dict[str, Any] = dict(told)
    read |= {name: tuple(Reason(each["code"], each["values"]) for each in read[name]) for name in REASONS}
    read |= {name: date.fromisoformat(read[name]) if read[name] else None for name in DAYS}
    read["dates"] = tuple(date.fromisoformat(day) for day in read["dates"])
    read["question"], read["verdict"] = Question(read["question"]), Verdict(read["verdict"])
    read["target"] = TargetUse(read["target"]) if read["target"] else None
    return Finding(**read)
