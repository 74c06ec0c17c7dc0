"""How does everything that an installation holds get into one file, while people go on working?

The database first, the files second: a file is stored before the act that refers to it, so whatever the dump
refers to is there when the files are taken.
"""

from __future__ import annotations

import getpass
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from qingshan import __version__
from qingshan.config import archive, dump
from qingshan.config.sealed import seal
from qingshan.vault import Vault

KEYS_FOLDER = "keys"
VAULT_FOLDER = "vault"
RULEBOOKS_FOLDER = "rulebooks"


@dataclass(frozen=True)
class Backup:
    """What was written, and what was found damaged on the way."""

    place: Path
    digest: str
    """SM3 of the manifest: names the whole backup"""
    files: int
    size_bytes: int
    damaged: tuple[str, ...]
    """stored files whose content is not what their name says; the backup holds them as they are"""


def back_up(
    home: Path,
    place: Path,
    *,
    passphrase: str | None,
    now: datetime,
    newest_checkpoint: dict[str, Any] | None,
) -> Backup:
    """Write a backup to `place`; private keys only under a passphrase."""
    keys = seal(dict(key_files(home)), passphrase) if passphrase is not None else None
    with archive.writing(place) as writer:
        _add_database(writer, home)
        damaged = tuple(_add_files(writer, Vault(home / VAULT_FOLDER)))
        _add_rulebooks(writer, home / RULEBOOKS_FOLDER)
        if keys is not None:
            writer.add(archive.KEYS, io.BytesIO(keys), squeeze=False)
        digest = writer.finish(
            made_at=now.isoformat(),
            version=__version__,
            database="postgresql" if dump.uses_postgres() else "sqlite",
            newest_checkpoint=newest_checkpoint,
        )
        files = sum(name.startswith(f"{VAULT_FOLDER}/") for name in writer.members)
    return Backup(place, digest, files, place.stat().st_size, damaged)


def _add_database(writer: archive.Writer, home: Path) -> None:
    drafts = home / "tmp"
    drafts.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=drafts) as folder:
        copy = Path(folder, "dump")
        dump.dump_database(home, copy)
        with copy.open("rb") as file:
            # pg_dump compresses by itself
            writer.add(dump.member_name(), file, squeeze=not dump.uses_postgres())


def _add_files(writer: archive.Writer, vault: Vault) -> Iterator[str]:
    for digest in vault.digests():
        with vault.open(digest) as file:
            found = writer.add(f"{VAULT_FOLDER}/{digest[:2]}/{digest}", file, squeeze=False)
        if found != digest:
            yield digest


def _add_rulebooks(writer: archive.Writer, folder: Path) -> None:
    for path in sorted([*folder.glob("released.toml"), *folder.glob("*/*/*.toml")]):
        with path.open("rb") as file:
            writer.add(f"{RULEBOOKS_FOLDER}/{path.relative_to(folder).as_posix()}", file, squeeze=True)


def key_files(home: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the keys folder, by its name below it."""
    folder = home / KEYS_FOLDER
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def passphrase_from_person(*, twice: bool) -> str | None:
    """QINGSHAN_PASSPHRASE, else typed at the terminal; None where there is neither."""
    given = os.environ.get("QINGSHAN_PASSPHRASE")
    if given is not None:
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    typed = getpass.getpass("口令 · passphrase: ")
    if twice and getpass.getpass("再次输入 · again: ") != typed:
        return None
    return typed
