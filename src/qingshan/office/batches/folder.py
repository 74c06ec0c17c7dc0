"""What stands on the page of a batch or a single site beside what the page of every matter has?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from qingshan.office.batches import queries
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
from qingshan.office.batches.lasting import accepted_as, cared_until
from qingshan.office.batches.ledgers import LEDGER_OF
from qingshan.office.batches.models import Batch, BatchSite, PanelMember, SealedNumber, SiteCheck
from qingshan.office.batches.on_map import map_of_batch
from qingshan.office.batches.printing import PRINTING
from qingshan.office.batches.showing import (
    CHECK_LOOKS,
    STANDING_LOOKS,
    Line,
    identities,
    judged_lines,
    told_facts,
)
from qingshan.office.cases.models import PublicNotice
from qingshan.office.matters.folder import Link
from qingshan.office.matters.models import Matter, MatterRegion
from qingshan.office.matters.way import Stop, way_of
from qingshan.office.observations.folder import FolderWithClaims
from qingshan.office.observations.showing import Shown, shown
from qingshan.office.planting.dossier import AfterAcceptance, lines_of
from qingshan.office.restoration.needs import land_of
from qingshan.office.restoration.period import clock_of, words_of
from qingshan.office.restoration.showing import language as spoken
from qingshan.rules.acceptance import AcceptanceClock
from qingshan.rules.batches import Standing
from qingshan.rules.flow import Transition
from qingshan.rules.flows.batch import WITH_AUTHORITY, BatchAct, BatchState
from qingshan.rules.flows.single_site import SingleAct, SingleState
from qingshan.rules.reasons import Reason
from qingshan.rules.sampling import Check, Decision

STANDS_FOR = {state.value: BatchState.CHECKING.value for state in (BatchState.DOUBLED, BatchState.WHOLE)}
"""Further rounds of the sample are on the way where the first one is."""


BOUND = frozenset(
    {*WITH_AUTHORITY, BatchState.ACCEPTED, BatchState.IN_NOTICE, BatchState.DONE, BatchState.RETURNED}
    | {SingleState.APPLIED, SingleState.ACCEPTED, SingleState.IN_NOTICE, SingleState.DONE}
)
"""From the application on there is something to bind."""


@dataclass(frozen=True)
class SiteRow:
    """A site as the page shows it."""

    row: BatchSite
    claim: Shown | None
    """what images say of it, as far as the reader may know it yet"""
    check: SiteCheck | None
    acts: tuple[Link, ...]
    project: Matter | None
    """that works on it, as far as the reader may see it"""

    @property
    def standing(self) -> tuple[str, str]:
        named = self.row.standing_named
        return STANDING_LOOKS[named], named.say(spoken())

    @property
    def check_shown(self) -> tuple[str, str] | None:
        named = self.row.check_named
        return (CHECK_LOOKS[named], named.say(spoken())) if named else None

    @property
    def judged(self) -> list[tuple[str, str | None, str, str]]:
        """Criterion by criterion what the newest check says, beside what had been observed before."""
        return list(judged_lines(self.check)) if self.check else []

    @property
    def drawn(self) -> str:
        named = self.row.drawn_named
        return named.say(spoken()) if named else ""

    @property
    def mode(self) -> str:
        return self.row.mode_named.say(spoken())

    @property
    def use(self) -> str:
        named = self.row.use_named
        return named.say(spoken()) if named else ""

    @property
    def overlaps(self) -> str:
        return "、".join(each["name"] for each in self.row.overlaps or [])


class Folder(FolderWithClaims):
    """批次或单项的全部."""

    printing = PRINTING
    bound_in = BOUND
    around_deg = 0.004
    next_beside = "batches/next_beside.html"
    sends_back = frozenset(
        {
            BatchAct.RETURN,
            BatchAct.STOP_NOTICE,
            BatchAct.RESUME_FORMING,
            BatchAct.CANCEL_LIST,
            SingleAct.RETURN,
            SingleAct.STOP_NOTICE,
            SingleAct.REOPEN,
        }
    )

    @cached_property
    def batch(self) -> Batch:
        return batch_of(self.matter)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        ledger = LEDGER_OF[self.matter.kind]
        return [(str(ledger.title), ledger.path)]

    @property
    def is_single(self) -> bool:
        return self.batch.is_single

    @cached_property
    def stops(self) -> list[Stop]:
        return way_of(self.matter, self.steps, like=STANDS_FOR)

    def facts_of(self, facts: dict[str, Any]) -> Iterable[tuple[str, Any]]:
        return told_facts(facts)

    # --- acts ----------------------------------------------------------------------------------------------

    def begins_here(self, line: Transition) -> bool:
        """Acts on one site are begun from its row."""
        return line.act in DOINGS and line.act not in OF_SITES

    def help_elsewhere(self, reason: Reason) -> Link | None:
        """A finding is answered by an act on the batch itself."""
        return None

    def helps(self, reason: Reason) -> str:
        return "" if self.is_held_back(reason) else helps_with(reason.code, self.matter.kind)

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
        projects = queries.projects_behind((row.project_site for row in self.rows), self.actor)
        return [
            SiteRow(
                row,
                claims.get(row.pk),
                checks.get(row.pk),
                tuple(self._acts_on(row)),
                projects.get(row.project_site.project.matter_id) if row.project_site else None,
            )
            for row in sorted(self.rows, key=lambda row: (not row.is_listed, row.pk))
        ]

    def _acts_on(self, row: BatchSite) -> Iterator[Link]:
        fits = {
            BatchAct.RECORD_CHECK: row.check_named in (Check.OPEN, Check.FAILED)
            and row.standing == "waiting",
            BatchAct.SEND_BACK_SITE: row.standing == "waiting" and row.check_named is not Check.OPEN,
            BatchAct.TAKE_OUT_SITE: row.is_listed,
        }
        mine = {line.act: line for line in self._direct}
        for code, is_so in fits.items():
            if is_so and code in mine:
                path = f"{self.path}sites/{row.pk}/{code.partition('.')[2]}/"
                yield Link(self.title_of(mine[code]), path, code=code)

    @cached_property
    def counts(self) -> list[Line]:
        """The numbers of the batch as sums that add up."""
        return identities(counts_of(self.rows))

    @property
    def shares(self) -> list[MatterRegion]:
        """Its land by county, where it lies in several."""
        found = list(self.matter.shares.select_related("region").defer("region__geom").order_by("region_id"))
        return found if len(found) > 1 else []

    @cached_property
    def shape(self) -> Any:
        """All its sites together; None where none has a shape."""
        return land_of(row.site for row in self.rows if row.is_listed)

    @property
    def map_path(self) -> str:
        """The map with its sites."""
        return map_of_batch(self.matter)

    @property
    def lasting(self) -> AfterAcceptance:
        """Until when its accepted sites are looked after, and by when farmland is evaluated."""
        rows = [row for row in self.rows if row.standing_named is Standing.ACCEPTED and not row.relapsed_on]
        until = cared_until(rows)
        accepted = [accepted_as(row, until.get(row.pk)) for row in rows if row.accepted_on]
        return lines_of(
            accepted, actor=self.actor, on=self.on, names={row.site_id: str(row.site) for row in rows}
        )

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
    def clock(self) -> AcceptanceClock | None:
        """The period of the acceptance, while it runs."""
        applied = self.batch.applied_on
        runs = self.matter.state_name in WITH_AUTHORITY
        if applied is None or not runs:
            return None
        return clock_of(self.matter, self.batch.payer_named, applied, on=self.on)

    @property
    def clock_words(self) -> str:
        return words_of(self.clock)

    # --- what it is ----------------------------------------------------------------------------------------

    @property
    def facts(self) -> list[tuple[str, Any]]:
        batch = self.batch
        more = [(_("进度"), f"{batch.progress_percent}%")] if batch.progress_percent is not None else []
        return [
            (_("谁来复垦"), batch.payer_named.say(self.language)),
            (_("申报日期"), _day(batch.applied_on)),
            (_("验收日期"), _day(batch.accepted_on)),
            *more,
            (_("来源文号"), self.matter.source_number),
            *self.units,
        ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
