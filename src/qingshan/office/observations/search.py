"""How are claims and clues found by the search over the register? By their numbers; by words their lists find them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.finding.walk import Asked, Found
from qingshan.office.mines.search import Searched
from qingshan.office.observations.access import claim_branches, clue_branches
from qingshan.office.observations.models import Claim, Clue
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.identifiers import row_id
from qingshan.rules.reasons import CHINESE


@dataclass(frozen=True)
class NumberedSearched(Searched):
    """What no words of the index name: only who types a number means it."""

    prefix: str = ""
    path: str = ""

    def branches(self, actor: ActorLike, asked: Asked) -> list[Found]:
        return [self.rows.none()]

    def numbered(self, text: str, actor: ActorLike) -> list[Found]:
        typed = text.strip().upper()
        pk = row_id(typed.removeprefix(self.prefix)) if typed.startswith(self.prefix) else None
        return list(self.of(self.rows.filter(pk=pk), actor)) if pk is not None else []

    def of(self, rows: QuerySet[Any], actor: ActorLike) -> tuple[QuerySet[Any], ...]:
        raise NotImplementedError

    def list_of(self, text: str) -> str:
        return f"{self.path}?{urlencode({'q': text})}"

    def number(self, row: Any, text: str) -> str:
        return str(row.number)

    def address(self, row: Any) -> str:
        return str(row.get_absolute_url())


@dataclass(frozen=True)
class ClaimsSearched(NumberedSearched):
    """HY-12."""

    @property
    def rows(self) -> QuerySet[Any]:
        return Claim.objects.only("about", "region", "enterprise__name").select_related("enterprise")

    def of(self, rows: QuerySet[Any], actor: ActorLike) -> tuple[QuerySet[Any], ...]:
        return claim_branches(rows, actor)

    def name(self, row: Any) -> str:
        return str(row.about)


@dataclass(frozen=True)
class CluesSearched(NumberedSearched):
    """TB-12."""

    @property
    def rows(self) -> QuerySet[Any]:
        return Clue.objects.only("kind", "region")

    def of(self, rows: QuerySet[Any], actor: ActorLike) -> tuple[QuerySet[Any], ...]:
        return clue_branches(rows, actor)

    def list_of(self, text: str) -> str:
        return f"{self.path}?{urlencode({'q': text, 'state': 'all'})}"

    def name(self, row: Any) -> str:
        return str(row.kind_named.say(get_language() or CHINESE))


SEARCHED = (
    ClaimsSearched("observations", _("影像核验"), Claim, (), prefix="HY-", path="/observations/"),
    CluesSearched("clues", _("疑似图斑"), Clue, (), prefix="TB-", path="/clues/"),
)
