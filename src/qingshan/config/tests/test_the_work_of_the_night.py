"""Nightly housekeeping signs the day, clears what nobody needs, and never a file that a row refers to."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import CharField
from django.utils import timezone

from qingshan.config import housekeeping
from qingshan.exchange.models import Filling, Import
from qingshan.office.accounts.actors import system
from qingshan.office.regions.actions import LocalRegion, add_local_regions
from qingshan.office.regions.models import Region
from qingshan.office.trail.models import Checkpoint
from qingshan.office.trail.sentences import TrailError
from qingshan.vault import Vault

TONIGHT = date(2026, 11, 22)
# columns as wide as a digest that name no stored file
NO_FILES = {
    "batches.Batch.list_digest",
    "batches.SealedNumber.seal",
    "experts.ExpertDraw.list_digest",
    "jobs.Job.task_id",
    "mines.Mine.key",
    "observations.ClueFile.file_sm3",
    "papers.Paper.template_digest",
    "trail.Checkpoint.key",
    "trail.Checkpoint.root",
    "trail.Entry.hash",
    "trail.Entry.previous",
    "trail.Entry.subjects_digest",
    "trail.Head.hash",
    "trail.PersonalValue.commitment",
    "trail.PersonalValue.salt",
    "trail.Subject.digest",
    "trail.Subtree.hash",
}


def columns_as_wide_as_a_digest() -> set[str]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("qingshan.")]
    return {
        f"{model._meta.label}.{field.name}"
        for model in ours
        for field in model._meta.fields
        if isinstance(field, CharField) and field.max_length == 64
    }


def test_every_column_that_could_name_a_stored_file_was_decided_about() -> None:
    holders = {f"{model._meta.label}.{column}" for model, column in housekeeping.HOLDERS}
    undecided = columns_as_wide_as_a_digest() - holders - NO_FILES
    assert undecided == set(), "does it name a file of the vault? Add it to HOLDERS, else to NO_FILES here"


@pytest.mark.django_db
def test_only_old_files_that_nobody_refers_to_are_cleared(tmp_path: Path, settings: Any) -> None:
    settings.VAULT_ROOT = tmp_path
    vault = Vault(tmp_path)
    kept, orphan, young = (vault.put(text).digest for text in (b"kept", b"orphan", b"young"))
    for digest in (kept, orphan):
        os.utime(vault.path(digest), (0, 0))
    Import.objects.create(kind="sites", file_name="a", file_digest=kept, created_at=timezone.now())
    assert housekeeping.sweep_files(TONIGHT, None) == {"drafts": 0, "orphans": 1}
    assert [vault.holds(digest) for digest in (kept, orphan, young)] == [True, False, True]


@pytest.mark.django_db
def test_tables_of_superiors_keep_their_files_for_a_day() -> None:
    now = timezone.now()
    for name, days in (("old", 2), ("young", 0)):
        digests = {"file_digest": name, "filled_digest": f"{name} filled"}
        Filling.objects.create(file_name=name, created_at=now - timedelta(days=days), **digests)
    assert housekeeping.forget_tables(TONIGHT, None) == {"tables": 1}
    assert set(housekeeping.digests_in_use()) == {"young", "young filled"}


@pytest.mark.django_db
def test_sessions_that_ran_out_are_forgotten() -> None:
    now = timezone.now()
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(days=days))
    housekeeping.forget_sessions(TONIGHT, None)
    assert [session.session_key for session in Session.objects.all()] == ["new"]


@pytest.mark.django_db
def test_the_history_of_the_day_is_signed(tmp_path: Path, settings: Any) -> None:
    settings.KEYS_ROOT = tmp_path
    assert housekeeping.checkpoint(TONIGHT, None)["size"] >= 1
    assert Checkpoint.objects.count() == 1


def test_drafts_of_interrupted_work_are_cleared_after_a_day(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    for name in ("tmp/old", "tmp/young", "backups/.qingshan.zip.77", "backups/qingshan.zip"):
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_text("half")
        if name != "tmp/young":
            os.utime(place, (0, 0))
    assert housekeeping.sweep_drafts(TONIGHT, None) == {"removed": 2}
    assert (tmp_path / "tmp/young").exists()
    assert (tmp_path / "backups/qingshan.zip").exists()


class Watched:
    """Progress as a job offers it."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []

    def report(self, done: int, total: int) -> None:
        self.told.append((done, total))


@pytest.mark.django_db
def test_the_night_verifies_the_trail_and_fails_where_something_was_changed_behind_it() -> None:
    county = add_local_regions(
        actor=system(), now=timezone.now(), regions=[LocalRegion("990000", "青山省", simulated=True)]
    )[0]
    watched = Watched()
    assert housekeeping.verify_history(TONIGHT, watched) == {"entries": 1}
    assert watched.told
    Region.objects.filter(pk=county.pk).update(name="改名省")
    with pytest.raises(TrailError) as refused:
        housekeeping.verify_history(TONIGHT, Watched())
    assert refused.value.code == "trail.night_found"
