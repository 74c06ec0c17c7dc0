"""What stands on the page of a project beside what the page of every matter has?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from qingshan.office.matters.folder import named_facts
from qingshan.office.matters.models import MatterRegion
from qingshan.office.matters.way import Stop, way_of
from qingshan.office.mines.dossier.beside import Shown
from qingshan.office.observations.folder import FolderWithClaims
from qingshan.office.restoration import queries
from qingshan.office.restoration.beside import cards_of
from qingshan.office.restoration.models import ListedSite, ProjectSite, RestorationProject
from qingshan.office.restoration.needs import land_of, project_of
from qingshan.office.restoration.period import clock_of, words_of
from qingshan.office.restoration.printing import PRINTING
from qingshan.office.restoration.showing import ShownRate, shown_rates
from qingshan.office.restoration.wording import FACTS, VALUES
from qingshan.office.trail.words import in_one_language
from qingshan.rules.acceptance import AcceptanceClock
from qingshan.rules.afteruse import Afteruse, mode_doubts
from qingshan.rules.areas import area_text
from qingshan.rules.common_needs import EVIDENCE
from qingshan.rules.flows.restoration import ACCEPTED, ProjectAct, ProjectState
from qingshan.rules.money import money_text
from qingshan.rules.reasons import Reason, say

HELPS: dict[str, str] = {EVIDENCE: ProjectAct.ADD_EVIDENCE}
"""By the code of a reason, the act that removes it."""


class Folder(FolderWithClaims):
    """项目的全部."""

    printing = PRINTING
    bound_in = frozenset({ProjectState.APPLIED, *ACCEPTED})
    around_deg = 0.004
    next_beside = "restoration/clock.html"
    sends_back = frozenset(
        {ProjectAct.RETURN_DESIGN, ProjectAct.RETURN_ACCEPTANCE, ProjectAct.REDO, ProjectAct.REOPEN}
    )

    @cached_property
    def project(self) -> RestorationProject:
        return project_of(self.matter)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [(_("修复项目"), "/restoration/")]

    def helps(self, reason: Reason) -> str:
        return HELPS.get(reason.code, "")

    def facts_of(self, facts: dict[str, Any]) -> Iterable[tuple[str, Any]]:
        return named_facts(in_one_language(facts, self.language), FACTS, self._value)

    def _value(self, name: str, value: Any) -> Any:
        words = VALUES.get(name, {}).get(str(value))
        return words.say({}, self.language) if words else value

    @cached_property
    def clock(self) -> AcceptanceClock | None:
        """The period of the acceptance, while it runs."""
        project = self.project
        if project.applied_on is None or self.matter.state_name != ProjectState.APPLIED:
            return None
        return clock_of(self.matter, project.payer_named, project.applied_on, on=self.on)

    @property
    def clock_words(self) -> str:
        return words_of(self.clock)

    # --- what it is -----------------------------------------------------------------------------------------

    @cached_property
    def stops(self) -> list[Stop]:
        return way_of(self.matter, self.steps)

    @cached_property
    def sites(self) -> list[ProjectSite]:
        return queries.project_sites(self.matter)

    @property
    def site_rows(self) -> list[tuple[ProjectSite, str, str, list[str], list[ListedSite]]]:
        """Each with its planned and actual use, what is doubtful about the plan, and the lists on which it stands."""
        listed = queries.listings_of_sites((row.site_id for row in self.sites), actor=self.actor)
        return [
            (
                row,
                self._use(row.planned_use),
                self._use(row.actual_use),
                self._doubts_about(row),
                listed.get(row.site_id, []),
            )
            for row in self.sites
        ]

    def _doubts_about(self, row: ProjectSite) -> list[str]:
        planned = Afteruse(row.planned_use) if row.planned_use else None
        return [say(each, self.language) for each in mode_doubts(self.project.mode_named, planned)]

    def _use(self, code: str) -> str:
        return Afteruse(code).say(self.language) if code else ""

    @property
    def beside(self) -> list[Shown]:
        """What the rooms above add."""
        return cards_of(self)

    @property
    def overlaps(self) -> list[dict[str, Any]]:
        return queries.overlaps_of(self.sites)

    @property
    def rates(self) -> list[ShownRate]:
        return shown_rates(queries.reached_by_project(self.sites, self.project))

    @property
    def shares(self) -> list[MatterRegion]:
        """Its land by county, where it lies in several."""
        rows = list(self.matter.shares.select_related("region").defer("region__geom").order_by("region_id"))
        return rows if len(rows) > 1 else []

    @property
    def facts(self) -> list[tuple[str, Any]]:
        project, spoken = self.project, self.language
        return [
            (_("修复方式"), project.mode_named.say(spoken)),
            (_("谁来复垦"), project.payer_named.say(spoken) if project.payer_named else None),
            (_("计划修复面积"), self._planned),
            (_("计划资金"), None if project.planned_fen is None else money_text(project.planned_fen, spoken)),
            (_("已支出"), None if project.spent_fen is None else money_text(project.spent_fen, spoken)),
            (_("施工进度"), None if project.progress_percent is None else f"{project.progress_percent}%"),
            (_("实施方案"), project.design_title),
            (_("资金或工程来源"), project.programme),
            (_("来源文号"), self.matter.source_number),
            (_("完工自验"), _day(project.claimed_on)),
            (_("申请验收"), _day(project.applied_on)),
            (_("验收"), _day(project.accepted_on)),
            (_("管护期满"), _day(project.aftercare_until)),
            (_("接收单位"), project.receiver),
            *self.units,
        ]

    @property
    def _planned(self) -> str | None:
        """Land that several of its sites cover counts once; how many sites have no area is said beside it."""
        areas = [row.counted_m2 for row in self.sites if row.left_on is None]
        known = [area for area in areas if area is not None]
        if not known:
            return None
        whole, unknown = area_text(sum(known), self.language), len(areas) - len(known)
        return whole + (_("，另有 %(n)s 处面积不明") % {"n": unknown} if unknown else "")

    @cached_property
    def shape(self) -> Any:
        """All its sites together; None where none has a shape."""
        return land_of(row.site for row in self.sites if row.left_on is None)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
