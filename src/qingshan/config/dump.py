"""How is the whole database written to one file, and read back into an empty one?

SQLite: its online backup, one consistent moment while others go on writing. PostgreSQL: pg_dump, pg_restore.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from qingshan.config.database import database_from_env
from qingshan.config.errors import CommandError

SQLITE_FILE = "qingshan.sqlite3"
SQLITE_MEMBER = f"database/{SQLITE_FILE}"
POSTGRES_MEMBER = "database/qingshan.pgdump"
NO_TABLES = (
    "SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
    " WHERE relkind IN ('r', 'p') AND nspname = 'public' AND relname <> 'spatial_ref_sys'"
)


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
    """All or nothing, in one transaction."""
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-acl",
         f"--dbname={_name()}", str(place))  # fmt: skip


def refuse_unless_postgres_is_empty() -> None:
    """CommandError where the database holds anything."""
    found = _run("psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command", NO_TABLES)
    if found.strip() != "0":
        raise CommandError.because("command.database_not_empty", name=_name())


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


def _run(program: str, *options: str) -> str:
    if shutil.which(program) is None:
        raise CommandError.because("command.no_postgres_client", program=program)
    done = subprocess.run(
        [program, *options], env={**os.environ, **_environment()}, check=False, capture_output=True, text=True
    )
    if done.returncode:
        detail = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else str(done.returncode)
        raise CommandError.because("command.postgres_client_failed", program=program, detail=detail)
    return done.stdout


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
