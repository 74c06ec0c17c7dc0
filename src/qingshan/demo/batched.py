"""Which restored pits of 青山省 were finished, applied for and accepted together, and which one by one? All made up.

Half a dozen batches, from one that is being put together to ones that are done, one with a sample that had to be
doubled, one sent back; and eight single sites, of which one did not last and was taken up again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from qingshan.demo.chance import Chance
from qingshan.demo.circumstances import PROVINCE_REVIEWER, Seats, number_of
from qingshan.demo.diary import Diary, Event, TodayReached
from qingshan.demo.offices import FIRST_COUNTY
from qingshan.demo.regions import COUNTIES, NAMES
from qingshan.demo.sites import SiteFacts
from qingshan.rules.afteruse import Afteruse, RestorationMode

FIRST_SAMPLE = 3
"""of batches of at most fifteen sites, by the rulebook"""


@dataclass(frozen=True)
class BatchFacts:
    """A batch, or a single site, of one county."""

    key: str
    title: str
    county: str
    sites: tuple[str, ...]
    is_single: bool
    mode: RestorationMode
    use: Afteruse
    events: tuple[Event, ...] = ()


_BATCHES = (("done", -225, 4), ("published", -95, 6), ("doubled", -70, 9), ("sampled", -52, 6), ("applied", -26, 7),
            ("returned", -120, 5), ("forming", -12, 6))  # fmt: skip
_SINGLES = (("done", -215), ("reopened", -228), ("published", -80), ("accepted", -48), ("applied", -30),
            ("finished", -18), ("restoring", -60), ("withdrawn", -150))  # fmt: skip


def batched(free: Sequence[SiteFacts]) -> Iterator[BatchFacts]:
    """`free`: pits on the list on which no project works."""
    left = {county: [site for site in free if site.county == county] for county in COUNTIES}
    for serial, (going, begins, count) in enumerate(_BATCHES, 1):
        county = _richest(left, serial)
        taken = [left[county].pop() for _ in range(min(count, len(left[county])))]
        if taken:
            title = f"{NAMES[county]}第 {serial} 批历史遗留矿山修复"
            yield _written(f"B{serial:02d}", title, county, taken, going, begins, is_single=False)
    for serial, (going, begins) in enumerate(_SINGLES, 1):
        county = _richest(left, serial)
        if left[county]:
            site = left[county].pop()
            yield _written(
                f"S{serial:02d}", f"{site.name}单项修复", county, [site], going, begins, is_single=True
            )


def _richest(left: dict[str, list[SiteFacts]], serial: int) -> str:
    """The first county, whose clerk shows the demonstration, comes twice; else where most pits are left."""
    if serial in (1, 3) and left[FIRST_COUNTY]:
        return FIRST_COUNTY
    return max(COUNTIES, key=lambda county: (len(left[county]), county))


def _written(
    key: str, title: str, county: str, taken: Sequence[SiteFacts], going: str, begins: int, *, is_single: bool
) -> BatchFacts:
    facts = BatchFacts(
        key,
        title,
        county,
        tuple(site.key for site in taken),
        is_single,
        RestorationMode.TO_FOREST,
        Afteruse.FOREST,
    )
    way = _Way(facts, Diary(Chance("batch", key), begins=begins), going)
    with suppress(TodayReached):
        way.go()
    return replace(facts, events=tuple(way.diary.events))


class _Way:
    """One batch or single site on its way until today."""

    def __init__(self, facts: BatchFacts, diary: Diary, going: str) -> None:
        self.facts, self.diary, self.going = facts, diary, going
        self.seats = Seats(facts.county)
        self.serial = int(facts.key[1:]) + (50 if facts.is_single else 0)

    def go(self) -> None:
        single = self.facts.is_single
        self._note("take_up_single" if single else "form_batch", self.seats.clerk)
        if self.going in ("forming", "restoring", "withdrawn"):
            return self._stays()
        self.diary.wait(2, 6)
        self._note("finish_batch", self.seats.clerk)
        if self.going != "finished":
            self.diary.wait(1, 4)
            self._note("show_batch", self.seats.clerk)
            self.diary.wait(1, 3)
            self._note("apply_batch", self.seats.clerk)
            if single:
                self._single()
            else:
                self._batch()

    def _note(self, act: str, by: str, **values: object) -> None:
        self.diary.note(act, by, **values)  # type: ignore[arg-type]

    def _number(self, word: str) -> str:
        return number_of(self.seats.city_code, word, 700 + self.serial)

    def _stays(self) -> None:
        if self.going == "restoring":
            for percent in (30, 60):
                self.diary.wait(14, 22)
                self._note("report_single", self.seats.clerk, percent=percent)
        if self.going == "withdrawn":
            self.diary.wait(20, 40)
            self._on_paper("withdraw_batch", "自然资修撤", said="已并入国土绿化项目实施，不再单列。")

    def _on_paper(self, act: str, word: str, **values: object) -> None:
        """The city's leader decided on paper; the dispatcher enters it."""
        self._note(
            act,
            self.seats.city_leader,
            recorder=self.seats.city_dispatcher,
            number=self._number(word),
            **values,
        )

    def _single(self) -> None:
        if self.going == "applied":
            return
        self.diary.wait(8, 16)
        self._note("name_panel", self.seats.clerk)
        self._note("accept_single", self.seats.city, number=self._number("自然资修验"))
        if self.going != "accepted":
            self._published()
        if self.going == "reopened":
            self.diary.wait(120, 150)
            said = "现场核实，连续干旱后成活率明显下降，须补植。"
            self._note("reopen_single", self.seats.city_dispatcher, said=said, due=self.diary.day + 200)

    def _published(self) -> None:
        self.diary.wait(3, 8)
        self._note("publish_batch", self.seats.clerk)
        if self.going in ("done", "reopened"):
            self.diary.wait(12, 16)
            self._on_paper("conclude_batch", "自然资修结")

    def _batch(self) -> None:
        sides = (("city", self.seats.city), ("province", PROVINCE_REVIEWER))
        self.diary.wait(2, 5)
        for side, seat in sides:
            self._note("seal_number", seat, side=side)
        if self.going == "applied":
            return
        self.diary.wait(2, 4)
        self._note("close_sample_list", self.seats.city)
        self.diary.wait(1, 2)
        for side, seat in sides:
            self._note("open_number", seat, side=side)
        self._note("draw_sample", self.seats.city)
        self._checked()

    def _checked(self) -> None:
        ways: dict[str, Callable[[], None]] = {
            "sampled": lambda: self._look(FIRST_SAMPLE - 1),
            "doubled": self._doubled,
            "returned": self._returned,
        }
        self.diary.wait(3, 8)
        if self.going in ways:
            ways[self.going]()
            return
        self._look(FIRST_SAMPLE)
        self._note("name_panel", self.seats.clerk)
        self.diary.wait(2, 4)
        self._note("accept_batch", self.seats.city, number=self._number("自然资修验"))
        self._published()

    def _look(self, count: int, *, bad: int = 0) -> None:
        for place in range(count):
            self._note("check_site", self.seats.city, good=place >= bad)

    def _doubled(self) -> None:
        self._look(FIRST_SAMPLE, bad=1)
        self._note("send_back_site", self.seats.city, said="成活率不足，补植后再申报。")
        self.diary.wait(1, 3)
        self._note("draw_double", self.seats.city)
        self.diary.wait(2, 5)
        self._look(2)

    def _returned(self) -> None:
        self._look(FIRST_SAMPLE, bad=2)
        said = "抽查多处成活率不足，补植到位后重新申报。"
        self._note("return_batch", self.seats.city, said=said)
