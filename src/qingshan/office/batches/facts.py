"""How does a batch stand, as the rules need to know it: its sites, list, numbers, rounds, panel, notice?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from qingshan.office.batches.models import Batch, BatchSite, PanelMember, SealedNumber
from qingshan.office.cases.models import Objection, PublicNotice
from qingshan.office.matters import needs
from qingshan.office.matters.access import as_unit
from qingshan.office.matters.models import Matter, MatterParty
from qingshan.rules.acceptance import Member
from qingshan.rules.batches import BatchSite as Counted
from qingshan.rules.batches import Stage as CountOf
from qingshan.rules.batches import Standing, Sum, sums
from qingshan.rules.flows.single_site import SingleAct
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.independence import DoneBy
from qingshan.rules.matters import ObjectionState
from qingshan.rules.provisions import Rulebook
from qingshan.rules.restoration import CM2_PER_M2
from qingshan.rules.roles import CARRYING_OUT
from qingshan.rules.rulebook import in_force
from qingshan.rules.sampling import (
    RULEBOOK,
    Check,
    Checked,
    ClosedList,
    Decision,
    Item,
    Round,
    SamplePlan,
    Share,
    next_step,
)

BEGINS_ANEW = frozenset({SingleAct.REOPEN})


def batch_of(matter: Matter) -> Batch:
    """The batch or single site behind a matter."""
    batch: Batch = matter.batch
    batch.matter = matter
    return batch


def rows_of(batch: Batch) -> list[BatchSite]:
    """All its sites with those that were taken out, in the order in which they came."""
    rows = batch.sites.select_related("site__region", "site__mine", "project_site__project__matter")
    return list(rows.defer("site__region__geom").order_by("id"))


def listed_rows(batch: Batch) -> list[BatchSite]:
    """The sites that belong to it now."""
    return [row for row in rows_of(batch) if row.is_listed]


def waiting_rows(batch: Batch) -> list[BatchSite]:
    """Its sites that are finished and wait for a conclusion."""
    return [row for row in rows_of(batch) if row.standing_named is Standing.WAITING]


def unfinished_rows(batch: Batch) -> list[BatchSite]:
    """Its sites that are not finished, or were sent back to be mended."""
    left = (Standing.UNFINISHED, Standing.RETURNED)
    return [row for row in listed_rows(batch) if row.standing_named in left]


# --- counts ------------------------------------------------------------------------------------------------------


def as_counted(row: BatchSite) -> Counted:
    """A site as the counts see it."""
    area = None if row.area_cm2 is None else Decimal(row.area_cm2) / CM2_PER_M2
    return Counted(str(row.pk), row.standing_named, area, row.drawn_named, row.check_named)


def counts_of(rows: Iterable[BatchSite]) -> dict[CountOf, Sum]:
    """Every number of a batch, by count and by area."""
    return sums(as_counted(row) for row in rows)


# --- the sample --------------------------------------------------------------------------------------------------


def sampling_book(matter: Matter, on: date) -> Rulebook:
    """By which rulebook the sample is drawn."""
    return in_force(RULEBOOK, on=on, region=region_of_id(matter.region_id))


def closed_list(batch: Batch) -> ClosedList | None:
    """The list as it was closed, as the rules see it; None while it is open."""
    if batch.listing is None or batch.plan is None:
        return None
    items = tuple(Item(each["id"], tuple(each["strata"]), each["weight"]) for each in batch.listing)
    return ClosedList(batch.subject, items, SamplePlan(**batch.plan))


def numbers_of(batch: Batch) -> list[SealedNumber]:
    """The numbers that were sealed for the list of now, in the order of their sealing."""
    rows = batch.numbers.filter(round_no=batch.round_no).select_related("organisation")
    return list(rows.order_by("id"))


def shares_of(numbers: Iterable[SealedNumber]) -> tuple[Share, ...]:
    """The same as the rules see them."""
    return tuple(Share(each.by, each.seal, each.secret) for each in numbers)


def rounds_of(rows: Iterable[BatchSite]) -> list[Checked]:
    """What was found in each round so far, by the keys of the sites."""
    found: dict[Round, dict[str, Check]] = {}
    for row in rows:
        if row.drawn_named is not None and row.check_named is not None:
            found.setdefault(row.drawn_named, {})[row.site.key] = row.check_named
    return [Checked(which, found[which]) for which in Round if which in found]


def decision_on(batch: Batch, *, on: date) -> Decision | None:
    """What the results ask for; None while no list is closed."""
    closed = closed_list(batch)
    if closed is None:
        return None
    return next_step(closed, rounds_of(rows_of(batch)), sampling_book(batch.matter, on))


# --- who did it, and who judges ----------------------------------------------------------------------------------


def panel_of(batch: Batch) -> list[PanelMember]:
    """The panel of the present round."""
    rows = batch.panel.filter(round_no=batch.round_no, ended_on=None)
    return list(rows.select_related("organisation__unit").order_by("id"))


def as_member(row: PanelMember) -> Member:
    """A member as the rules see them."""
    return Member(
        part=row.part_named,
        name=row.name,
        unit=as_unit(row.organisation) if row.organisation else None,
        signed_on=row.signed_on,
        paper=row.paper,
        absent_because=row.absent_because,
    )


def work_on(matter: Matter) -> DoneBy:
    """Who carried out what is to be judged, and the units of the projects behind its sites."""
    own = needs.work_on(matter)
    behind = needs.units_of(_executing_projects(matter))
    return replace(own, units=tuple(dict.fromkeys((*own.units, *behind))))


def _executing_projects(matter: Matter) -> Iterable[int]:
    projects = BatchSite.objects.filter(batch__matter=matter, left_on=None, project_site__isnull=False)
    behind = MatterParty.objects.filter(
        matter_id__in=projects.values("project_site__project__matter_id"),
        role__in=[role.value for role in CARRYING_OUT],
        to_on=None,
        organisation__isnull=False,
    )
    return behind.values_list("organisation_id", flat=True)


# --- the notice --------------------------------------------------------------------------------------------------


def running_notice(matter: Matter) -> PublicNotice | None:
    """The notice that was not stopped, the newest one; of a site that was reopened, only one given since."""
    begun = PublicNotice.objects.filter(matter=matter, stopped_on=None).select_related("step")
    newest = begun.order_by("-id").first()
    reopened = matter.steps.filter(act__in=BEGINS_ANEW).order_by("-matter_version").first()
    if newest is not None and reopened is not None and newest.step.matter_version < reopened.matter_version:
        return None
    return newest


def open_objections(matter: Matter) -> list[Objection]:
    """Objections to it that nobody has answered."""
    rows = Objection.objects.filter(notice__matter=matter, state=ObjectionState.OPEN.value)
    return list(rows.order_by("id"))


def notice_days(matter: Matter, on: date) -> int | None:
    """How many working days the result is published at least; None where no text sets a period."""
    book = in_force("public-notice", on=on, region=region_of_id(matter.region_id))
    if book.provision("restoration_acceptance_days").content is None:
        return None
    return book.whole("restoration_acceptance_days")
