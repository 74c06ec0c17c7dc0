"""What does the dossier of a site or mine say of planting? Plots with survival and the next date, land handed back."""

from __future__ import annotations

from dataclasses import dataclass

from qingshan.office.matters.queries import one_mine
from qingshan.office.mines.dossier.beside import Card
from qingshan.office.mines.dossier.gathering import SHOWN, Dossier
from qingshan.office.planting.access import may_keep, visible_to
from qingshan.office.planting.models import HandBack, Plot
from qingshan.office.planting.showing import ShownPlot, language, shown_plots
from qingshan.office.planting.surviving import together
from qingshan.office.planting.uses import ShownUse, shown_use
from qingshan.office.restoration.beside import ProjectCard
from qingshan.office.restoration.folder import Folder


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
        rows = Plot.objects.filter(site__mine__in=ids)
        back = HandBack.objects.filter(site__mine__in=ids, withdrawn_on=None)
    else:
        rows = Plot.objects.filter(site=about.pk)
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
    rows = Plot.objects.filter(site__in=[row.site_id for row in sites]).defer("geom")
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


PLANTED_IN_PROJECT = ProjectCard("planting/of_a_project.html", planted_in_project)
PLANTED = Card("planting/of_a_dossier.html", planted_of)
