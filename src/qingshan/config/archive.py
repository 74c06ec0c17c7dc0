"""What does a backup file look like inside, and is everything in it what its manifest says?

A zip file (a torn one has no directory at its end and cannot be opened) with
    database/…        one dump of the database, taken first
    vault/ab/abcd…    every stored file, taken second: whatever the dump refers to is there
    rulebooks/…       rules of the province and its cities, where there are any: results name their version
    keys.sealed       private keys, only where somebody asked for them
    manifest.json     size and SM3 of all of these, version, time, engine, newest checkpoint
"""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from qingshan.config.errors import CommandError
from qingshan.vault import digests

FORMAT = 1
MANIFEST = "manifest.json"
KEYS = "keys.sealed"
MEMBER = re.compile(
    r"(?:database/[a-z0-9._-]+|vault/([0-9a-f]{2})/\1[0-9a-f]{62}|keys\.sealed"
    r"|rulebooks/(?:released|[a-z]+/[a-z0-9-]+/[^/\\\x00-\x1f]+)\.toml)\Z"
)
PIECE_BYTES = 1024 * 1024


class Writer:
    """Adds members and remembers their sizes and digests for the manifest."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, source: BinaryIO, *, squeeze: bool) -> str:
        """Copy one file in; `squeeze` where it is not compressed already. Returns its digest."""
        entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED if squeeze else zipfile.ZIP_STORED
        entry._compresslevel = 1  # type: ignore[attr-defined]
        with self._archive.open(entry, "w", force_zip64=True) as member:
            size_bytes, digest = _copy(source, member)
        self.members[name] = {"bytes": size_bytes, "sm3": digest}
        return digest

    def finish(self, **facts: Any) -> str:
        """Write the manifest; its digest names the whole backup."""
        manifest = {"format": FORMAT, **facts, "members": self.members}
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
        self._archive.writestr(MANIFEST, text)
        return digests.sm3_hex(text)


@contextmanager
def writing(place: Path) -> Iterator[Writer]:
    """A new archive that appears under its name only when it is whole and on disk."""
    if place.exists():
        raise CommandError.because("command.file_exists", path=str(place))
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with draft.open("xb") as file:
            os.chmod(draft, 0o600)
            with zipfile.ZipFile(file, "w") as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest of a backup that we understand, else CommandError."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError):
        raise CommandError.because("command.not_a_backup", path=str(archive.filename)) from None
    if manifest.get("format") != FORMAT:
        raise CommandError.because("command.other_format", format=manifest.get("format"))
    strange = sorted(name for name in manifest["members"] if not MEMBER.match(name))
    if strange:
        raise CommandError.because("command.not_a_backup", path=str(archive.filename))
    return manifest


def extract(archive: zipfile.ZipFile, name: str, place: Path, *, expected: dict[str, Any]) -> None:
    """One member to disk, refused where it is not what the manifest says."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with archive.open(name) as member, place.open("xb") as file:
            # one byte more than announced is enough to know: no member can fill the disk
            size_bytes, digest = _copy(_Bounded(member, expected["bytes"] + 1), file)
            file.flush()
            os.fsync(file.fileno())
    except (KeyError, zipfile.BadZipFile):
        raise CommandError.because("command.damaged_member", name=name) from None
    if (size_bytes, digest) != (expected["bytes"], expected["sm3"]):
        raise CommandError.because("command.damaged_member", name=name)


class _Bounded:
    """A stream that ends after so many bytes."""

    def __init__(self, source: Any, most_bytes: int) -> None:
        self._source = source
        self._left = most_bytes

    def read(self, size: int) -> bytes:
        piece: bytes = self._source.read(min(size, self._left))
        self._left -= len(piece)
        return piece


def _copy(source: Any, target: Any) -> tuple[int, str]:
    state, size_bytes = digests.new(), 0
    for piece in iter(lambda: source.read(PIECE_BYTES), b""):
        target.write(piece)
        state.update(piece)
        size_bytes += len(piece)
    return size_bytes, state.hexdigest()
