"""What is filled in to say which mines and which public land an area's plan covers, and what it leaves out and why?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.office.cases.actions.planning import NewCover
from qingshan.office.cases.areas import Coverage, MineInArea
from qingshan.office.matters.models import PlanCover
from qingshan.office.mines.models import Mine
from qingshan.office.regions.models import Region
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.numbers import measured, printed_short

COVER, LEAVE = "cover", "leave"
LAND_ROWS, MOST_LANDS = 3, 60


class AreaChoice(forms.Form):
    """Which region the plan is for."""

    area = forms.TypedChoiceField(label=_("片区"), coerce=int)

    def __init__(self, data: Any, *, regions: Sequence[Region], initial: int | None) -> None:
        super().__init__(data, initial={"area": initial})
        field: Any = self.fields["area"]
        field.choices = [(each.pk, f"{each.name}（{each.code}）") for each in regions]


class MineRow(forms.Form):
    """Whether one mine is covered; left out only with a reason."""

    choice = forms.ChoiceField(
        label=_("是否纳入"),
        required=False,
        choices=(("", _("未定")), (COVER, _("纳入")), (LEAVE, _("不纳入"))),
    )
    why = forms.CharField(label=_("不纳入的理由"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("choice") == LEAVE and not (given.get("why") or "").strip():
            self.add_error("why", _("请写明不纳入的理由。"))
        return given


class LandRow(forms.Form):
    """公共区域: named land between the mines, with its area."""

    name = forms.CharField(label=_("公共区域名称"), required=False, max_length=120)
    hectares = forms.DecimalField(
        label=_("面积（公顷）"),
        required=False,
        min_value=0,
        max_value=100_000_000,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("hectares") is not None and not (given.get("name") or "").strip():
            self.add_error("name", _("请写明公共区域的名称。"))
        return given


LAND_SET = forms.formset_factory(
    LandRow, extra=LAND_ROWS, max_num=MOST_LANDS, absolute_max=MOST_LANDS, validate_max=True
)


class CoverForm(forms.Form):
    """Everything that an area's plan covers, mine by mine and land by land."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    no_land = forms.CharField(
        label=_("没有公共区域的理由"),
        required=False,
        max_length=500,
        help_text=_("片区内矿山之间没有公共区域的，在这里写明；有的，在上面逐块填写。"),
    )

    def __init__(self, data: Any, *, found: Coverage, version: int, take_all: bool = False) -> None:
        lands = [each for each in found.public if not each.left_out_because]
        none = next((each.left_out_because for each in found.public if each.left_out_because), "")
        super().__init__(data, initial={"version": version, "no_land": none})
        given = _taken(data, found) if take_all and data is not None else data
        self.mines = [
            (each, MineRow(given, prefix=f"mine-{each.mine.pk}", initial=_as_covered(each)))
            for each in found.mines
        ]
        self.lands = LAND_SET(data, prefix="lands", initial=[_as_land(each) for each in lands])

    def is_valid(self) -> bool:
        """The rows too; land is either named or said to be none."""
        rows = [form.is_valid() for _mine, form in self.mines]
        lands, head = self.lands.is_valid(), super().is_valid()
        if head and lands and self.cleaned_data["no_land"].strip() and any(self._lands()):
            self.add_error("no_land", str(_("上面已填写公共区域，这里请留空。")))
        return all(rows) and lands and not self.errors

    def covers(self) -> tuple[NewCover, ...]:
        """What was chosen; of an undecided mine nothing."""
        none = self.cleaned_data["no_land"].strip()
        nothing = [NewCover(name=str(_("公共区域")), left_out_because=none)] if none else []
        return (*self._mines(), *self._lands(), *nothing)

    def _mines(self) -> Iterator[NewCover]:
        for each, form in self.mines:
            given = form.cleaned_data
            if given["choice"]:
                why = given["why"].strip() if given["choice"] == LEAVE else ""
                yield NewCover(each.mine, area_m2=each.area_m2, left_out_because=why)

    def _lands(self) -> Iterator[NewCover]:
        for form in self.lands.forms:
            name = (form.cleaned_data.get("name") or "").strip()
            if name:
                yield NewCover(name=name, area_m2=_square_metres(form.cleaned_data["hectares"]))


def kept(covers: Sequence[NewCover], shown: Sequence[Mine]) -> tuple[NewCover, ...]:
    """What stands of mines that the form does not show: nobody decides about what they may not see."""
    ids = {mine.pk for mine in shown}
    return tuple(each for each in covers if each.mine is not None and each.mine.pk not in ids)


def _taken(data: Any, found: Coverage) -> Any:
    """What was sent, with every undecided mine taken in."""
    taken = data.copy()
    for each in found.mines:
        name = f"mine-{each.mine.pk}-choice"
        taken[name] = taken.get(name) or COVER
    return taken


def _as_covered(each: MineInArea) -> dict[str, str]:
    if each.cover is None:
        return {"choice": "", "why": ""}
    why = each.cover.left_out_because
    return {"choice": LEAVE if why else COVER, "why": why}


def _as_land(each: PlanCover) -> dict[str, str]:
    hectares = "" if each.area_m2 is None else printed_short(measured(each.area_m2) / M2_PER_HECTARE, 4)
    return {"name": each.name, "hectares": hectares}


def _square_metres(hectares: Decimal | None) -> float | None:
    return None if hectares is None else float(hectares * M2_PER_HECTARE)
