"""How is a large dossier packed in the background?"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from qingshan.jobs.actions import start
from qingshan.jobs.models import Job
from qingshan.jobs.work import Progress, declare_job
from qingshan.office.accounts.actors import Actor, recalled, remembered
from qingshan.office.mines import queries
from qingshan.office.mines.dossier.gathering import Dossier
from qingshan.office.mines.dossier.package import file_name, write_package
from qingshan.office.mines.models import Mine
from qingshan.vault import Vault

PACK_DOSSIER = "mines.pack_dossier"


def pack_in_background(dossier: Dossier, *, actor: Actor) -> Job:
    """Queue the packing for the reader, who gets what they may see at that moment."""
    payload = {"mine_id": dossier.about.pk, **remembered(actor, on=dossier.on)}
    return start(
        PACK_DOSSIER,
        payload,
        owner=actor.recorder,
        organisation_id=actor.decider.organisation_id,
        now=timezone.now(),
    )


def pack(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The package in the vault, where it stays for a day: nothing refers to it, so the sweep takes it."""
    actor, on = recalled(payload), date.fromisoformat(payload["on"])
    dossier = Dossier(queries.one(Mine, payload["mine_id"], actor=actor), actor=actor, on=on)
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as stream:
        write_package(dossier, stream, now=timezone.now(), tell=progress.report)
        stream.seek(0)
        stored = Vault(settings.VAULT_ROOT).put(stream)
    url = f"/mines/{dossier.about.pk}/packages/{progress.job_id}/"
    return {"url": url, "digest": stored.digest, "file_name": file_name(dossier)}


declare_job(PACK_DOSSIER, pack)
