"""How large is it? Square metres are stored; hectares and mu (亩) are shown: 1 ha = 15 mu, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from qingshan.rules.errors import RuleError
from qingshan.rules.numbers import Exact, measured, printed, printed_short
from qingshan.rules.reasons import CHINESE

M2_PER_HECTARE = 10_000
MU_PER_HECTARE = 15
METRES_PER_DEGREE = (
    111_320.0  # of latitude, and of longitude on the equator: for boxes and scales, never for areas
)
_SMALLEST_IN_HECTARES_M2 = 100  # 0.01 ha: anything smaller would print as 0.00


@dataclass(frozen=True, order=True)
class Area:
    """An area, exact. Negative or infinite areas raise RuleError."""

    m2: Fraction
    """Square metres."""

    def __post_init__(self) -> None:
        if self.m2 < 0:
            raise RuleError.because("rules.area.negative", area=float(self.m2))

    @classmethod
    def of_m2(cls, m2: Exact | float) -> Area:
        """From square metres."""
        return cls(measured(m2))

    @classmethod
    def of_hectares(cls, hectares: Exact | float) -> Area:
        """From hectares (公顷)."""
        return cls(measured(hectares) * M2_PER_HECTARE)

    @classmethod
    def of_mu(cls, mu: Exact | float) -> Area:
        """From mu (亩)."""
        return cls(measured(mu) * M2_PER_HECTARE / MU_PER_HECTARE)

    @property
    def hectares(self) -> Fraction:
        """In hectares."""
        return self.m2 / M2_PER_HECTARE

    @property
    def mu(self) -> Fraction:
        """In mu."""
        return self.m2 * MU_PER_HECTARE / M2_PER_HECTARE

    def say(self, language: str = CHINESE) -> str:
        """`1.26 公顷（18.9 亩）`; square metres below 0.01 ha, so that it never prints as nothing."""
        english = language.lower().startswith("en")
        if 0 < self.m2 < _SMALLEST_IN_HECTARES_M2:
            main = f"{printed_short(self.m2, 1)} {'m²' if english else '平方米'}"
            mu = printed_short(self.mu, 3)
        else:
            main = f"{printed(self.hectares, 2)} {'ha' if english else '公顷'}"
            mu = printed_short(self.mu, 1)
        return f"{main} ({mu} mu)" if english else f"{main}（{mu} 亩）"


@lru_cache(maxsize=4096, typed=True)  # a list says fifty of them, and many readers the same
def area_text(m2: Exact | float | None, language: str = CHINESE) -> str:
    """Square metres as people read them; a dash where nothing was measured."""
    return "—" if m2 is None else Area.of_m2(m2).say(language)
