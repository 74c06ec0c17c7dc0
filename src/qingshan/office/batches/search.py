"""How are batches and single sites found: by title and number as every matter, and by the sites that stand in them?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingshan.finding.walk import Asked, found_in
from qingshan.office.batches.ledgers import BATCHES, SINGLES
from qingshan.office.batches.models import BatchSite
from qingshan.office.matters.search import searched
from qingshan.office.mines.access import branches_for
from qingshan.office.mines.models import Site
from qingshan.office.paging import Order, page
from qingshan.office.regions.ranges import EVERYWHERE
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.batches import Standing

MOST_SITES = 200
"""By so many sites batches are found at most: whoever means one of more types more of its name."""
LEDGER = Order(("region_id", "-id"))


@holds_until_next_act
def holding_sites(asked: Asked, actor: ActorLike) -> dict[int, str]:
    """The batches and items in which a site of this name or number stands, each with the name of the first one found.

    The sites are walked along their index of words; only those that the actor may see are looked for.
    """
    held = BatchSite.objects.exclude(standing=Standing.TAKEN_OUT.value)
    sites = Site.objects.filter(pk__in=held.values("site_id")).only("key", "name", "region", "words")
    parts = found_in(branches_for(sites, actor), asked, actor.region_ranges, EVERYWHERE)
    found = {row.pk: str(row) for row in page(parts, order=LEDGER, rows=MOST_SITES).rows}
    names: dict[int, str] = {}
    if found:
        rows = held.filter(site__in=list(found)).order_by("pk").values_list("batch__matter_id", "site_id")
        for matter_id, site_id in rows:
            names.setdefault(matter_id, found[site_id])
    return names


SEARCHED = (searched(BATCHES, _("修复批次")), searched(SINGLES, _("单项修复")))
