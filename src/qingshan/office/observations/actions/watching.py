"""How is land watched that was accepted, and what was too early to tell? By the program, every night, without a person.

A year of aftercare that has ended asks for its finding (管护期核验); images that came since ask about all of it again.
What comes of it is evidence: a relapse is confirmed by a person.

Each act is told which claims may be meant, and judges inside itself, with their rows held, which of them still are:
between the question and the act somebody may have withdrawn one, or begun a run over it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.access import FILL_WATCH, QUEUE_DUE, WATCH_LAND
from qingshan.office.observations.actions.background import begun
from qingshan.office.observations.actions.runs import LOOK, hold_claims, in_parts, new_run
from qingshan.office.observations.claiming import planned_years, watched
from qingshan.office.observations.models import Claim, Finding, Run, RunState, SceneSet
from qingshan.office.observations.sentences import NothingLeft
from qingshan.office.regions.ranges import county_of, region_range
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import THE_SYSTEM
from qingshan.rules.verification import STANDING, ClaimState, Verdict

NIGHTLY = "observations.watch"
"""the daily work"""
AT_ONCE = 500
"""claims of one county that one act concerns"""
InCounties = Iterator[tuple[int, list[int]]]
"""ids of claims, so many as one act concerns, with their county"""


def due(on: date) -> InCounties:
    """Land whose finding of a year of aftercare is due."""
    return _by_county(_due(on))


def unwatched() -> InCounties:
    """Land that was accepted before the days of its watch were kept."""
    return _by_county(_unwatched())


def _due(on: date) -> QuerySet[Claim]:
    return Claim.objects.filter(next_look_on__lte=on, state=ClaimState.OBSERVED.value, geom__isnull=False)


def _unwatched() -> QuerySet[Claim]:
    return Claim.objects.filter(accepted_on__isnull=False, watched_until=None, state__in=STANDING)


def _by_county(rows: QuerySet[Claim]) -> InCounties:
    by_county: dict[int, list[int]] = defaultdict(list)
    for region_id, pk in rows.order_by("region_id", "id").values_list("region_id", "id"):
        by_county[county_of(region_id)].append(pk)
    for county, ids in by_county.items():
        for first in range(0, len(ids), AT_ONCE):
            yield county, ids[first : first + AT_ONCE]


def _held(rows: QuerySet[Claim], ids: Sequence[int]) -> list[Claim]:
    """Those of the ids that are still meant, held until the act ends. Refused: none of them is."""
    found = list(rows.filter(pk__in=ids).select_for_update().order_by("pk"))
    if not found:
        raise NothingLeft.because("observations.done_meanwhile")
    return found


@official_act
def queue_claims(ids: Sequence[int], *, on: date, region_id: int, now: datetime) -> list[Claim]:
    """管护期核验到期, by the program. Refused: nothing of it is due any more."""
    queued = [change(each, state=ClaimState.QUEUED.value) for each in _held(_due(on), ids)]
    told = {"claims": len(queued)}
    record(act=QUEUE_DUE.code, actor=THE_SYSTEM, now=now, subjects=queued, new=told, region_id=region_id)
    return queued


@official_act
def fill_watch(ids: Sequence[int], *, region_id: int, now: datetime) -> list[Claim]:
    """补记管护期观测日期 of land that was accepted before they were kept, by the program: no migration may touch
    what the trail speaks of. Refused: all of them have their days already.
    """
    rows = _held(_unwatched(), ids)
    planned = planned_years(rows)
    filled = [change(each, **watched(each, each.accepted_on, planned)) for each in rows if each.accepted_on]
    told = {"claims": len(filled)}
    record(act=FILL_WATCH.code, actor=THE_SYSTEM, now=now, subjects=filled, new=told, region_id=region_id)
    return filled


@official_act
def watch_land(scene_set: SceneSet, asked: Sequence[int], scenes: Any, *, now: datetime) -> Run:
    """自动核验, by the program: a run that begins in the background at once, over those of these claims that may
    still be asked. Refused: none of them, because other runs were quicker.
    """
    held = SceneSet.objects.select_for_update().get(pk=scene_set.pk)
    hold_claims(asked)
    still = watched_in(held, last_day=last_day_of(scenes), among=asked)
    if not still:
        raise NothingLeft.because("observations.done_meanwhile")
    run = new_run(held, held.region, still, scenes, actor=THE_SYSTEM, now=now)
    begun(run, LOOK, {"run_id": run.pk}, actor=THE_SYSTEM, now=now, in_background=True)
    told = {"number": run.number, "claims": len(still), "scenes": len(scenes)}
    record(
        act=WATCH_LAND.code,
        actor=THE_SYSTEM,
        now=now,
        subjects=[run, held],
        new=told,
        region_id=held.region_id,
    )
    return run


def last_day_of(scenes: Iterable[Any]) -> date:
    """The day of the newest of these images."""
    newest: date = max(scene.day for scene in scenes)
    return newest


def watched_in(scene_set: SceneSet, *, last_day: date, among: Sequence[int] | None = None) -> list[int]:
    """The land that images of this set, up to `last_day`, may say something new about, and that no run is at work on:
    accepted and in a case that is closed or a site that is kept; too early when it was asked; queued because a year
    has ended. What was tested with the same images already is not asked a second time, whatever other images said of
    it since. With `among`, only these claims are looked at.
    """
    busy = _at_work()
    asked: list[int] = []
    doubtful: list[int] = []
    for pk, state, until, seen_in, estimate in _stand(scene_set, among):
        if pk in busy:
            continue
        own = _last_of(estimate) if seen_in == scene_set.pk else None
        if state == ClaimState.QUEUED:
            asked.append(pk)
        elif (known := own or until) is None or last_day > known:
            (asked if own else doubtful).append(pk)
    seen = _seen_until(scene_set, doubtful)
    return sorted([*asked, *(pk for pk in doubtful if pk not in seen or last_day > seen[pk])])


def _stand(scene_set: SceneSet, among: Sequence[int] | None) -> Iterator[tuple[Any, ...]]:
    """Id, state, last day on which land was seen, and the set and estimate of the run that said so."""
    low, high = region_range(scene_set.region_id)
    rows = Claim.objects.filter(
        region_id__gte=low, region_id__lte=high, state__in=STANDING, geom__isnull=False
    ).filter(Q(accepted_on__isnull=False) | Q(verdict=Verdict.TOO_EARLY.value))
    told = rows.order_by("pk").values_list(
        "pk", "state", "newest__until", "newest__run__scene_set", "newest__run__estimate"
    )
    if among is None:
        yield from told
        return
    for part in in_parts(among):
        yield from told.filter(pk__in=part)


def _seen_until(scene_set: SceneSet, ids: Sequence[int]) -> dict[int, date]:
    """How far images of this set reached when they were last asked about these claims, also where the last images
    showed clouds alone; a claim that they were never asked about is not among them.
    """
    last_run: dict[int, int] = {}
    for part in in_parts(ids):
        rows = Finding.objects.filter(claim_id__in=part, run__scene_set=scene_set).order_by()
        last_run |= dict(rows.values("claim_id").annotate(last=Max("run_id")).values_list("claim_id", "last"))
    runs = dict(Run.objects.filter(scene_set=scene_set).values_list("pk", "estimate")) if last_run else {}
    days = {pk: _last_of(runs[run_id]) for pk, run_id in last_run.items()}
    return {pk: day for pk, day in days.items() if day is not None}


def _last_of(estimate: dict[str, Any] | None) -> date | None:
    """The last day of the images that a run had."""
    told = estimate.get("last_day") if estimate else None
    return date.fromisoformat(told) if told else None


def _at_work() -> set[int]:
    running = Run.objects.filter(state=RunState.RUNNING).values_list("asked", flat=True)
    return {pk for asked in running for pk in asked}
