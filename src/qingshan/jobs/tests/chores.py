"""A worker process for kill tests, with a job that must do each of its steps exactly once.

python -m qingshan.jobs.tests.chores [worker that it replaces]
"""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta
from typing import Any

KIND = "tests.chore"
FIRST_DAY = date(2000, 1, 1)


def work(payload: Any, progress: Any) -> dict[str, Any]:
    """Every step writes a row that cannot be written twice, in one transaction with its checkpoint."""
    from django.db import transaction

    from qingshan.jobs.models import DailyRun

    first = (progress.last_checkpoint or {"next": 0})["next"]
    for step in range(first, payload["steps"]):
        with transaction.atomic():
            DailyRun.objects.create(name=KIND, on_date=FIRST_DAY + timedelta(days=step))
            progress.checkpoint({"next": step + 1})
        progress.report(step + 1, payload["steps"])
        time.sleep(0.01)
    return {"steps": payload["steps"], "resumed_at": first}


def main() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingshan.config.settings")
    django.setup()
    from qingshan.jobs.work import declare_job
    from qingshan.jobs.worker import work_until_asked_to_stop

    declare_job(KIND, work)
    print("ready", flush=True)
    work_until_asked_to_stop(replaces=" ".join(sys.argv[1:]))


if __name__ == "__main__":
    main()
