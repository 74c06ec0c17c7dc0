"""How does an app above say that land is restored, so that images are asked? The seam; it knows no kind of subject.

`claim` and `withdraw` are called inside the act by which somebody claims, applies, returns or reopens. Every row that
they give back is a further subject of that act's entry:

    take_step(…, beside=lambda step: claim(Claimed(subject=matter, …), now=now))
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db.models import Model, Q, QuerySet, prefetch_related_objects
from shapely.geometry.base import BaseGeometry

from qingshan.exchange.writing import IN_ORDER, insert
from qingshan.geo.area import areas_m2
from qingshan.office.accounts.actions.writing import change
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import ApprovedPlan, Site
from qingshan.office.observations.climate import zones_of
from qingshan.office.observations.models import Claim, TraceBack
from qingshan.office.observations.planted import planted
from qingshan.office.regions.models import Region
from qingshan.office.trail.subjects import kind_of
from qingshan.rules.dates import shanghai_date
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.plans import PlanFigure
from qingshan.rules.reasons import Reason
from qingshan.rules.rulebook import in_force
from qingshan.rules.verification import (
    STANDING,
    ClaimState,
    Standing,
    TargetUse,
    TraceState,
    Verdict,
    Zone,
)
from qingshan.rules.watching import RULEBOOK, Watch, watch_from, years_by

POLYGONS = frozenset({"Polygon", "MultiPolygon"})


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What is claimed of one piece of land. None: nobody has said so."""

    subject: Model
    """what claims; a declared subject of the trail: a matter, a site of a batch"""
    claimed_on: date
    """the day on which it was claimed"""
    restored_since: date | None = None
    """the day on which restoration is said to be complete; the day of the claim where nobody says"""
    matter: Matter | None = None
    site: Site | None = None
    region: Region | None = None
    """of the matter or site where it is not told"""
    shape: BaseGeometry | None = None
    """of the site where it is not told"""
    area_m2: float | None = None
    about: str = ""
    target: TargetUse | None = None
    target_because: Reason | None = None
    """where the target was taken from; None: whoever claims says so"""
    zone: Zone | None = None
    disturbed_since: date | None = None
    planted_on: date | None = None
    accepted_on: date | None = None


def claim(claimed: Claimed, *, now: datetime) -> list[Claim | TraceBack]:
    """Queues what is claimed. Gives the new claim, then what it supersedes: all of them belong to the caller's entry.

    Land without a polygon is 无法判定 at once, with the reason; nobody waits for images that cannot tell.
    """
    ended = _end(_same_land(claimed), ClaimState.SUPERSEDED, now=now)
    made = _new(claimed, (shape := _polygon(claimed)), _areas([shape])[0], now=now)
    _put_what_is_known([made])
    _put_watch([made])
    made.save(force_insert=True)
    made.refresh_from_db()
    return [made, *ended]


def claim_many(claimed: Sequence[Claimed], *, now: datetime) -> list[Claim]:
    """The same for thousands of subjects that never claimed before, as a ledger in use enters: written at once."""
    shapes = [_polygon(each) for each in claimed]
    made = [
        _new(each, shape, area_m2, now=now)
        for each, shape, area_m2 in zip(claimed, shapes, _areas(shapes), strict=True)
    ]
    _put_what_is_known(made)
    _put_watch(made)
    insert(made, key=IN_ORDER)
    return made


def supersede(claims: Iterable[Claim], *, now: datetime) -> list[Claim | TraceBack]:
    """Earlier claims about the same land by other subjects, e.g. by single measures, once the whole is claimed."""
    return _end(claims, ClaimState.SUPERSEDED, now=now)


def _new(claimed: Claimed, shape: BaseGeometry | None, area_m2: float | None, *, now: datetime) -> Claim:
    about = claimed.about or _name_of(claimed)
    made = Claim(
        subject_kind=kind_of(type(claimed.subject)),
        subject_id=claimed.subject.pk,
        subject_name=str(claimed.subject)[:300],
        matter=claimed.matter,
        site=claimed.site,
        region_id=_region_id(claimed),
        enterprise_id=_enterprise_id(claimed),
        about=about[:200],
        geom=shape,
        area_m2=area_m2 if claimed.area_m2 is None else claimed.area_m2,
        target=claimed.target.value if claimed.target else "",
        target_because=claimed.target_because.as_json() if claimed.target_because else None,
        zone=claimed.zone.value if claimed.zone else "",
        disturbed_since=claimed.disturbed_since,
        planted_on=claimed.planted_on,
        restored_since=claimed.restored_since or claimed.claimed_on,
        claimed_on=claimed.claimed_on,
        accepted_on=claimed.accepted_on,
    )
    if shape is None:
        made.state, made.verdict = ClaimState.OBSERVED.value, Verdict.UNDECIDABLE.value
        made.because = [Reason("observations.no_shape", {"about": about[:200]}).as_json()]
        made.found_on = shanghai_date(now)
    return made


def _put_what_is_known(claims: Sequence[Claim]) -> None:
    """What whoever claims does not say and others know: the climate zone, and when woods and grass were planted. A day
    that does not fit what is claimed is left out.
    """
    zones = zones_of(each.region_id for each in claims if not each.zone)
    unplanted = [each for each in claims if each.target == TargetUse.VEGETATION and not each.planted_on]
    days = planted({each.site_id for each in unplanted if each.site_id})
    for each in claims:
        each.zone = each.zone or zones.get(each.region_id, "")
    for each in unplanted:
        day = days.get(each.site_id or 0)
        if day and (each.disturbed_since or day) <= day <= each.restored_since:
            each.planted_on = day


def withdraw(subject: Model, *, now: datetime) -> list[Claim | TraceBack]:
    """What this subject claims is claimed no more: it was returned, or reopened. Its trace-backs end with it, unless a
    person confirmed them first. All belong to the caller's entry.
    """
    return _end(_standing_of(subject), ClaimState.WITHDRAWN, now=now)


def accepted(subject: Model, *, on: date, until: date | None = None) -> list[Claim]:
    """From this day the land is to stay as it was accepted, and is watched until its aftercare ends: `until`, where the
    acceptance itself says so, else by plan or rulebook. All belong to the caller's entry.
    """
    rows = [each for each in _standing_of(subject) if each.accepted_on != on]
    planned = planned_years(rows)
    return [_changed(each, accepted_on=on, **watched(each, on, planned, until=until)) for each in rows]


def open_questions(matter: Matter) -> tuple[Standing, ...]:
    """How the standing claims of a matter stand, for `rules.verification.against_signing`."""
    return tuple(standing_of(each) for each in standing_claims(matter).defer("geom"))


def standing_claims(matter: Matter) -> QuerySet[Claim]:
    """All that is claimed today in a matter, by whatever part of it."""
    return Claim.objects.filter(matter=matter, state__in=STANDING).order_by("id")


def standing_of(claim: Claim) -> Standing:
    """One claim as the rules see it."""
    return Standing(claim.number, claim.about, claim.verdict_named, claim.answer_named, claim.pk)


def open_trace_backs(matter: Matter) -> list[TraceBack]:
    """回头看 of what is claimed today in a matter, that nobody has decided about."""
    return _open(claim__matter=matter)


def confirm_relapse(
    matter: Matter, *, note: str, by: str, on: date, now: datetime
) -> list[Claim | TraceBack]:
    """A person found that it came back: its trace-backs are confirmed, its claims withdrawn. All of them belong to the
    entry of the act that reopens the matter.
    """
    confirmed = _confirmed(open_trace_backs(matter), note=note, by=by, on=on)
    return [*confirmed, *withdraw(matter, now=now)]


def confirm_relapse_of(subject: Model, *, note: str, by: str, on: date) -> list[TraceBack]:
    """The same for one subject of a matter, e.g. one of its sites; what it claims still stands."""
    waiting = _open(claim__subject_kind=kind_of(type(subject)), claim__subject_id=subject.pk)
    return _confirmed(waiting, note=note, by=by, on=on)


def _open(**of: Any) -> list[TraceBack]:
    rows = TraceBack.objects.filter(state=TraceState.OPEN.value, claim__state__in=STANDING, **of)
    return list(rows.select_related("claim").defer("claim__geom").order_by("id"))


def _confirmed(rows: Sequence[TraceBack], *, note: str, by: str, on: date) -> list[TraceBack]:
    told = {"note": note.strip()[:1000], "decided_on": on, "decided_by": by}
    return [change(each, state=TraceState.CONFIRMED.value, **told) for each in rows]


def planned_years(claims: Sequence[Claim]) -> dict[tuple[str, int], str]:
    """Years of aftercare that approved plans of these sites, or of their mines, ask for; the newest plan of each."""
    sites = {each.site_id for each in claims if each.site_id}
    prefetch_related_objects(claims, "site")  # else a question for each
    mines = {each.site.mine_id for each in claims if each.site and each.site.mine_id}
    if not sites:
        return {}
    rows = ApprovedPlan.objects.filter(Q(site__in=sites) | Q(site=None, mine__in=mines), replaced_by=None)
    found: dict[tuple[str, int], str] = {}
    for site_id, mine_id, figures in rows.order_by("approved_on", "id").values_list(
        "site_id", "mine_id", "figures"
    ):
        if years := figures.get(PlanFigure.AFTERCARE_YEARS.value):
            found["site" if site_id else "mine", site_id or mine_id] = years
    return found


def watched(
    claim: Claim, accepted_on: date, planned: Mapping[tuple[str, int], str], *, until: date | None = None
) -> dict[str, date | None]:
    """Until when the land is watched, and when the first finding of its aftercare is due. What the acceptance says of
    the end of aftercare goes before the approved plan, and that before the rulebook.
    """
    watch = Watch(accepted_on, until) if until else _watch_by_years(claim, accepted_on, planned)
    return {"watched_until": watch.until, "next_look_on": watch.next_on(found_on=claim.found_on)}


def _watch_by_years(claim: Claim, accepted_on: date, planned: Mapping[tuple[str, int], str]) -> Watch:
    site = claim.site
    own = planned.get(("site", site.pk)) or planned.get(("mine", site.mine_id or 0)) if site else None
    book = in_force(RULEBOOK, on=accepted_on, region=region_of_id(claim.region_id))
    return watch_from(accepted_on, years=years_by(book, planned=own))


def _put_watch(claims: Sequence[Claim]) -> None:
    """What was accepted before it is claimed here."""
    accepted = [each for each in claims if each.accepted_on is not None]
    planned = planned_years(accepted)
    for each in accepted:
        assert each.accepted_on is not None
        for name, value in watched(each, each.accepted_on, planned).items():
            setattr(each, name, value)


def _standing_of(subject: Model) -> list[Claim]:
    rows = Claim.objects.filter(subject_kind=kind_of(type(subject)), subject_id=subject.pk)
    return list(rows.filter(state__in=STANDING).order_by("id"))


def _same_land(claimed: Claimed) -> list[Claim]:
    """Standing claims of the same subject about the same site."""
    site_id = claimed.site.pk if claimed.site else None
    return [each for each in _standing_of(claimed.subject) if each.site_id == site_id]


def _end(claims: Iterable[Claim], state: ClaimState, *, now: datetime) -> list[Claim | TraceBack]:
    """With what waits for somebody to go there: nobody has to look at land of which nothing is claimed any more, and
    nothing is confirmed of it later.
    """
    ended, on = list(claims), shanghai_date(now)
    waiting = _open(claim__in=ended) if ended else []
    over = [change(each, state=TraceState.ENDED.value, decided_on=on) for each in waiting]
    return [*(_changed(each, state=state.value, ended_on=on) for each in ended), *over]


def _changed(claim: Claim, **values: Any) -> Claim:
    """Written without a look at the version: the act of the subject holds it."""
    for name, value in values.items():
        setattr(claim, name, value)
    claim.version += 1
    claim.save(update_fields=[*values, "version"])
    return claim


def _polygon(claimed: Claimed) -> BaseGeometry | None:
    shape = claimed.shape if claimed.shape is not None else (claimed.site.geom if claimed.site else None)
    is_land = shape is not None and shape.geom_type in POLYGONS and not shape.is_empty
    return shape if is_land else None


def _areas(shapes: Sequence[BaseGeometry | None]) -> list[float | None]:
    """Of all at once: one by one it takes ten times as long."""
    there = [shape for shape in shapes if shape is not None]
    known = iter(areas_m2(np.array(there, dtype=object)).tolist() if there else ())
    return [None if shape is None else next(known) for shape in shapes]


def _region_id(claimed: Claimed) -> int:
    """By id: nobody reads thousands of regions, one for each row of a ledger."""
    if claimed.region is not None:
        return claimed.region.pk
    of = claimed.matter or claimed.site
    assert of is not None
    return of.region_id


def _enterprise_id(claimed: Claimed) -> int | None:
    if claimed.matter is not None and claimed.matter.enterprise_id:
        return claimed.matter.enterprise_id
    return claimed.site.enterprise_id if claimed.site else None


def _name_of(claimed: Claimed) -> str:
    return str(claimed.site or claimed.matter or claimed.subject)
