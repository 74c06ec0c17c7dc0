"""How do clues lie on the one map? Each on its land, by its state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from qingshan.office.observations.access import clue_branches
from qingshan.office.observations.clue_queries import CLUE_LOOKS, called
from qingshan.office.observations.models import Clue
from qingshan.office.observations.on_map import within
from qingshan.office.observations.panels import clue_panel
from qingshan.office.places.layers import BY_LOOK, Layer, Query, declare_layer
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.clues import ClueState


def _rows(actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
    rows = called(Clue.objects.filter(within(query.get("region", ""))), query.get("q", "").strip())
    if (wanted := query.get("category", "")) in ClueState.values():
        rows = rows.filter(state=wanted)
    looks = [When(state=state.value, then=Value(look)) for state, look in CLUE_LOOKS.items()]
    name = Concat(Value("TB-"), Cast("pk", CharField()))
    return clue_branches(rows.annotate(name=name, look=Case(*looks, default=Value("none"))), actor)


CLUES = Layer(
    "clues",
    _("疑似图斑"),
    _("影像筛查出的疑似问题图斑"),
    _rows,
    ("name", "look"),
    sum_of="area_m2",
    shown=False,
    colour="#b15928",
    mark=BY_LOOK,
    panel="observations/panel_clue.html",
    page="/clues/{id}/",
    one=clue_panel,
    looks=tuple((look, state.sentence) for state, look in CLUE_LOOKS.items()),
    terms=ClueState,
    terms_title=_("状态"),
)
declare_layer(CLUES)
