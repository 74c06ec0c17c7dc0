"""Who does the work: threads of this machine, or the workers of a cluster? Both run the same functions."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from threading import Event
from typing import Any, Protocol, TypeVar

from qingshan.earth.errors import Cancelled

Unit = TypeVar("Unit")
Result = TypeVar("Result")

AHEAD = 4  # units that wait for each worker: none idles, and a cancel has little to wait for


class Engine(Protocol):
    """Runs a function over units that do not depend on each other."""

    def run(
        self, units: Iterable[Unit], work: Callable[[Unit], Result], *, cancel: Event | None = None
    ) -> Iterator[Result]:
        """Results in the order in which they are ready.

        Args:
            units: taken as they are needed.
            work: gives the same result whoever calls it, and may be called twice for a unit.
            cancel: when set, no further unit is begun.

        Raises:
            Cancelled: `cancel` was set before all was done.
        """
        ...

    def alone(self) -> Engine:
        """The engine for work that holds the interpreter's lock: threads would only take it from each other."""
        ...


@dataclass(frozen=True, kw_only=True)
class LocalEngine:
    """Threads of this process; kernels, decoding and packing all let go of the interpreter's lock."""

    threads: int = 0
    """0: as many as there are processors"""

    def run(
        self, units: Iterable[Unit], work: Callable[[Unit], Result], *, cancel: Event | None = None
    ) -> Iterator[Result]:
        """See `Engine.run`."""
        threads = self.threads or os.cpu_count() or 1
        if threads == 1:
            yield from _one_by_one(units, work, cancel)
            return
        waiting = iter(units)
        with ThreadPoolExecutor(threads) as pool:
            at_work: set[Future[Result]] = {
                pool.submit(work, unit) for unit in islice(waiting, threads * AHEAD)
            }
            try:
                while at_work:
                    done, at_work = wait(at_work, return_when=FIRST_COMPLETED)
                    _go_on(cancel)
                    at_work |= {pool.submit(work, unit) for unit in islice(waiting, len(done))}
                    for each in done:
                        yield each.result()
            finally:
                for each in at_work:
                    each.cancel()

    def alone(self) -> LocalEngine:
        """See `Engine.alone`."""
        return LocalEngine(threads=1)


def _one_by_one(
    units: Iterable[Unit], work: Callable[[Unit], Result], cancel: Event | None
) -> Iterator[Result]:
    for unit in units:
        _go_on(cancel)
        yield work(unit)


def _go_on(cancel: Event | None) -> None:
    if cancel is not None and cancel.is_set():
        raise Cancelled.because("earth.cancelled")


@dataclass(frozen=True, kw_only=True)
class DaskEngine:
    """Workers of a Dask cluster; needs the extra `cluster`, and folders that all workers see.

    A unit whose worker dies is given to another one by the scheduler.
    """

    client: Any  # distributed.Client, which is not typed

    def run(
        self, units: Iterable[Unit], work: Callable[[Unit], Result], *, cancel: Event | None = None
    ) -> Iterator[Result]:
        """See `Engine.run`."""
        from distributed import as_completed as _as_completed

        as_completed: Any = _as_completed

        waiting = iter(units)
        workers = max(1, sum(self.client.nthreads().values()))
        begun = [self._begin(work, unit) for unit in islice(waiting, workers * AHEAD)]
        ready = as_completed(begun)
        try:
            for future in ready:
                _go_on(cancel)
                for unit in islice(waiting, 1):
                    ready.add(self._begin(work, unit))
                yield future.result()
                future.release()
        finally:
            ready.clear()

    def alone(self) -> LocalEngine:
        """See `Engine.alone`: series are judged here, because sending them to workers takes longer than judging them
        (10,000 sites of 60 dates: 43 s on two workers, 8 s here).
        """
        return LocalEngine(threads=1)

    def _begin(self, work: Callable[[Unit], Result], unit: Unit) -> Any:
        return self.client.submit(work, unit, pure=False, retries=RETRIES)


RETRIES = 3


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far some work is."""

    stage: str
    """images or judging"""
    done: int
    total: int
    left_s: float | None
    """seconds that the rest will take, as far as one can tell; None before anything was done"""


Watcher = Callable[[Progress], None]


def watched(
    results: Iterable[Result], *, stage: str, total: int, progress: Watcher | None
) -> Iterator[Result]:
    """The results, and after each one a word on how far it is."""
    began = time.monotonic()
    if progress:
        progress(Progress(stage=stage, done=0, total=total, left_s=None))
    for done, result in enumerate(results, start=1):
        if progress:
            left_s = (time.monotonic() - began) / done * (total - done)
            progress(Progress(stage=stage, done=done, total=total, left_s=left_s))
        yield result
