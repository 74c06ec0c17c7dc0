"""What lies before the judge: one site, its claims, its looks and the numbers that rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.judging.looks import Looks, Positions, date_of, median
from qingshan.earth.judging.plants import Plants, plants_of
from qingshan.earth.judging.rules import Rules
from qingshan.earth.sites import Claims, Site
from qingshan.rules.reasons import Reason


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """All that one judgement rests on."""

    site: Site
    claims: Claims
    looks: Looks
    rules: Rules
    on: int
    """day of judgement, in days since 1970-01-01"""

    @cached_property
    def plants(self) -> Plants:
        """Measures of plants, made once for all claims."""
        return plants_of(self.looks, self.claims, self.rules.vegetation)

    def finding(
        self,
        question: Question,
        verdict: Verdict,
        because: tuple[Reason, ...],
        *,
        claimed_on: date | None,
        **more: object,
    ) -> Finding:
        return Finding(
            site_id=self.site.id,
            question=question,
            verdict=verdict,
            target=self.claims.target,
            claimed_on=claimed_on,
            because=because,
            parameters=self.rules.label,
            **more,  # type: ignore[arg-type]
        )

    def undecidable(
        self,
        question: Question,
        because: tuple[Reason, ...],
        *,
        claimed_on: date | None,
        settle: tuple[Reason, ...],
        considered: int = 0,
        **more: object,
    ) -> Finding:
        """Nobody is blamed for what was not seen."""
        return self.finding(
            question,
            Verdict.UNDECIDABLE,
            because,
            claimed_on=claimed_on,
            settle=settle,
            considered=considered,
            **more,
        )

    def dates(self, places: Positions) -> tuple[date, ...]:
        return tuple(date_of(day) for day in self.looks.days[places])

    def scene_before(self, day: int, *, barest: bool = False) -> str:
        """A clear look before a day for the picture of how it was.

        Of the last year that was looked at, within a growing season if there is one; with `barest` of the year in
        which the land was barest, since what was restored may have grown before anybody said so.
        """
        looks = self.looks
        earlier = np.flatnonzero(looks.days < day)
        if not len(earlier):
            return looks.scene(0) if len(looks) else ""
        green_time = earlier[looks.in_season[earlier]]
        pool = green_time if len(green_time) else earlier
        years = looks.years[pool]
        chosen = years[-1]
        if barest:
            chosen = min(np.unique(years), key=lambda year: median(looks.cover[pool[years == year]]))
        return looks.clearest_scene(pool[years == chosen])
