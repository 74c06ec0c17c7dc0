"""What did the last night of watching leave undone, as far as somebody may see the land and the images it speaks of?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from qingshan.jobs.models import DailyRun, JobState
from qingshan.office.observations.access import claims_visible_to, scene_sets_visible_to
from qingshan.office.observations.actions.watching import NIGHTLY
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.reasons import Reason

ENDED = (JobState.DONE, JobState.FAILED)


@dataclass(frozen=True)
class Left:
    """One claim or set of images that could not be seen to."""

    name: str
    url: str
    because: tuple[Reason, ...]


@dataclass(frozen=True)
class LastNight:
    """What the newest night that ended had to tell."""

    on: date
    broke_off: bool
    """the whole of it failed"""
    left: tuple[Left, ...]


def last_night(*, actor: ActorLike) -> LastNight | None:
    """None where nothing is to be told: it did all that it had to do, or there was none."""
    nights = DailyRun.objects.filter(name=NIGHTLY, job__state__in=ENDED).select_related("job")
    found = nights.order_by("-on_date").first()
    if found is None or found.job is None:
        return None
    left = _left((found.job.result or {}).get("left", ()), actor)
    broke_off = found.job.state == JobState.FAILED
    return LastNight(found.on_date, broke_off, left) if left or broke_off else None


def _left(told: Collection[dict[str, Any]], actor: ActorLike) -> tuple[Left, ...]:
    seen = {
        "claim": _seen(claims_visible_to(actor), {each["claim"] for each in told if each.get("claim")}),
        "set": _seen(scene_sets_visible_to(actor), {each["set"] for each in told if each.get("set")}),
    }
    return tuple(
        Left(
            each["what"],
            f"/observations/{each['claim']}/" if each.get("claim") else "",
            tuple(Reason(one["code"], one["values"]) for one in each["because"]),
        )
        for each in told
        if any(each.get(what) in ids for what, ids in seen.items())
    )


def _seen(rows: QuerySet[Any], ids: set[int]) -> set[int]:
    return set(rows.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
