"""节假日安排: how does next year's notice of the State Council come in?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.forms import Nothing
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.errors import NotFound
from qingshan.office.places import actions, queries
from qingshan.office.places.forms import EditDay
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty

HOLIDAYS = "/holidays/"


@open_to(Duty.SYSTEM_ADMIN)
@require_GET
def holidays(request: Request) -> HttpResponse:
    """The days that the State arranged in one year."""
    this_year = shanghai_date(timezone.now()).year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and 1900 < int(asked) < 2200 else this_year
    context = {
        "year": year,
        "days": queries.days_of(year),
        "years": sorted({*queries.known_years(), this_year, this_year + 1}, reverse=True),
    }
    return render(request, "places/holidays.html", context)


@open_to(Duty.SYSTEM_ADMIN)
def edit_day(request: Request) -> HttpResponse:
    """修改节假日安排: one day, with the notice that says so."""
    page = ActPage(_("修改节假日安排"), _("保存这一天"), HOLIDAYS, [(_("节假日安排"), HOLIDAYS)])
    form = EditDay(sent(request), initial={"day": request.GET.get("day")})

    def do(given: dict[str, Any]) -> None:
        actions.edit_day(actor=request.actor, now=timezone.now(), **given)

    return act_page(request, page, form, do)


@open_to(Duty.SYSTEM_ADMIN)
def forget_day(request: Request, day: str) -> HttpResponse:
    """取消节假日安排: the day is ordinary again."""
    page = ActPage(_("取消节假日安排"), _("取消这一天的安排"), HOLIDAYS, [(_("节假日安排"), HOLIDAYS)], day)
    named = _day(day)

    def do(_given: dict[str, Any]) -> None:
        actions.forget_day(actor=request.actor, now=timezone.now(), day=named)

    return act_page(request, page, Nothing(sent(request)), do)


def _day(text: str) -> date:
    """The day of an address; NotFound for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound.because("office.not_found", what=text) from None
