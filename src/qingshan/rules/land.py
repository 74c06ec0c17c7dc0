"""In which of five states is disturbed land, which act moves it, and when may it be restored at all?

Land is *available* when it is disturbed and nothing is left to be done there: neither mined, nor carrying working
installations, nor above ore to be mined within ten years, nor kept by agreement. The four questions are those of
Queensland's progressive rehabilitation law; there is no Chinese text that asks them, so they are the program's own
and said to be so. Land that is available and lies idle runs a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qingshan.rules.duties import Duty
from qingshan.rules.errors import RuleBroken
from qingshan.rules.rates import Rate
from qingshan.rules.reasons import Reason, Sentence
from qingshan.rules.words import Named


class LandState(Named):
    """土地状态."""

    ACTIVE = "active", "生产占用", "in use"
    AVAILABLE = "available", "可修复", "available"
    RESTORING = "restoring", "修复中", "under restoration"
    RESTORED = "restored", "已修复", "restored"
    RELEASED = "released", "已移交", "released"


TO_RESTORE = frozenset({LandState.ACTIVE, LandState.AVAILABLE, LandState.RESTORING})
"""States of land that is still to be restored."""


class LandAct(Named):
    """土地变动."""

    DISTURB = "restoration.disturb_land", "登记新增损毁", "record newly disturbed land"
    MAKE_AVAILABLE = "restoration.make_land_available", "认定可修复", "find land available"
    TAKE_BACK = "restoration.take_land_back", "恢复生产占用", "take land into use again"
    BEGIN = "restoration.begin_restoring_land", "开始修复", "begin to restore land"
    STOP = "restoration.stop_restoring_land", "中止修复", "stop restoring land"
    RESTORE = "restoration.note_land_restored", "确认已修复", "find land restored"
    RELAPSE = "restoration.note_land_relapsed", "退回修复", "restore land once more"
    RELEASE = "restoration.release_land", "移交土地", "hand land over"
    DISTURB_AGAIN = "restoration.disturb_land_again", "登记再次损毁", "record land disturbed again"
    CORRECT = "restoration.correct_land", "更正登记损毁", "correct the entry of disturbed land"
    """leads to no state: what was never there is taken off the balance, what was forgotten comes to it"""


@dataclass(frozen=True)
class LandLine:
    """One line of the table of land: from which states an act takes land, where to, and what it must bring."""

    act: LandAct
    from_states: tuple[LandState, ...]
    """empty: land that was in no state yet"""
    to_state: LandState
    duty: Duty
    needs_number: bool = False
    asks_four_questions: bool = False


_S, _A = LandState, LandAct
LINES: tuple[LandLine, ...] = (
    LandLine(_A.DISTURB, (), _S.ACTIVE, Duty.REGISTRY),
    LandLine(_A.MAKE_AVAILABLE, (_S.ACTIVE,), _S.AVAILABLE, Duty.REVIEW, asks_four_questions=True),
    LandLine(_A.TAKE_BACK, (_S.AVAILABLE,), _S.ACTIVE, Duty.REVIEW, needs_number=True),
    LandLine(_A.BEGIN, (_S.AVAILABLE,), _S.RESTORING, Duty.REGISTRY),
    LandLine(_A.STOP, (_S.RESTORING,), _S.AVAILABLE, Duty.REGISTRY),
    LandLine(_A.RESTORE, (_S.RESTORING,), _S.RESTORED, Duty.REVIEW, needs_number=True),
    LandLine(_A.RELAPSE, (_S.RESTORED,), _S.RESTORING, Duty.REVIEW),
    LandLine(_A.RELEASE, (_S.RESTORED,), _S.RELEASED, Duty.REVIEW, needs_number=True),
    LandLine(_A.DISTURB_AGAIN, (_S.RESTORED, _S.RELEASED), _S.ACTIVE, Duty.REGISTRY),
)
BY_ACT: Mapping[str, LandLine] = {line.act.value: line for line in LINES}


def lines_from(state: LandState) -> tuple[LandLine, ...]:
    """What can be done with land in this state."""
    return tuple(line for line in LINES if state in line.from_states)


def line_from(state: LandState, act: str) -> LandLine:
    """The line of an act from a state; RuleBroken says what is possible instead."""
    line = BY_ACT[act]
    if state in line.from_states:
        return line
    possible = lines_from(state)
    raise RuleBroken.because(
        "rules.land.not_from_here",
        act=line.act.zh,
        act_en=line.act.en,
        state=state.zh,
        state_en=state.en,
        possible="、".join(each.act.zh for each in possible) or None,
        possible_en=", ".join(each.act.en for each in possible) or None,
    )


# --- available --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FourAnswers:
    """The four questions about a piece of disturbed land; None: nobody has answered."""

    mined: bool | None = None
    installations: bool | None = None
    ore_within_ten_years: bool | None = None
    kept_by_agreement: bool | None = None


QUESTIONS: Mapping[str, Sentence] = {
    "mined": Sentence(zh="是否仍在开采", en="Is it still being mined?"),
    "installations": Sentence(zh="是否有在用的生产设施", en="Does it carry working installations?"),
    "ore_within_ten_years": Sentence(
        zh="地下是否有十年内将开采的矿体", en="Does ore lie below that will be mined within ten years?"
    ),
    "kept_by_agreement": Sentence(zh="是否经协议约定保留", en="Is it kept by agreement?"),
}


ANSWERED_YES = {
    "mined": "rules.land.mined",
    "installations": "rules.land.installations",
    "ore_within_ten_years": "rules.land.ore_within_ten_years",
    "kept_by_agreement": "rules.land.kept_by_agreement",
}


def against_available(answers: FourAnswers) -> tuple[Reason, ...]:
    """Why land is not available: a question that is open, or one that was answered with yes. Empty when it is."""
    return tuple(_against(answers))


def _against(answers: FourAnswers) -> Iterable[Reason]:
    for name, question in QUESTIONS.items():
        answer = getattr(answers, name)
        if answer is None:
            yield Reason("rules.land.question_open", {"question": question.zh, "question_en": question.en})
        elif answer:
            yield Reason(ANSWERED_YES[name])


# --- areas -------------------------------------------------------------------------------------------------------


def need_area(area_cm2: int, *, of_cm2: int) -> tuple[Reason, ...]:
    """An act moves some of the land, at most all of it: areas neither appear nor vanish."""
    if 0 < area_cm2 <= of_cm2:
        return ()
    return (Reason("rules.land.area_impossible", {"asked": area_cm2 / 10_000, "held": of_cm2 / 10_000}),)


def need_day(on: date, *, since: date | None) -> tuple[Reason, ...]:
    """Nothing happens to land before it came into the state in which it is."""
    if since is None or on >= since:
        return ()
    return (Reason("rules.land.before_its_state", {"day": on.isoformat(), "since": since.isoformat()}),)


def while_mining(*, disturbed_m2: float, restored_m2: float) -> Rate:
    """边开发边恢复: what was restored in a year, of what was newly disturbed in it. It may be more than all."""
    return Rate.by_area(restored_m2, disturbed_m2)


# --- the clock ---------------------------------------------------------------------------------------------------


class Idle(Named):
    """闲置情况: how long land has been available without anybody restoring it."""

    RUNNING = "running", "期限内", "within the limit"
    OVER = "over", "超过提醒期限", "longer than the reminder"
    UNLIMITED = "unlimited", "未定期限", "no limit set"


@dataclass(frozen=True)
class IdleClock:
    """Available land on a day. Without a limit in the rulebook the days are counted and nothing is judged."""

    since_on: date
    on: date
    limit_days: int | None

    @property
    def days(self) -> int:
        return (self.on - self.since_on).days

    @property
    def stands(self) -> Idle:
        if self.limit_days is None:
            return Idle.UNLIMITED
        return Idle.OVER if self.days > self.limit_days else Idle.RUNNING
