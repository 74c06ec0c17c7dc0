"""How are the state of a plan and of an objection said on the pages of cases?"""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from qingshan.office.cases.models import Objection
from qingshan.office.matters.models import Plan
from qingshan.office.matters.models.plans import PlanState
from qingshan.rules.matters import ObjectionState
from qingshan.rules.reasons import CHINESE

register = template.Library()


@register.filter
def plan_state(plan: Plan) -> str:
    """编制中, 已报送, 已批准 …"""
    return PlanState(plan.state).say(get_language() or CHINESE)


@register.filter
def objection_state(objection: Objection) -> str:
    """待答复, 异议成立, 已答复."""
    return ObjectionState(objection.state).say(get_language() or CHINESE)
