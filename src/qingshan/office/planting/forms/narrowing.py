"""How are the lists of planting narrowed? By region, words, and what each list has beside them; views are chips."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import named_choices
from qingshan.office.matters.forms.acting import choose
from qingshan.office.matters.forms.narrowing import NarrowByRegion, region_of, text_of
from qingshan.office.planting.lasting import LastingFilters
from qingshan.office.planting.queries import CareFilters, LentFilters, PlotFilters, UseFilters
from qingshan.rules.aftercare import CareKind
from qingshan.rules.afteruse import Afteruse

Query = Mapping[str, str]


class NarrowCare(NarrowByRegion):
    """Dates of aftercare."""

    kind = forms.ChoiceField(label=_("管护内容"), required=False)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        choose(self, "kind", named_choices(CareKind), empty=_("全部内容"))


class NarrowUses(NarrowByRegion):
    """Sites of projects by use."""

    use = forms.ChoiceField(label=_("利用方向"), required=False)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        choose(self, "use", named_choices(Afteruse), empty=_("全部方向"))


def plot_views() -> dict[str, str]:
    return {
        "": gettext("全部"),
        "unplanted": gettext("没有栽植记录"),
        "unobserved": gettext("○ 没有成活调查"),
        "in_care": gettext("管护期内"),
        "overdue": gettext("● 管护逾期"),
        "withdrawn": gettext("已撤回"),
    }


def care_views() -> dict[str, str]:
    return {
        "": gettext("待管护"),
        "overdue": gettext("● 逾期"),
        "soon": gettext("▲ 30 天内"),
        "done": gettext("✓ 已管护"),
    }


def lasting_views() -> dict[str, str]:
    return {
        "": gettext("全部"),
        "in_care": gettext("管护期内"),
        "ending": gettext("▲ 90 天内管护期满"),
        "unknown": gettext("○ 管护期止未知"),
        "evaluate": gettext("▲ 一年内应跟踪评价"),
        "past": gettext("● 跟踪评价期限已过"),
        "evaluated": gettext("✓ 已跟踪评价"),
        "no_use": gettext("○ 利用方向未知"),
    }


def lent_views() -> dict[str, str]:
    return {
        "": gettext("尚未还地"),
        "ending": gettext("▲ 90 天内到期"),
        "ended": gettext("● 已到期尚未还地"),
        "back": gettext("✓ 已还地"),
        "all": gettext("全部"),
    }


def use_views() -> dict[str, str]:
    return {
        "": gettext("全部"),
        "differs": gettext("▲ 与规划不一致（待核实）"),
        "as_planned": gettext("✓ 与规划一致"),
        "unseen": gettext("○ 实际利用未知"),
        "unplanned": gettext("没有规划"),
    }


def _view(query: Query, views: Mapping[str, str]) -> str:
    wanted = query.get("view", "")
    return wanted if wanted in views else ""


def plot_filters(query: Query, *, on: date) -> PlotFilters:
    """What the address says; what cannot be read does not narrow."""
    return PlotFilters(on, region_of(query), _view(query, plot_views()), text_of(query))


def care_filters(query: Query, *, on: date) -> CareFilters:
    """The same for dates of aftercare."""
    kind = query.get("kind", "")
    return CareFilters(
        on, region_of(query), _view(query, care_views()), kind if kind in CareKind.values() else ""
    )


def lasting_filters(query: Query, *, on: date) -> LastingFilters:
    """The same for sites after their acceptance."""
    return LastingFilters(on, region_of(query), _view(query, lasting_views()))


def lent_filters(query: Query, *, on: date) -> LentFilters:
    """The same for temporary land."""
    return LentFilters(on, region_of(query), _view(query, lent_views()), text_of(query))


def use_filters(query: Query) -> UseFilters:
    """The same for uses."""
    use = query.get("use", "")
    return UseFilters(region_of(query), _view(query, use_views()), use if use in Afteruse.values() else "")
