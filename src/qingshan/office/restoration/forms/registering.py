"""What is filled in to register a project, to open a list, and to move sites in and out of it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.forms import Day, Pick, named_choices
from qingshan.office.matters.actions import Named, Opening
from qingshan.office.matters.forms.acting import choose, pick_among
from qingshan.office.matters.forms.on_paper import APPROVAL, Approved
from qingshan.office.mines.forms.papers import in_words
from qingshan.office.regions.models import Region
from qingshan.office.restoration import choices
from qingshan.office.restoration.actions import Entering, ListEntry, NewList, NewProject
from qingshan.office.restoration.forms.acting import SiteLines, fen_of, use_of, wan_field
from qingshan.office.restoration.showing import list_words
from qingshan.rules.acceptance import Payer
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.matters import SourceKind
from qingshan.rules.restoration import ListKind
from qingshan.rules.roles import Role
from qingshan.rules.secrecy import check_not_marked_secret


class ProjectForm(forms.Form):
    """登记修复项目."""

    title = forms.CharField(label=_("项目名称"), max_length=200)
    sites = SiteLines(
        label=_("修复点位"),
        help_text=_("每行一个点位编号，后面可写计划修复面积（公顷）；不写按点位面积。"),
    )
    mode = forms.ChoiceField(label=_("修复方式"), widget=forms.RadioSelect)
    use = forms.ChoiceField(
        label=_("计划利用方向"), required=False,
        help_text=_("全部点位相同的在这里选；各处不同的，报送实施方案时逐处填写。"),
    )  # fmt: skip
    answering = Pick(label=_("责任单位"), name_field="name")
    executing = Pick(
        label=_("实施单位"), name_field="name", required=False, help_text=_("与责任单位相同的不填。")
    )
    region = Pick(
        label=_("负责地区"), name_field="name", required=False,
        help_text=_("不填为包含全部点位的最低一级地区。处数归负责地区，面积按各县实际分摊。"),
    )  # fmt: skip
    payer = forms.ChoiceField(
        label=_("谁来复垦"), widget=forms.RadioSelect, help_text=_("决定验收期限是否按第二十九条计算。")
    )
    planned_wan = wan_field(_("计划资金（万元）"), required=False)
    programme = forms.CharField(label=_("资金或工程来源"), max_length=120, required=False)
    source = forms.ChoiceField(label=_("来源"), initial=SourceKind.OTHER.value)
    source_number = forms.CharField(label=_("来源文号"), max_length=120, required=False)
    number = forms.CharField(
        label=_("编号"), max_length=60, required=False, help_text=_("已有编号的填写；不填由系统编号。")
    )
    occurred_on = Day(label=_("登记日期"), required=False, help_text=_("不填为今天。"))

    def __init__(self, *args: Any, actor: Actor, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(SiteLines, self.fields["sites"]).actor = actor
        choose(self, "mode", named_choices(RestorationMode))
        choose(self, "use", named_choices(Afteruse), empty=_("没有确定"))
        choose(self, "payer", named_choices(Payer))
        choose(self, "source", named_choices(SourceKind))
        for name in ("answering", "executing"):
            pick_among(self, name, choices.organisations(actor, on=on))
        pick_among(self, "region", choices.regions(actor))
        self.fields["occurred_on"].widget.attrs["max"] = on.isoformat()

    def clean_title(self) -> str:
        text: str = self.cleaned_data["title"]
        in_words(lambda: check_not_marked_secret(text))
        return text

    def new_project(self) -> NewProject:
        given = self.cleaned_data
        parties = [Named(Role.ANSWERING, given["answering"])]
        if given["executing"] is not None:
            parties.append(Named(Role.EXECUTING, given["executing"]))
        around = choices.lowest_around([each.site for each in given["sites"]])
        opening = Opening(
            kind="",
            number=given["number"],
            title=given["title"],
            region=given["region"] or Region.objects.get(pk=around),
            source=SourceKind(given["source"]),
            source_number=given["source_number"],
            occurred_on=given["occurred_on"],
            parties=tuple(parties),
        )
        return NewProject(
            opening,
            RestorationMode(given["mode"]),
            [replace(each, use=use_of(given["use"])) for each in given["sites"]],
            planned_fen=fen_of(given["planned_wan"]),
            programme=given["programme"],
            payer=Payer(given["payer"]),
        )


class ListForm(forms.Form):
    """建立修复清单."""

    code = forms.CharField(label=_("清单编号"), max_length=40, help_text=_("表格用它认清单，如 QS-LY-2024。"))
    title = forms.CharField(label=_("清单名称"), max_length=160)
    kind = forms.ChoiceField(label=_("清单类型"))
    region = Pick(label=_("清单地区"), name_field="name")
    number = forms.CharField(label=_("下达文号"), max_length=120)
    decided_on = Day(label=_("下达日期"))
    due_on = Day(label=_("完成时限"), required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "kind", named_choices(ListKind))
        pick_among(self, "region", choices.regions(actor))

    def new_list(self) -> NewList:
        given = self.cleaned_data
        return NewList(**{**given, "kind": ListKind(given["kind"])})


class CorrectListForm(forms.Form):
    """更正清单登记."""

    title = forms.CharField(label=_("清单名称"), max_length=160)
    number = forms.CharField(label=_("下达文号"), max_length=120)
    decided_on = Day(label=_("下达日期"))
    due_on = Day(label=_("完成时限"), required=False)
    grounds = forms.CharField(
        label=_("更正理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写明哪里登记有误、依据什么更正。原来的内容仍可查到。"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("title", "number", "grounds"):
            in_words(lambda name=name: check_not_marked_secret(given.get(name, "")))  # type: ignore[misc]
        return given

    @property
    def entry(self) -> ListEntry:
        """As the act takes it."""
        return ListEntry(**{name: self.cleaned_data[name] for name in OF_A_LIST})


OF_A_LIST = ("title", "number", "decided_on", "due_on")


class MoveInForm(Approved):
    """调入清单."""

    target_list = forms.ChoiceField(label=_("修复清单"))
    sites = SiteLines(
        label=_("调入的点位"),
        help_text=_("每行一个点位编号，后面可写批准的面积（公顷）；不写按点位面积。"),
    )
    note = forms.CharField(
        label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ["target_list", "sites", *APPROVAL, "note"]

    def __init__(self, *args: Any, actor: Actor, lists: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(SiteLines, self.fields["sites"]).actor = actor
        self.lists = {str(each.pk): each for each in lists}
        choose(
            self, "target_list", [(key, list_words(each)) for key, each in self.lists.items()],
            empty=len(self.lists) != 1,
        )  # fmt: skip

    @property
    def entering(self) -> list[Entering]:
        return [Entering(each.site, each.area_m2) for each in self.cleaned_data["sites"]]


class MoveOutForm(Approved):
    """调出清单."""

    note = forms.CharField(label=_("调出理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = [*APPROVAL, "note"]


class TakeBackForm(Approved):
    """撤销完成认定."""

    note = forms.CharField(
        label=_("撤销理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写明现场核实的情况，或原来录入有误的地方。"),
    )
    field_order = [*APPROVAL, "note"]
