"""How do papers enter the dossier of a mine or site: documents, plans, determinations, numbers elsewhere?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shapely.geometry.base import BaseGeometry

from qingshan.geo.crs import outside_china
from qingshan.geo.repair import checked
from qingshan.office.accounts.access import require
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines.access import DETERMINE, FILE_DOCUMENT, NOTE_REFERENCE, REGISTER_PLAN
from qingshan.office.mines.models import (
    ApprovedPlan,
    Document,
    ExternalReference,
    Mine,
    ResponsibleParty,
    Site,
)
from qingshan.office.mines.sentences import RegisterRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.plans import PlanFigure, check_answerable, figure_value
from qingshan.rules.register import Circumstance, DocumentKind, Openness, PlanKind
from qingshan.rules.secrecy import check_not_marked_secret
from qingshan.vault import StoredFile


@dataclass(frozen=True)
class NewDocument:
    """A paper to be filed; its file stands in the vault already."""

    kind: DocumentKind
    title: str
    file_name: str
    file: StoredFile
    openness: Openness = Openness.INTERNAL
    number: str = ""
    issued_by: str = ""
    issued_on: date | None = None
    nothing_secret: bool = False
    """whether somebody declared so; it is recorded"""


@dataclass(frozen=True)
class NewPlan:
    """An approved plan, with the figures as somebody wrote them."""

    kind: PlanKind
    title: str
    number: str
    approved_by: str = ""
    approved_on: date | None = None
    from_on: date | None = None
    to_on: date | None = None
    figures: Mapping[PlanFigure, str] = field(default_factory=dict)
    extent: BaseGeometry | None = None
    """the land that it covers, in CGCS2000 degrees"""


@official_act
def file_document(about: Mine | Site, document: NewDocument, *, actor: ActorLike, now: datetime) -> Document:
    """归入文件. Refused: no registry duty, a place outside the area, no title, issued in the future, marked as
    secret.
    """
    _require(FILE_DOCUMENT.code, about, actor)
    check_not_marked_secret(document.title, document.number, document.file_name)
    filed = Document(
        **_about(about),
        kind=document.kind.value,
        title=_given(document.title, "mines.title_missing"),
        number=document.number.strip(),
        issued_by=document.issued_by.strip(),
        issued_on=_not_later(document.issued_on, now),
        openness=document.openness.value,
        file_name=document.file_name[-255:],
        file_digest=document.file.digest,
        file_size_bytes=document.file.size_bytes,
    )
    filed.save(force_insert=True)
    told = {"title": filed.title, "about": str(about), "kind": filed.kind, "number": filed.number or None}
    file = {"file": filed.file_name, "file_sm3": filed.file_digest}
    declared = {"nothing_secret": True} if document.nothing_secret else {}
    _record(FILE_DOCUMENT.code, about, filed, actor=actor, now=now, new=told | file | declared)
    return filed


@official_act
def register_plan(
    about: Mine | Site,
    plan: NewPlan,
    *,
    actor: ActorLike,
    now: datetime,
    document: Document | None = None,
    replaces: ApprovedPlan | None = None,
) -> ApprovedPlan:
    """登记方案. Refused: no registry duty, a place outside the area, no title or number, impossible figures,
    a plan replaced by one of another kind or of another mine, or twice.
    """
    _require(REGISTER_PLAN.code, about, actor)
    _replaceable(replaces, plan, about)
    registered = ApprovedPlan(
        **_about(about),
        kind=plan.kind.value,
        title=_given(plan.title, "mines.title_missing"),
        number=_given(plan.number, "mines.document_number_missing"),
        approved_by=plan.approved_by.strip(),
        approved_on=_not_later(plan.approved_on, now),
        from_on=plan.from_on,
        to_on=_in_order(plan.from_on, plan.to_on),
        figures=_figures(plan.figures),
        geom=extent_as_kept(plan.extent) if plan.extent is not None else None,
        document=_of_the_same(document, about),
        replaces=replaces,
    )
    registered.save(force_insert=True)
    told = {"title": registered.title, "about": str(about), "kind": plan.kind.zh, "number": registered.number}
    _record(
        REGISTER_PLAN.code,
        about,
        registered,
        actor=actor,
        now=now,
        new=told | {"figures": registered.figures or None},
    )
    return registered


@official_act
def determine_responsible_party(
    about: Mine | Site,
    *,
    circumstance: Circumstance,
    organisation: Organisation,
    actor: ActorLike,
    now: datetime,
    number: str = "",
    decided_on: date | None = None,
    grounds: str = "",
    document: Document | None = None,
) -> ResponsibleParty:
    """认定责任主体. The newest decision holds; older ones stay in the dossier.

    Number and day are those of the paper where the decision is recorded on behalf. Refused: no leadership duty
    of the decider, a place outside the area, no number, a day in the future, a party that cannot answer in
    these circumstances.
    """
    _require(DETERMINE.code, about, actor)
    check_answerable(circumstance, organisation.kind, name=organisation.name)
    day = actor.paper.decided_on if actor.paper else (decided_on or shanghai_date(now))
    _not_later(day, now)
    determined = ResponsibleParty(
        **_about(about),
        circumstance=circumstance.value,
        organisation=organisation,
        number=_given(actor.paper.number if actor.paper else number, "mines.document_number_missing"),
        decided_on=day,
        decided_by=actor.decider.organisation,
        grounds=grounds.strip(),
        document=_of_the_same(document, about),
    )
    determined.save(force_insert=True)
    new = {
        "about": str(about),
        "organisation": organisation.name,
        "circumstance": circumstance.zh,
        "number": determined.number,
        "decided_on": day.isoformat(),
        "grounds": determined.grounds or None,
    }
    _record(DETERMINE.code, about, determined, actor=actor, now=now, new=new)
    return determined


@official_act
def note_reference(
    about: Mine | Site,
    *,
    system: str,
    number: str,
    actor: ActorLike,
    now: datetime,
    reported: Mapping[str, Any] | None = None,
    reported_on: date | None = None,
) -> ExternalReference:
    """登记外部系统编号, with what was last reported there; noted again, it replaces what was noted before.

    Refused: no registry duty, a place outside the area, no system or number, a number that the system has
    given to another object, a day in the future.
    """
    _require(NOTE_REFERENCE.code, about, actor)
    kind, system = _kind_of(about), _given(system, "mines.system_missing")
    number = _given(number, "mines.number_missing")
    taken = ExternalReference.objects.filter(system=system, kind=kind, number=number)
    if other := taken.exclude(object_id=about.pk).first():
        raise RegisterRefused.because("mines.reference_taken", system=system, number=other.number)
    noted = (
        ExternalReference.objects.select_for_update()
        .filter(kind=kind, object_id=about.pk, system=system)
        .first()
    )
    old = {"number": noted.number, "reported": noted.reported} if noted else None
    if noted is None:
        noted = ExternalReference(kind=kind, object_id=about.pk, system=system, version=0)
    noted.region_id, noted.number = about.region_id, number
    noted.reported = dict(reported) if reported else noted.reported
    noted.reported_on = _not_later(reported_on, now) or noted.reported_on
    noted.version += 1
    noted.save()
    new = {"about": str(about), "system": system, "number": number, "reported": noted.reported}
    _record(NOTE_REFERENCE.code, about, noted, actor=actor, now=now, new=new, old=old)
    return noted


def _kind_of(about: Mine | Site) -> str:
    return f"mines.{about._meta.model_name}"


def _require(code: str, about: Mine | Site, actor: ActorLike) -> None:
    require(actor, code, region_id=about.region_id)
    if isinstance(about, Mine) and about.merged_into_id:
        raise RegisterRefused.because("mines.dossier_closed", name=about.name)


def _about(about: Mine | Site) -> dict[str, Any]:
    """A paper about a site of a mine stands in the dossier of both."""
    mine_id = about.pk if isinstance(about, Mine) else about.mine_id
    return {
        "region_id": about.region_id,
        "mine_id": mine_id,
        "site": about if isinstance(about, Site) else None,
        "enterprise_id": about.enterprise_id,
    }


def _record(
    code: str,
    about: Mine | Site,
    paper: Any,
    *,
    actor: ActorLike,
    now: datetime,
    new: dict[str, Any],
    old: dict[str, Any] | None = None,
) -> None:
    """One entry over the paper and over what it is about, so that it stands in the timeline of both."""
    subjects = [paper, about]
    record(act=code, actor=actor, now=now, subjects=subjects, old=old, new=new, region_id=about.region_id)


def _given(text: str, code: str) -> str:
    if not text.strip():
        raise RegisterRefused.because(code)
    return text.strip()


def _not_later(day: date | None, now: datetime) -> date | None:
    if day is not None and day > shanghai_date(now):
        raise RegisterRefused.because("mines.day_in_the_future", day=day.isoformat())
    return day


def _in_order(first: date | None, last: date | None) -> date | None:
    if first and last and last < first:
        raise RegisterRefused.because("mines.days_reversed", first=first.isoformat(), last=last.isoformat())
    return last


def _figures(figures: Mapping[PlanFigure, str]) -> dict[str, str]:
    """What was written, as decimal text; figures that the plan does not give are left out."""
    values = {figure.value: figure_value(figure, text) for figure, text in figures.items()}
    return {name: str(value) for name, value in values.items() if value is not None}


def extent_as_kept(shape: BaseGeometry) -> BaseGeometry:
    """The land of a plan. Refused: no polygon, no degrees in our part of the world, a boundary that crosses itself."""
    if shape.is_empty or outside_china(shape).any():
        raise RegisterRefused.because("mines.extent_not_degrees")
    return checked(shape, wanted="polygon")


def _of_the_same(document: Document | None, about: Mine | Site) -> Document | None:
    """A paper of another mine is no ground."""
    if document is None:
        return None
    own = document.mine_id == about.pk if isinstance(about, Mine) else document.site_id == about.pk
    if not own:
        raise RegisterRefused.because("mines.document_of_another", title=document.title)
    return document


def _replaceable(replaces: ApprovedPlan | None, plan: NewPlan, about: Mine | Site) -> None:
    if replaces is None:
        return
    own = replaces.mine_id == about.pk if isinstance(about, Mine) else replaces.site_id == about.pk
    if replaces.kind != plan.kind or not own:
        raise RegisterRefused.because("mines.plan_of_another", title=replaces.title)
    if ApprovedPlan.objects.filter(replaces=replaces).exists():
        raise RegisterRefused.because("mines.plan_replaced_already", title=replaces.title)
