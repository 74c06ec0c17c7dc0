"""Which housekeeping does background work do for itself every night?"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from qingshan.jobs.timetable import declare_daily
from qingshan.jobs.work import Progress
from qingshan.jobs.worker import forget_finished_tasks


def forget(on: date, progress: Progress) -> dict[str, Any]:
    """Clear the queue of what is long over; the jobs themselves stay."""
    return {"forgotten": forget_finished_tasks()}


declare_daily("jobs.forget_finished", time(3, 10), forget)
