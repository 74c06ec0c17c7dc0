"""How is kept up in the demonstration what is never closed (长期坚持)? Stage by stage, with a check every year."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from qingshan.demo.cases import CaseFacts
from qingshan.demo.circumstances import Seats, enterprise_seat, managers_of, number_of
from qingshan.demo.diary import Diary, TodayReached
from qingshan.demo.problems import Upkeep
from qingshan.demo.regions import NAMES


class KeptUp:
    """One lasting task on its way."""

    def __init__(self, facts: CaseFacts, upkeep: Upkeep, diary: Diary, going: str) -> None:
        self.facts, self.upkeep, self.diary, self.going = facts, upkeep, diary, going
        self.chance, self.seats = diary.chance, Seats(facts.county)
        self.serial = int(facts.key.rpartition("L")[2])
        self.approver = self.seats.reviewer if facts.uscc else self.seats.city
        self.doer = enterprise_seat(facts.uscc) or self.seats.clerk

    def written(self) -> CaseFacts:
        """The facts with everything that has happened until today."""
        with suppress(TodayReached):
            self._go()
        return replace(self.facts, events=tuple(self.diary.events))

    into = ""
    """key of the task that goes on for both"""

    def _go(self) -> None:
        self.diary.note("register", self.seats.clerk)
        self.diary.wait(2, 7)
        if self._leaves_the_list():
            return
        self.diary.note("verify", self.seats.clerk, said="属需长期坚持事项，逐年核查。")
        self.diary.wait(1, 5)
        self.diary.note(
            "assign",
            self.seats.dispatcher,
            answering=f"{self.facts.county}/natural",
            joint=f"{self.facts.county}/ecology",
            due=self.diary.day + 365,
        )
        self.diary.wait(2, 8)
        self.diary.note(
            "take_on", self.seats.clerk, uscc=self.facts.uscc, county=self.facts.county, both=True
        )
        self._plan()
        while True:
            self._keep_up()

    def _leaves_the_list(self) -> bool:
        said = {
            "dismissed": "可在一年内完成整改，改按限期整改登记，不作为长期坚持。",
            "withdrawn": "重复登记，予以撤销。",
        }.get(self.going)
        if said:
            act = "dismiss" if self.going == "dismissed" else "withdraw"
            number = number_of(self.facts.county, "自然资签", 700 + self.serial)
            self.diary.note(act, self.seats.leader, recorder=self.seats.dispatcher, said=said, number=number)
        if self.going == "merged":
            self.diary.note("merge", self.seats.dispatcher, said="与同一矿山的任务合并。", into=self.into)
        return bool(said) or self.going == "merged"

    def _plan(self) -> None:
        _, person = managers_of(self.facts.uscc or self.facts.county)
        first, remedy = self.diary.day + 15, self.upkeep.remedy
        self.diary.wait(8, 20)
        rows = [
            (f"{remedy.name}（{season}）", remedy.work or "other", first + 85 * place, "1", "次")
            for place, season in enumerate(("第一阶段", "第二阶段", "第三阶段"), start=1)
        ]
        self.diary.note(
            "draft_plan",
            self.doer,
            title=f"{self.facts.title}方案（演示）",
            target=self.upkeep.target.format(hectares=self.facts.hectares),
            quantity=self.facts.hectares,
            begins=first,
            due=first + 300,
            unit=self.facts.uscc or f"{self.facts.county}/government",
            person=person,
            post="管护负责人",
            rows=tuple(rows),
        )
        self.diary.wait(0, 2)
        self.diary.note("submit_plan", self.doer)
        self.diary.wait(3, 10)
        number = number_of(self.facts.county, "自然资修批", 700 + self.serial)
        self.diary.note("approve_plan", self.approver, number=number)

    def _keep_up(self) -> None:
        """A year: stages, evidence, the check; one that is failed is mended first."""
        for place in (1, 2, 3):
            self.diary.wait(60, 95)
            if not self._done_before(place):
                self.diary.note("complete_stage", self.doer, place=place)
        self.diary.note("measure", self.doer, title="年度管护记录", quantity=self.facts.hectares, unit="公顷")
        self.diary.wait(5, 20)
        self.diary.note("apply_yearly", self.doer)
        self.diary.wait(6, 18)
        if self.going in ("failed", "mending"):
            self.diary.note("fail_yearly", self.approver, said="成活率抽查 71%，低于要求，限期补植。")
            if self.going == "mending":
                raise TodayReached
            self.diary.wait(15, 40)
            self.going = "mended"
            self.diary.note("mend", self.doer, said="已补植并浇灌，成活率复测达标。")
            self.diary.wait(4, 12)
        visitors = f"{NAMES[self.facts.county if self.facts.uscc else self.seats.city_code]}核查组"
        self.diary.note("pass_yearly", self.approver, visitors=visitors, next_due=self.diary.day + 365)

    def _done_before(self, place: int) -> bool:
        """In the first year the stages of the plan are completed; afterwards they go on."""
        return any(
            event.act == "complete_stage" and event.value("place") == place for event in self.diary.events
        )
