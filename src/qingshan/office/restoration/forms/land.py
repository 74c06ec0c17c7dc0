"""What is filled in about disturbed land?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day, Pick
from qingshan.office.matters.forms.acting import choose, pick_among
from qingshan.office.matters.forms.on_paper import APPROVAL, Approved
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.restoration.forms.acting import hectares_field, m2_of
from qingshan.office.restoration.models import LandParcel
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.land import QUESTIONS, FourAnswers, LandLine
from qingshan.rules.reasons import CHINESE
from qingshan.rules.restoration import CM2_PER_M2

YES, NO = "yes", "no"


class DisturbForm(forms.Form):
    """登记新增损毁: a registered patch or site, or an area alone."""

    name = forms.CharField(label=_("地块名称"), max_length=120)
    patch = forms.ChoiceField(
        label=_("图斑或点位"), required=False, help_text=_("选了的按其图形计算面积，重叠的只计一次。")
    )
    area = hectares_field(
        _("面积（公顷）"), required=False, help_text=_("没有图形的填写；有图形的不填按图形。")
    )
    occurred_on = Day(label=_("损毁日期"))
    number = forms.CharField(label=_("文号"), max_length=120, required=False)
    note = forms.CharField(
        label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, mine: Mine, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        sites = {f"site:{each.pk}": each for each in Site.objects.filter(mine=mine).order_by("key")}
        patches = Patch.objects.filter(site__mine=mine, to_on=None).select_related("site").order_by("key")
        self.places: dict[str, Site | Patch] = {
            **{f"patch:{each.pk}": each for each in patches},
            **sites,
        }
        choose(self, "patch", [(key, str(each)) for key, each in self.places.items()], empty=_("没有图形"))
        self.fields["occurred_on"].widget.attrs["max"] = on.isoformat()

    def given(self) -> dict[str, Any]:
        """As the act takes it."""
        said = self.cleaned_data
        place = self.places.get(said["patch"])
        return {
            "name": said["name"],
            "occurred_on": said["occurred_on"],
            "site": place.site if isinstance(place, Patch) else place,
            "shape": place.geom if place is not None else None,
            "area_m2": m2_of(said["area"]),
            "number": said["number"],
            "note": said["note"],
        }


class LandForm(Approved):
    """One act on a plot, at once or as somebody decided it on paper."""

    area = hectares_field(
        _("办理面积（公顷）"), required=False, help_text=_("不填为整个地块；填写的从地块中分出。")
    )
    number = forms.CharField(label=_("文号"), max_length=120, required=False)
    approved_on = Day(label=_("办理日期"))
    note = forms.CharField(
        label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, line: LandLine, parcel: LandParcel, on: date, **options: Any) -> None:
        options["initial"] = {"approved_on": on}
        super().__init__(*args, on=on, version=parcel.version, **options)
        self.line = line
        if not self.is_on_paper:
            self.fields["number"].required = line.needs_number
        self.fields[self.day].widget.attrs["min"] = parcel.since_on.isoformat()
        questions = list(QUESTIONS) if line.asks_four_questions else []
        if questions:
            self._ask_four_questions()
        self.order_fields([*questions, "area", *APPROVAL, "note"])

    @property
    def day(self) -> str:
        """The field of the day on which it was done or decided."""
        return "decided_on" if self.is_on_paper else "approved_on"

    def _ask_four_questions(self) -> None:
        language = get_language() or CHINESE
        for name, question in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=question.say({}, language),
                widget=forms.RadioSelect,
                choices=[(NO, _("否")), (YES, _("是"))],
            )

    def given(self) -> dict[str, Any]:
        """As the act takes it."""
        said = self.cleaned_data
        answers = {name: said[name] == YES for name in QUESTIONS if name in said}
        return {
            "occurred_on": said[self.day],
            "area_m2": m2_of(said["area"]),
            "number": self.approval["number"],
            "note": said["note"],
            "answers": FourAnswers(**answers) if self.line.asks_four_questions else None,
        }


class CorrectLandForm(forms.Form):
    """更正登记损毁."""

    area = forms.DecimalField(
        label=_("正确的面积（公顷）"), min_value=0, max_digits=12, decimal_places=4,
        help_text=_("没有损毁的填 0。原来的登记和变动都保留，差额另记一笔。"),
    )  # fmt: skip
    mine = Pick(
        label=_("正确的矿山"),
        name_field="name",
        required=False,
        help_text=_("登记错矿山的填写；不变的不填。"),
    )
    number = forms.CharField(label=_("文号"), max_length=120, required=False)
    grounds = forms.CharField(label=_("更正理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, parcel: LandParcel, mines: Any, **options: Any) -> None:
        self.shown_area = round(Decimal(parcel.area_cm2) / CM2_PER_HECTARE, 4)
        options["initial"] = {"area": self.shown_area, "version": parcel.version}
        super().__init__(*args, **options)
        pick_among(self, "mine", mines)

    def given(self) -> dict[str, Any]:
        """As the act takes it; an area that was only shown rounded stays exact."""
        said = self.cleaned_data
        return {
            "area_m2": None if said["area"] == self.shown_area else m2_of(said["area"]),
            "mine": said["mine"],
            "number": said["number"],
            "grounds": said["grounds"],
        }


CM2_PER_HECTARE = CM2_PER_M2 * M2_PER_HECTARE
