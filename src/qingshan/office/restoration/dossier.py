"""What does a dossier say of restoration? Projects and lists, and of a mine its land by state."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from qingshan.office.matters.access import visible_to
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import one_mine
from qingshan.office.mines.dossier.beside import Card
from qingshan.office.mines.dossier.gathering import SHOWN, Dossier
from qingshan.office.mines.models import Mine
from qingshan.office.restoration.kinds import KIND
from qingshan.office.restoration.models import ListedSite, ProjectSite
from qingshan.office.restoration.queries import Balance, balances, listings_of_sites


@dataclass(frozen=True)
class Restored:
    """The card."""

    projects: list[Matter]
    listings: list[ListedSite]
    """on which lists the site stands; none of a mine"""
    balance: Balance | None
    land_path: str


def restored_of(dossier: Dossier) -> Restored:
    """As far as the reader may see it."""
    about = dossier.about
    sites = ProjectSite.objects.filter(left_on=None)
    if dossier.is_of_a_mine:
        ids = one_mine(about.pk)
        here = Q(mine_id__in=ids) | Q(pk__in=sites.filter(site__mine__in=ids).values("project__matter_id"))
    else:
        here = Q(pk__in=sites.filter(site=about.pk).values("project__matter_id"))
    rows = Matter.objects.filter(here, kind=KIND).defer("geom", "cell", "words").select_related("state")
    listed = {} if dossier.is_of_a_mine else listings_of_sites([about.pk], actor=dossier.actor)
    return Restored(
        list(visible_to(rows, dossier.actor).order_by("-id")[:SHOWN]),
        listed.get(about.pk, []),
        balances([about])[about.pk] if isinstance(about, Mine) else None,
        f"/restoration/land/mines/{about.pk}/" if dossier.is_of_a_mine else "",
    )


RESTORED = Card("restoration/of_a_dossier.html", restored_of)
