"""How are the claims of 青山省 tested by (simulated) satellite images, and what does the whole ledger say then?

The scenes need nothing but the facts and a day: they are made by a process of its own while the ledgers are loaded.
Then the province's dispatcher has all claims tested, as the command `qingshan observe` does it. What is true of the
land lies beside the scenes; nothing here opens it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.utils import timezone

from qingshan.demo.casting import Cast
from qingshan.demo.load import Tell
from qingshan.demo.regions import PROVINCE
from qingshan.demo.sky.claims import ZONE
from qingshan.office.accounts.actors import Actor
from qingshan.office.matters.queries import stock_flow
from qingshan.office.observations.counting import lines_of_table
from qingshan.office.observations.models import Claim
from qingshan.office.observations.observing import observe, scenes_at
from qingshan.office.regions.models import Region
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.rectification import FLOW as RECTIFICATION
from qingshan.rules.identifiers import region_code
from qingshan.rules.layers import Openness
from qingshan.rules.reasons import CHINESE, ENGLISH
from qingshan.rules.verification import Zone

SKY = "qingshan"
"""folder of the simulated images, below that of all images"""
REGISTRY, DISPATCHER = f"{PROVINCE}/矿业权管理处/矿山登记岗", f"{PROVINCE}/调度督察处/调度岗"
YEAR = timedelta(days=365)


class SkyFailed(RuntimeError):
    """The process that makes the scenes ended with an error, which it printed."""


@dataclass(frozen=True)
class Sky:
    """Scenes that are being made, or were made before."""

    folder: Path
    process: subprocess.Popen[bytes] | None

    def wait(self) -> None:
        """Until the scenes are there."""
        if self.process is not None and self.process.wait() != 0:
            raise SkyFailed(
                f"the scenes in {self.folder} were not made: exit status {self.process.returncode}"
            )


@contextmanager
def sky(now: datetime) -> Iterator[Sky]:
    """Begins to make the scenes, unless they are there; stops that when the load is given up."""
    folder = Path(settings.SCENES_ROOT) / SKY
    if (folder / "scenes" / "scenes.toml").exists() and (folder / "done").exists():
        yield Sky(folder, None)
        return
    folder.mkdir(parents=True, exist_ok=True)
    day = shanghai_date(now).isoformat()
    command = [sys.executable, "-m", "qingshan.demo.sky", str(folder), "--until", day, "--scenes-only"]
    with subprocess.Popen([*command, "--threads", "1"], stdout=subprocess.DEVNULL) as process:
        try:
            yield Sky(folder, process)
        finally:
            if process.poll() is None:
                process.terminate()


def observe_claims(made: Sky, *, tell: Tell) -> None:
    """Tests what is claimed, and tells what came of it. Nothing where all of it was tested before."""
    made.wait()
    (made.folder / "done").touch()
    today, cast = shanghai_date(timezone.now()), Cast()
    registry, actor = cast.actor(REGISTRY, on=today), cast.actor(DISPATCHER, on=today)
    province = Region.objects.defer("geom").get(pk=region_code(PROVINCE).id)
    scene_set = scenes_at(
        f"{SKY}/scenes",
        region=province,
        name="青山省模拟影像",
        openness=Openness.PUBLIC.value,
        zone=Zone(ZONE.value),
        actor=registry,
        now=timezone.now(),
    )
    if not Claim.objects.filter(newest=None, geom__isnull=False).exists():
        return
    run = observe(scene_set, region=province, actor=actor, now=timezone.now, reporter=_Told(tell))
    counts = run.counts or {}
    for zh, en in zip(lines_of_table(counts, CHINESE), lines_of_table(counts, ENGLISH), strict=True):
        tell(zh, en)
    tell(*_stock_and_flow(actor, timezone.now()))


def _stock_and_flow(actor: Actor, now: datetime) -> tuple[str, str]:
    """存量与流量 of problems over the last year."""
    today = shanghai_date(now)
    flow = stock_flow(RECTIFICATION.kind, actor=actor, from_on=today - YEAR, to_on=today)
    moved = [(move, count) for move, count in flow.terms if count]
    zh = "，".join(f"{move.zh} {count:,}" for move, count in moved)
    en = ", ".join(f"{move.en} {count:,}" for move, count in moved)
    return (
        f"整改问题一年来：期初存量 {flow.opening:,}，{zh}，期末存量 {flow.closing:,}",
        f"problems over a year: stock {flow.opening:,}, {en}, stock now {flow.closing:,}",
    )


class _Told:
    """How far the run is, now and then."""

    def __init__(self, tell: Tell) -> None:
        self.tell, self.next = tell, monotonic() + 5

    def report(self, done: int, total: int | None = None) -> None:
        if total and monotonic() >= self.next:
            self.next = monotonic() + 5
            self.tell(
                f"影像核查 {100 * done // total} %", f"testing claims by images: {100 * done // total} %"
            )
