"""How do problems and petitions lie on the one map? At their own place, coloured and shaped by their deadline.

They are scoped and narrowed as their ledgers are. A matter has the middle of its site or mine where it was registered
without a place of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Concat, Length, Substr
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingshan.finding.walk import narrowed
from qingshan.finding.words import sought
from qingshan.office.cases.ledgers import (
    CASES,
    EVERYTHING,
    IN_TIME,
    OVERDUE,
    PETITIONS,
    SOON,
    STOCK,
    UNDATED,
    Ledger,
    Look,
)
from qingshan.office.errors import NotFound
from qingshan.office.matters import queries
from qingshan.office.matters.access import branches_for
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import SOON_DAYS
from qingshan.office.mines.forms.narrowing import simple_filters
from qingshan.office.places.layers import BY_LOOK, Layer, Query, Rows, declare_layer
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.matters import DueStanding

LONGEST_NAME = 24
"""Characters of a title that a tile tells: four thousand of them stay below the limit of a tile."""
VIEW_OF = {
    DueStanding.OVERDUE: OVERDUE,
    DueStanding.SOON: SOON,
    DueStanding.IN_TIME: IN_TIME,
    DueStanding.UNDATED: UNDATED,
    DueStanding.OPEN: STOCK,
}


def _rows_of(ledger: Ledger) -> Rows:
    def rows(actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
        on, filters = shanghai_date(timezone.now()), simple_filters(query)
        wanted = query.get("category", "")
        view = VIEW_OF.get(DueStanding(wanted), EVERYTHING) if wanted in DueStanding.values() else EVERYTHING
        look = Look(ledger, on, view=view, region_id=filters.region_id)
        found = look.narrowing.apply(Matter.objects.filter(kind__in=ledger.kinds))
        if wanted == DueStanding.ENDED:
            found = found.filter(closed_on__isnull=False)
        told = found.annotate(name=_short_title(), look=_look(on))
        parts = branches_for(told, actor)
        asked = sought(filters.text)
        return [narrowed(part, asked) for part in parts] if asked else parts

    return rows


def _short_title() -> Case:
    cut = Concat(Substr("title", 1, LONGEST_NAME - 1), Value("…"))
    long = When(GreaterThan(Length("title"), LONGEST_NAME), then=cut)
    return Case(long, default=F("title"), output_field=CharField())


def _look(on: date) -> Case:
    """As `standing_of` says it; but what has no deadline yet is told apart from what has ended."""
    return Case(
        When(closed_on__isnull=False, then=Value("none")),
        When(due_on__isnull=True, then=Value("note")),
        When(due_on__lt=on, then=Value("late")),
        When(due_on__lte=on + timedelta(days=SOON_DAYS), then=Value("due")),
        default=Value("good"),
        output_field=CharField(),
    )


def _one_of(ledger: Ledger) -> Any:
    def one(pk: int, actor: ActorLike) -> Matter:
        found = queries.one_matter(pk, actor=actor)
        if found.kind not in ledger.kinds:
            raise NotFound.because("office.not_found", what=str(ledger.title))
        return found

    return one


def _layer(ledger: Ledger, title: Any, colour: str) -> Layer:
    return Layer(
        ledger.code,
        title,
        ledger.title,
        _rows_of(ledger),
        ("name", "look"),
        shown=False,
        colour=colour,
        mark=BY_LOOK,
        panel="cases/panel_matter.html",
        page="/cases/{id}/",
        one=_one_of(ledger),
        terms=DueStanding,
        terms_title=_("时限"),
    )


def map_of(look: Look) -> str:
    """The map with what a ledger shows, as far as a map can be narrowed: by view, county and words."""
    standing = next((each for each, view in VIEW_OF.items() if view == look.view), None)
    asked = {
        "layers": f"regions,mines,{look.ledger.code}" if look.mine_id else f"regions,{look.ledger.code}",
        "region": look.region_id or "",
        "q": look.text,
        look.ledger.code: "" if look.state or standing is None else standing.value,
        "object": f"mines:{look.mine_id}" if look.mine_id else "",
    }
    return f"/map/?{urlencode({name: value for name, value in asked.items() if value})}"


for _each in (
    _layer(PETITIONS, _("信访"), "#7a4b7a"),
    _layer(CASES, _("整改问题"), "#3d5a80"),
):
    declare_layer(_each)
