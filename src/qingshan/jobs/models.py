"""What is remembered about a piece of background work, and which daily work has had its turn?"""

from __future__ import annotations

from django.db import models

from qingshan.rules.words import Named


class JobState(Named):
    """任务状态. Only `running` has a heartbeat; the last three are final."""

    WAITING = "waiting", "等待", "waiting"
    RUNNING = "running", "进行中", "running"
    DONE = "done", "完成", "done"
    FAILED = "failed", "失败", "failed"
    CANCELLED = "cancelled", "已取消", "cancelled"


FINAL = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


class Job(models.Model):
    """后台任务. `tries` counts the claims and fences them: a worker that lost its job can write no more."""

    kind = models.CharField("种类", max_length=80)
    payload = models.JSONField("参数", default=dict)
    state = models.CharField(
        "状态", max_length=12, choices=JobState.choices(), default=JobState.WAITING.value
    )
    task_id = models.CharField("队列编号", max_length=64, blank=True, default="")

    owner_kind = models.CharField("发起者类别", max_length=12)
    owner_id = models.BigIntegerField("发起者", null=True)
    owner_name = models.CharField("发起者姓名", max_length=200, blank=True, default="")
    organisation_id = models.BigIntegerField("发起机构", null=True)

    done = models.BigIntegerField("已办", default=0)
    total = models.BigIntegerField("总数", null=True)
    done_before = models.BigIntegerField("本次开始前已办", default=0)
    checkpoint = models.JSONField("断点", null=True)
    result = models.JSONField("结果", null=True)
    error = models.JSONField("失败原因", null=True)
    error_detail = models.TextField("技术细节", blank=True, default="")

    tries = models.PositiveSmallIntegerField("次数", default=0)
    deaths = models.PositiveSmallIntegerField("执行进程中断次数", default=0)
    worker = models.CharField("执行进程", max_length=120, blank=True, default="")
    created_at = models.DateTimeField("发起时间")
    started_at = models.DateTimeField("首次开始", null=True)
    claimed_at = models.DateTimeField("本次开始", null=True)
    heartbeat_at = models.DateTimeField("心跳", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    cancel_asked_at = models.DateTimeField("要求取消", null=True)

    class Meta:
        verbose_name = "后台任务"
        indexes = [
            models.Index(fields=["state", "heartbeat_at"], name="job_state_heartbeat"),
            models.Index(fields=["owner_id", "-created_at"], name="job_owner"),
            models.Index(fields=["organisation_id", "-created_at"], name="job_organisation"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=JobState.values()), name="job_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} {self.state}"


class DailyRun(models.Model):
    """定时任务的一次. One row for each name and date: the second process that tries is too late."""

    name = models.CharField("名称", max_length=80)
    on_date = models.DateField("日期")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "定时任务记录"
        constraints = [models.UniqueConstraint(fields=["name", "on_date"], name="daily_run_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.on_date}"
