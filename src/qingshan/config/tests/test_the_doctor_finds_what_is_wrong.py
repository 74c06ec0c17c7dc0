"""Whatever is not as it should be is named, with what to do about it; what is well is not worth an alarm."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from qingshan.config.doctor import Finding, Level, installation, machine
from qingshan.config.tests.commands import Qingshan
from qingshan.exchange.models import Import, Outcome, StagedRow
from qingshan.finding.index import index_of
from qingshan.geo.triggers import drop_trigger
from qingshan.jobs.models import Job, JobState
from qingshan.office.accounts.actors import system
from qingshan.office.mines.models import Mine
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions.keys import usable_signer
from qingshan.rules.flows.importing import ImportState
from qingshan.vault import Vault

LONG_AGO = timedelta(days=2)


@pytest.fixture
def places(db: None, tmp_path: Path, settings: Any) -> Path:
    settings.VAULT_ROOT, settings.KEYS_ROOT = tmp_path / "vault", tmp_path / "keys"
    return tmp_path


def job(**changed: Any) -> Job:
    then = timezone.now() - LONG_AGO
    return Job.objects.create(kind="tests.work", owner_kind="system", **{"created_at": then, **changed})


def file_on_its_way(**changed: Any) -> Import:
    usual = {"kind": "sites", "file_name": "a", "created_at": timezone.now() - LONG_AGO}
    return Import.objects.create(**{**usual, **changed})


def test_a_sound_installation_needs_nothing(places: Path) -> None:
    usable_signer(now=timezone.now(), actor=system())
    findings = list(installation.look_at_the_installation(state=True))
    assert {one.level for one in findings} == {Level.GOOD}
    assert {one.code for one in findings} >= {"installation.triggers", "installation.trail"}


def test_a_database_older_than_the_program_is_sent_to_init(
    places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "is_up_to_date", lambda: False)
    last = list(installation.look_at_the_installation(state=False))[-1]
    assert (last.code, last.level) == ("installation.migrations", Level.BAD)
    assert "qingshan init" in last.do.zh


def test_a_missing_trigger_is_named(places: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_DROP[connection.vendor])
    found = installation.triggers()
    assert found.level == Level.BAD
    assert "trail_entry" in found.what.zh


_DROP = {
    "sqlite": "DROP TRIGGER trail_entry_no_delete",
    "postgresql": "DROP TRIGGER trail_entry_no_delete ON trail_entry",
}


def test_without_a_signing_key_it_says_how_to_get_one(places: Path) -> None:
    assert installation.signing_key().level == Level.BAD


def test_a_job_whose_process_is_gone_is_an_alarm(places: Path) -> None:
    job(state=JobState.RUNNING, heartbeat_at=timezone.now() - LONG_AGO)
    assert "1 个任务的进程已中断" in installation.jobs().what.zh


def test_a_job_that_nobody_takes_is_an_alarm(places: Path) -> None:
    job()
    assert installation.jobs().level == Level.BAD


def test_a_job_that_failed_today_is_a_hint(places: Path) -> None:
    failed = job(state=JobState.FAILED, finished_at=timezone.now())
    found = installation.jobs()
    assert found.level == Level.HINT
    assert str(failed.pk) in found.what.en


def test_a_file_that_nobody_reads_is_an_alarm(places: Path) -> None:
    file_on_its_way()
    assert installation.imports().level == Level.BAD


@pytest.mark.parametrize("why", ["job", "question", "young"])
def test_a_file_that_waits_for_a_reason_is_none(places: Path, why: str) -> None:
    young = {"created_at": timezone.now()} if why == "young" else {}
    waiting = file_on_its_way(question={"option": "crs"} if why == "question" else None, **young)
    if why == "job":
        job(payload={"import_id": waiting.pk})
    assert installation.imports().level == Level.GOOD


def test_rows_left_behind_by_a_cancelled_import_are_an_alarm(places: Path) -> None:
    over = file_on_its_way(state=ImportState.CANCELLED)
    StagedRow.objects.create(source=over, position=0, sheet="a", row=1, outcome=Outcome.CREATED)
    assert "遗留的暂存行：1" in installation.imports().what.zh


def test_a_stored_file_that_is_gone_is_an_alarm(places: Path) -> None:
    file_on_its_way(file_digest="ab" * 32, state=ImportState.APPLIED)
    assert "缺失 1" in installation.stored_files(everything=False).what.zh


def test_a_stored_file_that_rotted_is_found_by_reading_it(places: Path) -> None:
    vault = Vault(places / "vault")
    path = vault.path(vault.put(b"sound").digest)
    path.chmod(0o600)
    path.write_bytes(b"rotten")
    assert installation.stored_files(everything=False).level == Level.GOOD
    assert "损坏 1" in installation.stored_files(everything=True).what.zh


@pytest.mark.usefixtures("regions")
def test_data_that_came_in_outside_an_act_is_found_with_state(places: Path) -> None:
    assert installation.trail().level == Level.BAD


def test_a_full_disk_is_an_alarm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LEAST_FREE_BYTES", 2**60)
    assert machine.disk(tmp_path / "not" / "there").level == Level.BAD


def test_missing_fonts_and_browser_are_hints_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "CHINESE_FONTS", ())
    monkeypatch.setattr(machine, "BROWSERS", ("no-such-browser",))
    assert {machine.fonts().level, machine.browser().level} == {Level.HINT}


def test_an_old_python_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "OLDEST_PYTHON", (9, 9))
    assert machine.python().level == Level.BAD


def test_the_command_fails_only_when_something_needs_action(
    places: Path, qingshan: Qingshan, monkeypatch: pytest.MonkeyPatch
) -> None:
    usable_signer(now=timezone.now(), actor=system())
    monkeypatch.setattr(machine, "pages", lambda: _finding(Level.HINT))
    assert qingshan("doctor", "--json").status == 0
    monkeypatch.setattr(machine, "pages", lambda: _finding(Level.BAD))
    ran = qingshan("doctor", "--json")
    assert (ran.status, ran.facts["to_do"]) == (1, 1)
    assert "→ 做点什么" in qingshan("doctor").out


def _finding(level: Level) -> Finding:
    from qingshan.config.doctor.findings import Wording

    return Finding("tests.finding", level, Wording("坏了", "broken"), Wording("做点什么", "do something"))


def test_words_that_differ_from_their_rows_are_named_and_mended(places: Path) -> None:
    usable_signer(now=timezone.now(), actor=system())
    Region.objects.create(pk=990101000000, code="990101", name="青石县", level="county")
    Mine.objects.create(key="K-1", name="老虎沟铁矿", region_id=990101000000)
    for one in index_of(Mine).triggers(connection):
        drop_trigger(connection, name=one.name, table=Mine._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mines_mine SET words = 'x'")
    assert "mines_mine 1" in installation.words().what.zh
    found = list(installation.look_at_the_installation(state=False, mending=True))
    assert next(one for one in found if one.code == "installation.triggers").level == Level.GOOD
    assert installation.words().level == Level.GOOD
