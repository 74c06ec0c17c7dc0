"""Where do files live, so that none is ever half there and none can be changed unnoticed?

A file's name is the SM3 digest of its content, in folders by the first two digits. It is written beside its
place, brought to disk, then linked under its name in one step: whatever moment the power fails, a file
under a digest name is whole.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from qingshan.vault import digests
from qingshan.vault.errors import VaultError

DIGEST = re.compile(r"[0-9a-f]{64}\Z")
PIECE_BYTES = 1024 * 1024
DRAFTS = "drafts"
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class StoredFile:
    """A file in the vault."""

    digest: str
    """SM3 of the content, hexadecimal"""
    size_bytes: int


@dataclass(frozen=True)
class Swept:
    """What a sweep removed."""

    drafts: tuple[str, ...]
    """files that were never finished"""
    orphans: tuple[str, ...]
    """digests that nothing refers to"""
    freed_bytes: int


@dataclass(frozen=True)
class Damaged:
    """A file whose content is not what its name says."""

    digest: str
    found_digest: str | None
    """None: it cannot be read"""


class Vault:
    """Files by digest below one folder."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)

    def put(self, content: BinaryIO | bytes | Iterable[bytes]) -> StoredFile:
        """Store the content, safe on disk when this returns. The same content twice is stored once."""
        drafts = self._folder(self.root / DRAFTS)
        draft = drafts / secrets.token_hex(16)
        try:
            stored = _write(draft, _pieces(content))
            self._give_name(draft, stored.digest)
        finally:
            draft.unlink(missing_ok=True)
        return stored

    def path(self, digest: str) -> Path:
        """Where the file lies; the digest is checked, so that no path can come from a person."""
        if not DIGEST.match(digest):
            raise VaultError.because("vault.bad_digest", digest=digest[:80])
        return self.root / digest[:2] / digest

    def holds(self, digest: str) -> bool:
        """Whether the file is there."""
        return self.path(digest).is_file()

    def open(self, digest: str, *, verified: bool = False) -> BinaryIO:
        """The file for reading; `verified` reads it once beforehand and refuses damaged content."""
        path = self.path(digest)
        try:
            if verified and (found := _digest_of(path)) != digest:
                raise VaultError.because("vault.damaged", digest=digest, found=found)
            return path.open("rb")
        except FileNotFoundError:
            raise VaultError.because("vault.missing", digest=digest) from None

    def digests(self) -> Iterator[str]:
        """Every stored file, in order."""
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(path.name for path in folder.iterdir() if DIGEST.match(path.name))

    def verify(self) -> list[Damaged]:
        """Read everything and list what is damaged."""
        found = ((digest, self._found_digest(digest)) for digest in self.digests())
        return [Damaged(digest, actual) for digest, actual in found if actual != digest]

    def sweep(self, *, keep: Set[str], now: datetime, older_than: timedelta = A_DAY) -> Swept:
        """Remove unfinished drafts and files that nothing refers to, both older than a day.

        The age protects a file that was stored for an act which has not ended yet.
        """
        before = now.astimezone(UTC).timestamp() - older_than.total_seconds()
        drafts = [path for path in _files(self.root / DRAFTS) if _changed_at(path) < before]
        sizes = {path.name: _remove(path) for path in drafts}
        unkept = [self.path(digest) for digest in self.digests() if digest not in keep]
        orphans = [path for path in unkept if self._take_away(path, before)]
        freed = sum(sizes.values()) + sum(_remove(self.root / DRAFTS / path.name) for path in orphans)
        return Swept(tuple(sizes), tuple(path.name for path in orphans), freed)

    def _take_away(self, place: Path, before: float) -> bool:
        """Move an old file out of its place; it goes back where somebody stored it again at that moment."""
        if _changed_at(place) >= before:
            return False
        aside = self._folder(self.root / DRAFTS) / place.name
        try:
            place.replace(aside)
        except FileNotFoundError:  # another sweep was first
            return False
        if _changed_at(aside) < before:
            return True
        self._give_name(aside, place.name)
        aside.unlink(missing_ok=True)
        return False

    def _give_name(self, draft: Path, digest: str) -> None:
        place = self.path(digest)
        folder = self._folder(place.parent)
        while not _named(draft, place):
            continue  # a sweep took the older file away between the two looks
        _sync_folder(folder)

    def _found_digest(self, digest: str) -> str | None:
        try:
            return _digest_of(self.path(digest))
        except OSError:
            return None

    def _folder(self, folder: Path) -> Path:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _sync_folder(folder.parent)
        return folder


def _named(draft: Path, place: Path) -> bool:
    """Give the draft its name in one step; where the content is there already, that gets young again."""
    try:
        os.link(draft, place)
    except FileExistsError:
        return _keep_or_mend(draft, place)
    except OSError:  # a file system without hard links
        draft.replace(place)
    return True


def _keep_or_mend(draft: Path, place: Path) -> bool:
    """Young again, so that no sweep takes it before the act ends; damaged content is replaced."""
    try:
        if _digest_of(place) == place.name:
            os.utime(place)
        else:
            draft.replace(place)
    except FileNotFoundError:
        return False
    return True


def _pieces(content: BinaryIO | bytes | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(content, bytes):
        return [content]
    if hasattr(content, "read"):
        return iter(lambda: content.read(PIECE_BYTES), b"")
    return content


def _write(draft: Path, pieces: Iterable[bytes]) -> StoredFile:
    state, size_bytes = digests.new(), 0
    with draft.open("xb") as file:
        for piece in pieces:
            file.write(piece)
            state.update(piece)
            size_bytes += len(piece)
        file.flush()
        if hasattr(os, "fchmod"):  # not on Windows, where a read-only file could not be swept either
            os.fchmod(file.fileno(), 0o400)
        os.fsync(file.fileno())
    return StoredFile(state.hexdigest(), size_bytes)


def _digest_of(path: Path) -> str:
    state = digests.new()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(PIECE_BYTES), b""):
            state.update(piece)
    return state.hexdigest()


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # finished or swept by another process meanwhile
        return float("inf")


def _remove(path: Path) -> int:
    try:
        size_bytes = path.stat().st_size
        path.unlink()
    except FileNotFoundError:
        return 0
    return size_bytes
