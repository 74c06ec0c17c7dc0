"""What about a photograph that is handed in should somebody check? The machine raises a doubt; a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count

from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Doubt, Evidence, Matter, PictureKey, PicturePrint
from qingshan.office.matters.models.evidence import DoubtState
from qingshan.pictures import (
    SHARED_KEYS_AT_LEAST,
    Facts,
    Fingerprint,
    Outside,
    PicturesError,
    band_keys,
    fingerprint,
    likeness,
    outside,
    read,
    sought_keys,
    thumbnail,
)
from qingshan.rules import evidence as law
from qingshan.rules.dates import SHANGHAI, shanghai_date
from qingshan.rules.evidence import EarlierUse, PhotographFacts, ProgressReport, TargetChange
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.matters import Phase
from qingshan.rules.rulebook import in_force

THUMBNAIL_PX = 360
MOST_COMPARED = 40
"""So many of the photographs that share most keys are compared with a new one."""


@dataclass(frozen=True)
class Examined:
    """What a photograph says by itself, worked out before the act."""

    facts: Facts
    print: Fingerprint
    thumbnail: bytes

    @property
    def taken_at(self) -> datetime | None:
        """The instant, on Shanghai clocks where the camera wrote no zone."""
        written = self.facts.taken_at
        if written is None:
            return None
        if self.facts.taken_offset_min is None:
            return written.replace(tzinfo=SHANGHAI)
        return written.replace(tzinfo=UTC) - timedelta(minutes=self.facts.taken_offset_min)


def examine(content: bytes) -> Examined | None:
    """None for what is no photograph; it may be handed in as a document all the same."""
    try:
        photograph = read(content)
        small = thumbnail(content, THUMBNAIL_PX)
    except PicturesError:
        return None
    return Examined(photograph.facts, fingerprint(photograph.image), small)


def remember(evidence: Evidence, examined: Examined) -> None:
    """Keep by what the photograph is recognised."""
    PicturePrint.objects.create(evidence=evidence, content=bytes(examined.print))
    keys = [PictureKey(evidence=evidence, key=key) for key in set(band_keys(examined.print))]
    PictureKey.objects.bulk_create(keys)


def doubts_about(
    evidence: Evidence, examined: Examined, *, work_began_on: date | None, on: date
) -> list[Doubt]:
    """Everything about a photograph that somebody should check, written down; inside the act that hands it in."""
    matter = evidence.matter
    book = in_force(law.RULEBOOK, on=on, region=region_of_id(matter.region_id))
    found = law.photograph_doubts(_facts(evidence, examined, work_began_on, on), book=book)
    return written(matter, found, evidence=evidence, on=on)


def written(
    matter: Matter, found: Iterable[law.Doubt], *, on: date, evidence: Evidence | None = None
) -> list[Doubt]:
    """Doubts as rows, each open until somebody has answered it."""
    doubts = [
        Doubt(
            matter=matter,
            evidence=evidence,
            code=each.code.value,
            values={"because": [reason.as_json() for reason in each.because]},
            raised_on=on,
            state=DoubtState.OPEN.value,
        )
        for each in found
    ]
    for doubt in doubts:
        doubt.save(force_insert=True)
    return doubts


def _facts(evidence: Evidence, examined: Examined, work_began_on: date | None, on: date) -> PhotographFacts:
    place = _outside(evidence, examined.facts)
    return PhotographFacts(
        handed_in_on=on,
        taken_on=shanghai_date(examined.taken_at) if examined.taken_at else None,
        outside_m=place.distance_m if place else None,
        read_as=place.reading if place else None,
        work_began_on=work_began_on,
        shows_before=evidence.phase == Phase.BEFORE,
        earlier=tuple(_earlier_uses(evidence, examined.print)),
    )


def _outside(evidence: Evidence, facts: Facts) -> Outside | None:
    """How far from the site that it is said to show; from all the land of the matter where it shows no single site."""
    own = evidence.site.geom if evidence.site else None
    site = own if own is not None else kind_named(evidence.matter.kind).ground(evidence.matter)
    if site is None or facts.longitude_deg is None or facts.latitude_deg is None:
        return None
    return outside(facts.longitude_deg, facts.latitude_deg, site)


def _earlier_uses(evidence: Evidence, mine: Fingerprint) -> Iterator[EarlierUse]:
    """Photographs that share keys with this one, the likeliest first, each compared exactly."""
    shared = PictureKey.objects.filter(key__in=sought_keys(mine)).exclude(evidence=evidence)
    counted = shared.values("evidence").annotate(n=Count("key")).filter(n__gte=SHARED_KEYS_AT_LEAST)
    ids = [row["evidence"] for row in counted.order_by("-n", "evidence")[:MOST_COMPARED]]
    prints = PicturePrint.objects.select_related("evidence__matter").in_bulk(ids, field_name="evidence_id")
    for pk in ids:
        other = prints[pk]
        alike = likeness(mine, Fingerprint.of_bytes(bytes(other.content)))
        if alike is not None:
            yield EarlierUse(
                number=other.evidence.matter.number,
                handed_in_on=other.evidence.added_on,
                kind=alike.kind,
                likeness_percent=round(100 * alike.score),
            )


def progress_doubts(matter: Matter, reports: Iterable[ProgressReport], *, on: date) -> list[Doubt]:
    """Progress that rose to 100 % at once in the last report."""
    book = in_force(law.RULEBOOK, on=on, region=region_of_id(matter.region_id))
    return written(matter, law.progress_doubts(tuple(reports), book=book), on=on)


def target_doubts(matter: Matter, change: TargetChange, *, on: date) -> list[Doubt]:
    """A target that stands lower than it was approved."""
    return written(matter, law.target_doubts(change), on=on)
