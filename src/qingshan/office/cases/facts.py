"""How does a case stand, as the rules need to know it?"""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from qingshan.office.cases.areas import area_answer
from qingshan.office.cases.models import Case
from qingshan.office.compiled import compiled
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.models import Matter, Measure, Plan, Stage, Step
from qingshan.office.matters.models.plans import PlanState
from qingshan.office.matters.needs import executing_units, steps_since
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.four_questions import MeasureAnswer, PlanAnswer
from qingshan.rules.rectification import lifted
from qingshan.rules.register import RegionLevel
from qingshan.rules.roles import THREE_DUTIES, Role

ACCEPTING = {
    CaseAct.ACCEPT_COUNTY: RegionLevel.COUNTY,
    CaseAct.ACCEPT_CITY: RegionLevel.PREFECTURE,
    CaseAct.ACCEPT_PROVINCE: RegionLevel.PROVINCE,
}
DONE = 100
"""percent"""
REOPENS = frozenset({CaseAct.REOPEN, CaseAct.REOPEN_AFTER_RELAPSE})
STARTS_ANEW = frozenset({*REOPENS, CaseAct.RETURN_ACCEPTANCE, CaseAct.STOP_NOTICE})
"""After these, what was accepted before counts no more."""


def case_of(matter: Matter) -> Case:
    """The case behind a matter."""
    return matter.case


def current_plan(matter: Matter) -> Plan | None:
    """The newest version that was not returned or replaced."""
    for plan in _plans_that_count(matter.pk):
        plan.matter = matter
        return plan
    return None


@compiled
def _plans_that_count(matter_id: int) -> QuerySet[Plan]:
    gone = [PlanState.RETURNED.value, PlanState.REPLACED.value]
    plans = Plan.objects.filter(matter_id=matter_id).exclude(state__in=gone)
    return plans.select_related("approved_by__unit").order_by("-number")[:1]


def plan_answer(plan: Plan, matter: Matter, *, reader: ActorLike | None = None) -> PlanAnswer:
    """What a plan says to the four questions; mines are named as far as the reader may see them."""
    leading = [each for each in matter_parties(matter) if each.role == Role.LEADING]
    return PlanAnswer(
        target=plan.target,
        target_quantity=plan.target_quantity,
        target_unit=plan.target_unit,
        due_on=plan.due_on,
        assigned_due_on=matter.due_on,
        stages=len(stages_of(plan.pk)),
        measures=tuple(
            MeasureAnswer(each.name, each.unit_name, each.post, each.person_name, each.due_on)
            for each in measures_of(plan.pk)
        ),
        named_duties=named_duties(matter),
        lead_unit=leading[0].unit_name if leading else "",
        area=area_answer(plan, reader=reader),
    )


@compiled
def stages_of(plan_id: int) -> QuerySet[Stage]:
    """The stages of a plan in their order."""
    return Stage.objects.filter(plan_id=plan_id).order_by("place")


@compiled
def measures_of(plan_id: int) -> QuerySet[Measure]:
    """The measures of a plan in their order."""
    return Measure.objects.filter(plan_id=plan_id).order_by("place")


@compiled
def plans_of(matter_id: int) -> QuerySet[Plan]:
    """All versions, the newest first."""
    return Plan.objects.filter(matter_id=matter_id).order_by("-number")


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
    return tuple(
        each.name for each in measures_of(plan.pk) if each.done_on is None and each.progress_percent != DONE
    )


def work_began_on(matter: Matter) -> date | None:
    """The day from which work could have been done: the plan was approved, or 立行立改 began."""
    begins = (CaseAct.APPROVE_PLAN, CaseAct.BEGIN_AT_ONCE)
    days = [step.occurred_on for step in steps_since_reopening(matter) if step.act in begins]
    return min(days, default=None)


def steps_since_reopening(matter: Matter) -> list[Step]:
    """The steps of the present round: all of them, or those from the last reopening on."""
    return steps_since(matter, REOPENS)


def steps_that_count(matter: Matter) -> list[Step]:
    """The steps since acceptance last began anew."""
    return steps_since(matter, STARTS_ANEW)


def asked_levels(matter: Matter) -> tuple[RegionLevel, ...]:
    """At which levels the case must be accepted, lowest first; as it was fixed when it was assigned."""
    asked = tuple(RegionLevel(level) for level in case_of(matter).levels or ())
    return lifted(asked, executing_units(matter)) if asked else ()


def signed_levels(matter: Matter) -> tuple[RegionLevel, ...]:
    """Which levels have accepted the work of the present round."""
    return tuple(ACCEPTING[CaseAct(step.act)] for step in steps_that_count(matter) if step.act in ACCEPTING)
