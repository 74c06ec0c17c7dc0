"""Which days are working days, as far as this installation knows?"""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from qingshan.office.places.models import Holiday
from qingshan.rules.calendar import Calendar


def calendar() -> Calendar:
    """The calendar that deadlines are counted with. A year without any row is unknown and warned of."""
    off: set[date] = set()
    worked: set[date] = set()
    for day, is_working in Holiday.objects.values_list("day", "is_working"):
        (worked if is_working else off).add(day)
    known = frozenset(day.year for day in off | worked)
    return Calendar(holidays=frozenset(off), make_up_days=frozenset(worked), known_years=known)


def days_of(year: int) -> QuerySet[Holiday]:
    """What was arranged for one year."""
    return Holiday.objects.filter(day__year=year).order_by("day")


def known_years() -> list[int]:
    """Years of which anything is known, the newest first."""
    return [day.year for day in Holiday.objects.dates("day", "year", order="DESC")]
