"""By what else can each list be narrowed? A table of declarations; the address, the form and the query follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.office.mines.terms import TERMS
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.reasons import CHINESE

Label = Any
"""Words that are translated when they are read; Django's forms and its lazy words do not agree on a type."""
LARGEST_HECTARES = 10_000_000
LONGEST_WORD = 60


@dataclass(frozen=True)
class Narrow:
    """One further filter: its name in the address, how it is asked, and what its value looks up."""

    name: str
    label: Label
    field: Callable[[], forms.Field]
    lookup: Callable[[Any], tuple[str, Any]]


def _term(model: type[Model], name: str, label: Label) -> Narrow:
    def field() -> forms.Field:
        named = [(term.value, term.say(get_language() or CHINESE)) for term in TERMS[model, name]]
        return forms.ChoiceField(choices=[("", _("不限")), *named], required=False, label=label)

    return Narrow(name, label, field, lambda value: (name, value))


def _word(name: str, label: Label) -> Narrow:
    return Narrow(
        name,
        label,
        lambda: forms.CharField(max_length=LONGEST_WORD, required=False, label=label),
        lambda value: (f"{name}__contains", value),
    )


def _hectares(name: str, label: Label, test: str, path: str = "area_m2") -> Narrow:
    def field() -> forms.Field:
        control = forms.NumberInput(attrs={"step": "any", "min": "0"})
        return forms.FloatField(
            min_value=0, max_value=LARGEST_HECTARES, required=False, label=label, widget=control
        )

    return Narrow(name, label, field, lambda value: (f"{path}__{test}", value * M2_PER_HECTARE))


def _day(name: str, label: Label, path: str, test: str) -> Narrow:
    control = {"type": "date", "min": "1900-01-01", "max": "2200-12-31"}
    return Narrow(
        name,
        label,
        lambda: forms.DateField(required=False, label=label, widget=forms.DateInput(attrs=control)),
        lambda value: (f"{path}__{test}", value),
    )


ENTERPRISE = "enterprise"


def _enterprise() -> Narrow:
    """Its number, which links carry, or part of its name, which people type; `forms` looks it up."""
    label = _("矿山企业")
    return Narrow(
        ENTERPRISE,
        label,
        lambda: forms.CharField(max_length=LONGEST_WORD, required=False, label=label),
        lambda ids: ("enterprise_id__in", ids),
    )


def _shape() -> Narrow:
    choices = [("", _("不限")), ("yes", _("有图形")), ("no", _("没有图形"))]
    return Narrow(
        "shape",
        _("图形"),
        lambda: forms.ChoiceField(choices=choices, required=False, label=_("图形")),
        lambda value: ("geom__isnull", value == "no"),
    )


def _returned() -> Narrow:
    choices = [("", _("不限")), ("yes", _("已还地")), ("no", _("未还地"))]
    return Narrow(
        "returned",
        _("还地"),
        lambda: forms.ChoiceField(choices=choices, required=False, label=_("还地")),
        lambda value: ("returned_on__isnull", value == "no"),
    )


def _area() -> tuple[Narrow, Narrow]:
    return (
        _hectares("area_from", _("图形面积从（公顷）"), "gte"),
        _hectares("area_to", _("图形面积到（公顷）"), "lte"),
    )


def _days(path: str, first: Label, last: Label) -> tuple[Narrow, Narrow]:
    stem = path.removesuffix("_on")
    return _day(f"{stem}_from", first, path, "gte"), _day(f"{stem}_until", last, path, "lte")


NARROWS: dict[type[Model], tuple[Narrow, ...]] = {
    Mine: (
        _word("mineral", _("矿种")),
        _term(Mine, "method", _("开采方式")),
        _term(Mine, "scale", _("生产规模")),
        _enterprise(),
        _shape(),
    ),
    Site: (_enterprise(), *_area(), *_days("found_on", _("发现日期从"), _("发现日期到")), _shape()),
    Patch: (*_area(), *_days("from_on", _("起始日期从"), _("起始日期到"))),
    MiningRight: (
        _word("mineral", _("矿种")),
        _term(MiningRight, "method", _("开采方式")),
        _term(MiningRight, "scale", _("规模等级")),
        _enterprise(),
        *_area(),
        *_days("to_on", _("到期日期从"), _("到期日期到")),
        _shape(),
    ),
    LandUse: (
        _returned(),
        _enterprise(),
        *_area(),
        *_days("to_on", _("到期日期从"), _("到期日期到")),
        _shape(),
    ),
    Facility: (_term(Facility, "state", _("运行状态")), _enterprise(), *_area(), _shape()),
}
