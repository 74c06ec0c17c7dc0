"""Is anything lost or found twice when the testing of claims is killed in the middle and begun again?"""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from qingshan.jobs.heartbeat import DEAD_AFTER
from qingshan.jobs.models import Job
from qingshan.jobs.sweep import sweep
from qingshan.jobs.worker import work_off_the_queue
from qingshan.office.accounts.tests.people import nine_people
from qingshan.office.observations.models import Claim, Finding, Run
from qingshan.office.observations.tests.factories import a_claim, simulated
from qingshan.office.trail.models import Entry

pytestmark = [pytest.mark.kill, pytest.mark.timeout(300)]
OBSERVE = (
    "-m",
    "qingshan.config.cli",
    "observe",
    "--scenes",
    "sim/scenes",
    "--region",
    "990101",
    "--json",
    "--threads",
    "1",
)
ENOUGH = 5
"""units after which it is killed"""


def units(home: Path) -> int:
    return sum(1 for _ in (home / "observations").rglob("*.unit"))


def killed(committed_db: Any) -> tuple[Any, Run]:
    """The land of two claims, and the run over them whose command was killed at its images."""
    people = nine_people()
    land = simulated(committed_db.home / "scenes" / "sim")
    for each in (land.right, land.wrong):
        a_claim(each, region=people.regions["990101"], now=timezone.now())
    process = committed_db.start(*OBSERVE)
    while units(committed_db.home) < ENOUGH and process.poll() is None:
        time.sleep(0.001)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=100)
    assert process.returncode == -signal.SIGKILL
    run = Run.objects.get()
    assert (run.state, Finding.objects.count()) == ("running", 0)
    assert units(committed_db.home) >= ENOUGH
    return land, run


def test_a_server_at_work_goes_on_with_what_a_killed_command_left(committed_db: Any) -> None:
    land, run = killed(committed_db)
    assert sweep(now=timezone.now() + DEAD_AFTER * 2) == 1
    work_off_the_queue()
    run.refresh_from_db()
    job = Job.objects.get(pk=run.job_id)
    assert (run.state, job.state, job.tries, job.deaths) == ("done", "done", 2, 1), job.error_detail
    assert dict(Claim.objects.values_list("site__key", "verdict")) == {
        land.right.key: "supported",
        land.wrong.key: "unsupported",
    }
    assert Entry.objects.filter(act="observations.record_findings").count() == 1


def test_killed_and_begun_again_it_ends_with_every_finding_once(committed_db: Any) -> None:
    land, run = killed(committed_db)
    told = json.loads(committed_db.python(*OBSERVE, timeout=200).stdout)
    assert (told["ok"], told["run"], told["lines"]["claims"]["claims"]) == (True, run.number, 2)
    run.refresh_from_db()
    assert run.state == "done"
    assert dict(Claim.objects.values_list("site__key", "verdict")) == {
        land.right.key: "supported",
        land.wrong.key: "unsupported",
    }
    assert Entry.objects.filter(act="observations.record_findings").count() == 1
    judged = Claim.objects.earliest("pk").number
    again = committed_db.python(
        "-m", "qingshan.config.cli", "observe", "--again", judged, "--json", timeout=200
    )
    assert json.loads(again.stdout)["same"] is True
