"""Which work of the desk goes on in the background? Reading a file that somebody wants to import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from qingshan.exchange import preview
from qingshan.exchange.models import Import
from qingshan.jobs.work import Progress, declare_job
from qingshan.office.accounts.actors import recalled
from qingshan.office.desk.actions import READ_FILE
from qingshan.rules.reasons import Reason
from qingshan.vault import Vault


def read_file(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Read and judge every row as the actor who brought the file."""
    import_ = Import.objects.get(pk=payload["import_id"])
    path = Vault(settings.VAULT_ROOT).path(import_.file_digest)
    preview.stage(import_, path=path, actor=recalled(payload), progress=progress)
    return {"url": f"/imports/{import_.pk}/"}


def given_up(payload: Mapping[str, Any], because: tuple[Reason, ...]) -> None:
    """The reading was cancelled or failed for good: the import says so instead of waiting for ever."""
    preview.give_up(Import.objects.get(pk=payload["import_id"]), because)


declare_job(READ_FILE, read_file, given_up=given_up)
