"""Where does a problem stand that comes from a ledger in use (补录), and which papers should it have by then?

Ledgers know fewer states than the flow, in words of their own. A word is taken to the last state that it surely
reaches; nothing is invented in between.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from qingshan.rules.errors import RuleBroken
from qingshan.rules.flows.lasting import LastingState
from qingshan.rules.flows.petition import PetitionState
from qingshan.rules.flows.rectification import CaseState
from qingshan.rules.matters import Ending, Finding, Route, SourceKind
from qingshan.rules.reasons import Reason
from qingshan.rules.register import RegionLevel
from qingshan.rules.words import Named


class LedgerStatus(Named):
    """台账状态: the words of ledgers in use."""

    NOT_STARTED = "not_started", "未启动", "not started"
    UNDER_WAY = "under_way", "推进中", "under way"
    BASICALLY_DONE = "basically_done", "基本完成待验收", "done, to be accepted"
    ACCEPTED = "accepted", "已验收待公示", "accepted, notice to be given"
    IN_NOTICE = "in_notice", "公示中", "in public notice"
    CLOSED = "closed", "已销号", "closed"
    LASTING = "lasting", "长期坚持", "lasting"
    OVERDUE = "overdue", "逾期", "overdue"
    RELAPSED = "relapsed", "反弹", "relapsed"
    DISMISSED = "dismissed", "不予立项", "dismissed"
    WITHDRAWN = "withdrawn", "已撤销", "withdrawn"


class Paper(Named):
    """缺件: what a problem that has come so far should have in its file."""

    PLAN_APPROVAL = "plan_approval", "整改方案批准文件", "approval of the plan"
    SELF_CHECK = "self_check", "自查自验报告", "report of the self-check"
    ACCEPTANCE = "acceptance", "验收意见", "acceptance sheet"
    NOTICE = "notice", "公示证明", "proof of the public notice"
    CLOSING = "closing", "销号批准文件", "decision to close"


_L, _C = LedgerStatus, CaseState
_ACCEPTED_AT = {
    RegionLevel.COUNTY: _C.COUNTY_ACCEPTED,
    RegionLevel.PREFECTURE: _C.CITY_ACCEPTED,
    RegionLevel.PROVINCE: _C.PROVINCE_ACCEPTED,
}
_ACCEPTED_STATES = tuple(_ACCEPTED_AT.values())
_OF_RECTIFICATION = {
    _L.UNDER_WAY: _C.RECTIFYING,
    _L.OVERDUE: _C.RECTIFYING,
    _L.BASICALLY_DONE: _C.APPLIED,
    _L.IN_NOTICE: _C.IN_NOTICE,
    _L.CLOSED: _C.CLOSED,
    _L.RELAPSED: _C.REOPENED,
    _L.DISMISSED: _C.DISMISSED,
    _L.WITHDRAWN: _C.WITHDRAWN,
}
_OF_LASTING = {
    _L.UNDER_WAY: LastingState.KEEPING_UP,
    _L.OVERDUE: LastingState.KEEPING_UP,
    _L.LASTING: LastingState.KEEPING_UP,
    _L.BASICALLY_DONE: LastingState.KEEPING_UP,
    _L.RELAPSED: LastingState.MENDING,
    _L.DISMISSED: LastingState.DISMISSED,
    _L.WITHDRAWN: LastingState.WITHDRAWN,
}


@dataclass(frozen=True)
class Dates:
    """What a ledger proves by its days, where it has no word for how a problem stands."""

    self_checked_on: date | None = None
    accepted_on: date | None = None
    notice_from_on: date | None = None
    closed_on: date | None = None
    percent: int | None = None


def status_by(dates: Dates, *, has_measures: bool) -> LedgerStatus:
    """How far the days of a ledger show that it has come."""
    reached = (
        (dates.closed_on is not None, _L.CLOSED),
        (dates.notice_from_on is not None, _L.IN_NOTICE),
        (dates.accepted_on is not None, _L.ACCEPTED),
        (dates.self_checked_on is not None or dates.percent == 100, _L.BASICALLY_DONE),
        (dates.percent is not None and dates.percent > 0, _L.UNDER_WAY),
        (dates.percent is None and has_measures, _L.UNDER_WAY),
    )
    return next((status for so, status in reached if so), _L.NOT_STARTED)


def state_of(
    status: LedgerStatus, route: Route, *, has_unit: bool, levels: Sequence[RegionLevel]
) -> CaseState | LastingState:
    """The state that a word of a ledger means. RuleBroken where the route knows no such state."""
    if route is Route.LASTING:
        return _lasting(status, has_unit=has_unit)
    if status is _L.NOT_STARTED:
        return _C.ASSIGNED if has_unit else _C.VERIFIED
    if status is _L.ACCEPTED:
        return _ACCEPTED_AT[levels[-1]] if levels else _C.COUNTY_ACCEPTED
    if status not in _OF_RECTIFICATION:
        raise RuleBroken.because("rules.late.lasting_needs_its_route", status=status.zh, status_en=status.en)
    return _OF_RECTIFICATION[status]


def _lasting(status: LedgerStatus, *, has_unit: bool) -> LastingState:
    if status is _L.NOT_STARTED:
        return LastingState.ASSIGNED if has_unit else LastingState.VERIFIED
    if status not in _OF_LASTING:
        raise RuleBroken.because("rules.late.never_closed", status=status.zh, status_en=status.en)
    return _OF_LASTING[status]


def levels_left(state: str, asked: Sequence[RegionLevel]) -> tuple[RegionLevel, ...]:
    """Which levels must still accept: those that the old ledger says have accepted are not asked again."""
    if state in {_C.IN_NOTICE, _C.CLOSED}:
        return ()
    done = next((level for level, accepted in _ACCEPTED_AT.items() if accepted == state), None)
    if done is None:
        return tuple(asked)
    order = tuple(_ACCEPTED_AT)
    return tuple(level for level in asked if order.index(level) > order.index(done))


_REACHED = (
    (_C.RECTIFYING, Paper.PLAN_APPROVAL),
    (_C.SELF_CHECKED, Paper.SELF_CHECK),
    (_C.COUNTY_ACCEPTED, Paper.ACCEPTANCE),
    (_C.IN_NOTICE, Paper.NOTICE),
    (_C.CLOSED, Paper.CLOSING),
)
_WAY = (_C.REGISTERED, _C.VERIFIED, _C.ASSIGNED, _C.TAKEN_ON, _C.PLANNED, _C.RECTIFYING, _C.SELF_CHECKED,
        _C.APPLIED, *_ACCEPTED_STATES, _C.IN_NOTICE, _C.CLOSED)  # fmt: skip


def papers_missing(state: str, route: Route, *, named: Collection[Paper]) -> tuple[Paper, ...]:
    """Which papers a problem in this state should have, and the ledger names none."""
    if route is Route.LASTING:
        kept_up = state in {LastingState.KEEPING_UP, LastingState.CHECKING, LastingState.MENDING}
        due = [Paper.PLAN_APPROVAL] if kept_up else []
    else:
        far = _WAY.index(_C(state)) if state in _WAY else -1
        due = [paper for reached, paper in _REACHED if far >= _WAY.index(reached)]
    if route is Route.AT_ONCE:
        due = [paper for paper in due if paper is not Paper.PLAN_APPROVAL]
    return tuple(paper for paper in due if paper not in named)


def plan_counts(state: str) -> bool:
    """Whether a problem in this state works by an approved plan."""
    if state in _WAY:
        return _WAY.index(_C(state)) >= _WAY.index(_C.RECTIFYING)
    return state in {LastingState.KEEPING_UP, LastingState.CHECKING, LastingState.MENDING}


def work_is_done(state: str) -> bool:
    """Whether everything that was to be done counts as reported done."""
    return state in _WAY and _WAY.index(_C(state)) >= _WAY.index(_C.SELF_CHECKED)


@dataclass(frozen=True)
class LateClaim:
    """What a ledger in use claims of land that it calls done, by the days that it names."""

    claimed_on: date
    restored_since: date | None
    """the first day that shows the work done; None: the ledger names none"""
    accepted_on: date | None
    """from when the land is to stay as it is; None: nobody has accepted it, or no day is named"""


def claim_by(dates: Dates, state: str, *, today: date) -> LateClaim | None:
    """The claim of a problem whose work counts as done; None where nothing is said to be done. A day to come, as that
    of a notice that still runs, claims nothing before it comes.
    """
    if not work_is_done(state):
        return None
    days = (dates.self_checked_on, dates.accepted_on, dates.notice_from_on, dates.closed_on)
    shown = [day for day in days if day is not None and day <= today]
    far = _WAY.index(_C(state)) >= _WAY.index(_C.COUNTY_ACCEPTED)
    accepted = [day for day in days[1:] if day is not None and day <= today] if far else []
    return LateClaim(min(shown, default=today), min(shown, default=None), min(accepted, default=None))


def petition_state(ending: Ending, *, finding: Finding | None, handled: bool) -> PetitionState:
    """Where a petition of the official table stands."""
    if ending is Ending.DONE:
        return PetitionState.DONE
    if ending is Ending.DONE_FOR_NOW:
        return PetitionState.DONE_FOR_NOW
    if finding is None:
        return PetitionState.PASSED_ON
    return PetitionState.HANDLED if handled else PetitionState.VERIFIED


def ending_of(state: str) -> Ending:
    """是否办结 of a petition in this state."""
    if state in {PetitionState.DONE, PetitionState.TURNED}:
        return Ending.DONE
    return Ending.DONE_FOR_NOW if state == PetitionState.DONE_FOR_NOW else Ending.OPEN


_SOURCE_WORDS = (
    (SourceKind.LOOK_BACK, ("回头看",)),
    (SourceKind.PETITION, ("信访", "举报", "投诉", "12369", "12345", "来电", "来信")),
    (SourceKind.CENTRAL_INSPECTION, ("中央", "央督", "国家督察")),
    (SourceKind.PROVINCIAL_INSPECTION, ("省级", "省督", "省委", "省生态", "省环保")),
    (SourceKind.SATELLITE, ("卫星", "卫片", "遥感", "图斑", "影像")),
    (SourceKind.CAMPAIGN, ("专项", "行动", "会战", "排查整治", "大排查")),
    (SourceKind.JOINT_INSPECTION, ("联合检查", "联合执法", "联合督查")),
    (SourceKind.SELF_CHECK, ("自查", "自检", "自行", "日常巡查", "巡查发现")),
    (SourceKind.NOTICE, ("交办", "通报", "转办", "反馈", "督办")),
)


def source_named(text: str) -> SourceKind | None:
    """The source that a ledger means by its own words; None where no word tells."""
    for kind in SourceKind:
        if text in {kind.value, kind.zh, kind.en}:
            return kind
    return next((kind for kind, words in _SOURCE_WORDS if any(word in text for word in words)), None)


_MAY_HAVE_ENDED = frozenset({_C.CLOSED, _C.REOPENED, _C.DISMISSED, _C.WITHDRAWN})


def contradictions(
    state: str, *, closed_on: date | None, opened_on: date | None, today: date
) -> tuple[Reason, ...]:
    """What a ledger cannot mean: a day to come, an end before the beginning."""
    found = []
    for day in (opened_on, closed_on):
        if day is not None and day > today:
            found.append(Reason("rules.late.day_to_come", {"day": day.isoformat()}))
    if closed_on is not None and opened_on is not None and closed_on < opened_on:
        days = {"closed": closed_on.isoformat(), "opened": opened_on.isoformat()}
        found.append(Reason("rules.late.ends_before_it_begins", days))
    if closed_on is not None and state not in _MAY_HAVE_ENDED:
        found.append(Reason("rules.late.closed_day_without_closing", {"day": closed_on.isoformat()}))
    return tuple(found)
