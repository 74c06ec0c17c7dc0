"""How far is a piece of background work, how long will it take, and what may be done about it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qingshan.jobs.models import FINAL, Job, JobState
from qingshan.jobs.queries import percent_done, seconds_left, visible_to, why_it_failed
from qingshan.office.durations import time_left
from qingshan.office.errors import NotFound
from qingshan.rules.reasons import CHINESE

# what a job is called on screen; one without a row is 后台任务
TITLES: dict[str, Promise] = {
    "exchange.read": gettext_lazy("读取导入文件"),
    "exchange.fill": gettext_lazy("填写上级来表"),
    "mines.find_likeness": gettext_lazy("查找疑似同一矿山"),
    "observations.look": gettext_lazy("影像核验"),
    "observations.screen": gettext_lazy("影像筛查"),
    "trail.checkpoint": gettext_lazy("签署留痕检查点"),
    "mines.pack_dossier": gettext_lazy("打包一矿一档"),
}
LOOKS = {
    JobState.WAITING: "none",
    JobState.RUNNING: "note",
    JobState.DONE: "good",
    JobState.FAILED: "late",
    JobState.CANCELLED: "none",
}


@dataclass(frozen=True)
class JobShown:
    """A job, ready to be shown."""

    job: Job
    title: str
    state: JobState
    look: str
    percent: int | None
    left: str
    why: str
    result_url: str

    @property
    def is_over(self) -> bool:
        return self.state in FINAL

    @property
    def is_stopping(self) -> bool:
        """Somebody asked for it to stop, and it has not yet come to a place where it can."""
        return not self.is_over and self.job.cancel_asked_at is not None


def job_for(actor: Any, pk: int) -> Job:
    """The job; NotFound for what the actor may not see, as for what does not exist."""
    found = visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound.because("office.not_found", what=_("后台任务"))
    return found


def shown(job: Job, *, now: datetime) -> JobShown:
    """A job in words, in the reader's language."""
    state = JobState(job.state)
    return JobShown(
        job=job,
        title=str(TITLES.get(job.kind, _("后台任务"))),
        state=state,
        look=LOOKS[state],
        percent=percent_done(job),
        left=time_left(seconds_left(job, now=now)),
        why=why_it_failed(job, get_language() or CHINESE),
        result_url=result_url(job),
    )


def result_url(job: Job) -> str:
    """Where the work's outcome stands: an import's page, or what the job itself named. Only paths of ours."""
    if import_id := (job.payload or {}).get("import_id"):
        return f"/imports/{import_id}/"
    if filling_id := (job.payload or {}).get("filling_id"):
        return f"/filling/{filling_id}/"
    url = job.result.get("url") if isinstance(job.result, dict) else None
    return url if isinstance(url, str) and url.startswith("/") and not url.startswith("//") else ""
