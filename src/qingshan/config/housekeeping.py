"""What does an installation do for itself every night, and which stored files must it never clear away?

Wiring: the rooms know how to sweep, only here is it known who refers to what.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.utils import timezone

from qingshan.exchange import staging
from qingshan.exchange.filling import doing
from qingshan.exchange.models import Filling, Import
from qingshan.jobs.timetable import declare_daily
from qingshan.jobs.work import Progress
from qingshan.office.batches.models import PanelMember
from qingshan.office.cases.models import FindingsDocument
from qingshan.office.experts.models import ExpertOpinion
from qingshan.office.matters.models import Evidence
from qingshan.office.mines.models import Document
from qingshan.office.observations.models import Answer, ClueEvidence, ClueSighting, Finding
from qingshan.office.papers.models import Paper, PaperTemplate, SignedCopy
from qingshan.office.places import services
from qingshan.office.places.models import OverlapOpinion
from qingshan.office.planting.models import Evaluation, HandBack, ObservationPhoto
from qingshan.office.trail.actions.checkpoints import sign_checkpoint
from qingshan.office.trail.models import Entry
from qingshan.office.trail.sentences import TrailError
from qingshan.office.trail.verify import verify_trail
from qingshan.vault import Vault

# every column that names a file in the vault; a test fails for a column that nobody decided about
HOLDERS: tuple[tuple[type[Model], str], ...] = (
    (Import, "file_digest"),
    (Entry, "paper_scan"),
    (OverlapOpinion, "file_digest"),
    (ExpertOpinion, "file_digest"),
    (Document, "file_digest"),
    (Evidence, "file_digest"),
    (Evidence, "thumbnail_digest"),
    (FindingsDocument, "file_digest"),
    (Answer, "file_digest"),
    (Finding, "sheet_digest"),
    (Finding, "sheet_en_digest"),
    (PanelMember, "file_digest"),
    (ClueEvidence, "file_digest"),
    (ClueEvidence, "thumbnail_digest"),
    (ClueSighting, "before_digest"),
    (ClueSighting, "after_digest"),
    (Paper, "docx_digest"),
    (Paper, "pdf_digest"),
    (PaperTemplate, "file_digest"),
    (SignedCopy, "file_digest"),
    (ObservationPhoto, "file_digest"),
    (ObservationPhoto, "thumbnail_digest"),
    (Evaluation, "file_digest"),
    (HandBack, "file_digest"),
    (Filling, "file_digest"),
    (Filling, "filled_digest"),
)
KEEP_STAGED = timedelta(days=30)
KEEP_TABLES = timedelta(days=1)
A_DAY_S = 24 * 3600


def digests_in_use() -> Iterator[str]:
    """Every stored file that some row refers to."""
    for model, column in HOLDERS:
        rows = model._default_manager.exclude(**{column: ""}).values_list(column, flat=True)
        yield from rows.distinct().iterator()


def checkpoint(on: date, progress: Progress) -> dict[str, Any]:
    """Sign the history of the day."""
    return {"size": sign_checkpoint(now=timezone.now()).size}


def verify_history(on: date, progress: Progress) -> dict[str, Any]:
    """Verify the whole trail; the night fails where anything was changed behind the program."""
    report = verify_trail(progress=lambda done, total: progress.report(done, total))
    if not report.ok:
        raise TrailError.because("trail.night_found", faults=report.fault_count)
    return {"entries": report.head_seq}


def sweep_files(on: date, progress: Progress) -> dict[str, Any]:
    """Unfinished drafts, and files that no act ever referred to, both older than a day."""
    swept = Vault(settings.VAULT_ROOT).sweep(keep=set(digests_in_use()), now=timezone.now())
    return {"drafts": len(swept.drafts), "orphans": len(swept.orphans)}


def sweep_staging(on: date, progress: Progress) -> dict[str, Any]:
    """Rows of previews that are a month old."""
    return {"rows": staging.sweep(older_than=timezone.now() - KEEP_STAGED)}


def forget_tables(on: date, progress: Progress) -> dict[str, Any]:
    """Superiors' tables brought more than a day ago, filled in or not."""
    return {"tables": doing.sweep(older_than=timezone.now() - KEEP_TABLES)}


def sweep_drafts(on: date, progress: Progress) -> dict[str, Any]:
    """What interrupted uploads and backups left beside their places, older than a day."""
    home = Path(settings.HOME)
    before = timezone.now().timestamp() - A_DAY_S
    left = [*(home / "tmp").glob("*"), *(home / "backups").glob(".*")]
    old = [path for path in left if path.stat().st_mtime < before]
    for path in old:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return {"removed": len(old)}


def sweep_map_tiles(on: date, progress: Progress) -> dict[str, Any]:
    """Tiles of map services that are old, or beyond what may be kept."""
    return {"tiles": services.sweep()}


def forget_sessions(on: date, progress: Progress) -> dict[str, Any]:
    """Logins that have run out."""
    count, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return {"sessions": count}


declare_daily("trail.checkpoint", time(1, 30), checkpoint)
declare_daily("trail.verify", time(3, 0), verify_history)
declare_daily("exchange.sweep", time(2, 10), sweep_staging)
declare_daily("filling.sweep", time(2, 20), forget_tables)
declare_daily("vault.sweep", time(2, 30), sweep_files)
declare_daily("home.sweep", time(2, 40), sweep_drafts)
declare_daily("maps.sweep", time(2, 45), sweep_map_tiles)
declare_daily("sessions.forget", time(2, 50), forget_sessions)
