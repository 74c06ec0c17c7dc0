"""SIGKILL in the middle of a backup or a restore: afterwards there is all of it or none, never a half."""

from __future__ import annotations

import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from qingshan.config import dump
from qingshan.config.backup import back_up
from qingshan.config.errors import CommandError
from qingshan.config.tests.commands import geojson_of_sites
from qingshan.config.tests.installations import CLI, empty_place, facts, furnish, qingshan, signed_history

pytestmark = [pytest.mark.kill, pytest.mark.timeout(600)]

KILLS = 3
PY = sys.executable


@pytest.fixture
def furnished(committed_db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    furnish(committed_db.home, geojson_of_sites(tmp_path / "sites.geojson"))
    monkeypatch.setenv("DATABASE_URL", committed_db.env.get("DATABASE_URL", ""))
    return committed_db


@pytest.fixture
def backup(furnished: Any, tmp_path: Path) -> Path:
    checkpoint = signed_history()
    place = tmp_path / "backup.zip"
    return back_up(
        furnished.home, place, passphrase=None, now=timezone.now(), newest_checkpoint=checkpoint
    ).place


@pytest.fixture
def elsewhere(
    furnished: Any, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    with empty_place(tmp_path / "elsewhere", furnished.env) as env:
        monkeypatch.setenv("DATABASE_URL", env.get("DATABASE_URL", ""))
        yield env


def killed_after(seconds: float, env: dict[str, str], *words: object) -> None:
    command = [PY, *CLI, *map(str, words)]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=env, **silent) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()


def counts(env: dict[str, str]) -> bool:
    """Whether there is an installation now."""
    if not dump.uses_postgres():
        return (Path(env["QINGSHAN_HOME"]) / dump.SQLITE_FILE).exists()
    try:
        dump.refuse_unless_postgres_is_empty()
    except CommandError:
        return True
    return False


def test_a_restore_that_is_killed_leaves_all_or_nothing(
    backup: Path, elsewhere: dict[str, str], seed: int
) -> None:
    moments = random.Random(seed)
    for _ in range(KILLS):
        killed_after(moments.uniform(0.3, 4), elsewhere, "restore", backup)
        if counts(elsewhere):
            break
    else:
        facts(qingshan(PY, elsewhere, "restore", backup, "--json"))
    facts(qingshan(PY, elsewhere, "init", "--json"))
    assert facts(qingshan(PY, elsewhere, "trail", "verify", "--json"))["ok"]
    assert facts(qingshan(PY, elsewhere, "doctor", "--json"))["to_do"] == 0


def test_a_backup_that_is_killed_leaves_no_file_under_its_name(
    furnished: Any, tmp_path: Path, seed: int
) -> None:
    moments = random.Random(seed)
    places = [tmp_path / f"{number}.zip" for number in range(KILLS)]
    for place in places:
        killed_after(moments.uniform(0.3, 2), furnished.env, "backup", "--out", place)
    time.sleep(0.2)
    whole = [place for place in places if place.exists()]
    assert all(zipfile.ZipFile(place).testzip() is None for place in whole)
    last = tmp_path / "last.zip"
    facts(qingshan(PY, furnished.env, "backup", "--out", last, "--json"))
    assert last.exists()
