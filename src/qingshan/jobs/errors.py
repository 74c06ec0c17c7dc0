"""What can go wrong with background work, and what stops it on purpose?"""

from __future__ import annotations

from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import Sentence, declare


class JobError(QingshanError):
    """Root of the errors of background work."""


class Interrupted(BaseException):
    """Root of what stops a running job from outside.

    Not an Exception: a job that catches everything else must still be stopped, its open transaction undone.
    """


class Cancelled(Interrupted):
    """A person asked for it: the job ends as cancelled."""


class Stopping(Interrupted):
    """The worker is being shut down: the job goes back to waiting and goes on from its checkpoint."""


class Superseded(Interrupted):
    """Another worker was given this job meanwhile: this one may write nothing more."""


SENTENCES = {
    "jobs.unknown_kind": Sentence(
        zh="没有名为“{kind}”的后台任务。请检查程序版本是否一致。",
        en="There is no background job called “{kind}”. Check that all parts run the same version.",
    ),
    "jobs.unknown_daily": Sentence(
        zh="没有名为“{name}”的定时任务。请检查程序版本是否一致。",
        en="There is no daily job called “{name}”. Check that all parts run the same version.",
    ),
    "jobs.already_over": Sentence(
        zh="任务 {job} 已经结束（{state}），不能取消。",
        en="Job {job} is over already ({state_en}) and cannot be cancelled.",
    ),
    "jobs.worker_lost": Sentence(
        zh="执行进程已中断 {deaths} 次，任务停止。请运行 qingshan doctor 查看原因，然后重新发起。",
        en="The process doing this work was lost {deaths} times, so the job was given up."
        " Run qingshan doctor to see why, then start it again.",
    ),
    "jobs.fault": Sentence(
        zh="程序出错（{error}），任务没有完成，未保存的部分保持原样。请把任务编号 {job} 告诉系统管理员。",
        en="The program failed ({error}) and the job did not finish; what it had not saved is unchanged."
        " Tell the system administrator the job number {job}.",
    ),
}
declare(SENTENCES)
