"""How are tiles of others kept for a while, so that a page that is opened again does not ask again?"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

from django.conf import settings

from qingshan.office.places.services.declared import Service

A_DAY_S = 24 * 3600
MOST_KEPT_BYTES = 200 * 2**20


def kept(service: Service, z: int, x: int, y: int) -> bytes | None:
    """The tile as it was read lately, or None."""
    path = _place(service, z, x, y)
    try:
        if time.time() - path.stat().st_mtime > service.keep_days * A_DAY_S:
            return None
        return path.read_bytes()
    except OSError:
        return None


def keep(service: Service, z: int, x: int, y: int, body: bytes) -> None:
    """Write the tile down in one step; a full disk only means that it is asked for again."""
    if service.keep_days <= 0:
        return
    path = _place(service, z, x, y)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.write_bytes(body)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)


def sweep() -> int:
    """Remove what is too old for any service, then the oldest beyond the limit; how many files."""
    files = sorted(_files(), key=lambda path: path.stat().st_mtime, reverse=True)
    held = removed = 0
    for path in files:
        held += path.stat().st_size
        too_old = time.time() - path.stat().st_mtime > 30 * A_DAY_S
        if too_old or held > MOST_KEPT_BYTES:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _root() -> Path:
    return Path(settings.HOME) / "cache" / "maps"


def _files() -> Iterator[Path]:
    for folder, _below, names in os.walk(_root()):
        yield from (Path(folder) / name for name in names)


def _place(service: Service, z: int, x: int, y: int) -> Path:
    """A service that is declared otherwise has other tiles."""
    mark = hashlib.sha256(repr(astuple(service)).encode()).hexdigest()[:16]
    return _root() / f"{service.code}-{mark}" / str(z) / f"{x}-{y}"
