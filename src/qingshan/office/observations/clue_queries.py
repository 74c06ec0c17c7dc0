"""Which clues and screenings does a page show? Everything starts from what the actor may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery, prefetch_related_objects
from django.utils.safestring import SafeString, mark_safe

from qingshan.finding.walk import narrowed
from qingshan.finding.words import sought
from qingshan.office.errors import NotFound
from qingshan.office.mines.models import Mine
from qingshan.office.observations.access import clue_branches, clues_visible_to, screenings_visible_to
from qingshan.office.observations.models import Clue, ClueEvidence, ClueSighting, Screening
from qingshan.office.paging import Order, Page, page
from qingshan.office.regions.queries import put_regions
from qingshan.office.regions.ranges import region_range
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.clues import JUDGED, OPEN, ClueKind, ClueState
from qingshan.rules.identifiers import row_id
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.vault import Vault, VaultError

UNSEEN = "unseen"
"""本期未见: open clues that the newest snapshot of a source no longer contains"""
GROWN = "grown"
"""核定后继续扩大: decided clues that were seen to grow since"""
NEWEST_FIRST = Order(("-id",))
LEDGER = Order(("region_id", "-id"))
COUNTED_TO = 1_000
CLUE_LOOKS = {
    ClueState.SUSPECTED: "note",
    ClueState.PERSISTENT: "due",
    ClueState.VERIFIED: "late",
    ClueState.FILED: "good",
    ClueState.DISMISSED: "none",
}


@dataclass(frozen=True)
class Narrowed:
    """How the list is looked at."""

    state: str = ""
    """a state, UNSEEN or GROWN; empty: those that somebody still has to decide about; "all": all"""
    kind: str = ""
    screening: int | None = None
    """what one screening saw"""
    region_id: int | None = None
    text: str = ""
    """a number, or words of the mine nearby"""

    def of(self, rows: QuerySet[Clue]) -> QuerySet[Clue]:
        if self.region_id is not None:
            low, high = region_range(self.region_id)
            rows = rows.filter(region_id__gte=low, region_id__lte=high)
        if self.state == UNSEEN:
            rows = rows.filter(state__in=OPEN, unseen_in__isnull=False)
        elif self.state == GROWN:
            rows = rows.filter(state__in=JUDGED, grown_on__isnull=False)
        elif self.state in ClueState.values():
            rows = rows.filter(state=self.state)
        elif not self.state:
            rows = rows.filter(state__in=OPEN)
        if self.screening is not None:
            rows = rows.filter(pk__in=ClueSighting.objects.filter(screening=self.screening).values("clue"))
        rows = called(rows, self.text)
        return rows.filter(kind=self.kind) if self.kind in ClueKind.values() else rows


def called(rows: QuerySet[Clue], text: str) -> QuerySet[Clue]:
    """Those with this number, or of mines that are found by these words; all where nothing was typed."""
    if not text:
        return rows
    if (pk := row_id(text.strip().upper().removeprefix("TB-"))) is not None:
        return rows.filter(pk=pk)
    return rows.filter(mine__in=narrowed(Mine.objects.all(), sought(text)))


@dataclass(frozen=True)
class ShownClue:
    """A clue with its look."""

    clue: Clue
    look: str


def shown(clue: Clue) -> ShownClue:
    return ShownClue(clue, CLUE_LOOKS[clue.state_named])


def listed(by: Narrowed, *, actor: ActorLike, after: str = "", before: str = "") -> Page:
    """One page of clues by region, the newest of each first."""
    rows = by.of(Clue.objects.defer("geom", "doubts", "rulebook"))
    found = page(clue_branches(rows, actor), order=LEDGER, after=after, before=before)
    put_regions(found.rows)
    prefetch_related_objects(found.rows, "mine", "matter", "unseen_in")
    return found


def exported(by: Narrowed, *, actor: ActorLike) -> Iterator[Clue]:
    """All of them, row by row, with where their newest polygon from elsewhere came from."""
    rows = with_sources(by.of(clues_visible_to(actor)))
    yield from rows.order_by("region_id", "-id").iterator(chunk_size=500)


def with_sources(rows: QuerySet[Clue]) -> QuerySet[Clue]:
    """Clues with all that a table shows, and source and number of their newest sighting that came from elsewhere."""
    newest = ClueSighting.objects.filter(clue=OuterRef("pk"), source__isnull=False).order_by(
        "-last_seen", "-id"
    )
    beside = rows.select_related("region", "mine", "matter", "unseen_in").defer("region__geom")
    return beside.annotate(
        outside_source=Subquery(newest.values("source")[:1]),
        outside_number=Subquery(newest.values("key")[:1]),
    )


def how_many(by: Narrowed, *, actor: ActorLike) -> int:
    """Counted to COUNTED_TO and one more."""
    ids: set[int] = set()
    for part in clue_branches(by.of(Clue.objects.all()), actor):
        ids |= set(part.order_by().values_list("pk", flat=True)[: COUNTED_TO + 1])
    return min(len(ids), COUNTED_TO + 1)


def one(pk: int, *, actor: ActorLike) -> Clue:
    """A clue that the actor may see; NotFound else."""
    rows = clues_visible_to(actor).filter(pk=pk).select_related("region", "mine", "matter", "unseen_in")
    if (found := rows.first()) is None:
        raise NotFound.because("office.not_found", what=str(Clue._meta.verbose_name))
    return found


def sightings_of(clue: Clue) -> list[ClueSighting]:
    """The newest first."""
    return list(clue.seen.select_related("screening__scene_set", "file").defer("geom").order_by("-id"))


def evidence_of(clue: Clue, pk: int) -> ClueEvidence:
    """What was brought with a decision about it; NotFound else."""
    if (found := clue.evidence.filter(pk=pk).first()) is None:
        raise NotFound.because("office.not_found", what=str(ClueEvidence._meta.verbose_name))
    return found


def picture(digest: str) -> SafeString | None:
    """A picture as it lies in the vault. The engine drew it from numbers; its digest says that nobody changed it."""
    if not digest:
        return None
    try:
        with Vault(settings.VAULT_ROOT).open(digest, verified=True) as file:
            return mark_safe(file.read().decode())
    except VaultError:
        return None


def around(clue: Clue, *, actor: ActorLike) -> list[Clue]:
    """Other clues whose land meets this one's, as far as the actor may see them."""
    from qingshan.geo.search import intersecting

    keys = intersecting(Clue.objects.exclude(pk=clue.pk), clue.geom)
    return list(clues_visible_to(actor).filter(pk__in=keys).defer("geom").order_by("pk")[:10])


def clue_of_matter(matter_id: int, *, actor: ActorLike) -> Clue | None:
    """The clue that became this case, where the actor may see it."""
    return clues_visible_to(actor).filter(Q(matter_id=matter_id)).defer("geom").first()


def listed_screenings(*, actor: ActorLike, after: str = "", before: str = "") -> Page:
    """One page of screenings, the newest first."""
    rows = screenings_visible_to(actor).defer("scenes", "left_out")
    found = page([rows], order=NEWEST_FIRST, after=after, before=before)
    put_regions(found.rows)
    prefetch_related_objects(found.rows, "scene_set")
    return found


def one_screening(pk: int, *, actor: ActorLike) -> Screening:
    """A screening that the actor may see; NotFound else."""
    rows = screenings_visible_to(actor).filter(pk=pk).select_related("region", "scene_set")
    if (found := rows.first()) is None:
        raise NotFound.because("office.not_found", what=str(Screening._meta.verbose_name))
    return found


def told_of(clue: Clue) -> str:
    """The doubts of a clue in Chinese, as a case begins with them."""
    return "".join(
        say(Reason(each["reason"]["code"], each["reason"]["values"]), CHINESE) for each in clue.doubts
    )
