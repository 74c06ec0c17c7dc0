"""What of images waits for somebody: answers to write, answers to decide, land to visit, clues, claims without a run?

Counted as the lists count it, so that nobody learns from a number what is held back from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qingshan.office.observations import clue_queries, queries
from qingshan.office.observations.access import DECIDES, REGISTERS, RUNS, claim_branches
from qingshan.office.observations.clue_queries import Narrowed
from qingshan.office.observations.models import Claim
from qingshan.office.observations.queries import ASKED, GIVEN, TRACED, WAITING, ClaimFilters, narrowed
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty

CLUES = "clues"
LOOKED_AT = (
    (ASKED, frozenset({Duty.ENTERPRISE, REGISTERS})),
    (GIVEN, frozenset({DECIDES})),
    (TRACED, frozenset({DECIDES})),
    (WAITING, frozenset({RUNS})),
)
"""How the list of claims is looked at, and whose duty what stands there is."""


@dataclass(frozen=True)
class Waits:
    """So many of one kind, counted to COUNTED_TO and one more."""

    what: str
    count: int
    url: str
    first: date | None = None
    """the earliest last day of what is asked for"""


def waiting(actor: ActorLike, *, on: date) -> Iterator[Waits]:
    """What waits for the duties of an actor, each kind once."""
    for look, duties in LOOKED_AT:
        if actor.duties & duties:
            count = queries.how_many(actor=actor, filters=ClaimFilters(on, look))
            if count:
                first = first_day(actor, on=on) if look == ASKED else None
                yield Waits(look, count, f"/observations/?verdict={look}", first)
    if REGISTERS in actor.duties and (count := clue_queries.how_many(Narrowed(), actor=actor)):
        yield Waits(CLUES, count, "/clues/")


def first_day(actor: ActorLike, *, on: date) -> date | None:
    """The earliest last day of the written answers that are asked for."""
    parts = claim_branches(narrowed(Claim.objects.all(), ASKED, actor, on=on), actor)
    days = [part.order_by("answer_until").values_list("answer_until", flat=True).first() for part in parts]
    return min((day for day in days if day), default=None)
