"""What does a row of a ledger in use (补录) mean, once everything that it says is put together?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingshan.office.cases.ledger_cells import IN_LEDGERS, source_of
from qingshan.office.matters.kinds import kind_named
from qingshan.rules import late_entries
from qingshan.rules.errors import RuleBroken
from qingshan.rules.late_entries import Dates, LedgerStatus, Paper
from qingshan.rules.matters import ProblemKind, Route, Severity, SourceKind
from qingshan.rules.reasons import Reason, Sentence
from qingshan.rules.register import RegionLevel

TITLE_CHARACTERS = 200
_CUT = "……"
PAPER_OF = {
    "plan_number": Paper.PLAN_APPROVAL,
    "acceptance_number": Paper.ACCEPTANCE,
    "notice_where": Paper.NOTICE,
    "closing_number": Paper.CLOSING,
}
"""A paper that the ledger names by this column is not missing."""
_OPENED_BY = ("opened_on", "assigned_on", "found_on")
_ANY_DAY = (*_OPENED_BY, "self_checked_on", "accepted_on", "notice_from_on", "closed_on")


@dataclass(frozen=True)
class Meaning:
    """整改问题 as the ledger means it."""

    title: str
    description: str
    route: Route
    source: SourceKind
    problem: ProblemKind
    severity: Severity
    state: str
    levels: tuple[RegionLevel, ...]
    missing: tuple[Paper, ...]
    opened_on: date
    closed_on: date | None
    remarks: tuple[Reason, ...]

    @property
    def kind(self) -> str:
        return "lasting" if self.route is Route.LASTING else "rectification"


def meaning(values: Mapping[str, Any], *, asked: Sequence[RegionLevel], today: date) -> Meaning:
    """The values of a row, by column. RuleBroken for what cannot be meant."""
    remarks: list[Reason] = []
    status, route = _status(values, remarks), route_of(values)
    if status is LedgerStatus.LASTING:
        route = Route.LASTING
    state = _state(values, status, route, asked, remarks)
    closed_on = _closed_on(values, state, remarks)
    opened_on = next((values[name] for name in _OPENED_BY if values.get(name)), None)
    faults = late_entries.contradictions(state, closed_on=closed_on, opened_on=opened_on, today=today)
    if faults:
        raise RuleBroken.of(list(faults))
    title, description = _words(values)
    named = {paper for name, paper in PAPER_OF.items() if values.get(name)}
    return Meaning(
        title=title,
        description=description,
        route=route,
        source=source_of(values.get("source")),
        problem=_problem(values, remarks),
        severity=Severity(values.get("severity") or Severity.ORDINARY),
        state=state,
        levels=late_entries.levels_left(state, asked),
        missing=late_entries.papers_missing(state, route, named=named),
        opened_on=opened_on or min([values[name] for name in _ANY_DAY if values.get(name)] or [today]),
        closed_on=closed_on,
        remarks=tuple(remarks),
    )


BECOMES = "becomes"
"""Under this name the values of a row say in which state it will stand; no column is called so."""


def in_words(values: Mapping[str, Any]) -> Sentence | None:
    """That state in both languages; None where the row was not understood."""
    kind, _dot, state = str(values.get(BECOMES) or "").partition(".")
    return kind_named(kind).flow.names.get(state) if state else None


def route_of(values: Mapping[str, Any]) -> Route:
    """整改类型 as written, or as the deadline says in place of a day."""
    said = values.get("route")
    if not said and values.get("due_on") in Route.values():
        said = values["due_on"]
    return Route(said or Route.BY_DATE)


def due_on_of(values: Mapping[str, Any]) -> date | None:
    """The day by which it is to be done; None where the ledger writes no day."""
    due_on = values.get("due_on")
    return due_on if isinstance(due_on, date) else None


def _status(values: Mapping[str, Any], remarks: list[Reason]) -> LedgerStatus | None:
    """The ledger's word; None where the state is one of the flow already."""
    said = values.get("state")
    if said and not said.startswith(IN_LEDGERS):
        return None
    if said:
        return LedgerStatus(said.removeprefix(IN_LEDGERS))
    dates = Dates(
        self_checked_on=values.get("self_checked_on"),
        accepted_on=values.get("accepted_on"),
        notice_from_on=values.get("notice_from_on"),
        closed_on=values.get("closed_on"),
        percent=values.get("percent"),
    )
    status = late_entries.status_by(dates, has_measures=bool(values.get("measures")))
    if route_of(values) is Route.LASTING and status is not LedgerStatus.NOT_STARTED:
        status = LedgerStatus.LASTING
    remarks.append(Reason("cases.status_by_days", {"status": status.zh, "status_en": status.en}))
    return status


def _state(
    values: Mapping[str, Any],
    status: LedgerStatus | None,
    route: Route,
    asked: Sequence[RegionLevel],
    remarks: list[Reason],
) -> str:
    if status is None:
        return str(values["state"])
    has_unit = bool(values.get("answering") or values.get("leading"))
    state = late_entries.state_of(status, route, has_unit=has_unit, levels=asked)
    if status is LedgerStatus.OVERDUE and due_on_of(values) is None:
        remarks.append(Reason("cases.overdue_without_deadline"))
    return state.value


def _closed_on(values: Mapping[str, Any], state: str, remarks: list[Reason]) -> date | None:
    """The day of the ledger. Where a closed case has none, the last one that its ending can lie before."""
    if values.get("closed_on") or state not in {"closed", "dismissed", "withdrawn"}:
        return None if state == "reopened" else values.get("closed_on")
    for name, zh, en in (
        ("notice_to_on", "公示结束日期", "the end of the notice"),
        ("accepted_on", "验收日期", "the day of acceptance"),
    ):
        if day := values.get(name):
            remarks.append(
                Reason("cases.closed_day_taken", {"day": day.isoformat(), "from": zh, "from_en": en})
            )
            return day  # type: ignore[no-any-return]
    raise RuleBroken.because("cases.closed_without_a_day")


def _problem(values: Mapping[str, Any], remarks: list[Reason]) -> ProblemKind:
    said = values.get("problem")
    if said and said not in ProblemKind.values():
        remarks.append(Reason("cases.problem_kept_as_word", {"value": said}))
        return ProblemKind.OTHER
    return ProblemKind(said or ProblemKind.OTHER)


def _words(values: Mapping[str, Any]) -> tuple[str, str]:
    """The title, and what is too long for one."""
    whole = " ".join(str(values.get("name") or values.get("description") or "").split())
    further = str(values.get("description") or "") if values.get("name") else ""
    if len(whole) <= TITLE_CHARACTERS:
        return whole, further
    title = whole[: TITLE_CHARACTERS - len(_CUT)] + _CUT
    return title, f"{values.get('name') or values.get('description')}\n{further}".strip()
