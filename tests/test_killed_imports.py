"""Is anything ever half done? An import is killed at many moments between upload and trail entry."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from shapely.geometry import box

from qingshan.config.doctor import Level
from qingshan.config.doctor.installation import look_at_the_installation
from qingshan.exchange.models import Import
from qingshan.jobs.models import FINAL, Job
from qingshan.jobs.sweep import sweep
from qingshan.jobs.worker import work_off_the_queue
from qingshan.office.accounts.actors import operator_of_this_machine, system
from qingshan.office.desk import actions
from qingshan.office.mines.models import Site, Tally
from qingshan.office.mines.tests.factories import geojson, site_row
from qingshan.office.regions.actions import LocalRegion, add_local_regions
from qingshan.office.trail.models import Entry

pytestmark = [pytest.mark.kill, pytest.mark.timeout(300)]
MOMENTS = 10 if os.environ.get("CI") == "true" else 30
ROWS = 120
COUNTIES = (
    LocalRegion("990000", "青山省", simulated=True),
    LocalRegion("990101", "青石县", box(122.0, 33.0, 122.5, 33.5), simulated=True),
)


@pytest.fixture
def ground(committed_db: Any) -> Any:
    """A new installation with two counties, everything of it entered by acts."""
    committed_db.python("-m", "qingshan.config.cli", "init")
    add_local_regions(actor=system(), now=timezone.now(), regions=COUNTIES)
    return committed_db


def file_of(folder: Path, turn: int) -> Path:
    rows = [site_row(f"K-{turn}-{n}", 122.01 + 0.003 * n, 点位类型="露天采场") for n in range(ROWS)]
    return geojson(folder, *rows, name=f"sites-{turn}.geojson")


@pytest.fixture
def imports(ground: Any) -> Iterator[Any]:
    """A program that forks one process for each import it is asked for."""
    program = ground.start("tests/one_import.py", stdin=subprocess.PIPE)
    yield program
    program.stdin.close()
    program.wait(timeout=20)


def run(imports: Any, file: Path, moment: int) -> tuple[int, str]:
    connection.close()
    imports.stdin.write(f"{file}\t{moment}\n")
    imports.stdin.flush()
    answer = imports.stdout.readline()
    assert answer, imports.stderr.read()
    code, said = json.loads(answer)
    return code, said


def bad_findings() -> list[str]:
    return [finding.say() for finding in look_at_the_installation(state=True) if finding.level is Level.BAD]


def applied_and_whole() -> int:
    """How many imports went in; each of them with all its sites, tallied, and one entry of its own."""
    applied = Import.objects.filter(state="applied").count()
    assert Site.objects.count() == applied * ROWS
    assert sum(Tally.objects.values_list("rows", flat=True)) == applied * ROWS
    assert Entry.objects.filter(act="mines.import_sites").count() == applied
    return applied


def go_on() -> bool:
    """What the next start does: return dead jobs, work them off; then the clerk applies what was read."""
    later = timezone.now() + timedelta(hours=1)
    sweep(now=later)
    work_off_the_queue()
    waiting = list(Import.objects.filter(state="read"))
    for import_ in waiting:
        actions.apply(import_, good_rows_only=False, actor=operator_of_this_machine(), now=later)
    return bool(waiting)


def test_an_import_killed_at_any_moment_is_done_wholly_or_not_at_all(
    imports: Any, tmp_path: Path, seed: int
) -> None:
    code, said = run(imports, file_of(tmp_path, 0), 0)
    assert code == 0, said
    total = int(said)
    applied = applied_and_whole()
    assert applied == 1
    met = dict.fromkeys(("before the act", "after it", "went on"), 0)
    for turn, moment in enumerate(sorted(random.Random(seed).sample(range(1, total - 5), MOMENTS)), start=1):
        code, said = run(imports, file_of(tmp_path, turn), moment)
        assert code == -signal.SIGKILL, said
        assert bad_findings() == [], f"moment {moment} of {total}"
        now_applied = applied_and_whole()
        met["after it" if now_applied > applied else "before the act"] += 1
        met["went on"] += go_on()
        assert bad_findings() == [], f"going on after moment {moment} of {total}"
        applied = applied_and_whole()
    print(f"killed at {MOMENTS} of {total} moments: {met}")
    assert met["before the act"]
    assert met["went on"]
    assert not Job.objects.exclude(state__in=FINAL).exists()
