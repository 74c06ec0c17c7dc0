"""How did each problem of the demonstration go, from the list to closed and back? One way of going for each."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from qingshan.demo.cases import CaseFacts
from qingshan.demo.circumstances import (
    PROVINCE_DISPATCHER,
    PROVINCE_REVIEWER,
    Seats,
    enterprise_seat,
    managers_of,
    number_of,
)
from qingshan.demo.diary import Diary, TodayReached
from qingshan.demo.photographs import PhotoFacts
from qingshan.demo.problems import Problem
from qingshan.demo.regions import NAMES
from qingshan.rules.matters import EnforcementState, Phase, Route, SourceKind

_ASKED = {
    SourceKind.CENTRAL_INSPECTION: ("county", "city", "province"),
    SourceKind.PROVINCIAL_INSPECTION: ("county", "city"),
    SourceKind.NOTICE: ("county", "city"),
}


class Way:
    """One case on its way. `going` names what is particular about it; the rest is drawn."""

    def __init__(self, facts: CaseFacts, problem: Problem, diary: Diary, going: str) -> None:
        self.facts, self.problem, self.diary, self.going = facts, problem, diary, going
        self.chance, self.seats = diary.chance, Seats(facts.county)
        self.serial = int(facts.key.rpartition("Z")[2].replace("-", ""))
        self.by_government = not facts.uscc
        self.due, self.targets, self.round = 0, facts.hectares, 1
        self.photos: tuple[PhotoFacts, ...] = ()

    # -- who ---------------------------------------------------------------------------------------------

    @property
    def doer(self) -> str:
        """Who reports for those who do the work: the enterprise itself where it has a seat, else the bureau."""
        return enterprise_seat(self.facts.uscc) or self.seats.clerk

    @property
    def approver(self) -> str:
        """What the government does itself is judged one level up."""
        return self.seats.city if self.by_government else self.seats.reviewer

    @property
    def levels(self) -> tuple[str, ...]:
        asked = _ASKED.get(self.facts.source, ("county",))
        return tuple(each for each in asked if each != "county") or ("city",) if self.by_government else asked

    def number(self, word: str = "自然资函") -> str:
        return number_of(self.facts.county, word, self.serial + 1000 * (self.round - 1))

    def on_paper(self, act: str, said: str, **values: object) -> None:
        """The leader decides on paper; the dispatcher enters it (代录)."""
        leader = self.seats.city_leader if self.by_government else self.seats.leader
        recorder = self.seats.city_dispatcher if self.by_government else self.seats.dispatcher
        self.diary.note(act, leader, recorder=recorder, said=said, number=self.number("自然资签"), **values)

    # -- the way -----------------------------------------------------------------------------------------

    def written(self) -> CaseFacts:
        """The facts with everything that has happened until today."""
        with suppress(TodayReached):
            self._go()
        return replace(self.facts, events=tuple(self.diary.events))

    def _go(self) -> None:
        if self.going in ("carried over", "old debt"):
            self._carry_over()
            return
        self._register()
        self.diary.wait(3, 8)
        if self._leaves_the_list():
            return
        self.diary.note("verify", self.seats.clerk, said="现场核实情况属实，位置和范围与登记一致。")
        self.diary.wait(1, 5)
        if self.going == "transferred":
            self._move_to_the_neighbour()
        self._assign()
        if self._is_regrouped():
            return
        self._prepare()
        self._work()
        self._have_it_accepted()
        self._close()
        if self.going == "reopened":
            self._return()

    def _register(self) -> None:
        if self.facts.part_of or self.facts.turned_from:
            return
        self.diary.note("register", self.seats.registrar if self.chance.happens(0.4) else self.seats.clerk)

    def _carry_over(self) -> None:
        """From the ledger that the county kept before, as a late entry (补录): closed long ago, or still a debt."""
        closed, chance = self.going == "carried over", self.chance
        began = self.diary.day - chance.whole(240, 900)
        ended = min(self.diary.day - 9, began + chance.whole(90, 400))
        self.diary.note(
            "register_late",
            self.seats.clerk,
            state="closed" if closed else "rectifying",
            began=began,
            closed=ended if closed else None,
            due=ended + chance.whole(-20, 60) if closed else self.diary.day + chance.whole(40, 120),
            missing=("验收意见原件",) if chance.happens(0.2) else (),
            answering=f"{self.facts.county}/natural",
            executing=self.facts.uscc or f"{self.facts.county}/natural",
        )
        if not closed:
            self._stall()

    def _leaves_the_list(self) -> bool:
        if self.going == "dismissed":
            self.on_paper("dismiss", "经核实为已批准的在建工程，手续齐全，不予立项。")
        elif self.going == "withdrawn":
            self.on_paper("withdraw", "与已销号问题为同一处，误登记，予以撤销。")
        return self.going in ("dismissed", "withdrawn")

    def _move_to_the_neighbour(self) -> None:
        there = _neighbour(self.facts.county)
        self.diary.note(
            "transfer",
            self.seats.city_dispatcher,
            said="经勘界，该处位于相邻县境内，移交办理。",
            region=there,
        )
        self.seats = Seats(there)
        self.diary.wait(2, 8)

    def _assign(self) -> None:
        days = self.chance.whole(25, 60) if self.facts.route is Route.AT_ONCE else self.chance.whole(110, 330)
        self.due = self.diary.day + days
        high = self.facts.source is SourceKind.CENTRAL_INSPECTION
        self.diary.note(
            "assign",
            PROVINCE_DISPATCHER if high else self.seats.dispatcher,
            answering=f"{self.seats.county}/natural",
            joint=f"{self.seats.county}/{self.chance.one_of(('ecology', 'forestry'))}",
            due=self.due,
        )
        self.diary.wait(1, 7)

    def _is_regrouped(self) -> bool:
        if self.going == "merged":
            self.diary.note(
                "merge", self.seats.dispatcher, said="与另一问题同处一矿，合并整改。", into=self.into
            )
        elif self.going == "split":
            parts = [f"{self.facts.title}（{name}）" for name in ("采场部分", "排土场部分")]
            self.diary.note(
                "split", self.seats.dispatcher, said="涉及两处责任和工期不同，拆分整改。", parts=tuple(parts)
            )
        return self.going in ("merged", "split")

    into = ""
    """key of the case that goes on for both"""

    def _prepare(self) -> None:
        self.diary.note(
            "take_on",
            self.seats.clerk,
            uscc=self.facts.uscc,
            county=self.seats.county,
            both=self.chance.happens(0.3),
        )
        self._add_photo(Phase.BEFORE)
        self._watch_the_holder()
        if self.facts.route is Route.AT_ONCE:
            self.diary.wait(1, 4)
            self.diary.note("begin_at_once", self.doer)
            return
        self._plan()

    def _watch_the_holder(self) -> None:
        """The mine stops, closes or goes bankrupt: the case stays open, and the duty with its holder."""
        if self.going in ("stopped", "performance", "bankrupt"):
            self.diary.wait(3, 12)
            state = "stopped" if self.going == "stopped" else "closed"
            self.diary.note(
                "note_mine_state",
                self.seats.registrar,
                said="法院已受理破产申请。" if self.going == "bankrupt" else "企业报告停止生产。",
                state=state,
            )
        if self.going == "performance":
            self.diary.wait(10, 25)
            self.on_paper(
                "order_performance",
                "经催告仍不履行，依法代履行，费用由采矿权人承担。",
                performer=f"{NAMES[self.seats.county]}青岭生态修复工程队（演示）",
            )
        if self.going == "extinct":
            self.diary.wait(8, 20)
            self.diary.note(
                "determine",
                self.seats.leader,
                recorder=self.seats.dispatcher,
                number=number_of(self.seats.county, "自然资责认", 500 + self.serial),
                said="经查询登记档案并走访，原采矿权人已注销，无承继主体，由县人民政府组织修复。",
                government=f"{self.seats.county}/government",
            )
            self.diary.note("note_extinction", self.seats.clerk)
            self.by_government = True

    def _plan(self) -> None:
        self.diary.wait(6, 22)
        self._draft()
        if self.going == "plan returned":
            self.diary.wait(3, 9)
            self.diary.note(
                "return_plan", self.approver, said="目标缺少成活率要求，工期未避开冬季，请修改后重报。"
            )
            self.diary.wait(5, 14)
            self._draft()
        self.diary.wait(3, 12)
        self.diary.note("approve_plan", self.approver, number=self.number("自然资修批"))

    def _draft(self) -> None:
        _, person = managers_of(self.facts.uscc or self.seats.county)
        unit = self.facts.uscc or f"{self.seats.county}/government"
        last = self.due - self.chance.whole(0, 12)
        first = self.diary.day + 10
        size = float(self.facts.hectares)
        remedies = self.problem.remedies
        step = max(6, (last - first) // len(remedies))
        rows = [
            (
                remedy.name,
                remedy.work or "other",
                min(last, first + step * place),
                f"{size * remedy.per_hectare:.2f}" if remedy.unit in ("公顷", "万立方米")
                else str(max(1, round(size * remedy.per_hectare))),
                remedy.unit,
            )
            for place, remedy in enumerate(remedies, start=1)
        ]  # fmt: skip
        self.diary.note(
            "draft_plan",
            self.doer,
            title=f"{self.facts.title}整改方案（演示）",
            target=self.problem.target.format(hectares=self.facts.hectares),
            quantity=self.facts.hectares,
            begins=first,
            due=last,
            unit=unit,
            person=person,
            post="修复项目负责人" if self.facts.uscc else "治理办负责人",
            rows=tuple(rows),
        )
        self.diary.wait(0, 2)
        self.diary.note("submit_plan", self.doer)

    # -- the work ----------------------------------------------------------------------------------------

    def _work(self) -> None:
        begins, planned = self.diary.day, self.facts.route is Route.BY_DATE
        span = max(8, self.due - begins)
        if planned and (self.photos or self.chance.happens(0.45)):
            self.diary.wait(span // 4, span // 3)
            leaps = self.chance.happens(0.06)  # and then says 100: somebody should look at it
            percent = self.chance.whole(20, 45) if leaps else self.chance.whole(62, 90)
            self.diary.note("report_progress", self.doer, percents=self._percents(percent))
            self._add_photo(Phase.DURING)
        if self.going == "adjusted" and planned and self.round == 1:
            self._adjust()
        if self.going == "stalled":
            self._stall()
        if self.going == "extended":
            self._extend(begins, span)
        self.diary.wait_until(begins + int(span * self.chance.between(0.75, 1.0)))
        if self.chance.happens(0.07):
            self.diary.wait(5, 45)  # late: overdue meanwhile
        if planned:
            self.diary.note("report_progress", self.doer, percents=self._percents(100))
        self._add_photo(Phase.AFTER)
        if not self.photos:
            self.diary.note(
                "measure", self.doer, title="竣工测量成果", quantity=self.facts.hectares, unit="公顷"
            )
        self.diary.wait(1, 5)
        self.diary.note("self_check", self.doer, said="自查自验合格，达到方案要求。")
        self.diary.wait(0, 3)
        self.diary.note("apply_for_acceptance", self.doer)

    def _percents(self, percent: int) -> tuple[int, ...]:
        """The first measures are ahead of the last."""
        count = len(self.problem.remedies)
        if percent == 100:
            return (100,) * count
        return tuple(100 if place == 0 and count > 1 else percent for place in range(count))

    def _adjust(self) -> None:
        self.diary.wait(5, 15)
        less = f"{float(self.facts.hectares) * 0.9:.2f}"
        self.diary.note(
            "adjust",
            self.approver,
            said="经复核，其中一部分为已批准的保留道路，相应核减目标。",
            number=self.number("自然资调"),
            target=self.problem.target.format(hectares=less),
            quantity=less,
        )

    def _stall(self) -> None:
        """Nothing more is reported; it is urged, and runs over its day."""
        for _ in range(self.chance.whole(1, 3)):
            self.diary.wait_until(
                max((self.due or self.diary.day) - 20, self.diary.day + self.chance.whole(12, 30))
            )
            self.diary.note(
                "urge",
                self.seats.dispatcher,
                text=f"请尽快推进“{self.facts.title}”整改，并于三日内回报进展。",
            )
        raise TodayReached

    def _extend(self, begins: int, span: int) -> None:
        self.diary.wait_until(begins + int(span * 0.8))
        self.due += self.chance.whole(30, 75)
        self.diary.note(
            "extend",
            self.approver,
            said="汛期道路中断、不宜施工，经研究同意延期。",
            number=self.number("自然资延"),
            due=self.due,
        )
        self.diary.wait(10, 30)

    # -- acceptance and closing --------------------------------------------------------------------------

    def _have_it_accepted(self) -> None:
        if self.going == "work returned" and self.round == 1:
            self.diary.wait(4, 15)
            self.diary.note(
                "return_acceptance", self.approver, said="覆土厚度不足，部分地块未出苗，退回补充整改。"
            )
            self.diary.wait(15, 45)
            self.diary.note(
                "measure", self.doer, title="补充整改测量成果", quantity=self.facts.hectares, unit="公顷"
            )
            self.diary.note("self_check", self.doer, said="已按退回意见补充整改。")
            self.diary.note("apply_for_acceptance", self.doer)
        if self.photos and self.chance.happens(0.6):
            self.diary.wait(1, 3)
            self.diary.note("ask_expert", PROVINCE_REVIEWER)
        for level in self.levels:
            self.diary.wait(5, 18)
            by, who = self._judge(level)
            self.diary.note(
                "accept", by, level=level, visitors=f"{who}验收组、评估专家", days_ago=self.chance.whole(0, 1)
            )

    def _judge(self, level: str) -> tuple[str, str]:
        seats, county = self.seats, self.seats.county
        return {
            "county": (seats.reviewer, NAMES[county]),
            "city": (seats.city, NAMES[seats.city_code]),
            "province": (PROVINCE_REVIEWER, "省级"),
        }[level]

    def _close(self) -> None:
        self.diary.wait(2, 8)
        self._give_notice()
        if self.going == "notice stopped" and self.round == 1:
            self._object(upheld=True)
            self.diary.note("stop_notice", self.seats.clerk, said="异议成立，中止公示，补充整改后重新验收。")
            self.diary.wait(10, 25)
            self.diary.note("self_check", self.doer, said="异议所涉地块已补植。")
            self.diary.note("apply_for_acceptance", self.doer)
            self._have_it_accepted()
            self.diary.wait(2, 6)
            self._give_notice()
        elif self.going == "objected" and self.round == 1:
            self._object(upheld=False)
        self.diary.wait(2, 5)
        self.diary.note("evaluate", self.approver, said="目标任务完成，修复效果稳定。")
        self._note_consequences()
        self.diary.wait(17, 26)
        self.on_paper("close", "验收合格、公示无异议，同意销号。")

    def _give_notice(self) -> None:
        self.diary.note(
            "give_notice",
            self.seats.clerk,
            where=f"{NAMES[self.seats.county]}人民政府门户网站（演示）",
            summary=self.problem.target.format(hectares=self.facts.hectares),
        )

    def _object(self, *, upheld: bool) -> None:
        self.diary.wait(1, 3)
        self.diary.note("object", self.seats.registrar, text="有居民来电反映坡脚仍有少量碎石滚落。")
        self.diary.wait(1, 3)
        said = "经现场核查，反映情况属实。" if upheld else "经现场核查，碎石已清理，已向反映人说明。"
        self.diary.note("answer", self.seats.clerk, said=said, upheld=upheld)

    def _note_consequences(self) -> None:
        fined = self.problem.offence and not self.by_government
        state = EnforcementState.DONE if fined else EnforcementState.NONE_NEEDED
        self.diary.note(
            "note_enforcement",
            self.seats.registrar,
            said="处罚决定已执行完毕，罚款缴清。" if fined else "未发现需要查处的违法行为。",
            number=self.number("自然资罚") if fined else "",
            state=state.value,
            outcome="罚款缴清" if fined else "",
        )
        self.diary.note("note_mechanism", self.doer, mechanism=f"{self.problem.mechanism}（演示）")

    def _return(self) -> None:
        """反弹: found again by satellite or a look-back; the deadline counts from here."""
        self.diary.wait(50, 170)
        self.round, self.going = 2, "again"
        self.due = self.diary.day + self.chance.whole(45, 130)
        self.diary.note(
            "reopen",
            self.seats.dispatcher,
            said=self.chance.one_of(("卫星影像显示修复地块再次被扰动。", "回头看发现新的弃渣堆放。")),
            due=self.due,
        )
        if self.facts.route is Route.AT_ONCE:
            self.diary.wait(1, 4)
            self.diary.note("begin_at_once", self.doer)
        else:
            self._plan()
        self._work()
        self._have_it_accepted()
        self._close()

    def _add_photo(self, phase: Phase) -> None:
        wanted = tuple(photo for photo in self.photos if photo.phase is phase)
        if wanted and self.round == 1:
            taken = tuple(replace(each, day=self.diary.day - 3) for each in wanted)
            self.diary.note("photograph", self.doer, photos=taken)


def _neighbour(county: str) -> str:
    """The next county of the same city; the first one after the last."""
    mates = [code for code in NAMES if code[:4] == county[:4] and not code.endswith("00")]
    return mates[(mates.index(county) + 1) % len(mates)]
