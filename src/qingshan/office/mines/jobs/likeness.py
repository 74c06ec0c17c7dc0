"""How are entries of the same mine looked for in the background?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from qingshan.jobs.actions import start
from qingshan.jobs.models import Job
from qingshan.jobs.work import Progress, declare_job
from qingshan.office.accounts.access import require
from qingshan.office.mines.access import TELL_APART
from qingshan.office.mines.actions.likeness import find_likeness
from qingshan.office.mines.candidates import AT_ONCE
from qingshan.office.mines.models import Mine
from qingshan.office.trail.parties import ActorLike

FIND = "mines.find_likeness"


def look_in_background(*, actor: ActorLike, now: datetime) -> Job:
    """Queue the looking through the actor's area. NotAllowed without the registry duty."""
    require(actor, TELL_APART.code)
    payload = {"ranges": [list(each) for each in actor.region_ranges]}
    organisation_id = actor.decider.organisation_id
    return start(FIND, payload, owner=actor.recorder, organisation_id=organisation_id, now=now)


def find(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Mine by mine; what was found stays found when the work is stopped, and it goes on where it ended."""
    inside = Q(pk__in=[])
    for low, high in payload["ranges"]:
        inside |= Q(region_id__gte=low, region_id__lte=high)
    mines = Mine.objects.filter(inside, merged_into=None)
    so_far = progress.last_checkpoint or {"after": 0, "done": 0, "pairs": 0}
    after, done, pairs = so_far["after"], so_far["done"], so_far["pairs"]
    total = mines.count()
    progress.report(done, total)
    while ids := list(mines.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            pairs += find_likeness(Mine.objects.filter(pk__in=ids), now=timezone.now())
            after, done = ids[-1], done + len(ids)
            progress.done, progress.total = done, max(total, done)
            progress.checkpoint({"after": after, "done": done, "pairs": pairs})
    return {"url": "/mines/likeness/", "pairs": pairs}


declare_job(FIND, find)
