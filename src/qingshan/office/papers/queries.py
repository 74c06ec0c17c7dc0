"""Which papers does a page show? Everything starts from what the actor may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet, prefetch_related_objects

from qingshan.office.errors import NotFound
from qingshan.office.paging import Order, Page, page
from qingshan.office.papers.access import branches_for, copies_of, visible_to
from qingshan.office.papers.codes import read_code
from qingshan.office.papers.kinds import declared_kinds
from qingshan.office.papers.models import Paper, SignedCopy
from qingshan.office.papers.sentences import PaperRefused
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.words import normalised

NEWEST_FIRST = Order(("-id",))


@dataclass(frozen=True)
class Filters:
    """What a reader is looking for; empty: everything."""

    kind: str = ""
    state: str = ""


def listed(actor: ActorLike, *, filters: Filters, after: str = "", before: str = "") -> Page:
    """One page of papers, the newest first."""
    found = page(branches_for(_narrowed(filters), actor), order=NEWEST_FIRST, after=after, before=before)
    prefetch_related_objects(found.rows, "region", "organisation")
    return found


def one(pk: int, *, actor: ActorLike) -> Paper:
    """A paper that the actor may see, or NotFound."""
    found = visible_to(Paper.objects.filter(pk=pk), actor).select_related("organisation").first()
    if found is None:
        raise _not_found()
    return found


def copies(paper: Paper) -> QuerySet[SignedCopy]:
    """What came back of a paper, the newest first."""
    return paper.copies.order_by("-id")


def copy(pk: int, *, actor: ActorLike) -> SignedCopy:
    """A signed copy of a paper that the actor may see, or NotFound."""
    found = copies_of(actor).filter(pk=pk).first()
    if found is None:
        raise _not_found()
    return found


def named(text: str, *, actor: ActorLike) -> Paper:
    """The issued paper whose number, or the text of whose code, somebody typed. Raises PaperRefused."""
    if said := read_code(text):
        found = list(visible_to(Paper.objects.filter(pk=said.paper_id), actor))
    else:
        wanted = normalised(text)
        spellings = {wanted, wanted.replace(" ", ""), wanted.replace("[", "〔").replace("]", "〕")}
        found = list(visible_to(Paper.objects.filter(number__in=spellings - {""}), actor)[:2])
    if not found:
        raise PaperRefused.because("papers.no_such_number", number=text.strip()[:80])
    if len(found) > 1:
        raise PaperRefused.because("papers.several_of_number", number=text.strip()[:80])
    return found[0]


def waiting(actor: ActorLike, *, most: int) -> list[Paper]:
    """Papers that were issued and have not come back: for a choice."""
    issued = Paper.objects.filter(
        state="issued", kind__in=[each.code for each in declared_kinds().values() if each.comes_back]
    )
    return list(page(branches_for(issued, actor), order=NEWEST_FIRST, rows=most).rows)


def _narrowed(filters: Filters) -> QuerySet[Paper]:
    papers = Paper.objects.all()
    if filters.kind:
        papers = papers.filter(kind=filters.kind)
    if filters.state:
        papers = papers.filter(state=filters.state)
    return papers


def _not_found() -> NotFound:
    return NotFound.because("office.not_found", what=str(Paper._meta.verbose_name))
