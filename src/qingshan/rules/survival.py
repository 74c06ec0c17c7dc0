"""How much of what was planted lives (种多少活多少), and how sure is that? By plot and over plots, from counts on site.

The interval is Wilson's: with the small samples of a plot it covers what it says, where the textbook one (Wald) does
not and the exact one (Clopper and Pearson) is wider than it need be (Brown, Cai and DasGupta 2001, Statistical Science
16:101). It is worked out in whole numbers and rounded outward, so it is the same on every machine. A plot of which
every plant was looked at has no error of sampling.

Nothing observed is unknown, never nought. Over several plots there is a rate only when all have been observed; until
then there is a partial one, which says of how many. What was replanted counts as planted, so that plants cannot be
replaced into a better rate; a plot replanted since it was last looked at is not observed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, isqrt
from statistics import NormalDist

from qingshan.rules.errors import RuleError
from qingshan.rules.numbers import printed_short
from qingshan.rules.provisions import Citation, Rulebook
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.rules.words import Named
from qingshan.rules.zones import Ground, keys_for

RULEBOOK = "planting"
CONFIDENCE = "confidence_percent"
_FINE = 10**9


class Replanting(Named):
    """补植判断."""

    NONE = "none", "不需补植", "no replanting"
    REPLANT = "replant", "补植", "replant"
    PLANT_ANEW = "plant_anew", "重新种植", "plant anew"
    UNKNOWN = "unknown", "未知", "not known"


class SurveyMethod(Named):
    """成活调查方法."""

    WHOLE = "whole", "全数清点", "every plant counted"
    SAMPLE_PLOTS = "sample_plots", "样地抽查", "sample plots"
    SAMPLE_ROWS = "sample_rows", "样行抽查", "sample rows"
    OTHER = "other", "其他方法", "another method"


@dataclass(frozen=True)
class Planting:
    """What was planted in a plot on one day; the first is the planting, later ones are replanting."""

    on: date
    count: int
    species: str = ""


@dataclass(frozen=True)
class Observation:
    """So many plants were looked at on a day, so many of them live."""

    on: date
    examined: int
    living: int


@dataclass(frozen=True)
class Plot:
    """样地 or planted plot, with all that was planted and seen in it."""

    id: str
    plantings: tuple[Planting, ...]
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True)
class Interval:
    """Between which shares the true one lies, at a stated confidence."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class PlotSurvival:
    """成活率 of one plot on a day. Rate and interval are None where it is not known, and then it says why."""

    id: str
    planted: int
    observed_on: date | None
    examined: int
    living: int
    rate: Fraction | None
    interval: Interval | None
    because: Reason

    def say(self, language: str = CHINESE) -> str:
        """The sentence."""
        return say(self.because, language)


@dataclass(frozen=True)
class Survival:
    """成活率 over plots, each weighing as much as was planted in it."""

    rate: Fraction | None
    """only when every plot has been observed"""
    interval: Interval | None
    partial: Fraction | None
    """over those that were observed, while others were not"""
    partial_interval: Interval | None
    plots: int
    observed: int
    planted: int
    planted_observed: int
    because: Reason
    citation: Citation

    def say(self, language: str = CHINESE) -> str:
        """The sentence: a partial rate is never told without of how many plots."""
        return say(self.because, language)


def wilson(living: int, examined: int, *, confidence_percent: Decimal) -> Interval:
    """Wilson's score interval, rounded outward to nine places. Nothing examined, or more living, raises RuleError."""
    _check_counts(living, examined)
    if not 0 < confidence_percent < 100:
        raise RuleError.because("rules.planting.confidence", percent=str(confidence_percent))
    quantile = NormalDist().inv_cdf(float((1 + Fraction(confidence_percent) / 100) / 2))
    z2 = Fraction(round(quantile * 10**6), 10**6) ** 2
    x, n = Fraction(living), Fraction(examined)
    middle = (x + z2 / 2) / (n + z2)
    half = _root_up(z2 * (x * (n - x) / n + z2 / 4)) / (n + z2)
    low = Fraction(floor((middle - half) * _FINE), _FINE)
    high = Fraction(ceil((middle + half) * _FINE), _FINE)
    return Interval(
        Fraction(0) if living == 0 else max(low, Fraction(0)),
        Fraction(1) if living == examined else min(high, Fraction(1)),
    )


def _root_up(number: Fraction) -> Fraction:
    """The square root, at most 10⁻¹² too large."""
    scaled = ceil(number * 10**24)
    root = isqrt(scaled)
    return Fraction(root + (root * root < scaled), 10**12)


def survival_of(plot: Plot, *, on: date, book: Rulebook) -> PlotSurvival:
    """The rate of a plot by its newest observation up to a day. Counts that cannot be raise RuleError."""
    check(plot)
    planted = sum(one.count for one in plot.plantings if one.on <= on)
    seen = [one for one in plot.observations if one.on <= on]
    if not planted:
        return _unknown(plot, 0, Reason("rules.planting.nothing_planted", {"plot": plot.id}))
    if not seen:
        return _unknown(plot, planted, Reason("rules.planting.not_observed", {"plot": plot.id}))
    last = max(seen, key=lambda one: one.on)
    if any(last.on < one.on <= on for one in plot.plantings):
        values = {"plot": plot.id, "on": last.on.isoformat()}
        return _unknown(plot, planted, Reason("rules.planting.replanted_since", values))
    confidence = book.number_of(CONFIDENCE)
    rate = Fraction(last.living, last.examined)
    interval = _interval(last, planted, confidence)
    reason = Reason(
        "rules.planting.plot_survival",
        {
            "plot": plot.id,
            "rate": _percent(rate),
            "low": _percent(interval.low),
            "high": _percent(interval.high),
            "living": last.living,
            "examined": last.examined,
            "planted": planted,
            "confidence": printed_short(Fraction(confidence), 2),
            "on": last.on.isoformat(),
        },
    )
    return PlotSurvival(plot.id, planted, last.on, last.examined, last.living, rate, interval, reason)


def _interval(last: Observation, planted: int, confidence: Decimal) -> Interval:
    """Wilson's, cut to what is possible: those that were seen alive live, those that were seen dead do not."""
    wide = wilson(last.living, last.examined, confidence_percent=confidence)
    dead = last.examined - last.living
    return Interval(
        max(wide.low, Fraction(last.living, planted)), min(wide.high, Fraction(planted - dead, planted))
    )


def survival_over(plots: Iterable[PlotSurvival], book: Rulebook) -> Survival:
    """The rate over plots. Its interval adds those of the plots up: never too narrow, for several plots rather wide."""
    counted = [one for one in plots if one.planted]
    seen = [one for one in counted if one.rate is not None]
    planted, here = (sum(one.planted for one in each) for each in (counted, seen))
    rate, interval = _weighted(seen)
    confidence = printed_short(Fraction(book.number_of(CONFIDENCE)), 2)
    values = {
        "plots": len(counted),
        "observed": len(seen),
        "planted": planted,
        "planted_observed": here,
        "rate": None if rate is None else _percent(rate),
        "low": None if interval is None else _percent(interval.low),
        "high": None if interval is None else _percent(interval.high),
        "confidence": confidence,
    }
    if rate is None or interval is None:
        code = "rules.planting.no_plot_observed" if counted else "rules.planting.no_plot"
        return Survival(
            None, None, None, None, len(counted), 0, planted, 0, Reason(code, values), book.citation
        )
    if len(seen) < len(counted):
        reason = Reason("rules.planting.partial_survival", values)
        return Survival(
            None, None, rate, interval, len(counted), len(seen), planted, here, reason, book.citation
        )
    reason = Reason("rules.planting.survival", values)
    return Survival(rate, interval, None, None, len(counted), len(seen), planted, here, reason, book.citation)


def _weighted(seen: Sequence[PlotSurvival]) -> tuple[Fraction | None, Interval | None]:
    whole = sum(one.planted for one in seen)
    if not whole:
        return None, None
    rate = sum((one.planted * one.rate for one in seen if one.rate is not None), Fraction(0)) / whole
    low = sum((one.planted * one.interval.low for one in seen if one.interval), Fraction(0)) / whole
    high = sum((one.planted * one.interval.high for one in seen if one.interval), Fraction(0)) / whole
    return rate, Interval(low, high)


@dataclass(frozen=True)
class ReplantingAnswer:
    """What a rate asks for; about so many plants are missing."""

    replanting: Replanting
    missing: int | None
    because: Reason
    doubts: tuple[Reason, ...]


def replanting_of(
    rate: Fraction | None, *, planted: int, ground: Ground, criteria: Rulebook, book: Rulebook
) -> ReplantingAnswer:
    """Nothing at or above the line of acceptance, replanting below it, planting anew below the lower line.

    Where water is not known both lines may apply; between them it is not known either.
    """
    line = "forest_survival_percent"
    limits = _lines(criteria, line, ground)
    lower = Fraction(book.number_of("plant_anew_below_percent")) / 100
    doubts = (*criteria.doubts(line), *book.doubts("plant_anew_below_percent"))
    values = {
        "rate": None if rate is None else _percent(rate),
        "line": " / ".join(_percent(one) for one in limits),
        "lower": _percent(lower),
    }
    if rate is None:
        return ReplantingAnswer(
            Replanting.UNKNOWN, None, Reason("rules.planting.rate_unknown", values), doubts
        )
    missing = planted - floor(rate * planted)
    values["missing"] = str(missing)
    if rate < lower:
        found, code = Replanting.PLANT_ANEW, "rules.planting.plant_anew"
    elif all(rate >= one for one in limits):
        found, code = Replanting.NONE, "rules.planting.no_replanting"
    elif any(rate >= one for one in limits):
        found, code = Replanting.UNKNOWN, "rules.planting.line_unknown"
    else:
        found, code = Replanting.REPLANT, "rules.planting.replant"
    return ReplantingAnswer(found, missing, Reason(code, values), doubts)


def _lines(criteria: Rulebook, name: str, ground: Ground) -> tuple[Fraction, ...]:
    may = keys_for(ground, limit_mm=criteria.number_of("rain_limit_mm"))
    table = criteria.table(name)
    found = {Fraction(Decimal(str(table[key]))) / 100 for key in table if key in may}
    return tuple(sorted(found))


def _unknown(plot: Plot, planted: int, because: Reason) -> PlotSurvival:
    return PlotSurvival(plot.id, planted, None, 0, 0, None, None, because)


def check(plot: Plot) -> None:
    """RuleError for counts that cannot be: nothing planted, observed twice on a day, more than were there."""
    values = {"plot": plot.id}
    if any(one.count < 1 for one in plot.plantings):
        raise RuleError.because("rules.planting.count", **values)
    days = [one.on for one in plot.observations]
    if len(set(days)) < len(days):
        raise RuleError.because("rules.planting.observed_twice", **values)
    for one in plot.observations:
        _check_counts(one.living, one.examined, plot.id)
        planted = sum(each.count for each in plot.plantings if each.on <= one.on)
        if one.examined > planted:
            raise RuleError.because(
                "rules.planting.more_than_planted", **values, examined=one.examined, planted=planted
            )


def _check_counts(living: int, examined: int, plot: str | None = None) -> None:
    if examined < 1 or not 0 <= living <= examined:
        raise RuleError.because("rules.planting.living", plot=plot, living=living, examined=examined)


def _percent(share: Fraction) -> str:
    return f"{printed_short(share * 100, 1)}%"
