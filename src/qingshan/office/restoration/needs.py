"""What do the needs of the flow table ask for? Facts are gathered here; `rules` judges them."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.office.matters import needs
from qingshan.office.matters.kinds import Asked, Need
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Site
from qingshan.office.restoration.claims import against_accepting
from qingshan.office.restoration.models import ProjectSite, RestorationProject
from qingshan.rules import restoration
from qingshan.rules.flows.rectification import IMAGES
from qingshan.rules.flows.restoration import CONCLUDED, SITES
from qingshan.rules.reasons import Reason
from qingshan.rules.restoration import SiteResult


def project_of(matter: Matter) -> RestorationProject:
    """The project behind a matter."""
    return matter.restoration


def sites_of(project: RestorationProject) -> list[ProjectSite]:
    """The sites that it works on now, in the order in which they came to it."""
    return list(project.sites.filter(left_on=None).select_related("site").order_by("id"))


def ground_of(matter: Matter) -> BaseGeometry | None:
    """The land of all its sites together; None where none has a shape."""
    return land_of(row.site for row in sites_of(project_of(matter)))


def land_of(sites: Iterable[Site]) -> BaseGeometry | None:
    """Their land together; None where none has a shape."""
    shapes = [site.geom for site in sites if site.geom is not None]
    return shapely.union_all(shapes) if shapes else None


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


def _concluded(asked: Asked) -> Iterable[Reason]:
    """Every site was accepted by a batch or on its own, which wrote its accepted area here."""
    left = [str(row.site) for row in sites_of(project_of(asked.matter)) if row.done_cm2 is None]
    if left:
        yield Reason(CONCLUDED, {"count": len(left), "sites": "、".join(left[:5])})


def _receiver(asked: Asked) -> Iterable[Reason]:
    return restoration.need_receiver(str(asked.values.get("receiver") or ""))


NEEDS: dict[str, Need] = {
    **needs.NEEDS,
    IMAGES: against_accepting,
    SITES: _sites,
    CONCLUDED: _concluded,
    "rules.restoration.no_design": _design,
    "rules.restoration.area_not_said": _results,
    "rules.restoration.no_aftercare": _aftercare,
    "rules.restoration.aftercare_running": _aftercare_over,
    "rules.restoration.no_receiver": _receiver,
}
BROUGHT = needs.BROUGHT | frozenset(
    {
        "rules.restoration.no_design",
        "rules.restoration.area_not_said",
        "rules.restoration.no_aftercare",
        "rules.restoration.no_receiver",
    }
)
"""What an act's own form asks for."""
