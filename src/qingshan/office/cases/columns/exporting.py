"""How do problems become rows of a ledger again?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from qingshan.exchange.writers import Exported
from qingshan.office.cases.late_rows import LATE_ACTS
from qingshan.office.cases.ledger_columns import COLUMNS, ROLE_OF
from qingshan.office.matters.models import Matter, Step
from qingshan.office.matters.models.plans import PlanState
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.roles import Role

_DAY_OF = {
    "assigned_on": {CaseAct.ASSIGN},
    "self_checked_on": {CaseAct.SELF_CHECK},
    "accepted_on": {CaseAct.ACCEPT_COUNTY, CaseAct.ACCEPT_CITY, CaseAct.ACCEPT_PROVINCE},
}
_GONE = (PlanState.RETURNED.value, PlanState.REPLACED.value)
BESIDE = ("case", "site", "parties", "plans__measures", "steps", "notices")
"""What stands beside the matters of an export: a fixed number of queries for any number of rows."""


def read_whole(batch: list[Matter]) -> list[Matter]:
    """The same matters in the same order, with all that a row of the ledger shows."""
    rows = Matter.objects.filter(pk__in=[row.pk for row in batch]).select_related("region", "mine", "state")
    found = rows.prefetch_related(*BESIDE).in_bulk()
    return [found[row.pk] for row in batch]


def exported_cases(matters: Iterable[Matter]) -> Iterator[Exported]:
    """Problems as rows of the ledger."""
    for matter in matters:
        yield Exported(values_of(matter))


def values_of(matter: Matter) -> dict[str, Any]:
    """A problem by the columns of the ledger. What a ledger said and nobody has touched stands as it was said."""
    said: dict[str, Any] = dict.fromkeys(column.name for column in COLUMNS)
    said |= _from_late_entry(matter)
    said |= {name: value for name, value in _of_case(matter).items() if value not in (None, "")}
    said |= {name: value for name, value in _of_parties(matter).items() if value}
    said |= {name: value for name, value in _of_work(matter).items() if value not in (None, "")}
    return said


def _from_late_entry(matter: Matter) -> dict[str, Any]:
    """What has no place of its own: evidence, accountability, look-back as the last old ledger had them."""
    late = [step for step in _steps(matter) if step.act in LATE_ACTS and step.facts]
    facts = late[-1].facts or {} if late else {}
    own = {column.name: column for column in COLUMNS if column.name not in {"state", "due_on", "closed_on"}}
    return {name: column.type.restored(facts[name]) for name, column in own.items() if name in facts}


def _steps(matter: Matter) -> list[Step]:
    return sorted(matter.steps.all(), key=lambda step: step.matter_version)


def _of_case(matter: Matter) -> dict[str, Any]:
    case = matter.case
    return {
        "key": matter.number,
        "source": matter.source,
        "source_number": matter.source_number,
        "name": matter.title,
        "description": case.description,
        "region": matter.region.code,
        "mine": matter.mine.key if matter.mine else matter.site.key if matter.site else None,
        "mine_name": matter.mine.name if matter.mine else None,
        "problem": case.problem,
        "severity": matter.severity,
        "route": case.route,
        "requirement": case.requirement,
        "due_on": matter.due_on,
        "state": matter.state_name,
        "found_on": case.found_on,
        "opened_on": matter.opened_on,
        "closed_on": matter.closed_on if matter.state_name == "closed" else None,
    }


def _of_parties(matter: Matter) -> dict[str, Any]:
    parties = [party for party in matter.parties.all() if party.to_on is None]
    units = {
        name: "、".join(party.unit_name for party in parties if party.role == role and party.unit_name)
        for name, role in ROLE_OF.items()
    }
    people = {
        name: next((p.person_name for p in parties if p.role == role and p.person_name), "")
        for name, role in (("leader", Role.LEADING), ("person", Role.ANSWERING))
    }
    return units | people


def _of_work(matter: Matter) -> dict[str, Any]:
    plans = sorted(matter.plans.all(), key=lambda each: -each.number)
    plan = next((each for each in plans if each.state not in _GONE), None)
    measures = sorted(plan.measures.all(), key=lambda each: each.place) if plan else []
    notice = next((each for each in matter.notices.all() if each.stopped_on is None), None)
    return {
        "target": plan.target if plan else None,
        "measures": "\n".join(f"{number}．{each.name}" for number, each in enumerate(measures, start=1)),
        "plan_number": plan.approved_number if plan else None,
        "notice": f"{notice.from_on.isoformat()}/{notice.to_on.isoformat()}" if notice else None,
        "notice_from_on": notice.from_on if notice else None,
        "notice_to_on": notice.to_on if notice else None,
        "notice_where": notice.where if notice else None,
        **{name: _last_day(matter, acts) for name, acts in _DAY_OF.items()},
    }


def _last_day(matter: Matter, acts: set[CaseAct]) -> date | None:
    days = [step.occurred_on for step in _steps(matter) if step.act in acts]
    return days[-1] if days else None


def completion(matter: Matter) -> str:
    """完成情况: what was last reported, and how it stands."""
    told = [step.note for step in _steps(matter) if step.act == CaseAct.REPORT_PROGRESS and step.note]
    said = told[-1] if told else values_of(matter)["progress"]
    return "；".join(filter(None, (said, matter.state.zh)))


__all__ = ["BESIDE", "completion", "exported_cases", "read_whole", "values_of"]
