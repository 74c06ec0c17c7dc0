"""What does the dossier of a mine or site say of restoration? Its projects, and the land of the mine by state."""

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
from qingshan.office.restoration.models import ProjectSite
from qingshan.office.restoration.queries import Balance, balances


@dataclass(frozen=True)
class Restored:
    """The card."""

    projects: list[Matter]
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
    return Restored(
        list(visible_to(rows, dossier.actor).order_by("-id")[:SHOWN]),
        balances([about])[about.pk] if isinstance(about, Mine) else None,
        f"/restoration/land/mines/{about.pk}/" if dossier.is_of_a_mine else "",
    )


RESTORED = Card("restoration/of_a_dossier.html", restored_of)
