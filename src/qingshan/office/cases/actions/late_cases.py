"""What does a row of a ledger in use become: which matter, case, plan, measures, parts and notice?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from qingshan.exchange import staging
from qingshan.exchange.writing import IN_ORDER, insert
from qingshan.office.cases import late
from qingshan.office.cases.actions.references import References, said_before
from qingshan.office.cases.claims import claims_of_ledger
from qingshan.office.cases.late_rows import as_facts
from qingshan.office.cases.ledger_cells import source_of
from qingshan.office.cases.ledger_columns import COLUMNS
from qingshan.office.cases.models import Case, PublicNotice
from qingshan.office.matters.actions import Named, Opening
from qingshan.office.matters.models import Matter, Measure, Plan, Step
from qingshan.office.matters.models.plans import PlanState
from qingshan.office.places.queries.calendar import calendar
from qingshan.rules.calendar import Calendar
from qingshan.rules.dates import shanghai_date
from qingshan.rules.late_entries import Dates, LateClaim, claim_by, plan_counts, work_is_done
from qingshan.rules.numbered import steps as measures_in
from qingshan.rules.register import RegionLevel

_MEASURE_CHARACTERS = 300
_DONE_BY = ("self_checked_on", "accepted_on", "notice_from_on", "closed_on")


@dataclass(frozen=True)
class LateCase:
    """One row of a ledger with what it means."""

    number: str
    values: Mapping[str, Any]
    meant: late.Meaning
    opening: Opening
    named: Mapping[str, tuple[Named, ...]]
    """units and persons by column, only for columns that this ledger has"""
    target_id: int | None = None
    target_version: int | None = None


@dataclass(frozen=True)
class Batch:
    """The rows of a batch as late entries."""

    refs: References
    before: Mapping[str, dict[str, Any]]
    """what earlier ledgers said, by number"""
    today: date

    @classmethod
    def of(cls, batch: Sequence[staging.Row], now: datetime) -> Batch:
        return cls(References.of(batch), said_before(batch, COLUMNS), shanghai_date(now))

    def entry(self, row: staging.Row) -> LateCase:
        """A staged row as a late entry; a later edition adds to what an earlier one said."""
        own = {column.name: row.values[column.name] for column in COLUMNS if column.name in row.values}
        values = {**self.before.get(row.key[0], {}), **own}
        asked = tuple(RegionLevel(level) for level in row.values.get("levels_asked") or ())
        meant = late.meaning(values, asked=asked, today=self.today)
        named = self.refs.named(row.values)
        return LateCase(
            number=row.key[0],
            values=values,
            meant=meant,
            opening=self._opening(row, values, meant, named),
            named=named,
            target_id=row.target_id,
            target_version=row.target_version,
        )

    def _opening(
        self,
        row: staging.Row,
        values: Mapping[str, Any],
        meant: late.Meaning,
        named: Mapping[str, tuple[Named, ...]],
    ) -> Opening:
        return Opening(
            kind=meant.kind,
            number=row.key[0],
            title=meant.title,
            region=self.refs.regions[row.values["region_id"]],
            source=meant.source,
            severity=meant.severity,
            source_number=_source_number(values),
            mine=self.refs.mines.get(row.values.get("mine_id") or 0),
            site=self.refs.sites.get(row.values.get("site_id") or 0),
            due_on=late.due_on_of(values),
            occurred_on=meant.opened_on,
            state=meant.state,
            missing_papers=tuple(paper.zh for paper in meant.missing),
            closed_on=meant.closed_on,
            note=str(values.get("note") or ""),
            facts=as_facts(COLUMNS, values),
            parties=tuple(each for group in named.values() for each in group),
        )


def _source_number(values: Mapping[str, Any]) -> str:
    """文号 or 批次; else the ledger's own words for the source, where they say more than its kind."""
    said = values.get("source_number") or values.get("batch") or ""
    source = str(values.get("source") or "")
    return str(said or (source if source and source_of(source).value != source else ""))[:120]


def details_of(
    matters: Sequence[Matter], steps: Sequence[Step], entries: Mapping[str, LateCase], *, now: datetime
) -> list[Model]:
    """What belongs to problems alone: case, plan with its measures, notice, and what is claimed of land."""
    cases = [new_case(matter, entries[matter.number]) for matter in matters]
    plans = [plan for matter in matters if (plan := new_plan(matter, entries[matter.number]))]
    days = calendar()
    notices = [
        notice
        for matter, step in zip(matters, steps, strict=True)
        if (notice := new_notice(matter, step, entries[matter.number], days))
    ]
    insert(cases, key="matter_id")
    insert(plans, key="matter_id")
    insert(notices, key="matter_id")
    measures = [measure for plan in plans for measure in new_measures(plan, entries[plan.matter.number])]
    insert(measures, key=IN_ORDER)
    today = shanghai_date(now)
    done = [
        (case, late_claim)
        for case in cases
        if (late_claim := late_claim_of(entries[case.matter.number], today=today))
    ]
    return [*cases, *plans, *notices, *measures, *claims_of_ledger(done, now=now)]


def late_claim_of(entry: LateCase, *, today: date) -> LateClaim | None:
    """What the row claims of land, by the days that it names."""
    named = {name: entry.values.get(name) for name in _DONE_BY}
    return claim_by(Dates(**named), entry.meant.state, today=today)


def new_case(matter: Matter, entry: LateCase) -> Case:
    values, meant = entry.values, entry.meant
    return Case(
        matter=matter,
        route=meant.route.value,
        problem=meant.problem.value,
        description=meant.description,
        requirement=str(values.get("requirement") or ""),
        found_on=values.get("found_on"),
        levels=[level.value for level in meant.levels] or None,
    )


def new_plan(matter: Matter, entry: LateCase) -> Plan | None:
    """The plan as the ledger tells it: approved where the work goes by it already, else a draft."""
    values = entry.values
    if not values.get("target") and not values.get("measures"):
        return None
    approved = plan_counts(entry.meant.state)
    return Plan(
        matter=matter,
        number=1,
        title=f"{entry.meant.title[:160]}整改方案",
        state=(PlanState.APPROVED if approved else PlanState.DRAFT).value,
        target=str(values.get("target") or ""),
        due_on=late.due_on_of(values),
        approved_number=str(values.get("plan_number") or "") if approved else "",
    )


def new_measures(plan: Plan, entry: LateCase) -> list[Measure]:
    """The measures of the cell, one by one. Where all work is done, they are, on the first day that shows it."""
    values = entry.values
    names = measures_in(str(values.get("measures") or ""))
    done = work_is_done(entry.meant.state)
    done_on = next((values[name] for name in _DONE_BY if values.get(name)), None) if done else None
    percent = 100 if done else values.get("percent") if len(names) == 1 else None
    units = parts[0].unit_name if (parts := entry.named.get("executing")) else ""
    return [
        Measure(
            plan_id=plan.pk,
            place=place,
            name=name[:_MEASURE_CHARACTERS],
            unit_name=units,
            due_on=late.due_on_of(values),
            progress_percent=percent,
            done_on=done_on,
        )
        for place, name in enumerate(names, start=1)
    ]


def new_notice(matter: Matter, step: Step, entry: LateCase, days: Calendar) -> PublicNotice | None:
    """The notice that the ledger tells of, where it says from when to when."""
    values = entry.values
    begin, end = values.get("notice_from_on"), values.get("notice_to_on")
    if begin is None or end is None:
        return None
    return PublicNotice(
        matter=matter,
        step=step,
        from_on=begin,
        to_on=end,
        working_days=days.working_days_between(begin, end).days,
        where=str(values.get("notice_where") or "")[:200],
        contact="",
        summary=str(values.get("progress") or ""),
    )
