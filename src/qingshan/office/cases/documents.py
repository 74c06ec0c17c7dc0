"""照单全收: which documents have come in, and which of their items has nobody answered yet?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from qingshan.finding.walk import narrowed
from qingshan.finding.words import sought
from qingshan.office.accounts.access import branches, seen_one
from qingshan.office.cases.access import PATHS, visible_to
from qingshan.office.cases.models import FindingsDocument, FindingsItem, ItemCover
from qingshan.office.matters.access import visible_to as matters_visible_to
from qingshan.office.matters.models import Matter
from qingshan.office.paging import PAGE_ROWS, Order, Page, page
from qingshan.office.regions.ranges import region_range
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.remembering import holds_until_next_act

NEWEST = Order(("-id",))
KINDS = ("rectification", "lasting", "petition")
STRAYS = 50


@dataclass(frozen=True)
class Listed:
    """A document of the list."""

    document: FindingsDocument
    items: int
    waiting: int
    """items without a case and without a reason why there is none"""


@dataclass(frozen=True)
class Answered:
    """An item, and what became of it."""

    item: FindingsItem
    matters: tuple[Matter, ...]
    hidden: int
    """cases that cover it and that this reader may not see"""

    @property
    def waits(self) -> bool:
        return not self.item.no_case and not self.matters and not self.hidden


def listed(
    actor: ActorLike, *, text: str = "", after: str = "", before: str = "", rows: int = PAGE_ROWS
) -> Page:
    """One page of documents, the newest first, each with what waits; found by any part of title or number."""
    asked = sought(text)
    parts = [
        narrowed(each, asked).select_related("region").defer("text")
        for each in branches(FindingsDocument.objects.all(), actor, **PATHS[FindingsDocument])
    ]
    found = page(parts, order=NEWEST, after=after, before=before, rows=rows)
    ids = [document.pk for document in found.rows]
    items, waiting = _counts(FindingsItem.objects.filter(document__in=ids)), waiting_by_document(ids)
    shown = [Listed(document, items[document.pk], waiting[document.pk]) for document in found.rows]
    return Page(rows=shown, next_mark=found.next_mark, previous_mark=found.previous_mark)


def waiting_by_document(ids: Iterable[int]) -> Counter[int]:
    """How many items of each document wait for an answer."""
    return _counts(_unanswered().filter(document__in=list(ids)))


def _unanswered() -> QuerySet[FindingsItem]:
    return FindingsItem.objects.filter(no_case="", covers=None)


def _counts(items: QuerySet[FindingsItem]) -> Counter[int]:
    return Counter(dict(items.values_list("document_id").annotate(n=Count("pk")).order_by()))


@holds_until_next_act
def unanswered(actor: ActorLike, *, rows: int) -> list[tuple[FindingsDocument, int]]:
    """The newest documents with items that wait, for the workbench of whoever registers."""
    waiting = _counts(visible_to(_unanswered(), actor))
    newest = sorted(waiting, reverse=True)[:rows]
    found = FindingsDocument.objects.defer("text").in_bulk(newest)
    return [(found[pk], waiting[pk]) for pk in newest]


def how_many_unanswered(actor: ActorLike) -> int:
    """How many items wait in all documents that the actor sees."""
    return visible_to(_unanswered(), actor).count()


def how_many_documents(actor: ActorLike) -> int:
    """In how many documents something waits."""
    return visible_to(_unanswered(), actor).aggregate(n=Count("document", distinct=True))["n"] or 0


def one_document(pk: int, *, actor: ActorLike) -> FindingsDocument:
    """One document, or NotFound."""
    rows = FindingsDocument.objects.select_related("region")
    return seen_one(rows, actor, pk=pk, **PATHS[FindingsDocument])


def one_item(document: FindingsDocument, pk: int, *, actor: ActorLike) -> FindingsItem:
    """One item of a document, or NotFound."""
    rows = FindingsItem.objects.filter(document=document).select_related("document__region")
    return seen_one(rows, actor, pk=pk, **PATHS[FindingsItem])


def answers(document: FindingsDocument, *, actor: ActorLike) -> list[Answered]:
    """Every item of a document with its cases, as far as the reader may see them: three queries."""
    items = list(document.items.order_by("place"))
    covers = list(ItemCover.objects.filter(item__document=document).values_list("item_id", "matter_id"))
    matters = _seen({matter_id for _item, matter_id in covers}, actor)
    return [
        Answered(
            item,
            tuple(matters[pk] for item_id, pk in covers if item_id == item.pk and pk in matters),
            sum(item_id == item.pk and pk not in matters for item_id, pk in covers),
        )
        for item in items
    ]


def _seen(ids: set[int], actor: ActorLike) -> dict[int, Matter]:
    rows = matters_visible_to(Matter.objects.filter(pk__in=sorted(ids)), actor)
    return {row.pk: row for row in rows.select_related("state", "region")}


def strays(document: FindingsDocument, *, actor: ActorLike) -> list[Matter]:
    """Matters whose source is the document and that cover none of its items."""
    covering = ItemCover.objects.filter(item__document=document).values("matter_id")
    named = Matter.objects.filter(source_number=document.number, kind__in=KINDS).exclude(pk__in=covering)
    return list(matters_visible_to(named, actor).select_related("state", "region").order_by("-id")[:STRAYS])


def could_cover(item: FindingsItem, *, actor: ActorLike, rows: int = STRAYS) -> Sequence[Matter]:
    """Which cases may be tied to an item: those that name the document first, then the newest of its region."""
    named = strays(item.document, actor=actor)
    low, high = region_range(item.document.region_id)
    open_ones = Matter.objects.filter(
        region_id__gte=low, region_id__lte=high, kind__in=KINDS, state__is_final=False
    )
    near = matters_visible_to(open_ones, actor).select_related("state", "region").order_by("-id")
    return list({matter.pk: matter for matter in (*named, *near[:rows])}.values())
