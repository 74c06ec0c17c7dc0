"""How did each problem of the demonstration go, from the list to closed and back? One way of going for each."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from qingshan.demo.cases import CaseFacts
from qingshan.demo.circumstances import (
    PROVINCE_DISPATCHER,
    PROVINCE_REVIEWER,
    Seats,
)
from qingshan.demo.diary import TodayReached
from qingshan.demo.regions import NAMES
from qingshan.demo.works import Works
from qingshan.rules.matters import EnforcementState, Phase, Route, SourceKind


class Way(Works):
    """One case on its way from the list to closed, and back."""

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
        self.work()
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
            self.stall()

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
        self.add_photo(Phase.BEFORE)
        self.watch_the_holder()
        if self.facts.route is Route.AT_ONCE:
            self.diary.wait(1, 4)
            self.diary.note("begin_at_once", self.doer)
            return
        self.plan()

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
            self.plan()
        self.work()
        self._have_it_accepted()
        self._close()


def _neighbour(county: str) -> str:
    """The next county of the same city; the first one after the last."""
    mates = [code for code in NAMES if code[:4] == county[:4] and not code.endswith("00")]
    return mates[(mates.index(county) + 1) % len(mates)]
