"""Where do the throw-away databases come from, and how is one made ready?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
POSTGRES_VERSION = "15"
# pg_virtualenv switches fsync off; an office has it on. The rest suits a small server with 4 GiB for itself.
CLUSTER = (
    *("fsync=on", "shared_buffers=512MB", "effective_cache_size=2GB", "work_mem=16MB"),
    *("maintenance_work_mem=256MB", "max_wal_size=4GB", "max_connections=100", "log_min_messages=panic"),
)
PACKAGES = f"postgresql-{POSTGRES_VERSION} postgresql-{POSTGRES_VERSION}-postgis-3 postgresql-common"


def missing(database: str) -> str:
    """What this machine lacks for it; empty for nothing."""
    postgis = Path(f"/usr/share/postgresql/{POSTGRES_VERSION}/extension/postgis.control")
    if database == SQLITE or (shutil.which("pg_virtualenv") and postgis.exists()):
        return ""
    return f"PostgreSQL was not measured: this machine has none (apt install {PACKAGES})"


def in_a_cluster(command: list[str]) -> int:
    """Run a command beside a throw-away PostgreSQL that ends with it."""
    options = [word for option in CLUSTER for word in ("-o", option)]
    return subprocess.run(
        ["pg_virtualenv", "-t", "-v", POSTGRES_VERSION, *options, *command], check=False
    ).returncode


@contextmanager
def ground(database: str, name: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a process that finds a database of this name with empty tables; all of it goes afterwards."""
    home = folder / f"{database}-{name}"
    shutil.copytree(_founded(database, folder), home)
    if database == POSTGRESQL:
        _psql(f'CREATE DATABASE "bench_{name}" TEMPLATE bench_empty')
    try:
        yield _environment(database, name, home)
    finally:
        shutil.rmtree(home)
        if database == POSTGRESQL:
            _psql(f'DROP DATABASE "bench_{name}" WITH (FORCE)')


def _founded(database: str, folder: Path) -> Path:
    """The home of the empty database that the grounds are copies of: founding one takes as long as a topic."""
    home = folder / f"{database}-empty"
    if not home.exists():
        (home / "static").mkdir(parents=True)
        if database == POSTGRESQL:
            _psql("CREATE DATABASE bench_empty")
        command = [sys.executable, "-c", "import databases; databases.found()"]
        subprocess.run(command, check=True, env=_environment(database, "empty", home))
    return home


def _environment(database: str, name: str, home: Path) -> dict[str, str]:
    environment = {**os.environ, "QINGSHAN_HOME": str(home), "PYTHONPATH": str(HERE)}
    environment["DJANGO_SETTINGS_MODULE"] = "peers.settings"
    environment.pop("DATABASE_URL", None)
    if database == POSTGRESQL:
        environment["DATABASE_URL"] = _address(f"bench_{name}")
    return environment


def _address(name: str) -> str:
    user, password = quote(os.environ["PGUSER"]), quote(os.environ["PGPASSWORD"])
    return f"postgres://{user}:{password}@{os.environ['PGHOST']}:{os.environ['PGPORT']}/{name}"


def _psql(statement: str) -> None:
    subprocess.run(["psql", "-q", "-c", statement], check=True, env={**os.environ, "PGDATABASE": "postgres"})


def found() -> None:
    """Tables and triggers of the product and of its peers."""
    prepare()
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("peers").get_models():
            editor.create_model(model)


def prepare() -> None:
    """The program, inside the process that measures."""
    import django

    django.setup()


# --- cold ------------------------------------------------------------------------------------------------


def cool_down() -> None:
    """Put the database out of memory: its server restarts, its files leave the page cache of the system."""
    from django.db import connection, connections

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute("SHOW data_directory")
            folder = Path(cursor.fetchone()[0])
        connections.close_all()
        _restart_cluster()
        files = [file for file in folder.rglob("*") if file.is_file()]
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        files = list(Path(os.environ["QINGSHAN_HOME"]).glob("*.sqlite3*"))
    for file in files:
        _out_of_memory(file)


def _restart_cluster() -> None:
    """Stopped, then started as soon as the old server has quite gone: `restart` does not always wait."""
    words = ["pg_ctlcluster", POSTGRES_VERSION, "regress"]
    subprocess.run([*words, "stop", "-m", "fast"], check=True, cwd="/")
    for _ in range(60):
        if subprocess.run([*words, "start"], check=False, cwd="/", capture_output=True).returncode == 0:
            return
        time.sleep(0.5)
    raise RuntimeError("the throw-away PostgreSQL did not start again")


def _out_of_memory(file: Path) -> None:
    if sys.platform != "linux":
        return
    with file.open("rb") as stream:
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def release() -> str:
    """The database's own version."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT split_part(version(), ' ', 2), postgis_lib_version()")
            return "PostgreSQL {}, PostGIS {}".format(*cursor.fetchone())
        cursor.execute("SELECT sqlite_version()")
        return f"SQLite {cursor.fetchone()[0]}"
