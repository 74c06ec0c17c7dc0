"""Whole imports as processes that can be killed: receive, queue, read, apply. Used by test_killed_imports.

    python tests/one_import.py        each line of standard input: FILE, a tab, MOMENT

Each line forks a process of its own, so that the program is loaded once. Every database statement and every
change of a file is one moment. At moment MOMENT the process kills itself with SIGKILL, as a power cut would;
with MOMENT 0 it runs to its end. The answer is a line of JSON: how it ended, and how many moments there were
or what went wrong.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

FILE_EVENTS = {"os.rename", "os.link", "os.remove", "os.truncate", "os.mkdir", "tempfile.mkstemp"}
_passed = 0
_armed = False
_last = 0
"""The moment that the process does not outlive; 0 for none."""


def moment() -> None:
    """One more moment has passed; the chosen one is the last."""
    global _passed
    if not _armed:
        return
    _passed += 1
    if _passed == _last:
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


def one_import(file: Path) -> int:
    """Receive, read and apply one file; how many moments there were."""
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
        with file.open("rb") as stream:
            import_ = actions.receive(
                "sites", file_name=file.name, stream=stream, options={}, actor=actor, now=now
            )
        actions.read_in_background(import_, options={}, actor=actor, now=now)
        work_off_the_queue()
        import_.refresh_from_db()
        actions.apply(import_, good_rows_only=False, actor=actor, now=timezone.now())
        _armed = False
    return _passed


def in_a_process_of_its_own(file: Path, last: int) -> tuple[int, str]:
    """The status of a forked process, negative for a signal, and what it said."""
    global _last
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _last = last
        try:
            said, code = str(one_import(file)), 0
        except BaseException:
            said, code = traceback.format_exc(), 1
        os.write(writing, said.encode())
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingshan.config.settings")
    import django

    django.setup()
    # loaded once, and no connection opened: a forked process opens its own
    import qingshan.jobs.worker
    import qingshan.office.desk.actions  # noqa: F401

    for line in sys.stdin:
        file, last = line.rstrip("\n").rsplit("\t", 1)
        sys.stdout.write(json.dumps(in_a_process_of_its_own(Path(file), int(last))) + "\n")
        sys.stdout.flush()


main()
