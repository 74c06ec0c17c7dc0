"""What is filled in to register a problem or a petition?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.forms import Day, Pick, named_choices
from qingshan.office.cases import choices
from qingshan.office.cases.actions.registering import NewCase, NewPetition
from qingshan.office.matters.actions import Opening
from qingshan.office.matters.forms.acting import ActForm, choose, pick_among
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.forms.papers import in_words
from qingshan.office.mines.models import Mine
from qingshan.office.observations.clue_queries import told_of
from qingshan.office.observations.models import Clue
from qingshan.office.regions.models import Region
from qingshan.rules.matters import Channel, ProblemKind, Route, Severity, SourceKind
from qingshan.rules.secrecy import check_not_marked_secret


class OpeningForm(forms.Form):
    """What is said of anything that enters the stock."""

    title = forms.CharField(
        label=_("问题摘要"), max_length=200, help_text=_("用一句话写明：哪里、什么问题、多大。")
    )
    mine = Pick(
        label=_("矿山"), name_field="name", required=False,
        help_text=_("输入名称，从提示中选择；没有矿山的不填，改选县区。"),
    )  # fmt: skip
    region = Pick(
        label=_("县区"),
        name_field="name",
        required=False,
        help_text=_("填了矿山的可以不填，按矿山所在县区。"),
    )
    source = forms.ChoiceField(label=_("来源"))
    source_number = forms.CharField(
        label=_("来源文号"), max_length=120, required=False, help_text=_("交办函、反馈意见的文号和条目。")
    )
    severity = forms.ChoiceField(label=_("严重程度"), initial=Severity.ORDINARY.value)
    number = forms.CharField(
        label=_("编号"), max_length=60, required=False, help_text=_("已有编号的填写；不填由系统编号。")
    )
    occurred_on = Day(label=_("登记日期"), required=False, help_text=_("不填为今天。"))

    def __init__(self, *args: Any, actor: Actor, on: date, mine: Mine | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        choose(self, "source", named_choices(SourceKind), empty=True)
        choose(self, "severity", named_choices(Severity))
        mines = Mine.objects.filter(merged_into=None).defer("geom").select_related("region")
        pick_among(self, "mine", visible_to(mines, actor))
        pick_among(self, "region", choices.regions(actor))
        if mine is not None:
            self.fields["mine"].initial = f"{mine.name} · {mine.pk}"
        self.fields["occurred_on"].widget.attrs["max"] = on.isoformat()

    def clean_title(self) -> str:
        text: str = self.cleaned_data["title"]
        in_words(lambda: check_not_marked_secret(text))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("mine") and not cleaned.get("region") and not self.errors:
            self.add_error("region", _("没有选择矿山或县区。请至少选择一项。"))
        return cleaned

    @property
    def place(self) -> Region:
        """Where it belongs: the region that was chosen, or that of the mine."""
        given = self.cleaned_data
        found: Region = given["region"] or given["mine"].region
        return found

    def opening(self, **more: Any) -> Opening:
        given = self.cleaned_data
        return Opening(
            kind="",
            number=given["number"],
            title=given["title"],
            region=self.place,
            source=SourceKind(given["source"]),
            severity=Severity(given["severity"]),
            source_number=given["source_number"],
            mine=given["mine"],
            occurred_on=given["occurred_on"],
            **more,
        )


class CaseForm(OpeningForm):
    """登记问题."""

    route = forms.ChoiceField(label=_("整改类型"), widget=forms.RadioSelect, initial=Route.BY_DATE.value)
    problem = forms.ChoiceField(label=_("问题类型"))
    description = forms.CharField(
        label=_("问题描述"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    requirement = forms.CharField(
        label=_("整改要求"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    found_on = Day(label=_("发现日期"), required=False)
    department = forms.CharField(label=_("提出部门"), max_length=80, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "route", named_choices(Route))
        choose(self, "problem", named_choices(ProblemKind), empty=True)
        self.order_fields(
            ["title", "mine", "region", "route", "problem", "severity", "source", "source_number"]
        )

    def tell_of(self, clue: Clue) -> None:
        """What images say is filled in; the registering post changes it as it was found on site."""
        told = {
            "title": f"{clue.region.name}{clue.kind_named.zh}新增扰动图斑 {clue.number}",
            "description": told_of(clue),
            "found_on": clue.first_seen,
            "source": SourceKind.SATELLITE.value,
            "source_number": clue.number,
            "region": f"{clue.region.name} · {clue.region_id}",
        }
        for name, value in told.items():
            self.fields[name].initial = value

    def new_case(self) -> NewCase:
        given = self.cleaned_data
        return NewCase(
            self.opening(),
            Route(given["route"]),
            ProblemKind(given["problem"]),
            description=given["description"],
            requirement=given["requirement"],
            found_on=given["found_on"],
            department=given["department"],
        )


class PetitionForm(OpeningForm):
    """登记转办件. Who complained stands apart and is shown to nobody here."""

    channel = forms.ChoiceField(label=_("来件方式"))
    content = forms.CharField(
        label=_("交办问题基本情况"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("只写问题，不写举报人姓名、电话。"),
    )  # fmt: skip
    batch = forms.CharField(label=_("批次"), max_length=40, required=False)
    pollution = forms.CharField(label=_("污染类型"), max_length=40, required=False)
    note = forms.CharField(label=_("备注"), max_length=500, required=False)
    complainant = forms.CharField(
        label=_("信访人"), max_length=60, required=False, help_text=_("单独保存，企业看不到，不写入留痕。")
    )
    contact = forms.CharField(label=_("联系方式"), max_length=120, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "channel", named_choices(Channel))
        self.fields["source"].initial = SourceKind.PETITION.value
        self.fields["number"].label = _now("受理编号")
        self.fields["number"].help_text = _now("如 D2SX202104170024；没有的不填，由系统编号。")
        self.order_fields(["number", "batch", "channel", "title", "content", "mine", "region", "pollution"])

    def new_petition(self) -> NewPetition:
        given = self.cleaned_data
        own = ("content", "batch", "pollution", "note", "complainant", "contact")
        return NewPetition(self.opening(), Channel(given["channel"]), **{name: given[name] for name in own})


class TurnForm(ActForm):
    """转为整改问题: the case that goes on for a petition."""

    title = forms.CharField(label=_("问题摘要"), max_length=200)
    route = forms.ChoiceField(label=_("整改类型"), widget=forms.RadioSelect, initial=Route.BY_DATE.value)
    problem = forms.ChoiceField(label=_("问题类型"))
    requirement = forms.CharField(
        label=_("整改要求"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def prepare(self) -> None:
        self.fields["title"].initial = self.about.matter.title
        choose(self, "route", named_choices(Route))
        choose(self, "problem", named_choices(ProblemKind), empty=True)

    def new_case(self) -> NewCase:
        given, matter = self.cleaned_data, self.about.matter
        opening = Opening(
            kind="",
            number="",
            title=given["title"],
            region=matter.region,
            source=SourceKind(matter.source),
            severity=Severity(matter.severity),
            source_number=matter.number,
            mine=matter.mine,
            site=matter.site,
            parent=matter,
            geom=matter.geom,
            occurred_on=given.get("occurred_on"),
        )
        return NewCase(
            opening,
            Route(given["route"]),
            ProblemKind(given["problem"]),
            description=matter.petition.content,
            requirement=given["requirement"],
        )
