"""Which entries may an actor see, and what happened to one object?

An auditor sees the entries of the own area. Everybody else sees the own acts and, who is no administrator,
those of the own organisation; and whoever may see an object may see what was done to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from qingshan.office.errors import NotFound
from qingshan.office.paging import Order, Page, page
from qingshan.office.trail.models import (
    COUNTY_WIDTH,
    PREFECTURE_WIDTH,
    Checkpoint,
    Entry,
    Erasure,
    PersonalValue,
    Subject,
)
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.office.trail.subjects import SubjectKind, declared_subjects
from qingshan.rules.dates import SHANGHAI
from qingshan.rules.duties import Duty

NEWEST_FIRST = Order(("-recorded_at", "-seq"))
PROVINCE_WIDE = 10**10 - 1
MOST_SUBJECTS_SHOWN = 50
MOST_SUBJECTS_ASKED = 1000
MOST_DONE_SHOWN = 50


@dataclass(frozen=True)
class Filters:
    """What a reader is looking for; empty: everything."""

    act: str = ""
    from_on: date | None = None
    to_on: date | None = None
    person: str = ""
    kind: str = ""
    object_id: int | None = None


@dataclass(frozen=True)
class PersonalShown:
    """A personal value of an entry as a reader may see it."""

    field: str
    state: str
    """shown, hidden or erased"""
    value: str = ""


def visible_to(actor: ActorLike) -> QuerySet[Entry]:
    """The entries that the actor may see in lists."""
    parts = branches(actor)
    if len(parts) == 1:
        return parts[0]
    first, *others = (part.values("seq") for part in parts)
    return Entry.objects.filter(seq__in=first.union(*others))


def branches(actor: ActorLike, *, along_area: bool = True) -> tuple[QuerySet[Entry], ...]:
    """The same entries, one queryset for each index.

    Without `along_area` no index answers to the area: for a question with a more telling one of its own.
    """
    if Duty.AUDIT in actor.duties and any(high - low >= PROVINCE_WIDE for low, high in actor.region_ranges):
        return (Entry.objects.all(),)
    conditions = [*_of_area(actor, along_area=along_area), *_of_organisation(actor), *_own(actor)]
    return tuple(Entry.objects.filter(**each) for each in conditions) or (Entry.objects.none(),)


def _of_area(actor: ActorLike, *, along_area: bool) -> Iterator[dict[str, Any]]:
    if Duty.AUDIT in actor.duties:
        for low, high in actor.region_ranges:
            yield _inside(low, high) if along_area else {"region_id__range": (low, high)}


def _inside(low: int, high: int) -> dict[str, Any]:
    """A whole prefecture or county by its own column, whose index is in the order of the list."""
    for column, width in (("prefecture", PREFECTURE_WIDTH), ("county", COUNTY_WIDTH)):
        if high - low == width - 1 and low % width == 0:
            return {column: low // width}
    return {"region_id__range": (low, high), "county__range": (low // COUNTY_WIDTH, high // COUNTY_WIDTH)}


def _of_organisation(actor: ActorLike) -> Iterator[dict[str, Any]]:
    if actor.organisation_ids and not actor.duties & {Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN}:
        yield {"decider_organisation_id__in": sorted(actor.organisation_ids)}
        yield {"recorder_organisation_id__in": sorted(actor.organisation_ids)}


def _own(actor: ActorLike) -> Iterator[dict[str, Any]]:
    if actor.person_id is not None:
        yield {"decider_id": actor.person_id}
        yield {"recorder_id": actor.person_id}


def listed(actor: ActorLike, *, filters: Filters, after: str = "", before: str = "") -> Page:
    """One page of the list, newest first; one short query for each branch."""
    parts = branches(actor, along_area=not filters.person)
    chosen = [_filtered(branch, filters) for branch in parts]
    if filters.person:
        chosen = [part for branch in chosen for part in _by_person(branch, filters.person)]
    try:
        return page(chosen, order=NEWEST_FIRST, after=after, before=before)
    except (ValidationError, ValueError, TypeError):  # a mark that somebody typed names no instant
        return page(chosen, order=NEWEST_FIRST)


def _filtered(entries: QuerySet[Entry], filters: Filters) -> QuerySet[Entry]:
    if filters.act:
        entries = entries.filter(act=filters.act)
    if filters.from_on:
        entries = entries.filter(recorded_at__gte=_start_of(filters.from_on))
    if filters.to_on:
        entries = entries.filter(recorded_at__lt=_start_of(filters.to_on + timedelta(days=1)))
    if filters.kind and filters.object_id is not None:
        about = Subject.objects.filter(kind=filters.kind, object_id=filters.object_id)
        entries = entries.filter(seq__in=about.values("entry_seq"))
    return entries


def _by_person(entries: QuerySet[Entry], name: str) -> tuple[QuerySet[Entry], QuerySet[Entry]]:
    return entries.filter(decider_name=name), entries.filter(recorder_name=name)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=SHANGHAI)


def one(seq: int, *, actor: ActorLike) -> Entry:
    """An entry that the actor may see, in lists or by one of its objects; else NotFound."""
    entry = Entry.objects.filter(seq=seq).first()
    if entry is None or not (_in_lists(seq, actor) or _reaches_a_subject(seq, actor)):
        raise NotFound.because("office.not_found", what=str(Entry._meta.verbose_name))
    return entry


def _in_lists(seq: int, actor: ActorLike) -> bool:
    return any(branch.filter(seq=seq).exists() for branch in branches(actor))


def _reaches_a_subject(seq: int, actor: ActorLike) -> bool:
    return any(_visible_ids(seq, kind, actor, most=MOST_SUBJECTS_ASKED) for kind in _kinds_with_rule())


def _kinds_with_rule() -> Iterator[SubjectKind]:
    return (kind for kind in declared_subjects().values() if kind.visible_to)


def _visible_ids(seq: int, kind: SubjectKind, actor: ActorLike, *, most: int) -> set[int]:
    if kind.visible_to is None:
        return set()
    about = Subject.objects.filter(entry_seq=seq, kind=kind.kind).order_by("object_id")
    ids = list(about.values_list("object_id", flat=True)[:most])
    return set(kind.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


@dataclass(frozen=True)
class SubjectShown:
    """An object of an entry; its name and page only for those who may see it."""

    kind: str
    object_id: int
    digest: str
    live: Model | None = None

    @property
    def path(self) -> str:
        get_path = getattr(self.live, "get_absolute_url", None)
        return get_path() if get_path else ""


def subjects_of(entry: Entry, *, actor: ActorLike) -> list[SubjectShown]:
    """The first objects of an entry."""
    rows = list(
        Subject.objects.filter(entry_seq=entry.seq).order_by("kind", "object_id")[:MOST_SUBJECTS_SHOWN]
    )
    live = {kind.kind: _visible(rows, kind, actor) for kind in _kinds_with_rule()}
    return [
        SubjectShown(row.kind, row.object_id, row.digest, live.get(row.kind, {}).get(row.object_id))
        for row in rows
    ]


def _visible(rows: list[Subject], kind: SubjectKind, actor: ActorLike) -> dict[int, Model]:
    ids = [row.object_id for row in rows if row.kind == kind.kind]
    if not ids or kind.visible_to is None:
        return {}
    return {found.pk: found for found in kind.visible_to(actor).filter(pk__in=ids)}


def timeline(kind: str, *object_ids: int) -> QuerySet[Entry]:
    """The entries about one object or some, newest first. Whoever may see the objects may see their timeline."""
    about = Subject.objects.filter(kind=kind, object_id__in=object_ids).values("entry_seq")
    return Entry.objects.filter(seq__in=about).order_by("-seq")


def personal_of(entry: Entry, *, actor: ActorLike) -> list[PersonalShown]:
    """The personal values of an entry: shown to its own organisation and to the auditor, until erased."""
    may_see = Duty.AUDIT in actor.duties or bool(
        actor.organisation_ids & {entry.decider_organisation_id, entry.recorder_organisation_id}
    )
    stored = {row.field: row for row in PersonalValue.objects.filter(entry_seq=entry.seq)}
    return [_personal_shown(field, stored.get(field), may_see=may_see) for field in sorted(entry.personal)]


def _personal_shown(field: str, row: PersonalValue | None, *, may_see: bool) -> PersonalShown:
    if row is None or row.erased_by is not None:
        return PersonalShown(field, "erased")
    return PersonalShown(field, "shown", row.value) if may_see else PersonalShown(field, "hidden")


def erasable(seq: int, *, actor: ActorLike) -> Entry:
    """An entry with personal values in the area of an administrator, who need not see the rest of it."""
    entry = Entry.objects.filter(seq=seq).exclude(personal_json="{}").first()
    if entry is None or not _administers(actor, entry.region_id):
        raise NotFound.because("office.not_found", what=str(Entry._meta.verbose_name))
    return entry


def standing_fields(entry: Entry) -> list[str]:
    """Names of the personal values of an entry that are not erased."""
    rows = PersonalValue.objects.filter(entry_seq=entry.seq, erased_by=None).order_by("field")
    return list(rows.values_list("field", flat=True))


def _administers(actor: ActorLike, region_id: int | None) -> bool:
    ranges = getattr(actor, "admin_ranges", ()) or actor.region_ranges
    if region_id is None:
        return any(high - low >= PROVINCE_WIDE for low, high in ranges)
    return any(low <= region_id <= high for low, high in ranges)


def erasures_for(actor: ActorLike) -> list[Erasure]:
    """Erasures in the actor's area, those that wait for a second administrator first."""
    waiting = Erasure.objects.filter(confirmed_by=None).order_by("id")
    done = Erasure.objects.exclude(confirmed_by=None).order_by("-id")[:MOST_DONE_SHOWN]
    found = [*waiting, *done]
    regions = dict(
        Entry.objects.filter(seq__in=[each.entry_seq for each in found]).values_list("seq", "region_id")
    )
    return [each for each in found if _administers(actor, regions.get(each.entry_seq))]


def erasure(pk: int, *, actor: ActorLike) -> Erasure:
    """One erasure in the actor's area, or NotFound."""
    found = Erasure.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(Erasure._meta.verbose_name))
    erasable(found.entry_seq, actor=actor)
    return found


@holds_until_next_act
def newest_checkpoint() -> Checkpoint | None:
    """The newest signed checkpoint: what every paper, export and public page prints."""
    return Checkpoint.objects.order_by("-size").first()


def checkpoints(*, after: str = "", before: str = "") -> Page:
    """One page of checkpoints, newest first."""
    return page([Checkpoint.objects.all()], order=Order(("-size",)), after=after, before=before)
