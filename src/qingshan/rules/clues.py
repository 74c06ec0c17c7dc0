"""What is doubtful about new disturbance, when are two sightings one clue, and when has a clue lasted?

A clue is something seen in images, not yet a problem: no rule here finds anybody guilty. The Mineral Resources Law
(2024 revision) lets nobody mine without a right or beyond its area; which of both a piece of land may be is told from
where it lies, and only as far as images can tell it: within the error of their position nothing is said (存疑待核).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from qingshan.rules.layers import LayerKind
from qingshan.rules.provisions import Rulebook
from qingshan.rules.reasons import Reason, Sentence, declare
from qingshan.rules.words import Named


class ClueKind(Named):
    """线索类型; in the order in which a person has to look."""

    CONTROL_LINE = "control_line", "涉及控制线", "in a control line"
    NO_PERMIT = "no_permit", "采矿权范围外", "outside every mining right"
    BEYOND = "beyond", "超出采矿权边界", "beyond the boundary of a mining right"
    NOT_IN_PLAN = "not_in_plan", "界内、方案范围外", "inside the right, outside the approved plan"
    INSIDE = "inside", "界内（方案范围未录入）", "inside the right, extent of the plan not recorded"
    AT_THE_EDGE = "at_the_edge", "边界误差范围内", "too near to a boundary to tell"


class ClueState(Named):
    """线索状态."""

    SUSPECTED = "suspected", "疑似", "suspected"
    PERSISTENT = "persistent", "持续", "persistent"
    VERIFIED = "verified", "已核实", "verified on site"
    FILED = "filed", "已立案", "made a case"
    DISMISSED = "dismissed", "已排除", "dismissed"


class ClueSource(Named):
    """线索来源."""

    SCREENING = "screening", "影像筛查", "screening of images"
    OUTSIDE = "outside", "外部图斑", "polygons from elsewhere"


class Delivery(Named):
    """外部图斑的性质: what a file of polygons says of what is not in it."""

    INCREMENT = "increment", "增量（只含新增）", "increment (new ones only)"
    SNAPSHOT = "snapshot", "全量（某一时点全部）", "snapshot (all there are on a day)"


OPEN = (ClueState.SUSPECTED, ClueState.PERSISTENT, ClueState.VERIFIED)
"""Clues that somebody still has to decide about."""
UNDECIDED = (ClueState.SUSPECTED, ClueState.PERSISTENT)
JUDGED = (ClueState.FILED, ClueState.DISMISSED)
"""Clues that somebody has decided about, so that nobody looks at them any more unless they grow."""
FORBIDDING = (LayerKind.ECOLOGICAL_REDLINE, LayerKind.BASIC_FARMLAND, LayerKind.NATURE_RESERVE)
"""Lines in which new mining is doubtful wherever a right lies; a town's boundary and a mining zone are none."""


@dataclass(frozen=True, kw_only=True)
class ClueRules:
    """Numbers of the rulebook 'clues'."""

    least_m2: float
    near_m: float
    merge_share: float
    persistent_runs: int
    persistent_looks: int
    outside_margin_m: float
    """error of position of polygons whose source says none"""

    @classmethod
    def of(cls, book: Rulebook) -> ClueRules:
        return cls(
            least_m2=float(book.number_of("least_m2")),
            near_m=float(book.number_of("near_m")),
            merge_share=float(book.number_of("merge_share") / 100),
            persistent_runs=book.whole("persistent_runs"),
            persistent_looks=book.whole("persistent_looks"),
            outside_margin_m=float(book.number_of("outside_margin_m")),
        )


@dataclass(frozen=True, kw_only=True)
class ClueFacts:
    """Where a piece of land lies; all areas in square metres. *Surely* leaves the error of position out."""

    area_m2: float
    outside_m2: float
    """surely outside all mining rights in force on the day"""
    inside_m2: float
    """surely inside one of them"""
    right: str = ""
    """number of the right that it lies in or, within `near_m`, beside; empty: none"""
    outside_plan_m2: float | None = None
    """surely inside a right and surely outside the extent of its approved plan; None: no extent is recorded"""
    in_lines_m2: Mapping[LayerKind, float] = field(default_factory=dict)
    """surely inside lines that are held here"""
    margin_m: float = 0.0


def doubts(facts: ClueFacts, rules: ClueRules) -> tuple[tuple[ClueKind, Reason], ...]:
    """The kinds of doubt, each with the sentence that names its rule; none only of land that lies surely inside a right
    and nowhere surely outside its plan: that is mining as it was approved.
    """
    found: list[tuple[ClueKind, Reason]] = []
    for line in FORBIDDING:
        if facts.in_lines_m2.get(line, 0.0) >= rules.least_m2:
            values = {"line": line.zh, "line_en": line.en, "area": _ha(facts.in_lines_m2[line])}
            found.append((ClueKind.CONTROL_LINE, Reason("rules.clues.control_line", values)))
    if facts.outside_m2 >= rules.least_m2:
        kind = ClueKind.BEYOND if facts.right else ClueKind.NO_PERMIT
        values = {"area": _ha(facts.outside_m2), "right": facts.right, "margin": f"{facts.margin_m:.0f}"}
        found.append((kind, Reason(f"rules.clues.{kind.value}", values)))
    is_inside = facts.inside_m2 >= rules.least_m2
    if is_inside and (reason := _by_plan(facts, rules)):
        found.append(reason)
    if not found and not is_inside:
        values = {"margin": f"{facts.margin_m:.0f}", "right": facts.right or "—"}
        found.append((ClueKind.AT_THE_EDGE, Reason("rules.clues.at_the_edge", values)))
    return tuple(found)


def _by_plan(facts: ClueFacts, rules: ClueRules) -> tuple[ClueKind, Reason] | None:
    if facts.outside_plan_m2 is None:
        values = {"area": _ha(facts.inside_m2), "right": facts.right}
        return ClueKind.INSIDE, Reason("rules.clues.inside", values)
    if facts.outside_plan_m2 < rules.least_m2:
        return None
    values = {"area": _ha(facts.outside_plan_m2), "right": facts.right}
    return ClueKind.NOT_IN_PLAN, Reason("rules.clues.not_in_plan", values)


def _ha(area_m2: float) -> str:
    return f"{area_m2 / 10_000:.2f}"


def is_same(common_m2: float, one_m2: float, other_m2: float, rules: ClueRules) -> bool:
    """Whether two sightings are one clue: of the smaller one so much lies in the other, since pits grow."""
    smaller = min(one_m2, other_m2)
    return smaller > 0 and common_m2 / smaller >= rules.merge_share


def has_lasted(*, sightings: int, looks: int, says_so: bool, rules: ClueRules) -> bool:
    """持续: images say so themselves, or it was seen in several runs, or often enough."""
    return says_so or sightings >= rules.persistent_runs or looks >= rules.persistent_looks


def state_after(before: ClueState, *, lasted: bool) -> ClueState:
    """What a further sighting makes of a clue: nothing that a person decided is undone by an image."""
    return ClueState.PERSISTENT if before is ClueState.SUSPECTED and lasted else before


def kinds_together(before: Collection[ClueKind], now: Collection[ClueKind]) -> tuple[ClueKind, ...]:
    """The doubts about land of which a further piece was seen: none is taken back by an image; what is told surely of
    one piece stands in place of what could not be told.
    """
    found = set(before) | set(now)
    if found != {ClueKind.AT_THE_EDGE}:
        found.discard(ClueKind.AT_THE_EDGE)
    if ClueKind.NOT_IN_PLAN in found:
        found.discard(ClueKind.INSIDE)
    return tuple(kind for kind in ClueKind if kind in found)


def has_outgrown(*, decided_m2: float, now_m2: float, rules: ClueRules) -> bool:
    """核定后继续扩大: so much land was added since a person decided that it would be a doubt by itself."""
    return now_m2 - decided_m2 >= rules.least_m2


def state_restored(*, sightings: int, looks: int, says_so: bool, rules: ClueRules) -> ClueState:
    """How a clue stands that was dismissed and is taken up again: as if nobody had decided."""
    lasted = has_lasted(sightings=sightings, looks=looks, says_so=says_so, rules=rules)
    return state_after(ClueState.SUSPECTED, lasted=lasted)


def may_say_gone(earlier: Collection[Delivery], newest: Delivery) -> bool:
    """*Gone* can be said only between two snapshots: what an increment leaves out may be there all the same."""
    return bool(earlier) and newest is Delivery.SNAPSHOT and Delivery.SNAPSHOT in earlier


declare(
    {
        "rules.clues.control_line": Sentence(
            zh="位于{line}内 {area} 公顷（已扣除定位误差），须核实是否经依法批准。",
            en="{area} ha lie within the {line_en}, beyond the error of position; check whether that was approved.",
        ),
        "rules.clues.no_permit": Sentence(
            zh="在现行有效的采矿权范围以外 {area} 公顷（已扣除定位误差 {margin} 米），附近没有采矿权，"
            "须核实用途和批准文件。",
            en="{area} ha lie outside every mining right in force (error of position, {margin} m, left out), with none"
            " nearby; check what the land is used for and by which approval.",
        ),
        "rules.clues.beyond": Sentence(
            zh="在采矿权 {right} 边界以外 {area} 公顷（已扣除定位误差 {margin} 米），须核实是否越界。",
            en="{area} ha lie beyond the boundary of the right {right} (error of position, {margin} m, left out); check"
            " whether mining went over it.",
        ),
        "rules.clues.not_in_plan": Sentence(
            zh="在采矿权 {right} 范围内、经批准的方案范围以外 {area} 公顷，须核实是否按方案开采。",
            en="{area} ha lie within the right {right} but outside the approved plan; check whether the plan is kept.",
        ),
        "rules.clues.inside": Sentence(
            zh="在采矿权 {right} 范围内 {area} 公顷；方案范围没有录入，无从比对，须对照方案核实。",
            en="{area} ha lie within the right {right}; the extent of its plan is not recorded, so compare it by hand.",
        ),
        "rules.clues.at_the_edge": Sentence(
            zh="离边界不超过定位误差（{margin} 米），影像不能判断在哪一侧，须现场核实。",
            en="Within the error of position ({margin} m) of a boundary: images cannot tell on which side; look"
            " on site.",
        ),
    }
)
