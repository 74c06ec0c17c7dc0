"""How do the matters of a ledger lie on the one map? At their own place, coloured and shaped by their deadline.

They are scoped and narrowed as their ledgers are. A matter has the middle of its site or mine where it was registered
without a place of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Concat, Length, Substr
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qingshan.finding.walk import narrowed
from qingshan.finding.words import sought
from qingshan.office.errors import NotFound
from qingshan.office.matters import queries
from qingshan.office.matters.access import branches_for
from qingshan.office.matters.folder import Link
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.ledgers import (
    EVERYTHING,
    IN_TIME,
    OVERDUE,
    SOON,
    STOCK,
    TURN,
    UNDATED,
    VIEWS,
    Ledger,
    Look,
    look_at,
    state_names,
)
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import SOON_DAYS, turn_branches
from qingshan.office.matters.seeding import state_code
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.models import Mine
from qingshan.office.places.layers import BY_LOOK, Layer, Query, Rows
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.matters import DueStanding, SourceKind
from qingshan.rules.reasons import CHINESE, Sentence
from qingshan.rules.words import Named

LONGEST_NAME = 24
"""Characters of a title that a tile tells: four thousand of them stay below the limit of a tile."""
VIEW_OF = {
    DueStanding.OVERDUE: OVERDUE,
    DueStanding.SOON: SOON,
    DueStanding.IN_TIME: IN_TIME,
    DueStanding.UNDATED: UNDATED,
    DueStanding.OPEN: STOCK,
}
_VIEW_NAMED = {standing.value: view for standing, view in VIEW_OF.items()}
STOCK_ON_MAP = "stock"
"""By this the address of a layer that shows everything asks for what has not ended."""
NARROWS = ("view", "state", "kind", "source", "mine")
"""By what else than place, words and deadline a ledger on the map is narrowed."""


@dataclass(frozen=True)
class ByState:
    """A layer that is coloured by state instead of deadline."""

    terms: type[Named]
    looks: Mapping[Any, str]
    """of the states that do not simply go on"""
    legend: tuple[tuple[str, Sentence], ...]


def _rows_by_state(ledger: Ledger, by: ByState) -> Rows:
    def rows(actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
        look = _look_by_state(ledger, query)
        found = look.by_state_and_view.apply(Matter.objects.filter(kind__in=look.kinds))
        return _seen(look, actor, found.annotate(look=_state_look(look.kinds, by.looks)))

    return rows


def _seen(look: Look, actor: ActorLike, rows: QuerySet[Any]) -> Sequence[QuerySet[Any]]:
    """What of these rows the actor may see, or is waited for to do, with a short name and by the words of the look."""
    told = rows.annotate(name=_short_title())
    parts = turn_branches(actor, told) if look.view == TURN else branches_for(told, actor)
    asked = sought(look.text)
    return [narrowed(part, asked) for part in parts] if asked else parts


def _look_by_state(ledger: Ledger, query: Query) -> Look:
    """The ledger as the query narrows it; what it is narrowed to is the state, and nothing is left out by itself."""
    asked = {**query, "state": query.get("category", ""), "view": query.get("view") or EVERYTHING}
    return look_at(ledger, asked, on=shanghai_date(timezone.now()))


def _state_look(kinds: Sequence[str], looks: Mapping[Any, str]) -> Case:
    told = [
        When(state_id=state_code(kind, state), then=Value(look))
        for kind in kinds
        for state, look in looks.items()
    ]
    return Case(*told, default=Value("note"), output_field=CharField())


def _words_by_state(ledger: Ledger) -> Callable[[ActorLike, Query], list[tuple[str, str]]]:
    def words(actor: ActorLike, query: Query) -> list[tuple[str, str]]:
        look = _look_by_state(ledger, query)
        shown_view = str(VIEWS[look.view]) if look.view != EVERYTHING else ""
        return [(name, said) for name, said in (("view", shown_view), *_common_words(look, actor)) if said]

    return words


def _common_words(look: Look, actor: ActorLike) -> Iterator[tuple[str, str]]:
    language = get_language() or CHINESE
    yield "kind", kind_named(look.kind).flow.title.say({}, language) if look.kind else ""
    yield "source", SourceKind(look.source).say(language) if look.source else ""
    if look.mine_id:
        mines = visible_to(Mine.objects.filter(pk=look.mine_id), actor)
        yield "mine", next(iter(mines.values_list("name", flat=True)), "—")


def _rows_of(ledger: Ledger) -> Rows:
    def rows(actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
        look, wanted = _look_at(ledger, query), query.get("category", "")
        found = look.by_state_and_view.apply(Matter.objects.filter(kind__in=look.kinds))
        if wanted == DueStanding.ENDED:
            found = found.filter(closed_on__isnull=False)
        elif look.view == TURN and wanted in _VIEW_NAMED:
            by_deadline = replace(look, view=_VIEW_NAMED[wanted], state="").narrowing
            found = by_deadline.apply(found)
        return _seen(look, actor, found.annotate(look=_due_look(look.on)))

    return rows


def _look_at(ledger: Ledger, query: Query) -> Look:
    """The ledger as the query narrows it; the view is that of the deadline, unless it asks whose turn it is."""
    look = look_at(ledger, query, on=shanghai_date(timezone.now()))
    by_deadline = _VIEW_NAMED.get(query.get("category", ""), EVERYTHING)
    return replace(look, view=TURN if query.get("view") == TURN else by_deadline)


def _words_of(ledger: Ledger) -> Callable[[ActorLike, Query], list[tuple[str, str]]]:
    def words(actor: ActorLike, query: Query) -> list[tuple[str, str]]:
        look, language = _look_at(ledger, query), get_language() or CHINESE
        view = str(VIEWS[TURN]) if look.view == TURN else ""
        state = state_names(ledger.kinds)[look.state].say({}, language) if look.state else ""
        found = (("view", view), ("state", state), *_common_words(look, actor))
        return [(name, said) for name, said in found if said]

    return words


def _short_title() -> Case:
    cut = Concat(Substr("title", 1, LONGEST_NAME - 1), Value("…"))
    long = When(GreaterThan(Length("title"), LONGEST_NAME), then=cut)
    return Case(long, default=F("title"), output_field=CharField())


def _due_look(on: date) -> Case:
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


def layer_of(
    ledger: Ledger,
    title: Promise,
    colour: str,
    *,
    panel: str = "matters/panel_matter.html",
    page: str = "",
    by: ByState | None = None,
) -> Layer:
    """The layer of one ledger, coloured by deadline or by state."""
    return Layer(
        ledger.code,
        title,
        ledger.title,
        _rows_by_state(ledger, by) if by else _rows_of(ledger),
        ("name", "look"),
        shown=False,
        colour=colour,
        mark=BY_LOOK,
        panel=panel,
        page=page or f"{ledger.path}{{id}}/",
        one=_one_of(ledger),
        terms=by.terms if by else DueStanding,
        terms_title=_("状态") if by else _("时限"),
        narrows=tuple(name for name in NARROWS if name != "state") if by else NARROWS,
        words_of=_words_by_state(ledger) if by else _words_of(ledger),
        looks=by.legend if by else (),
    )


def map_by_state(look: Look, *beside: str) -> str:
    """The map with what a ledger shows whose layer is coloured by state. `beside`: layers of the same states."""
    code = look.ledger.code
    asked = {
        "layers": ",".join(("regions", *beside, code)),
        "region": look.region_id or "",
        "q": look.text,
        code: look.state,
        f"{code}.view": "" if look.state else look.view or STOCK_ON_MAP,
        f"{code}.source": look.source,
        f"{code}.mine": str(look.mine_id or ""),
        **dict.fromkeys(beside, look.state),
    }
    return f"/map/?{urlencode({name: value for name, value in asked.items() if value})}"


def map_of(look: Look) -> str:
    """The map with what a ledger shows, narrowed by all that narrows the ledger."""
    code = look.ledger.code
    own = {
        "view": TURN if look.view == TURN and not look.state else "",
        "state": look.state,
        "kind": look.kind,
        "source": look.source,
        "mine": str(look.mine_id or ""),
    }
    standing = next((each for each, view in VIEW_OF.items() if view == look.view), None)
    asked = {
        "layers": f"regions,mines,{code}" if look.mine_id else f"regions,{code}",
        "region": look.region_id or "",
        "q": look.text,
        code: "" if look.state or standing is None else standing.value,
        **{f"{code}.{name}": value for name, value in own.items()},
        "object": f"mines:{look.mine_id}" if look.mine_id else "",
    }
    return f"/map/?{urlencode({name: value for name, value in asked.items() if value})}"


def map_link(look: Look, path: str = "") -> Link:
    """The button above a ledger that leads there."""
    hint = gettext("地图按当前的全部筛选显示；没有位置的事项不在图上")
    return Link(gettext("在地图上看"), path or map_of(look), hint=hint)
