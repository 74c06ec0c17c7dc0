"""How is the next number of a series taken, so that none is given twice and none is left out?

In the transaction of the act that uses it, under a lock on the counter's row: an act that is undone gives its
number back. Locks are taken in this order: matters by id, number counters, the head of the trail last.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from qingshan.exchange.writing import change
from qingshan.office.compiled import compiled
from qingshan.office.papers.models import NumberCounter
from qingshan.office.trail.actions import OutsideAnAct
from qingshan.rules.numbering import Per, Series, series

COUNTY_DIGITS, REGION_DIGITS = 6, 12


def next_number(code: str, *, holder: int, on: date, prefix: str = "") -> str:
    """The next number of a series, taken. `holder`: the region's id, or the organisation's with its 机关代字.

    Raises OutsideAnAct; RuleError where no such number can be written.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideAnAct(f"a number of {code} was taken outside a transaction")
    which = series(code)
    counter = _locked(which.code, _counted_by(which, holder), on.year)
    counter.last += 1
    number = which.written(place=_place(which, holder, prefix), year=on.year, serial=counter.last)
    change(counter, "last")
    return number


def coming_number(code: str, *, holder: int, on: date, prefix: str = "") -> str:
    """What the next number will be unless somebody else takes it first: for what is prepared beforehand."""
    which = series(code)
    row = NumberCounter.objects.filter(series=code, holder=_counted_by(which, holder), year=on.year).first()
    serial = row.last + 1 if row else 1
    return which.written(place=_place(which, holder, prefix), year=on.year, serial=serial)


def _locked(code: str, holder: int, year: int) -> NumberCounter:
    found = _counters(code, holder, year)
    if not found:
        # where two make it at once, the second waits for the first and finds its row
        missing = NumberCounter(series=code, holder=holder, year=year)
        NumberCounter.objects.bulk_create([missing], ignore_conflicts=True)
        found = _counters(code, holder, year)
    return found[0]


@compiled
def _counters(code: str, holder: int, year: int) -> QuerySet[NumberCounter]:
    return NumberCounter.objects.select_for_update().filter(series=code, holder=holder, year=year)


def _counted_by(which: Series, holder: int) -> int:
    """A town counts with its county, whose six digits stand in the number."""
    return int(_six_digits(holder)) if which.per is Per.REGION else holder


def _place(which: Series, holder: int, prefix: str) -> str:
    return _six_digits(holder) if which.per is Per.REGION else prefix


def _six_digits(region_id: int) -> str:
    return str(region_id).zfill(REGION_DIGITS)[:COUNTY_DIGITS]
