"""One whole import as a process that can be killed: receive, queue, read, apply. Used by test_killed_imports.

    python tests/one_import.py FILE MOMENT

Every database statement and every change of a file is one moment. At moment MOMENT the process kills itself
with SIGKILL, as a power cut would; with MOMENT 0 it runs to its end and prints how many moments there were.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

FILE, MOMENT = Path(sys.argv[1]), int(sys.argv[2])
FILE_EVENTS = {"os.rename", "os.link", "os.remove", "os.truncate", "os.mkdir", "tempfile.mkstemp"}
_passed = 0
_armed = False


def moment() -> None:
    """One more moment has passed; the chosen one is the last."""
    global _passed
    if not _armed:
        return
    _passed += 1
    if _passed == MOMENT:
        os.kill(os.getpid(), signal.SIGKILL)


def _watch(event: str, details: tuple[Any, ...]) -> None:
    if event in FILE_EVENTS or (
        event == "open" and isinstance(details[1], str) and set(details[1]) & set("wxa+")
    ):
        moment()


def _statement(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    moment()
    result = execute(sql, params, many, context)
    moment()
    return result


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingshan.config.settings")
    import django

    django.setup()
    from django.db import connection
    from django.utils import timezone

    from qingshan.jobs.worker import work_off_the_queue
    from qingshan.office.accounts.actors import operator_of_this_machine
    from qingshan.office.desk import actions

    global _armed
    fsync, actor, now = os.fsync, operator_of_this_machine(), timezone.now()

    def fsync_and_tell(descriptor: int) -> None:
        moment()
        fsync(descriptor)

    os.fsync = fsync_and_tell
    sys.addaudithook(_watch)
    with connection.execute_wrapper(_statement):
        _armed = True
        with FILE.open("rb") as stream:
            import_ = actions.receive(
                "sites", file_name=FILE.name, stream=stream, options={}, actor=actor, now=now
            )
        actions.read_in_background(import_, options={}, actor=actor, now=now)
        work_off_the_queue()
        import_.refresh_from_db()
        actions.apply(import_, good_rows_only=False, actor=actor, now=timezone.now())
        _armed = False
    sys.stdout.write(f"{_passed}\n")


main()
