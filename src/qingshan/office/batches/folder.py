"""What stands on the page of a batch or a single site? Everything is read only when the page asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import shapely
from django.utils.translation import gettext as _

from qingshan.office.accounts.actors import RECORDS_FOR_OTHERS, Actor
from qingshan.office.batches import queries
from qingshan.office.batches.actions.applying import clock_from
from qingshan.office.batches.claims import claims_of
from qingshan.office.batches.facts import (
    batch_of,
    counts_of,
    decision_on,
    numbers_of,
    panel_of,
    rows_of,
)
from qingshan.office.batches.forms.table import DOINGS, OF_SITES
from qingshan.office.batches.helping import helps_with
from qingshan.office.batches.ledgers import SHELF_OF
from qingshan.office.batches.models import BatchSite, PanelMember, SealedNumber, SiteCheck
from qingshan.office.batches.showing import (
    CHECK_LOOKS,
    STANDING_LOOKS,
    Line,
    Stop,
    identities,
    told_facts,
    way_of,
)
from qingshan.office.cases.models import PublicNotice
from qingshan.office.experts.access import READERS as EXPERT_READERS
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Evidence, Matter, MatterRegion, Step
from qingshan.office.matters.queries import acts_for, asked_about, steps_of
from qingshan.office.matters.showing import standing_of, whose_turn
from qingshan.office.matters.turns import next_line
from qingshan.office.observations.access import CLAIM_READERS, is_held_from
from qingshan.office.observations.showing import Shown, shown
from qingshan.office.places.picture import picture_of
from qingshan.office.regions.ranges import inside
from qingshan.office.restoration.showing import language
from qingshan.office.trail.acts import act
from qingshan.rules.acceptance import AcceptanceClock
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flow import Transition
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.rectification import INDEPENDENT
from qingshan.rules.reasons import Reason, say
from qingshan.rules.sampling import Check, Decision

PICTURE_PX = (360, 240)
AROUND_DEG = 0.004
PLAIN_ACTS = 3


@dataclass(frozen=True)
class Link:
    """An act that can be done now."""

    title: str
    path: str


@dataclass(frozen=True)
class Missing:
    """What stands against an act, and what helps."""

    sentence: str
    act: Link | None = None


@dataclass(frozen=True)
class Told:
    """One step in words."""

    step: Step
    title: str
    late: bool

    @property
    def facts(self) -> list[tuple[str, Any, bool]]:
        """Name and value; whether it is a number that nobody reads but compares."""
        return list(told_facts(self.step.facts))


@dataclass(frozen=True)
class SiteRow:
    """A site as the page shows it."""

    row: BatchSite
    claim: Shown | None
    """what images say of it, as far as the reader may know it yet"""
    check: SiteCheck | None
    acts: tuple[Link, ...]

    @property
    def standing(self) -> tuple[str, str]:
        named = self.row.standing_named
        return STANDING_LOOKS[named], named.say(language())

    @property
    def check_shown(self) -> tuple[str, str] | None:
        named = self.row.check_named
        return (CHECK_LOOKS[named], named.say(language())) if named else None

    @property
    def drawn(self) -> str:
        named = self.row.drawn_named
        return named.say(language()) if named else ""

    @property
    def mode(self) -> str:
        return self.row.mode_named.say(language())

    @property
    def use(self) -> str:
        named = self.row.use_named
        return named.say(language()) if named else ""

    @property
    def overlaps(self) -> str:
        return "、".join(each["name"] for each in self.row.overlaps or [])


class Folder:
    """批次或单项的全部."""

    def __init__(self, matter: Matter, *, actor: Actor, now: datetime) -> None:
        self.matter, self.actor, self.now = matter, actor, now
        self.kind = kind_named(matter.kind)
        self.batch = batch_of(matter)

    @property
    def on(self) -> date:
        return shanghai_date(self.now)

    @property
    def path(self) -> str:
        return f"/batches/{self.matter.pk}/"

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        shelf = SHELF_OF[self.matter.kind]
        return [(str(shelf.title), shelf.path)]

    @property
    def is_single(self) -> bool:
        return self.batch.is_single

    @property
    def shows_claims(self) -> bool:
        """Whether the reader may see what images say of its sites."""
        return bool(self.actor.duties & frozenset(CLAIM_READERS))

    @property
    def shows_experts(self) -> bool:
        return bool(self.actor.duties & frozenset(EXPERT_READERS))

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

    def _link(self, code: str, row: BatchSite | None = None) -> Link:
        below = f"sites/{row.pk}/" if row else ""
        return Link(self.title_of(code), f"{self.path}{below}{code.partition('.')[2]}/")

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
        return self._link(line.act) if line is not None and self.may(line.act) else None

    def may(self, code: str) -> bool:
        """Whether the act is the reader's to do."""
        return any(each.act == code for each in self.lines)

    @property
    def plain_acts(self) -> list[Link]:
        return self._others[:PLAIN_ACTS]

    @property
    def more_acts(self) -> list[Link]:
        return self._others[PLAIN_ACTS:]

    @cached_property
    def _others(self) -> list[Link]:
        first = self.next_line.act if self.next_line and self.primary else ""
        return [
            self._link(line.act)
            for line in self.lines
            if line.act != first and line.act in DOINGS and line.act not in OF_SITES
        ]

    @cached_property
    def acts_for_others(self) -> list[Link]:
        """代录: what others may have decided on paper, and the reader may enter."""
        records = self.actor.duties & RECORDS_FOR_OTHERS
        if not records or not inside(self.matter.region_id, self.actor.region_ranges):
            return []
        return [
            self._link(line.act)
            for line in self.kind.flow.acts_from(self.matter.state_name)
            if not self.may(line.act) and line.act in DOINGS and line.act not in OF_SITES
        ]

    def against(self, line: Transition) -> list[Missing]:
        """What stands against an act, of what its own form does not ask for, each with what helps.

        Whether somebody is independent is said to whoever may do it, not to everybody who reads the page.
        """
        asked = asked_about(self.matter, line, self.actor, now=self.now, on=self.on)
        left = self.kind.brought if self.may(line.act) else {*self.kind.brought, INDEPENDENT}
        open_needs = [need for need in line.needs if need not in left]
        reasons = [reason for need in open_needs for reason in self.kind.needs[need](asked)]
        return list(self._missing(reasons))

    def _missing(self, reasons: Iterable[Reason]) -> Iterable[Missing]:
        held = self._held_back()
        for reason in reasons:
            if reason.values.get("claim_id") in held:
                yield Missing(_("有点位的影像核验县级核实中，书面回应后再验收。"))
                continue
            helps = helps_with(reason.code, self.matter.kind)
            yield Missing(say(reason, language()), self._link(helps) if helps and self.may(helps) else None)

    def _held_back(self) -> set[int]:
        """Findings that the county may answer before the levels above see them."""
        found = claims_of(self.matter).values()
        return {each.pk for each in found if is_held_from(each, self.actor, on=self.on)}

    @cached_property
    def against_next(self) -> list[Missing]:
        return self.against(self.next_line) if self.next_line else []

    # --- sites ---------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> list[BatchSite]:
        return rows_of(self.batch)

    @cached_property
    def site_rows(self) -> list[SiteRow]:
        """The sites, those that were taken out last."""
        found = claims_of(self.matter) if self.shows_claims else {}
        claims = {pk: shown(claim, actor=self.actor, on=self.on) for pk, claim in found.items()}
        checks = queries.newest_checks(self.rows)
        ordered = sorted(self.rows, key=lambda row: (not row.is_listed, row.pk))
        return [
            SiteRow(row, claims.get(row.pk), checks.get(row.pk), tuple(self._acts_on(row))) for row in ordered
        ]

    def _acts_on(self, row: BatchSite) -> Iterable[Link]:
        fits = {
            BatchAct.RECORD_CHECK: row.check_named in (Check.OPEN, Check.FAILED)
            and row.standing == "waiting",
            BatchAct.SEND_BACK_SITE: row.standing == "waiting" and row.check_named is not Check.OPEN,
            BatchAct.TAKE_OUT_SITE: row.is_listed,
        }
        for code, is_so in fits.items():
            if is_so and self.may(code):
                yield self._link(code, row)

    @cached_property
    def counts(self) -> list[Line]:
        """The numbers of the batch as sums that add up."""
        return identities(counts_of(self.rows))

    @property
    def shares(self) -> list[MatterRegion]:
        """Its land by county, where it lies in several."""
        found = list(self.matter.shares.select_related("region").defer("region__geom").order_by("region_id"))
        return found if len(found) > 1 else []

    # --- sample, panel, notice -----------------------------------------------------------------------------

    @cached_property
    def numbers(self) -> list[SealedNumber]:
        return numbers_of(self.batch)

    @cached_property
    def decision(self) -> Decision | None:
        return decision_on(self.batch, on=self.on)

    @cached_property
    def panel(self) -> list[PanelMember]:
        return panel_of(self.batch)

    @cached_property
    def notices(self) -> list[PublicNotice]:
        return queries.notices_of(self.matter)

    @cached_property
    def evidence(self) -> list[Evidence]:
        return queries.evidence_of(self.matter)

    @cached_property
    def clock(self) -> AcceptanceClock | None:
        """The period of the acceptance, while it runs."""
        applied = self.batch.applied_on
        runs = self.matter.state_name in ("applied", "sealed", "checking", "doubled", "whole")
        return clock_from(self.batch, applied, on=self.on) if applied and runs else None

    @property
    def clock_words(self) -> str:
        """`余 41 个工作日`, or by how many it is over."""
        clock = self.clock
        if clock is None or clock.left is None:
            return ""
        if clock.is_over:
            return _("超过 %(n)s 个工作日") % {"n": -clock.left}
        return _("余 %(n)s 个工作日") % {"n": clock.left}

    # --- what it is ----------------------------------------------------------------------------------------

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

    @property
    def facts(self) -> list[tuple[str, Any]]:
        batch = self.batch
        more = [(_("进度"), f"{batch.progress_percent}%")] if batch.progress_percent is not None else []
        return [
            (_("谁来复垦"), batch.payer_named.say(language())),
            (_("申报日期"), _day(batch.applied_on)),
            (_("验收日期"), _day(batch.accepted_on)),
            *more,
            (_("来源文号"), self.matter.source_number),
            *((each.role_name, each.unit_name) for each in self.matter.parties.all() if each.to_on is None),
        ]

    @cached_property
    def picture(self) -> Any:
        """All its sites, drawn on the server; None where none has a shape."""
        shapes = [row.site.geom for row in self.rows if row.is_listed and row.site.geom is not None]
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
