"""How is a secret written so that it is whole, safe on disk, and only the first of several writers wins?"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

SECRET_BYTES = 32


def kept_secret(place: Path) -> bytes:
    """The secret that is kept there; whoever asks first makes it."""
    if not place.exists():
        write_once(place, secrets.token_bytes(SECRET_BYTES))
    return place.read_bytes()


def write_once(place: Path, content: bytes) -> None:
    """Write a file that only this account can read; where it is there already, that one stays."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place.with_name(f"{place.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, place)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        draft.replace(place)
    draft.unlink(missing_ok=True)
    _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
