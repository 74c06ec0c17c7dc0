"""How is a ledger of matters looked at: which view, narrowed to what, with which chips?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qingshan.office.matters import queries
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.queries import SOON_DAYS, Narrowing, Standings
from qingshan.office.matters.seeding import state_code
from qingshan.office.mines.forms.narrowing import region_from
from qingshan.office.mines.queries import Total
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.identifiers import row_id
from qingshan.rules.matters import SourceKind
from qingshan.rules.reasons import CHINESE, Sentence

LONGEST_TEXT = 60


@dataclass(frozen=True)
class Ledger:
    """A list of matters of some kinds."""

    path: str
    title: Promise
    kinds: tuple[str, ...]
    counted: Promise
    empty: Promise
    leaves: Promise
    """with which columns it is exported"""

    @property
    def code(self) -> str:
        """Under which name a person's columns and filters of this list are kept."""
        return self.path.strip("/")


STOCK, TURN, OVERDUE, SOON, IN_TIME, UNDATED, EVERYTHING = (
    "", "turn", "overdue", "soon", "in_time", "undated", "all",
)  # fmt: skip
VIEWS: dict[str, Promise] = {
    STOCK: gettext_lazy("在册"),
    TURN: gettext_lazy("轮到我"),
    OVERDUE: gettext_lazy("逾期"),
    SOON: gettext_lazy("将到期"),
    IN_TIME: gettext_lazy("在期限内"),
    UNDATED: gettext_lazy("未定时限"),
    EVERYTHING: gettext_lazy("全部（含已了结）"),
}
SHAPES = {OVERDUE: "●", SOON: "▲"}


@dataclass(frozen=True)
class Look:
    """What an address says about its ledger. What cannot be read does not narrow it."""

    ledger: Ledger
    on: date
    view: str = STOCK
    state: str = ""
    """a state's name, on all kinds that have it"""
    kind: str = ""
    region_id: int | None = None
    mine_id: int | None = None
    source: str = ""
    text: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        return (self.kind,) if self.kind else self.ledger.kinds

    @property
    def is_narrowed(self) -> bool:
        return self != Look(self.ledger, self.on)

    @property
    def is_counted(self) -> bool:
        """Whether the tallies know how many there are."""
        return not (self.mine_id or self.source or self.text)

    @property
    def narrowing(self) -> Narrowing:
        """The same, as the queries ask for it."""
        found = Narrowing(
            states=self._states(),
            region_id=self.region_id,
            mine_id=self.mine_id,
            source=self.source,
            text=self.text,
        )
        if self.state:
            return found
        soon = self.on + timedelta(days=SOON_DAYS + 1)
        return {
            STOCK: lambda: replace(found, more=(("closed_on", None),)),
            TURN: lambda: replace(found, turn=True),
            OVERDUE: lambda: replace(found, due_before=self.on),
            SOON: lambda: replace(found, due_from=self.on, due_before=soon),
            IN_TIME: lambda: replace(found, due_from=soon),
            UNDATED: lambda: replace(found, more=(("closed_on", None), ("due_on", None))),
            EVERYTHING: lambda: found,
        }[self.view]()

    @property
    def by_state_and_view(self) -> Narrowing:
        """By both at once; a list shows one or the other, a map may be narrowed by each."""
        return replace(replace(self, state="").narrowing, states=self._states())

    def _states(self) -> tuple[str, ...]:
        return tuple(
            state_code(kind, self.state) for kind in self.kinds if self.state in kind_named(kind).flow.names
        )


def look_at(ledger: Ledger, query: Mapping[str, str], *, on: date) -> Look:
    """What the address says."""
    view, state, kind, source = (query.get(name, "") for name in ("view", "state", "kind", "source"))
    return Look(
        ledger,
        on,
        view=view if view in VIEWS else STOCK,
        state=state if state in state_names(ledger.kinds) else "",
        kind=kind if kind in ledger.kinds else "",
        region_id=region_from(query.get("region", "")),
        mine_id=row_id(query.get("mine", "")),
        source=source if source in SourceKind.values() else "",
        text=query.get("q", "").strip()[:LONGEST_TEXT],
    )


def state_names(kinds: tuple[str, ...]) -> dict[str, Sentence]:
    """Every state of these kinds, in the order of the work, each once."""
    found: dict[str, Sentence] = {}
    for kind in kinds:
        for state, name in kind_named(kind).flow.names.items():
            found.setdefault(str(state), name)
    return found


@dataclass(frozen=True)
class Chip:
    """A view of the ledger with its count."""

    title: str
    count: Total | None
    url: str
    current: bool


def total_of(look: Look, *, actor: ActorLike) -> Total:
    """How many rows the ledger has: all of them where the tallies know it, else counted to a limit."""
    narrowing = look.narrowing
    if not look.is_counted:
        return queries.how_many(look.kinds, actor=actor, narrowing=narrowing)
    if look.state:
        return Total(_standings(look, actor).in_states(narrowing.states))
    return _of_view(look.view, look, _standings(look, actor), actor)


def _standings(look: Look, actor: ActorLike) -> Standings:
    return queries.standings(look.kinds, actor=actor, on=look.on, region_id=look.region_id)


def chips(look: Look, query: QueryDict, *, actor: ActorLike) -> tuple[list[Chip], list[Chip]]:
    """The views, and the states that anything stands in; with their counts where the tallies know them."""
    counts = _standings(look, actor) if look.is_counted else None
    return [*_views(look, query, counts, actor), *_kinds(look, query)], list(_states(look, query, counts))


def _views(look: Look, query: QueryDict, counts: Standings | None, actor: ActorLike) -> Iterator[Chip]:
    for view, title in VIEWS.items():
        here = not look.state and look.view == view
        words = " ".join(filter(None, (SHAPES.get(view), str(title))))
        count = _of_view(view, look, counts, actor) if counts else None
        yield Chip(words, count, _address(query, view=view), here)


def _of_view(view: str, look: Look, counts: Standings, actor: ActorLike) -> Total:
    if view == TURN:
        asked = replace(look, view=TURN, state="").narrowing
        return queries.how_many(look.kinds, actor=actor, narrowing=asked)
    return Total(
        {
            STOCK: counts.in_stock,
            OVERDUE: counts.overdue,
            SOON: counts.soon,
            IN_TIME: counts.in_time,
            UNDATED: counts.without_deadline,
            EVERYTHING: sum(counts.by_state.values()),
        }[view]
    )


def _kinds(look: Look, query: QueryDict) -> Iterator[Chip]:
    if len(look.ledger.kinds) == 1:
        return
    language = get_language() or CHINESE
    for kind in look.ledger.kinds:
        title = kind_named(kind).flow.title.say({}, language)
        here = look.kind == kind
        kept = {"view": look.view, "state": look.state, "kind": "" if here else kind}
        yield Chip(_("只看：%(kind)s") % {"kind": title}, None, _address(query, **kept), here)


def _states(look: Look, query: QueryDict, counts: Standings | None) -> Iterator[Chip]:
    language = get_language() or CHINESE
    by_name: Counter[str] = Counter()
    for code, rows in (counts.by_state if counts else {}).items():
        by_name[code.partition(".")[2]] += rows
    for state, name in state_names(look.kinds).items():
        here = look.state == state
        if here or counts is None or by_name[state]:
            count = Total(by_name[state]) if counts else None
            yield Chip(name.say({}, language), count, _address(query, state="" if here else state), here)


def _address(query: QueryDict, **changed: str) -> str:
    """The same ledger looked at otherwise, from its beginning."""
    kept = query.copy()
    for name in ("after", "before", "view", "state"):
        kept.pop(name, None)
    for name, value in changed.items():
        kept.pop(name, None)
        if value:
            kept[name] = value
    return f"?{kept.urlencode()}"
