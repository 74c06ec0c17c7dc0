"""Which files lie ready to try an import with? Those that the demonstration leaves beside the database."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

FOLDER = "samples"


def samples_here() -> list[Path]:
    """By name; none where no demonstration was loaded."""
    folder = Path(settings.HOME) / FOLDER
    return sorted(place for place in folder.glob("*.xlsx") if place.is_file()) if folder.is_dir() else []
