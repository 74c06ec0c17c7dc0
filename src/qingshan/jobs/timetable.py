"""Which work comes back every day, and which was missed while nothing ran?

    declare_daily("trail.checkpoint", time(1, 30), write_checkpoint)

The function takes (on: date, progress) and returns what it wants remembered, or nothing.

A machine that slept five nights does the work once when it wakes, for the newest date that is due.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from qingshan.jobs.actions import start
from qingshan.jobs.errors import JobError
from qingshan.jobs.models import DailyRun, Job
from qingshan.jobs.work import Payload, Progress, declare_job
from qingshan.rules.dates import shanghai_date, shanghai_time

JOB_KIND = "jobs.daily"

DailyFunction = Callable[[date, Progress], "dict[str, Any] | None"]


@dataclass(frozen=True)
class Daily:
    """定时任务: every day at `at`, Shanghai time."""

    name: str
    at: time
    function: DailyFunction


@dataclass(frozen=True)
class Timetable:
    """The owner of jobs that nobody asked for."""

    kind: str = "system"
    id: int | None = None
    name: str = "系统"


_DAILY: dict[str, Daily] = {}


def declare_daily(name: str, at: time, function: DailyFunction) -> None:
    """Make daily work known, once, in an app's `jobs.py`."""
    if name in _DAILY and _DAILY[name].function is not function:
        raise ValueError(f"daily job {name!r} is declared twice")
    _DAILY[name] = Daily(name, at, function)


def declared_daily() -> tuple[Daily, ...]:
    """All daily work, in the order of the day."""
    return tuple(sorted(_DAILY.values(), key=lambda daily: (daily.at, daily.name)))


def start_due(*, now: datetime) -> list[Job]:
    """Start what is due and has not had its turn; two processes may call this at the same moment."""
    jobs = [_start_once(daily, on=_due_date(daily, now), now=now) for daily in declared_daily()]
    return [job for job in jobs if job is not None]


def _due_date(daily: Daily, now: datetime) -> date:
    local = shanghai_time(now)
    return local.date() if local.time() >= daily.at else local.date() - timedelta(days=1)


def _start_once(daily: Daily, *, on: date, now: datetime) -> Job | None:
    runs = DailyRun.objects.filter(name=daily.name)
    if runs.filter(on_date__gte=on).exists():
        return None
    if on < shanghai_date(now) and not runs.exists():
        return None  # a new installation missed nothing yesterday
    try:
        with transaction.atomic():
            run = DailyRun.objects.create(name=daily.name, on_date=on)
            payload = {"name": daily.name, "on": on.isoformat()}
            run.job = start(JOB_KIND, payload, owner=Timetable(), organisation_id=None, now=now)
            run.save(update_fields=["job"])
    except IntegrityError:
        return None  # another process was first
    return run.job


def _run(payload: Payload, progress: Progress) -> dict[str, Any] | None:
    daily = _DAILY.get(payload["name"])
    if daily is None:
        raise JobError.because("jobs.unknown_daily", name=payload["name"])
    return daily.function(date.fromisoformat(payload["on"]), progress)


declare_job(JOB_KIND, _run)
