"""What is restored land for, what was it planned for, and what can a satellite be asked about it?

宜建则建、宜田则田、宜林则林、宜水则水 (自然资办发〔2019〕33号); what differs from the plan is a doubt, never a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingshan.rules.reasons import Reason
from qingshan.rules.verification import TargetUse
from qingshan.rules.words import Named


class RestorationMode(Named):
    """修复方式."""

    NATURAL = "natural", "自然恢复", "natural recovery"
    TO_BUILD = "to_build", "工程修复（宜建）", "works, to build on"
    TO_FARM = "to_farm", "工程修复（宜田）", "works, to farm"
    TO_FOREST = "to_forest", "工程修复（宜林）", "works, to plant"
    TO_WATER = "to_water", "工程修复（宜水）", "works, to hold water"


class Afteruse(Named):
    """后续利用方向: what land is for once it is restored."""

    FARM = "farm", "农", "farming"
    FOREST = "forest", "林", "forest"
    PASTURE = "pasture", "牧", "pasture"
    SOLAR = "solar", "光伏", "solar power"
    TOURISM = "tourism", "文旅", "culture and tourism"
    WATER = "water", "水面", "water surface"
    BUILDING = "building", "建设", "building land"


class Matching(Named):
    """实际利用与规划是否一致."""

    AS_PLANNED = "as_planned", "与规划一致", "as planned"
    DIFFERS = "differs", "与规划不一致（待核实）", "differs from the plan (to be checked)"
    UNKNOWN = "unknown", "未知", "not known"


class SeenBy(Named):
    """实际利用的来源."""

    ON_SITE = "on_site", "现场", "on site"
    REGISTER = "register", "变更调查", "land survey"
    IMAGES = "images", "影像", "images"


_U, _M, _T = Afteruse, RestorationMode, TargetUse
_TARGET_OF = {
    _U.FARM: _T.CROPLAND,
    _U.FOREST: _T.VEGETATION,
    _U.PASTURE: _T.VEGETATION,
    _U.SOLAR: _T.SOLAR,
    _U.WATER: _T.WATER,
    _U.BUILDING: _T.BUILDING,
}
_FITTING = {
    _M.NATURAL: frozenset({_U.FOREST, _U.PASTURE}),
    _M.TO_BUILD: frozenset({_U.BUILDING, _U.SOLAR, _U.TOURISM}),
    _M.TO_FARM: frozenset({_U.FARM}),
    _M.TO_FOREST: frozenset({_U.FOREST, _U.PASTURE, _U.TOURISM}),
    _M.TO_WATER: frozenset({_U.WATER, _U.TOURISM}),
}


@dataclass(frozen=True)
class Target:
    """What a satellite is asked to test; None where no image can settle it, and then why."""

    target: TargetUse | None
    because: Reason | None = None


@dataclass(frozen=True)
class Seen:
    """What the land is actually used for. None: nobody has looked, or it could not be told."""

    use: Afteruse | None
    on: date
    by: SeenBy


@dataclass(frozen=True)
class Compared:
    """Planned use beside actual use."""

    matching: Matching
    because: tuple[Reason, ...]


def target_of(mode: RestorationMode | None, planned: Afteruse | None) -> Target:
    """The target use that a claim of completion is tested for.

    Tourism has no ground cover of its own, and unplanned land no claim: both are left to people on site. Land left to
    itself is judged as such only where plants are to come back.
    """
    if mode is _M.NATURAL and planned in {None, *_FITTING[_M.NATURAL]}:
        return Target(_T.NATURAL)
    if planned is None:
        return Target(None, Reason("rules.afteruse.not_planned"))
    if planned is _U.TOURISM:
        return Target(None, Reason("rules.afteruse.no_target", {"use": planned.zh, "use_en": planned.en}))
    return Target(_TARGET_OF[planned])


def mode_doubts(mode: RestorationMode | None, planned: Afteruse | None) -> tuple[Reason, ...]:
    """A doubt where the way of restoring does not lead to the planned use."""
    if mode is None or planned is None or planned in _FITTING[mode]:
        return ()
    values = {"mode": mode.zh, "mode_en": mode.en, "use": planned.zh, "use_en": planned.en}
    return (Reason("rules.afteruse.mode_does_not_lead_there", values),)


def compare(planned: Afteruse | None, seen: Seen | None) -> Compared:
    """Whether the land is used as planned. Nothing seen, or nothing planned, is nothing known."""
    if planned is None:
        return Compared(Matching.UNKNOWN, (Reason("rules.afteruse.not_planned"),))
    if seen is None or seen.use is None:
        return Compared(Matching.UNKNOWN, (Reason("rules.afteruse.not_seen"),))
    if seen.use is planned:
        return Compared(Matching.AS_PLANNED, ())
    values = {
        "planned": planned.zh,
        "planned_en": planned.en,
        "actual": seen.use.zh,
        "actual_en": seen.use.en,
        "on": seen.on.isoformat(),
        "by": seen.by.zh,
        "by_en": seen.by.en,
    }
    return Compared(Matching.DIFFERS, (Reason("rules.afteruse.differs", values),))
