"""How is land watched that was accepted, and what was too early to tell? By the program, every night, without a person.

A year of aftercare that has ended asks for its finding (管护期核验); images that came since ask about all of it again.
What comes of it is evidence: a relapse is confirmed by a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.access import QUEUE_DUE, WATCH_LAND
from qingshan.office.observations.actions.background import begun
from qingshan.office.observations.actions.runs import LOOK, new_run
from qingshan.office.observations.models import Claim, Run, RunState, SceneSet
from qingshan.office.regions.ranges import county_of, region_range
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import THE_SYSTEM
from qingshan.rules.verification import STANDING, ClaimState, Verdict

AT_ONCE = 500
"""claims of one county that are queued in one act"""


def queue_due(*, on: date, now: datetime) -> int:
    """Queues all land whose finding of a year of aftercare is due, county by county; how many."""
    rows = Claim.objects.filter(
        next_look_on__lte=on, state=ClaimState.OBSERVED.value, geom__isnull=False
    ).order_by("region_id", "id")
    by_county: dict[int, list[Claim]] = defaultdict(list)
    for claim in rows:
        by_county[county_of(claim.region_id)].append(claim)
    for county, claims in by_county.items():
        for first in range(0, len(claims), AT_ONCE):
            queue_claims(claims[first : first + AT_ONCE], region_id=county, now=now)
    return sum(map(len, by_county.values()))


@official_act
def queue_claims(claims: Sequence[Claim], *, region_id: int, now: datetime) -> list[Claim]:
    """管护期核验到期, by the program. Refused: a claim that somebody else changed at this moment."""
    queued = [change(each, state=ClaimState.QUEUED.value) for each in claims]
    told = {"claims": len(queued)}
    record(act=QUEUE_DUE.code, actor=THE_SYSTEM, now=now, subjects=queued, new=told, region_id=region_id)
    return queued


@official_act
def watch_land(scene_set: SceneSet, asked: Sequence[int], scenes: Any, *, now: datetime) -> Run:
    """自动核验, by the program: a run over these claims that begins in the background at once."""
    run = new_run(scene_set, scene_set.region, list(asked), scenes, actor=THE_SYSTEM, now=now)
    begun(run, LOOK, {"run_id": run.pk}, actor=THE_SYSTEM, now=now, in_background=True)
    told = {"number": run.number, "claims": len(asked), "scenes": len(scenes)}
    record(
        act=WATCH_LAND.code,
        actor=THE_SYSTEM,
        now=now,
        subjects=[run, scene_set],
        new=told,
        region_id=scene_set.region_id,
    )
    return run


def watched_in(scene_set: SceneSet, *, last_day: date) -> list[int]:
    """The land that images of this set, up to `last_day`, may say something new about, and that no run is at work on:
    accepted and in a case that is closed or a site that is kept; too early when it was asked; queued because a year
    has ended. What was tested with the same images already is not asked a second time.
    """
    low, high = region_range(scene_set.region_id)
    rows = Claim.objects.filter(
        region_id__gte=low, region_id__lte=high, state__in=STANDING, geom__isnull=False
    ).filter(Q(accepted_on__isnull=False) | Q(verdict=Verdict.TOO_EARLY.value))
    told = rows.order_by("pk").values_list(
        "pk",
        "state",
        "newest__until",
        "newest__run__scene_set",
        "newest__run__estimate",
    )
    busy = _at_work()
    return [
        pk
        for pk, state, until, seen_in, estimate in told
        if pk not in busy
        and (
            state == ClaimState.QUEUED
            or _is_newer(last_day, until, estimate if seen_in == scene_set.pk else None)
        )
    ]


def _is_newer(last_day: date, until: date | None, estimate: dict[str, Any] | None) -> bool:
    """Whether the images reach beyond those that the newest finding was made from. Of its own set we know how far it
    reached then, also where the last images showed clouds alone; of another one the last day on which land was seen.
    """
    known = date.fromisoformat(estimate["last_day"]) if estimate and estimate.get("last_day") else until
    return known is None or last_day > known


def _at_work() -> set[int]:
    running = Run.objects.filter(state=RunState.RUNNING).values_list("asked", flat=True)
    return {pk for asked in running for pk in asked}
