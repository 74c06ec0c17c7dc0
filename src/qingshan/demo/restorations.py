"""Which legacy pits is 青山省 to restore, by which projects, and in which state is the land of its mines?

One list of the province, filled by a first document and changed by later ones; sixty projects on its sites, from the
ones that wait for approval to land that was handed over; a dozen mines that restore while they dig. All made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

from qingshan.demo.batched import BatchFacts, batched
from qingshan.demo.chance import Chance
from qingshan.demo.circumstances import (
    KNOWN_BY,
    PROVINCE_REGISTRY,
    PROVINCE_REVIEWER,
    Seats,
    number_of,
)
from qingshan.demo.diary import Diary, Event, TodayReached
from qingshan.demo.offices import FIRST_COUNTY
from qingshan.demo.photographs import PhotoFacts
from qingshan.demo.plantings import PlantingFacts, plantings_of
from qingshan.demo.regions import COUNTIES, PROVINCE
from qingshan.demo.sites import SiteFacts, sites_and_patches
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.matters import Phase
from qingshan.rules.register import MineState, SiteKind

LISTED_AT_FIRST, LISTED_LATER, TAKEN_OUT, PROJECTS, MINES = 180, 20, 6, 60, 14
PHOTOGRAPHED = 8
"""So many projects have photographs, before and after."""
PITS_ON_NO_LIST = 17
LIST, FIRST_DAY, PLANTED_DAY = "QS-LY", -735, -700
TITLE = "青山省历史遗留矿山生态修复清单（演示）"
_MODES = (
    (RestorationMode.TO_FOREST, 40),
    (RestorationMode.TO_FARM, 22),
    (RestorationMode.NATURAL, 18),
    (RestorationMode.TO_BUILD, 11),
    (RestorationMode.TO_WATER, 9),
)
_USE_OF = {
    RestorationMode.TO_FOREST: Afteruse.FOREST,
    RestorationMode.TO_FARM: Afteruse.FARM,
    RestorationMode.NATURAL: None,
    RestorationMode.TO_BUILD: Afteruse.SOLAR,
    RestorationMode.TO_WATER: Afteruse.WATER,
}
_SPENT_OF_PLANNED = 0.94


@dataclass(frozen=True)
class ListFacts:
    """The list of the province with every move."""

    key: str
    title: str
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class ProjectFacts:
    """A project on one site or several of a county."""

    key: str
    title: str
    county: str
    sites: tuple[str, ...]
    mode: RestorationMode
    use: Afteruse | None
    planned_fen: int
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class LandFacts:
    """The land of one working mine."""

    key: str
    mine_key: str
    county: str
    site_key: str
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Restorations:
    """All of it."""

    lists: tuple[ListFacts, ...] = ()
    projects: tuple[ProjectFacts, ...] = ()
    land: tuple[LandFacts, ...] = ()
    plots: tuple[PlantingFacts, ...] = ()
    batches: tuple[BatchFacts, ...] = ()

    @property
    def all(self) -> tuple[ListFacts | ProjectFacts | LandFacts | PlantingFacts | BatchFacts, ...]:
        return (*self.lists, *self.projects, *self.land, *self.plots, *self.batches)


NONE_RESTORED = Restorations()


@cache
def restorations() -> Restorations:
    """Drawn once."""
    pits = _pits()
    projects = tuple(_projects(pits))
    return Restorations(
        (_list(pits),),
        projects,
        tuple(_land()),
        plantings_of(projects),
        tuple(batched(_free(pits, projects))),
    )


def _free(pits: tuple[SiteFacts, ...], projects: tuple[ProjectFacts, ...]) -> list[SiteFacts]:
    """Pits that were on the list from the first and stayed, and on which no project works; and some of the first
    county, all of whose listed pits have projects.
    """
    taken = {key for project in projects for key in project.sites}
    listed = {site.key for site in pits}
    others = [
        site
        for site in sites_and_patches()[0]
        if site.kind is SiteKind.LEGACY
        and site.county == FIRST_COUNTY
        and site.found_on <= KNOWN_BY
        and site.key not in listed
    ]
    more = Chance("pits on no list").shuffled(others)[:PITS_ON_NO_LIST]
    return [site for site in (*pits[:LISTED_AT_FIRST], *more) if site.key not in taken]


def _pits() -> tuple[SiteFacts, ...]:
    """Legacy pits that were known when the list was set, in an order of their own."""
    known = [
        site for site in sites_and_patches()[0] if site.kind is SiteKind.LEGACY and site.found_on <= KNOWN_BY
    ]
    return tuple(Chance("pits to restore").shuffled(known)[: LISTED_AT_FIRST + LISTED_LATER])


# -- the list ------------------------------------------------------------------------------------------------------


def _list(pits: tuple[SiteFacts, ...]) -> ListFacts:
    diary = Diary(Chance("list of targets"), begins=FIRST_DAY)
    keys = [site.key for site in pits]
    first, later = tuple(keys[:LISTED_AT_FIRST]), tuple(keys[LISTED_AT_FIRST:])
    number = number_of(PROVINCE, "自然资", 31)
    diary.note("create_list", PROVINCE_REGISTRY, number=number, title=TITLE, code=LIST, due=400)
    diary.wait(2, 3)
    diary.note("move_in", PROVINCE_REVIEWER, number=number, sites=first, said="首批下达")
    diary.wait_until(-410)
    number = number_of(PROVINCE, "自然资修复函", 118)
    diary.note("move_in", PROVINCE_REVIEWER, number=number, sites=later, said="补充下达")
    diary.wait_until(-190)
    number = number_of(PROVINCE, "自然资修复函", 204)
    for key in keys[-TAKEN_OUT:]:
        diary.note("move_out", PROVINCE_REVIEWER, number=number, site=key, said="已划入自然保护地，另行治理")
    return ListFacts(LIST, TITLE, tuple(diary.events))


# -- projects ------------------------------------------------------------------------------------------------------


def _projects(pits: tuple[SiteFacts, ...]) -> Iterator[ProjectFacts]:
    by_county = {county: [site for site in pits if site.county == county] for county in COUNTIES}
    turns = Chance("counties of projects").shuffled([county for county in COUNTIES for _ in range(9)])
    made = 0
    for county in turns:
        chance = Chance("project", made)
        taken = [by_county[county].pop() for _ in range(chance.whole(1, 3)) if by_county[county]]
        if taken and made < PROJECTS:
            made += 1
            yield _Project(_project(made, county, taken, chance), chance, taken[0]).written()


def _project(serial: int, county: str, taken: list[SiteFacts], chance: Chance) -> ProjectFacts:
    mode = chance.weighted(_MODES)
    hectares = sum(site.area_m2 for site in taken) / 10_000
    wan = 0 if mode is RestorationMode.NATURAL else round(hectares * chance.between(6.0, 22.0), 1)
    first = taken[0].name
    title = f"{first}生态修复项目" if len(taken) == 1 else f"{first}等 {len(taken)} 处生态修复项目"
    return ProjectFacts(
        key=f"R{serial:03d}",
        title=title,
        county=county,
        sites=tuple(site.key for site in taken),
        mode=mode,
        use=_USE_OF[mode],
        planned_fen=round(wan * 1_000_000),
    )


class _Project:
    """One project on its way until today."""

    def __init__(self, facts: ProjectFacts, chance: Chance, first: SiteFacts) -> None:
        self.facts, self.chance, self.seats, self.first = facts, chance, Seats(facts.county), first
        self.serial = int(facts.key[1:])
        self.diary = Diary(chance, begins=chance.whole(PLANTED_DAY, -25))

    def written(self) -> ProjectFacts:
        with suppress(TodayReached):
            self._go()
        return replace(self.facts, events=tuple(self.diary.events))

    def _number(self, word: str) -> str:
        return number_of(self.seats.city_code, word, 400 + self.serial)

    def _go(self) -> None:
        note, wait, seats = self.diary.note, self.diary.wait, self.seats
        note("register_project", seats.clerk, answering=f"{self.facts.county}/natural")
        wait(4, 15)
        if self.chance.happens(0.04):
            note(
                "dismiss_project",
                seats.leader,
                recorder=seats.dispatcher,
                number=self._number("自然资修立"),
                said="已由自然恢复达到要求，不再立项。",
            )
            return
        note("approve_project", seats.city, number=self._number("自然资修立"))
        wait(12, 40)
        note("submit_design", seats.clerk)
        wait(6, 18)
        if self.chance.happens(0.15):
            note("return_design", seats.city, said="覆土厚度和苗木规格不明确，请补充。")
            wait(6, 15)
            note("submit_design", seats.clerk)
            wait(5, 12)
        note("approve_design", seats.city, number=self._number("自然资修批"), due=self.diary.day + 330)
        wait(8, 35)
        self._works()
        self._afterwards()

    def _shown(self, phase: Phase, *, share: float | None = None) -> None:
        """What was measured, and photographs of some projects."""
        photos = (self._photo(phase),) if self.serial <= PHOTOGRAPHED else ()
        if photos or share is not None:
            self.diary.note("show_project", self.seats.clerk, photos=photos, share=share)

    def _photo(self, phase: Phase) -> PhotoFacts:
        middle = self.first.geometry.representative_point()
        place = round(middle.x, 6), round(middle.y, 6)
        return PhotoFacts("固定拍摄点", phase, f"project {self.serial}", self.diary.day - 1, *place)

    def _works(self) -> None:
        note, wait, seats = self.diary.note, self.diary.wait, self.seats
        self._shown(Phase.BEFORE)
        note("begin_works", seats.clerk)
        for percent in (20, 50, 80):
            wait(25, 75)
            spent = round(self.facts.planned_fen * _SPENT_OF_PLANNED * percent / 100)
            note("report_works", seats.clerk, percent=percent, spent=spent)
        wait(15, 45)
        share = round(self.chance.between(0.95, 1.0), 3)
        note("claim_completion", seats.clerk, share=share)
        wait(2, 8)
        self._shown(Phase.AFTER, share=share)
        note("apply_project", seats.clerk)
        wait(15, 55)
        if self.chance.happens(0.12):
            note("return_project", seats.city, said="部分边坡未达到设计坡比，苗木覆盖不足。")
            wait(25, 60)
            note("claim_completion", seats.clerk, share=1.0)
            wait(2, 8)
            note("apply_project", seats.clerk)
            wait(15, 40)

    def _afterwards(self) -> None:
        note, wait, seats = self.diary.note, self.diary.wait, self.seats
        until = self.diary.day + self.chance.whole(150, 400)
        whole = not self.chance.happens(0.08)
        note(
            "accept_project", seats.city, number=self._number("自然资修验"), until=until, whole=whole,
            share=round(self.chance.between(0.93, 1.0) if whole else 0.6, 3),
        )  # fmt: skip
        wait(90, 140)
        note("note_aftercare", seats.clerk, said="补植、浇水各一次，苗木长势正常。")
        if self.chance.happens(0.06):
            note("redo_works", seats.city, said="连续干旱，成活率不足，返工补植。")
            return
        self.diary.wait_until(until + 3)
        note("hand_over_project", seats.city, number=self._number("自然资修交"), receiver="所在乡镇人民政府")


# -- land ----------------------------------------------------------------------------------------------------------


def _land() -> Iterator[LandFacts]:
    pits: dict[str, SiteFacts] = {}
    for site in sites_and_patches()[0]:
        is_dug = site.kind is SiteKind.OPEN_PIT and site.found_on <= KNOWN_BY
        if is_dug and site.mine is not None and site.mine.state is MineState.PRODUCING:
            pits.setdefault(site.mine.key, site)
    for key in Chance("mines with land").shuffled(sorted(pits))[:MINES]:
        yield _land_of(pits[key])


def _land_of(site: SiteFacts) -> LandFacts:
    assert site.mine is not None
    chance, seats = Chance("land", site.mine.key), Seats(site.county)
    diary = Diary(chance, begins=chance.whole(-720, -600))
    with suppress(TodayReached):
        diary.note("disturb_land", seats.clerk, name="首采区", share=1.0)
        diary.wait(60, 160)
        number = number_of(seats.city_code, "自然资修土", 600)
        diary.note(
            "move_land", seats.city, to="make_land_available", share=round(chance.between(0.3, 0.6), 2)
        )
        diary.wait(60, 200)
        diary.note(
            "move_land", seats.clerk, to="begin_restoring_land", share=round(chance.between(0.5, 0.9), 2)
        )
        diary.wait(80, 160)
        diary.note("move_land", seats.city, to="note_land_restored", share=1.0, number=number)
        if chance.happens(0.4):
            diary.wait(90, 150)
            diary.note("move_land", seats.city, to="release_land", share=1.0, number=number)
    return LandFacts(f"land {site.mine.key}", site.mine.key, site.county, site.key, tuple(diary.events))
