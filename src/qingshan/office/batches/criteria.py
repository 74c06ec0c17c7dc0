"""What is asked of a site, what was measured there, and does it meet it? By the rulebook, its own plan going before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from qingshan.office.batches.models import BatchSite
from qingshan.office.batches.observed import kept_of, observed_on
from qingshan.office.batches.sentences import BatchRefused
from qingshan.office.mines.models import ApprovedPlan
from qingshan.rules.acceptance import (
    RULEBOOK,
    Acceptance,
    Amount,
    Asked,
    Criterion,
    Judged,
    Measured,
    PlanLimit,
    judge,
    plan_limits,
)
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.numbers import plainly
from qingshan.rules.plans import PlanFigure
from qingshan.rules.provisions import Rulebook
from qingshan.rules.rulebook import in_force
from qingshan.rules.zones import Ground


@dataclass(frozen=True)
class Found:
    """What somebody measured and saw at a site. A criterion that is not there, or None, was not observed."""

    measured: Mapping[Criterion, Amount | None] = field(default_factory=dict)
    own: Mapping[Criterion, Amount] = field(default_factory=dict)
    """what the site's own approved plan asks for"""
    source: str = ""
    """which plan"""
    ground: Ground = field(default_factory=Ground)
    area_m2: float | None = None
    failed_because: str = ""
    """what else was found that no criterion asks for"""


def criteria_book(row: BatchSite, on: date) -> Rulebook:
    """The rulebook of acceptance that applies at a site on a day."""
    return in_force(RULEBOOK, on=on, region=region_of_id(row.site.region_id))


def held_against(row: BatchSite, found: Found, *, on: date) -> Acceptance:
    """The site as it was found, criterion by criterion. Refused: a number of a plan that nobody names, one that
    cannot be.
    """
    if found.own and not found.source.strip():
        raise BatchRefused.because("batches.plan_without_source")
    own = tuple(PlanLimit(criterion, limit, found.source) for criterion, limit in found.own.items())
    kept = kept_of(observed_on(row, on=on), found.measured)
    measured = {
        criterion: kept[criterion].measured if criterion in kept else Measured(value)
        for criterion, value in found.measured.items()
    }
    asked = Asked(row.mode_named, row.use_named, found.ground, measured, own)
    return judge(asked, criteria_book(row, on))


def asked_of(row: BatchSite, *, on: date) -> tuple[Judged, ...]:
    """Every criterion that applies to a site, before anybody has measured."""
    own = known_limits(row)
    plan = tuple(PlanLimit(criterion, limit, row.plan_source or "—") for criterion, limit in own.items())
    asked = Asked(row.mode_named, row.use_named, plan=plan)
    return judge(asked, criteria_book(row, on)).criteria


def known_limits(row: BatchSite) -> dict[Criterion, Amount]:
    """The numbers of the site's own plan: as they were entered for it, else as its mine's approved plan has them."""
    if row.plan_limits is not None:
        return {Criterion(name): amount_of(value) for name, value in row.plan_limits.items()}
    plan = plan_on_file(row)
    if plan is None:
        return {}
    figures = {PlanFigure(name): Decimal(text) for name, text in plan.figures.items() if _is_figure(name)}
    return {each.criterion: each.limit for each in plan_limits(figures, source=plan.title)}


def _is_figure(name: str) -> bool:
    return name in PlanFigure.values()


def plan_on_file(row: BatchSite) -> ApprovedPlan | None:
    """The newest approved plan of the mine or site that has figures of acceptance."""
    rows = ApprovedPlan.objects.filter(site_id=row.site_id)
    if row.site.mine_id:
        rows = rows | ApprovedPlan.objects.filter(mine_id=row.site.mine_id)
    return rows.filter(replaced_by=None).exclude(figures={}).order_by("-approved_on", "-id").first()


def amount_of(value: Any) -> Amount:
    """A stored number or yes."""
    return value if isinstance(value, bool) else Decimal(str(value))


def as_stored(value: Amount | None) -> bool | str | None:
    """An amount as JSON keeps it."""
    return value if value is None or isinstance(value, bool) else plainly(value)


def ground_as_json(ground: Ground) -> dict[str, Any] | None:
    """Where a site lies, as far as it was told."""
    if ground == Ground():
        return None
    return {
        "zone": ground.zone.value if ground.zone else None,
        "rain_mm": None if ground.rain_mm is None else plainly(ground.rain_mm),
        "is_irrigated": ground.is_irrigated,
    }


def judged_as_json(judged: Judged) -> dict[str, Any]:
    """One criterion with its verdict, as a check keeps it."""
    return {
        "criterion": judged.criterion.value,
        "verdict": judged.verdict.value,
        "limits": [as_stored(limit) for limit in judged.limits],
        "value": as_stored(judged.measured.value),
        "source": judged.source.value,
        "because": [each.as_json() for each in judged.because],
    }
