"""Is the worker that holds a job still alive? A thread of its own says so, and listens for a cancel."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from time import monotonic

from django.db import DatabaseError, connections
from django.utils import timezone

from qingshan.jobs.models import Job, JobState
from qingshan.jobs.work import Progress

LISTEN_EVERY_S = 1.0
BEAT_EVERY_S = 5.0
# six missed beats: a busy machine or a long write lock of another process is no death
DEAD_AFTER = timedelta(seconds=30)

log = logging.getLogger(__name__)


class Heartbeat(threading.Thread):
    """`with Heartbeat(progress): work()`: writes progress and sign of life on a connection of its own."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(name=f"heartbeat-{progress.job_id}", daemon=True)
        self._progress = progress
        self._over = threading.Event()
        self._written = (progress.done, progress.total)
        self._beaten_at = monotonic()

    def __enter__(self) -> Heartbeat:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        try:
            while not self._over.wait(LISTEN_EVERY_S):
                self._listen_and_beat()
        finally:
            connections.close_all()

    def _listen_and_beat(self) -> None:
        try:
            self._listen()
            if self._due():
                self._beat()
        except DatabaseError as error:  # locked or restarting: the next beat tries again
            log.warning("job %s: no heartbeat written: %s", self._progress.job_id, error)
            connections.close_all()

    def _listen(self) -> None:
        row = (
            Job.objects.filter(pk=self._progress.job_id)
            .values_list("state", "tries", "cancel_asked_at")
            .first()
        )
        if row is None or row[0] != JobState.RUNNING or row[1] != self._progress.tries:
            self._progress.superseded.set()
        elif row[2] is not None:
            self._progress.cancel_wanted.set()

    def _due(self) -> bool:
        news = (self._progress.done, self._progress.total) != self._written
        return news or monotonic() - self._beaten_at >= BEAT_EVERY_S

    def _beat(self) -> None:
        said = (self._progress.done, self._progress.total)
        Job.objects.filter(
            pk=self._progress.job_id, state=JobState.RUNNING, tries=self._progress.tries
        ).update(heartbeat_at=timezone.now(), done=said[0], total=said[1])
        self._written, self._beaten_at = said, monotonic()
