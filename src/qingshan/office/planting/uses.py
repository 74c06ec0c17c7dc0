"""How do planned and actual use stand beside each other, one site at a time and all together?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qingshan.office.planting.models import UseChange, UseSide
from qingshan.office.planting.queries import UseFigure
from qingshan.office.planting.showing import language
from qingshan.office.restoration.models import ProjectSite
from qingshan.rules.afteruse import Afteruse, Compared, Matching, Seen, SeenBy, compare, mode_doubts
from qingshan.rules.rates import Rate
from qingshan.rules.reasons import say

MATCHING_LOOKS = {Matching.AS_PLANNED: "good", Matching.DIFFERS: "due", Matching.UNKNOWN: "none"}


@dataclass(frozen=True)
class ShownUse:
    """A site of a project by its uses."""

    row: ProjectSite
    planned: str
    actual: str
    look: str
    word: str
    because: list[str]


def shown_use(row: ProjectSite, changes: Sequence[UseChange] = ()) -> ShownUse:
    """With the newest sight of it where the changes are at hand; else by the two uses alone."""
    planned = Afteruse(row.planned_use) if row.planned_use else None
    actual = Afteruse(row.actual_use) if row.actual_use else None
    found = _compared(planned, actual, changes)
    spoken = language()
    return ShownUse(
        row,
        planned.say(spoken) if planned else "",
        actual.say(spoken) if actual else "",
        MATCHING_LOOKS[found.matching],
        found.matching.say(spoken),
        [say(each, spoken) for each in (*found.because, *mode_doubts(row.project.mode_named, planned))],
    )


def _compared(planned: Afteruse | None, actual: Afteruse | None, changes: Sequence[UseChange]) -> Compared:
    newest = next((each for each in changes if each.side == UseSide.ACTUAL), None)
    if newest is not None and newest.after == actual:
        return compare(planned, Seen(actual, newest.occurred_on, SeenBy(newest.seen_by)))
    if planned is None or actual is None:
        return compare(planned, None)
    # the use that stands beside an accepted area: nobody wrote down a sight of its own
    return Compared(Matching.AS_PLANNED if planned is actual else Matching.DIFFERS, ())


def figures_shown(figures: Sequence[UseFigure]) -> dict[str, Any]:
    """Each use with its share of the sites and of the land; what is not known is counted, and said."""
    sites = sum(each.planned_sites for each in figures)
    planned_m2 = sum(each.planned_m2 for each in figures)
    actual_m2 = sum(each.actual_m2 for each in figures)
    return {
        "sites": sites,
        "figures": [
            {
                "use": each.use.value if each.use else "",
                "name": each.use.say(language()) if each.use else "",
                "planned_sites": Rate.by_sites(each.planned_sites, sites).say(language()),
                "planned_area": Rate.by_area(each.planned_m2, planned_m2).say(language()),
                "planned_without": each.planned_without_area,
                "actual_sites": Rate.by_sites(each.actual_sites, sites).say(language()),
                "actual_area": Rate.by_area(each.actual_m2, actual_m2).say(language()),
                "actual_without": each.actual_without_area,
            }
            for each in figures
        ],
    }
