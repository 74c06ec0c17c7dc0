"""Is a mine large, medium or small? By yearly output, with the limits of the rulebook `mine-scale`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qingshan.rules.errors import RuleError
from qingshan.rules.numbers import Exact, exact
from qingshan.rules.provisions import Rulebook, Scalar
from qingshan.rules.reasons import Reason
from qingshan.rules.register import MineScale

RULEBOOK = "mine-scale"


@dataclass(frozen=True)
class ScaleDecision:
    """The scale of a mine with its reasons, among them that a limit is 待核."""

    scale: MineScale
    because: tuple[Reason, ...]


def mine_scale(mineral: str, *, yearly_output: Exact, book: Rulebook) -> ScaleDecision:
    """The scale of a mine of `mineral` (a value of the book, in its unit). Limits belong to the larger."""
    limits = book.table(mineral)
    large, medium = _limit(limits.get("large")), _limit(limits.get("medium"))
    output = exact(yearly_output)
    larger = MineScale.LARGE if output >= exact(large) else MineScale.MEDIUM
    scale = larger if output >= exact(medium) else MineScale.SMALL
    provision = book.provision(mineral)
    values = {
        "scale": scale.zh,
        "scale_en": scale.en,
        "mineral": provision.title.zh,
        "mineral_en": provision.title.en,
        "output": str(yearly_output),
        "large": str(large),
        "medium": str(medium),
        "unit": provision.unit.zh if provision.unit else "",
        "unit_en": provision.unit.en if provision.unit else "",
        "number": book.number,
    }
    return ScaleDecision(scale, (Reason("rules.scale.by_output", values), *book.doubts(mineral)))


def _limit(number: Scalar | None) -> Exact:
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        raise RuleError.because("rules.number.inexact", number=str(number))
    return number
