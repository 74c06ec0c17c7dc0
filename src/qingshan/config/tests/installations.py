"""Whole installations for tests: one with data, an empty place beside it, and what stands in a place."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from qingshan.exchange import preview
from qingshan.office.accounts.actors import operator_of_this_machine, system
from qingshan.office.desk import actions
from qingshan.office.regions.models import Region
from qingshan.office.trail import checkpoints
from qingshan.office.trail.actions.checkpoints import sign_checkpoint
from qingshan.office.trail.actions.keys import usable_signer
from qingshan.office.trail.keys import known_keys
from qingshan.vault import Vault

CLI = ("-m", "qingshan.config.cli")
PASSPHRASE = "correct horse battery"


def furnish(home: Path, sites: Path) -> None:
    """A key, a few sites by their act, and the file they came in."""
    now = timezone.now()
    Region.objects.get_or_create(
        id=0, defaults={"code": "境外", "name": "境外", "level": "abroad", "valid_from": "1949-10-01"}
    )
    usable_signer(now=now, actor=system())
    actor = operator_of_this_machine()
    with sites.open("rb") as stream:
        options = {"allow_abroad": True}
        import_ = actions.receive(
            "sites", file_name=sites.name, stream=stream, options=options, actor=actor, now=now
        )
    preview.stage(import_, path=Vault(home / "vault").path(import_.file_digest), actor=actor)
    actions.apply(import_, good_rows_only=False, actor=actor, now=now)


def signed_history() -> dict[str, Any]:
    """A checkpoint over everything so far, as a backup carries it."""
    checkpoint = sign_checkpoint(now=timezone.now())
    key = next(key for key in known_keys() if key.fingerprint == checkpoint.key)
    return checkpoints.for_saving(checkpoint, key)


@contextmanager
def empty_place(home: Path, env: dict[str, str]) -> Iterator[dict[str, str]]:
    """The environment of an installation that does not exist yet; on PostgreSQL with an empty database."""
    changed = {**env, "QINGSHAN_HOME": str(home), "QINGSHAN_PASSPHRASE": PASSPHRASE}
    if "DATABASE_URL" not in env:
        yield changed
        return
    name = f"restored_{secrets.token_hex(4)}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield {**changed, "DATABASE_URL": env["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"}
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def qingshan(python: str, env: dict[str, str], *words: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [python, *CLI, *map(str, words)]
    return subprocess.run(command, env=env, check=False, capture_output=True, text=True, timeout=300)


def facts(ran: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return json.loads(ran.stdout)


def holdings(home: Path) -> set[str]:
    """What stands in a home, without the database's own side files."""
    if not home.is_dir():
        return set()
    return {name for name in os.listdir(home) if not name.endswith(("-wal", "-shm"))}
