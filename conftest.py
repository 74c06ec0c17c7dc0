"""What do all tests share? How hard properties are searched, and a database for tests that commit.

Most tests run inside a transaction that is undone (`db`). A test that needs real commits, threads or other
processes takes `committed_db`: a copy of the migrated test database, dropped afterwards. Nothing is ever
flushed, because the trail refuses to be emptied, in tests as in life.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import settings as hypothesis_settings

ROOT = Path(__file__).resolve().parent
A_FIXED_SEED = 20260101

# dev: quick; ci: the same examples every time; fuzz: many, other ones every time, with the seed printed
hypothesis_settings.register_profile("dev", max_examples=25, deadline=None, print_blob=True)
hypothesis_settings.register_profile("ci", max_examples=25, deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.register_profile("fuzz", max_examples=1500, deadline=None, print_blob=True)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") == "true" else "dev")
hypothesis_settings.load_profile(PROFILE)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Under `fuzz` a new seed is drawn, unless `--hypothesis-seed` asks for an old one."""
    if PROFILE == "fuzz" and config.getoption("--hypothesis-seed", default=None) is None:
        config.option.hypothesis_seed = str(secrets.randbelow(2**32))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first, so that no process is left with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("walk") is None)


def pytest_report_header(config: pytest.Config) -> list[str]:
    """The seed, so that a random failure can be repeated."""
    return [f"properties: {PROFILE}; seed {_seed(config)} (repeat with --hypothesis-seed={_seed(config)})"]


def _seed(config: pytest.Config) -> int:
    given = config.getoption("--hypothesis-seed", default=None)
    return int(given) if given and str(given).isdigit() else A_FIXED_SEED


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """For tests that draw their own random moments: fixed, except under `fuzz` or `--hypothesis-seed`."""
    return _seed(request.config)


@pytest.fixture(autouse=True)
def _every_test_begins_in_chinese() -> Iterator[None]:
    """A request in English leaves its thread in English: the next test must not inherit that."""
    from django.utils import translation

    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def _every_test_begins_without_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds until the next act is kept in the process; rows of tests come and go without acts. The minute stands
    still, or a test that counts queries would now and then meet its end.
    """
    from qingshan.office.trail import remembering

    remembering.forget_all()
    monkeypatch.setattr(remembering, "_minute", lambda: 0)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """The migrated test database. pytest-django's own makes none where only `committed_db` asks for it."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"])
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@dataclass(frozen=True)
class CommittedDatabase:
    """A database in which a test may commit, and the home folder that goes with it."""

    home: Path
    env: dict[str, str]
    """the environment in which another process finds the same database and home"""

    def python(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run `python *arguments` on this database to its end; a failure raises."""
        options = {"check": True, "capture_output": True, "text": True, "timeout": 100, **options}
        return subprocess.run([sys.executable, *arguments], env=self.env, cwd=ROOT, **options)

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Start `python *arguments` on this database; whoever starts it ends it, by its own id."""
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
        return subprocess.Popen([sys.executable, *arguments], env=self.env, cwd=ROOT, **options)


@pytest.fixture
def committed_db(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path, settings: Any
) -> Iterator[CommittedDatabase]:
    """A copy of the migrated test database with a home of its own; not to be mixed with `db`."""
    home = tmp_path / "home"
    for setting, folder in _FOLDERS.items():
        place = home / folder
        place.mkdir(parents=True, exist_ok=True)
        setattr(settings, setting, place)
    with django_db_blocker.unblock(), _copied_database(home) as url:
        yield CommittedDatabase(home, _environment(home, url))


_FOLDERS = {
    "HOME": "", "VAULT_ROOT": "vault", "KEYS_ROOT": "keys", "FILE_UPLOAD_TEMP_DIR": "tmp",
    "SCENES_ROOT": "scenes", "OBSERVATIONS_ROOT": "observations",
}  # fmt: skip


def _environment(home: Path, url: str | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {
        **kept,
        **({"DATABASE_URL": url} if url else {}),
        "QINGSHAN_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")])),
        "PYTHONUTF8": "1",
    }


@contextmanager
def _copied_database(home: Path) -> Iterator[str | None]:
    """All connections of this process lead to a copy until the end; the address, where it has one."""
    from django.db import connection

    template = connection.settings_dict["NAME"]
    connection.close()
    copy = _sqlite_copy if connection.vendor == "sqlite" else _postgresql_copy
    with copy(str(template), home) as name:
        connection.settings_dict["NAME"] = name
        try:
            yield None if connection.vendor == "sqlite" else _address(connection.settings_dict)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = template


@contextmanager
def _sqlite_copy(template: str, home: Path) -> Iterator[str]:
    name = home / "qingshan.sqlite3"
    source = sqlite3.connect(f"file:{template}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(name)) as target:
        source.backup(target)
    yield str(name)
    shutil.rmtree(home, ignore_errors=True)


_END_CONNECTIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


@contextmanager
def _postgresql_copy(template: str, home: Path) -> Iterator[str]:
    from django.db import connection

    name = f"{template}_{secrets.token_hex(4)}"
    quoted = connection.ops.quote_name
    with connection._nodb_cursor() as cursor:
        # a thread of an earlier test may have left a connection open; a template must have none
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template]
        )
        cursor.execute(f"CREATE DATABASE {quoted(name)} TEMPLATE {quoted(template)}")
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted(name)} WITH (FORCE)")


def _address(parts: dict[str, Any]) -> str:
    user, password = quote(parts["USER"], safe=""), quote(parts["PASSWORD"], safe="")
    port = f":{parts['PORT']}" if parts["PORT"] else ""
    return f"postgres://{user}:{password}@{parts['HOST'] or '127.0.0.1'}{port}/{parts['NAME']}"
