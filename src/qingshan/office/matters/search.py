"""How are matters found by the search over the register: by title, number, number of the source?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from qingshan.finding.marking import parts_of
from qingshan.finding.walk import Asked, Found
from qingshan.office.matters.found import found_matters
from qingshan.office.matters.ledgers import EVERYTHING, Ledger
from qingshan.office.matters.models import Matter
from qingshan.office.mines.search import Searched
from qingshan.office.regions.ranges import EVERYWHERE
from qingshan.office.trail.parties import ActorLike


@dataclass(frozen=True)
class MattersSearched(Searched):
    """The matters of one ledger. The kinds of a ledger are searched together, in its order."""

    ledger: Ledger | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        return self.ledger.kinds if self.ledger else ()

    @property
    def rows(self) -> QuerySet[Any]:
        fields = ("kind", "number", "title", "source_number", "words", "region", "enterprise__name")
        return Matter.objects.only(*fields).select_related("enterprise")

    def branches(self, actor: ActorLike, asked: Asked) -> list[Found]:
        """By kind, as the index of the ledger begins with it: of several at once a million would be sorted."""
        return [
            found
            for kind in self.kinds
            for found in found_matters(self.rows, kind, asked, actor=actor, within=EVERYWHERE)
        ]

    def list_of(self, text: str) -> str:
        return f"{self.ledger.path if self.ledger else ''}?{urlencode({'q': text, 'view': EVERYTHING})}"

    def name(self, row: Any) -> str:
        return str(row.title)

    def number(self, row: Any, text: str) -> str:
        numbers = (row.number, row.source_number)
        found = (each for each in numbers if any(marked for _part, marked in parts_of(each, text)))
        return str(next(found, row.number))

    def address(self, row: Any) -> str:
        return str(row.get_absolute_url())

    def through(self, row: Any) -> str:
        return str(getattr(row, "found_through", ""))


def searched(ledger: Ledger, title: Any) -> MattersSearched:
    """The matters of a ledger, as one kind of what is found."""
    return MattersSearched(ledger.code, title, Matter, (), ledger=ledger)
