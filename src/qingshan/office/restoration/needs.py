"""What do the needs of the flow table ask for? Facts are gathered here; `rules` judges them."""

from __future__ import annotations

from collections.abc import Iterable

from qingshan.office.accounts.models import Organisation, Person
from qingshan.office.matters.access import as_unit, matter_parties
from qingshan.office.matters.kinds import Asked, Need, kind_named
from qingshan.office.matters.models import Matter
from qingshan.office.restoration.claims import against_accepting
from qingshan.office.restoration.models import ProjectSite, RestorationProject
from qingshan.rules import independence, rectification, restoration
from qingshan.rules.flows.rectification import GROUNDS, IMAGES, INDEPENDENT, NUMBER, ON_SITE
from qingshan.rules.flows.restoration import SITES, ProjectAct
from qingshan.rules.independence import DoneBy, Judge, Unit
from qingshan.rules.reasons import Reason
from qingshan.rules.restoration import SiteResult
from qingshan.rules.roles import CARRYING_OUT


def project_of(matter: Matter) -> RestorationProject:
    """The project behind a matter."""
    return matter.restoration


def sites_of(project: RestorationProject) -> list[ProjectSite]:
    """The sites that it works on now, in the order in which they came to it."""
    return list(project.sites.filter(left_on=None).select_related("site").order_by("id"))


def _grounds(asked: Asked) -> Iterable[Reason]:
    return rectification.need_text(asked.grounds)


def _number(asked: Asked) -> Iterable[Reason]:
    paper = asked.actor.paper
    return rectification.need_number(asked.number or (paper.number if paper else ""))


def _deadline(asked: Asked) -> Iterable[Reason]:
    return rectification.need_deadline(asked.values.get("due_on"), on=asked.on)


def _new_deadline(asked: Asked) -> Iterable[Reason]:
    return rectification.need_deadline(
        asked.values.get("due_on"), on=asked.on, code=rectification.NO_NEW_DEADLINE
    )


def _later(asked: Asked) -> Iterable[Reason]:
    return rectification.need_later(asked.values.get("due_on"), than=asked.matter.due_on)


def _visit(asked: Asked) -> Iterable[Reason]:
    visitors, visited_on = str(asked.values.get("visitors") or ""), asked.values.get("visited_on")
    return rectification.need_visit(visitors, visited_on, on=asked.on)


def _sites(asked: Asked) -> Iterable[Reason]:
    kept = asked.values.get("sites_kept")
    count = project_of(asked.matter).sites.filter(left_on=None).count() if kept is None else kept
    return restoration.need_sites(count)


def _design(asked: Asked) -> Iterable[Reason]:
    """As it is brought, or as it was submitted before."""
    project, values = project_of(asked.matter), asked.values
    planned = values.get("planned_cm2", {})
    sites = [
        SiteResult(str(each.site), planned.get(each.pk, each.planned_cm2), None) for each in sites_of(project)
    ]
    return restoration.need_design(
        title=str(values.get("design_title") or ""), planned_fen=values.get("planned_fen"), sites=sites
    )


def _results(asked: Asked) -> Iterable[Reason]:
    results = asked.values.get("results")
    if results is None:
        results = [
            SiteResult(str(each.site), each.planned_m2, each.claimed_m2)
            for each in sites_of(project_of(asked.matter))
        ]
    return restoration.need_results(results)


def _aftercare(asked: Asked) -> Iterable[Reason]:
    return restoration.need_aftercare_end(asked.values.get("aftercare_until"), on=asked.on)


def _aftercare_over(asked: Asked) -> Iterable[Reason]:
    return restoration.need_aftercare_over(project_of(asked.matter).aftercare_until, on=asked.on)


def _receiver(asked: Asked) -> Iterable[Reason]:
    return restoration.need_receiver(str(asked.values.get("receiver") or ""))


def _independent(asked: Asked) -> Iterable[Reason]:
    persons = {asked.actor.decider.id, asked.actor.recorder.id, asked.actor.person_id} - {None}
    judge = Judge(asked.unit, frozenset(int(each) for each in persons if each is not None))
    return independence.faults(judge, work_on(asked.matter))


def work_on(matter: Matter) -> DoneBy:
    """Who carried out what is to be judged, since the project was last taken up anew."""
    steps = list(matter.steps.order_by("matter_version"))
    begins = [place for place, step in enumerate(steps) if step.act == ProjectAct.REOPEN]
    carried_out = kind_named(matter.kind).carries_out
    done = [step for step in steps[begins[-1] if begins else 0 :] if step.act in carried_out]
    ids = {pk for step in done for pk in (step.decider_id, step.recorder_id) if pk is not None}
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "full_name"))
    return DoneBy(_executing(matter), frozenset(ids), names)


def _executing(matter: Matter) -> tuple[Unit, ...]:
    parties = [each for each in matter_parties(matter) if each.role in CARRYING_OUT]
    ids = {each.organisation_id for each in parties if each.organisation_id is not None}
    found = Organisation.objects.select_related("unit").filter(pk__in=ids).order_by("pk")
    return tuple(as_unit(each) for each in found)


NEEDS: dict[str, Need] = {
    GROUNDS: _grounds,
    NUMBER: _number,
    ON_SITE: _visit,
    INDEPENDENT: _independent,
    IMAGES: against_accepting,
    SITES: _sites,
    "rules.rectification.no_deadline": _deadline,
    "rules.rectification.no_new_deadline": _new_deadline,
    "rules.rectification.not_later": _later,
    "rules.restoration.no_design": _design,
    "rules.restoration.area_not_said": _results,
    "rules.restoration.no_aftercare": _aftercare,
    "rules.restoration.aftercare_running": _aftercare_over,
    "rules.restoration.no_receiver": _receiver,
}
BROUGHT = frozenset(
    {
        GROUNDS,
        NUMBER,
        ON_SITE,
        "rules.rectification.no_deadline",
        "rules.rectification.no_new_deadline",
        "rules.rectification.not_later",
        "rules.restoration.no_design",
        "rules.restoration.area_not_said",
        "rules.restoration.no_aftercare",
        "rules.restoration.no_receiver",
    }
)
"""What an act's own form asks for."""
