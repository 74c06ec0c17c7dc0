"""By which measures is a list of targets reached, and what must the acts on a project bring?

The same work reads differently by count, area, money and weighted progress: all four stand side by side, each with
its denominator, and what nobody has reported is said to be missing, never counted as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.numbers import Exact, exact, measured
from qingshan.rules.rates import Basis, Rate, Unit
from qingshan.rules.reasons import Reason
from qingshan.rules.words import Named

CM2_PER_M2 = 10_000


class ListKind(Named):
    """清单类型: whose land a list of targets holds."""

    LEGACY = "legacy", "历史遗留矿山", "legacy pits"
    WORKING = "working", "生产矿山", "working mines"


class TargetMove(Named):
    """清单变动: everything that changes a numerator or a denominator of a list."""

    IN = "in", "调入", "moved in"
    OUT = "out", "调出", "moved out"
    RECOUNT = "recount", "重叠面积转计", "overlap counted here from now on"
    RESTORED = "restored", "验收计入", "accepted as restored"
    TAKEN_BACK = "taken_back", "撤回计入", "no longer counted as restored"


@dataclass(frozen=True)
class Reached:
    """What a list or a group of projects asks for and what of it is done. None: nobody has said."""

    sites_done: int
    sites: int
    area_done_m2: Exact | float
    area_m2: Exact | float
    sites_without_area: int = 0
    """counted by site, in no area"""
    fen_spent: int | None = None
    fen_planned: int = 0
    projects: int = 0
    projects_with_spending: int = 0
    projects_with_progress: int = 0
    weight_done: Exact | float | None = None
    weight: Exact | float = 0


@dataclass(frozen=True)
class StatedRate:
    """A rate, and what has to be said beside it so that nobody reads more into it."""

    rate: Rate
    notes: tuple[Reason, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Whether something that belongs to it is missing."""
        return bool(self.notes)


def rates(reached: Reached) -> tuple[StatedRate, ...]:
    """按处、按面积、按资金、按加权进度, always in this order and always all four."""
    by_sites = Rate.by_sites(reached.sites_done, reached.sites)
    by_area = Rate.by_area(reached.area_done_m2, reached.area_m2)
    return (
        StatedRate(by_sites),
        StatedRate(by_area, _without_area(reached.sites_without_area)),
        StatedRate(
            Rate.by_money(reached.fen_spent, reached.fen_planned),
            _partly(reached.projects_with_spending, reached.projects, "rules.restoration.spending_partial"),
        ),
        StatedRate(
            Rate(_hectares(reached.weight_done), _known_hectares(reached.weight), *_WEIGHTED),
            _partly(reached.projects_with_progress, reached.projects, "rules.restoration.progress_partial"),
        ),
    )


_WEIGHTED = (Unit.WEIGHT, Basis.WEIGHTED_PROGRESS)
"""The weight of a project is its planned hectares."""


def _known_hectares(m2: Exact | float) -> Fraction:
    return measured(m2) / M2_PER_HECTARE


def _hectares(m2: Exact | float | None) -> Fraction | None:
    return None if m2 is None else _known_hectares(m2)


def _without_area(sites: int) -> tuple[Reason, ...]:
    return (Reason("rules.restoration.sites_without_area", {"sites": sites}),) if sites else ()


def _partly(known: int, whole: int, code: str) -> tuple[Reason, ...]:
    return (Reason(code, {"known": known, "whole": whole}),) if known < whole else ()


@dataclass(frozen=True)
class Progress:
    """One project, as far as anybody reported on it."""

    planned_m2: Exact | float
    percent: int | None


def weighted(projects: Iterable[Progress]) -> tuple[Fraction | None, Fraction, int]:
    """Square metres of progress, of what, and of how many projects: of those that have been reported on, and no
    others; what is not known neither lifts the figure nor pulls it down.
    """
    known = [each for each in projects if each.percent is not None]
    whole = sum((measured(each.planned_m2) for each in known), Fraction(0))
    done = sum((measured(each.planned_m2) * exact(each.percent or 0) / 100 for each in known), Fraction(0))
    return (done if known else None), whole, len(known)


# --- what the acts must bring --------------------------------------------------------------------------------


@dataclass(frozen=True)
class SiteResult:
    """How one site of a project stands, as somebody says."""

    name: str
    planned_m2: float | None
    done_m2: float | None


def need_sites(count: int) -> tuple[Reason, ...]:
    """A project works on land."""
    return () if count else (Reason("rules.restoration.no_sites"),)


def need_results(results: Iterable[SiteResult]) -> tuple[Reason, ...]:
    """Completion is claimed site by site, with the area of each: unknown is no area, and none is not 0."""
    found = list(results)
    missing = [each.name for each in found if each.done_m2 is None]
    wrong = [each.name for each in found if each.done_m2 is not None and each.done_m2 <= 0]
    reasons = [] if found else [Reason("rules.restoration.no_sites")]
    if missing:
        reasons.append(Reason("rules.restoration.area_not_said", {"sites": "、".join(missing[:5])}))
    if wrong:
        reasons.append(Reason("rules.restoration.area_not_positive", {"sites": "、".join(wrong[:5])}))
    return tuple(reasons)


def need_design(*, title: str, planned_fen: int | None, sites: Iterable[SiteResult]) -> tuple[Reason, ...]:
    """A plan of works says what is done, what it costs and how much land of each site it covers."""
    reasons = [] if title.strip() else [Reason("rules.restoration.no_design")]
    if planned_fen is None:
        reasons.append(Reason("rules.restoration.no_funds"))
    unknown = [each.name for each in sites if each.planned_m2 is None]
    if unknown:
        reasons.append(Reason("rules.restoration.planned_area_unknown", {"sites": "、".join(unknown[:5])}))
    return tuple(reasons)


def need_aftercare_end(until: date | None, *, on: date) -> tuple[Reason, ...]:
    """Aftercare (管护) ends on a day that is still to come; the term itself is a matter of the rulebook."""
    return () if until is not None and until > on else (Reason("rules.restoration.no_aftercare"),)


def need_aftercare_over(until: date | None, *, on: date) -> tuple[Reason, ...]:
    """Nothing is handed over while somebody still has to water it."""
    if until is None or until <= on:
        return ()
    return (Reason("rules.restoration.aftercare_running", {"until": until.isoformat()}),)


def need_receiver(receiver: str) -> tuple[Reason, ...]:
    """Land is handed over to somebody."""
    return () if receiver.strip() else (Reason("rules.restoration.no_receiver"),)
