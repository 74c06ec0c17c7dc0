"""What do the dossier of a mine or site and the page of a project say of batches and single sites?"""

from __future__ import annotations

from django.db.models import Q

from qingshan.office.batches.kinds import OWN
from qingshan.office.batches.models import BatchSite
from qingshan.office.batches.queries import batches_of_sites
from qingshan.office.matters.access import visible_to
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import one_mine
from qingshan.office.mines.dossier.beside import Card
from qingshan.office.mines.dossier.gathering import SHOWN, Dossier
from qingshan.office.restoration.beside import ProjectCard
from qingshan.office.restoration.folder import Folder
from qingshan.rules.batches import Standing


def batched_of(dossier: Dossier) -> list[Matter]:
    """Those in which its sites stand or stood, the newest first, as far as the reader may see them."""
    about = dossier.about
    rows = BatchSite.objects.exclude(standing=Standing.TAKEN_OUT.value)
    mine = Q(site__mine__in=one_mine(about.pk)) if dossier.is_of_a_mine else Q(site=about.pk)
    here = Q(pk__in=rows.filter(mine).values("batch__matter_id"))
    found = Matter.objects.filter(here, kind__in=OWN).defer("geom", "cell", "words").select_related("state")
    return list(visible_to(found, dossier.actor).order_by("-id")[:SHOWN])


BATCHED = Card("batches/of_a_dossier.html", batched_of)


def batched_with(folder: Folder) -> list[Matter]:
    """Those in which the sites of a project are accepted."""
    return list(batches_of_sites([row.site_id for row in folder.sites], folder.actor))


IN_BATCHES = ProjectCard("batches/of_a_dossier.html", batched_with)
