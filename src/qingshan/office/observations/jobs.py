"""Which work of this app goes on in the background? Testing claims against images, and searching for what is new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.utils import timezone

from qingshan.jobs.timetable import declare_daily
from qingshan.jobs.work import Progress, declare_job
from qingshan.office.observations.actions import end_run
from qingshan.office.observations.actions.runs import LOOK
from qingshan.office.observations.actions.screenings import SCREEN, end_screening
from qingshan.office.observations.actions.watching import NIGHTLY
from qingshan.office.observations.models import Run, RunState, Screening
from qingshan.rules.reasons import Reason


def look_in_background(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Does the run; a second try goes on where the first was lost."""
    from qingshan.office.observations.looking import look

    run = Run.objects.select_related("scene_set").get(pk=payload["run_id"])
    if run.state == RunState.RUNNING:  # a worker that died after the last act left nothing to do
        look(run, reporter=progress, now=timezone.now)
    return {"url": run.get_absolute_url()}


def given_up(payload: Mapping[str, Any], because: tuple[Reason, ...]) -> None:
    """It was stopped or failed for good: the run says so, and can be gone on with."""
    run = Run.objects.get(pk=payload["run_id"])
    if run.state == RunState.RUNNING:
        end_run(run, RunState.FAILED if because else RunState.CANCELLED, now=timezone.now())


declare_job(LOOK, look_in_background, given_up=given_up)


def screen_in_background(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Does the screening; a second try goes on where the first was lost."""
    from qingshan.office.observations.screening import screen_region

    rows = Screening.objects.select_related("scene_set", "region")
    screening = rows.get(pk=payload["screening_id"])
    if screening.state == RunState.RUNNING:
        screen_region(screening, reporter=progress, now=timezone.now)
    return {"url": screening.get_absolute_url()}


def screening_given_up(payload: Mapping[str, Any], because: tuple[Reason, ...]) -> None:
    """It was stopped or failed for good: the screening says so, and can be gone on with."""
    screening = Screening.objects.get(pk=payload["screening_id"])
    if screening.state == RunState.RUNNING:
        end_screening(screening, RunState.FAILED if because else RunState.CANCELLED, now=timezone.now())


def watch_land(on: date, progress: Progress) -> dict[str, Any]:
    """Accepted land and what was too early: what is due is queued, and tested with the images that lie there."""
    from qingshan.office.observations.watching import watch

    return watch(on, now=timezone.now, progress=progress)


declare_daily(NIGHTLY, time(4, 0), watch_land)
declare_job(SCREEN, screen_in_background, given_up=screening_given_up)
