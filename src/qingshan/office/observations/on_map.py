"""How do claims lie on the one map? Each on its land, coloured and shaped by its finding as the reader may know it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingshan.office.observations.access import claim_branches, held_back, is_above
from qingshan.office.observations.models import Claim
from qingshan.office.observations.panels import claim_panel
from qingshan.office.observations.queries import narrowed
from qingshan.office.observations.showing import VERDICT_LOOKS
from qingshan.office.places.layers import BY_LOOK, Layer, Query, declare_layer
from qingshan.office.regions.ranges import region_range
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import row_id
from qingshan.rules.reasons import Sentence
from qingshan.rules.verification import Verdict


def _rows(actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
    on, wanted = shanghai_date(timezone.now()), query.get("category", "")
    look = wanted if wanted in Verdict.values() else ""
    rows = narrowed(Claim.objects.filter(within(query.get("region", ""))), look, actor, on=on)
    if text := query.get("q", "").strip():
        rows = rows.filter(about__icontains=text)
    told = rows.annotate(name=F("about"), look=_look(actor, on))
    return claim_branches(told, actor)


def within(region: str) -> Q:
    number = row_id(region) if region else None
    if number is None:
        return Q()
    try:
        low, high = region_range(number)
    except RuleError:
        return Q()
    return Q(region_id__gte=low, region_id__lte=high)


def _look(actor: ActorLike, on: Any) -> Case:
    """As lists show it; what the county may still answer waits, for those above."""
    hidden = [When(held_back("", on=on), then=Value("note"))] if is_above(actor) else []
    told = [When(verdict=verdict.value, then=Value(look)) for verdict, look in VERDICT_LOOKS.items()]
    return Case(*hidden, When(relapsed=True, then=Value("late")), *told, default=Value("note"))


LEGEND = (
    ("late", Sentence(zh="验收后未保持（待核实）", en="not kept after acceptance (to be verified)")),
    ("due", Verdict.UNSUPPORTED.sentence),
    ("good", Verdict.SUPPORTED.sentence),
    ("note", Sentence(zh="尚早、待核查", en="too early, or not tested yet")),
    ("none", Verdict.UNDECIDABLE.sentence),
)


CLAIMS = Layer(
    "claims",
    _("影像核验"),
    _("申报与影像核验结论"),
    _rows,
    ("name", "look"),
    sum_of="area_m2",
    shown=False,
    colour="#6a3d9a",
    mark=BY_LOOK,
    panel="observations/panel_claim.html",
    page="/observations/{id}/",
    one=claim_panel,
    looks=LEGEND,
    terms=Verdict,
    terms_title=_("核查结论"),
)
declare_layer(CLAIMS)
