"""What is a job, and what may its function say while it works?

def read_file(payload, progress):
    for row in rows[(progress.last_checkpoint or {"row": 0})["row"]:]:
        ...
        progress.report(done, total)            # cheap; raises Cancelled when somebody asked for it
        progress.checkpoint({"row": done})      # durable; in one transaction with the work it speaks of

declare_job("exchange.read", read_file)
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from qingshan.jobs.errors import Cancelled, Interrupted, JobError, Stopping, Superseded
from qingshan.jobs.models import Job, JobState
from qingshan.jobs.stopping import StopFlag
from qingshan.rules.reasons import Reason

Payload = Mapping[str, Any]

# set once the process was asked to end; every running job stops at its next report
shutting_down = StopFlag()


class Reporter(Protocol):
    """The part of Progress that a function needs which also runs without a job (command line, tests)."""

    def report(self, done: int, total: int | None = None) -> None: ...


class Progress:
    """Handed to a job's function. `report` touches no database: the heartbeat thread writes what it says."""

    def __init__(self, job: Job) -> None:
        self.job_id: int = job.pk
        self.tries = job.tries
        self.done = job.done
        self.total = job.total
        self.last_checkpoint: dict[str, Any] | None = job.checkpoint
        self.cancel_wanted = threading.Event()
        self.superseded = threading.Event()

    def report(self, done: int, total: int | None = None) -> None:
        """So much is done. Raises Cancelled, Stopping or Superseded where the job must end now."""
        self.done = done
        self.total = self.total if total is None else total
        self.stop_if_asked()

    def checkpoint(self, state: dict[str, Any]) -> None:
        """Remember where to go on after a crash. Inside a transaction it counts only if that commits."""
        if self.superseded.is_set() or not self._mine().update(
            checkpoint=state, done=self.done, total=self.total
        ):
            raise Superseded
        self.last_checkpoint = state
        self.stop_if_asked()

    def stop_if_asked(self) -> None:
        """Raises what stops this job, if anything does."""
        stops: tuple[tuple[threading.Event | StopFlag, type[Interrupted]], ...] = (
            (self.superseded, Superseded),
            (self.cancel_wanted, Cancelled),
            (shutting_down, Stopping),
        )
        for event, stop in stops:
            if event.is_set():
                raise stop

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.job_id, state=JobState.RUNNING, tries=self.tries)


JobFunction = Callable[[Payload, Progress], "dict[str, Any] | None"]
GivenUp = Callable[[Payload, tuple[Reason, ...]], None]


@dataclass(frozen=True)
class JobKind:
    """A declared job. `given_up` is told when it ends without being done (no reasons: it was cancelled)."""

    code: str
    function: JobFunction
    given_up: GivenUp | None = None


_KINDS: dict[str, JobKind] = {}


def declare_job(code: str, function: JobFunction, *, given_up: GivenUp | None = None) -> None:
    """Make a kind of job known, once, in an app's `jobs.py`."""
    if code in _KINDS and _KINDS[code].function is not function:
        raise ValueError(f"job {code!r} is declared twice")
    _KINDS[code] = JobKind(code, function, given_up)


def job_kind(code: str) -> JobKind:
    """The declared kind; an unknown one raises JobError."""
    if code not in _KINDS:
        raise JobError.because("jobs.unknown_kind", kind=code)
    return _KINDS[code]
