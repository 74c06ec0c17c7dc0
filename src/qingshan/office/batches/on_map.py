"""How do the sites of batches lie on the one map? With their outlines, each by how it stands in its newest batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from qingshan.office.batches.access import visible_to
from qingshan.office.batches.kinds import OWN
from qingshan.office.batches.models import Batch, BatchSite
from qingshan.office.batches.showing import STANDING_LOOKS
from qingshan.office.matters.access import visible_to as matters_visible_to
from qingshan.office.matters.ledgers import Look
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Site
from qingshan.office.mines.on_map import asked_sites
from qingshan.office.mines.queries import one
from qingshan.office.places.layers import BY_LOOK, Layer, Query, declare_layer
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.batches import Standing
from qingshan.rules.identifiers import row_id

CODE = "batch_sites"
BATCH = "batch"
"""By this the address of the map asks for the sites of one batch or single site."""
_LOOK_OF = Case(
    *(When(standing=each.value, then=Value(look)) for each, look in STANDING_LOOKS.items()),
    output_field=CharField(),
)


def _newest(actor: ActorLike, told: Q) -> QuerySet[BatchSite]:
    """Of each site of an outer query the newest of these rows that the actor may see."""
    # a reference to the outer row must not stand inside of what scopes: there it would mean another row
    seen = visible_to(Batch.objects.all(), actor).values("pk")
    return BatchSite.objects.filter(told, batch__in=seen, site=OuterRef("pk")).order_by("-pk")


def _asked(query: Query) -> tuple[Q, tuple[Standing, ...]]:
    """Which rows of batches are asked for, and how they stand. What was taken out is shown where it is asked for only:
    before that it stands nowhere.
    """
    wanted = query.get("category", "")
    stand = (Standing(wanted),) if wanted in Standing.values() else tuple(STANDING_LOOKS)
    told = Q() if stand == (Standing.TAKEN_OUT,) else ~Q(standing=Standing.TAKEN_OUT.value)
    matter_id = row_id(query.get(BATCH, ""))
    return (told if matter_id is None else told & Q(batch__matter_id=matter_id)), stand


def _sites(actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
    """The sites that stand in a batch or are restored one by one."""
    rows, stand = _asked(query)
    newest = _newest(actor, rows)
    told = Site.objects.annotate(look=Subquery(newest.annotate(look=_LOOK_OF).values("look")[:1]))
    told = told.filter(look__in=sorted({STANDING_LOOKS[each] for each in stand}))
    if query.get(BATCH):
        told = told.filter(pk__in=BatchSite.objects.filter(rows).values("site_id"))
    return asked_sites(told, actor, query)


@dataclass(frozen=True)
class Batched:
    """How a site stands in one batch, or as a single site."""

    row: BatchSite

    @property
    def matter(self) -> Matter:
        return self.row.batch.matter

    @property
    def look(self) -> str:
        return STANDING_LOOKS[self.row.standing_named]


@dataclass(frozen=True)
class SiteInBatches:
    """A site in the side panel, with the batches and items in which it stands or stood, the newest first."""

    site: Site
    batches: list[Batched]


def _one(pk: int, actor: ActorLike) -> SiteInBatches:
    site = one(Site, pk, actor=actor)
    rows = visible_to(BatchSite.objects.filter(site=site), actor).select_related("batch__matter__state")
    return SiteInBatches(site, [Batched(row) for row in rows.defer("batch__matter__geom").order_by("-pk")])


def _words(actor: ActorLike, query: Query) -> list[tuple[str, str]]:
    """The batch to which the layer is narrowed, as far as the actor may see it."""
    matter_id = row_id(query.get(BATCH, ""))
    if matter_id is None:
        return []
    seen = matters_visible_to(Matter.objects.filter(pk=matter_id, kind__in=OWN), actor)
    return [(BATCH, seen.values_list("title", flat=True).first() or "—")]


LAYER = Layer(
    CODE,
    _("批次点位"),
    _("修复批次和单项修复"),
    _sites,
    ("name", "look"),
    sum_of="area_m2",
    shown=False,
    colour="#1b6f74",
    mark=BY_LOOK,
    looks=tuple((look, each.sentence) for each, look in STANDING_LOOKS.items()),
    panel="batches/panel_site.html",
    page="/sites/{id}/",
    one=_one,
    terms=Standing,
    terms_title=_("情况"),
    narrows=(BATCH,),
    words_of=_words,
)
declare_layer(LAYER)


def map_of_batch(matter: Matter) -> str:
    """The map with the sites of one batch."""
    return f"/map/?{urlencode({'layers': f'regions,{CODE}', f'{CODE}.{BATCH}': matter.pk})}"


def map_of_ledger(look: Look) -> str:
    """The map with the sites of batches, in the county to which a ledger is narrowed."""
    asked = {"layers": f"regions,{CODE}", "region": look.region_id or ""}
    return f"/map/?{urlencode({name: value for name, value in asked.items() if value})}"
