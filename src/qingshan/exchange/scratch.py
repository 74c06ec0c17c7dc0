"""Where are files taken apart and put together? In a folder of their own, gone afterwards.

It lies below the installation's own temporary folder, which is swept every night: what a killed process left
there goes too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


@contextmanager
def scratch_folder(purpose: str) -> Iterator[Path]:
    """An empty folder for one file, readable by this user only."""
    base = Path(settings.FILE_UPLOAD_TEMP_DIR)
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{purpose}-", dir=base) as folder:
        yield Path(folder)
