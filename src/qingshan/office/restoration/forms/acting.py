"""What does an act on a project ask for beside what every act asks for?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day, Pick, named_choices
from qingshan.office.matters.forms.acting import ActForm, FormalForm, choose, pick_among
from qingshan.office.restoration import choices, queries
from qingshan.office.restoration.actions import Done, Planned, ProjectEntry
from qingshan.office.restoration.models import ProjectSite
from qingshan.office.restoration.needs import project_of, sites_of
from qingshan.rules.acceptance import Payer
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.money import FEN_PER_WAN, fen_of_wan
from qingshan.rules.words import normalised


def hectares_field(label: Any, **options: Any) -> forms.DecimalField:
    """An area in hectares, to the square metre."""
    return forms.DecimalField(
        label=label, min_value=Decimal("0.0001"), max_digits=12, decimal_places=4, **options
    )


def wan_field(label: Any, **options: Any) -> forms.DecimalField:
    """Money in 万元, to the fen."""
    return forms.DecimalField(label=label, min_value=0, max_digits=16, decimal_places=6, **options)


def m2_of(hectares: Decimal | None) -> float | None:
    """Square metres of hectares as they were filled in."""
    return None if hectares is None else float(hectares * M2_PER_HECTARE)


def fen_of(wan: Decimal | None) -> int | None:
    """Fen of 万元 as they were filled in."""
    return None if wan is None else fen_of_wan(wan)


def wan_of(fen: int) -> Decimal:
    """万元 of fen, as they stand in a field at first."""
    return Decimal(fen) / FEN_PER_WAN


class DueForm(FormalForm):
    """An act that sets a deadline."""

    due_on = Day(label=_("完成时限"))


class ProgressForm(ActForm):
    """填报施工进度; what is left empty stays as it was."""

    percent = forms.IntegerField(label=_("施工进度（%）"), min_value=0, max_value=100, required=False)
    spent_wan = wan_field(_("已支出（万元）"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and cleaned.get("percent") is None and cleaned.get("spent_wan") is None:
            self.add_error("percent", _now("没有填写任何内容。请至少填写一项。"))
        return cleaned


class SitesForm(ActForm):
    """An act that says something of every site of the project."""

    asks_whole = False
    area_label: Any = _("完成面积（公顷）")

    def prepare(self) -> None:
        self.rows: list[ProjectSite] = sites_of(project_of(self.about.matter))
        for row in self.rows:
            self._ask(row)

    def _ask(self, row: ProjectSite) -> None:
        shown = {"site": str(row.site), "what": self.area_label}
        self.fields[f"area_{row.pk}"] = hectares_field(
            _now("%(site)s：%(what)s") % shown, required=True, initial=self.first_area(row)
        )
        label = _now("%(site)s：利用方向") % shown
        ask_use(self, f"use_{row.pk}", label=label, initial=row.actual_use or row.planned_use)
        if self.asks_whole:
            self.fields[f"whole_{row.pk}"] = forms.BooleanField(
                label=_now("%(site)s：整处完成") % shown, required=False, initial=True
            )

    def first_area(self, row: ProjectSite) -> Decimal | None:
        """What stands in the field at first: nothing, because a claim is measured, not taken from the plan."""
        return None

    @property
    def done(self) -> list[Done]:
        """What was said of each site."""
        given = self.cleaned_data
        return [
            Done(
                row,
                m2_of(given.get(f"area_{row.pk}")),
                is_whole=bool(given.get(f"whole_{row.pk}", True)),
                use=use_of(given.get(f"use_{row.pk}")),
            )
            for row in self.rows
        ]


class ClaimForm(SitesForm):
    """完工自验: the areas as they were measured, and since when."""

    restored_on = Day(
        label=_("修复完成日期"), required=False, help_text=_("不填按申报当日；影像从这一天起核对。")
    )
    planted_on = Day(
        label=_("种植日期"), required=False, help_text=_("没有种植的不填；已登记种植地块的可不填。")
    )

    @property
    def done(self) -> list[Done]:
        """With both days, which are those of all sites."""
        given = self.cleaned_data
        restored_on, planted_on = given.get("restored_on"), given.get("planted_on")
        return [replace(each, restored_on=restored_on, planted_on=planted_on) for each in super().done]


class AcceptForm(SitesForm):
    """验收通过: the areas as they were found, beside what was claimed."""

    asks_whole = True
    area_label = _("验收面积（公顷）")
    visitors = forms.CharField(label=_("到场人员"), max_length=300)
    visited_on = Day(label=_("到场日期"))
    aftercare_until = Day(
        label=_("管护期满"), help_text=_("按批准的方案和当地规定的管护年限填写；年限待核，系统不代填。")
    )

    def first_area(self, row: ProjectSite) -> Decimal | None:
        claimed = row.claimed_m2
        return None if claimed is None else round(Decimal(str(claimed)) / M2_PER_HECTARE, 4)


def ask_use(form: forms.Form, name: str, **options: Any) -> None:
    """What land is to be for; nobody has to know it."""
    form.fields[name] = forms.ChoiceField(required=False, **options)
    choose(form, name, named_choices(Afteruse), empty=_now("没有确定"))


def use_of(chosen: str | None) -> Afteruse | None:
    """A use as it was chosen; None where nobody knows it."""
    return Afteruse(chosen) if chosen else None


class ByBatchesForm(ActForm):
    """按批次验收转入管护."""

    aftercare_until = Day(
        label=_("管护期满"), help_text=_("按批准的方案和当地规定的管护年限填写；年限待核，系统不代填。")
    )


class DesignForm(ActForm):
    """报送实施方案."""

    title = forms.CharField(label=_("实施方案名称"), max_length=200)
    planned_wan = wan_field(_("计划资金（万元）"), help_text=_("不用资金的填 0。"))

    def prepare(self) -> None:
        project = project_of(self.about.matter)
        self.rows = sites_of(project)
        self.fields["title"].initial = project.design_title
        if project.planned_fen is not None:
            self.fields["planned_wan"].initial = wan_of(project.planned_fen)
        for row in self.rows:
            known = row.planned_m2
            self.fields[f"area_{row.pk}"] = hectares_field(
                _now("%(site)s：计划修复面积（公顷）") % {"site": str(row.site)},
                initial=None if known is None else round(Decimal(str(known)) / M2_PER_HECTARE, 4),
            )
            label = _now("%(site)s：计划利用方向") % {"site": str(row.site)}
            ask_use(self, f"use_{row.pk}", label=label, initial=row.planned_use)

    @property
    def planned_m2(self) -> dict[int, float]:
        """The areas that are new; one that was only shown rounded stays exact."""
        found = {}
        for row in self.rows:
            name = f"area_{row.pk}"
            area = m2_of(self.cleaned_data.get(name))
            if area is not None and self.cleaned_data[name] != self.fields[name].initial:
                found[row.pk] = area
        return found

    @property
    def planned_use(self) -> dict[int, Afteruse | None]:
        """What each site is planned for, where that was asked."""
        given = self.cleaned_data
        return {row.pk: use_of(given[f"use_{row.pk}"]) for row in self.rows if f"use_{row.pk}" in self.data}


class HandOverForm(ActForm):
    """移交销项."""

    receiver = forms.CharField(label=_("接收单位"), max_length=160)


class CorrectForm(ActForm):
    """更正项目登记."""

    title = forms.CharField(label=_("项目名称"), max_length=200)
    mode = forms.ChoiceField(label=_("修复方式"))
    payer = forms.ChoiceField(
        label=_("谁来复垦"), required=False, help_text=_("决定验收期限是否按第二十九条计算。")
    )
    executing = Pick(
        label=_("实施单位"),
        name_field="name",
        required=False,
        help_text=_("不变的不填；填写的从办理日期起接替。"),
    )
    planned_wan = wan_field(
        _("计划资金（万元）"), required=False, help_text=_("不填为不变。不用资金的填 0。")
    )
    programme = forms.CharField(label=_("资金或工程来源"), max_length=120, required=False)
    source_number = forms.CharField(label=_("来源文号"), max_length=120, required=False)

    def prepare(self) -> None:
        matter, project = self.about.matter, project_of(self.about.matter)
        first = {name: getattr(project, name) for name in ("mode", "payer", "programme")}
        first |= {"title": matter.title, "source_number": matter.source_number}
        for name, value in first.items():
            self.fields[name].initial = value
        if project.planned_fen is not None:
            self.fields["planned_wan"].initial = wan_of(project.planned_fen)
        choose(self, "mode", named_choices(RestorationMode))
        choose(self, "payer", named_choices(Payer), empty="" if project.payer else _now("没有写明"))
        pick_among(self, "executing", choices.organisations(self.about.actor, on=self.about.on))

    @property
    def entry(self) -> ProjectEntry:
        """As the act takes it."""
        said = self.cleaned_data
        return ProjectEntry(
            title=said["title"],
            mode=RestorationMode(said["mode"]),
            payer=Payer(said["payer"]) if said["payer"] else None,
            planned_fen=fen_of(said["planned_wan"]),
            programme=said["programme"],
            source_number=said["source_number"],
            executing=said["executing"],
        )


class SiteLines(forms.CharField):
    """Sites by number, one on a line, each with hectares behind it where they differ from the register."""

    default_error_messages = {
        "unknown": _("没有这些点位，或不在您的管理范围内：%(sites)s。请核对点位编号。"),
        "area": _("“%(line)s”的面积无法识别。请写成“点位编号 面积（公顷）”，如 990101-D0001 1.26。"),
    }

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 5})
        super().__init__(max_length=20_000, widget=widget, **options)
        self.actor: Any = None

    def clean(self, value: Any) -> list[Planned]:
        lines = [line for line in normalised(super().clean(value)).splitlines() if line.strip()]
        read = [self._read(line) for line in lines]
        sites = queries.sites_numbered((key for key, _area in read), actor=self.actor) if read else {}
        if unknown := [key for key, _area in read if key not in sites]:
            raise forms.ValidationError(
                self.error_messages["unknown"], params={"sites": "、".join(unknown[:10])}
            )
        return [Planned(sites[key], area) for key, area in read]

    def _read(self, line: str) -> tuple[str, float | None]:
        parts = line.replace("，", " ").replace(",", " ").split()
        if len(parts) == 1:
            return parts[0], None
        try:
            area = Decimal(parts[1])
        except ArithmeticError:
            area = Decimal(0)
        if len(parts) > 2 or not area.is_finite() or area <= 0:
            raise forms.ValidationError(self.error_messages["area"], params={"line": line.strip()[:60]})
        return parts[0], m2_of(area)


class ChangeSitesForm(FormalForm):
    """调整修复点位."""

    added = SiteLines(
        label=_("增加的点位"), required=False, help_text=_("每行一个点位编号，后面可写面积（公顷）。")
    )
    removed = forms.MultipleChoiceField(
        label=_("减少的点位"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        ask_use(self, "use", label=_now("增加点位的计划利用方向"))
        self.order_fields(["added", "use", "removed"])
        cast(SiteLines, self.fields["added"]).actor = self.about.actor
        self.rows = {str(row.pk): row for row in sites_of(project_of(self.about.matter))}
        choose(self, "removed", [(key, str(row.site)) for key, row in self.rows.items()])

    @property
    def coming(self) -> list[Planned]:
        """The added sites, with what they are for."""
        use = use_of(self.cleaned_data["use"])
        return [replace(each, use=use) for each in self.cleaned_data["added"]]

    @property
    def taken_away(self) -> list[ProjectSite]:
        return [self.rows[key] for key in self.cleaned_data["removed"]]
