"""What stands on the page of a project? Everything is read only when the page asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import shapely
from django.utils.translation import gettext as _

from qingshan.office.accounts.actors import Actor
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter, MatterRegion, Step
from qingshan.office.matters.queries import acts_for, asked_about, steps_of
from qingshan.office.matters.turns import next_line
from qingshan.office.observations.access import CLAIM_READERS
from qingshan.office.places.picture import picture_of
from qingshan.office.restoration import queries
from qingshan.office.restoration.beside import related_to
from qingshan.office.restoration.forms.table import DOINGS
from qingshan.office.restoration.models import ListedSite, ProjectSite, RestorationProject
from qingshan.office.restoration.needs import project_of
from qingshan.office.restoration.showing import (
    ShownRate,
    Stop,
    language,
    shown_rates,
    standing_of,
    told_facts,
    way_of,
    whose_turn,
)
from qingshan.office.trail.acts import act
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.areas import area_text
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flow import Transition
from qingshan.rules.flows.rectification import INDEPENDENT
from qingshan.rules.money import money_text
from qingshan.rules.reasons import say

PICTURE_PX = (360, 240)
AROUND_DEG = 0.004
PLAIN_ACTS = 3


@dataclass(frozen=True)
class Link:
    """An act that can be done now."""

    title: str
    path: str


@dataclass(frozen=True)
class Told:
    """One step in words."""

    step: Step
    title: str
    late: bool

    @property
    def facts(self) -> list[tuple[str, Any]]:
        return list(told_facts(self.step.facts))


class Folder:
    """项目的全部."""

    def __init__(self, matter: Matter, *, actor: Actor, now: datetime) -> None:
        self.matter, self.actor, self.now = matter, actor, now
        self.kind = kind_named(matter.kind)
        self.project: RestorationProject = project_of(matter)

    @property
    def on(self) -> date:
        return shanghai_date(self.now)

    @property
    def path(self) -> str:
        return f"/restoration/{self.matter.pk}/"

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [(_("修复项目"), "/restoration/")]

    @property
    def shows_claims(self) -> bool:
        """Whether the reader may see what images say of its sites."""
        return bool(self.actor.duties & frozenset(CLAIM_READERS))

    @property
    def standing(self) -> tuple[str, str]:
        return standing_of(self.matter, on=self.on)

    @property
    def whose_turn(self) -> str:
        return whose_turn(self.matter)

    # --- acts ----------------------------------------------------------------------------------------------

    @cached_property
    def lines(self) -> list[Transition]:
        return acts_for(self.matter, self.actor)

    def title_of(self, code: str) -> str:
        name = self.kind.flow.act_names.get(code)
        said = name.say({}, language()) if name else act(code).title.say({}, language())
        return said[:1].upper() + said[1:]

    def _link(self, line: Transition) -> Link:
        return Link(self.title_of(line.act), f"{self.path}{line.act.partition('.')[2]}/")

    @cached_property
    def next_line(self) -> Transition | None:
        lines = self.kind.flow.steps_from(self.matter.state_name)
        if not lines or self.matter.closed_on is not None:
            return None
        return next_line(
            self.matter, asked_about(self.matter, lines[0], self.actor, now=self.now, on=self.on)
        )

    @property
    def next_title(self) -> str:
        return self.title_of(self.next_line.act) if self.next_line else ""

    @property
    def primary(self) -> Link | None:
        line = self.next_line
        return self._link(line) if line is not None and self._may(line) else None

    def _may(self, line: Transition) -> bool:
        """Whether the act is the reader's to do."""
        return any(each.act == line.act for each in self.lines)

    @property
    def plain_acts(self) -> list[Link]:
        return self._others[:PLAIN_ACTS]

    @property
    def more_acts(self) -> list[Link]:
        return self._others[PLAIN_ACTS:]

    @cached_property
    def _others(self) -> list[Link]:
        first = self.next_line.act if self.next_line and self.primary else ""
        return [self._link(line) for line in self.lines if line.act != first and line.act in DOINGS]

    def against(self, line: Transition) -> list[str]:
        """What stands against an act, of what its own form does not ask for.

        Whether somebody is independent is said to whoever may do it, not to everybody who reads the page.
        """
        asked = asked_about(self.matter, line, self.actor, now=self.now, on=self.on)
        left = self.kind.brought if self._may(line) else {*self.kind.brought, INDEPENDENT}
        open_needs = [need for need in line.needs if need not in left]
        found = [reason for need in open_needs for reason in self.kind.needs[need](asked)]
        return [say(reason, language()) for reason in found]

    @cached_property
    def against_next(self) -> list[str]:
        return self.against(self.next_line) if self.next_line else []

    # --- what it is -----------------------------------------------------------------------------------------

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.matter)

    @property
    def stops(self) -> list[Stop]:
        return way_of(self.matter, self.steps)

    @property
    def told(self) -> list[Told]:
        return [
            Told(step, self.title_of(step.act), step.occurred_on != shanghai_date(step.recorded_at))
            for step in reversed(self.steps)
        ]

    @cached_property
    def sites(self) -> list[ProjectSite]:
        return queries.project_sites(self.matter)

    @property
    def site_rows(self) -> list[tuple[ProjectSite, str, str, list[ListedSite]]]:
        """Each with its planned and actual use, and the lists on which it stands."""
        listed = queries.listings_of_sites((row.site_id for row in self.sites), actor=self.actor)
        return [
            (row, _use(row.planned_use), _use(row.actual_use), listed.get(row.site_id, []))
            for row in self.sites
        ]

    @cached_property
    def related(self) -> list[Matter]:
        """Batches and single sites in which its sites are accepted."""
        return related_to([row.site_id for row in self.sites], actor=self.actor)

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
        project, spoken = self.project, language()
        planned = [row.planned_m2 for row in self.sites if row.left_on is None]
        known = sum(area for area in planned if area is not None) if None not in planned else None
        return [
            (_("修复方式"), project.mode_named.say(spoken)),
            (_("计划修复面积"), None if known is None else area_text(known, spoken)),
            (_("计划资金"), None if project.planned_fen is None else money_text(project.planned_fen, spoken)),
            (_("已支出"), None if project.spent_fen is None else money_text(project.spent_fen, spoken)),
            (_("施工进度"), None if project.progress_percent is None else f"{project.progress_percent}%"),
            (_("实施方案"), project.design_title),
            (_("资金或工程来源"), project.programme),
            (_("完工自验"), _day(project.claimed_on)),
            (_("验收"), _day(project.accepted_on)),
            (_("管护期满"), _day(project.aftercare_until)),
            (_("接收单位"), project.receiver),
            *((each.role_name, each.unit_name) for each in self.matter.parties.all() if each.to_on is None),
        ]

    @cached_property
    def picture(self) -> Any:
        """All its sites, drawn on the server; None where none has a shape."""
        shapes = [row.site.geom for row in self.sites if row.left_on is None and row.site.geom is not None]
        if not shapes:
            return None
        whole = shapely.union_all(shapes)
        return picture_of(
            shapely.box(*whole.bounds).buffer(AROUND_DEG),
            actor=self.actor,
            width_px=PICTURE_PX[0],
            height_px=PICTURE_PX[1],
            highlight=whole,
            title=self.matter.title,
            layers=("sites", "mines"),
            with_legend=False,
            on=self.on,
        )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _use(code: str) -> str:
    return Afteruse(code).say(language()) if code else ""
