"""修复完成率: target and achieved by count, area, money and weighted progress, side by side, as of any day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.exchange.writers import Exported
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.errors import NotFound
from qingshan.office.restoration import queries
from qingshan.office.restoration.forms.narrowing import NarrowFigures, kind_of
from qingshan.office.restoration.leaving import FIGURES
from qingshan.office.restoration.models import TargetList
from qingshan.office.restoration.pages.projects import FORMS
from qingshan.office.restoration.showing import day_of, language, list_words, shown_rates
from qingshan.rules.dates import shanghai_date
from qingshan.rules.identifiers import row_id
from qingshan.rules.numbers import exact, printed
from qingshan.rules.rates import Basis, Rate
from qingshan.rules.reasons import say
from qingshan.rules.restoration import ListKind, Reached, StatedRate, rates

OF_TODAY = frozenset({Basis.MONEY, Basis.WEIGHTED_PROGRESS})
"""Of these nothing is known but how they stand now."""


class Asked:
    """Of which list, as of which day, for whom."""

    def __init__(self, request: Request) -> None:
        self.actor = request.actor
        self.today = shanghai_date(timezone.now())
        self.lists = queries.lists_of(request.actor)
        wanted = row_id(request.GET.get("target_list", ""))
        known = {each.pk for each in self.lists}
        self.target_list_id = wanted if wanted in known else None
        self.kind = kind_of(request.GET)
        self.on = min(day_of(request.GET.get("on", "")) or self.today, self.today)

    @property
    def target_list(self) -> TargetList | None:
        return next((each for each in self.lists if each.pk == self.target_list_id), None)

    @property
    def said(self) -> str:
        """Of which lists."""
        if self.target_list is not None:
            return f"{list_words(self.target_list)} · {self.target_list.number}"
        return ListKind(self.kind).say(language()) if self.kind else _("全部清单")

    @property
    def narrowed(self) -> dict[str, Any]:
        """As queries take it."""
        return {"actor": self.actor, "target_list_id": self.target_list_id, "kind": self.kind}

    @property
    def is_past(self) -> bool:
        return self.on < self.today

    def found(self) -> list[tuple[str, int | None, Reached]]:
        """All together, and each county."""
        counties = queries.counties_with_targets(**self.narrowed)
        places: list[int | None] = [None, *(each.pk for each in counties)]
        by_place = queries.reached_by_region(**self.narrowed, on=self.on, regions=places)
        names: dict[int | None, str] = {None: _("合计")}
        names |= {each.pk: each.name for each in counties}
        return [(names[place], place, by_place[place]) for place in places]


@open_to_signed_in
@require_GET
def figures(request: Request) -> HttpResponse:
    """The rates of a list, all together and by county."""
    asked = Asked(request)
    found = asked.found()
    chosen = {"target_list": asked.target_list_id or "", "kind": asked.kind, "on": asked.on.isoformat()}
    context = {
        "on": asked.on,
        "sees_area": bool(asked.actor.region_ranges),
        "on_several": queries.on_several_lists(**asked.narrowed),
        "is_past": asked.is_past,
        "total": shown_rates(found[0][2]),
        "counties": [(name, place, shown_rates(reached)) for name, place, reached in found[1:]],
        "bases": [each.basis for each in shown_rates(found[0][2])],
        "form": NarrowFigures(lists=asked.lists, given=chosen),
        "target_list": asked.target_list,
        "said": asked.said,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "restoration/figures.html", context)


@open_to_signed_in
@require_GET
def export_figures(request: Request, form: str) -> StreamingHttpResponse:
    """The same as a table: a rate never leaves without fraction and basis."""
    if form not in FORMS:
        raise NotFound.because("office.not_found", what=form)
    return exported(FIGURES, _rows(Asked(request)), form=form, name=_("修复完成率"))


def _rows(asked: Asked) -> Iterator[Exported]:
    spoken = language()
    for name, _place, reached in asked.found():
        for each in rates(reached):
            rate: Rate = each.rate
            yield Exported(
                {
                    "lists": asked.said,
                    "region_name": name,
                    "as_of": asked.today if rate.basis in OF_TODAY else asked.on,
                    "basis": rate.basis.say(spoken),
                    "numerator": _said(rate.numerator),
                    "denominator": _said(rate.denominator),
                    "unit": rate.unit.say(spoken),
                    "rate": rate.say(spoken),
                    "notes": " ".join(_notes(each)) or None,
                }
            )


def _notes(each: StatedRate) -> Iterator[str]:
    """What has to be said beside a rate, and what its figures are where that is not plain."""
    spoken = language()
    yield from (say(note, spoken) for note in each.notes)
    if each.rate.basis is Basis.WEIGHTED_PROGRESS:
        yield _("权重为项目计划修复面积（公顷），完成为各项目权重乘以填报的施工进度。")
    if each.rate.basis in OF_TODAY:
        yield _("只有当前数，不随截至日变化。")


def _said(number: Any) -> str | None:
    return None if number is None else printed(exact(number), 4).rstrip("0").rstrip(".")
