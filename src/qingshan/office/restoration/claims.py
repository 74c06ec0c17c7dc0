"""What does a project claim of its sites, so that images are asked? Completion is claimed nowhere else.

A claim is a hypothesis: it is queued, kept and withdrawn by the acts of the project itself, and what images do not
support has to be answered in writing before anybody accepts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from django.db.models import Model

from qingshan.office.matters.kinds import Asked
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Site
from qingshan.office.observations import claiming
from qingshan.office.observations.claiming import Claimed, open_questions
from qingshan.office.observations.intended import Intended
from qingshan.office.regions.models import Region
from qingshan.office.restoration.models import ProjectSite
from qingshan.rules.afteruse import Afteruse, RestorationMode, target_of
from qingshan.rules.flows.restoration import FLOW, ProjectState
from qingshan.rules.reasons import Reason
from qingshan.rules.register import RegionLevel
from qingshan.rules.verification import against_signing

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
    return [claim for each in said for claim in claiming.claim(each, now=now)]


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
