"""What is restored land to become, where whoever claims it does not say so? Asked of the plans that apps above keep.

Nobody guesses: plans that disagree are no answer, and a claim says from which plan it has its target.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from qingshan.rules.reasons import Reason
from qingshan.rules.verification import TargetUse


@dataclass(frozen=True)
class Intended:
    """What a piece of land is to become, and who says so."""

    target: TargetUse
    because: Reason


Plans = Callable[[Collection[int]], Iterable[tuple[int, Intended]]]
"""for ids of sites, what each of their plans says"""

_PLANS: list[Plans] = []


def declare_plans(plans: Plans) -> None:
    """An app above knows what sites are planned to become."""
    if plans not in _PLANS:
        _PLANS.append(plans)


def intended(site_ids: Collection[int]) -> dict[int, Intended]:
    """What the plans of these sites say, where all plans of a site say the same; the newest of them is named."""
    found: dict[int, list[Intended]] = defaultdict(list)
    for plans in _PLANS if site_ids else ():
        for site_id, one in plans(site_ids):
            found[site_id].append(one)
    return {pk: said[-1] for pk, said in found.items() if len({one.target for one in said}) == 1}
