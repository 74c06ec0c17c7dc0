"""What is claimed of which land, with which images was it tested, what came of it, and what was answered?

What claims is named by kind and id, as in the trail: cases and restoration come above this app.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.finding.fields import WordsField
from qingshan.geo.fields import CellField, GeometryField
from qingshan.office.accounts.models import Organisation
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Mine, Site
from qingshan.office.regions.models import Region
from qingshan.rules.clues import ClueKind, ClueSource, ClueState, Delivery
from qingshan.rules.layers import Openness
from qingshan.rules.verification import (
    OUTCOMES,
    AnswerState,
    ClaimState,
    Question,
    TargetUse,
    TraceState,
    Verdict,
    Zone,
)
from qingshan.rules.words import Named

Json = dict[str, Any]
Jsons = list[dict[str, Any]]


class SceneKind(Named):
    """影像目录类型."""

    FOLDER = "folder", "影像文件夹", "folder of images"
    STAC = "stac", "STAC 条目集合", "STAC item collection"


class RunState(Named):
    """核验任务状态."""

    PLANNED = "planned", "已预估", "planned"
    RUNNING = "running", "进行中", "running"
    DONE = "done", "已完成", "done"
    CANCELLED = "cancelled", "已停止", "stopped"
    FAILED = "failed", "未完成", "not finished"


class SceneSet(models.Model):
    """影像目录: images of one area, below the folder that the installation names for them. None of them is secret."""

    name = models.CharField(_("影像目录名称"), max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    """whose images they are: for this region and all below it"""
    kind = models.CharField(_("类型"), max_length=8, choices=SceneKind.choices())
    path = models.CharField(_("路径"), max_length=300)
    """below SCENES_ROOT, with forward slashes"""
    openness = models.CharField(_("公开程度"), max_length=12, choices=Openness.choices())
    source = models.CharField(_("影像来源"), max_length=200, blank=True)
    scenes = models.PositiveIntegerField(_("影像数"))
    left_out = models.PositiveIntegerField(_("不能用的影像数"), default=0)
    first_day = models.DateField(_("最早日期"))
    last_day = models.DateField(_("最新日期"))
    zone = models.CharField(_("气候区"), max_length=12, null=True, choices=Zone.choices())
    """of all land that the images show; None: nobody has said so"""
    registered_on = models.DateField(_("登记日期"))
    retired_on = models.DateField(_("停用日期"), null=True)
    """from this day no run or screening is begun with it"""
    registered_by = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("登记单位"), null=True, related_name="+"
    )
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("影像目录")
        indexes = [models.Index(fields=["region", "-id"], name="scene_set_region")]
        constraints = [
            models.UniqueConstraint(fields=["path", "region"], name="scene_set_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=SceneKind.values()) & models.Q(openness__in=Openness.values()),
                name="scene_set_terms_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/observations/scenes/{self.pk}/"


class ImageWork(models.Model):
    """What runs and screenings share: estimated first, then done in the background with one set of images."""

    estimate: models.JSONField[Json, Json] = models.JSONField(_("预估"))
    state = models.CharField(
        _("状态"), max_length=12, choices=RunState.choices(), default=RunState.PLANNED.value
    )
    job_id = models.BigIntegerField(_("后台任务"), null=True)
    planned_at = models.DateTimeField(_("预估时间"))
    planned_by = models.CharField(_("发起单位"), max_length=200)
    begun_at = models.DateTimeField(_("开始时间"), null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    counts: models.JSONField[Json | None, Json | None] = models.JSONField(_("结果"), null=True)
    scenes: models.JSONField[list[str] | None, list[str] | None] = models.JSONField(_("所用影像"), null=True)
    left_out: models.JSONField[Jsons | None, Jsons | None] = models.JSONField(_("未采用的影像"), null=True)
    parameters = models.CharField(_("参数集"), max_length=120, blank=True)
    engine = models.CharField(_("程序版本"), max_length=40, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    @property
    def number(self) -> str:
        raise NotImplementedError

    @property
    def state_named(self) -> RunState:
        return RunState(self.state)

    @property
    def is_startable(self) -> bool:
        """It was not begun yet, or did not come to its end."""
        return self.state in (RunState.PLANNED, RunState.CANCELLED, RunState.FAILED)


class Run(ImageWork):
    """核验任务: some claims are tested with one set of images; estimated first, then done in the background."""

    scene_set = models.ForeignKey(SceneSet, models.PROTECT, verbose_name=_("影像目录"), related_name="runs")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("核验范围"), db_index=False)
    asked: models.JSONField[list[int], list[int]] = models.JSONField(_("核验项"))
    """the claims, fixed when it was planned"""

    class Meta:
        verbose_name = _("核验任务")
        indexes = [models.Index(fields=["region", "-id"], name="observation_run_region")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RunState.values()), name="observation_run_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/observations/runs/{self.pk}/"

    @property
    def number(self) -> str:
        return f"HR-{self.pk}"


class Claim(models.Model):
    """申报核验项: somebody says that a piece of land is restored since a day. Its shape is that of that day."""

    subject_kind = models.CharField(_("申报对象类型"), max_length=40)
    subject_id = models.BigIntegerField(_("申报对象"))
    subject_name = models.CharField(_("申报对象名称"), max_length=300)
    """as it was called when it was claimed"""
    matter = models.ForeignKey(
        Matter, models.PROTECT, verbose_name=_("事项"), null=True, related_name="claims"
    )
    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("点位"), null=True, related_name="claims")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    enterprise = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("矿山企业"), null=True, related_name="+", db_index=False
    )
    about = models.CharField(_("地块"), max_length=200)
    """the land as it was called"""
    geom = GeometryField(_("范围"), null=True)
    cell = CellField(null=True)
    area_m2 = models.FloatField(_("面积（平方米）"), null=True)
    target = models.CharField(_("治理去向"), max_length=12, blank=True, choices=TargetUse.choices())
    target_because: models.JSONField[Json | None, Json | None] = models.JSONField(
        _("治理去向依据"), null=True
    )
    """the reason from which plan it was taken; None: it was said by whoever claims, or nobody has said it"""
    zone = models.CharField(_("气候区"), max_length=12, blank=True, choices=Zone.choices())
    disturbed_since = models.DateField(_("损毁起始"), null=True)
    planted_on = models.DateField(_("种植日期"), null=True)
    restored_since = models.DateField(_("修复完成"))
    claimed_on = models.DateField(_("申报日期"))
    accepted_on = models.DateField(_("验收日期"), null=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=ClaimState.choices(), default=ClaimState.QUEUED.value
    )
    ended_on = models.DateField(_("撤回日期"), null=True)
    verdict = models.CharField(_("核查结论"), max_length=12, blank=True, choices=Verdict.choices())
    """of the newest finding; empty while there is none"""
    relapsed = models.BooleanField(_("验收后未保持（待核实）"), default=False)
    """what a person has cleared is relapsed no more"""
    doubted: models.JSONField[list[str] | None, list[str] | None] = models.JSONField(_("存疑事项"), null=True)
    """the questions that images do not support"""
    cleared: models.JSONField[list[str] | None, list[str] | None] = models.JSONField(
        _("核实未反弹的事项"), null=True
    )
    """the questions about which a person found on site that the land is as it was accepted, until images support them
    again: the same doubt opens no further trace-back"""
    because: models.JSONField[Jsons | None, Jsons | None] = models.JSONField(_("理由"), null=True)
    """why it cannot be decided without looking at any image"""
    newest = models.ForeignKey(
        "Finding", models.PROTECT, verbose_name=_("最新结论"), null=True, related_name="+"
    )
    found_on = models.DateField(_("结论日期"), null=True)
    answer_state = models.CharField(
        _("书面回应情况"), max_length=12, blank=True, choices=AnswerState.choices()
    )
    answer_until = models.DateField(_("书面回应期限"), null=True)
    """also the last day on which the levels above do not see the finding"""
    watched_until = models.DateField(_("管护期观测至"), null=True)
    """last day of aftercare; None: nobody has accepted the land"""
    next_look_on = models.DateField(_("下次到期核验"), null=True)
    """from which day the finding of a year of aftercare is due; None: none is due any more, or not yet accepted"""
    cube = models.CharField(max_length=40, blank=True)
    """folder of what was seen of its land, made with the first run; no fact of its own"""
    words = WordsField(names=("about", "subject_name"))
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("申报核验项")
        indexes = [
            models.Index(fields=["region", "-id"], name="claim_region"),
            models.Index(fields=["verdict", "region", "-id"], name="claim_verdict"),
            models.Index(fields=["enterprise", "-id"], name="claim_enterprise"),
            models.Index(fields=["subject_kind", "subject_id"], name="claim_subject"),
            models.Index(fields=["cell", "region", "verdict"], name="claim_cell"),
            models.Index(fields=["next_look_on"], name="claim_next_look"),
            models.Index(
                fields=["region", "id"],
                condition=models.Q(accepted_on__isnull=False, watched_until__isnull=True),
                name="claim_unwatched",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ClaimState.values())
                & models.Q(verdict__in=("", *Verdict.values()))
                & models.Q(target__in=("", *TargetUse.values()))
                & models.Q(zone__in=("", *Zone.values()))
                & models.Q(answer_state__in=("", *AnswerState.values())),
                name="claim_terms_known",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_state="") | models.Q(verdict=Verdict.UNSUPPORTED.value),
                name="claim_answers_a_doubt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about}（{self.number}）"

    def get_absolute_url(self) -> str:
        return f"/observations/{self.pk}/"

    @property
    def number(self) -> str:
        """How it is called on sheets and in sentences."""
        return f"HY-{self.pk}"

    @property
    def state_named(self) -> ClaimState:
        return ClaimState(self.state)

    @property
    def verdict_named(self) -> Verdict | None:
        return Verdict(self.verdict) if self.verdict else None

    @property
    def answer_named(self) -> AnswerState | None:
        return AnswerState(self.answer_state) if self.answer_state else None

    @property
    def target_named(self) -> TargetUse | None:
        return TargetUse(self.target) if self.target else None


class Finding(models.Model):
    """核查结论: what images said to one part of one claim in one run. It is evidence; a person decides."""

    claim = models.ForeignKey(Claim, models.PROTECT, verbose_name=_("申报核验项"), related_name="findings")
    run = models.ForeignKey(Run, models.PROTECT, verbose_name=_("核验任务"), related_name="findings")
    question = models.CharField(_("核查事项"), max_length=12, choices=Question.choices())
    verdict = models.CharField(_("核查结论"), max_length=12, choices=Verdict.choices())
    since = models.DateField(_("起始日期"), null=True)
    provisional = models.BooleanField(_("暂定"), default=False)
    effect = models.FloatField(_("所见数值"), null=True)
    effect_of = models.CharField(_("指标"), max_length=16, blank=True)
    share = models.FloatField(_("面积占比"), null=True)
    told: models.JSONField[Json, Json] = models.JSONField(_("全部内容"))
    """all that the engine said: reasons, signs and what would settle it as codes, dates and scenes that decided"""
    claimed: models.JSONField[Json, Json] = models.JSONField(_("所核申报"), default=dict)
    """what the engine was asked, so that it can be asked again"""
    found_on = models.DateField(_("结论日期"))
    until = models.DateField(_("影像截至"), null=True)
    parameters = models.CharField(_("参数集"), max_length=120)
    engine = models.CharField(_("程序版本"), max_length=40)
    sheet_digest = models.CharField(_("核查单摘要"), max_length=64, blank=True)
    sheet_en_digest = models.CharField(_("英文核查单摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("核查结论")
        constraints = [
            models.UniqueConstraint(fields=["claim", "run", "question"], name="finding_once"),
            models.CheckConstraint(
                condition=models.Q(question__in=Question.values()) & models.Q(verdict__in=Verdict.values()),
                name="finding_terms_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.question} {self.verdict}"

    @property
    def question_named(self) -> Question:
        return Question(self.question)

    @property
    def verdict_named(self) -> Verdict:
        return Verdict(self.verdict)


class TraceBack(models.Model):
    """回头看: land that was accepted is no longer as it was accepted, say images; a person confirms or clears it. With
    the claim that it doubts it ends.

    Who applied, accepted and signed stands in the steps of its matter.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, verbose_name=_("申报核验项"), related_name="trace_backs")
    finding = models.ForeignKey(Finding, models.PROTECT, verbose_name=_("核查结论"), related_name="+")
    opened_on = models.DateField(_("提出日期"))
    state = models.CharField(
        _("状态"), max_length=12, choices=TraceState.choices(), default=TraceState.OPEN.value
    )
    note = models.CharField(_("核实情况"), max_length=1000, blank=True)
    decided_on = models.DateField(_("核实日期"), null=True)
    decided_by = models.CharField(_("核实单位"), max_length=200, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("回头看")
        indexes = [
            models.Index(fields=["claim", "state"], name="trace_back_claim"),
            models.Index(fields=["state", "claim"], name="trace_back_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=TraceState.values()), name="trace_back_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.pk}"

    @property
    def state_named(self) -> TraceState:
        return TraceState(self.state)


class Answer(models.Model):
    """书面回应 to a finding that does not support its claim; a person who did not write it decides."""

    claim = models.ForeignKey(Claim, models.PROTECT, verbose_name=_("申报核验项"), related_name="answers")
    finding = models.ForeignKey(
        Finding, models.PROTECT, verbose_name=_("核查结论"), null=True, related_name="answers"
    )
    text = models.TextField(_("回应内容"))
    file_name = models.CharField(_("文件名"), max_length=255, blank=True)
    file_digest = models.CharField(_("文件摘要"), max_length=64, blank=True)
    answered_on = models.DateField(_("回应日期"))
    answered_by = models.CharField(_("回应单位"), max_length=200)
    answerer_id = models.BigIntegerField(_("回应人"), null=True)
    until = models.DateField(_("书面回应期限"), null=True)
    """until when it was asked for; a newer doubt of the claim has a time of its own"""
    outcome = models.CharField(
        _("核定意见"), max_length=12, blank=True, choices=[(each.value, each.zh) for each in OUTCOMES]
    )
    opinion = models.CharField(_("核定说明"), max_length=1000, blank=True)
    decided_on = models.DateField(_("核定日期"), null=True)
    decided_by = models.CharField(_("核定单位"), max_length=200, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("书面回应")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=("", *(each.value for each in OUTCOMES))),
                name="answer_outcome_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.pk}"

    @property
    def outcome_named(self) -> AnswerState | None:
        return AnswerState(self.outcome) if self.outcome else None

    @property
    def is_late(self) -> bool:
        """逾期回应: came after the time to answer was over. An answer of an older release knows only the time that its
        claim has now.
        """
        until = self.until or self.claim.answer_until
        return until is not None and self.answered_on > until


class Screening(ImageWork):
    """筛查任务: a region is searched for new disturbance since a day, with one set of images."""

    scene_set = models.ForeignKey(
        SceneSet, models.PROTECT, verbose_name=_("影像目录"), related_name="screenings"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("筛查范围"), db_index=False)
    since = models.DateField(_("此日以后新增"))
    until = models.DateField(_("影像截至"), null=True)
    least_m2 = models.FloatField(_("最小面积（平方米）"))
    zone = models.CharField(_("气候区"), max_length=12, blank=True, choices=Zone.choices())

    class Meta:
        verbose_name = _("筛查任务")
        indexes = [models.Index(fields=["region", "-id"], name="screening_region")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RunState.values()), name="screening_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/observations/screenings/{self.pk}/"

    @property
    def number(self) -> str:
        return f"SC-{self.pk}"


class Clue(models.Model):
    """疑似问题图斑: something seen in images, not yet a problem. A person looks, and decides."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    geom = GeometryField(_("范围"))
    """all land of it that was ever seen"""
    cell = CellField(null=True)
    area_m2 = models.FloatField(_("图形面积（平方米）"))
    kind = models.CharField(_("线索类型"), max_length=16, choices=ClueKind.choices())
    """the first of its doubts"""
    doubts: models.JSONField[Jsons, Jsons] = models.JSONField(_("存疑事项"))
    """kind and reason of each doubt, as the rules gave them"""
    rulebook: models.JSONField[Json, Json] = models.JSONField(_("所依规则库"))
    state = models.CharField(_("状态"), max_length=12, choices=ClueState.choices())
    source = models.CharField(_("线索来源"), max_length=12, choices=ClueSource.choices())
    mine = models.ForeignKey(Mine, models.PROTECT, verbose_name=_("矿山"), null=True, related_name="+")
    """whose right it lies in or beside"""
    first_seen = models.DateField(_("首见日期"))
    last_seen = models.DateField(_("末见日期"))
    looks = models.PositiveIntegerField(_("看见期数"))
    sightings = models.PositiveIntegerField(_("筛查次数"), default=1)
    found_on = models.DateField(_("入库日期"))
    unseen_in = models.ForeignKey(
        "ClueFile", models.PROTECT, verbose_name=_("本期未见"), null=True, related_name="unseen"
    )
    """the newest snapshot that does not contain it any more; a person decides what that means"""
    note = models.CharField(_("核实情况"), max_length=1000, blank=True)
    decided_on = models.DateField(_("核定日期"), null=True)
    decided_by = models.CharField(_("核定单位"), max_length=200, blank=True)
    visited_on = models.DateField(_("到场日期"), null=True)
    """of the visit on which the decision rests"""
    decided_m2 = models.FloatField(_("核定时面积（平方米）"), null=True)
    grown_on = models.DateField(_("核定后继续扩大"), null=True)
    """until when it was seen to grow after it was dismissed or made a case; a person decides what that means"""
    matter = models.OneToOneField(
        Matter, models.PROTECT, verbose_name=_("所立问题"), null=True, related_name="clue"
    )
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("疑似问题图斑")
        indexes = [
            models.Index(fields=["region", "-id"], name="clue_region"),
            models.Index(fields=["state", "region", "-id"], name="clue_state"),
            models.Index(fields=["cell", "region", "area_m2"], name="clue_cell"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ClueState.values())
                & models.Q(kind__in=ClueKind.values())
                & models.Q(source__in=ClueSource.values()),
                name="clue_terms_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ClueState.FILED.value, matter__isnull=False)
                | (~models.Q(state=ClueState.FILED.value) & models.Q(matter__isnull=True)),
                name="clue_filed_has_a_case",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/clues/{self.pk}/"

    @property
    def number(self) -> str:
        """How it is called on lists and in sentences."""
        return f"TB-{self.pk}"

    @property
    def state_named(self) -> ClueState:
        return ClueState(self.state)

    @property
    def kind_named(self) -> ClueKind:
        return ClueKind(self.kind)

    @property
    def source_named(self) -> ClueSource:
        return ClueSource(self.source)


class ClueEvidence(models.Model):
    """图斑佐证: a photograph or paper on which a decision about a clue rests. Nothing of it is changed later."""

    clue = models.ForeignKey(Clue, models.PROTECT, verbose_name=_("疑似问题图斑"), related_name="evidence")
    file_name = models.CharField(_("文件名"), max_length=255)
    file_digest = models.CharField(_("文件摘要"), max_length=64)
    thumbnail_digest = models.CharField(_("缩略图摘要"), max_length=64, blank=True)
    added_on = models.DateField(_("上传日期"))
    added_by = models.CharField(_("提供单位"), max_length=200)

    class Meta:
        verbose_name = _("图斑佐证")

    def __str__(self) -> str:
        return self.file_name


class ClueFile(models.Model):
    """外部图斑批次: what one source delivered of one period for one region, in one file."""

    source = models.CharField(_("来源"), max_length=60)
    seen_on = models.DateField(_("发现期次"))
    """the last day of its period"""
    delivery = models.CharField(_("数据性质"), max_length=12, choices=Delivery.choices())
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("覆盖区划"))
    """of which it speaks, also where it holds no polygon"""
    file_name = models.CharField(_("文件名"), max_length=255)
    file_sm3 = models.CharField(_("文件摘要"), max_length=64)
    polygons = models.PositiveIntegerField(_("图斑数"))
    is_whole = models.BooleanField(_("全部行已导入"))
    """False: rows of the file were refused, so that nothing can be said of what it lacks"""
    recorded_on = models.DateField(_("入库日期"))

    class Meta:
        verbose_name = _("外部图斑批次")
        indexes = [models.Index(fields=["source", "seen_on"], name="clue_file_source")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(delivery__in=Delivery.values()), name="clue_file_delivery_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.seen_on.isoformat()}"

    @property
    def delivery_named(self) -> Delivery:
        return Delivery(self.delivery)


class ClueSighting(models.Model):
    """一次发现: where one run or one file of polygons saw a clue. Nothing of it is changed later."""

    clue = models.ForeignKey(
        Clue, models.PROTECT, verbose_name=_("疑似问题图斑"), related_name="seen", db_index=False
    )
    screening = models.ForeignKey(
        Screening, models.PROTECT, verbose_name=_("筛查任务"), null=True, related_name="seen"
    )
    file = models.ForeignKey(
        ClueFile, models.PROTECT, verbose_name=_("外部图斑批次"), null=True, related_name="seen"
    )
    source = models.CharField(_("来源"), max_length=60, null=True)
    """that of the file; None: a screening"""
    key = models.CharField(_("图斑编号"), max_length=120)
    """of the run's or the source's own; where a source gives none, its shape"""
    geom = GeometryField(_("范围"), spatial_index=False)
    area_m2 = models.FloatField(_("图形面积（平方米）"))
    first_seen = models.DateField(_("首见日期"))
    last_seen = models.DateField(_("末见日期"))
    looks = models.PositiveIntegerField(_("看见期数"))
    persistent = models.BooleanField(_("持续"))
    told: models.JSONField[Json, Json] = models.JSONField(_("全部内容"))
    """all that the engine said: scenes, magnitude, sensor, parameters"""
    before_digest = models.CharField(_("前期影像摘要"), max_length=64, blank=True)
    after_digest = models.CharField(_("后期影像摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("图斑发现记录")
        indexes = [models.Index(fields=["clue", "-id"], name="sighting_clue")]
        constraints = [
            models.UniqueConstraint(fields=["screening", "key"], name="sighting_once"),
            models.UniqueConstraint(fields=["source", "key", "last_seen"], name="sighting_of_a_source_once"),
            models.CheckConstraint(
                condition=models.Q(screening__isnull=False, file__isnull=True, source__isnull=True)
                | models.Q(screening__isnull=True, file__isnull=False, source__isnull=False),
                name="sighting_of_a_run_or_a_file",
            ),
        ]

    def __str__(self) -> str:
        return self.key
