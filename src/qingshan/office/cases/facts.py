"""How does a case stand, as the rules need to know it?"""

from __future__ import annotations

from datetime import date

from qingshan.office.accounts.models import Organisation
from qingshan.office.cases.areas import area_answer
from qingshan.office.cases.models import Case
from qingshan.office.matters.access import as_unit, matter_parties
from qingshan.office.matters.models import Matter, Plan, Step
from qingshan.office.matters.models.plans import PlanState
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.four_questions import MeasureAnswer, PlanAnswer
from qingshan.rules.independence import Unit
from qingshan.rules.rectification import lifted
from qingshan.rules.register import RegionLevel
from qingshan.rules.roles import CARRYING_OUT, THREE_DUTIES, Role

ACCEPTING = {
    CaseAct.ACCEPT_COUNTY: RegionLevel.COUNTY,
    CaseAct.ACCEPT_CITY: RegionLevel.PREFECTURE,
    CaseAct.ACCEPT_PROVINCE: RegionLevel.PROVINCE,
}
REOPENS = frozenset({CaseAct.REOPEN, CaseAct.REOPEN_AFTER_RELAPSE})
STARTS_ANEW = frozenset({*REOPENS, CaseAct.RETURN_ACCEPTANCE, CaseAct.STOP_NOTICE})
"""After these, what was accepted before counts no more."""


def case_of(matter: Matter) -> Case:
    """The case behind a matter."""
    return matter.case


def current_plan(matter: Matter) -> Plan | None:
    """The newest version that was not returned or replaced."""
    gone = [PlanState.RETURNED.value, PlanState.REPLACED.value]
    return (
        matter.plans.exclude(state__in=gone).select_related("approved_by__unit").order_by("-number").first()
    )


def plan_answer(plan: Plan, matter: Matter, *, reader: ActorLike | None = None) -> PlanAnswer:
    """What a plan says to the four questions; mines are named as far as the reader may see them."""
    leading = [each for each in matter_parties(matter) if each.role == Role.LEADING]
    return PlanAnswer(
        target=plan.target,
        target_quantity=plan.target_quantity,
        target_unit=plan.target_unit,
        due_on=plan.due_on,
        assigned_due_on=matter.due_on,
        stages=plan.stages.count(),
        measures=tuple(
            MeasureAnswer(each.name, each.unit_name, each.post, each.person_name, each.due_on)
            for each in plan.measures.order_by("place")
        ),
        named_duties=named_duties(matter),
        lead_unit=leading[0].unit_name if leading else "",
        area=area_answer(plan, reader=reader),
    )


def named_duties(matter: Matter) -> frozenset[Role]:
    """Which of the three duties lie on a unit, a post and a person."""
    return frozenset(
        Role(each.role)
        for each in matter_parties(matter)
        if each.role in THREE_DUTIES and each.is_on_a_person
    )


def open_measures(matter: Matter) -> tuple[str, ...]:
    """Measures of the plan in force that are not reported as done; an old ledger may not know on which day."""
    plan = current_plan(matter)
    if plan is None:
        return ()
    unfinished = plan.measures.filter(done_on=None).exclude(progress_percent=100)
    return tuple(unfinished.order_by("place").values_list("name", flat=True))


def work_began_on(matter: Matter) -> date | None:
    """The day from which work could have been done: the plan was approved, or 立行立改 began."""
    begins = (CaseAct.APPROVE_PLAN, CaseAct.BEGIN_AT_ONCE)
    days = [step.occurred_on for step in steps_since_reopening(matter) if step.act in begins]
    return min(days, default=None)


def steps_since_reopening(matter: Matter) -> list[Step]:
    """The steps of the present round: all of them, or those from the last reopening on."""
    return _steps_since(matter, REOPENS)


def steps_that_count(matter: Matter) -> list[Step]:
    """The steps since acceptance last began anew."""
    return _steps_since(matter, STARTS_ANEW)


def _steps_since(matter: Matter, acts: frozenset[CaseAct]) -> list[Step]:
    """The steps from the last of these acts on; all of them where there was none."""
    steps = list(matter.steps.order_by("matter_version"))
    begins = [place for place, step in enumerate(steps) if step.act in acts]
    return steps[begins[-1] :] if begins else steps


def asked_levels(matter: Matter) -> tuple[RegionLevel, ...]:
    """At which levels the case must be accepted, lowest first; as it was fixed when it was assigned."""
    asked = tuple(RegionLevel(level) for level in case_of(matter).levels or ())
    return lifted(asked, executing_units(matter)) if asked else ()


def executing_units(matter: Matter) -> tuple[Unit, ...]:
    """The units named for carrying the work out."""
    parties = [each for each in matter_parties(matter) if each.role in CARRYING_OUT]
    ids = {each.organisation_id for each in parties if each.organisation_id is not None}
    found = Organisation.objects.select_related("unit").filter(pk__in=ids).order_by("pk")
    return tuple(as_unit(each) for each in found)


def signed_levels(matter: Matter) -> tuple[RegionLevel, ...]:
    """Which levels have accepted the work of the present round."""
    return tuple(ACCEPTING[CaseAct(step.act)] for step in steps_that_count(matter) if step.act in ACCEPTING)
