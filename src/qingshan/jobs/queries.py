"""Which jobs may somebody see, how far are they, and how long will they still take?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from django.db.models import QuerySet

from qingshan.jobs.models import Job, JobState
from qingshan.rules.reasons import CHINESE, Reason, say_all


class Seer(Protocol):
    """Who looks: the actor of a request fits."""

    @property
    def person_id(self) -> int | None: ...
    @property
    def organisation_ids(self) -> Collection[int]: ...


def visible_to(actor: Seer) -> QuerySet[Job]:
    """One's own jobs and those of one's organisations. The timetable's jobs belong to nobody."""
    own = Job.objects.filter(owner_kind="person", owner_id=actor.person_id).values("pk")
    of_organisation = Job.objects.filter(organisation_id__in=actor.organisation_ids).values("pk")
    return Job.objects.filter(pk__in=own.union(of_organisation))


def seconds_left(job: Job, *, now: datetime) -> int | None:
    """From the speed of this run; None where nothing can be said yet."""
    if job.state != JobState.RUNNING or job.claimed_at is None or job.total is None:
        return None
    done_now = job.done - job.done_before
    if done_now <= 0:
        return None
    per_piece_s = (now - job.claimed_at).total_seconds() / done_now
    return max(0, round((job.total - job.done) * per_piece_s))


def percent_done(job: Job) -> int | None:
    """Whole percents, never 100 before the job is done; None where the total is unknown."""
    if job.state == JobState.DONE:
        return 100
    if not job.total:
        return None
    return max(0, min(99, job.done * 100 // job.total))


def why_it_failed(job: Job, language: str = CHINESE) -> str:
    """The reasons as sentences; empty where nothing failed."""
    return say_all([Reason(one["code"], one["values"]) for one in job.error or []], language)
