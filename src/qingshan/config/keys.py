"""Where does the key of cookies and forms come from? Made once, kept in the home folder, never shown."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """The installation's secret; the first caller makes it, all others read it."""
    if given := os.environ.get("QINGSHAN_SECRET_KEY"):
        return given
    place = home / "keys" / "secret"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = place.with_name(f"secret.{os.getpid()}")
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        draft.chmod(0o600)
        try:
            os.link(draft, place)  # fails where another process was first: then its key counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return place.read_text(encoding="ascii")
