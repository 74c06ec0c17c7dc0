"""Which petitions (信访转办) has the demonstration, and how was each answered within its days?"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from qingshan.demo.chance import Chance
from qingshan.demo.circumstances import Seats, number_of
from qingshan.demo.diary import Diary, Event, TodayReached
from qingshan.demo.names import somebody
from qingshan.demo.sites import SiteFacts
from qingshan.rules.matters import Channel, Finding


@dataclass(frozen=True)
class PetitionFacts:
    """A petition with the columns of the official table, and what has happened to it since."""

    key: str
    county: str
    title: str
    content: str
    pollution: str
    channel: Channel
    site_key: str
    mine_key: str
    batch: str = ""
    serial: int = 0
    """within the batch; 0 for those that come without an official number"""
    complainant: str = ""
    events: tuple[Event, ...] = ()

    @property
    def number(self) -> str:
        """Official number as the batch gives it; `{day}` stands for the day on which it came."""
        if not self.serial:
            return ""
        letter = "D" if self.channel is Channel.PHONE else "X"
        return f"{letter}{_ROUND[self.batch]}QS{{day}}{self.serial:04d}"


FIRST_BATCH, SECOND_BATCH = "第一批", "第二批"
_ROUND = {FIRST_BATCH: 1, SECOND_BATCH: 2}
BATCHES = ((FIRST_BATCH, 62, -655), (SECOND_BATCH, 48, -205))
"""How many came, and from which day on, while an inspection was there."""
_GRIEVANCES = (
    ("扬尘扰民", "大气", "反映{name}装卸作业不喷淋，扬尘影响附近村庄。"),
    ("夜间爆破震动", "噪声", "反映{name}夜间爆破，房屋墙体开裂。"),
    ("运输车辆遗撒", "大气", "反映{name}运输车辆未密闭，沿路遗撒。"),
    ("弃渣堵塞沟道", "生态", "反映{name}弃渣倾倒沟道，汛期有隐患。"),
    ("废水流入农田", "水", "反映{name}浑水流入农田，庄稼受损。"),
    ("开采后不复绿", "生态", "反映{name}多年停采，山体裸露无人治理。"),
)
_CHANNELS = ((Channel.PHONE, 46), (Channel.LETTER, 20), (Channel.ONLINE, 22), (Channel.VISIT, 12))
_SAID = {
    Finding.TRUE: ("经现场核查，群众反映情况属实。", "责令企业立即整改，已清理现场并落实抑尘措施。"),
    Finding.PARTLY: ("经现场核查，部分情况属实，其余未发现。", "对属实部分已督促整改，加装喷淋设施。"),
    Finding.UNTRUE: ("经现场核查并走访群众，未发现反映的情况。", "已向群众说明，持续加强巡查。"),
}


def a_petition(key: str, county: str, site: SiteFacts, *, batch: str = "", serial: int = 0) -> PetitionFacts:
    """What somebody complains of at a site."""
    chance = Chance("petition", key)
    grievance, pollution, content = chance.one_of(_GRIEVANCES)
    about = site.mine.name if site.mine else site.name
    return PetitionFacts(
        key=key,
        county=county,
        title=f"{about}{grievance}",
        content=content.format(name=about),
        pollution=pollution,
        channel=chance.weighted(_CHANNELS if not batch else _CHANNELS[:2]),
        site_key=site.key,
        mine_key=site.mine.key if site.mine else "",
        batch=batch,
        serial=serial,
        complainant=somebody(chance) if chance.happens(0.5) else "",
    )


class Answered:
    """One petition on its way; `going` names what is particular about it."""

    into = ""
    """key of the petition that goes on for both"""

    def __init__(self, facts: PetitionFacts, diary: Diary, going: str) -> None:
        self.facts, self.diary, self.going = facts, diary, going
        self.chance, self.seats = diary.chance, Seats(facts.county)
        self.serial = int(facts.key.rpartition("X")[2])

    def written(self) -> PetitionFacts:
        """The facts with everything that has happened until today."""
        with suppress(TodayReached):
            self._go()
        return replace(self.facts, events=tuple(self.diary.events))

    def _go(self) -> None:
        self.diary.note("register_petition", self.seats.clerk)
        self.diary.wait(0, 1)
        due = self.diary.day + (10 if self.facts.batch else self.chance.whole(10, 25))
        self.diary.note("pass_on", self.seats.clerk, answering=f"{self.facts.county}/natural", due=due)
        if self.going == "unanswered":
            self._urge()
        if self._leaves_the_list():
            return
        finding = self._verify_and_handle()
        if self.going == "returned":
            self.diary.wait(1, 3)
            self.diary.note("return_petition", self.seats.city, said="回复未说明整改时限，退回重办。")
            self._verify_and_handle()
        if self.going == "extended":
            number = number_of(self.facts.county, "信访延", self.serial)
            self.diary.note(
                "extend", self.seats.city, said="需委托检测，延长十日。", number=number, due=due + 10
            )
        if self.going == "turned":
            self.diary.wait(1, 4)
            self.diary.note("turn", self.seats.clerk, said="需工程治理，转为整改问题限期办理。")
            return
        self.diary.wait(1, 3)
        self.diary.note("reply", self.seats.clerk, said="已电话回复信访人，信访人表示认可。")
        self._end(finding)

    def _urge(self) -> None:
        self.diary.wait(8, 20)
        text = f"转办件“{self.facts.title}”即将到期，请抓紧核实回复。"
        self.diary.note("urge", self.seats.dispatcher, text=text)
        raise TodayReached

    def _leaves_the_list(self) -> bool:
        self.diary.wait(1, 2)
        if self.going == "withdrawn":
            self.diary.note(
                "withdraw",
                self.seats.leader,
                recorder=self.seats.dispatcher,
                said="信访人书面撤回。",
                number=number_of(self.facts.county, "自然资签", 900 + self.serial),
            )
        if self.going == "merged":
            self.diary.note(
                "merge", self.seats.clerk, said="与另一件反映同一问题，并案办理。", into=self.into
            )
        return self.going in ("withdrawn", "merged")

    def _verify_and_handle(self) -> Finding:
        finding = Finding.TRUE
        if self.going != "turned":
            finding = self.chance.weighted(((Finding.TRUE, 48), (Finding.PARTLY, 34), (Finding.UNTRUE, 18)))
        found, handled = _SAID[finding]
        self.diary.wait(1, 3)
        self.diary.note("verify_petition", self.seats.clerk, said=found, finding=finding.value)
        self.diary.wait(1, 3)
        self.diary.note("handle_petition", self.seats.clerk, said=handled)
        return finding

    def _end(self, finding: Finding) -> None:
        if self.chance.happens(0.08) and finding is not Finding.UNTRUE:
            self.diary.note("accountability", self.seats.clerk, said="对巡查不到位的网格员批评教育。")
        self.diary.wait(1, 4)
        if self.going == "done for now":
            self.diary.note("finish_for_now", self.seats.city, said="已落实临时措施，彻底治理需待雨季后。")
            self.diary.wait(40, 120)
            if self.chance.happens(0.45):
                raise TodayReached
        self.diary.note("finish", self.seats.city)
