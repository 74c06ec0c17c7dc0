"""Which entries may an actor see, and what happened to one object?"""

from __future__ import annotations

from django.db.models import QuerySet

from qingshan.office.trail.models import Checkpoint, Entry, Subject


def timeline(kind: str, object_id: int) -> QuerySet[Entry]:
    """The entries about one object, newest first. Whoever may see the object may see its timeline."""
    about = Subject.objects.filter(kind=kind, object_id=object_id).values("entry_seq")
    return Entry.objects.filter(seq__in=about).order_by("-seq")


def newest_checkpoint() -> Checkpoint | None:
    """The newest signed checkpoint: what every paper, export and public page prints."""
    return Checkpoint.objects.order_by("-size").first()
