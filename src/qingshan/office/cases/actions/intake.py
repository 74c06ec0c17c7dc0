"""How is a document that hands down problems split into items, and every item answered (照单全收)?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qingshan.office.accounts.access import require
from qingshan.office.cases.access import COVER_ITEM, DECIDE_ITEM, REOPEN_ITEM, TAKE_IN_DOCUMENT
from qingshan.office.cases.models import FindingsDocument, FindingsItem, ItemCover
from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.matters.models import Matter
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.errors import RuleBroken
from qingshan.rules.matters import SourceKind
from qingshan.rules.rectification import need_text
from qingshan.rules.secrecy import check_not_marked_secret


@dataclass(frozen=True)
class NewDocument:
    """问题来文 as it came in; its file stands in the vault already."""

    number: str
    title: str
    source: SourceKind
    issued_by: str
    issued_on: date
    region: Region
    due_on: date | None = None
    text: str = ""
    file_name: str = ""
    file_digest: str = ""
    file_size_bytes: int | None = None


@official_act
def take_in_document(
    new: NewDocument, items: Sequence[str], *, actor: ActorLike, now: datetime
) -> FindingsDocument:
    """登记问题来文, split into its items. Refused: no registry duty, a region outside the area, no items, marked as
    secret, known already.
    """
    require(actor, TAKE_IN_DOCUMENT.code, region_id=new.region.pk)
    check_not_marked_secret(new.title, new.number, new.file_name)
    _check(new, items)
    document = FindingsDocument(
        number=new.number.strip(),
        title=new.title.strip(),
        source=new.source.value,
        issued_by=new.issued_by.strip(),
        issued_on=new.issued_on,
        due_on=new.due_on,
        region=new.region,
        text=new.text,
        file_name=new.file_name,
        file_digest=new.file_digest,
        file_size_bytes=new.file_size_bytes,
    )
    document.save(force_insert=True)
    rows = [
        FindingsItem(document=document, place=place, text=text.strip())
        for place, text in enumerate(items, start=1)
    ]
    for row in rows:
        row.save(force_insert=True)
    record(
        act=TAKE_IN_DOCUMENT.code,
        actor=actor,
        now=now,
        subjects=[document, *rows],
        new={"about": str(document), "items": len(rows), "file_sm3": new.file_digest or None},
        region_id=new.region.pk,
    )
    return document


def _check(new: NewDocument, items: Sequence[str]) -> None:
    if not new.number.strip() or not new.title.strip():
        raise CaseRefused.because("cases.title_missing")
    if not any(item.strip() for item in items):
        raise CaseRefused.because("cases.items_missing")
    if FindingsDocument.objects.filter(number=new.number.strip(), region=new.region).exists():
        raise CaseRefused.because("cases.document_known", number=new.number.strip())


@official_act
def decide_item(item: FindingsItem, reason: str, *, actor: ActorLike, now: datetime) -> FindingsItem:
    """来文条目不立项, with the reason. Refused: no registry duty, no reason, an item that has a case."""
    require(actor, DECIDE_ITEM.code, region_id=item.document.region_id)
    if unmet := need_text(reason):
        raise RuleBroken.of(unmet)
    if held_item(item).version != item.version:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(item.document))
    if item.covers.exists():
        raise CaseRefused.because("cases.item_covered", place=item.place)
    item.no_case, item.version = reason.strip()[:500], item.version + 1
    item.save()
    _record(DECIDE_ITEM.code, item, [item], actor, now, note=item.no_case)
    return item


@official_act
def reopen_item(item: FindingsItem, reason: str, *, actor: ActorLike, now: datetime) -> FindingsItem:
    """撤销不立项, with the reason: the item waits again. Refused: no registry duty, no reason, nothing to take back."""
    require(actor, REOPEN_ITEM.code, region_id=item.document.region_id)
    if unmet := need_text(reason):
        raise RuleBroken.of(unmet)
    if held_item(item).version != item.version:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(item.document))
    if not item.no_case:
        raise CaseRefused.because("cases.item_not_decided", place=item.place)
    formerly, item.no_case, item.version = item.no_case, "", item.version + 1
    item.save()
    _record(REOPEN_ITEM.code, item, [item], actor, now, formerly=formerly, note=reason.strip()[:500])
    return item


@official_act
def cover_item(item: FindingsItem, matter: Matter, *, actor: ActorLike, now: datetime) -> ItemCover:
    """来文条目对应问题: a case that stands already covers the item too. Refused: no registry duty, an item that was
    decided to need no case.
    """
    require(actor, COVER_ITEM.code, region_id=item.document.region_id)
    undecided(item)
    known = ItemCover.objects.filter(item=item, matter=matter).exists()
    if known:
        raise CaseRefused.because("cases.item_covered", place=item.place)
    cover = ItemCover(item=item, matter=matter)
    cover.save(force_insert=True)
    _record(COVER_ITEM.code, item, [cover, item, matter], actor, now, about=str(matter))
    return cover


def held_item(item: FindingsItem) -> FindingsItem:
    """The item as it stands now, held until the act is over: two answers at once wait for each other."""
    return FindingsItem.objects.select_for_update().get(pk=item.pk)


def undecided(item: FindingsItem) -> FindingsItem:
    """The item, held. Raises CaseRefused where somebody has decided that it needs no case: it has one answer."""
    if held_item(item).no_case:
        raise CaseRefused.because("cases.item_decided", place=item.place)
    return item


def _record(
    code: str, item: FindingsItem, subjects: list[object], actor: ActorLike, now: datetime, **told: str
) -> None:
    new = {"document": str(item.document), "place": item.place, **told}
    record(act=code, actor=actor, now=now, subjects=subjects, new=new, region_id=item.document.region_id)  # type: ignore[arg-type]
