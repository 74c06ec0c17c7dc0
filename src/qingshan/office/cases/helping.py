"""Which act helps against what is missing? So that a list of gaps is a list of things to do."""

from __future__ import annotations

from qingshan.office.cases.routes import act_on
from qingshan.office.matters.models import Matter
from qingshan.rules.flows.rectification import CaseAct

_HELPS: dict[str, str] = {
    "rules.rectification.plan_empty": "draft_plan",
    "rules.rectification.measures_open": CaseAct.REPORT_PROGRESS,
    "rules.rectification.no_evidence": "add_evidence",
    "rules.closing.measure_open": CaseAct.REPORT_PROGRESS,
    "rules.closing.target_not_reached": CaseAct.EVALUATE,
    "rules.closing.target_without_evidence": "add_evidence",
    "rules.closing.no_notice": CaseAct.GIVE_NOTICE,
    "rules.closing.objections_open": CaseAct.ANSWER_OBJECTION,
    "rules.closing.enforcement_unanswered": CaseAct.NOTE_ENFORCEMENT,
    "rules.closing.enforcement_open": CaseAct.NOTE_ENFORCEMENT,
    "rules.closing.no_mechanism": CaseAct.NOTE_MECHANISM,
    "rules.closing.effect_not_evaluated": CaseAct.EVALUATE,
}


def helps_with(code: str, matter: Matter) -> str:
    """The code of the act that removes this reason on the route of the matter; empty where none does."""
    word = _HELPS.get(code, "")
    return act_on(matter, word) if word else ""
