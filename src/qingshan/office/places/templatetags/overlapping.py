"""What does a card of overlaps need to know? Checks and opinions of one object, for who reads the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.places import queries
from qingshan.office.places.models import OverlapOpinion
from qingshan.office.places.queries import Overlaps
from qingshan.rules.areas import area_text
from qingshan.rules.duties import Duty
from qingshan.rules.layers import LayerKind, OverlapConclusion
from qingshan.rules.reasons import CHINESE

register = template.Library()


@dataclass(frozen=True)
class Card:
    """Everything that the card shows."""

    kind: str
    overlaps: Overlaps | None
    opinions: list[OverlapOpinion]
    may_record: bool


@register.simple_tag(takes_context=True)
def overlaps_of(context: Any, shape: Any, subject: Any) -> Card:
    """`{% overlaps_of shape subject as card %}`: None for the checks of an object without a shape."""
    actor = context["request"].actor
    kind = queries.subject_kind_of(subject)
    return Card(
        kind=kind,
        overlaps=queries.overlaps(shape, actor) if shape is not None else None,
        opinions=queries.opinions_about(kind, subject),
        may_record=Duty.REGISTRY in actor.duties,
    )


@register.filter
def percent(share: float | None) -> str:
    """0.1234 → 12.34%; None → —."""
    return "—" if share is None else f"{share:.2%}"


@register.filter
def findings_in_words(opinion: OverlapOpinion) -> list[str]:
    """生态保护红线：不涉及 · 永久基本农田：涉及 1.20 公顷（18.0 亩）."""
    language = get_language() or CHINESE
    said = []
    for kind, found in opinion.findings.items():
        words = OverlapConclusion(found["conclusion"]).say(language)
        if found["area_m2"] is not None:
            words = f"{words} {area_text(found['area_m2'], language)}"
        said.append(_("%(kind)s：%(said)s") % {"kind": LayerKind(kind).say(language), "said": words})
    return said
