"""Which words are fixed about experts, and when may one not speak about a matter (回避)?

An expert stays away from whatever their employer or one of their ties touches: an organisation that has a part in the
matter, its mine, its region or one above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from qingshan.rules.reasons import Reason, Sentence, declare
from qingshan.rules.words import Named, normalised


class Speciality(Named):
    """专业领域. To add one, add a line here: it is stored by its first word, and no table changes."""

    GEOLOGY = "geology", "地质环境", "geological environment"
    MINING = "mining", "采矿工程", "mining engineering"
    RESTORATION = "restoration", "生态修复", "ecological restoration"
    VEGETATION = "vegetation", "植被恢复", "revegetation"
    SOIL_AND_WATER = "soil_and_water", "水土保持", "soil and water conservation"
    SURVEYING = "surveying", "测绘遥感", "surveying and remote sensing"
    ENVIRONMENT = "environment", "环境工程", "environmental engineering"
    HYDROGEOLOGY = "hydrogeology", "水文地质", "hydrogeology"
    SLOPES = "slopes", "岩土与边坡", "geotechnics and slopes"
    DRESSING = "dressing", "选矿与尾矿", "ore dressing and tailings"
    SOIL = "soil", "土壤", "soil science"
    LAND = "land", "土地整治", "land consolidation"
    SAFETY = "safety", "矿山安全", "mine safety"
    LAW = "law", "法律", "law"
    FINANCE = "finance", "财务", "finance"


class ExpertState(Named):
    """专家状态."""

    IN_POOL = "in_pool", "在库", "in the pool"
    SUSPENDED = "suspended", "暂停", "suspended"
    LEFT = "left", "已出库", "left"


class TieKind(Named):
    """回避对象: what a tie is to."""

    ORGANISATION = "organisation", "单位", "organisation"
    MINE = "mine", "矿山", "mine"
    REGION = "region", "行政区划", "region"


class TieGrounds(Named):
    """回避情形. What stands behind it is written beside it and leaves the pool's own pages nowhere."""

    EMPLOYED = "employed", "任职或曾任职", "employed there, now or before"
    PAID = "paid", "持股或受聘取酬", "holds shares or is paid"
    WORKED = "worked", "承担过有关项目", "worked on it"
    KIN = "kin", "近亲属有利害关系", "near kin have an interest"
    OTHER = "other", "其他可能影响公正的情形", "otherwise not impartial"


class OpinionState(Named):
    """专家意见状态."""

    INVITED = "invited", "已邀请", "invited"
    GIVEN = "given", "已提出", "given"
    ADOPTED = "adopted", "采纳", "adopted"
    PARTLY = "partly", "部分采纳", "partly adopted"
    DECLINED = "declined", "不采纳", "declined"
    WITHDRAWN = "withdrawn", "已撤回邀请", "invitation withdrawn"


ANSWERS = (OpinionState.ADOPTED, OpinionState.PARTLY, OpinionState.DECLINED)
"""What can become of an opinion; only the first needs no reason."""


@dataclass(frozen=True)
class Tie:
    """What one expert has to do with one organisation, mine or region. Without an id it is compared by name."""

    kind: TieKind
    id: int | None
    name: str
    grounds: TieGrounds | None = None
    """None: the employer"""
    from_on: date | None = None
    to_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on that day; both days belong to it."""
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True)
class Concerned:
    """An organisation, mine or region that a matter touches, and as what."""

    kind: TieKind
    id: int | None
    name: str
    part: Sentence

    def is_met_by(self, tie: Tie) -> bool:
        """The same thing: by id where both are known, else by name."""
        if self.kind != tie.kind:
            return False
        if self.id is not None and tie.id is not None:
            return self.id == tie.id
        return bool(_plain(self.name)) and _plain(self.name) == _plain(tie.name)


def must_stay_away(ties: Iterable[Tie], concerned: Iterable[Concerned], *, on: date) -> tuple[Reason, ...]:
    """Every reason why somebody with these ties may not speak about what touches these; none: may speak."""
    return tuple(_reasons(ties, tuple(concerned), on))


def _reasons(ties: Iterable[Tie], touched: tuple[Concerned, ...], on: date) -> Iterator[Reason]:
    for tie in ties:
        met = next((each for each in touched if each.is_met_by(tie)), None) if tie.holds(on) else None
        if met is None:
            continue
        values = {"name": met.name, "part": met.part.zh, "part_en": met.part.en}
        if tie.grounds is None:
            yield Reason("rules.experts.employer", values)
        else:
            words = {"grounds": tie.grounds.zh, "grounds_en": tie.grounds.en}
            yield Reason("rules.experts.tie", {**values, **words})


def _plain(name: str) -> str:
    return normalised(name).replace(" ", "")


SENTENCES = {
    "rules.experts.employer": Sentence(
        zh="所在单位{name}是{part}，应当回避",
        en="Works for {name}, the {part_en}: has to stay away",
    ),
    "rules.experts.tie": Sentence(
        zh="与{part}{name}有回避情形（{grounds}），应当回避",
        en="Tied to {name}, the {part_en} ({grounds_en}): has to stay away",
    ),
    "rules.experts.suspended": Sentence(zh="暂停参加抽取", en="Suspended"),
    "rules.experts.on_leave": Sentence(zh="抽中后请假：{why}", en="Excused after the draw, on leave: {why}"),
    "rules.experts.stays_away": Sentence(
        zh="抽中后回避：{why}", en="Excused after the draw, has to stay away: {why}"
    ),
}
declare(SENTENCES)
