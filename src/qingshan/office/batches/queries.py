"""What may this actor read of batches and single sites? Everything starts from what may be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from qingshan.office.accounts.access import seen_one
from qingshan.office.batches.access import PATHS
from qingshan.office.batches.kinds import OWN
from qingshan.office.batches.models import Batch, BatchSite, SiteCheck
from qingshan.office.cases.models import PublicNotice
from qingshan.office.errors import NotFound
from qingshan.office.matters import queries as matters
from qingshan.office.matters.access import visible_to as matters_visible_to
from qingshan.office.matters.models import Matter
from qingshan.office.restoration.models import ProjectSite
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.batches import Standing


def one_batch(pk: int, *, actor: ActorLike) -> Matter:
    """The matter of a batch or single site, or NotFound; also for a matter of another kind."""
    found = matters.one_matter(pk, actor=actor)
    if found.kind not in OWN:
        raise NotFound.because("office.not_found", what=str(Batch._meta.verbose_name))
    return found


def one_site(matter: Matter, pk: int, *, actor: ActorLike) -> BatchSite:
    """A site of a batch, or NotFound."""
    rows = BatchSite.objects.filter(batch__matter=matter).select_related("batch__matter", "site__region")
    return seen_one(rows.defer("site__region__geom"), actor, pk=pk, **PATHS[BatchSite])


@dataclass(frozen=True)
class Tally:
    """A batch in a list: how many sites it has and how they stand."""

    batch: Batch
    listed: int
    accepted: int
    returned: int
    area_cm2: int
    without_area: int


def beside(keys: Sequence[int]) -> dict[int, Tally]:
    """The batches of these matters with their counts, by matter; one query."""
    listed = ~Q(sites__standing=Standing.TAKEN_OUT.value) & Q(sites__isnull=False)
    rows = Batch.objects.filter(matter__in=keys).defer("listing", "past", "plan")
    counted = rows.annotate(
        n_listed=Count("sites", filter=listed),
        n_accepted=Count("sites", filter=Q(sites__standing=Standing.ACCEPTED.value)),
        n_returned=Count("sites", filter=Q(sites__standing=Standing.RETURNED.value)),
        n_unknown=Count("sites", filter=listed & Q(sites__area_cm2=None)),
        n_area=Sum("sites__area_cm2", filter=listed),
    )
    return {
        row.matter_id: Tally(
            row, row.n_listed, row.n_accepted, row.n_returned, row.n_area or 0, row.n_unknown
        )
        for row in counted
    }


def newest_checks(rows: Iterable[BatchSite]) -> dict[int, SiteCheck]:
    """The newest check of each site."""
    found = SiteCheck.objects.filter(batch_site__in=[row.pk for row in rows]).order_by("id")
    return {each.batch_site_id: each for each in found}


def notices_of(matter: Matter) -> list[PublicNotice]:
    """Its notices with their objections, the newest first."""
    return list(matter.notices.prefetch_related("objections").order_by("-id"))


def projects_behind(rows: Iterable[ProjectSite | None], actor: ActorLike) -> dict[int, Matter]:
    """The projects that work on these sites, by their matters, as far as the actor may see them; one query."""
    ids = {row.project.matter_id for row in rows if row is not None}
    found = matters_visible_to(Matter.objects.filter(pk__in=ids), actor) if ids else Matter.objects.none()
    return {each.pk: each for each in found.defer("geom", "cell", "words")}


def batches_of_sites(sites: Sequence[int], actor: ActorLike) -> list[Matter]:
    """The batches and items in which these sites stand or stood, the newest first, as far as the actor may see them."""
    rows = BatchSite.objects.filter(site__in=list(sites)).exclude(standing=Standing.TAKEN_OUT.value)
    found = Matter.objects.filter(pk__in=rows.values("batch__matter_id")).select_related("state")
    return list(matters_visible_to(found.defer("geom", "cell", "words"), actor).order_by("-id"))
