"""What has been observed already that a criterion asks for? How much of what was planted lives, from planting's books.

It stands in the form of whoever checks the site, who confirms or changes it; it decides nothing. A rate there is only
when every plot of the site was counted when it was planted and has been observed since: a partial one is told, but is
no rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from django.utils.translation import gettext as _

from qingshan.office.batches.models import BatchSite
from qingshan.office.planting.queries import SiteSurvival, survival_on
from qingshan.office.restoration.showing import language
from qingshan.rules.acceptance import Amount, Criterion, Measured
from qingshan.rules.numbers import plainly

TENTHS = 10


@dataclass(frozen=True)
class Observed:
    """成活率 of a site as planting has it."""

    site_id: int
    survival: SiteSurvival

    @property
    def value(self) -> Decimal | None:
        """In percent, cut to tenths: never rounded towards what is asked for. None: there is no rate."""
        rate = self.survival.over.rate
        if rate is None or self.survival.uncounted:
            return None
        return _tenths(floor(rate * 100 * TENTHS))

    @property
    def measured(self) -> Measured:
        """With its interval, so that a rate near the line leaves a doubt."""
        between = self.survival.over.interval
        if between is None:
            return Measured(self.value)
        low, high = floor(between.low * 100 * TENTHS), ceil(between.high * 100 * TENTHS)
        return Measured(self.value, _tenths(low), _tenths(high))

    @property
    def because(self) -> str:
        """The sentence of the rate, or why there is none."""
        said = self.survival.over.say(language())
        if not self.survival.uncounted:
            return said
        more = _("另有 %(n)s 块没有株数（尚未栽植或按重量播种），不能合计。") % {"n": self.survival.uncounted}
        return f"{said} {more}"

    @property
    def days(self) -> str:
        """When the counts were made that it rests on."""
        between = self.survival.seen_from_to
        if between is None:
            return ""
        first, last = (day.isoformat() for day in between)
        return _("调查日期：%(days)s。") % {"days": first if first == last else f"{first} — {last}"}

    @property
    def path(self) -> str:
        """Where the plots of the site stand with each rate."""
        return f"/sites/{self.site_id}/#planting"


def _tenths(number: int) -> Decimal:
    return Decimal(number) / TENTHS


def observed_on(row: BatchSite, *, on: date) -> dict[Criterion, Observed]:
    """By criterion, as of a day; nothing for a site on which nothing was planted. For whoever may see the batch."""
    found = survival_on(row.site_id, on=on)
    return {Criterion.SURVIVAL_PERCENT: Observed(row.site_id, found)} if found.of_plots else {}


def kept_of(
    seen: Mapping[Criterion, Observed], measured: Mapping[Criterion, Amount | None]
) -> dict[Criterion, Observed]:
    """What the check says as it had been observed."""
    return {
        criterion: one
        for criterion, one in seen.items()
        if one.value is not None and measured.get(criterion) == one.value
    }


def observed_as_json(
    seen: Mapping[Criterion, Observed], measured: Mapping[Criterion, Amount | None]
) -> dict[str, Any]:
    """As a check keeps it: rate with numerator and denominator, what it rests on, whether it was confirmed."""
    kept = kept_of(seen, measured)
    asked = {criterion: one for criterion, one in seen.items() if criterion in measured}
    return {criterion.value: _as_json(one, confirmed=criterion in kept) for criterion, one in asked.items()}


def _as_json(one: Observed, *, confirmed: bool) -> dict[str, Any]:
    over, days = one.survival.over, one.survival.seen_from_to
    return {
        "value": None if one.value is None else plainly(one.value),
        "rate": _fraction(over.rate),
        "partial": _fraction(over.partial),
        "plots": over.plots,
        "observed": over.observed,
        "uncounted": one.survival.uncounted,
        "planted": over.planted,
        "days": [day.isoformat() for day in days] if days else None,
        "book": over.citation.as_json(),
        "confirmed": confirmed,
    }


def _fraction(share: Fraction | None) -> str | None:
    return None if share is None else f"{share.numerator}/{share.denominator}"
