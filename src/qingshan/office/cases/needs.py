"""What do the needs of the flow tables ask for? Facts are gathered here; `rules` judges them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from qingshan.office.cases.claims import against_accepting, relapse_missing
from qingshan.office.cases.closing import closing_facts
from qingshan.office.cases.facts import (
    asked_levels,
    case_of,
    current_plan,
    measures_of,
    named_duties,
    open_measures,
    plan_answer,
    signed_levels,
)
from qingshan.office.matters import needs
from qingshan.office.matters.access import as_unit
from qingshan.office.matters.kinds import Asked, Need, kind_named
from qingshan.office.matters.models import Matter
from qingshan.office.matters.models.plans import PlanState
from qingshan.office.mines.models import ResponsibleParty
from qingshan.office.places.queries.calendar import calendar
from qingshan.rules import closing, four_questions, holding, independence, rectification
from qingshan.rules.flows.rectification import IMAGES, RELAPSE
from qingshan.rules.holding import Determination
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.matters import Finding, Route, SourceKind
from qingshan.rules.provisions import Rulebook
from qingshan.rules.reasons import Reason
from qingshan.rules.register import Circumstance, RegionLevel
from qingshan.rules.rulebook import in_force


def _answering(asked: Asked) -> Iterable[Reason]:
    return rectification.need_unit(_pk(asked.values.get("answering")))


def _duties(asked: Asked) -> Iterable[Reason]:
    named = asked.values.get("duties")
    return rectification.need_duties(named if named is not None else named_duties(asked.matter))


def _at_once(asked: Asked) -> Iterable[Reason]:
    return rectification.need_at_once(Route(case_of(asked.matter).route))


def _plan(asked: Asked) -> Iterable[Reason]:
    plan = current_plan(asked.matter)
    if plan is None or plan.state != PlanState.DRAFT or not measures_of(plan.pk):
        yield Reason("rules.rectification.plan_empty")


def _questions(asked: Asked) -> Iterable[Reason]:
    plan = current_plan(asked.matter)
    if plan is None:
        return (Reason("rules.rectification.plan_empty"),)
    return four_questions.unanswered(plan_answer(plan, asked.matter))


def _measures(asked: Asked) -> Iterable[Reason]:
    return rectification.need_finished(open_measures(asked.matter))


def _paper_missing(asked: Asked) -> Iterable[Reason]:
    if not asked.matter.missing_papers:
        yield Reason("rules.rectification.no_paper_missing")


def _level(asked: Asked) -> Iterable[Reason]:
    return rectification.need_level(
        RegionLevel(str(asked.line.level)),
        asked=asked_levels(asked.matter),
        signed=signed_levels(asked.matter),
        source=SourceKind(asked.matter.source),
    )


def _all_levels(asked: Asked) -> Iterable[Reason]:
    return rectification.need_all_levels(asked_levels(asked.matter), signed_levels(asked.matter))


def _notice_period(asked: Asked) -> Iterable[Reason]:
    from_on, to_on = asked.values.get("from_on"), asked.values.get("to_on")
    days = notice_days(asked.matter, asked.on)
    if from_on is None or to_on is None or to_on < notice_end(from_on, days):
        yield Reason("rules.rectification.no_notice_period", {"days": days})


def notice_days(matter: Matter, on: date) -> int:
    """How many working days a notice runs at least, by the rulebook in force."""
    return notice_book(matter, on).whole("rectification_closing_days")


def notice_book(matter: Matter, on: date) -> Rulebook:
    """The rulebook on public notices that applies to a matter on a day."""
    return in_force("public-notice", on=on, region=region_of_id(matter.region_id))


def notice_end(from_on: date, days: int) -> date:
    """The last day of a notice that begins on a day: that day is not counted (民法典第二百零一条)."""
    return calendar().add_working_days(from_on, days).day


def _closing(asked: Asked) -> Iterable[Reason]:
    return closing.missing(closing_facts(asked.matter, on=asked.on))


def _approving_level(asked: Asked) -> Iterable[Reason]:
    plan = current_plan(asked.matter)
    by = as_unit(plan.approved_by) if plan and plan.approved_by else None
    if by is None:
        return
    own = independence.height(asked.unit.level if asked.unit else None)
    if own < independence.height(by.level):
        yield Reason("rules.rectification.not_the_approving_level", {"approved_by": by.name})


def _other_region(asked: Asked) -> Iterable[Reason]:
    if _pk(asked.values.get("region")) in (None, asked.matter.region_id):
        yield Reason("rules.rectification.same_region")


def _merge_target(asked: Asked) -> Iterable[Reason]:
    into = asked.values.get("into")
    fits = (
        isinstance(into, Matter)
        and into.pk != asked.matter.pk
        and into.kind == asked.matter.kind
        and into.state_name not in kind_named(into.kind).flow.final
    )
    if not fits:
        yield Reason("rules.rectification.merge_target")


def _parts(asked: Asked) -> Iterable[Reason]:
    parts = [part for part in asked.values.get("parts") or () if str(part).strip()]
    if len(parts) < 2:
        yield Reason("rules.rectification.split_parts")


def determination_of(matter: Matter) -> Determination | None:
    """The newest decision on who answers for the mine or site."""
    mine = matter.mine
    # papers go along when two entries of a mine become one, matters stay
    about = {"mine_id": mine.merged_into_id or mine.pk} if mine else {"site_id": matter.site_id}
    if not any(about.values()):
        return None
    newest = ResponsibleParty.objects.filter(**about).order_by("-decided_on", "-id").first()
    if newest is None:
        return None
    return Determination(Circumstance(newest.circumstance), newest.number, newest.decided_on)


def _somebody_to_charge(asked: Asked) -> Iterable[Reason]:
    return holding.may_order_performance(determination_of(asked.matter))


def _extinct(asked: Asked) -> Iterable[Reason]:
    return holding.passes_to_government(determination_of(asked.matter))


def _finding(asked: Asked) -> Iterable[Reason]:
    if not asked.grounds.strip() or asked.values.get("finding") not in Finding.values():
        yield Reason("rules.petition.no_finding")


def _not_untrue(asked: Asked) -> Iterable[Reason]:
    if asked.matter.petition.finding == Finding.UNTRUE:
        yield Reason("rules.petition.untrue")


def _pk(row: Any) -> int | None:
    found: int | None = getattr(row, "pk", row)
    return found


NEEDS: dict[str, Need] = {
    **needs.NEEDS,
    "rules.rectification.no_answering_unit": _answering,
    "rules.rectification.duties_unnamed": _duties,
    "rules.rectification.plan_empty": _plan,
    "rules.rectification.not_at_once": _at_once,
    "rules.rectification.four_questions": _questions,
    IMAGES: against_accepting,
    RELAPSE: relapse_missing,
    "rules.rectification.measures_open": _measures,
    "rules.rectification.no_paper_missing": _paper_missing,
    "rules.rectification.level_not_asked": _level,
    "rules.rectification.acceptance_incomplete": _all_levels,
    "rules.rectification.no_notice_period": _notice_period,
    "rules.rectification.not_the_approving_level": _approving_level,
    "rules.rectification.same_region": _other_region,
    "rules.rectification.merge_target": _merge_target,
    "rules.rectification.split_parts": _parts,
    "rules.closing.incomplete": _closing,
    "rules.holding.nobody_to_charge": _somebody_to_charge,
    "rules.holding.undetermined": _extinct,
    "rules.petition.no_finding": _finding,
    "rules.petition.untrue": _not_untrue,
}
BROUGHT = needs.BROUGHT | frozenset(
    {
        "rules.rectification.no_answering_unit",
        "rules.rectification.duties_unnamed",
        "rules.rectification.no_notice_period",
        "rules.rectification.same_region",
        "rules.rectification.merge_target",
        "rules.rectification.split_parts",
        "rules.petition.no_finding",
    }
)
"""What an act's own form asks for."""
