"""How does a test bring a file as a clerk does: received, and read, up to the preview?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from qingshan.exchange import preview
from qingshan.exchange.models import Import


def brought(path: Path, actor: Any, *, kind: str, now: datetime, **options: Any) -> Import:
    """A file of one kind, received and read for an actor."""
    import_ = Import.objects.create(
        kind=kind,
        file_name=path.name,
        file_digest="0" * 64,
        options=options,
        owner_id=actor.person_id,
        organisation_id=actor.decider.organisation_id,
        created_at=now,
    )
    return preview.stage(import_, path=path, actor=actor)
