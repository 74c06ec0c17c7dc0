"""What does the dossier of a site or mine say of planting? Plots with survival and the next date, land handed back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qingshan.office.matters.queries import one_mine
from qingshan.office.mines.dossier.beside import Card
from qingshan.office.mines.dossier.gathering import SHOWN, Dossier
from qingshan.office.planting.access import may_keep, visible_to
from qingshan.office.planting.lasting import (
    Accepted,
    Where,
    by_projects,
    evaluation_of,
    evaluations,
    lasting_of,
    period_source,
)
from qingshan.office.planting.models import HandBack, Plot
from qingshan.office.planting.showing import (
    ShownPlot,
    care_words,
    follow_up_words,
    language,
    shown_plots,
)
from qingshan.office.planting.surviving import together
from qingshan.office.planting.uses import ShownUse, shown_use
from qingshan.office.restoration.beside import ProjectCard
from qingshan.office.restoration.folder import Folder
from qingshan.office.trail.parties import ActorLike


@dataclass(frozen=True)
class Planted:
    """The card."""

    plots: list[ShownPlot]
    more: int
    said: str
    back_m2: float
    new_path: str
    back_path: str


@dataclass(frozen=True)
class PlantedInProject:
    """The card on the page of a project."""

    plots: list[ShownPlot]
    more: int
    said: str
    uses: list[ShownUse]


def planted_of(dossier: Dossier) -> Planted:
    """As far as the reader may see it."""
    about = dossier.about
    if dossier.is_of_a_mine:
        ids = one_mine(about.pk)
        rows = Plot.objects.filter(site__mine__in=ids, withdrawn_on=None)
        back = HandBack.objects.filter(site__mine__in=ids, withdrawn_on=None)
    else:
        rows = Plot.objects.filter(site=about.pk, withdrawn_on=None)
        back = HandBack.objects.filter(site=about.pk, withdrawn_on=None)
    found = list(visible_to(rows.defer("geom"), dossier.actor).order_by("key"))
    shown = shown_plots(found, on=dossier.on)
    keeps = not dossier.is_of_a_mine and may_keep(dossier.actor, about)  # type: ignore[arg-type]
    return Planted(
        plots=shown[:SHOWN],
        more=max(0, len(shown) - SHOWN),
        said=together((each.survival for each in shown), on=dossier.on, region_id=about.region_id).say(
            language()
        ),
        back_m2=sum(visible_to(back, dossier.actor).values_list("area_cm2", flat=True)) / 10_000,
        new_path=f"/planting/new/?site={about.pk}" if keeps and dossier.may.file else "",
        back_path=f"/planting/returned/sites/{about.pk}/" if keeps and dossier.may.file else "",
    )


def planted_in_project(folder: Folder) -> PlantedInProject:
    """The plots on its sites, and what each of its sites is used for."""
    sites = [row for row in folder.sites if row.left_on is None]
    rows = Plot.objects.filter(site__in=[row.site_id for row in sites], withdrawn_on=None).defer("geom")
    found = list(visible_to(rows, folder.actor).order_by("key"))
    shown = shown_plots(found, on=folder.on)
    said = together(
        (each.survival for each in shown), on=folder.on, region_id=found[0].region_id if found else None
    )
    return PlantedInProject(
        shown[:SHOWN],
        max(0, len(shown) - SHOWN),
        said.say(language()),
        [shown_use(row) for row in sites],
    )


@dataclass(frozen=True)
class LastingLine:
    """One acceptance of one site."""

    accepted: Accepted
    name: str
    path: str
    care_look: str
    care: str
    follow_up_look: str
    follow_up: str


@dataclass(frozen=True)
class AfterAcceptance:
    """The card of what lasts after acceptance; without rows there is none."""

    rows: list[LastingLine]
    source: str = ""
    more: int = 0


def lines_of(
    accepted: Sequence[Accepted], *, actor: ActorLike, on: date, names: Mapping[int, str] | None = None
) -> AfterAcceptance:
    """Acceptances as a card shows them; `names`: of their sites, where several stand together."""
    named, sites = names or {}, frozenset(each.site_id for each in accepted)
    noted = evaluations(actor=actor, where=Where(site_ids=sites)) if sites else {}
    rows = [
        LastingLine(
            each,
            named.get(each.site_id, ""),
            f"/sites/{each.site_id}/",
            *care_words(each.until, on=on),
            *follow_up_words(each, evaluation_of(each, noted.get(each.site_id, ())), on=on),
        )
        for each in accepted
    ]
    is_asked_for = any(each.follow_up.due_on for each in accepted)
    source = period_source(on=on, language=language()) if is_asked_for else ""
    return AfterAcceptance(rows[:SHOWN], source, max(0, len(rows) - SHOWN))


def lasting_of_site(dossier: Dossier) -> AfterAcceptance:
    """Of a site; a mine has too many for a card."""
    if dossier.is_of_a_mine:
        return AfterAcceptance([])
    accepted = lasting_of(dossier.about.pk, actor=dossier.actor)
    return lines_of(accepted, actor=dossier.actor, on=dossier.on)


def lasting_of_project(folder: Folder) -> AfterAcceptance:
    """Of the sites of a project, once it was accepted."""
    project = folder.project
    if project.accepted_on is None:
        return AfterAcceptance([])
    sites = {row.site_id: str(row.site) for row in folder.sites if row.left_on is None}
    found = by_projects(folder.actor, Where(site_ids=frozenset(sites)))
    own = [each for each in found if each.path == f"/restoration/{folder.matter.pk}/"]
    return lines_of(own, actor=folder.actor, on=folder.on, names=sites)


AFTER_ACCEPTANCE = Card("planting/after_acceptance.html", lasting_of_site)
AFTER_ACCEPTANCE_OF_PROJECT = ProjectCard("planting/after_acceptance.html", lasting_of_project)
PLANTED_IN_PROJECT = ProjectCard("planting/of_a_project.html", planted_in_project)
PLANTED = Card("planting/of_a_dossier.html", planted_of)
