"""Takes jobs from the queue until it is asked to stop. More of them may run, also on other machines that
share the database and the folder of state."""

from __future__ import annotations

import argparse

from qingshan.config import housekeeping  # noqa: F401  declares the work of the night
from qingshan.config.commands.output import Output
from qingshan.config.migrated import require_up_to_date
from qingshan.jobs.worker import work_off_the_queue, work_until_asked_to_stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--once", action="store_true", help="办完等待的任务就退出 · work off the queue and end"
    )
    parser.add_argument("--replaces", default="", help="接替已中断的进程 · host:pid of a worker that is gone")


def run(arguments: argparse.Namespace, output: Output) -> int:
    require_up_to_date()
    if arguments.once:
        work_off_the_queue()
    else:
        work_until_asked_to_stop(replaces=arguments.replaces)
    return 0
