"""Who is in the pool of experts, from what do they stay away, who was drawn for what, and what did they say?

What a draw or an opinion is about is named by kind and id, as in the trail: cases come above this app.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.finding.fields import WordsField
from qingshan.office.accounts.models import Dated, Organisation, Person
from qingshan.office.regions.models import Region
from qingshan.rules.draw import ANY, DrawState, SeedKind
from qingshan.rules.experts import ExpertState, OpinionState, Speciality, TieGrounds, TieKind
from qingshan.rules.reasons import CHINESE, Sentence

ANY_FIELD = Sentence(zh="不限专业", en="any field")


def field_in_words(code: str) -> str:
    """A field in the reader's language; what a later release has forgotten as it was stored."""
    language = get_language() or CHINESE
    if code == ANY:
        return ANY_FIELD.say({}, language)
    return Speciality(code).say(language) if code in Speciality.values() else code


class Expert(models.Model):
    """专家: a person in the pool of a province, city or county. Without a log-in there is no `person`.

    How to reach them stands in no column: it is a personal value of the trail (`queries.contact_of`).
    """

    key = models.CharField(_("专家编号"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("登录人员"), null=True, related_name="expert_entries"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("专家库所属"), db_index=False)
    """whose pool it is: a province's serves all below it"""
    fields: models.JSONField[list[str], list[str]] = models.JSONField(_("专业领域"), default=list)
    title = models.CharField(_("职称"), max_length=60, blank=True)
    employer = models.CharField(_("所在单位"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("所在机构"), null=True, related_name="+"
    )
    """the employer, where it is one of our organisations; never a division of it"""
    state = models.CharField(
        _("状态"), max_length=12, choices=ExpertState.choices(), default=ExpertState.IN_POOL.value
    )
    entered_on = models.DateField(_("入库日期"))
    entered_by = models.CharField(_("入库依据"), max_length=200)
    suspended_on = models.DateField(_("暂停日期"), null=True)
    suspended_because = models.CharField(_("暂停理由"), max_length=200, null=True)
    left_on = models.DateField(_("出库日期"), null=True)
    left_because = models.CharField(_("出库理由"), max_length=200, null=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    words = WordsField(names=("name", "employer"), numbers=("key",))
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("专家")
        indexes = [models.Index(fields=["region", "-id"], name="expert_region")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ExpertState.values()), name="expert_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=ExpertState.LEFT.value, left_on__isnull=False)
                | (~models.Q(state=ExpertState.LEFT.value) & models.Q(left_on__isnull=True)),
                name="expert_left_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(person__isnull=False) & ~models.Q(state=ExpertState.LEFT.value),
                name="expert_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.key}）"

    @property
    def state_named(self) -> ExpertState:
        return ExpertState(self.state)

    @property
    def field_names(self) -> list[str]:
        """The fields in the reader's language."""
        return [field_in_words(each) for each in self.fields]


class ExpertTie(Dated):
    """回避情形: what an expert has to do with an organisation, a mine or a region; the employer needs none."""

    expert = models.ForeignKey(Expert, models.PROTECT, verbose_name=_("专家"), related_name="ties")
    kind = models.CharField(_("回避对象类型"), max_length=16, choices=TieKind.choices())
    object_id = models.BigIntegerField(_("回避对象编号"), null=True)
    """None: known by name only"""
    name = models.CharField(_("回避对象"), max_length=120)
    grounds = models.CharField(_("回避情形"), max_length=12, choices=TieGrounds.choices())
    note = models.CharField(_("具体情况"), max_length=300, blank=True)
    ended_because = models.CharField(_("解除理由"), max_length=200, null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("回避情形")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=TieKind.values()) & models.Q(grounds__in=TieGrounds.values()),
                name="expert_tie_terms_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert_id}: {self.name}"

    @property
    def kind_named(self) -> TieKind:
        return TieKind(self.kind)

    @property
    def grounds_named(self) -> TieGrounds:
        return TieGrounds(self.grounds)


class ExpertDraw(models.Model):
    """随机抽取: announced, its list closed, drawn. From list, seed and who was excused everything is recomputed."""

    title = models.CharField(_("抽取事由"), max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    pool = models.ForeignKey(Region, models.PROTECT, verbose_name=_("专家库"), related_name="+")
    subject_kind = models.CharField(_("所涉对象类型"), max_length=40, blank=True)
    subject_id = models.BigIntegerField(_("所涉对象"), null=True)
    subject_name = models.CharField(_("所涉对象名称"), max_length=300, blank=True)
    """as it was called when the draw was announced"""
    wanted: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(_("抽取人数"))
    seed_kind = models.CharField(_("种子类型"), max_length=12, choices=SeedKind.choices())
    seed_source = models.CharField(_("公开号码来源"), max_length=200)
    seed_on = models.DateField(_("号码公布日期"))
    seed_number = models.CharField(_("公开号码"), max_length=80, blank=True)
    closes_on = models.DateField(_("名单封存日期"))
    """announced: the list is closed on this day or before"""
    state = models.CharField(
        _("状态"), max_length=12, choices=DrawState.choices(), default=DrawState.ANNOUNCED.value
    )
    announced_at = models.DateTimeField(_("公告时间"))
    announced_by = models.CharField(_("公告单位"), max_length=200)
    closed_at = models.DateTimeField(_("封存时间"), null=True)
    listing: models.JSONField[list[dict[str, Any]] | None, list[dict[str, Any]] | None] = models.JSONField(
        _("封存名单"), null=True
    )
    """as `rules.draw.text_of_list` writes candidates, with names for people who read it"""
    list_digest = models.CharField(_("名单摘要"), max_length=64, blank=True)
    concerned: models.JSONField[list[dict[str, Any]] | None, list[dict[str, Any]] | None] = models.JSONField(
        _("回避核对范围"), null=True
    )
    """against what ties were held when the list was closed"""
    drawn_at = models.DateTimeField(_("抽取时间"), null=True)
    excused: models.JSONField[list[dict[str, str]] | None, list[dict[str, str]] | None] = models.JSONField(
        _("抽中后退出"), null=True
    )
    cancelled_because = models.CharField(_("作废理由"), max_length=200, null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("专家抽取")
        indexes = [
            models.Index(fields=["region", "-id"], name="expert_draw_region"),
            models.Index(fields=["subject_kind", "subject_id"], name="expert_draw_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=DrawState.values()) & models.Q(seed_kind__in=SeedKind.values()),
                name="expert_draw_terms_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[DrawState.ANNOUNCED, DrawState.CANCELLED])
                | (~models.Q(list_digest="") & models.Q(closed_at__isnull=False)),
                name="expert_draw_closed_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/experts/draws/{self.pk}/"

    @property
    def state_named(self) -> DrawState:
        return DrawState(self.state)

    @property
    def wanted_in_words(self) -> list[str]:
        """How many of which field, in the reader's language."""
        return [f"{field_in_words(name)} {count}" for name, count in sorted(self.wanted.items())]

    @property
    def seats(self) -> int:
        return sum(self.wanted.values())


class DrawnExpert(models.Model):
    """抽中专家: somebody whom a draw chose, and for whom they stepped in. Whoever was excused stays on record."""

    draw = models.ForeignKey(ExpertDraw, models.PROTECT, verbose_name=_("抽取"), related_name="drawn")
    expert = models.ForeignKey(Expert, models.PROTECT, verbose_name=_("专家"), related_name="drawn")
    seat = models.CharField(_("抽取专业"), max_length=24)
    rank = models.PositiveIntegerField(_("名次"))
    stepped_in = models.BooleanField(_("候补递补"), default=False)
    excused_on = models.DateField(_("退出日期"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("抽中专家")
        constraints = [models.UniqueConstraint(fields=["draw", "expert"], name="drawn_expert_once")]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.expert_id}"

    @property
    def seat_name(self) -> str:
        return field_in_words(self.seat)


class ExpertOpinion(models.Model):
    """专家意见: asked for, written, and adopted, partly adopted or declined with a reason."""

    expert = models.ForeignKey(Expert, models.PROTECT, verbose_name=_("专家"), related_name="opinions")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    subject_kind = models.CharField(_("所涉对象类型"), max_length=40)
    subject_id = models.BigIntegerField(_("所涉对象"))
    subject_name = models.CharField(_("所涉对象名称"), max_length=300)
    question = models.CharField(_("征求意见的问题"), max_length=500)
    invited_on = models.DateField(_("邀请日期"))
    due_on = models.DateField(_("提出期限"), null=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=OpinionState.choices(), default=OpinionState.INVITED.value
    )
    given_on = models.DateField(_("提出日期"), null=True)
    text = models.TextField(_("意见"), blank=True)
    file_name = models.CharField(_("文件名"), max_length=255, blank=True)
    file_digest = models.CharField(_("文件摘要"), max_length=64, blank=True)
    answer = models.CharField(_("采纳情况说明"), max_length=1000, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    answered_by = models.CharField(_("答复单位"), max_length=200, blank=True)
    withdrawn_on = models.DateField(_("撤回邀请日期"), null=True)
    withdrawn_because = models.CharField(_("撤回理由"), max_length=200, null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("专家意见")
        indexes = [
            models.Index(fields=["region", "-id"], name="expert_opinion_region"),
            models.Index(fields=["subject_kind", "subject_id"], name="expert_opinion_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=OpinionState.values()), name="expert_opinion_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[OpinionState.INVITED.value, OpinionState.WITHDRAWN.value])
                | models.Q(given_on__isnull=False),
                name="expert_opinion_given_on_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state=OpinionState.WITHDRAWN.value,
                    withdrawn_on__isnull=False,
                    withdrawn_because__isnull=False,
                )
                | (
                    ~models.Q(state=OpinionState.WITHDRAWN.value)
                    & models.Q(withdrawn_on__isnull=True, withdrawn_because__isnull=True)
                ),
                name="expert_opinion_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/experts/opinions/{self.pk}/"

    @property
    def state_named(self) -> OpinionState:
        return OpinionState(self.state)

    def is_late(self, on: date) -> bool:
        """Asked for, and the day is over."""
        return self.state == OpinionState.INVITED and self.due_on is not None and self.due_on < on
