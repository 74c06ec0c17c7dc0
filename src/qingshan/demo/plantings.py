"""What was planted on the pits that are restored, what lives of it, and who looks after it? All made up.

Twenty plots of projects that plant: most were counted, some never, some were planted again; care comes in time, late or
not at all. What was planted on a day of today minus so many lies in the season or not, as it falls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from qingshan.demo.chance import Chance
from qingshan.demo.circumstances import Seats
from qingshan.demo.diary import Diary, Event, TodayReached
from qingshan.rules.afteruse import Afteruse

PLOTS, PLANTS_PER_HECTARE, BEGUN_BY = 22, 1_667, -120
_SPECIES = (("刺槐", 40), ("马尾松", 28), ("枫香树", 22), ("橡胶树", 10))
"""The last one fits nowhere near: it is noted, and doubted."""


@dataclass(frozen=True)
class PlantingFacts:
    """A plot with all that happened there."""

    key: str
    site_key: str
    county: str
    name: str
    share: float
    """of the site"""
    events: tuple[Event, ...] = ()

    @property
    def plot_key(self) -> str:
        return f"{self.site_key}-P01"


class PlantsHere(Protocol):
    """What must be known of a project."""

    @property
    def county(self) -> str: ...
    @property
    def sites(self) -> tuple[str, ...]: ...
    @property
    def use(self) -> Afteruse | None: ...
    @property
    def events(self) -> tuple[Event, ...]: ...


def plantings_of(projects: Iterable[PlantsHere]) -> tuple[PlantingFacts, ...]:
    """On sites of projects that plant, once their works have begun."""
    return tuple(plot for plot, _n in zip(_plots(projects), range(PLOTS), strict=False))


def _plots(projects: Iterable[PlantsHere]) -> Iterator[PlantingFacts]:
    for project in projects:
        begun = next((e.day for e in project.events if e.act == "begin_works"), None)
        if begun is None or begun > BEGUN_BY or project.use is not Afteruse.FOREST:
            continue
        for site_key in project.sites[:2]:
            chance = Chance("plot", site_key)
            facts = PlantingFacts(
                key=f"plot {site_key}",
                site_key=site_key,
                county=project.county,
                name=f"{chance.weighted((('北坡', 3), ('南坡', 3), ('坑底平台', 2)))}造林小班",
                share=round(chance.between(0.3, 0.7), 2),
            )
            yield replace(facts, events=tuple(_written(facts, chance, begun)))


def _written(facts: PlantingFacts, chance: Chance, begun: int) -> list[Event]:
    diary = Diary(chance, begins=begun)
    with suppress(TodayReached):
        _go(diary, chance, Seats(facts.county).clerk)
    return diary.events


def _go(diary: Diary, chance: Chance, clerk: str) -> None:
    diary.wait(15, 40)
    diary.note("register_plot", clerk)
    diary.wait(2, 6)
    diary.note("note_planting", clerk, species=chance.weighted(_SPECIES), density=PLANTS_PER_HECTARE)
    planted = diary.day
    diary.note("plan_care", clerk, watering=planted + 45)
    if chance.happens(0.7):
        diary.wait(30, 60)
        diary.note("note_care", clerk, kind="watering", said="浇水一遍，土壤湿润。")
    if not chance.happens(0.2):
        diary.wait_until(planted + chance.whole(140, 200))
        living = chance.between(0.82, 0.97) if chance.happens(0.7) else chance.between(0.35, 0.75)
        diary.note("note_observation", clerk, living=round(living, 3))
        if living < 0.8:
            diary.wait(20, 40)
            diary.note(
                "note_planting", clerk, species="刺槐", density=round(PLANTS_PER_HECTARE * (1 - living))
            )
            if chance.happens(0.6):
                diary.wait(120, 170)
                diary.note("note_observation", clerk, living=round(chance.between(0.8, 0.93), 3))
    diary.wait_until(planted + chance.whole(185, 240))
    if chance.happens(0.6):
        diary.note("note_care", clerk, kind="inspection", said="苗木长势正常，补植缺株。")
