"""How are a quantity, a piece of evidence, a doubt and a deadline said on the pages of matters?"""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from qingshan.office.matters.models import Doubt, Evidence, Matter
from qingshan.office.matters.models.evidence import DoubtState
from qingshan.office.matters.showing import doubt_words, standing_of
from qingshan.office.showing import mark
from qingshan.rules.dates import shanghai_date
from qingshan.rules.matters import EvidenceKind, Phase
from qingshan.rules.numbers import plainly
from qingshan.rules.reasons import CHINESE

register = template.Library()


@register.filter("plainly")
def quantity_in_words(quantity: Decimal | None) -> str:
    """1.5000 → 1.5; None → —."""
    return plainly(quantity, missing="—")


@register.filter
def evidence_kind(evidence: Evidence) -> str:
    """照片, 文件, 测量成果."""
    return EvidenceKind(evidence.kind).say(get_language() or CHINESE)


@register.filter
def phase_name(evidence: Evidence) -> str:
    """整改前, 整改中, 整改后; nothing where it belongs to none."""
    return Phase(evidence.phase).say(get_language() or CHINESE) if evidence.phase else ""


@register.filter
def doubt_state(doubt: Doubt) -> str:
    """存疑待核, 已说明, 核实成立."""
    return DoubtState(doubt.state).say(get_language() or CHINESE)


@register.simple_tag
def deadline(matter: Matter) -> str:
    """The deadline today with shape, word and colour."""
    return mark(*standing_of(matter, on=shanghai_date(timezone.now())))


register.filter("doubt_words", doubt_words)
