"""修复完成率: target and achieved by count, area, money and weighted progress, side by side, as of any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
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
from qingshan.office.restoration.columns import FIGURES
from qingshan.office.restoration.forms.narrowing import NarrowFigures
from qingshan.office.restoration.pages.projects import FORMS
from qingshan.office.restoration.showing import language, shown_rates
from qingshan.rules.dates import shanghai_date
from qingshan.rules.identifiers import row_id
from qingshan.rules.numbers import exact, printed
from qingshan.rules.rates import Rate
from qingshan.rules.reasons import say
from qingshan.rules.restoration import Reached, rates


class Asked:
    """Of which list, as of which day, for whom."""

    def __init__(self, request: Request) -> None:
        self.actor = request.actor
        self.today = shanghai_date(timezone.now())
        self.lists = queries.lists_of(request.actor)
        wanted = row_id(request.GET.get("target_list", ""))
        known = {each.pk for each in self.lists}
        self.target_list_id = wanted if wanted in known else None
        self.on = min(_day(request.GET.get("on", "")) or self.today, self.today)

    @property
    def is_past(self) -> bool:
        return self.on < self.today

    def found(self) -> list[tuple[str, int | None, Reached]]:
        """All together, and each county."""
        counties = queries.counties_with_targets(actor=self.actor, target_list_id=self.target_list_id)
        places: list[int | None] = [None, *(each.pk for each in counties)]
        by_place = queries.reached_by_region(
            actor=self.actor, on=self.on, target_list_id=self.target_list_id, regions=places
        )
        names: dict[int | None, str] = {None: _("合计")}
        names |= {each.pk: each.name for each in counties}
        return [(names[place], place, by_place[place]) for place in places]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@open_to_signed_in
@require_GET
def figures(request: Request) -> HttpResponse:
    """The rates of a list, all together and by county."""
    asked = Asked(request)
    found = asked.found()
    chosen = {"target_list": asked.target_list_id or "", "on": asked.on.isoformat()}
    context = {
        "on": asked.on,
        "sees_area": bool(asked.actor.region_ranges),
        "on_several": queries.on_several_lists(actor=asked.actor, target_list_id=asked.target_list_id),
        "is_past": asked.is_past,
        "total": shown_rates(found[0][2]),
        "counties": [(name, place, shown_rates(reached)) for name, place, reached in found[1:]],
        "bases": [each.basis for each in shown_rates(found[0][2])],
        "form": NarrowFigures(lists=asked.lists, given=chosen),
        "target_list": next((each for each in asked.lists if each.pk == asked.target_list_id), None),
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
                    "region_name": name,
                    "basis": rate.basis.say(spoken),
                    "numerator": _said(rate.numerator),
                    "denominator": _said(rate.denominator),
                    "unit": rate.unit.say(spoken),
                    "rate": rate.say(spoken),
                    "notes": " ".join(say(note, spoken) for note in each.notes) or None,
                }
            )


def _said(number: Any) -> str | None:
    return None if number is None else printed(exact(number), 4).rstrip("0").rstrip(".")
