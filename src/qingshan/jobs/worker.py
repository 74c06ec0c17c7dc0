"""How does a process take jobs from the queue until it is asked to stop?

The only file that knows which queue backend is configured.
"""

from __future__ import annotations

import signal
from datetime import timedelta
from types import FrameType
from typing import Any

from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from qingshan.jobs.running import this_worker
from qingshan.jobs.sweep import return_jobs_of
from qingshan.jobs.work import shutting_down

LOOK_EVERY_S = 0.5
KEEP_FINISHED = timedelta(days=30)


def work_until_asked_to_stop(*, replaces: str = "") -> None:
    """Take jobs one after another. `replaces` names a worker known to be dead: its jobs come first."""
    _stop_on_signals()
    if replaces:
        return_jobs_of(replaces, now=timezone.now())
    while not shutting_down.is_set():
        work_off_the_queue()
        close_old_connections()
        shutting_down.wait(LOOK_EVERY_S)


def work_off_the_queue() -> None:
    """Run what is waiting now. Looking takes no lock, so an idle worker stands in nobody's way."""
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=this_worker()[-64:],
        excluded_queue_names=[],
    )
    while not shutting_down.is_set() and _ready().exists():
        task = _take(worker.worker_id)
        if task is not None:
            worker.run_task(task)


def _ready() -> Any:
    return DBTaskResult.objects.ready().filter(backend_name="default")


def _take(worker_id: str) -> Any:
    """The next task, ours alone from here on; None where another worker was first or holds the lock."""
    try:
        with exclusive_transaction():
            task = _ready().get_locked()
            if task is not None:
                task.claim(worker_id)
    except OperationalError as error:
        if not is_locked_database_exception(error):
            raise
        return None
    return task


def forget_finished_tasks() -> int:
    """Rows of the queue that are long over; what a job did stays in the job itself."""
    before = timezone.now() - KEEP_FINISHED
    return DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()[0]


def _stop_on_signals() -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        shutting_down.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
