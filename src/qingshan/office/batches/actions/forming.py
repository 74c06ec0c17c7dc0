"""How is a batch put together, how does a site come into it or leave it, and how does a single site enter?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Model

from qingshan.exchange.writing import change as write_columns
from qingshan.office.batches.access import FORM, TAKE_UP
from qingshan.office.batches.areas import count_areas
from qingshan.office.batches.claims import claimed_no_more
from qingshan.office.batches.facts import batch_of, rows_of
from qingshan.office.batches.models import Batch, BatchSite
from qingshan.office.batches.sentences import BatchRefused
from qingshan.office.matters.actions import Brought, Opening, open_matter, take_step
from qingshan.office.matters.models import Matter, Step
from qingshan.office.mines.models import Site
from qingshan.office.papers.numbers import next_number
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import inside, region_range
from qingshan.office.restoration.listing_moves import own_area
from qingshan.office.restoration.models import ProjectSite, cm2
from qingshan.office.restoration.period import clock_of
from qingshan.office.restoration.sharing import share_out
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules import numbering
from qingshan.rules.acceptance import Payer
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.batches import Standing
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleBroken
from qingshan.rules.flows import batch as batch_flow
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.single_site import FLOW as SINGLE_FLOW
from qingshan.rules.flows.single_site import SingleAct
from qingshan.rules.reasons import Reason
from qingshan.rules.register import OrganisationKind
from qingshan.rules.roles import CARRYING_OUT


@dataclass(frozen=True)
class Chosen:
    """A site that is put into a batch. The area as somebody gives it; None: as the register knows it."""

    site: Site
    mode: RestorationMode
    use: Afteruse | None = None
    project_site: ProjectSite | None = None
    area_m2: float | None = None


@dataclass(frozen=True)
class NewBatch:
    """What is said of a batch when it is put together. `opening.kind`, number, mine and site are filled in."""

    opening: Opening
    sites: Sequence[Chosen]
    payer: Payer = Payer.OBLIGED


@official_act
def form_batch(new: NewBatch, *, actor: ActorLike, now: datetime) -> Matter:
    """组成批次. Refused: no registry duty, a region outside the area, no title, no site or one twice, one that stands
    in another open batch or outside the region, a number that is taken, a day to come.
    """
    return _opened(new, batch_flow.FLOW.kind, numbering.BATCH, FORM.code, actor=actor, now=now)


@official_act
def take_up_single(new: NewBatch, *, actor: ActorLike, now: datetime) -> Matter:
    """登记单项: one site that belongs to no batch. Refused as for a batch; and more than one site."""
    if len(new.sites) > 1:
        raise BatchRefused.because("batches.one_site", count=len(new.sites))
    return _opened(new, SINGLE_FLOW.kind, numbering.SINGLE, TAKE_UP.code, actor=actor, now=now)


def _opened(new: NewBatch, kind: str, series: str, act: str, *, actor: ActorLike, now: datetime) -> Matter:
    check_sites(new.sites, region=new.opening.region)
    mines = {each.site.mine for each in new.sites}
    number = new.opening.number.strip()
    opening = replace(
        new.opening,
        kind=kind,
        number=number or _free_number(series, new.opening.region, shanghai_date(now)),
        mine=new.opening.mine or (next(iter(mines)) if len(mines) == 1 else None),
        site=new.sites[0].site if len(new.sites) == 1 else None,
        geom=next((each.site.geom for each in new.sites if each.site.geom is not None), None),
    )
    return open_matter(
        opening,
        act,
        actor=actor,
        now=now,
        details=lambda matter: _rows(matter, new),
        told={"sites": len(new.sites)},
    )


def _rows(matter: Matter, new: NewBatch) -> list[Model]:
    batch = Batch(matter=matter, payer=new.payer.value)
    batch.save(force_insert=True)
    rows = _added(batch, new.sites, on=matter.opened_on)
    share_out(matter, rows)
    _shown_to_whoever_executes(matter)
    return [batch, *rows]


def _shown_to_whoever_executes(matter: Matter) -> None:
    """An enterprise that carries the works out sees the batch, also where the land is of no mine."""
    parties = [each for each in matter.parties.select_related("organisation") if each.role in CARRYING_OUT]
    firms = [each.organisation for each in parties if each.organisation is not None]
    firm = next((each for each in firms if each.kind == OrganisationKind.ENTERPRISE), None)
    if firm is not None and matter.enterprise_id is None:
        matter.enterprise_id = firm.pk
        write_columns(matter, "enterprise_id")


def _added(batch: Batch, sites: Sequence[Chosen], *, on: date) -> list[BatchSite]:
    rows = []
    for each in sites:
        own = cm2(own_area(each.site, each.area_m2))
        row = BatchSite(
            batch=batch,
            site=each.site,
            project_site=each.project_site,
            mode=each.mode.value,
            use=each.use.value if each.use else "",
            own_cm2=own,
            area_cm2=own,
            standing=Standing.UNFINISHED.value,
            added_on=on,
        )
        row.save(force_insert=True)
        rows.append(row)
    for row in count_areas([*_rows_of_others(batch, rows), *rows]):
        row.save(update_fields=["area_cm2", "overlaps"])
    return rows


def _rows_of_others(batch: Batch, rows: Iterable[BatchSite]) -> list[BatchSite]:
    """The rows of a batch beside these."""
    known = {row.pk for row in rows}
    return [row for row in rows_of(batch) if row.pk not in known]


def check_sites(sites: Sequence[Chosen], *, region: Region) -> None:
    """Refused: no site, one twice, one that another open batch holds, one outside the region, an area of nothing."""
    if not sites:
        raise RuleBroken(Reason(batch_flow.EMPTY))
    counted = Counter(each.site.pk for each in sites)
    if twice := [str(each.site) for each in sites if counted[each.site.pk] > 1]:
        raise BatchRefused.because("batches.site_twice", sites="、".join(dict.fromkeys(twice)))
    for each in sites:
        if not inside(each.site.region_id, (region_range(region.pk),)):
            raise BatchRefused.because("batches.outside", site=str(each.site))
        if each.area_m2 is not None and each.area_m2 <= 0:
            raise BatchRefused.because("batches.area_not_possible", site=str(each.site))
    not_taken([each.site for each in sites])


def not_taken(sites: Sequence[Site]) -> None:
    """Refused: a site that stands in an open batch or item."""
    held = BatchSite.objects.filter(site__in=list(sites), is_open=True).select_related(
        "site", "batch__matter"
    )
    for row in held.order_by("pk")[:1]:
        raise BatchRefused.because("batches.site_taken", site=str(row.site), batch=str(row.batch.matter))


def _free_number(series: str, region: Region, on: date) -> str:
    """The next number that no ledger from before has used."""
    while True:
        number = next_number(series, holder=region.pk, on=on)
        if not Matter.objects.filter(number=number).exists():
            return number


@official_act
def add_sites(
    matter: Matter, brought: Brought, *, sites: Sequence[Chosen], actor: ActorLike, now: datetime
) -> Step:
    """列入点位. Refused: no registry duty, a batch that is finished, and whatever is refused when it is formed."""
    batch = batch_of(matter)
    check_sites(sites, region=matter.region)
    return take_step(
        matter,
        BatchAct.ADD_SITE,
        brought,
        actor=actor,
        now=now,
        facts={"sites": len(sites), "added": _names(each.site for each in sites)},
        beside=lambda step: _came(batch, sites, step),
    )


def _names(sites: Iterable[Site]) -> str:
    return "、".join(str(each) for each in sites)[:500]


def _came(batch: Batch, sites: Sequence[Chosen], step: Step) -> list[Model]:
    rows = _added(batch, sites, on=step.occurred_on)
    share_out(batch.matter, [row for row in rows_of(batch) if row.is_listed])
    return [*rows, *_rows_of_others(batch, rows)]


@official_act
def take_out_site(
    matter: Matter, row: BatchSite, brought: Brought, *, actor: ActorLike, now: datetime
) -> Step:
    """移出点位, with grounds; it stays on record. Refused: no registry duty, no grounds, a site that is none of the
    batch's or was taken out already.
    """
    batch = batch_of(matter)
    if row.batch_id != batch.pk:
        raise BatchRefused.because("batches.not_a_site_of_it", site=str(row.site))
    if not row.is_listed:
        raise BatchRefused.because("batches.already_out", site=str(row.site))
    return take_step(
        matter,
        BatchAct.TAKE_OUT_SITE,
        brought,
        actor=actor,
        now=now,
        facts={"removed": str(row.site)},
        beside=lambda step: _left(batch, row, step),
    )


def _left(batch: Batch, row: BatchSite, step: Step) -> list[Model]:
    write(row, standing=Standing.TAKEN_OUT.value, is_open=False, left_on=step.occurred_on)
    rows = [row if each.pk == row.pk else each for each in rows_of(batch)]
    for each in count_areas(rows):
        each.save(update_fields=["area_cm2", "overlaps"])
    share_out(batch.matter, [each for each in rows if each.is_listed])
    return [*rows, *claimed_no_more([row], now=step.recorded_at)]


def write(row: BatchSite, **values: object) -> BatchSite:
    """Write values of a site of a batch inside a step; its version rises."""
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*values, "version"])
    return row


def write_over(batch: Batch, **values: object) -> Batch:
    """Write values of a batch inside a step; its version rises."""
    for name, value in values.items():
        setattr(batch, name, value)
    batch.version += 1
    batch.save(update_fields=[*values, "version"])
    return batch


@official_act
def resume_forming(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """退回组批: it is put together further. Refused: no registry duty, no grounds."""
    return take_step(matter, BatchAct.RESUME_FORMING, brought, actor=actor, now=now)


@official_act
def withdraw_batch(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """撤销批次或单项: its sites are free again. Refused: no duty to lead, no grounds or document, a list that is
    closed.
    """
    batch = batch_of(matter)
    return take_step(
        matter,
        SingleAct.WITHDRAW if batch.is_single else BatchAct.WITHDRAW,
        brought,
        actor=actor,
        now=now,
        changes={"due_on": None},
        beside=lambda step: _given_up(batch, step),
    )


def _given_up(batch: Batch, step: Step) -> list[Model]:
    held = [row for row in rows_of(batch) if row.is_open]
    for row in held:
        write(row, is_open=False)
    return [*held, *claimed_no_more(held, now=step.recorded_at)]


@official_act
def correct_batch(
    matter: Matter, brought: Brought, *, title: str, payer: Payer, actor: ActorLike, now: datetime
) -> Step:
    """更正登记: title, and who pays for the works, with grounds; the period that runs becomes that of whoever pays.
    Refused: no registry duty, no grounds.
    """
    batch = batch_of(matter)
    named = title.strip()[:200]
    old = {"old_title": matter.title} if named and named != matter.title else {}
    changes: dict[str, object] = {"title": named} if named else {}
    if batch.applied_on and matter.state_name in batch_flow.WITH_AUTHORITY:
        changes["due_on"] = clock_of(matter, payer, batch.applied_on, on=batch.applied_on).due_on
    return take_step(
        matter,
        SingleAct.CORRECT if batch.is_single else BatchAct.CORRECT,
        brought,
        actor=actor,
        now=now,
        changes=changes,
        facts={**old, "payer": payer.value},
        beside=lambda _step: [write_over(batch, payer=payer.value)],
    )


__all__ = [
    "Chosen",
    "NewBatch",
    "add_sites",
    "correct_batch",
    "form_batch",
    "resume_forming",
    "take_out_site",
    "take_up_single",
    "withdraw_batch",
]
