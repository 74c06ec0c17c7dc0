"""What is under supervision, and how does it stand? What lists filter and sort by stands on the matter itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.finding.fields import WordsField
from qingshan.geo.fields import CellField, GeometryField
from qingshan.office.accounts.models import Organisation
from qingshan.office.matters.kinds import kind_named
from qingshan.office.mines.models import Mine, Site
from qingshan.office.regions.models import Region
from qingshan.rules.duties import Duty
from qingshan.rules.matters import Severity, SourceKind
from qingshan.rules.reasons import CHINESE, Sentence
from qingshan.rules.register import RegionLevel


class FlowState(models.Model):
    """流程状态: a state of a flow table, seeded from it; so a new kind of matter changes no table."""

    code = models.CharField(primary_key=True, max_length=60)
    """`<kind>.<state>`"""
    kind = models.CharField(max_length=24)
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=80)
    place = models.PositiveSmallIntegerField()
    """in the order of the work"""
    is_final = models.BooleanField()

    class Meta:
        verbose_name = _("流程状态")

    def __str__(self) -> str:
        return self.zh

    @property
    def name(self) -> str:
        """The state's name in the reader's language."""
        return Sentence(zh=self.zh, en=self.en).say({}, get_language() or CHINESE)


class Matter(models.Model):
    """事项: anything under supervision that has a region, responsible posts, a deadline, a state and a trail."""

    kind = models.CharField(_("事项类型"), max_length=24)
    number = models.CharField(_("编号"), max_length=60, unique=True)
    title = models.CharField(_("问题摘要"), max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    """the answering region: the lowest that contains the matter; counts use it"""
    mine = models.ForeignKey(Mine, models.PROTECT, verbose_name=_("矿山"), null=True, related_name="matters")
    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("点位"), null=True, related_name="matters")
    enterprise = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("矿山企业"), null=True, related_name="+", db_index=False
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("上级事项"), null=True, related_name="children"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("并入"), null=True, related_name="absorbed"
    )
    state = models.ForeignKey(
        FlowState, models.PROTECT, verbose_name=_("状态"), related_name="+", db_index=False
    )
    """a cached copy of where the steps lead; `doctor --state` folds them again"""
    severity = models.CharField(_("严重程度"), max_length=12, choices=Severity.choices())
    source = models.CharField(_("来源"), max_length=24, choices=SourceKind.choices())
    source_number = models.CharField(_("来源文号"), max_length=120, blank=True)
    due_on = models.DateField(_("完成时限"), null=True)
    opened_on = models.DateField(_("登记日期"))
    closed_on = models.DateField(_("了结日期"), null=True)
    geom = GeometryField(_("位置"), null=True)
    cell = CellField(null=True)
    late_entry = models.BooleanField(_("补录"), default=False)
    """entered from a ledger in use: exempt from the flow's checks until it is next acted on"""
    missing_papers: models.JSONField[list[str] | None, list[str] | None] = models.JSONField(
        _("缺件"), null=True
    )
    # whose turn it is: what the first line out of the state asks for
    awaits_duty = models.CharField(_("待办职责"), max_length=16, blank=True, choices=Duty.choices())
    awaits_level = models.CharField(_("待办级别"), max_length=12, blank=True, choices=RegionLevel.choices())
    awaits_organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("待办单位"), null=True, related_name="+", db_index=False
    )
    recorded_by = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("登记单位"), null=True, related_name="+", db_index=False
    )
    words = WordsField(names=("title",), numbers=("number", "source_number"))
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("事项")
        indexes = [
            models.Index(fields=["kind", "region", "-id"], name="matter_region"),
            models.Index(fields=["kind", "state", "region", "-id"], name="matter_state"),
            models.Index(fields=["kind", "enterprise", "-id"], name="matter_enterprise"),
            models.Index(fields=["kind", "region", "due_on", "id"], name="matter_due"),
            models.Index(
                fields=["awaits_organisation", "awaits_duty", "due_on", "id"], name="matter_turn_unit"
            ),
            # all that is asked for whose turn it is, so that a province's is put in order from the index alone
            models.Index(
                fields=["awaits_duty", "awaits_level", "region", "due_on", "id"],
                condition=models.Q(awaits_organisation=None),
                name="matter_turn_post",
            ),
            models.Index(fields=["recorded_by", "region", "-id"], name="matter_recorded_by"),
            # all that a map counts by, however it is narrowed
            models.Index(fields=["cell", "kind", "region", "due_on", "closed_on"], name="matter_cell"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True)
                | models.Q(closed_on__gte=models.F("opened_on"))
                | models.Q(late_entry=True),
                name="matter_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"

    def get_absolute_url(self) -> str:
        """Its own page: each kind has pages in the app that declares it."""
        return kind_named(self.kind).path(self)

    @property
    def state_name(self) -> str:
        """The state without its kind: `closed` of `<kind>.<state>`."""
        return self.state_id.partition(".")[2]


class MatterRegion(models.Model):
    """A region that a matter reaches into, with its share of the land; areas use it, counts never."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="shares")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"))
    area_m2 = models.FloatField(_("面积（平方米）"), null=True)

    class Meta:
        verbose_name = _("涉及区划")
        constraints = [models.UniqueConstraint(fields=["matter", "region"], name="matter_region_once")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.region_id}"
