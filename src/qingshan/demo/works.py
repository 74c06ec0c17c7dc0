"""What is done about a problem of the demonstration: the plan, the work, and what comes between?"""

from __future__ import annotations

from dataclasses import replace

from qingshan.demo.cases import CaseFacts
from qingshan.demo.circumstances import Seats, enterprise_seat, managers_of, number_of
from qingshan.demo.diary import Diary, TodayReached
from qingshan.demo.photographs import PhotoFacts
from qingshan.demo.problems import Problem
from qingshan.demo.regions import NAMES
from qingshan.rules.matters import Phase, Route, SourceKind

_ASKED = {
    SourceKind.CENTRAL_INSPECTION: ("county", "city", "province"),
    SourceKind.PROVINCIAL_INSPECTION: ("county", "city"),
    SourceKind.NOTICE: ("county", "city"),
}


class Works:
    """One case whose work goes on. `going` names what is particular about it; the rest is drawn."""

    def __init__(self, facts: CaseFacts, problem: Problem, diary: Diary, going: str) -> None:
        self.facts, self.problem, self.diary, self.going = facts, problem, diary, going
        self.chance, self.seats = diary.chance, Seats(facts.county)
        self.serial = int(facts.key.rpartition("Z")[2].replace("-", ""))
        self.by_government = not facts.uscc
        self.due, self.targets, self.round = 0, facts.hectares, 1
        self.photos: tuple[PhotoFacts, ...] = ()
        self.planned: tuple[tuple[int, int], ...] = ()
        """first and last day of each stage"""
        self.approved = 0
        self.reported: dict[int, tuple[int, int | None]] = {}
        """when each stage began and ended, as it was reported"""

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

    def watch_the_holder(self) -> None:
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

    def plan(self) -> None:
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
        self.approved = self.diary.day

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
        ends = [row[2] for row in rows]
        self.planned, self.reported = tuple(zip([first, *ends], ends, strict=False)), {}
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

    def work(self) -> None:
        begins, planned = self.diary.day, self.facts.route is Route.BY_DATE
        span = max(8, self.due - begins)
        if planned and (self.photos or self.chance.happens(0.45)):
            self.diary.wait(span // 4, span // 3)
            leaps = self.chance.happens(0.06)  # and then says 100: somebody should look at it
            percent = self.chance.whole(20, 45) if leaps else self.chance.whole(62, 90)
            self._report(percent)
            self.add_photo(Phase.DURING)
        if self.going == "adjusted" and planned and self.round == 1:
            self._adjust()
        if self.going == "stalled":
            self.stall()
        if self.going == "extended":
            self._extend(begins, span)
        self.diary.wait_until(begins + int(span * self.chance.between(0.75, 1.0)))
        if self.chance.happens(0.07):
            self.diary.wait(5, 45)  # late: overdue meanwhile
        if planned:
            self._report(100)
        self.add_photo(Phase.AFTER)
        if not self.photos:
            self.diary.note(
                "measure", self.doer, title="竣工测量成果", quantity=self.facts.hectares, unit="公顷"
            )
        self.diary.wait(1, 5)
        self.diary.note("self_check", self.doer, said="自查自验合格，达到方案要求。")
        self.diary.wait(0, 3)
        self.diary.note("apply_for_acceptance", self.doer)

    def _report(self, percent: int) -> None:
        """Measures and stages together, in one report."""
        percents = self._percents(percent)
        self.diary.note("report_progress", self.doer, percents=percents, stages=self._stages(percents))

    def _stages(self, percents: tuple[int, ...]) -> tuple[tuple[int, int | None], ...]:
        """First and last day of each stage: a few days before or after those that were planned, none to come."""
        for place, ((first, last), percent) in enumerate(zip(self.planned, percents, strict=True)):
            late = (self.serial * 7 + place * 5) % 13 - 3
            begun, done = self.reported.get(place, (0, None))
            if place not in self.reported:
                under_way = self.diary.day - 4 * (len(percents) - place)
                begun = max(self.approved, min(first + late, under_way))
            if done is None and percent == 100:
                done = min(self.diary.day, max(begun + 2, last + late))
            self.reported[place] = begun, done
        return tuple(self.reported[place] for place in range(len(percents)))

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

    def stall(self) -> None:
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

    def add_photo(self, phase: Phase) -> None:
        wanted = tuple(photo for photo in self.photos if photo.phase is phase)
        if wanted and self.round == 1:
            taken = tuple(replace(each, day=self.diary.day - 3) for each in wanted)
            self.diary.note("photograph", self.doer, photos=taken)
