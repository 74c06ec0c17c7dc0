"""Who are we? Organisations down to divisions, temporary bodies, posts, people, and who holds what when.

All days are Shanghai days, both included; a last day of None means "until further notice".
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.finding.fields import WordsField
from qingshan.office.regions.models import Region
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import CHINESE
from qingshan.rules.register import OrganisationKind, RegionLevel
from qingshan.rules.words import Named


class BodyKind(Named):
    """临时机构类型."""

    LEADING_GROUP = "leading_group", "领导小组", "leading group"
    TASK_FORCE = "task_force", "工作专班", "task force"


class Dated(models.Model):
    """Whatever is true from one day to another."""

    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("截止日期"), null=True)

    class Meta:
        abstract = True

    def in_force(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


def in_force(on: date, path: str = "") -> models.Q:
    """The same question to the database; `path` leads to the dated row, as in `post__`."""
    return models.Q(**{f"{path}from_on__lte": on}) & (
        models.Q(**{f"{path}to_on__isnull": True}) | models.Q(**{f"{path}to_on__gte": on})
    )


def still_open_after(day: date) -> models.Q:
    """What goes on after that day."""
    return models.Q(to_on__isnull=True) | models.Q(to_on__gt=day)


def _days_in_order(name: str) -> models.CheckConstraint:
    ordered = models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on"))
    return models.CheckConstraint(condition=ordered, name=f"{name}_days_in_order")


class Organisation(Dated):
    """机构: an authority, an enterprise, an agency, or a division (处室、股室) of one of them."""

    kind = models.CharField(_("机构类型"), max_length=16, choices=OrganisationKind.choices())
    name = models.CharField(_("机构名称"), max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    level = models.CharField(_("级别"), max_length=12, blank=True, choices=RegionLevel.choices())
    sector = models.CharField(_("行业领域"), max_length=40, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("上级机构"), null=True, related_name="children"
    )
    is_division = models.BooleanField(_("内设机构"), default=False)
    # the organisation that a division belongs to, however deep; None for an organisation itself
    unit = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("所属单位"), null=True, related_name="divisions"
    )
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, null=True, unique=True)
    document = models.CharField(_("设立依据"), max_length=120, blank=True)
    former_names: models.JSONField[list[str] | None, list[str] | None] = models.JSONField(
        _("曾用名"), null=True
    )
    words = WordsField(names=("name",), lists=("former_names",), numbers=("uscc",))
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("机构")
        indexes = [
            models.Index(fields=["region", "id"], name="organisation_region"),
            models.Index(fields=["kind", "region", "-id"], name="organisation_ledger"),
            models.Index(fields=["name"], name="organisation_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values()), name="organisation_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(is_division=False, unit__isnull=True)
                | models.Q(is_division=True, unit__isnull=False, parent__isnull=False, uscc__isnull=True),
                name="organisation_division_has_unit",
            ),
            _days_in_order("organisation"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """A division with the unit that it belongs to: every bureau has a 生态修复股."""
        return f"{self.unit.name} · {self.name}" if self.unit else self.name

    @property
    def kind_name(self) -> str:
        """The kind in the reader's language."""
        return OrganisationKind(self.kind).say(get_language() or CHINESE)


class People(BaseUserManager["Person"]):
    """The one thing that Django's login asks of us."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(login_name=username)


class Person(AbstractBaseUser):
    """人员: whoever decides, enters or is asked. Leaders need no login: then there is no login name."""

    login_name = models.CharField(_("登录名"), max_length=60, null=True, unique=True)
    full_name = models.CharField(_("姓名"), max_length=60)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("所在机构"), related_name="people"
    )
    # the organisation's region, repeated so that an administrator's list reads one index
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    locked_at = models.DateTimeField(_("锁定时间"), null=True)
    must_change_password = models.BooleanField(_("须修改密码"), default=False)
    password_changed_at = models.DateTimeField(_("密码修改时间"), null=True)
    language = models.CharField(_("界面语言"), max_length=12, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    USERNAME_FIELD = "login_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = People()

    class Meta:
        verbose_name = _("人员")
        indexes = [models.Index(fields=["region", "id"], name="person_region")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether Django lets this person log in."""
        return self.locked_at is None and self.login_name is not None

    def check_password(self, raw_password: str | None) -> bool:
        """Compare only. Django's own would quietly re-hash, and the row would change outside any act."""
        return check_password(raw_password, self.password)

    async def acheck_password(self, raw_password: str | None) -> bool:
        return self.check_password(raw_password)


class UsedPassword(models.Model):
    """用过的密码: hashes only, so that the last five are not used again."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="used_passwords")
    password = models.CharField(max_length=128)
    used_until = models.DateTimeField()

    class Meta:
        verbose_name = _("用过的密码")

    def __str__(self) -> str:
        return f"{self.person_id} {self.used_until:%Y-%m-%d}"


class Post(Dated):
    """岗位: duties in an organisation, to be held by a person for a time."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("所在机构"), related_name="posts"
    )
    title = models.CharField(_("岗位名称"), max_length=60)
    duties = models.JSONField(_("职责"), default=list)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("岗位")
        constraints = [_days_in_order("post")]

    def __str__(self) -> str:
        return self.title

    @property
    def duty_set(self) -> frozenset[str]:
        return frozenset(self.duties)

    @property
    def duty_names(self) -> list[str]:
        """The duties in the reader's language."""
        return [Duty(each).say(get_language() or CHINESE) for each in self.duties]


class Holding(Dated):
    """任职: a person at a post. `acting_for` marks a B 岗, who acts for the A 岗 for a given time."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("人员"), related_name="holdings")
    post = models.ForeignKey(Post, models.PROTECT, verbose_name=_("岗位"), related_name="holdings")
    acting_for = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("代行（A 岗任职）"), null=True, related_name="stand_ins"
    )
    document = models.CharField(_("依据文件"), max_length=120, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(acting_for__isnull=True)
                | (models.Q(to_on__isnull=False) & ~models.Q(document="")),
                name="holding_delegation_is_dated",
            ),
            _days_in_order("holding"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.post_id}"


class Assignment(Dated):
    """指派: one object that a person may see besides what the post gives; how experts are asked."""

    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("人员"), related_name="assignments", db_index=False
    )
    kind = models.CharField(_("对象类型"), max_length=60)
    object_id = models.BigIntegerField(_("对象编号"))
    document = models.CharField(_("依据文件"), max_length=120, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("指派")
        indexes = [models.Index(fields=["person", "kind", "object_id"], name="assignment_of_person")]
        constraints = [_days_in_order("assignment")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} {self.object_id}"


class TemporaryBody(Dated):
    """临时机构: a leading group (领导小组) or task force (专班), set up by a document for a time."""

    kind = models.CharField(_("类型"), max_length=16, choices=BodyKind.choices())
    name = models.CharField(_("名称"), max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("牵头机构"), related_name="temporary_bodies"
    )
    document = models.CharField(_("设立依据"), max_length=120)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("临时机构")
        indexes = [models.Index(fields=["region", "id"], name="temporary_body_region")]
        constraints = [_days_in_order("temporary_body")]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_name(self) -> str:
        """The kind in the reader's language."""
        return BodyKind(self.kind).say(get_language() or CHINESE)


class TemporaryMember(Dated):
    """临时机构成员: who belongs to a temporary body, in which part, from when to when."""

    body = models.ForeignKey(
        TemporaryBody, models.PROTECT, verbose_name=_("临时机构"), related_name="members"
    )
    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("人员"), related_name="memberships")
    part = models.CharField(_("担任"), max_length=40)

    class Meta:
        verbose_name = _("临时机构成员")
        constraints = [_days_in_order("temporary_member")]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.body_id}"


class SavedFilter(models.Model):
    """保存的筛选: how a person looks at a list, under a name of their own; perhaps shared with the unit."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_filters")
    list_code = models.CharField(max_length=40)
    name = models.CharField(_("筛选名称"), max_length=30)
    query = models.CharField(max_length=1000)
    """the part of the address after the question mark, without the mark of a page"""
    shared_with = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("共享给"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("保存的筛选")
        constraints = [
            models.UniqueConstraint(fields=["person", "list_code", "name"], name="saved_filter_once")
        ]
        indexes = [models.Index(fields=["shared_with", "list_code"], name="saved_filter_shared")]

    def __str__(self) -> str:
        return f"{self.list_code}: {self.name}"


class ColumnChoice(models.Model):
    """列的选择: which columns a person sees in a list, in their order."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="column_choices")
    list_code = models.CharField(max_length=40)
    columns: models.JSONField[list[str], list[str]] = models.JSONField(default=list)

    class Meta:
        verbose_name = _("列的选择")
        constraints = [models.UniqueConstraint(fields=["person", "list_code"], name="column_choice_once")]

    def __str__(self) -> str:
        return f"{self.list_code}: {', '.join(self.columns)}"
