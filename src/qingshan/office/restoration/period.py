"""Until when is an acceptance to be finished? By art. 29 of the Land Reclamation Regulation, where it sets a period."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from qingshan.office.matters.models import Matter
from qingshan.office.places.queries.calendar import calendar
from qingshan.rules.acceptance import PERIOD_RULEBOOK, AcceptanceClock, Payer, acceptance_clock
from qingshan.rules.flows.restoration import ProjectAct, ProjectState
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.rulebook import in_force


def clock_of(matter: Matter, payer: Payer | None, applied_on: date, *, on: date) -> AcceptanceClock:
    """How the period of the acceptance stands on a day, by the rulebook of the place on the day of the application."""
    book = in_force(PERIOD_RULEBOOK, on=applied_on, region=region_of_id(matter.region_id))
    return acceptance_clock(applied_on, on=on, payer=payer, calendar=calendar(), book=book)


def works_due(matter: Matter) -> date | None:
    """The day by which the works are due, whatever period runs for the acceptance meanwhile."""
    applied = matter.steps.filter(act=ProjectAct.APPLY).order_by("-pk").values_list("pk", flat=True).first()
    moved = matter.due_changes.filter(step_id__gte=applied).order_by("pk").first() if applied else None
    return moved.old_due_on if moved else matter.due_on


def due_at_authority(matter: Matter, payer: Payer | None, applied_on: date) -> date | None:
    """The deadline of a project whose acceptance was applied for: the period where an article sets one, else that of
    the works.
    """
    works = works_due(matter) if matter.state_name == ProjectState.APPLIED else matter.due_on
    return clock_of(matter, payer, applied_on, on=applied_on).due_on or works


def words_of(clock: AcceptanceClock | None) -> str:
    """`余 41 个工作日`, or by how many it is over; empty where no period runs."""
    if clock is None or clock.left is None:
        return ""
    if clock.is_over:
        return _("超过 %(n)s 个工作日") % {"n": -clock.left}
    return _("余 %(n)s 个工作日") % {"n": clock.left}
