"""How does a paper that somebody uploads come into the vault? Looked at first, stored second, filed by an act third."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from qingshan.exchange.readers.documents import Paper, recognised_paper
from qingshan.exchange.readers.hygiene import Upload
from qingshan.exchange.readers.wording import wording
from qingshan.exchange.scratch import scratch_folder
from qingshan.office.mines.actions import NewDocument, file_document
from qingshan.office.mines.models import Document, Mine, Site
from qingshan.office.trail.parties import ActorLike
from qingshan.vault import StoredFile, Vault

Result = TypeVar("Result")


def examined(brought: UploadedFile[Any]) -> Paper:
    """What the file is. Raises FileRefused or RuleBroken; nothing is stored."""
    with _on_disk(brought) as place:
        return recognised_paper(Upload(place, brought.name or ""))


def wording_of(brought: UploadedFile[Any]) -> str:
    """What the file says, as plain text. Raises FileRefused or RuleBroken."""
    with _on_disk(brought) as place:
        return wording(Upload(place, brought.name or ""))


def stored(brought: UploadedFile[Any]) -> StoredFile:
    """The file in the vault, safe on disk. What no act refers to is swept after a day."""
    brought.seek(0)
    return Vault(settings.VAULT_ROOT).put(iter(brought.chunks()))


def filed_with(
    document: NewDocument | None,
    about: Mine | Site,
    then: Callable[[Document | None], Result],
    *,
    actor: ActorLike,
    now: datetime,
) -> Result:
    """File the paper, then do the act that rests on it: both or neither. Without a paper only the act."""
    with transaction.atomic():
        return then(file_document(about, document, actor=actor, now=now) if document else None)


@contextmanager
def _on_disk(brought: UploadedFile[Any]) -> Iterator[Path]:
    """Large uploads lie on disk already."""
    if hasattr(brought, "temporary_file_path"):
        yield Path(brought.temporary_file_path())
        return
    with scratch_folder("paper") as folder:
        place = folder / "paper"
        with place.open("wb") as out:
            for piece in brought.chunks():
                out.write(piece)
        yield place
