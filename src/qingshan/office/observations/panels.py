"""What does the side panel of the map tell of a claim or a clue: finding, pictures, curve, days?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from qingshan.office.observations import clue_queries, queries
from qingshan.office.observations.access import may_see_images
from qingshan.office.observations.models import Claim, Clue
from qingshan.office.observations.sheet_parts import Pair, Picture, day_on, parts_of
from qingshan.office.observations.showing import Shown, sentence_of, sheet_of, shown
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import CHINESE


@dataclass(frozen=True)
class ClaimPanel:
    """A claim as its reader may know it."""

    shown: Shown
    sentence: str
    pair: Pair | None
    curve: SafeString | None
    facts: list[tuple[str, Any]]

    @property
    def claim(self) -> Claim:
        return self.shown.claim

    @property
    def geom(self) -> BaseGeometry | None:
        """Where a map that was asked for it begins."""
        return self.claim.geom


def claim_panel(pk: int, actor: ActorLike) -> ClaimPanel:
    """NotFound for what the actor may not see; of a finding that is held back, nothing."""
    claim, on = queries.one(pk, actor=actor), shanghai_date(timezone.now())
    stands = shown(claim, actor=actor, on=on)
    newest = claim.newest if stands.is_known else None
    sheet = sheet_of([newest]) if newest else None
    parts = parts_of(sheet.decode()) if sheet else None
    sees = newest is not None and may_see_images(newest.run.scene_set, actor)
    told = sentence_of(newest.told["because"] if newest else claim.because)
    return ClaimPanel(
        stands,
        told,
        parts.pair if parts and sees else None,
        parts.curve if parts else None,
        _facts(claim, stands),
    )


def _facts(claim: Claim, stands: Shown) -> list[tuple[str, Any]]:
    language, target = get_language() or CHINESE, claim.target_named
    days = [
        (_("损毁起始"), claim.disturbed_since),
        (_("种植日期"), claim.planted_on),
        (_("修复完成"), claim.restored_since),
        (_("申报日期"), claim.claimed_on),
        (_("验收日期"), claim.accepted_on),
    ]
    if stands.is_known and claim.newest:
        days += [(_("影像截至"), claim.newest.until), (_("结论日期"), claim.newest.found_on)]
    if claim.next_look_on:
        days.append((_("下次到期核验"), claim.next_look_on))
    return [
        (_("编号"), claim.number),
        (_("治理去向"), target.say(language) if target else None),
        *((name, day.isoformat()) for name, day in days if isinstance(day, date)),
        (_("县区"), claim.region.name),
    ]


@dataclass(frozen=True)
class CluePanel:
    """A clue with what was seen of it last."""

    clue: Clue
    look: str
    doubt: str
    pair: Pair | None

    @property
    def geom(self) -> BaseGeometry:
        """Where a map that was asked for it begins."""
        return self.clue.geom


def clue_panel(pk: int, actor: ActorLike) -> CluePanel:
    """NotFound for what the actor may not see."""
    found = clue_queries.one(pk, actor=actor)
    doubt = sentence_of([found.doubts[0]["reason"]]) if found.doubts else ""
    return CluePanel(found, clue_queries.shown(found).look, doubt, pair_of(pictures_of(found)))


def pictures_of(clue: Clue) -> list[Picture]:
    """Before and after, of the newest sighting that has any."""
    for one in clue_queries.sightings_of(clue):
        named = ((_("之前"), one.before_digest), (_("之后"), one.after_digest))
        drawn = [(title, clue_queries.picture(digest)) for title, digest in named]
        if found := [Picture(svg, f"{title} {day_on(svg)}".strip()) for title, svg in drawn if svg]:
            return found
    return []


def pair_of(pictures: list[Picture]) -> Pair | None:
    return Pair(*pictures) if len(pictures) == 2 else None
