"""Starts daily work when it is due (what was missed while nothing ran: once), and returns the jobs of dead
workers to the queue."""

from __future__ import annotations

import argparse
import logging
import signal
from types import FrameType

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from qingshan.config import housekeeping  # noqa: F401  declares the work of the night
from qingshan.config.commands.output import Output
from qingshan.config.migrated import require_up_to_date
from qingshan.jobs.stopping import StopFlag
from qingshan.jobs.sweep import sweep
from qingshan.jobs.timetable import start_due

LOOK_EVERY_S = 10.0

log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="只看一次 · look once and end")


def run(arguments: argparse.Namespace, output: Output) -> int:
    require_up_to_date()
    stop = StopFlag()

    def stop_on_signal(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, stop_on_signal)
    signal.signal(signal.SIGINT, stop_on_signal)
    look()
    while not arguments.once and not stop.wait(LOOK_EVERY_S):
        try:
            look()
        except DatabaseError as error:  # restarting or locked: the next look tries again
            log.warning("timetable: %s", error)
            connections.close_all()
    return 0


def look() -> None:
    """One round of what this process is for."""
    close_old_connections()
    now = timezone.now()
    start_due(now=now)
    sweep(now=now)
