"""How does a backup become a running installation again, so that a power cut leaves all of it or none?

Everything is laid out and checked in a folder `.restoring` inside the empty home, and moved out of it at the end,
the database last. A home without a database is no installation; what a broken restore left in it is recognised
by that folder and removed by the next one.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qingshan.config import archive, dump
from qingshan.config.backup import KEYS_FOLDER, RULEBOOKS_FOLDER, VAULT_FOLDER
from qingshan.config.errors import CommandError
from qingshan.config.processes import die_with_parent
from qingshan.config.sealed import unseal

STAGING = ".restoring-"
CHECKPOINT = "checkpoint-of-backup.json"


@dataclass(frozen=True)
class Restored:
    """What was restored, and what its own checks said."""

    made_at: str
    files: int
    with_keys: bool
    verified: dict[str, Any]


def restore(source: Path, home: Path, *, passphrase: str | None) -> Restored:
    """Fill an empty home (and an empty database) from a backup; refuses anything that does not verify."""
    try:
        with zipfile.ZipFile(source) as backup:
            manifest = archive.read_manifest(backup)
            _refuse_other_engine(manifest)
            if dump.member_name() not in manifest["members"]:
                raise CommandError.because("command.not_a_backup", path=str(source))
            staging = _begin(home)
            _lay_out(backup, manifest, staging, passphrase)
    except (zipfile.BadZipFile, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise CommandError.because("command.no_file", path=str(source)) from None
        raise CommandError.because("command.not_a_backup", path=str(source)) from None
    verified = _from_dump_to_installation(home, staging, manifest)
    files = sum(name.startswith(f"{VAULT_FOLDER}/") for name in manifest["members"])
    with_keys = passphrase is not None and archive.KEYS in manifest["members"]
    return Restored(manifest["made_at"], files, with_keys, verified)


def _refuse_other_engine(manifest: dict[str, Any]) -> None:
    ours = "postgresql" if dump.uses_postgres() else "sqlite"
    if manifest["database"] != ours:
        raise CommandError.because("command.other_engine", theirs=manifest["database"], ours=ours)


def _begin(home: Path) -> Path:
    """An empty staging folder in an otherwise empty home."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if dump.uses_postgres():
        dump.refuse_unless_postgres_is_empty()
    interrupted = list(home.glob(f"{STAGING}*"))
    if interrupted and not (home / dump.SQLITE_FILE).exists():
        _clear(home, interrupted)
    known = {VAULT_FOLDER, KEYS_FOLDER, RULEBOOKS_FOLDER} if interrupted and dump.uses_postgres() else set()
    if any(place.name not in known for place in home.iterdir()):
        raise CommandError.because("command.home_not_empty", home=str(home))
    # a name of its own: what still runs of an interrupted restore finds nothing of ours
    return Path(tempfile.mkdtemp(prefix=STAGING, dir=home))


def _clear(home: Path, interrupted: list[Path]) -> None:
    """Remove what a broken restore left.

    On PostgreSQL its files stay: the server may still be finishing the load that was sent before the kill, and
    its rows would then miss them. Files that nothing refers to are swept by night.
    """
    for left_behind in interrupted:
        shutil.rmtree(left_behind, ignore_errors=True)
    if not dump.uses_postgres():
        for name in (VAULT_FOLDER, KEYS_FOLDER, RULEBOOKS_FOLDER):
            shutil.rmtree(home / name, ignore_errors=True)


def _lay_out(
    backup: zipfile.ZipFile, manifest: dict[str, Any], staging: Path, passphrase: str | None
) -> None:
    for name, expected in manifest["members"].items():
        archive.extract(backup, name, staging / name, expected=expected)
    (staging / VAULT_FOLDER).mkdir(exist_ok=True, mode=0o700)
    for stored in (staging / VAULT_FOLDER).glob("??/*"):
        stored.chmod(0o400)
    sealed = staging / archive.KEYS
    keys = unseal(sealed.read_bytes(), passphrase) if passphrase is not None and sealed.exists() else {}
    for name, content in keys.items():
        _write_key(staging / KEYS_FOLDER, name, content)
    sealed.unlink(missing_ok=True)
    if not dump.uses_postgres():
        dump.check_sqlite(staging / dump.SQLITE_MEMBER)
        (staging / dump.SQLITE_MEMBER).rename(staging / dump.SQLITE_FILE)
        (staging / dump.SQLITE_MEMBER).parent.rmdir()


def _write_key(folder: Path, name: str, content: bytes) -> None:
    place = (folder / name).resolve()
    if folder.resolve() not in place.parents:
        raise CommandError.because("command.damaged_member", name=name)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.write_bytes(content)
    place.chmod(0o600)


def _from_dump_to_installation(home: Path, staging: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    if dump.uses_postgres():
        # the load is one transaction and comes after the files: before it, nothing counts
        dumped = staging / dump.POSTGRES_MEMBER
        _move_out(home, staging, VAULT_FOLDER, KEYS_FOLDER, RULEBOOKS_FOLDER)
        dump.load_postgres(dumped)
        verified = _bring_up_to_date_and_verify(home, manifest, scratch=staging)
    else:
        verified = _bring_up_to_date_and_verify(staging, manifest, scratch=staging)
        _move_out(home, staging, VAULT_FOLDER, KEYS_FOLDER, RULEBOOKS_FOLDER, dump.SQLITE_FILE)
    shutil.rmtree(staging, ignore_errors=True)
    return verified


def _move_out(home: Path, staging: Path, *names: str) -> None:
    for name in names:
        if (home / name).is_dir():
            _merge(staging / name, home / name)
        elif (staging / name).exists():
            (staging / name).rename(home / name)
        _sync(home)


def _merge(source: Path, target: Path) -> None:
    """Files of the same name are the same files: the vault names them by their content."""
    for place in [each for each in source.rglob("*") if each.is_file()]:
        home = target / place.relative_to(source)
        home.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.replace(home)
        _sync(home.parent)


def _sync(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _bring_up_to_date_and_verify(home: Path, manifest: dict[str, Any], *, scratch: Path) -> dict[str, Any]:
    """`init` adds what a newer program needs and, where no key came along, a new one; then `trail verify`."""
    _ourselves(home, "init", "--json")
    against: tuple[str, ...] = ()
    if manifest["newest_checkpoint"] is not None:
        place = scratch / CHECKPOINT
        place.write_text(json.dumps(manifest["newest_checkpoint"]), encoding="utf-8")
        against = ("--against", str(place))
    verified = _ourselves(home, "trail", "verify", "--json", *against)
    _close_sqlite(home)
    return verified


def _ourselves(home: Path, *words: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "qingshan.config.cli", *words]
    env = {**os.environ, "QINGSHAN_HOME": str(home)}
    done = subprocess.run(
        command, env=env, check=False, capture_output=True, text=True, preexec_fn=die_with_parent
    )
    if done.returncode:
        raise CommandError.because("command.restored_but_not_verified", detail=_why(done))
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


def _why(done: subprocess.CompletedProcess[str]) -> str:
    try:
        return str(json.loads(done.stdout)["error"]["say"])
    except (ValueError, KeyError, TypeError):
        return (done.stderr or done.stdout).strip()[-2000:]


def _close_sqlite(home: Path) -> None:
    """Nothing may stand beside the database file when it is moved."""
    if (home / dump.SQLITE_FILE).exists():
        with closing(sqlite3.connect(home / dump.SQLITE_FILE)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
