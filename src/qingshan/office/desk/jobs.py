"""Which work of the desk goes on in the background? Reading a file to import, filling in a superior's table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from qingshan.exchange import preview
from qingshan.exchange.filling import doing
from qingshan.exchange.models import Filling, Import
from qingshan.exchange.scratch import scratch_folder
from qingshan.jobs.work import Progress, declare_job
from qingshan.office.accounts.actors import recalled
from qingshan.office.desk.actions import FILL_TABLE, READ_FILE
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


def fill_table(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Fill in a table with what its owner may see, and keep the filled one for them."""
    filling = Filling.objects.get(pk=payload["filling_id"])
    vault = Vault(settings.VAULT_ROOT)
    with scratch_folder("filling") as folder:
        target = folder / "filled.xlsx"
        path = vault.path(filling.file_digest)
        summary = doing.filled_workbook(filling, path, target, actor=recalled(payload), progress=progress)
        with target.open("rb") as stream:
            stored = vault.put(stream)
    doing.finish(filling, digest=stored.digest, summary=summary)
    return {"url": f"/filling/{filling.pk}/"}


def filling_given_up(payload: Mapping[str, Any], because: tuple[Reason, ...]) -> None:
    """The table says so; one that its owner has forgotten meanwhile needs not be told."""
    if filling := Filling.objects.filter(pk=payload["filling_id"]).first():
        doing.give_up(filling, because)


declare_job(READ_FILE, read_file, given_up=given_up)
declare_job(FILL_TABLE, fill_table, given_up=filling_given_up)
