"""Does a run on a cluster find to the byte what the same run finds on this machine, though a worker dies in it?"""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from qingshan.office.accounts.tests.people import nine_people
from qingshan.office.observations.models import Claim, Finding, Run
from qingshan.office.observations.tests.factories import a_claim, simulated

HAS_DASK = importlib.util.find_spec("distributed") is not None
pytestmark = [
    pytest.mark.kill,
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        not HAS_DASK and os.environ.get("CI") != "true", reason="the extra `cluster` is not installed"
    ),
]
OBSERVE = ("-m", "qingshan.config.cli", "observe", "--scenes", "sim/scenes", "--region", "990101", "--json")
ENOUGH = 5
"""units after which a worker is killed"""
PATIENCE_S = 60
HERE = ("--host", "127.0.0.1", "--no-dashboard")


@dataclass(frozen=True)
class Cluster:
    """A scheduler on loopback with two workers, each a process that can be killed by its id."""

    address: str
    workers: tuple[subprocess.Popen[str], ...]


@pytest.fixture
def cluster(committed_db: Any, tmp_path: Path) -> Iterator[Cluster]:
    """Ends what it started, and nothing else."""
    told, started = tmp_path / "scheduler.json", list[subprocess.Popen[str]]()

    def start(module: str, *arguments: str) -> subprocess.Popen[str]:
        with (tmp_path / f"cluster-{len(started)}.log").open("w", encoding="utf-8") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *HERE, *arguments],
                env=committed_db.env, cwd=tmp_path, stdout=log, stderr=log, text=True,
            )  # fmt: skip
        started.append(process)
        return process

    try:
        start("dask_scheduler", "--port", "0", "--scheduler-file", str(told))
        until(lambda: told.exists() and told.read_text("utf-8").rstrip().endswith("}"))
        address = json.loads(told.read_text("utf-8"))["address"]
        workers = tuple(
            start("dask_worker", address, "--nthreads", "1", "--no-nanny", "--death-timeout", "60")
            for _ in range(2)
        )
        yield Cluster(address, workers)
    finally:
        for process in reversed(started):
            process.kill()  # asked politely, a worker whose scheduler is gone first waits for it
            process.wait(timeout=20)


def until(so: Callable[[], object]) -> None:
    """Waits for what another process does; fails when it takes too long."""
    end = time.monotonic() + PATIENCE_S
    while not so():
        assert time.monotonic() < end
        time.sleep(0.001)


def both_answer(cluster: Cluster) -> bool:
    from distributed import Client

    with Client(cluster.address, timeout="20s") as client:
        client.wait_for_workers(2, timeout=PATIENCE_S)
    return True


def units(home: Path) -> int:
    return sum(1 for _ in (home / "observations").rglob("*.unit"))


def told_by(run: str) -> list[tuple[Any, ...]]:
    """All that a run said, with the digests of its sheets: the bytes of everything that people get to see."""
    rows = Finding.objects.filter(run_id=int(run.removeprefix("HR-"))).order_by("claim_id", "question")
    told = rows.values_list(
        "claim_id", "question", "verdict", "since", "provisional", "effect", "effect_of", "share", "told",
        "claimed", "until", "parameters", "engine", "sheet_digest", "sheet_en_digest",
    )  # fmt: skip
    return [(*row[:8], json.dumps(row[8], sort_keys=True), *row[9:]) for row in told]


def kept_in(home: Path, folder: str) -> dict[Path, bytes]:
    """The pixels of each unit, as they were kept."""
    return {file.relative_to(home / folder): file.read_bytes() for file in (home / folder).rglob("*.unit")}


def test_a_cluster_of_which_a_worker_dies_finds_the_same_to_the_byte(
    committed_db: Any, cluster: Cluster
) -> None:
    people, home = nine_people(), committed_db.home
    land = simulated(home / "scenes" / "sim")
    for each in (land.right, land.wrong):
        a_claim(each, region=people.regions["990101"], now=timezone.now())
    alone = json.loads(committed_db.python(*OBSERVE, "--threads", "1", timeout=200).stdout)
    (home / "observations").rename(home / "alone")  # nothing that was seen is left: the cluster looks anew
    (home / "observations").mkdir()

    assert both_answer(cluster)
    process = committed_db.start(*OBSERVE, "--all", "--cluster", cluster.address)
    until(lambda: units(home) >= ENOUGH or process.poll() is not None)
    assert process.poll() is None
    victim = cluster.workers[0]
    os.kill(victim.pid, signal.SIGKILL)
    at_death = units(home)
    said, complaints = process.communicate(timeout=200)
    assert process.returncode == 0, complaints
    assert victim.wait(timeout=20) == -signal.SIGKILL
    assert cluster.workers[1].poll() is None

    told = json.loads(said)
    assert told["run"] != alone["run"]
    assert {each: told[each] for each in ("lines", "overlaps", "scenes", "parameters")} == {
        each: alone[each] for each in ("lines", "overlaps", "scenes", "parameters")
    }
    assert told_by(told["run"]) == told_by(alone["run"])
    assert len(told_by(told["run"])) >= Claim.objects.count() == 2
    assert kept_in(home, "observations") == kept_in(home, "alone")
    assert at_death < len(kept_in(home, "alone"))
    assert set(Run.objects.values_list("state", flat=True)) == {"done"}


def test_an_address_at_which_nobody_answers_is_told_in_words(committed_db: Any) -> None:
    people = nine_people()
    simulated(committed_db.home / "scenes" / "sim", revisit_days=60, years=1.0)
    people.regions["990101"].refresh_from_db()
    failed = committed_db.python(*OBSERVE, "--cluster", "tcp://127.0.0.1:9", check=False, timeout=100)
    assert failed.returncode != 0
    assert json.loads(failed.stdout)["ok"] is False
    assert "127.0.0.1:9" in failed.stdout
    assert not Run.objects.exists()
