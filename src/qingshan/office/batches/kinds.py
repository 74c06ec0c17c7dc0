"""Which kinds of matter are there here? 批次 and 单项: two flow tables over the same rows."""

from __future__ import annotations

from qingshan.office.batches.facts import BEGINS_ANEW, batch_of, listed_rows
from qingshan.office.batches.needs import BROUGHT, DECIDING, NEEDS
from qingshan.office.batches.search import holding_sites
from qingshan.office.matters.kinds import MatterKind
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Site
from qingshan.rules.flows import batch, single_site
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.single_site import SingleAct


def page_of(matter: Matter) -> str:
    """Both have their page at the same address."""
    return f"/batches/{matter.pk}/"


def sites_of(matter: Matter) -> list[Site]:
    """The sites that belong to it now."""
    return [row.site for row in listed_rows(batch_of(matter))]


BATCH = MatterKind(
    flow=batch.FLOW,
    needs=NEEDS,
    path=page_of,
    brought=BROUGHT,
    sites=sites_of,
    deciding=DECIDING,
    takes_up_again=(BatchAct.TRACE_BACK,),
    carries_out=frozenset({BatchAct.FINISH, BatchAct.APPLY}),
    found_through=holding_sites,
)
SINGLE = MatterKind(
    flow=single_site.FLOW,
    needs=NEEDS,
    path=page_of,
    brought=BROUGHT,
    sites=sites_of,
    begins_anew=BEGINS_ANEW,
    takes_up_again=(SingleAct.REOPEN,),
    carries_out=frozenset({SingleAct.FINISH, SingleAct.APPLY, SingleAct.REPORT_PROGRESS}),
    found_through=holding_sites,
)
KINDS = (BATCH, SINGLE)
OWN = frozenset(each.kind for each in KINDS)
