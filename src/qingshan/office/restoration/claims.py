"""What does a project claim of its sites, so that images are asked? Completion is claimed nowhere else.

A claim is a hypothesis: it is queued, kept and withdrawn by the acts of the project itself, and what images do not
support has to be answered in writing before anybody accepts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model, prefetch_related_objects

from qingshan.office.matters.kinds import Asked
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Site
from qingshan.office.observations import claiming
from qingshan.office.observations.claiming import Claimed, open_questions
from qingshan.office.observations.intended import Intended, intended
from qingshan.office.observations.models import Claim, TraceBack
from qingshan.office.regions.models import Region
from qingshan.office.restoration.models import ListedSite, ProjectSite
from qingshan.office.trail.subjects import kind_of
from qingshan.rules.afteruse import Afteruse, RestorationMode, target_of
from qingshan.rules.flows.restoration import FLOW, ProjectState
from qingshan.rules.reasons import Reason
from qingshan.rules.register import RegionLevel
from qingshan.rules.verification import STANDING, against_signing

KIND = FLOW.kind
NOT_APPROVED = (ProjectState.REGISTERED, ProjectState.DISMISSED, ProjectState.WITHDRAWN)


Days = tuple[date | None, date | None]
"""when the works on a site were complete, and when it was planted"""


def claimed(
    matter: Matter, rows: Iterable[ProjectSite], *, on: date, days: Mapping[int, Days], now: datetime
) -> list[Model]:
    """The works on these sites are said to be done: each site is a claim, tested for what the land is for. `days` of
    sites by their key, as far as somebody said them.
    """
    mode = RestorationMode(matter.restoration.mode)
    said = [_claim(matter, row, mode, on=on, days=days.get(row.pk, (None, None))) for row in rows]
    made = [claim for each in said for claim in claiming.claim(each, now=now)]
    return [*made, *replaced_of_lists([each.site.pk for each in said if each.site], now=now)]


def _claim(matter: Matter, row: ProjectSite, mode: RestorationMode, *, on: date, days: Days) -> Claimed:
    restored_on, planted_on = days
    use = row.actual_use or row.planned_use
    return Claimed(
        subject=row,
        matter=matter,
        site=row.site,
        region=answering(matter, row.site),
        area_m2=row.claimed_m2,
        target=target_of(mode, Afteruse(use) if use else None).target,
        claimed_on=on,
        restored_since=restored_on,
        planted_on=planted_on,
    )


def answering(matter: Matter, site: Site) -> Region:
    """Where a claim about a site is answered: in the county that answers for the works, also where the site lies in the
    next one; of works that no single county answers for, where the site lies.
    """
    is_a_county = matter.region.level == RegionLevel.COUNTY.value
    return matter.region if is_a_county else site.region


def planned_for(site_ids: Collection[int]) -> Iterator[tuple[int, Intended]]:
    """What sites are to become by the projects that were approved for them: as a claim of the project itself would say.
    For claims of others about the same land, e.g. of a problem that is being put right there.
    """
    rows = ProjectSite.objects.filter(site__in=site_ids, left_on=None).exclude(
        project__matter__state__in=[f"{KIND}.{state}" for state in NOT_APPROVED]
    )
    told = rows.order_by("added_on", "pk").values_list(
        "site_id", "planned_use", "actual_use", "project__mode", "project__matter__number"
    )
    for site_id, planned, actual, mode, number in told:
        if one := _intended(planned, actual, RestorationMode(mode), number):
            yield site_id, one


def _intended(planned: str, actual: str, mode: RestorationMode, number: str) -> Intended | None:
    use = Afteruse(actual or planned) if actual or planned else None
    target = target_of(mode, use).target
    if target is None:
        return None
    side = ("实际利用方向", "actual use") if actual else ("计划利用方向", "planned use")
    values = {
        "number": number,
        "side": side[0],
        "side_en": side[1],
        "use": use.zh if use else "—",
        "use_en": use.en if use else "—",
        "mode": mode.zh,
        "mode_en": mode.en,
    }
    return Intended(target, Reason("observations.target_planned", values))


def accepted(rows: Iterable[ProjectSite], *, on: date, until: date | None) -> list[Model]:
    """From this day the sites are to stay as they were accepted, until the end of aftercare that was accepted."""
    return [claim for row in rows for claim in claiming.accepted(row, on=on, until=until)]


def claimed_no_more(rows: Iterable[ProjectSite], *, now: datetime) -> list[Model]:
    """It was taken back or returned."""
    return [claim for row in rows for claim in claiming.withdraw(row, now=now)]


def relapsed(rows: Iterable[ProjectSite], *, note: str, by: str, on: date, now: datetime) -> list[Model]:
    """It did not last, and is to be done again: what images asked to be checked again is confirmed, and nothing is
    claimed any more.
    """
    rows = list(rows)
    confirmed = [each for row in rows for each in claiming.confirm_relapse_of(row, note=note, by=by, on=on)]
    return [*confirmed, *claimed_no_more(rows, now=now)]


def against_accepting(asked: Asked) -> Iterable[Reason]:
    """What images do not support has to be answered in writing before anybody accepts or takes the land over."""
    return against_signing(open_questions(asked.matter))


# --- what a list tells of acceptances from before ------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """A whole site that a list says was accepted, with what the list says of it. None: it says nothing."""

    listed: ListedSite
    accepted_on: date
    mode: RestorationMode | None
    restored_since: date | None
    planted_on: date | None


def claimed_by_lists(told: Sequence[Told], *, now: datetime) -> list[Claim]:
    """验收 from before is a claim like any other: queued, tested and watched. Land about which somebody claims
    something already is left to that claim, so that nothing is tested and counted twice.
    """
    prefetch_related_objects([each.listed for each in told], "site")  # else a question for each
    sites = [each.listed.site_id for each in told]
    taken = set(Claim.objects.filter(site__in=sites, state__in=STANDING).values_list("site_id", flat=True))
    plans = intended([each.listed.site_id for each in told if not each.listed.use])
    said = []
    for each in told:
        if each.listed.site_id not in taken:
            taken.add(each.listed.site_id)
            said.append(_told(each, plans.get(each.listed.site_id)))
    return claiming.claim_many(said, now=now)


def _told(each: Told, plan: Intended | None) -> Claimed:
    listed = each.listed
    target = target_of(each.mode, listed.use_named).target
    return Claimed(
        subject=listed,
        site=listed.site,
        area_m2=listed.done_m2 or None,
        target=target or (plan.target if plan else None),
        target_because=plan.because if plan and target is None else None,
        claimed_on=each.accepted_on,
        restored_since=each.restored_since,
        planted_on=each.planted_on,
        accepted_on=each.accepted_on,
    )


def replaced_of_lists(site_ids: Collection[int], *, now: datetime) -> list[Claim | TraceBack]:
    """What lists tell of these sites, once works on them are claimed anew."""
    rows = Claim.objects.filter(
        site__in=site_ids, subject_kind=kind_of(ListedSite), state__in=STANDING
    ).order_by("id")
    return claiming.supersede(rows, now=now)


def of_a_list_no_more(listed: ListedSite, *, now: datetime) -> list[Claim | TraceBack]:
    """It left its list, or its acceptance was taken back: the list claims nothing of it any more."""
    return claiming.withdraw(listed, now=now)


def not_kept(listed: ListedSite, *, note: str, by: str, on: date, now: datetime) -> list[Model]:
    """A person found that it is not as it was accepted: what images asked to be checked again is confirmed."""
    confirmed = claiming.confirm_relapse_of(listed, note=note, by=by, on=on)
    return [*confirmed, *of_a_list_no_more(listed, now=now)]
