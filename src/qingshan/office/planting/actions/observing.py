"""How is written down how much of a plot lives? What nobody looked at is not entered: it is not known, never nought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Min, Model

from qingshan.office.planting.access import OBSERVE, require_keeper
from qingshan.office.planting.actions.plots import held_plot
from qingshan.office.planting.models import ObservationPhoto, Planting, Plot, PlotObservation
from qingshan.office.planting.surviving import as_law, check_counts
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules import survival
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleBroken, RuleError
from qingshan.rules.reasons import Reason
from qingshan.rules.survival import SurveyMethod

MOST_COVER = 100


@dataclass(frozen=True)
class Seen:
    """What somebody saw in a plot: plants by number, ground by cover, or both."""

    on: date
    by: str
    method: SurveyMethod
    examined: int | None = None
    living: int | None = None
    cover_percent: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class NewPhoto:
    """A photograph that stands in the vault already, with what it says of itself."""

    file_name: str
    file_digest: str
    file_size_bytes: int
    thumbnail_digest: str = ""
    taken_at: datetime | None = None
    longitude_deg: float | None = None
    latitude_deg: float | None = None


@official_act
def note_observation(
    plot: Plot, seen: Seen, *, photos: Sequence[NewPhoto] = (), actor: ActorLike, now: datetime
) -> PlotObservation:
    """登记成活调查. Refused: who does not keep the records of the site, nothing looked at, more living than examined,
    more examined than planted, nothing planted by then, a second one of the same day, a day to come, nobody named.
    """
    held = held_plot(plot)
    require_keeper(actor, OBSERVE, held)
    check_seen(held, seen, known_of([held])[held.pk], today=shanghai_date(now))
    row = row_of(held, seen)
    row.save(force_insert=True)
    pictures = [_kept(row, each) for each in photos]
    check_counts(held)
    held.observed_on = max(filter(None, (held.observed_on, seen.on)))
    held.version += 1
    held.save(update_fields=["observed_on", "version"])
    record(
        act=OBSERVE.code,
        actor=actor,
        now=now,
        occurred_on=seen.on,
        subjects=[row, held, *pictures],
        new=account_of(held, seen) | ({"photos": len(pictures)} if pictures else {}),
        region_id=held.region_id,
    )
    return row


def check_seen(plot: Plot, seen: Seen, known: Known, *, today: date) -> None:
    """RuleBroken for an observation that says nothing, or that cannot be."""
    if found := against(seen, known, today=today):
        raise RuleBroken(*found)
    if seen.on in known.seen_on:
        raise RuleError.because("rules.planting.observed_twice", plot=str(plot))


@dataclass(frozen=True)
class Known:
    """What an observation is held against: the counts of the plot, when anything was planted there first, and the days
    of which an observation stands.
    """

    law: survival.Plot
    first_on: date | None
    seen_on: set[date]


def known_of(plots: Sequence[Plot]) -> dict[int, Known]:
    """For many plots, from four queries."""
    told = as_law(plots)
    rows = Planting.objects.filter(plot__in=told, withdrawn_on=None).order_by()
    first = dict(rows.values_list("plot_id").annotate(first=Min("planted_on")))
    days: dict[int, set[date]] = {pk: set() for pk in told}
    standing = PlotObservation.objects.filter(plot__in=told, withdrawn_on=None).order_by()
    for plot_id, day in standing.values_list("plot_id", "observed_on"):
        days[plot_id].add(day)
    return {pk: Known(law, first.get(pk), days[pk]) for pk, law in told.items()}


def against(seen: Seen, known: Known, *, today: date) -> list[Reason]:
    """Everything that is wrong with an observation; nothing is written, so that a preview may ask too."""
    day, plot = seen.on.isoformat(), known.law.id
    cover = seen.cover_percent
    found = [
        ("planting.day_to_come", {"day": day}, seen.on > today),
        ("planting.observer_missing", {}, not seen.by.strip()),
        ("planting.counts_incomplete", {}, (seen.examined is None) != (seen.living is None)),
        (
            "planting.nothing_observed",
            {},
            seen.examined is None and seen.living is None and seen.cover_percent is None,
        ),
        (
            "planting.cover_not_possible",
            {"value": str(cover)},
            cover is not None and not 0 <= cover <= MOST_COVER,
        ),
        (
            "planting.observed_before_planting",
            {"plot": plot, "day": day},
            known.first_on is None or known.first_on > seen.on,
        ),
    ]
    faults = [Reason(code, values) for code, values, is_so in found if is_so]
    return faults or _against_counts(seen, known.law)


def _against_counts(seen: Seen, law: survival.Plot) -> list[Reason]:
    if seen.examined is None or seen.living is None:
        return []
    others = tuple(each for each in law.observations if each.on != seen.on)
    one = replace(law, observations=(*others, survival.Observation(seen.on, seen.examined, seen.living)))
    try:
        survival.check(one)
    except RuleError as fault:
        return list(fault.reasons)
    return []


def row_of(plot: Plot, seen: Seen) -> PlotObservation:
    """The row, not written yet."""
    return PlotObservation(
        plot=plot,
        observed_on=seen.on,
        examined=seen.examined,
        living=seen.living,
        cover_percent=seen.cover_percent,
        method=seen.method.value,
        observed_by=seen.by.strip()[:120],
        note=seen.note.strip()[:500],
    )


def _kept(row: PlotObservation, photo: NewPhoto) -> Model:
    kept = ObservationPhoto(observation=row, **photo.__dict__)
    kept.save(force_insert=True)
    kept.refresh_from_db()
    return kept


def account_of(plot: Plot, seen: Seen) -> dict[str, Any]:
    """What the trail keeps of an observation."""
    plants = "" if seen.examined is None else f"成活 {seen.living}/{seen.examined} 株"
    plants_en = "" if seen.examined is None else f"{seen.living} of {seen.examined} plants live"
    cover = "" if seen.cover_percent is None else f"盖度 {seen.cover_percent}%"
    cover_en = "" if seen.cover_percent is None else f"cover {seen.cover_percent}%"
    return {
        "about": str(plot),
        "day": seen.on.isoformat(),
        "seen": "，".join(each for each in (plants, cover) if each),
        "seen_en": ", ".join(each for each in (plants_en, cover_en) if each),
        "method": seen.method.value,
    }
