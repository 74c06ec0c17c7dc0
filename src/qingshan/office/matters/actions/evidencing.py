"""How does evidence (佐证) come to a matter of any kind? Files stand in the vault already; photographs raise doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from qingshan.exchange.writing import add
from qingshan.office.matters.actions.stepping import Brought, take_step
from qingshan.office.matters.doubting import Examined, doubts_about, remember
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Evidence, Matter, Measure, Step
from qingshan.office.matters.sentences import MatterRefused
from qingshan.office.mines.models import Site
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.matters import EvidenceKind, Phase


@dataclass(frozen=True)
class NewEvidence:
    """One piece of evidence; its file stands in the vault already."""

    kind: EvidenceKind
    title: str
    file_name: str = ""
    file_digest: str = ""
    file_size_bytes: int | None = None
    thumbnail_digest: str = ""
    phase: Phase | None = None
    photo_point: str = ""
    measure: Measure | None = None
    site: Site | None = None
    """which site of the matter it shows"""
    taken_at: datetime | None = None
    longitude_deg: float | None = None
    latitude_deg: float | None = None
    quantity: Decimal | None = None
    quantity_unit: str = ""
    measured_on: date | None = None
    examined: Examined | None = None
    """what the photograph says by itself; it was looked at before the act"""


def bring_evidence(
    matter: Matter,
    act: str,
    evidence: Sequence[NewEvidence],
    brought: Brought,
    *,
    actor: ActorLike,
    now: datetime,
    work_began_on: date | None,
    changes: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> list[Evidence]:
    """One step with all these pieces of evidence, inside the act that calls it; what is doubtful about a photograph is
    written down beside it. `work_began_on`: what shows the work cannot have been taken before. Refused: a site that is
    none of the matter's.
    """
    shown = _sites_shown(matter, evidence)
    added: list[Evidence] = []
    told: dict[str, Any] = {
        "evidence": "；".join(each.title for each in evidence)[:500],
        "count": len(evidence),
        **({"site": "、".join(shown)} if shown else {}),
    }
    take_step(
        matter,
        act,
        brought,
        actor=actor,
        now=now,
        changes=changes,
        facts=told | dict(facts or {}),
        beside=lambda step: _added(matter, evidence, step, actor, added, work_began_on),
    )
    return added


def _sites_shown(matter: Matter, evidence: Sequence[NewEvidence]) -> list[str]:
    """The names of the sites that these pieces of evidence show."""
    shown = {each.site.pk: each.site for each in evidence if each.site is not None}
    own = {site.pk for site in kind_named(matter.kind).sites(matter)} if shown else set()
    for pk, site in shown.items():
        if pk not in own:
            raise MatterRefused.because("matters.site_not_of_it", site=str(site))
    return [str(site) for site in shown.values()]


def _added(
    matter: Matter,
    evidence: Sequence[NewEvidence],
    step: Step,
    actor: ActorLike,
    added: list[Evidence],
    work_began_on: date | None,
) -> list[Model]:
    doubts: list[Model] = []
    for each in evidence:
        one = Evidence(
            matter=matter,
            measure=each.measure,
            site=each.site,
            kind=each.kind.value,
            phase=each.phase.value if each.phase else "",
            photo_point=each.photo_point.strip(),
            title=each.title.strip()[:200],
            added_by_id=actor.decider.organisation_id,
            added_on=step.occurred_on,
            **{name: getattr(each, name) for name in _AS_BROUGHT},
        )
        add(one)
        one.refresh_from_db()
        added.append(one)
        if each.examined is not None:
            remember(one, each.examined)
            doubts += doubts_about(one, each.examined, work_began_on=work_began_on, on=step.occurred_on)
    return [*added, *doubts]


_AS_BROUGHT: tuple[str, ...] = (
    "file_name",
    "file_digest",
    "file_size_bytes",
    "thumbnail_digest",
    "taken_at",
    "longitude_deg",
    "latitude_deg",
    "quantity",
    "quantity_unit",
    "measured_on",
)
