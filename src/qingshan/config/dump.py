"""How is the whole database written to one file, and read back into an empty one?

SQLite: its online backup, one consistent moment while others go on writing. PostgreSQL: pg_dump, pg_restore.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any

from qingshan.config.database import database_from_env
from qingshan.config.errors import CommandError

SQLITE_FILE = "qingshan.sqlite3"
SQLITE_MEMBER = f"database/{SQLITE_FILE}"
POSTGRES_MEMBER = "database/qingshan.pgdump"
NO_TABLES = (
    "SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
    " WHERE relkind IN ('r', 'p') AND nspname = 'public' AND relname <> 'spatial_ref_sys'"
)

OTHER_RESTORES = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name = 'pg_restore'"
)
OTHERS_END_WITHIN_S = 60


def uses_postgres() -> bool:
    """Whether DATABASE_URL names one."""
    return bool(os.environ.get("DATABASE_URL"))


def member_name() -> str:
    """Under which name this installation's kind of dump stands in a backup."""
    return POSTGRES_MEMBER if uses_postgres() else SQLITE_MEMBER


def dump_database(home: Path, place: Path) -> None:
    """One consistent copy; writers are not stopped."""
    if uses_postgres():
        # comments of extensions belong to the server's owner, and could not be restored by anybody else
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", "--no-comments", f"--file={place}")
        return
    address = f"file:{home / SQLITE_FILE}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(place)) as target:
        source.backup(target)  # all pages in one step: one moment, however many write meanwhile
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def load_postgres(place: Path) -> None:
    """All or nothing, in one transaction. The dump goes through a pipe: when we are killed it breaks off, and what
    was restored so far is rolled back instead of going on without us.
    """
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-acl", f"--dbname={_name()}")
    _run("pg_restore", *options, source=place)


def refuse_unless_postgres_is_empty() -> None:
    """CommandError where the database holds anything, or where another restore fills it just now."""
    deadline = time.monotonic() + OTHERS_END_WITHIN_S
    while _count(OTHER_RESTORES):
        if time.monotonic() > deadline:
            raise CommandError.because("command.another_restore", name=_name())
        time.sleep(0.2)
    if _count(NO_TABLES):
        raise CommandError.because("command.database_not_empty", name=_name())


def _count(question: str) -> int:
    return int(_run("psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command", question))


def check_sqlite(place: Path) -> None:
    """CommandError where the file is no sound database."""
    with closing(sqlite3.connect(place)) as database:
        try:
            found = database.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            found = str(error)
    if found != "ok":
        raise CommandError.because("command.damaged_database", detail=found)


def _settings() -> dict[str, Any]:
    return database_from_env(Path())


def _name() -> str:
    return str(_settings()["NAME"])


def _run(program: str, *options: str, source: Path | None = None) -> str:
    if shutil.which(program) is None:
        raise CommandError.because("command.no_postgres_client", program=program)
    done = _fed(source, [program, *options])
    if done.returncode:
        detail = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else str(done.returncode)
        raise CommandError.because("command.postgres_client_failed", program=program, detail=detail)
    return done.stdout


def _fed(source: Path | None, command: list[str]) -> subprocess.CompletedProcess[str]:
    """The command's end and what it said, its input from a file through a pipe that only we hold open."""
    environment = {**os.environ, **_environment()}
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE if source else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        feeding = threading.Thread(target=_feed, args=(source, process.stdin)) if source else None
        if feeding:
            feeding.start()
            process.stdin = None  # communicate() would close it under the thread
        said, complaint = process.communicate()
        if feeding:
            feeding.join()
    return subprocess.CompletedProcess(
        command, process.returncode, said.decode("utf-8", "replace"), complaint.decode("utf-8", "replace")
    )


def _feed(source: Path, into: IO[bytes]) -> None:
    with suppress(BrokenPipeError), into, source.open("rb") as dump:
        shutil.copyfileobj(dump, into)


def _environment() -> dict[str, str]:
    """Where the PostgreSQL clients find the database; the password never stands in a process list."""
    settings = _settings()
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    return {name: str(settings[key]) for name, key in names.items() if settings[key]}
